"""Today's punches as a supervisor sees them."""

from base64 import b64encode
from datetime import date
from typing import Any

from server.attendance.models import Punch, TerminalIdentity
from server.people.models import Person
from tests.builders.fixtures import site
from tests.builders.site import Site, document

__all__ = ["site"]


def punch(pin: str, raw_time: int, time: str | None) -> list[Any]:
    return [pin, raw_time, time, 1, 0, 0, b64encode(b"record").decode()]


def hand_in(site: Site, *punches: list[Any]) -> dict[str, Any]:
    address = f"/api/agent/terminals/{site.hall.devices['terminal']}/log"
    body = {"base": None, "punches": list(punches)}
    return document(site.device("agent").send(address, body))


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
    hand_in(site, punch("7", 1, "2026-09-14T07:58:30"))
    table = document(site.person("supervisor").get("/api/punches/today"))
    [person] = table["people"]
    assert (table["day"], person["name"], person["unit"]) == ("2026-09-14", name, "行政审批局")
    assert person["punches"] == [{"at": "2026-09-14T07:58:30+08:00", "terminal": "terminal"}]


def test_the_page_shows_the_same(site: Site) -> None:
    name = enrol(site, "7")
    hand_in(site, punch("7", 1, "2026-09-14T07:58:30"))
    page = site.person("supervisor").look("/admin/punches").text
    assert name in page
    assert "07:58" in page


def test_handed_in_again_it_is_known(site: Site) -> None:
    records = [punch("7", number, "2026-09-14T07:58:30") for number in range(3)]
    assert hand_in(site, *records) == {"stored": 3, "known": 0}
    assert hand_in(site, *records) == {"stored": 0, "known": 3}
    assert site.hall.count(Punch) == 3


def test_a_foreign_terminal_is_refused_and_nothing_is_stored(site: Site) -> None:
    address = f"/api/agent/terminals/{site.hall.devices['printer']}/log"
    body: dict[str, Any] = {"base": None, "punches": []}
    assert site.device("agent").send(address, body).status_code == 404
    assert site.hall.count(Punch) == 0
