"""A hall whose attendance is kept, for the pages of its staff."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from server.database import Database
from tests.builders.clock import HandClock
from tests.builders.site import Site, site_of
from tests.server.attendance.kept_hall import KeptHall, kept_hall


@pytest.fixture
def kept(sqlite_url: str, clock: HandClock) -> Iterator[KeptHall]:
    """On SQLite: the use cases are tested on both databases."""
    with closing(Database(sqlite_url)) as database:
        yield kept_hall(database, clock)


@pytest.fixture
def site(kept: KeptHall, tmp_path: Path) -> Iterator[Site]:
    with site_of(kept.built, tmp_path) as site:
        yield site
