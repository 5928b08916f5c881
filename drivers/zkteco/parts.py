"""What is new in a log, cut into parts as the hall takes them in: the terminal's own bytes."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from drivers.zkteco.codec import LogBody, repetitions
from drivers.zkteco.layouts import Layout, size_of


@dataclass(frozen=True, slots=True)
class LogPart:
    """Records of one layout; `repeats` says, by index, how many equal ones came before."""

    layout: Layout
    records: bytes = field(repr=False)
    repeats: Mapping[int, int]

    @property
    def count(self) -> int:
        """Number of records."""
        return len(self.records) // size_of(self.layout)


def parts_of(log: LogBody, first: int, most: int, *, certain: bool) -> list[LogPart]:
    """The records from index `first` on, at most `most` to a part; one empty part for none.

    Equal ones are counted from the log's start or, when `certain`, among the new ones alone.
    """
    size = size_of(log.layout)
    new = log.body[first * size :]
    if certain:
        again = repetitions(log.layout, new)
    else:
        whole = repetitions(log.layout, log.body, first)
        again = {index - first: count for index, count in whole.items()}
    return [
        LogPart(
            log.layout,
            new[start * size : (start + most) * size],
            {at - start: again[at] for at in sorted(again) if start <= at < start + most},
        )
        for start in range(0, max(log.count - first, 1), most)
    ]
