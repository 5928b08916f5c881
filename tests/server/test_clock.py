from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from server.clock import business_date, system_clock

SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 9, 14, 15, 59, 59, tzinfo=UTC), date(2026, 9, 14)),
        (datetime(2026, 9, 14, 16, 0, tzinfo=UTC), date(2026, 9, 15)),
        (datetime(2026, 9, 15, 0, 0, tzinfo=UTC), date(2026, 9, 15)),
        (datetime(2026, 9, 15, 0, 0, tzinfo=SHANGHAI), date(2026, 9, 15)),
    ],
)
def test_the_halls_zone_decides_the_date(instant: datetime, day: date) -> None:
    assert business_date(instant, SHANGHAI) == day


def test_the_system_clock_knows_its_zone() -> None:
    assert system_clock().tzinfo is UTC
