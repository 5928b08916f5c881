"""The page that says whose a terminal's numbers are."""

import pytest

from server.attendance.models import TerminalIdentity
from server.people.models import Account
from tests.builders.fixtures import site
from tests.builders.site import Site
from tests.server.admin.attendance.forms import fill_in

__all__ = ["site"]


@pytest.fixture
def path(site: Site) -> str:
    return f"/admin/terminals/{site.hall.devices['terminal']}/numbers"


@pytest.fixture
def person_id(site: Site) -> int:
    with site.hall.session() as session:
        number = session.query(Account).filter_by(username="supervisor").one().person_id
    assert number is not None
    return number


def test_a_number_is_given_and_ended(site: Site, path: str, person_id: int) -> None:
    admin = site.person("admin")
    page = fill_in(admin, path, {"pin": "7", "person_id": person_id, "since": "2026-09-01"})
    assert "受影响的考勤会重新判定" in page.text
    fill_in(admin, f"{path}/end", {"identity_id": 1, "last_day": "2026-09-10"}, page=path)
    with site.hall.session() as session:
        [row] = session.query(TerminalIdentity).all()
    assert (row.pin, row.person_id, str(row.valid_until)) == ("7", person_id, "2026-09-11")


def test_what_is_no_number_is_shown_again_with_why(site: Site, path: str, person_id: int) -> None:
    form = {"pin": "七", "person_id": person_id, "since": "2026-09-01"}
    page = site.person("admin").submit(path, **form)
    assert (page.status_code, "考勤号请用数字或字母" in page.text) == (422, True)


def test_a_supervisor_looks_and_changes_nothing(site: Site, path: str, person_id: int) -> None:
    supervisor = site.person("supervisor")
    assert "指定归属" not in supervisor.look(path).text
    form = {"pin": "7", "person_id": person_id, "since": "2026-09-01"}
    assert supervisor.submit(path, **form).status_code == 403
