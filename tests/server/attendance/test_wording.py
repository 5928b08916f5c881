"""Every reason is one sentence with its clause."""

import json
from dataclasses import asdict
from string import Formatter

import pytest

from server.attendance.evidence import CoverStanding, ProxyInvolvement, PunchMethod, PunchStanding
from server.attendance.presets.judging import PeriodKind, ProxyRole
from server.attendance.presets.leave import LeaveKind
from server.attendance.reasons import Reason, ReasonKey
from server.attendance.timetable import HalfDay
from server.attendance.verdicts import VerdictKind
from server.attendance.wording import SENTENCES, TERMS, sentence, sentences
from tests.server.attendance.halls import GOOD_AFTERNOON, GOOD_MORNING


@pytest.mark.parametrize(
    ("punches", "said"),
    [
        (GOOD_MORNING, "上午：07:55:00 签到，12:03:00 签退，计出勤半天。(依据：窗口管理制度 五.2)"),
        (
            ("08:20:01", "12:03"),
            "上午：08:20:01 签到，比应到时间 08:00:00 晚 20 分 1 秒，超过 20 分钟，记迟到一次。"
            "(依据：窗口管理制度 五.2)",
        ),
        (("12:03",), "上午：没有签到(应于 08:00:00 前签到)，记迟到一次。(依据：窗口管理制度 五.2)"),
        (
            ("07:55", "11:39:59"),
            "上午：11:39:59 签退，比应走时间 12:00:00 早 20 分 1 秒，超过 20 分钟，记早退一次。"
            "(依据：窗口管理制度 五.2)",
        ),
        ((), "上午：既无签到又无签退，计旷工一次。(依据：窗口管理制度 五.2)"),
    ],
)
def test_the_sentence_for_the_person(hall, punches, said):
    assert sentences(hall.judge(*punches).morning)[0] == said


def every_day(hall, two_punch_hall):
    """Days on which between them every reason and note is given."""
    proxies = [
        ProxyInvolvement(hall.day, HalfDay.MORNING, ProxyRole.SIGNER),
        ProxyInvolvement(hall.day, HalfDay.AFTERNOON, ProxyRole.SIGNED_FOR),
    ]
    return [
        hall.judge("08:30", "11:30", "14:20"),
        hall.judge("07:55", "12:03", "12:04"),
        hall.judge("12:03", more=hall.punches("07:55", standing=PunchStanding.FLAGGED)),
        hall.judge("12:03", more=hall.punches("07:55", method=PunchMethod.PASSWORD)),
        hall.judge("07:55", away=[hall.away("09:00", "11:00")]),
        hall.judge(proxies=proxies),
        hall.judge(leaves=[hall.leave("08:00", "12:00", None, cover_required=True)]),
        hall.judge("09:00", "12:03", leaves=[hall.leave("08:00", "09:00")]),
        hall.judge(leaves=[hall.leave("08:00", "12:00")], as_of="08:00"),
        hall.judge(signatures=hall.signatures("07:55")),
        hall.judge(signatures=hall.signatures("07:55"), cover=CoverStanding.BY_FINGERPRINT),
        hall.judge(
            signatures=hall.signatures("07:55", confirmed=False), cover=CoverStanding.BY_HAND
        ),
        hall.on("2027-03-01").judge(),
        two_punch_hall.judge("08:55", "17:05"),
    ]


def test_every_reason_is_given_on_some_day_and_reads_as_one_sentence(hall, two_punch_hall):
    verdicts = [verdict for day in every_day(hall, two_punch_hall) for verdict in day.verdicts]
    given = {reason.key for verdict in verdicts for reason in verdict.reasons}
    said = [line for verdict in verdicts for line in sentences(verdict)]

    assert given == set(ReasonKey)
    assert all(line.count("。") == 1 and "{" not in line for line in said)


def test_every_parameter_of_a_sentence_is_given(hall, two_punch_hall):
    for day in every_day(hall, two_punch_hall):
        for verdict in day.verdicts:
            for reason in verdict.reasons:
                wanted = {
                    name for _, name, _, _ in Formatter().parse(SENTENCES[reason.key]) if name
                }
                assert wanted == set(reason.parameters)


@pytest.mark.parametrize("words", [HalfDay, VerdictKind, LeaveKind, PeriodKind])
def test_every_value_that_is_shown_has_a_word(words):
    assert all(value in TERMS for value in words)


def test_a_reason_reads_the_same_after_being_stored(hall):
    reason = hall.judge(leaves=[hall.leave("08:00", "12:00")]).morning.reasons[0]

    stored = json.loads(json.dumps(asdict(reason)))
    restored = Reason(ReasonKey(stored["key"]), stored["clause"], stored["parameters"])

    assert restored == reason
    assert sentence(restored) == "已获准请假(事假)"


def test_good_days_have_one_reason(hall):
    judged = hall.judge(*GOOD_MORNING, "14:19", *GOOD_AFTERNOON)

    assert [len(verdict.reasons) for verdict in judged.verdicts] == [1, 1]
