"""临时顶岗人员管理制度 4.4: 顶岗:5 个工作日以内手工签到，超过的须指纹."""

from server.attendance.evidence import CoverStanding
from server.attendance.reasons import ReasonKey
from tests.server.attendance.halls import ABSENT, GOOD_AFTERNOON, GOOD_MORNING, PRESENT, keys

FOUR = (*GOOD_MORNING, *GOOD_AFTERNOON)


def test_four_signatures_a_day_while_by_hand(hall):
    judged = hall.judge(signatures=hall.signatures(*FOUR), cover=CoverStanding.BY_HAND)

    assert [verdict.kind for verdict in judged.verdicts] == [PRESENT, PRESENT]


def test_a_fingerprint_counts_as_well(hall):
    judged = hall.judge(
        "14:20",
        signatures=hall.signatures("07:55", "12:03", "17:35"),
        cover=CoverStanding.BY_HAND,
    )

    assert [verdict.kind for verdict in judged.verdicts] == [PRESENT, PRESENT]


def test_a_signature_counts_once_the_desk_has_confirmed_it(hall):
    judged = hall.judge(
        signatures=[
            *hall.signatures("07:55"),
            *hall.signatures("12:03", confirmed=False),
        ],
        cover=CoverStanding.BY_HAND,
    )

    assert keys(judged.morning) == [ReasonKey.NO_SIGN_OUT, ReasonKey.HAND_UNCONFIRMED]


def test_signatures_no_longer_count_beyond_the_days_by_hand(hall):
    judged = hall.judge(signatures=hall.signatures(*FOUR), cover=CoverStanding.BY_FINGERPRINT)

    assert [verdict.kind for verdict in judged.verdicts] == [ABSENT, ABSENT]
    assert ReasonKey.HAND_EXPIRED in keys(judged.morning)


def test_outside_the_cover_nothing_is_asked(hall):
    assert hall.judge(cover=CoverStanding.OFF_DUTY).verdicts == ()


def test_staff_cannot_sign_by_hand(hall):
    judged = hall.judge(signatures=hall.signatures(*FOUR))

    assert judged.morning.kind is ABSENT
    assert ReasonKey.HAND_NOT_ACCEPTED in keys(judged.morning)
