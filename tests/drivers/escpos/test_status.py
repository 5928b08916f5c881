import pytest

from drivers.escpos.codec import AutoStatus, Query
from drivers.escpos.status import PrinterState, from_auto, from_replies, silent, unreachable

ALL_WELL = dict.fromkeys(Query, 0x12)


def test_fixed_bits_alone_are_a_ready_printer() -> None:
    assert from_replies(ALL_WELL).state is PrinterState.READY


@pytest.mark.parametrize(
    ("query", "bits", "state"),
    [
        (Query.PRINTER, 0x1A, PrinterState.OFFLINE),
        (Query.OFFLINE_CAUSE, 0x16, PrinterState.COVER_OPEN),
        (Query.OFFLINE_CAUSE, 0x32, PrinterState.PAPER_END),
        (Query.OFFLINE_CAUSE, 0x52, PrinterState.ERROR),
        (Query.OFFLINE_CAUSE, 0x1A, PrinterState.READY),  # the feed button
        (Query.ERROR_CAUSE, 0x1A, PrinterState.CUTTER_ERROR),
        (Query.ERROR_CAUSE, 0x32, PrinterState.ERROR),
        (Query.ERROR_CAUSE, 0x52, PrinterState.ERROR),
        (Query.PAPER, 0x1E, PrinterState.PAPER_NEAR_END),
        (Query.PAPER, 0x72, PrinterState.PAPER_END),
    ],
)
def test_each_bit_has_its_state(query: Query, bits: int, state: PrinterState) -> None:
    assert from_replies({**ALL_WELL, query: bits}).state is state


def test_the_most_pressing_state_is_named_and_all_are_kept() -> None:
    status = from_replies({Query.PRINTER: 0x1A, Query.OFFLINE_CAUSE: 0x36, Query.PAPER: 0x7E})
    assert status.state is PrinterState.COVER_OPEN
    assert status.holding == {
        PrinterState.COVER_OPEN,
        PrinterState.OFFLINE,
        PrinterState.PAPER_END,
        PrinterState.PAPER_NEAR_END,
    }


def test_an_error_says_what_it_is() -> None:
    status = from_replies({Query.PRINTER: 0x1A, Query.ERROR_CAUSE: 0x52})
    assert status.detail == "offline, hot print head or bad supply"


@pytest.mark.parametrize(
    ("data", "state"),
    [
        ("10 00 00 0f", PrinterState.READY),
        ("18 00 00 0f", PrinterState.OFFLINE),
        ("38 00 00 0f", PrinterState.COVER_OPEN),
        ("18 08 00 0f", PrinterState.CUTTER_ERROR),
        ("18 40 00 0f", PrinterState.ERROR),
        ("10 00 03 0f", PrinterState.PAPER_NEAR_END),
        ("18 00 0f 0f", PrinterState.PAPER_END),
    ],
)
def test_automatic_status_is_read_likewise(data: str, state: PrinterState) -> None:
    assert from_auto(AutoStatus(bytes.fromhex(data))).state is state


def test_only_a_ready_printer_or_one_short_of_paper_may_print() -> None:
    near_end = from_replies({Query.PAPER: 0x1E})
    assert (from_replies(ALL_WELL).can_print, near_end.can_print) == (True, True)
    assert (silent("").can_print, unreachable("").can_print) == (False, False)
