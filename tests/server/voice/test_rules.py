from datetime import time

import pytest

from server.voice.rules import VolumeSpan, spans_of, volume_at


def test_spans_are_read_from_lines() -> None:
    assert spans_of("12:00-13:30 40\n\n 18：00—8:00  0% ") == [
        VolumeSpan(time(12), time(13, 30), 40),
        VolumeSpan(time(18), time(8), 0),
    ]


@pytest.mark.parametrize("text", ["noon 40", "12:00-13:30", "12:00-25:00 4", "12:00-13:00 101"])
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - its text is for nobody
        spans_of(text)


@pytest.mark.parametrize(
    ("at", "volume"),
    [
        (time(11, 59), 100),
        (time(12), 40),
        (time(13, 29, 59), 40),
        (time(13, 30), 100),
        (time(18), 0),
        (time(0), 0),
        (time(7, 59), 0),
        (time(8), 100),
    ],
)
def test_the_hour_decides_the_volume(at: time, volume: int) -> None:
    assert volume_at(at, 100, spans_of("12:00-13:30 40\n18:00-08:00 0")) == volume


def test_the_first_span_that_holds_decides() -> None:
    assert volume_at(time(12), 100, spans_of("12:00-13:00 10\n11:00-14:00 90")) == 10
