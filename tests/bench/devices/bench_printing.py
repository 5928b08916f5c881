"""From the committed print job to the last byte: `python -m tests.bench.devices.bench_printing`.

A kiosk takes tickets one after the other from the web process; the agent prints them on a simulated
printer. Measured from the answer to the press, by which time the job is committed, to the paper's
cut. The baseline is the same printer given the same bytes by the driver alone, with its status and
confirmation, without hall and agent.
"""

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from statistics import median, quantiles
from time import perf_counter, sleep

import click
from sqlalchemy import select

from drivers.escpos.composing import compose
from drivers.escpos.device import Printer
from drivers.escpos.markup import parse_receipt
from drivers.escpos.settings import PrinterSettings
from drivers.escpos.simulator import PrinterSimulator
from server.devices.models import Device
from server.devices.pairing import issue_credential
from server.printing.models import PrintJob
from tests.bench.web import Web, fresh_hall, web_process
from tests.faults.browser import kiosk
from tests.faults.installation import PRINTER, Installation
from tests.services.waiting import wait_until

TICKETS = 60
WARM_UP = 5
AGENT = "本机代理"
LOOK_SECONDS = 0.001
STOP_SECONDS = 10
MILLISECONDS = 1000.0


@contextmanager
def agent_process(web: Web) -> Iterator[None]:
    """The agent as `hall serve` starts it."""
    installation = web.installation
    token_file = installation.data_dir / "agent.token"
    with installation.open_database() as database, database.write() as session:
        agent = session.get_one(Device, installation.devices[AGENT])
        token_file.write_text(issue_credential(agent), encoding="ascii")
    server = f"http://127.0.0.1:{web.port}"
    command = [sys.executable, "-m", "drivers.agent", "--server", server]
    options = ["--token-file", str(token_file), "--simulators"]
    log = installation.data_dir / "agent.log"
    with (
        log.open("wb") as output,
        subprocess.Popen([*command, *options], stderr=output, env=os.environ) as process,
    ):
        yield
        process.terminate()
        process.wait(STOP_SECONDS)


def through_the_hall(web: Web, printer: PrinterSimulator) -> list[float]:
    """Seconds from each answer to its paper."""
    browser = kiosk(web.port, web.installation.kiosk_token)
    browser.open_page()
    service_id = next(iter(web.installation.services.values()))
    seconds = []
    for number in range(1, WARM_UP + TICKETS + 1):
        key = secrets.token_hex(8)
        browser.post("/api/tickets", {"service_id": service_id}, key=key)
        answered = perf_counter()
        wait_until(partial(has_printed, printer, number), "the paper", pause=LOOK_SECONDS)
        seconds.append(perf_counter() - answered)
    return seconds[WARM_UP:]


def has_printed(printer: PrinterSimulator, papers: int) -> bool:
    """Whether so many papers have come out."""
    return printer.state()["papers"] == papers


def floor(printer: PrinterSimulator, markup: str) -> list[float]:
    """Seconds of the same paper by the driver alone."""
    settings = PrinterSettings()
    driver = Printer(printer.address, settings)
    data = compose(parse_receipt(markup), settings).data
    seconds = []
    for _ in range(WARM_UP + TICKETS):
        started = perf_counter()
        driver.status()
        driver.print_job(data, "bench")
        seconds.append(perf_counter() - started)
    return seconds[WARM_UP:]


def last_markup(installation: Installation) -> str:
    """What the last ticket's paper says."""
    with installation.open_database() as database, database.read() as session:
        return session.scalars(select(PrintJob.markup).order_by(PrintJob.id.desc())).first() or ""


def shown(seconds: list[float]) -> str:
    """Median and 95th percentile."""
    p95 = quantiles(seconds, n=20)[-1]
    return f"median {median(seconds) * MILLISECONDS:6.1f} ms, p95 {p95 * MILLISECONDS:6.1f} ms"


def main() -> None:
    """Measure and print."""
    printer = PrinterSimulator(width_dots=576)
    printer.start()
    with fresh_hall() as installation, web_process(installation) as web:
        installation.set_up_device(PRINTER, printer.address)
        with agent_process(web):
            sleep(2)  # the agent's own start is no part of it
            whole = through_the_hall(web, printer)
        alone = floor(printer, last_markup(installation))
    printer.stop()
    click.echo(f"commit to cut, through hall and agent: {shown(whole)}")
    click.echo(f"the driver alone, status and confirmation: {shown(alone)}")
    click.echo(f"ratio of medians: {median(whole) / median(alone):.1f}")


if __name__ == "__main__":
    main()
