"""Today's punches as a supervisor sees them."""

from datetime import date
from typing import Any

import pytest

from server.attendance.models import Punch, TerminalIdentity
from server.people.models import Person
from tests.builders.fixtures import site
from tests.builders.log_parts import log_part
from tests.builders.site import Site, document

__all__ = ["site"]


def hand_in(site: Site, *punches: tuple[str, str]) -> dict[str, Any]:
    address = f"/api/agent/terminals/{site.hall.devices['terminal']}/log"
    return document(site.device("agent").send(address, log_part(*punches)))


def enrol(site: Site, pin: str) -> str:
    """Give a terminal's number to the first person; the name."""
    with site.hall.database.write() as session:
        person = session.query(Person).order_by(Person.id).first()
        assert person is not None
        session.add(
            TerminalIdentity(
                terminal_id=site.hall.devices["terminal"],
                pin=pin,
                person_id=person.id,
                valid_from=date(2026, 1, 1),
            )
        )
        return person.name


def test_a_finger_pressed_in_the_morning_is_in_the_table(site: Site) -> None:
    name = enrol(site, "7")
    hand_in(site, ("7", "2026-09-14 07:58:30"))
    table = document(site.person("supervisor").get("/api/punches/today"))
    [person] = table["people"]
    assert (table["day"], person["name"], person["unit"]) == ("2026-09-14", name, "行政审批局")
    assert person["punches"] == [{"at": "2026-09-14T07:58:30+08:00", "terminal": "terminal"}]


def test_the_page_shows_the_same(site: Site) -> None:
    name = enrol(site, "7")
    hand_in(site, ("7", "2026-09-14 07:58:30"))
    page = site.person("supervisor").look("/admin/punches").text
    assert name in page
    assert "07:58" in page


def test_handed_in_again_it_is_known(site: Site) -> None:
    records = [("7", f"2026-09-14 07:58:{second}") for second in (30, 31, 32)]
    assert hand_in(site, *records) == {"stored": 3, "known": 0}
    assert hand_in(site, *records) == {"stored": 0, "known": 3}
    assert site.hall.count(Punch) == 3


def test_a_foreign_terminal_is_refused_and_nothing_is_stored(site: Site) -> None:
    address = f"/api/agent/terminals/{site.hall.devices['printer']}/log"
    assert site.device("agent").send(address, log_part()).status_code == 404
    assert site.hall.count(Punch) == 0


@pytest.mark.parametrize(("wrong", "status"), [({"layout": "41"}, 422), ({"records": "AAAA"}, 409)])
def test_what_is_no_records_is_refused(site: Site, wrong: dict[str, str], status: int) -> None:
    address = f"/api/agent/terminals/{site.hall.devices['terminal']}/log"
    assert site.device("agent").send(address, log_part() | wrong).status_code == status
    assert site.hall.count(Punch) == 0
