"""The printer or its agent fails in the middle of something: what is said of a paper stays true."""

import pytest

from drivers.escpos.simulator import PrinterSimulator
from server.devices.models import HealthState
from server.printing.states import JobState
from tests.faults.books import health_of, job_states, wait_for_settled_jobs
from tests.faults.browser import Browser, kiosk
from tests.faults.citizens import take_ticket
from tests.faults.installation import PRINTER, Installation
from tests.faults.serving import Serving
from tests.faults.tray import Tray
from tests.services.waiting import wait_until

ALARM_SECONDS = 5.0
PRINT_SECONDS = 30.0
SLOW = 10_000  # bytes per second: more than a second for a ticket
LINES_OF_HALF_A_TICKET = 3
FIRST_SERVICE = 1


@pytest.fixture
def citizen(serving: Serving, installation: Installation, tray: Tray) -> Browser:
    """A kiosk of a hall that runs, with its printer."""
    serving.start()
    serving.wait_until_ready()
    browser = kiosk(serving.port, installation.kiosk_token)
    browser.open_page()
    return browser


def take(citizen: Browser, *keys: str) -> list[str]:
    """A ticket of the sample hall's first service for each key; their labels."""
    return [take_ticket(citizen, FIRST_SERVICE, key).label for key in keys]


def wait_for_papers(tray: Tray, *labels: str) -> None:
    """Wait until these papers are out, in this order, and no others."""
    come = f"{labels} on paper"
    wait_until(lambda: [*tray.labels().elements()] == [*labels], come, seconds=PRINT_SECONDS)


def wait_for_health(installation: Installation, state: HealthState, seconds: float) -> None:
    """Wait until the hall knows this of the printer."""
    wait_until(
        lambda: health_of(installation, PRINTER) is state, f"{state} printer", seconds=seconds
    )


def test_what_was_committed_is_printed_after_a_power_cut(
    serving: Serving,
    installation: Installation,
    printer: PrinterSimulator,
    tray: Tray,
    citizen: Browser,
) -> None:
    printer.stop()
    labels = take(citizen, "one", "two", "three")
    serving.cut_power()
    printer.start()
    serving.start()
    wait_for_papers(tray, *labels)
    wait_for_settled_jobs(installation, seconds=PRINT_SECONDS)
    assert job_states(installation) == [JobState.PRINTED] * 3


def test_a_paper_whose_agent_died_is_uncertain_and_is_not_printed_again(
    serving: Serving,
    installation: Installation,
    printer: PrinterSimulator,
    tray: Tray,
    citizen: Browser,
) -> None:
    printer.command("slow", bytes_per_second=SLOW)
    take(citizen, "cut-off")
    wait_until(lambda: job_states(installation) == [JobState.SENDING], "bytes on their way")
    serving.kill("agent")
    printer.command("repair")
    [second] = take(citizen, "after-it")
    wait_for_papers(tray, second)
    wait_for_settled_jobs(installation, seconds=PRINT_SECONDS)
    assert job_states(installation) == [JobState.UNCERTAIN, JobState.PRINTED]


def test_jobs_wait_for_paper_and_come_out_in_order(
    installation: Installation, printer: PrinterSimulator, tray: Tray, citizen: Browser
) -> None:
    before = take(citizen, "before")
    wait_for_papers(tray, *before)
    printer.command("paper_out")
    wait_for_health(installation, HealthState.ATTENTION, ALARM_SECONDS)
    during = take(citizen, "one", "two", "three")
    assert job_states(installation) == [JobState.PRINTED, *[JobState.QUEUED] * 3]
    printer.command("refill")
    wait_for_papers(tray, *before, *during)
    wait_for_settled_jobs(installation, seconds=PRINT_SECONDS)
    assert job_states(installation) == [JobState.PRINTED] * 4


def test_paper_that_ends_within_a_ticket_is_told_and_the_ticket_goes_on(
    installation: Installation, printer: PrinterSimulator, tray: Tray, citizen: Browser
) -> None:
    printer.command("paper_out", after=LINES_OF_HALF_A_TICKET)
    labels = take(citizen, "torn", "next")
    wait_for_health(installation, HealthState.ATTENTION, ALARM_SECONDS)
    assert job_states(installation) == [JobState.SENDING, JobState.QUEUED]
    printer.command("refill")
    wait_for_papers(tray, *labels)
    wait_for_settled_jobs(installation, seconds=PRINT_SECONDS)
    assert job_states(installation) == [JobState.PRINTED] * 2
    wait_for_health(installation, HealthState.OK, ALARM_SECONDS)


def test_a_cable_cut_after_some_bytes_never_makes_a_printed_job(
    installation: Installation, printer: PrinterSimulator, tray: Tray, citizen: Browser
) -> None:
    [first] = take(citizen, "before")
    wait_for_papers(tray, first)
    printer.command("drop_after_bytes", count=1500)
    take(citizen, "cut-off")
    [third] = take(citizen, "after-it")
    wait_for_papers(tray, first, third)
    wait_for_settled_jobs(installation, seconds=PRINT_SECONDS)
    assert job_states(installation) == [JobState.PRINTED, JobState.UNCERTAIN, JobState.PRINTED]
