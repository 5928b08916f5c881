"""Chinese sentences for the settings of hours, verdicts, counts, points and publication."""

from collections.abc import Iterator
from datetime import time

from server.attendance.presets.judging import (
    AbsencePoints,
    Accumulation,
    Away,
    EarlyLeave,
    LapsePoints,
    Lateness,
    Objection,
    PeriodKind,
    Presence,
    ProxyRole,
    ProxySigning,
    Publication,
    Punching,
    UnitNotice,
)
from server.attendance.slots import PUNCHES_OF_EACH_HALF
from server.attendance.timetable import Season, Timetable

WEEKDAYS = "一二三四五六日"
PERIODS = {
    PeriodKind.WEEK: "每周",
    PeriodKind.MONTH: "每月",
    PeriodKind.QUARTER: "每季度",
    PeriodKind.YEAR: "每年",
}


def timetable(entry: Timetable) -> str:
    """Weekdays, hours, seasons and punches a day."""
    days = "、".join(f"周{WEEKDAYS[day - 1]}" for day in entry.weekdays)
    parts = [
        f"{days}上班，节假日和调休按国务院的安排",
        *_hours(entry),
        *(
            f"{season.name}({_month_day(season.first_day)}至{_month_day(season.last_day)})"
            + ",".join(_hours(season))
            for season in entry.season
        ),
        "每个半天签到、签退各一次"
        if entry.punches_per_day == PUNCHES_OF_EACH_HALF
        else "每天上班签到一次、下班签退一次",
    ]
    return "；".join(parts)


def _hours(entry: Timetable | Season) -> Iterator[str]:
    for name, hours in (("上午", entry.morning), ("下午", entry.afternoon)):
        if hours is not None:
            yield f"{name} {_clock(hours[0])} 至 {_clock(hours[1])}"


def _clock(at: time) -> str:
    return f"{at:%H:%M}" if not at.second else f"{at:%H:%M:%S}"


def _month_day(text: str) -> str:
    month, day = text.split("-")
    return f"{int(month)}月{int(day)}日"


def punching(entry: Punching) -> str:
    """Windows, repeated punches, seconds."""
    precision = "按秒计算" if entry.seconds_count else "按分钟计算，不计秒"
    return (
        f"上班前 {entry.in_opens_minutes} 分钟起可以签到，"
        f"下班后 {entry.out_closes_minutes} 分钟内可以签退；"
        f"相隔 {entry.fold_seconds} 秒以内的打卡只算一次；{precision}"
    )


def presence(_entry: Presence) -> str:
    """The half day as the unit."""
    return "考勤以半天为单位：按规定签到、签退的计出勤半天，应打的卡一次也没有的计旷工一次"


def lateness(entry: Lateness) -> str:
    """What counts as late."""
    if not entry.grace_minutes:
        return "没有签到，或者过了上班时间才签到，记迟到一次"
    grace = f"{entry.grace_minutes} 分钟"
    return f"没有签到，或者迟到超过 {grace}才签到，记迟到一次；正好 {grace}不算"


def early_leave(entry: EarlyLeave) -> str:
    """What counts as leaving early."""
    if not entry.grace_minutes:
        return "没有签退，或者不到下班时间就签退，记早退一次"
    grace = f"{entry.grace_minutes} 分钟"
    return f"没有签退，或者提前超过 {grace}下班，记早退一次；正好 {grace}不算"


def away(entry: Away) -> str:
    """Out without leave."""
    return f"上班时间未经许可外出超过 {entry.limit_minutes} 分钟，计旷工一次"


def proxy_signing(entry: ProxySigning) -> str:
    """Whom a proxy-signed punch makes absent."""
    names = {ProxyRole.SIGNER: "代签人", ProxyRole.SIGNED_FOR: "被代签人"}
    if not entry.absent:
        return "发现代签只作登记，不记旷工"
    each = "各" if len(entry.absent) > 1 else ""
    return f"发现代签，{'、'.join(names[role] for role in entry.absent)}{each}记旷工一次"


def accumulation(entry: Accumulation) -> str:
    """Lapses that make an absent day."""
    points = "并另按旷工扣分" if entry.deducts else "不另扣分"
    return (
        f"{PERIODS[entry.period]}累计迟到或早退 {entry.lapses} 次，"
        f"记旷工 {entry.absent_days} 天，{points}"
    )


def publication(entry: Publication) -> str:
    """How often results are published."""
    return f"考勤情况{PERIODS[entry.every]}公示一次"


def objection(entry: Objection) -> str:
    """How long objections are valid."""
    unit = "个工作日" if entry.working else "日"
    return f"对公示结果有异议的，应在公示后 {entry.days} {unit}内提出，逾期无效"


def unit_notice(entry: UnitNotice) -> str:
    """How often units are told."""
    return f"{PERIODS[entry.every]}向派驻单位通报一次考勤情况"


def lapse_points(entry: LapsePoints) -> str:
    """What lapses cost."""
    return f"迟到一次扣 {entry.late:g} 分，早退一次扣 {entry.early_leave:g} 分"


def absence_points(entry: AbsencePoints) -> str:
    """What absence costs."""
    return f"旷工半天扣 {entry.half_day:g} 分，旷工一天扣 {entry.day:g} 分"
