"""Time: UTC instants for storage, the hall's zone for the business date."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)


def business_date(at: datetime, zone: ZoneInfo) -> date:
    """The hall's date at an instant; a business day runs from midnight to midnight there."""
    return at.astimezone(zone).date()
