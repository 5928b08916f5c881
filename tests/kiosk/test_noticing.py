"""A checklist instead of a number when something is missing."""

import pytest
from sqlalchemy import select

from server.audit import AuditEntry
from server.catalogue.models import Service, ServiceMaterial
from server.devices.models import Device
from server.printing.models import PrintJob
from server.queueing.models import Ticket
from tests.builders.site import Site, Visitor, document

NOTICES = "/api/kiosk/notices"


@pytest.fixture
def photograph(site: Site) -> int:
    """A service with two materials; the row number of the second."""
    with site.hall.database.write() as session:
        service = session.get_one(Service, site.hall.services["A"])
        service.telephone = "0000-1234567"
        service.promised_days = 7
        service.materials = [
            ServiceMaterial(position=0, name="身份证", note="原件"),
            ServiceMaterial(position=1, name="证件照片", copies=2),
        ]
        session.flush()
        return service.materials[1].id


def tell(site: Site, visitor: Visitor, *missing: int, key: str | None = None) -> int | None:
    """Ask for the notice; its print job."""
    body = {"service_id": site.hall.services["A"], "missing": list(missing)}
    answer = visitor.send(NOTICES, body, key)
    assert answer.status_code == 201, answer.text
    job: int | None = document(answer)["print_job"]
    return job


def paper(site: Site) -> str:
    """The markup of the only job."""
    with site.hall.session() as session:
        return session.scalars(select(PrintJob.markup)).one()


def test_the_notice_names_all_and_marks_what_is_missing(site: Site, photograph: int) -> None:
    tell(site, site.device("kiosk"), photograph)
    markup = paper(site)
    for words in ("一次性告知单", "身份证", "原件", "证件照片", "2份", "● 证件照片", "7 个工作日"):
        assert words in markup
    assert "● 身份证" not in markup


def test_the_notice_says_where_and_whom_to_ask(site: Site, photograph: int) -> None:
    tell(site, site.device("kiosk"), photograph)
    assert 'right="1 号窗口"' in paper(site)
    assert "0000-1234567" in paper(site)


def test_a_notice_is_no_number(site: Site, photograph: int) -> None:
    tell(site, site.device("kiosk"), photograph)
    with site.hall.session() as session:
        assert session.scalars(select(Ticket)).all() == []


def test_pressed_twice_it_is_one_paper(site: Site, photograph: int) -> None:
    kiosk = site.device("kiosk")
    assert tell(site, kiosk, photograph, key="one") == tell(site, kiosk, photograph, key="one")


def test_without_a_printer_the_screen_is_all_there_is(site: Site, photograph: int) -> None:
    with site.hall.database.write() as session:
        session.get_one(Device, site.hall.devices["printer"]).active = False
    assert tell(site, site.device("kiosk"), photograph) is None


def test_what_the_desk_told_is_in_the_audit(site: Site, photograph: int) -> None:
    tell(site, site.person("desk"), photograph)
    with site.hall.session() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "notice.tell")).one()
    assert entry.details == {"missing": [photograph]}


def test_a_service_without_a_list_has_no_notice(site: Site) -> None:
    answer = site.device("kiosk").send(NOTICES, {"service_id": site.hall.services["A"]})
    assert (answer.status_code, document(answer)["code"]) == (404, "not-found")


@pytest.mark.parametrize("body", [{}, {"service_id": 0}, {"service_id": 1, "missing": ["x"]}])
def test_what_is_no_question_is_refused(site: Site, body: dict[str, object]) -> None:
    assert site.device("kiosk").send(NOTICES, body).status_code == 422


def test_others_print_nothing(site: Site, photograph: int) -> None:
    body = {"service_id": site.hall.services["A"]}
    assert site.device("display").send(NOTICES, body).status_code == 403
