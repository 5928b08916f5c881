"""What is known of a print job after one attempt."""

from dataclasses import dataclass
from enum import StrEnum

from drivers.escpos.settings import Confirmation
from drivers.escpos.status import PrinterStatus


class OutcomeState(StrEnum):
    """How sure it is that the paper came out."""

    PRINTED = "printed"  # the printer said so
    SENT_UNCONFIRMED = "sent_unconfirmed"  # all sent to a printer that cannot say so
    FAILED_BEFORE_SEND = "failed_before_send"  # nothing of it was sent
    UNCERTAIN = "uncertain"  # all or part was sent: a person has to look


class Reason(StrEnum):
    """Why an outcome is what it is."""

    CONFIRMED = "confirmed"
    NOT_CONFIRMABLE = "not_confirmable"
    UNREACHABLE = "unreachable"
    NOT_READY = "not_ready"  # the status says why
    LINK_LOST = "link_lost"
    STOPPED = "stopped"  # half-way; the status says why
    NO_CONFIRMATION = "no_confirmation"  # ready, but silent about the job


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one attempt. Only FAILED_BEFORE_SEND may be tried again without a person.

    `method` is how the printer was asked to confirm, if it came to that.
    """

    job_id: str
    state: OutcomeState
    reason: Reason
    status: PrinterStatus
    method: Confirmation | None = None
