"""One job on its way: sent once, then watched until the printer says that it is out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from drivers.escpos.codec import BARRIER, echo_request
from drivers.escpos.outcome import Outcome, OutcomeState, Reason
from drivers.escpos.session import Session
from drivers.escpos.settings import Confirmation
from drivers.escpos.status import PrinterState, PrinterStatus

Watcher = Callable[[PrinterStatus], None]


@dataclass(slots=True)
class Delivery:
    """A job for a printer that was ready just now and confirms by `method`.

    `token` is new for every attempt, so that an echo of an older one is not taken for this one's;
    `deadline` is in monotonic seconds; `status` is what was last known; `watch` is told of changes.
    """

    job_id: str
    session: Session
    method: Confirmation
    token: bytes
    deadline: float
    status: PrinterStatus
    watch: Watcher | None = None
    told: PrinterStatus = field(init=False)

    def __post_init__(self) -> None:
        self.told = self.status

    def run(self, data: bytes) -> Outcome:
        """Send it and wait. Raises TransportError when the link goes: how much is out is open."""
        seen = self.session.barriers
        match self.method:
            case Confirmation.ECHO:
                self._send(data + echo_request(self.token))
                return self._await(lambda: self.token in self.session.echoes)
            case Confirmation.BARRIER:
                self._send(data + BARRIER)
                return self._await(lambda: self.session.barriers > seen)
            case Confirmation.STATUS:
                self._send(data)
                return self._ask_after()
            case _:
                self._send(data)
                return self._outcome(OutcomeState.SENT_UNCONFIRMED, Reason.NOT_CONFIRMABLE)

    def _send(self, data: bytes) -> None:
        self.session.send(data, self.deadline)

    def _await(self, come: Callable[[], bool]) -> Outcome:
        while not self.session.wait(come, self.deadline):
            if monotonic() >= self.deadline:
                stopped = Reason.NO_CONFIRMATION if self.status.can_print else Reason.STOPPED
                return self._outcome(OutcomeState.UNCERTAIN, stopped)
            self._learn(self.session.status())
        if not self.status.can_print:  # it was refilled or closed, and went on
            self._learn(PrinterStatus(PrinterState.READY))
        return self._outcome(OutcomeState.PRINTED, Reason.CONFIRMED)

    def _ask_after(self) -> Outcome:
        self.session.wait(lambda: False, self.deadline)  # give it time to fail
        self._learn(self.session.status())
        if self.status.can_print:
            return self._outcome(OutcomeState.SENT_UNCONFIRMED, Reason.NOT_CONFIRMABLE)
        return self._outcome(OutcomeState.UNCERTAIN, Reason.STOPPED)

    def _learn(self, status: PrinterStatus) -> None:
        """Silence is not told: a slow printer does not see a query behind the job's own bytes."""
        self.status = status
        if status.answered and status != self.told and self.watch is not None:
            self.watch(status)
            self.told = status

    def _outcome(self, state: OutcomeState, reason: Reason) -> Outcome:
        return Outcome(self.job_id, state, reason, self.status, self.method)
