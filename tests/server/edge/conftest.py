"""The tests of the edge speak to the whole application."""

from tests.builders.fixtures import site

__all__ = ["site"]
