"""What the tests of the server share: a clock set by hand."""

import pytest

from tests.builders.clock import HandClock


@pytest.fixture
def clock() -> HandClock:
    """Nine o'clock on a Monday morning in Shanghai, until the test moves it."""
    return HandClock()
