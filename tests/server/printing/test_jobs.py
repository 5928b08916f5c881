"""Claims, leases, and the printer that stands in."""

from collections.abc import Callable

import pytest

from server.devices.models import Device, HealthState
from server.printing.jobs import (
    JobReport,
    ReportRefused,
    claim_job,
    find_job,
    report_job,
    ticket_printer,
)
from server.printing.models import PrintJob
from server.printing.states import JobState
from server.problems import NotFound
from tests.builders.built import BuiltHall
from tests.builders.clock import HandClock
from tests.builders.interleaving import PATIENCE_SECONDS, meanwhile, on_postgresql
from tests.server.printing.conftest import AGENT, FIRST, KIOSK, LEASE, SECOND, Agent

BreakDown = Callable[[str, HealthState], None]


def test_jobs_are_claimed_in_order_and_once(agent: Agent) -> None:
    for title in ("A001", "A002"):
        agent.queue(title)
    assert [agent.prints(), agent.prints(), agent.prints()] == ["A001", "A002", None]


def test_a_job_in_hand_is_not_given_twice(agent: Agent) -> None:
    agent.queue("A001")
    assert agent.claim() is not None
    assert agent.claim() is None


def test_a_claim_that_lapses_goes_back_to_the_queue(agent: Agent, clock: HandClock) -> None:
    agent.queue("A001")
    agent.claim()
    clock.move(seconds=31)
    again = agent.claim()
    assert again is not None
    assert again.attempt == 2


@on_postgresql
def test_two_who_find_a_lapsed_claim_print_no_two_papers(
    agent: Agent, hall: BuiltHall, clock: HandClock
) -> None:
    agent.queue("A001")
    agent.claim()
    clock.move(seconds=31)
    printer = hall.devices[FIRST]
    with meanwhile(hall.database) as other:
        with hall.work(AGENT) as work:
            assert claim_job(work, printer, LEASE) is not None
            second = other.start(agent.claim)
        assert second.result(PATIENCE_SECONDS) is None


@on_postgresql
def test_a_late_word_is_not_overruled_by_the_end_of_the_lease(
    agent: Agent, hall: BuiltHall, clock: HandClock
) -> None:
    agent.queue("A001")
    job = agent.claim()
    assert job is not None
    clock.move(seconds=31)
    with meanwhile(hall.database) as other:
        with hall.work(AGENT) as work:
            late = JobReport(job.attempt, JobState.SENDING, "")
            report_job(work, job.id, late, LEASE)
            second = other.start(agent.claim)
        assert second.result(PATIENCE_SECONDS) is None
    with hall.session() as session:
        assert session.get_one(PrintJob, job.id).state is JobState.SENDING


def test_a_sending_that_lapses_is_uncertain_and_is_not_printed_again(
    agent: Agent, hall: BuiltHall, clock: HandClock
) -> None:
    agent.queue("A001")
    job = agent.claim()
    assert job is not None
    agent.report(job, JobState.SENDING)
    clock.move(seconds=31)
    assert agent.claim() is None
    with hall.session() as session:
        assert session.get_one(PrintJob, job.id).state is JobState.UNCERTAIN


def test_the_printers_late_word_makes_an_uncertain_job_printed(
    agent: Agent, clock: HandClock
) -> None:
    agent.queue("A001")
    job = agent.claim()
    assert job is not None
    agent.report(job, JobState.SENDING)
    clock.move(seconds=31)
    agent.claim()
    assert agent.report(job, JobState.PRINTED) is JobState.PRINTED


def test_a_report_about_an_earlier_claim_is_refused(agent: Agent, clock: HandClock) -> None:
    agent.queue("A001")
    job = agent.claim()
    assert job is not None
    clock.move(seconds=31)
    agent.claim()
    with pytest.raises(ReportRefused):
        agent.report(job, JobState.SENDING)


def test_the_third_failure_is_for_a_person(agent: Agent) -> None:
    agent.queue("A001")
    made = []
    for _ in range(3):
        job = agent.claim()
        assert job is not None
        made.append(agent.report(job, JobState.SENDING, JobState.QUEUED))
    assert made == [JobState.QUEUED, JobState.QUEUED, JobState.FAILED]


def test_the_second_printer_takes_over_while_the_first_is_out(
    agent: Agent, break_down: BreakDown, hall: BuiltHall
) -> None:
    job_id = agent.queue("A001")
    assert agent.prints(SECOND) is None
    break_down(FIRST, HealthState.ATTENTION)
    assert agent.prints(SECOND) == "A001"
    with hall.session() as session:
        assert session.get_one(PrintJob, job_id).printer_id == hall.devices[SECOND]


def test_papers_of_both_printers_come_in_the_order_of_their_numbers(
    agent: Agent, break_down: BreakDown
) -> None:
    agent.queue("A001", FIRST)
    agent.queue("A002", SECOND)
    agent.queue("A003", FIRST)
    break_down(FIRST, HealthState.LOST)
    assert [agent.prints(SECOND) for _ in range(3)] == ["A001", "A002", "A003"]


def test_a_paper_of_yesterday_is_not_printed_this_morning(
    agent: Agent, hall: BuiltHall, clock: HandClock
) -> None:
    job_id = agent.queue("A001")
    clock.move(days=1)
    assert agent.claim() is None
    with hall.session() as session:
        assert session.get_one(PrintJob, job_id).state is JobState.FAILED


def test_another_agents_printer(agent: Agent, hall: BuiltHall) -> None:
    with hall.database.write() as session:
        session.get_one(Device, hall.devices[FIRST]).agent_id = None
    with pytest.raises(NotFound):
        agent.claim()


def test_a_kiosk_has_its_own_printer_and_others_have_the_first(hall: BuiltHall) -> None:
    with hall.database.write() as session:
        session.get_one(Device, hall.devices[KIOSK]).printer_id = hall.devices[SECOND]
    with hall.work(AGENT) as work:
        own = ticket_printer(work, hall.devices[KIOSK])
        others = ticket_printer(work, None)
    assert (own, others) == (hall.devices[SECOND], hall.devices[FIRST])


def test_a_kiosk_whose_printer_was_removed_uses_another(hall: BuiltHall) -> None:
    with hall.database.write() as session:
        session.get_one(Device, hall.devices[FIRST]).active = False
    with hall.work(AGENT) as work:
        assert ticket_printer(work, hall.devices[KIOSK]) == hall.devices[SECOND]


def test_a_job_that_is_not_there(hall: BuiltHall) -> None:
    with hall.work(AGENT) as work, pytest.raises(NotFound):
        find_job(work, 4711)
