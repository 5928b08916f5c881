"""Prints a printer's jobs, one after the other, and tells the truth about each."""

import logging
import threading
from collections import Counter
from typing import ClassVar

from drivers.escpos.composing import compose
from drivers.escpos.device import Printer
from drivers.escpos.markup import MarkupError, parse_receipt
from drivers.escpos.outcome import Outcome, OutcomeState
from drivers.escpos.render import render
from drivers.escpos.settings import PrinterSettings
from drivers.escpos.status import PrinterState, PrinterStatus
from drivers.hall_api import HallApi, HallUnreachableError
from drivers.hall_messages import ClaimedJob
from drivers.workers.worker import ATTENTION, LOST, OK, TellHealth

log = logging.getLogger(__name__)

REPORT_RETRY_SECONDS = 1.0
DOTS_PER_MM = 8  # 203 dpi

READY_STATES = frozenset({PrinterState.READY, PrinterState.PAPER_NEAR_END})

REPORTS = {
    OutcomeState.PRINTED: "printed",
    OutcomeState.SENT_UNCONFIRMED: "sent_unconfirmed",
    OutcomeState.UNCERTAIN: "uncertain",
    OutcomeState.FAILED_BEFORE_SEND: "queued",
}


class PrintingTask:
    """The printing of one printer. A printer that is not ready leaves its jobs in the queue."""

    interval: ClassVar[float] = 3.0  # paper that ran out is known within five seconds

    def __init__(
        self, hall: HallApi, printer_id: int, printer: Printer, settings: PrinterSettings
    ) -> None:
        self.counts: Counter[str] = Counter()
        self._hall = hall
        self._printer_id = printer_id
        self._printer = printer
        self._settings = settings

    def round(self, tell: TellHealth, stopped: threading.Event) -> None:
        """Print everything that waits, as long as the printer is ready."""
        status = self._printer.status()
        while _tell_status(status, tell) and not stopped.is_set():
            job = self._hall.claim(self._printer_id)
            if job is None:
                return
            outcome = self._print(job, tell, stopped)
            if outcome is None:
                continue
            status = outcome.status
            if outcome.state is OutcomeState.FAILED_BEFORE_SEND:
                status = self._printer.status()

    def close(self) -> None:
        """Nothing is held between jobs."""

    def _print(self, job: ClaimedJob, tell: TellHealth, stopped: threading.Event) -> Outcome | None:
        """Print one job; None for one that was not begun."""
        try:
            paper = compose(parse_receipt(job.markup), self._settings)
        except (MarkupError, ValueError) as error:  # no printer could print it so
            self._report(job, stopped, "failed", str(error))
            return None
        if not self._report(job, stopped, "sending"):
            return None

        def watch(status: PrinterStatus) -> None:
            _tell_status(status, tell)

        outcome = self._printer.print_job(paper.data, str(job.id), watch=watch)
        self.counts[outcome.state.value] += 1
        detail = f"{outcome.reason}: {outcome.status.state}"
        if paper.missing:
            detail += f"; no glyph for {paper.missing}"
        length_mm = self._length_mm(paper.data)
        self._report(job, stopped, REPORTS[outcome.state], detail, length_mm)
        return outcome

    def _length_mm(self, data: bytes) -> int:
        """How much paper a job takes off the roll."""
        papers = render(data, self._settings.width_dots)
        return sum(paper.ink.height for paper in papers) // DOTS_PER_MM

    def _report(
        self,
        job: ClaimedJob,
        stopped: threading.Event,
        state: str,
        detail: str = "",
        paper_mm: int = 0,
    ) -> bool:
        """Tell what became of a job, however long the server takes; False when stopped first.

        What the hall is not told it learns from the end of the lease.
        """
        while True:
            try:
                self._hall.report(job, state, detail, paper_mm)
            except HallUnreachableError:
                if stopped.wait(REPORT_RETRY_SECONDS):
                    return False
            else:
                log.info("job %s", state, extra={"job": job.id, "attempt": job.attempt})
                return True


def _tell_status(status: PrinterStatus, tell: TellHealth) -> bool:
    """Tell the printer's state; whether it can print."""
    if status.state in READY_STATES:
        tell(OK, status.state.value)
        return True
    lost = status.state in {PrinterState.UNREACHABLE, PrinterState.OFFLINE}
    tell(LOST if lost else ATTENTION, status.state.value)
    return False
