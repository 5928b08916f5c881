"""What the rules come to, in sentences that anybody understands."""

from collections.abc import Mapping
from dataclasses import dataclass

from server.i18n import N_
from server.queueing.lanes import Lane
from server.queueing.rules import Mixing, overtaking_bound
from server.queueing.settings import QueueSettings, Rollover

BY_SHARES = N_(
    "每个窗口按轮叫号，一轮里绿色通道 {green} 个、优先 {priority} 个、预约 {appointment} 个、"
    "普通 {ordinary} 个；哪一类没有人等候就不等它。"
)
BOUND = N_("只开一个窗口时，排在最前面的普通号最多被 {count} 个其他类的号超过。")
BY_WEIGHTS = N_(
    "按等候时间乘以权重叫号，得数大的先叫；权重为绿色通道 {green}、优先 {priority}、"
    "预约 {appointment}、普通 {ordinary}。"
)
HELP = N_(
    "帮忙的窗口在自己的首选队列没有人，或别的队列有人等候超过 {minutes} 分钟时，去叫别的队列。"
)
MISSED = N_(
    "至少呼叫 {calls} 次、每次相隔 {seconds} 秒才能标记过号；"
    "过号后可以回队 {returns} 次，排在已等候的 {places} 位之后。"
)
NO_RETURN = N_(
    "至少呼叫 {calls} 次、每次相隔 {seconds} 秒才能标记过号；过号后不能回队，须重新取号。"
)
APPOINTMENT = N_(
    "预约的人最早提前 {early} 分钟签到；迟到超过 {late} 分钟的，与现场取号的一起按普通号等候。"
)
CLOSED = N_("当天没有叫到的号，过了半夜按弃号处理。")
CARRIED = N_("当天没有叫到的号留到第二天，号票上加日期。")


@dataclass(frozen=True, slots=True)
class PolicySentence:
    """A catalogue sentence and what fills its places."""

    message: str
    parameters: Mapping[str, str]


def policy_sentences(settings: QueueSettings) -> list[PolicySentence]:
    """The rules of one hall, the order of calling first."""
    return [
        *_order(settings),
        _said(HELP, minutes=settings.overflow_minutes),
        _said(
            MISSED if settings.most_returns else NO_RETURN,
            calls=settings.calls_before_no_show,
            seconds=settings.recall_interval_seconds,
            returns=settings.most_returns,
            places=settings.return_places,
        ),
        _said(
            APPOINTMENT,
            early=settings.check_in_early_minutes,
            late=settings.check_in_late_minutes,
        ),
        _said(CARRIED if settings.rollover is Rollover.CARRY else CLOSED),
    ]


def _order(settings: QueueSettings) -> list[PolicySentence]:
    if settings.mixing is Mixing.WEIGHTS:
        weights = {lane.value: f"{weight:g}" for lane, weight in settings.weights.items()}
        return [PolicySentence(BY_WEIGHTS, weights)]
    shares = {lane.value: str(share) for lane, share in settings.shares.items()}
    bound = overtaking_bound(settings.shares, Lane.ORDINARY, ahead=0, counters=1)
    return [PolicySentence(BY_SHARES, shares), _said(BOUND, count=bound)]


def _said(message: str, **parameters: int) -> PolicySentence:
    return PolicySentence(message, {name: str(value) for name, value in parameters.items()})
