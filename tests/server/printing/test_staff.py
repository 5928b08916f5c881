"""What people do about papers."""

import pytest
from sqlalchemy import select

from server.audit import AuditEntry
from server.printing.models import PaperRoll, PrintJob
from server.printing.staff import (
    StillPrinting,
    leave_be,
    load_roll,
    note_refill,
    print_trial,
    reprint,
)
from server.printing.states import JobState
from server.printing.views import jobs_for_people
from server.problems import NotFound
from tests.builders.built import BuiltHall
from tests.server.printing.conftest import AGENT, FIRST, KIOSK, Agent


@pytest.fixture
def uncertain(agent: Agent) -> int:
    """A job of which nobody knows whether its paper came out."""
    job_id = agent.queue("A001")
    agent.prints(ends=JobState.UNCERTAIN)
    return job_id


def for_people(hall: BuiltHall) -> list[str]:
    with hall.work(AGENT) as work:
        return [job.title for job in jobs_for_people(work)]


def markup_of(hall: BuiltHall, job_id: int) -> str:
    with hall.session() as session:
        return session.get_one(PrintJob, job_id).markup


def test_an_uncertain_job_waits_for_a_person(hall: BuiltHall, uncertain: int) -> None:
    assert for_people(hall) == ["A001"]


def test_a_reprint_is_marked_and_dealt_with(hall: BuiltHall, uncertain: int) -> None:
    with hall.work(KIOSK) as work:
        again = reprint(work, uncertain).id
    assert ">补打</line>" in markup_of(hall, again)
    assert "A001" in markup_of(hall, again)
    assert for_people(hall) == []


def test_pressed_twice_it_is_one_paper(hall: BuiltHall, uncertain: int) -> None:
    with hall.work(KIOSK) as work:
        first = reprint(work, uncertain).id
    with hall.work(KIOSK) as work:
        assert reprint(work, uncertain).id == first
    assert hall.count(PrintJob) == 2


def test_a_reprint_of_a_reprint_bears_one_mark(
    hall: BuiltHall, agent: Agent, uncertain: int
) -> None:
    with hall.work(KIOSK) as work:
        first = reprint(work, uncertain).id
    agent.prints(ends=JobState.UNCERTAIN)
    with hall.work(KIOSK) as work:
        second = reprint(work, first).id
    assert markup_of(hall, second).count(">补打</line>") == 1


def test_a_paper_on_its_way_is_not_printed_again(hall: BuiltHall, agent: Agent) -> None:
    job_id = agent.queue("A001")
    with hall.work(KIOSK) as work, pytest.raises(StillPrinting):
        reprint(work, job_id)


def test_a_reprint_is_audited(hall: BuiltHall, uncertain: int) -> None:
    with hall.work(KIOSK) as work:
        reprint(work, uncertain)
    with hall.session() as session:
        entry = session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.subject, entry.details["title"]) == (
        "print.reprint",
        f"print_job:{uncertain}",
        "A001",
    )


def test_a_found_paper_is_left_be_and_that_is_audited_once(hall: BuiltHall, uncertain: int) -> None:
    for _ in range(2):
        with hall.work(KIOSK) as work:
            leave_be(work, uncertain)
    assert for_people(hall) == []
    assert hall.count(AuditEntry) == 1


def test_a_roll_is_loaded_by_a_person_or_noticed(hall: BuiltHall) -> None:
    with hall.work(KIOSK) as work:
        load_roll(work, hall.devices[FIRST])
    with hall.work(AGENT) as work:
        note_refill(work, hall.devices[FIRST])
    assert (hall.count(PaperRoll), hall.count(AuditEntry)) == (2, 1)


def test_a_trial_page_is_a_job(hall: BuiltHall) -> None:
    with hall.work(KIOSK) as work:
        assert FIRST in print_trial(work, hall.devices[FIRST]).markup


def test_a_kiosk_is_no_printer(hall: BuiltHall) -> None:
    with hall.work(KIOSK) as work, pytest.raises(NotFound):
        load_roll(work, hall.devices[KIOSK])
