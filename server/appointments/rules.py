"""When one who booked may come, and what coming late means: pure rules."""

from datetime import datetime, timedelta
from enum import StrEnum


class AppointmentState(StrEnum):
    """Where an appointment is in its life."""

    BOOKED = "booked"  # 已预约
    CHECKED_IN = "checked_in"  # 已签到
    CANCELLED = "cancelled"  # 已取消


class Arrival(StrEnum):
    """How somebody comes to an appointment."""

    TOO_EARLY = "too_early"
    IN_TIME = "in_time"
    LATE = "late"


def arrival(now: datetime, starts_at: datetime, early: timedelta, late: timedelta) -> Arrival:
    """Whether one who comes now is in time; the ends of the window belong to it."""
    if now < starts_at - early:
        return Arrival.TOO_EARLY
    return Arrival.LATE if now > starts_at + late else Arrival.IN_TIME
