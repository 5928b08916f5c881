"""The halls that attendance is tested with."""

import pytest

from server.database import Database
from tests.builders.clock import HandClock
from tests.server.attendance.halls import Hall, a_hall
from tests.server.attendance.kept_hall import KeptHall, kept_hall


@pytest.fixture(scope="session")
def hall() -> Hall:
    """The hall of the first regulation: four punches, 20 minutes' grace."""
    return a_hall("zichang")


@pytest.fixture(scope="session")
def two_punch_hall() -> Hall:
    """A hall that asks for one sign-in and one sign-out a day."""
    return a_hall("two-punch")


@pytest.fixture(scope="session")
def other_hall() -> Hall:
    """A hall with other grace, hours and penalties, changed during 2026."""
    return a_hall("other")


@pytest.fixture(scope="session", params=["zichang", "two-punch", "other"])
def any_hall(request: pytest.FixtureRequest) -> Hall:
    """Each hall in turn."""
    return a_hall(request.param)


@pytest.fixture
def kept(database: Database, clock: HandClock) -> KeptHall:
    """A hall in a database, of the first regulation, judged from Monday the 14th on."""
    return kept_hall(database, clock)
