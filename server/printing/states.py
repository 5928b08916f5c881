"""A print job's life, and what each report of the agent makes of it."""

from collections.abc import Mapping
from enum import StrEnum

MOST_ATTEMPTS = 3
"""A job that came to nothing this often is a person's business."""


class JobState(StrEnum):
    """Where a print job is. Only the printer's own confirmation makes it `printed`."""

    QUEUED = "queued"
    CLAIMED = "claimed"  # an agent has it; no byte has left yet
    SENDING = "sending"  # the first byte may have left
    SENT_UNCONFIRMED = "sent_unconfirmed"  # all bytes left; this printer cannot confirm
    PRINTED = "printed"
    FAILED = "failed"  # nothing came out; needs a person
    UNCERTAIN = "uncertain"  # nobody knows; never printed again by itself


S = JobState

# (present state, reported state): the agent's reports that are taken; all others are refused.
REPORTS: frozenset[tuple[JobState, JobState]] = frozenset(
    {
        (S.CLAIMED, S.SENDING),
        (S.CLAIMED, S.QUEUED),  # the printer was not ready, nothing was sent
        (S.CLAIMED, S.FAILED),
        (S.SENDING, S.QUEUED),  # the connection failed before the first byte
        (S.SENDING, S.SENT_UNCONFIRMED),
        (S.SENDING, S.PRINTED),
        (S.SENDING, S.FAILED),
        (S.SENDING, S.UNCERTAIN),
        (S.UNCERTAIN, S.PRINTED),  # the printer had said so; the agent's word came late
    }
)

# What a job becomes when its agent falls silent until the lease ends.
AFTER_LEASE: Mapping[JobState, JobState] = {
    S.CLAIMED: S.QUEUED,
    S.SENDING: S.UNCERTAIN,
}

NEEDS_PERSON = frozenset({S.FAILED, S.UNCERTAIN})
ON_ITS_WAY = frozenset({S.QUEUED, S.CLAIMED, S.SENDING})
PAPER_USED = frozenset({S.PRINTED, S.SENT_UNCONFIRMED, S.UNCERTAIN})


def accepts(present: JobState, reported: JobState) -> bool:
    """Whether an agent holding the job may report this state; a repeated report is harmless."""
    return present is reported or (present, reported) in REPORTS


def after_attempt(state: JobState, attempt: int) -> JobState:
    """What a job becomes that would go back to the queue after this attempt."""
    return S.FAILED if state is S.QUEUED and attempt >= MOST_ATTEMPTS else state
