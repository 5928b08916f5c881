"""Times of a day as whole seconds from midnight, the unit that half days are judged in."""

from datetime import time

SECONDS_PER_MINUTE = 60
MINUTES_PER_HOUR = 60
SECONDS_PER_DAY = 86_400


def second_of_day(clock: time) -> int:
    """A clock time as seconds from midnight; fractions of a second are dropped."""
    return (clock.hour * MINUTES_PER_HOUR + clock.minute) * SECONDS_PER_MINUTE + clock.second


def clock_time(second: int) -> time:
    """A second of the day as a time."""
    minutes, seconds = divmod(second, SECONDS_PER_MINUTE)
    return time(*divmod(minutes, MINUTES_PER_HOUR), seconds)


def clock_text(second: int) -> str:
    """A second of the day, or the midnight that ends it, as `HH:MM:SS`."""
    minutes, seconds = divmod(second, SECONDS_PER_MINUTE)
    hours, minutes = divmod(minutes, MINUTES_PER_HOUR)
    return f"{hours:02}:{minutes:02}:{seconds:02}"
