"""Says reasons in words: Chinese sentences, translated through the catalogue."""

from collections.abc import Mapping
from enum import Enum

from server.attendance.changes import Change
from server.attendance.presets.judging import PeriodKind
from server.attendance.presets.leave import LeaveKind
from server.attendance.reasons import Reason, ReasonKey
from server.attendance.timetable import HalfDay
from server.attendance.verdicts import Verdict, VerdictKind
from server.i18n import N_, SOURCE_LANGUAGE, translate

TERMS: dict[Enum, str] = {
    HalfDay.MORNING: N_("上午"),
    HalfDay.AFTERNOON: N_("下午"),
    VerdictKind.PRESENT: N_("出勤"),
    VerdictKind.LATE: N_("迟到"),
    VerdictKind.EARLY_LEAVE: N_("早退"),
    VerdictKind.ABSENT: N_("旷工"),
    VerdictKind.ON_LEAVE: N_("请假"),
    VerdictKind.PENDING: N_("待判定"),
    LeaveKind.PERSONAL: N_("事假"),
    LeaveKind.SICK: N_("病假"),
    LeaveKind.OTHER: N_("其他假"),
    PeriodKind.WEEK: N_("周"),
    PeriodKind.MONTH: N_("月"),
    PeriodKind.QUARTER: N_("季度"),
    PeriodKind.YEAR: N_("年"),
}

SENTENCES: dict[ReasonKey, str] = {
    ReasonKey.PRESENT: N_("{at} 签到，{out} 签退，计出勤半天"),
    ReasonKey.SIGNED_IN: N_("{at} 签到，计出勤半天"),
    ReasonKey.SIGNED_OUT: N_("{at} 签退，计出勤半天"),
    ReasonKey.LATE: N_(
        "{at} 签到，比应到时间 {due} 晚 {minutes} 分 {seconds} 秒，超过 {grace} 分钟，记迟到一次"
    ),
    ReasonKey.NO_SIGN_IN: N_("没有签到(应于 {due} 前签到)，记迟到一次"),
    ReasonKey.EARLY_LEAVE: N_(
        "{at} 签退，比应走时间 {due} 早 {minutes} 分 {seconds} 秒，超过 {grace} 分钟，记早退一次"
    ),
    ReasonKey.NO_SIGN_OUT: N_("没有签退(应于 {due} 后签退)，记早退一次"),
    ReasonKey.NO_PUNCHES: N_("既无签到又无签退，计旷工一次"),
    ReasonKey.AWAY: N_(
        "巡查发现 {since} 至 {until} 未经许可外出 {minutes} 分钟，超过 {limit} 分钟，计旷工一次"
    ),
    ReasonKey.PROXY_SIGNER: N_("查实替他人打卡，记旷工一次"),
    ReasonKey.PROXY_SIGNED_FOR: N_("查实请他人代打卡，记旷工一次"),
    ReasonKey.ON_LEAVE: N_("已获准请假({leave})"),
    ReasonKey.LEAVE_WITHOUT_COVER: N_("请假半天以上而代岗人员没有先到岗，按旷工论处"),
    ReasonKey.CALENDAR_UNCONFIRMED: N_("{year} 年的节假日安排尚未确认，暂不判定"),
    ReasonKey.NOT_OVER: N_("还在可以打卡的时间内，暂不判定"),
    ReasonKey.PART_LEAVE: N_("{since} 至 {until} 已获准请假"),
    ReasonKey.PASSWORD_USED: N_("{at} 用密码打卡，已标记备查"),
    ReasonKey.PUNCH_EXCLUDED: N_("{at} 的打卡存疑，没有计入"),
    ReasonKey.PUNCH_UNUSED: N_("{at} 的打卡没有用于签到或签退：不在时段内，或与另一次打卡重复"),
    ReasonKey.HAND_UNCONFIRMED: N_("{at} 的手工签到没有计入：导办台尚未确认"),
    ReasonKey.HAND_EXPIRED: N_("{at} 的手工签到没有计入：顶岗已超过可手工签到的天数，须录指纹"),
    ReasonKey.HAND_NOT_ACCEPTED: N_("{at} 的手工签到没有计入：手工签到只适用于临时顶岗人员"),
}

WORDED: Mapping[str, type[LeaveKind]] = {"leave": LeaveKind}
"""Parameters of reasons that are shown by their word, and what they are values of."""


def term(value: Enum, language: str = SOURCE_LANGUAGE) -> str:
    """The word for a half day, a verdict, a kind of leave or a period."""
    return translate(TERMS[value], language)


def sentence(reason: Reason, language: str = SOURCE_LANGUAGE) -> str:
    """One reason as a sentence, without its clause."""
    words = {
        name: term(WORDED[name](str(value)), language) if name in WORDED else value
        for name, value in reason.parameters.items()
    }
    return translate(SENTENCES[reason.key], language, **words)


def sentences(verdict: Verdict, language: str = SOURCE_LANGUAGE) -> list[str]:
    """A verdict's reasons, each in one sentence with its clause."""
    pattern = N_("{half}：{reason}。(依据：{clause})")
    return [
        translate(
            pattern,
            language,
            half=term(verdict.half, language),
            reason=sentence(reason, language),
            clause=reason.clause,
        )
        for reason in verdict.reasons
    ]


def change_sentences(change: Change, language: str = SOURCE_LANGUAGE) -> list[str]:
    """A change in sentences: what it was and is now, then each reason gone and each new one."""
    unlisted = translate(N_("未列入考勤"), language)
    before, after = (
        term(verdict.kind, language) if verdict else unlisted
        for verdict in (change.before, change.after)
    )
    changed = N_("{day} {half}：由{before}改为{after}。")
    unchanged = N_("{day} {half}：仍为{after}，依据有变。")
    head = translate(
        unchanged if before == after else changed,
        language,
        day=change.day.isoformat(),
        half=term(change.half, language),
        before=before,
        after=after,
    )
    gone, new = N_("不再成立：{reason}。"), N_("新认定：{reason}。")
    reasons = [(gone, reason) for reason in change.gone] + [(new, reason) for reason in change.new]
    return [
        head,
        *(
            translate(pattern, language, reason=sentence(reason, language))
            for pattern, reason in reasons
        ),
    ]
