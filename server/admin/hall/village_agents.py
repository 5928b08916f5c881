"""Village agents, who take numbers and appointments for others."""

from collections.abc import Sequence
from datetime import timedelta

from flask import render_template
from flask.typing import ResponseReturnValue

from server.admin.form_fields import FormField, Input
from server.admin.hall.blueprint import ADMINISTRATORS, blueprint
from server.admin.hall.editor import Editor, Press, pressed
from server.edge.access import access
from server.edge.context import reading
from server.i18n import N_
from server.people.masking import mask_name
from server.people.village_agents import VILLAGE_AGENT, use_village_agent, village_agents
from server.queueing.agents import tickets_by_agent
from server.work import Work

PAGE = "hall.agents"
DAYS = 30
CODE_HINT = N_("代办员到导办台取号或预约时报这个编号")


@blueprint.get("/agents")
@access(ADMINISTRATORS)
def agents() -> str:
    """Every agent, names masked, and how much each did for others of late."""
    with reading() as work:
        today = work.business_date
        return render_template(
            "admin/hall/agents.html",
            agents=village_agents(work),
            taken=tickets_by_agent(work, today - timedelta(days=DAYS - 1), today),
            days=DAYS,
            mask=mask_name,
        )


@blueprint.post("/agents/<row:row_id>/use")
@access(ADMINISTRATORS)
def use_agent(row_id: int) -> ResponseReturnValue:
    """Let an agent act again."""
    done = N_("代办员已恢复")
    return pressed(lambda work: use_village_agent(work, row_id, used=True), PAGE, done)


@blueprint.post("/agents/<row:row_id>/retire")
@access(ADMINISTRATORS)
def retire_agent(row_id: int) -> ResponseReturnValue:
    """Let an agent act no longer."""
    done = N_("代办员已停用")
    return pressed(lambda work: use_village_agent(work, row_id, used=False), PAGE, done)


def _fields(_work: Work) -> Sequence[FormField]:
    return (
        FormField("code", N_("代办员编号"), Input.TEXT, CODE_HINT, required=True),
        FormField("name", N_("姓名"), Input.TEXT, required=True),
        FormField("village", N_("所在村（社区）"), Input.TEXT, required=True),
    )


def _switch(work: Work, row_id: int) -> Sequence[Press]:
    if VILLAGE_AGENT.find(work, row_id).active:
        lead = N_("停用后不能再代人取号、预约；以前的记录保留，随时可以恢复")
        return (Press("hall.retire_agent", N_("停用这位代办员"), lead),)
    return (Press("hall.use_agent", N_("恢复使用"), N_("这位代办员已停用")),)


Editor(
    "agents", VILLAGE_AGENT, N_("添加代办员"), N_("代办员"), PAGE, _fields, presses=_switch
).install()
