"""窗口管理制度 五.3: 发现代签，记双方旷工 1 次."""

import pytest

from server.attendance.evidence import ProxyInvolvement
from server.attendance.presets.judging import ProxyRole
from server.attendance.reasons import ReasonKey
from server.attendance.timetable import HalfDay
from tests.server.attendance.halls import ABSENT, GOOD_AFTERNOON, GOOD_MORNING, PRESENT, keys


@pytest.mark.parametrize("role", list(ProxyRole))
def test_both_are_absent_for_the_half_day(hall, role):
    found = ProxyInvolvement(hall.day, HalfDay.MORNING, role)

    judged = hall.judge(*GOOD_MORNING, *GOOD_AFTERNOON, proxies=[found])

    assert (judged.morning.kind, judged.afternoon.kind) == (ABSENT, PRESENT)


def test_once_only_however_often_it_was_found(hall):
    found = [ProxyInvolvement(hall.day, HalfDay.MORNING, role) for role in ProxyRole]

    assert keys(hall.judge(*GOOD_MORNING, proxies=found).morning)[0] is ReasonKey.PROXY_SIGNER


def test_a_hall_may_spare_the_signer(other_hall):
    signer = ProxyInvolvement(other_hall.day, HalfDay.MORNING, ProxyRole.SIGNER)

    judged = other_hall.judge("08:50", "12:05", proxies=[signer])

    assert judged.morning.kind is PRESENT
