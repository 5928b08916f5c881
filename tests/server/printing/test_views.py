"""Printing as staff and kiosks see it."""

from collections.abc import Callable

from server.devices.models import Device, HealthState
from server.printing.staff import load_roll, reprint
from server.printing.states import JobState
from server.printing.views import (
    PaperOutlook,
    PrinterView,
    latest_jobs,
    paper_outlook,
    printer_views,
)
from tests.builders.built import BuiltHall
from tests.builders.clock import HandClock
from tests.server.printing.conftest import AGENT, FIRST, KIOSK, SECOND, Agent

BreakDown = Callable[[str, HealthState], None]


def outlook(hall: BuiltHall) -> PaperOutlook | None:
    with hall.work(KIOSK) as work:
        return paper_outlook(work, hall.devices[KIOSK])


def printer(hall: BuiltHall) -> PrinterView:
    with hall.work(AGENT) as work:
        return next(view for view in printer_views(work) if view.name == FIRST)


def test_paper_comes_from_the_usual_printer(hall: BuiltHall) -> None:
    assert outlook(hall) == PaperOutlook(printer=FIRST, elsewhere=False, trouble="")


def test_paper_comes_from_the_printer_that_stands_in(
    hall: BuiltHall, break_down: BreakDown
) -> None:
    break_down(FIRST, HealthState.ATTENTION)
    assert outlook(hall) == PaperOutlook(printer=SECOND, elsewhere=True, trouble="")


def test_no_paper_comes(hall: BuiltHall, break_down: BreakDown) -> None:
    break_down(FIRST, HealthState.ATTENTION)
    break_down(SECOND, HealthState.LOST)
    assert outlook(hall) == PaperOutlook(printer="", elsewhere=False, trouble="")


def test_a_hall_without_a_printer(hall: BuiltHall) -> None:
    with hall.database.write() as session:
        for name in (FIRST, SECOND):
            session.get_one(Device, hall.devices[name]).active = False
    assert outlook(hall) is None


def test_the_latest_jobs_say_what_was_printed_again(hall: BuiltHall, agent: Agent) -> None:
    job_id = agent.queue("A001")
    agent.prints(ends=JobState.UNCERTAIN)
    with hall.work(KIOSK) as work:
        reprint(work, job_id)
    with hall.work(AGENT) as work:
        seen = [(job.title, job.reprint, job.replaced) for job in latest_jobs(work, 10)]
    assert seen == [("A001", True, False), ("A001", False, True)]


def test_yesterdays_jobs_are_not_shown(hall: BuiltHall, agent: Agent, clock: HandClock) -> None:
    agent.queue("A001")
    clock.move(days=1)
    with hall.work(AGENT) as work:
        assert latest_jobs(work, 10) == []


def test_waiting_papers_are_counted(hall: BuiltHall, agent: Agent) -> None:
    agent.queue("A001")
    agent.queue("A002")
    agent.claim()
    assert printer(hall).waiting == 2


def test_a_roll_is_forecast_from_what_was_printed(
    hall: BuiltHall, agent: Agent, clock: HandClock
) -> None:
    for number in range(10):
        agent.queue(f"A{number:03}")
        agent.prints()
    clock.move(minutes=20)
    view = printer(hall)
    assert view.papers_left == 490  # 50 m of paper, 1 m used, 100 mm each
    assert view.ends_at is not None
    assert (view.ends_at - clock()).total_seconds() == 20 * 60 / 10 * 490


def test_a_new_roll_begins_the_count_anew(hall: BuiltHall, agent: Agent, clock: HandClock) -> None:
    agent.queue("A001")
    agent.prints()
    clock.move(minutes=1)
    with hall.work(KIOSK) as work:
        load_roll(work, hall.devices[FIRST])
    assert printer(hall).papers_left == 500


def test_nothing_is_forecast_before_anything_was_printed(hall: BuiltHall) -> None:
    assert printer(hall).papers_left is None
