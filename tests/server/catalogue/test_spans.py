"""Times of a day are read as people write them."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.catalogue.spans import read_spans, write_spans

MORNING, AFTERNOON = (time(9), time(12)), (time(13, 30), time(17))


@pytest.mark.parametrize(
    "text",
    ["09:00-12:00，13:30-17:00", "9:00—12:00 13:30～17:00", "13：30 至 17：00、 9:00 - 12:00"],
)
def test_what_people_write(text: str) -> None:
    assert read_spans(text) == (MORNING, AFTERNOON)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("上午", "请写成"),
        ("25:00-26:00", "请写成"),
        ("12:00-09:00", "晚于"),
        ("09:00-12:00 11:00-13:00", "重叠"),
    ],
)
def test_what_cannot_be(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_spans(text)


@given(st.lists(st.times(), max_size=6, unique=True))
def test_written_spans_are_read_back(times: list[time]) -> None:
    marks = sorted({one.replace(second=0, microsecond=0, fold=0) for one in times})
    spans = tuple(zip(marks[::2], marks[1::2], strict=False))
    assert read_spans(write_spans(spans)) == spans
