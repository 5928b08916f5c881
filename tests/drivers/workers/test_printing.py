"""From a queued job to paper in the tray of a simulated printer, and the truth about it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from PIL import Image

from drivers.escpos.simulator import PrinterSimulator
from drivers.hall_api import HallApi
from drivers.hall_messages import AgentDevice
from drivers.workers.devices import Surroundings, make_device
from drivers.workers.worker import Worker
from server.devices.models import Device, HealthState
from server.printing.jobs import NewJob, queue_job
from server.printing.logos import set_logo
from server.printing.models import PrintJob
from server.printing.states import JobState
from tests.drivers.workers.conftest import AGENT, PRINTER, SECOND_PRINTER
from tests.services.live import LiveHall
from tests.services.waiting import wait_until

MARKUP = "<receipt><logo/><line>{}</line><cut/></receipt>"

Run = Callable[[str], Worker]


@pytest.fixture
def printer() -> Iterator[PrinterSimulator]:
    simulator = PrinterSimulator(width_dots=576)
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def run(live_hall: LiveHall, api: HallApi, printer: PrinterSimulator) -> Iterator[Run]:
    """Starts the worker of one of the hall's printers; all of them print on the same simulator."""
    with ExitStack() as stack:

        def start(name: str) -> Worker:
            desired = {device.name: device for device in api.desired().devices}[name]
            described = AgentDevice(desired.id, "printer", name, printer.address, desired.options)
            around = Surroundings(lambda: api, ZoneInfo("Asia/Shanghai"), simulators=True)
            device = make_device(described, around)
            device.worker.start()
            stack.callback(device.worker.stop, 5)
            return device.worker

        yield start


def queue(live_hall: LiveHall, title: str, markup: str = MARKUP) -> int:
    with live_hall.hall.work(AGENT) as work:
        new = NewJob(title, markup.format(title))
        return queue_job(work, live_hall.hall.devices[PRINTER], new).id


def job(live_hall: LiveHall, job_id: int) -> PrintJob:
    with live_hall.hall.session() as session:
        return session.get_one(PrintJob, job_id)


def state_is(live_hall: LiveHall, job_id: int, state: JobState) -> None:
    wait_until(lambda: job(live_hall, job_id).state is state, state.value)


def test_a_job_is_printed_and_its_length_is_known(
    run: Run, live_hall: LiveHall, printer: PrinterSimulator
) -> None:
    job_id = queue(live_hall, "A001")
    run(PRINTER)
    state_is(live_hall, job_id, JobState.PRINTED)
    assert "A001" in printer.papers()[-1].text
    assert job(live_hall, job_id).paper_mm == printer.papers()[-1].ink.height // 8


def test_what_no_printer_could_print_fails_at_once(run: Run, live_hall: LiveHall) -> None:
    job_id = queue(live_hall, "A001", "<receipt><blink>{}</blink></receipt>")
    run(PRINTER)
    state_is(live_hall, job_id, JobState.FAILED)


def test_the_second_printer_prints_for_the_first(
    run: Run, live_hall: LiveHall, printer: PrinterSimulator
) -> None:
    devices = live_hall.hall.devices
    with live_hall.hall.database.write() as session:
        first = session.get_one(Device, devices[PRINTER])
        first.options = {"fallback_id": devices[SECOND_PRINTER]}
        first.health = HealthState.ATTENTION
    job_id = queue(live_hall, "A001")
    run(SECOND_PRINTER)
    state_is(live_hall, job_id, JobState.PRINTED)
    assert job(live_hall, job_id).printer_id == devices[SECOND_PRINTER]


def test_the_halls_logo_is_printed(
    run: Run, live_hall: LiveHall, printer: PrinterSimulator
) -> None:
    file = BytesIO()
    Image.new("L", (200, 80)).save(file, "PNG")
    with live_hall.hall.work(AGENT) as work:
        set_logo(work, file.getvalue())
    run(PRINTER)
    state_is(live_hall, queue(live_hall, "A001"), JobState.PRINTED)
    assert printer.papers()[-1].ink.crop((188, 0, 388, 80)).histogram()[255] > 100 * 80


def test_paper_that_ran_out_is_told_and_jobs_wait(
    run: Run, live_hall: LiveHall, printer: PrinterSimulator
) -> None:
    printer.command("paper_out")
    worker = run(PRINTER)
    wait_until(lambda: worker.health == ("attention", "paper_end"), "the state")
    assert job(live_hall, queue(live_hall, "A001")).state is JobState.QUEUED
