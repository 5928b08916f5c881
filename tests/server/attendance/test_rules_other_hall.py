"""Other numbers need no code: grace 0 until the end of June 2026, then 5 minutes."""

import pytest

from tests.server.attendance.halls import LATE, PRESENT


@pytest.mark.parametrize(
    ("day", "arrival", "kind"),
    [
        ("2026-06-30", "08:30:00", PRESENT),
        ("2026-06-30", "08:30:01", LATE),
        ("2026-07-01", "08:35:00", PRESENT),
        ("2026-07-01", "08:35:01", LATE),
    ],
)
def test_a_changed_grace_holds_from_its_date(other_hall, day, arrival, kind):
    assert other_hall.on(day).judge(arrival, "12:05").morning.kind is kind
