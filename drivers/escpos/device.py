"""A ticket printer as the hall wants it: its state, and papers that are known to be out."""

import secrets
from contextlib import closing
from time import monotonic

from drivers.escpos.codec import TOKEN_LENGTH
from drivers.escpos.composing import end_of_cut_off_job, end_of_image
from drivers.escpos.delivery import Delivery, Watcher
from drivers.escpos.outcome import Outcome, OutcomeState, Reason
from drivers.escpos.session import Session
from drivers.escpos.settings import Confirmation, PrinterSettings
from drivers.escpos.status import PrinterState, PrinterStatus, silent, unreachable
from drivers.transport import TransportError, open_transport

TIMEOUT = 2.0  # seconds of silence that count as no answer
DEADLINE = 30.0  # seconds that a job may take from opening to confirmation

_FIRST, _LAST = 0x20, 0x7E  # what a token of GS ( H is made of
_BASE = _LAST - _FIRST + 1


class Printer:
    """One printer at a transport URL. Not thread-safe: one worker per printer.

    Each call opens the link and closes it again, so that other hosts get their turn. Nothing is
    ever sent a second time by itself.
    """

    def __init__(
        self,
        url: str,
        settings: PrinterSettings,
        *,
        timeout: float = TIMEOUT,
        deadline: float = DEADLINE,
    ) -> None:
        self._url = url
        self._settings = settings
        self._timeout = timeout
        self._deadline = deadline
        self._probed: Confirmation | None = None
        self._broken_off = end_of_image(settings)  # what ends what an earlier link left unfinished
        self._tokens_used = secrets.randbelow(_BASE**TOKEN_LENGTH)

    def status(self) -> PrinterStatus:
        """Ask the printer how it is. Never raises."""
        try:
            with closing(open_transport(self._url, timeout=self._timeout)) as link:
                return Session(link, self._timeout).status()
        except TransportError as error:
            return unreachable(str(error))

    def name(self) -> str:
        """The model name that the printer gives of itself, '' if none. Raises TransportError."""
        with closing(open_transport(self._url, timeout=self._timeout)) as link:
            return Session(link, self._timeout).name()

    def print_job(self, data: bytes, job_id: str, *, watch: Watcher | None = None) -> Outcome:
        """Print one composed job and find out whether it came out. Never raises.

        While it waits for a confirmation, `watch` is told of every change of state, such as paper
        that ran out half-way; a job that goes on after a refill within the deadline is `printed`.
        """
        deadline = monotonic() + self._deadline
        try:
            link = open_transport(self._url, timeout=self._timeout)
        except TransportError as error:
            return _unsent(job_id, Reason.UNREACHABLE, unreachable(str(error)))
        with closing(link):
            session = Session(link, self._timeout)
            try:
                status, method = self._prepare(session, deadline)
            except TransportError as error:
                return _unsent(job_id, Reason.LINK_LOST, unreachable(str(error)))
            if not status.can_print:
                return _unsent(job_id, Reason.NOT_READY, status)
            token = self._next_token()
            delivery = Delivery(job_id, session, method, token, deadline, status, watch)
            return self._deliver(delivery, data)

    def _deliver(self, delivery: Delivery, data: bytes) -> Outcome:
        try:
            outcome = delivery.run(data)
        except TransportError as error:
            self._broken_off = end_of_cut_off_job(self._settings)
            lost, method = unreachable(str(error)), delivery.method
            return Outcome(delivery.job_id, OutcomeState.UNCERTAIN, Reason.LINK_LOST, lost, method)
        if outcome.reason is Reason.NO_CONFIRMATION:
            self._probed = None  # perhaps it is another printer by now
        return outcome

    def _prepare(self, session: Session, deadline: float) -> tuple[PrinterStatus, Confirmation]:
        """Whether it can print now, and how it will confirm."""
        method = self._settings.confirmation
        asked = method is not Confirmation.NONE
        status = session.status() if asked else PrinterStatus(PrinterState.READY)
        if status.can_print:
            session.send(self._broken_off, deadline)
            self._broken_off = b""
        if method is Confirmation.AUTO and status.can_print:
            if self._probed is None:
                found = self._probe(session)
                status = session.status()  # silence may have come from a cover opened just now
                self._probed = found if status.can_print else None
            method = self._probed or method
        if method is Confirmation.BARRIER and status.can_print and not session.passes_barrier():
            status = silent("no answer to GS r")
        return status, method

    def _probe(self, session: Session) -> Confirmation:
        if session.echoes_back(self._next_token()):
            return Confirmation.ECHO
        return Confirmation.BARRIER if session.passes_barrier() else Confirmation.STATUS

    def _next_token(self) -> bytes:
        self._tokens_used += 1
        digits, rest = [], self._tokens_used
        for _ in range(TOKEN_LENGTH):
            rest, digit = divmod(rest, _BASE)
            digits.append(_FIRST + digit)
        return bytes(digits)


def _unsent(job_id: str, reason: Reason, status: PrinterStatus) -> Outcome:
    return Outcome(job_id, OutcomeState.FAILED_BEFORE_SEND, reason, status)
