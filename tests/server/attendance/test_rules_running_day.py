"""Nothing is said while punches can still come."""

import pytest

from tests.server.attendance.halls import ABSENT, ON_LEAVE, PENDING


@pytest.mark.parametrize(
    ("as_of", "morning", "afternoon"),
    [
        ("14:29:59", PENDING, PENDING),
        ("14:30:00", ABSENT, PENDING),
        ("23:29:59", ABSENT, PENDING),
        ("23:30:00", ABSENT, ABSENT),
    ],
)
def test_a_half_day_waits_for_its_last_possible_punch(hall, as_of, morning, afternoon):
    judged = hall.judge(as_of=as_of)

    assert (judged.morning.kind, judged.afternoon.kind) == (morning, afternoon)


def test_leave_is_known_in_advance(hall):
    judged = hall.judge(leaves=[hall.leave("00:00", "24:00")], as_of="00:00")

    assert [verdict.kind for verdict in judged.verdicts] == [ON_LEAVE, ON_LEAVE]
