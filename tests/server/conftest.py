"""What the tests of the server share."""

from tests.builders.fixtures import clock

__all__ = ["clock"]
