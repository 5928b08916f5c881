"""The queue's rules: each number with its explanation, and what they come to."""

from collections.abc import Mapping

from flask.typing import ResponseReturnValue

from server.admin.form_fields import FormField, Input
from server.admin.hall.blueprint import ADMINISTRATORS, blueprint
from server.admin.hall.editor import pressed
from server.admin.hall.single import FieldGroup, Single
from server.edge.access import access
from server.i18n import N_
from server.queueing.policy_words import policy_sentences
from server.queueing.settings import queue_settings
from server.queueing.tuning import SHARE, WEIGHT, change_rules, restore_rules, rules_form
from server.work import Work

PAGE = "hall.rules"

GROUPS = (
    FieldGroup(
        N_("叫号次序"),
        (
            FormField(
                "mixing",
                N_("各类号怎样排先后"),
                Input.CHOICE,
                choices=(("shares", N_("按比例轮流")), ("weights", N_("等候时间乘以权重"))),
            ),
            FormField("overflow_minutes", N_("等候多久后别的窗口帮忙（分钟）")),
            FormField("return_places", N_("过号回队排在几位之后")),
            FormField("most_returns", N_("一张号最多回队几次"), hint=N_("0 为不能回队")),
        ),
    ),
    FieldGroup(
        N_("一轮里各类叫几个（按比例轮流时）"),
        (
            FormField(f"{SHARE}green", N_("绿色通道（个）")),
            FormField(f"{SHARE}priority", N_("优先（个）")),
            FormField(f"{SHARE}appointment", N_("预约（个）")),
            FormField(f"{SHARE}ordinary", N_("普通（个）")),
        ),
    ),
    FieldGroup(
        N_("各类的权重（等候时间乘以权重时）"),
        (
            FormField(f"{WEIGHT}green", N_("绿色通道（权重）"), Input.TEXT),
            FormField(f"{WEIGHT}priority", N_("优先（权重）"), Input.TEXT),
            FormField(f"{WEIGHT}appointment", N_("预约（权重）"), Input.TEXT),
            FormField(f"{WEIGHT}ordinary", N_("普通（权重）"), Input.TEXT),
        ),
    ),
    FieldGroup(
        N_("呼叫"),
        (
            FormField("recall_interval_seconds", N_("两次呼叫至少相隔（秒）")),
            FormField("calls_before_no_show", N_("至少呼叫几次才能标记过号")),
            FormField("undo_seconds", N_("多久以内可以撤销（秒）")),
            FormField(
                "pause_reasons",
                N_("暂停服务的理由"),
                Input.LINES,
                N_("每行一条；叫号器的暂停键用第一条"),
            ),
        ),
    ),
    FieldGroup(
        N_("营业日"),
        (
            FormField(
                "rollover",
                N_("当天没有叫到的号"),
                Input.CHOICE,
                N_("在下一个半夜起作用"),
                choices=(("close", N_("按弃号处理")), ("carry", N_("留到第二天"))),
            ),
            FormField(
                "forgotten_after_minutes", N_("前一天没有关的窗口，多久无操作后收回（分钟）")
            ),
            FormField(
                "longest_silence_minutes",
                N_("服务器时间跳过半夜超过多少分钟须人工确认"),
            ),
        ),
    ),
    FieldGroup(
        N_("预约"),
        (
            FormField("check_in_early_minutes", N_("最早提前多久签到（分钟）")),
            FormField("check_in_late_minutes", N_("迟到多久后按普通号等候（分钟）")),
        ),
    ),
    FieldGroup(
        N_("预计等候"),
        (
            FormField("usual_service_minutes", N_("没有办理记录时，一个号约办多久（分钟）")),
            FormField("arriving_minutes", N_("窗口人员打卡后多久应到窗口（分钟）")),
            FormField("experience_tickets", N_("参考最近多少张号票")),
            FormField("least_experience", N_("同一时段少于多少张时改看全天")),
            FormField("rehearsals", N_("模拟次数"), hint=N_("次数多则估计稳，但算得慢")),
            FormField("estimate_step_minutes", N_("估计值的刻度（分钟）")),
        ),
    ),
    FieldGroup(
        N_("评价"),
        (
            FormField("rating_days", N_("办结后几天内可以评价")),
            FormField("complaint_working_days", N_("差评几个工作日内处理")),
        ),
    ),
    FieldGroup(
        N_("提醒管理人员"),
        (
            FormField("warn_wait_minutes", N_("有人等候超过（分钟）")),
            FormField("warn_waiting_per_counter", N_("每个开放窗口等候超过（人）")),
            FormField("warn_service_minutes", N_("一个号办理超过（分钟）")),
        ),
    ),
)


def _more(work: Work) -> Mapping[str, object]:
    return {"sentences": policy_sentences(queue_settings(work))}


RULES = Single(PAGE, "admin/hall/rules.html", GROUPS, rules_form, change_rules, _more)


@blueprint.get("/rules")
@access(ADMINISTRATORS)
def rules() -> str:
    """The rules in force."""
    return RULES.show()


@blueprint.post("/rules")
@access(ADMINISTRATORS)
def change() -> ResponseReturnValue:
    """Set the rules."""
    return RULES.save()


@blueprint.post("/rules/restore")
@access(ADMINISTRATORS)
def restore() -> ResponseReturnValue:
    """Back to the usual rules."""
    return pressed(restore_rules, PAGE, N_("已恢复为默认规则"))
