"""The hall that the browser tests share."""

from collections.abc import Iterator

import pytest

from tests.browser.demo_hall import DemoHall
from tests.browser.seats import Seats
from tests.services.chromium import Screens


@pytest.fixture(scope="session")
def demo_hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoHall]:
    """The sample hall, running."""
    hall = DemoHall(tmp_path_factory.mktemp("demo"))
    try:
        hall.start()
        yield hall
    finally:
        hall.stop()


@pytest.fixture
def seats(screens: Screens, demo_hall: DemoHall) -> Seats:
    """Sits people down in the sample hall."""
    return Seats(screens, demo_hall)
