"""A hall whose attendance is kept, for the pages of its staff."""

import pytest

from server.database import Database
from tests.builders.built import BuiltHall
from tests.builders.clock import HandClock
from tests.server.attendance.kept_hall import KeptHall, kept_hall


@pytest.fixture
def kept(database: Database, clock: HandClock) -> KeptHall:
    return kept_hall(database, clock)


@pytest.fixture
def hall(kept: KeptHall) -> BuiltHall:
    return kept.built
