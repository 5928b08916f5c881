"""Times of a day as people write them: 09:00-12:00，13:30-17:00."""

import re
from datetime import time
from itertools import pairwise
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer

from server.i18n import N_

Span = tuple[time, time]

SEPARATORS = re.compile(r"[,，、;；\s]+")
SPAN = re.compile(r"(\d{1,2})[:：](\d{2})[-–—~～至](\d{1,2})[:：](\d{2})")
UNREADABLE = N_("请写成 09:00-12:00，13:30-17:00 这样")
BACKWARDS = N_("每一段的结束时间须晚于开始时间")
OVERLAPPING = N_("几段时间不能重叠")


def read_spans(text: object) -> tuple[Span, ...]:
    """The spans of a day, in order; a blank text is a day without any. Raises ValueError."""
    if not isinstance(text, str):
        return tuple(text) if isinstance(text, (list, tuple)) else ()
    parts = [part for part in SEPARATORS.split(re.sub(r"\s*([-–—~～至])\s*", r"\1", text)) if part]
    spans = sorted(_span(part) for part in parts)
    if any(opens >= closes for opens, closes in spans):
        raise ValueError(BACKWARDS)
    if any(later[0] < earlier[1] for earlier, later in pairwise(spans)):
        raise ValueError(OVERLAPPING)
    return tuple(spans)


def write_spans(spans: tuple[Span, ...]) -> str:
    """Spans as `read_spans` reads them."""
    return "，".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in spans)


def _span(text: str) -> Span:
    found = SPAN.fullmatch(text)
    if found is None:
        raise ValueError(UNREADABLE)
    hour, minute, last_hour, last_minute = (int(part) for part in found.groups())
    try:
        return time(hour, minute), time(last_hour, last_minute)
    except ValueError as error:
        raise ValueError(UNREADABLE) from error


Spans = Annotated[tuple[Span, ...], BeforeValidator(read_spans), PlainSerializer(write_spans)]
