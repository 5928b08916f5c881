"""窗口管理制度 五.3: one finding makes two people absent."""

from server.attendance.proxy_rules import ProxyFinding, involvements
from server.attendance.timetable import HalfDay
from tests.server.attendance.halls import ABSENT, GOOD_MORNING


def test_signer_and_signed_for_are_both_absent_for_that_half_day(hall):
    finding = ProxyFinding(hall.day, HalfDay.MORNING, signer_id=7, signed_for_id=8)

    kinds = {
        person: hall.judge(*GOOD_MORNING, proxies=[part]).morning.kind
        for person, part in involvements(finding).items()
    }

    assert kinds == {7: ABSENT, 8: ABSENT}
