"""The hall in which questions are asked."""

import pytest

from server.database import Database
from tests.builders.clock import HandClock
from tests.server.attendance.kept_hall import KeptHall, kept_hall


@pytest.fixture
def kept(database: Database, clock: HandClock) -> KeptHall:
    """Its staff have names."""
    return kept_hall(database, clock)
