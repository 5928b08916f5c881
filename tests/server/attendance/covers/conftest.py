"""The hall of the tests about cover staff."""

import pytest

from server.attendance.offices.holding import appoint
from server.attendance.presets.leave import Approver
from server.people.staff import acting_person
from tests.server.attendance.kept_hall import MONDAY, KeptHall


@pytest.fixture
def hall(kept: KeptHall) -> KeptHall:
    """The hall at seven on Monday; its offices are held."""
    kept.clock.set(kept.at(MONDAY, "07:00"))
    with kept.work("admin") as work:
        unit_id = acting_person(work).unit_id
        appoint(work, Approver.OFFICE, kept.people["office"], MONDAY)
        appoint(work, Approver.SUPERVISION, kept.people["supervisor"], MONDAY)
        appoint(work, Approver.UNIT, kept.people["zhao"], MONDAY, unit_id)
    return kept
