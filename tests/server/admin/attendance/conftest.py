"""A hall whose attendance is kept, for the pages of its staff."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from server.attendance.offices.holding import appoint
from server.attendance.posts.assigning import assign_post
from server.attendance.presets.leave import Approver
from server.database import Database
from server.people.staff import acting_person
from tests.builders.clock import HandClock
from tests.builders.site import Site, site_of
from tests.server.attendance.kept_hall import MONDAY, KeptHall, kept_hall


@pytest.fixture
def kept(sqlite_url: str, clock: HandClock) -> Iterator[KeptHall]:
    """On SQLite: the use cases are tested on both databases."""
    with closing(Database(sqlite_url)) as database:
        yield kept_hall(database, clock)


@pytest.fixture
def site(kept: KeptHall, tmp_path: Path) -> Iterator[Site]:
    with site_of(kept.built, tmp_path) as site:
        yield site


@pytest.fixture
def offices(kept: KeptHall) -> None:
    """Offices are held; wang is the B role of li's post."""
    with kept.work("admin") as work:
        unit_id = acting_person(work).unit_id
        appoint(work, Approver.SECTION, kept.people["section"], MONDAY)
        appoint(work, Approver.OFFICE, kept.people["office"], MONDAY)
        appoint(work, Approver.SUPERVISION, kept.people["supervisor"], MONDAY)
        appoint(work, Approver.UNIT, kept.people["zhao"], MONDAY, unit_id)
        assign_post(work, kept.built.counters[1], kept.people["li"], kept.people["wang"], MONDAY)
