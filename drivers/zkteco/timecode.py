"""A terminal's packed clock: seconds since 2000 in months of 31 days, so 31 February has a code.

Nothing here raises on what a terminal may send: a code that names no real day decodes to None.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, tzinfo

FIRST_YEAR = 2000
_DAYS_IN_MONTH = 31
_DAYS_IN_YEAR = 12 * _DAYS_IN_MONTH
_SECONDS_IN_DAY = 86_400
_SECONDS_IN_HOUR = 3600
_INTO_HOUR = tuple(timedelta(seconds=second) for second in range(_SECONDS_IN_HOUR))
_LIMITS = (
    range(FIRST_YEAR, FIRST_YEAR + 100),
    range(1, 13),
    range(1, _DAYS_IN_MONTH + 1),
    range(24),
    range(60),
    range(60),
)
_TEXT = re.compile(r"\s*(\d{4})[-/](\d{1,2})[-/](\d{1,2})[ T](\d{1,2}):(\d{1,2}):(\d{1,2})\s*")


def pack_wall(wall: Sequence[int]) -> int | None:
    """The code of (year, month, day, hour, minute, second); None where the code has no room.

    The day need not exist: any month has 31.
    """
    if len(wall) != len(_LIMITS) or any(
        value not in limit for value, limit in zip(wall, _LIMITS, strict=True)
    ):
        return None
    year, month, day, hour, minute, second = wall
    days = (year - FIRST_YEAR) * _DAYS_IN_YEAR + (month - 1) * _DAYS_IN_MONTH + day - 1
    return days * _SECONDS_IN_DAY + hour * 3600 + minute * 60 + second


def encode_time(moment: datetime, zone: tzinfo) -> int:
    """The code of `moment` (aware) as a wall clock in `zone` shows it; 2000 to 2099 only."""
    wall = moment.astimezone(zone)
    code = pack_wall(wall.timetuple()[:6])
    if code is None:
        raise ValueError(f"{wall.year} does not fit a terminal's clock")
    return code


def decode_time(code: int, zone: tzinfo) -> datetime | None:
    """The reading of a wall clock in `zone`, to the second; None where `code` is no real time."""
    days, seconds = divmod(code, _SECONDS_IN_DAY)
    year, rest = divmod(days, _DAYS_IN_YEAR)
    month, day = divmod(rest, _DAYS_IN_MONTH)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    try:
        return datetime(FIRST_YEAR + year, month + 1, day + 1, hour, minute, second, tzinfo=zone)
    except ValueError:
        return None


def wall_times(codes: Sequence[int]) -> list[datetime | None]:
    """What a wall clock shows at each code, without zone; None where a code is no real time."""
    hours = {hour: _wall_hour(hour) for hour in {code // _SECONDS_IN_HOUR for code in codes}}
    return [
        None
        if (hour := hours[code // _SECONDS_IN_HOUR]) is None
        else hour + _INTO_HOUR[code % _SECONDS_IN_HOUR]
        for code in codes
    ]


def _wall_hour(hour: int) -> datetime | None:
    start = decode_time(hour * _SECONDS_IN_HOUR, UTC)
    return None if start is None else start.replace(tzinfo=None)


def pack_event_time(data: bytes) -> int | None:
    """The code of an event's six bytes (year of the century, month, day, hour, minute, second)."""
    return pack_wall((FIRST_YEAR + data[0], *data[1:])) if data else None


def pack_text_time(text: str) -> int | None:
    """The code of `YYYY-MM-DD HH:MM:SS`, which need not be a real day."""
    match = _TEXT.fullmatch(text)
    return pack_wall([int(digits) for digits in match.groups()]) if match else None
