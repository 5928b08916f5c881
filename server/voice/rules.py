"""How loud the hall speaks, by the time of day."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

FULL = 100
_LINE = re.compile(r"(\d{1,2}):(\d{2})\s*[-－—~～至]\s*(\d{1,2}):(\d{2})\s+(\d{1,3})\s*%?")


@dataclass(frozen=True, slots=True)
class VolumeSpan:
    """From `begins` until before `ends`, which may be past midnight; 0 per cent is quiet."""

    begins: time
    ends: time
    percent: int

    def holds(self, at: time) -> bool:
        """Whether an instant of the day lies in it."""
        if self.begins < self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends


def spans_of(text: str) -> list[VolumeSpan]:
    """The spans in some lines, `12:00-13:30 40` each. Raises ValueError, telling nothing."""
    lines = (line.strip() for line in text.replace("：", ":").splitlines())
    return [_span(line) for line in lines if line]


def _span(line: str) -> VolumeSpan:
    found = _LINE.fullmatch(line)
    if found is None:
        raise ValueError(line)
    hour, minute, end_hour, end_minute, percent = map(int, found.groups())
    if percent > FULL:
        raise ValueError(line)
    return VolumeSpan(time(hour, minute), time(end_hour, end_minute), percent)


def volume_at(at: time, usual: int, spans: Iterable[VolumeSpan]) -> int:
    """The per cent at an instant of the day: by the first span that holds, else the usual."""
    return next((span.percent for span in spans if span.holds(at)), usual)
