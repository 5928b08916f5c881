"""What state a printer is in, read from its answers. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from drivers.escpos.codec import AutoStatus, Query


class PrinterState(StrEnum):
    """One named state, the most pressing first."""

    UNREACHABLE = "unreachable"  # no link
    COVER_OPEN = "cover_open"
    PAPER_END = "paper_end"
    CUTTER_ERROR = "cutter_error"
    ERROR = "error"
    OFFLINE = "offline"  # says so, or says nothing
    PAPER_NEAR_END = "paper_near_end"  # still prints
    READY = "ready"


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """The most pressing state, all that hold at once, and a detail for the log.

    `answered` is False when the state is only concluded from silence.
    """

    state: PrinterState
    holding: frozenset[PrinterState] = frozenset()
    detail: str = ""
    answered: bool = True

    @property
    def can_print(self) -> bool:
        """Whether a job may be sent now."""
        return self.state in (PrinterState.READY, PrinterState.PAPER_NEAR_END)


# (query, bit mask) of DLE EOT replies; a pair of bits counts when either is set.
_QUERY_BITS: tuple[tuple[Query, int, PrinterState, str], ...] = (
    (Query.PRINTER, 0x08, PrinterState.OFFLINE, "offline"),
    (Query.OFFLINE_CAUSE, 0x04, PrinterState.COVER_OPEN, "cover open"),
    (Query.OFFLINE_CAUSE, 0x20, PrinterState.PAPER_END, "stopped by paper end"),
    (Query.OFFLINE_CAUSE, 0x40, PrinterState.ERROR, "error"),
    (Query.ERROR_CAUSE, 0x08, PrinterState.CUTTER_ERROR, "cutter"),
    (Query.ERROR_CAUSE, 0x20, PrinterState.ERROR, "unrecoverable error"),
    (Query.ERROR_CAUSE, 0x40, PrinterState.ERROR, "hot print head or bad supply"),
    (Query.PAPER, 0x0C, PrinterState.PAPER_NEAR_END, "paper near end"),
    (Query.PAPER, 0x60, PrinterState.PAPER_END, "paper end"),
)

# (byte, bit mask) of automatic status back.
_AUTO_BITS: tuple[tuple[int, int, PrinterState, str], ...] = (
    (0, 0x08, PrinterState.OFFLINE, "offline"),
    (0, 0x20, PrinterState.COVER_OPEN, "cover open"),
    (1, 0x08, PrinterState.CUTTER_ERROR, "cutter"),
    (1, 0x20, PrinterState.ERROR, "unrecoverable error"),
    (1, 0x40, PrinterState.ERROR, "hot print head or bad supply"),
    (2, 0x03, PrinterState.PAPER_NEAR_END, "paper near end"),
    (2, 0x0C, PrinterState.PAPER_END, "paper end"),
)


def silent(detail: str) -> PrinterStatus:
    """A printer that is linked but does not answer, as with an open cover or a pulled plug."""
    return PrinterStatus(
        PrinterState.OFFLINE, frozenset({PrinterState.OFFLINE}), detail, answered=False
    )


def unreachable(detail: str) -> PrinterStatus:
    """A printer without a link."""
    return PrinterStatus(
        PrinterState.UNREACHABLE, frozenset({PrinterState.UNREACHABLE}), detail, answered=False
    )


def from_replies(replies: Mapping[Query, int]) -> PrinterStatus:
    """Read the answers to DLE EOT queries; one that is missing tells nothing."""
    return _most_pressing(
        [(state, note) for query, mask, state, note in _QUERY_BITS if replies.get(query, 0) & mask]
    )


def from_auto(status: AutoStatus) -> PrinterStatus:
    """Read an automatic status."""
    return _most_pressing(
        [(state, note) for at, mask, state, note in _AUTO_BITS if status.data[at] & mask]
    )


def _most_pressing(found: list[tuple[PrinterState, str]]) -> PrinterStatus:
    states = frozenset(state for state, _ in found)
    ranked = [state for state in PrinterState if state in states]
    state = ranked[0] if ranked else PrinterState.READY
    return PrinterStatus(state, states, ", ".join(dict.fromkeys(note for _, note in found)))
