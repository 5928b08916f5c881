"""A hall with two printers of one agent, the second standing in for the first."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from server.database import Database
from server.devices.models import Device, DeviceKind, HealthState
from server.printing.jobs import JobReport, NewJob, claim_job, queue_job, report_job
from server.printing.models import PrintJob
from server.printing.states import JobState
from tests.builders.built import BuiltHall
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall

AGENT, KIOSK = "本机代理", "取号机"
FIRST, SECOND = "一号打印机", "二号打印机"
LEASE = timedelta(seconds=30)
MARKUP = '<receipt><line align="center">A001</line><cut/></receipt>'


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    hall = (
        a_hall()
        .with_device(DeviceKind.AGENT, AGENT)
        .with_device(DeviceKind.PRINTER, FIRST)
        .with_device(DeviceKind.PRINTER, SECOND)
        .with_device(DeviceKind.KIOSK, KIOSK)
        .build(database, clock)
    )
    with database.write() as session:
        first = session.get_one(Device, hall.devices[FIRST])
        first.options = {"fallback_id": hall.devices[SECOND]}
        session.get_one(Device, hall.devices[KIOSK]).printer_id = first.id
    return hall


class Agent:
    """The agent's talk with the hall about papers."""

    def __init__(self, hall: BuiltHall) -> None:
        self._hall = hall

    def queue(self, title: str, printer: str = FIRST) -> int:
        """A paper is to come out; its job."""
        with self._hall.work(KIOSK) as work:
            return queue_job(work, self._hall.devices[printer], NewJob(title, MARKUP)).id

    def claim(self, printer: str = FIRST) -> PrintJob | None:
        """Take the printer's next job."""
        with self._hall.work(AGENT) as work:
            return claim_job(work, self._hall.devices[printer], LEASE)

    def report(self, job: PrintJob, *states: JobState, paper_mm: int = 0) -> JobState:
        """Tell what became of it; the state that the hall made of the last word."""
        for state in states:
            with self._hall.work(AGENT) as work:
                said = JobReport(job.attempt, state, "", paper_mm)
                made = report_job(work, job.id, said, LEASE).state
        return made

    def prints(self, printer: str = FIRST, ends: JobState = JobState.PRINTED) -> str | None:
        """Claim and print one job; its title."""
        job = self.claim(printer)
        if job is None:
            return None
        self.report(job, JobState.SENDING, ends, paper_mm=100)
        return job.title


@pytest.fixture
def agent(hall: BuiltHall) -> Agent:
    return Agent(hall)


@pytest.fixture
def break_down(hall: BuiltHall) -> Callable[[str, HealthState], None]:
    """Set a printer's health."""

    def set_health(printer: str, state: HealthState) -> None:
        with hall.database.write() as session:
            session.get_one(Device, hall.devices[printer]).health = state

    return set_health
