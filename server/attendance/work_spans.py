"""The working time of a half day."""

from dataclasses import dataclass

from server.attendance.timetable import HalfDay


@dataclass(frozen=True, slots=True)
class WorkSpan:
    """A half day's working time, in seconds from the hall's midnight, end excluded."""

    half: HalfDay
    start: int
    end: int
