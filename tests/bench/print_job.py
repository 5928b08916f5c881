"""From a committed ticket to its paper, and to the state `printed`.

    python -m tests.bench.print_job [--tickets 30]

Both are measured from the kiosk's answer, which comes after the commit: to the simulated printer's
last byte (its paper is cut) and to the report by which the job became `printed`. The baseline is
the driver alone, without a hall: one job handed to it, until the printer has confirmed.
"""

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy import select

from drivers.escpos.composing import compose
from drivers.escpos.device import Printer
from drivers.escpos.markup import parse_receipt
from drivers.escpos.settings import PrinterSettings
from drivers.escpos.simulator import PrinterSimulator
from server.printing.models import PrintJob
from server.printing.states import JobState
from tests.faults.books import job_states
from tests.faults.browser import Browser, kiosk
from tests.faults.installation import PRINTER, Installation, install_hall
from tests.faults.serving import Serving
from tests.services.children import Children
from tests.services.waiting import wait_until

SETTINGS = PrinterSettings()
LOOK_SECONDS = 0.001
PRINT_SECONDS = 30.0
WARM_UP = 3


@contextmanager
def printing_hall(printer: PrinterSimulator) -> Iterator[tuple[Installation, Browser]]:
    """A served hall with this printer, and a kiosk in it."""
    with tempfile.TemporaryDirectory(prefix="hallkeeper-bench-") as name, ExitStack() as ending:
        folder = Path(name)
        (folder / "logs").mkdir()
        installation = install_hall(folder / "data")
        installation.set_up_device(PRINTER, printer.address)
        serving = Serving(Children(ending, folder / "logs"), installation)
        serving.start()
        serving.wait_until_ready()
        browser = kiosk(serving.port, installation.kiosk_token)
        browser.open_page()
        yield installation, browser


def paper_after(printer: PrinterSimulator, papers: int, since: float) -> float:
    """Seconds until so many papers are out."""
    out = f"paper {papers}"
    wait_until(lambda: _papers(printer) >= papers, out, seconds=PRINT_SECONDS, pause=LOOK_SECONDS)
    return time.perf_counter() - since


def _papers(printer: PrinterSimulator) -> int:
    return int(str(printer.state()["papers"]))


def by_the_hall(printer: PrinterSimulator, tickets: int) -> tuple[list[float], list[float]]:
    """Seconds to the paper and to `printed`, ticket after ticket."""
    to_paper: list[float] = []
    answered: list[datetime] = []
    with printing_hall(printer) as (installation, browser):
        body = {"service_id": installation.services["A"]}
        for number in range(1, tickets + WARM_UP + 1):
            assert browser.post("/api/tickets", body, key=f"ticket-{number}").status == 201
            answered.append(datetime.now(UTC))
            to_paper.append(paper_after(printer, number, time.perf_counter()))
            done = [JobState.PRINTED] * number
            wait_until(lambda: job_states(installation) == done, "printed")  # noqa: B023
        with installation.open_database() as database, database.read() as session:
            reported = session.scalars(select(PrintJob.changed_at).order_by(PrintJob.id)).all()
    to_printed = [
        (after - before).total_seconds() for before, after in zip(answered, reported, strict=True)
    ]
    return to_paper[WARM_UP:], to_printed[WARM_UP:]


def by_the_driver(printer: PrinterSimulator, markup: str, jobs: int) -> list[float]:
    """Seconds that the driver alone takes for a paper, composing and confirmation included."""
    driver = Printer(printer.address, SETTINGS)
    seconds = []
    for number in range(jobs + WARM_UP):
        started = time.perf_counter()
        driver.print_job(compose(parse_receipt(markup), SETTINGS).data, str(number))
        seconds.append(time.perf_counter() - started)
    return seconds[WARM_UP:]


def row(what: str, seconds: list[float]) -> str:
    """A line of the table, in milliseconds."""
    cuts = statistics.quantiles(seconds, n=20, method="inclusive")
    figures = (cuts[9], cuts[18], max(seconds))
    return f"{what:<34}" + "".join(f"{figure * 1000:>10.1f}" for figure in figures)


MARKUP = """
<receipt>
  <line align="center" bold="yes">示例县政务服务大厅</line>
  <line align="center" size="3" bold="yes">A001</line>
  <qr size="6">http://127.0.0.1:8080/t/0123456789abcdef</qr>
  <cut/>
</receipt>
"""


@click.command(help=__doc__)
@click.option("--tickets", default=30, show_default=True)
def main(tickets: int) -> None:
    """Measure both and print the table."""
    printer = PrinterSimulator(width_dots=SETTINGS.width_dots)
    printer.start()
    alone = by_the_driver(printer, MARKUP, tickets)
    printer.stop()
    printer = PrinterSimulator(width_dots=SETTINGS.width_dots)
    printer.start()
    to_paper, to_printed = by_the_hall(printer, tickets)
    printer.stop()
    click.echo(f"{'':<34}{'p50 ms':>10}{'p95':>10}{'worst':>10}")
    click.echo(row("driver alone, to confirmation", alone))
    click.echo(row("hall, kiosk's answer to paper", to_paper))
    click.echo(row("hall, kiosk's answer to `printed`", to_printed))
    ratio = statistics.median(to_printed) / statistics.median(alone)
    click.echo(f"`printed` against the driver alone: {ratio:.1f} times as long")


if __name__ == "__main__":
    main()
