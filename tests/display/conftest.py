"""The tests of this audience's pages speak to the whole application."""

from tests.builders.fixtures import clock, site, speech

__all__ = ["clock", "site", "speech"]
