"""Prints a printer's jobs, one after the other, and tells the truth about each."""

import logging
import time
from typing import ClassVar

from drivers.escpos.composing import compose
from drivers.escpos.device import Printer
from drivers.escpos.markup import MarkupError, parse_receipt
from drivers.escpos.outcome import Outcome, OutcomeState
from drivers.escpos.settings import PrinterSettings
from drivers.escpos.status import PrinterState, PrinterStatus
from drivers.hall_api import ClaimedJob, HallApi, HallUnreachableError
from drivers.workers.worker import ATTENTION, LOST, OK, TellHealth

log = logging.getLogger(__name__)

REPORT_RETRY_SECONDS = 1.0

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
        self._hall = hall
        self._printer_id = printer_id
        self._printer = printer
        self._settings = settings

    def round(self, tell: TellHealth) -> None:
        """Print everything that waits, as long as the printer is ready."""
        status = self._printer.status()
        while _tell_status(status, tell):
            job = self._hall.claim(self._printer_id)
            if job is None:
                return
            outcome = self._print(job, tell)
            if outcome is None:
                continue
            status = outcome.status
            if outcome.state is OutcomeState.FAILED_BEFORE_SEND:
                status = self._printer.status()

    def close(self) -> None:
        """Nothing is held between jobs."""

    def _print(self, job: ClaimedJob, tell: TellHealth) -> Outcome | None:
        """Print one job; None for one that no printer could print."""
        try:
            paper = compose(parse_receipt(job.markup), self._settings)
        except MarkupError as error:
            self._report(job, "failed", str(error))
            return None
        self._report(job, "sending")

        def watch(status: PrinterStatus) -> None:
            _tell_status(status, tell)

        outcome = self._printer.print_job(paper.data, str(job.id), watch=watch)
        detail = f"{outcome.reason}: {outcome.status.state}"
        if paper.missing:
            detail += f"; no glyph for {paper.missing}"
        self._report(job, REPORTS[outcome.state], detail)
        return outcome

    def _report(self, job: ClaimedJob, state: str, detail: str = "") -> None:
        """Tell what became of a job, however long the server takes to come back."""
        while True:
            try:
                self._hall.report(job, state, detail)
            except HallUnreachableError:
                time.sleep(REPORT_RETRY_SECONDS)
            else:
                log.info("job %s", state, extra={"job": job.id, "attempt": job.attempt})
                return


def _tell_status(status: PrinterStatus, tell: TellHealth) -> bool:
    """Tell the printer's state; whether it can print."""
    if status.state in READY_STATES:
        tell(OK, status.state.value)
        return True
    lost = status.state in {PrinterState.UNREACHABLE, PrinterState.OFFLINE}
    tell(LOST if lost else ATTENTION, status.state.value)
    return False
