"""Counters, which queues they serve, and what stands at them."""

from collections.abc import Mapping, Sequence

from flask import render_template
from flask.typing import ResponseReturnValue

from server.admin.device_words import KINDS
from server.admin.form_fields import FormField, Input
from server.admin.hall.blueprint import ADMINISTRATORS, blueprint
from server.admin.hall.editor import Editor, Press, pressed
from server.admin.hall.services import NAMES
from server.catalogue.counters import COUNTER, RANK, TIMES, counters_at_work
from server.catalogue.queues import queues
from server.devices.views import all_devices
from server.edge.access import access
from server.edge.context import reading
from server.edge.language import _, local
from server.i18n import N_
from server.queueing.retiring import use_counter
from server.work import Work

PAGE = "hall.counters"
RANKS = (("", N_("不办理")), ("1", N_("首选")), ("2", N_("忙时帮忙")), ("3", N_("最后帮忙")))
RANK_HINT = N_("“帮忙”的队列在首选队列没有人，或等候超过规定时间时呼叫")
TIMES_HINT = N_("例如 09:00-11:00；不填则全天")


@blueprint.get("/counters")
@access(ADMINISTRATORS)
def counters() -> str:
    """Every counter."""
    with reading() as work:
        return render_template(
            "admin/hall/counters.html",
            counters=counters_at_work(work),
            devices=[one for one in all_devices(work) if one.counter_id is not None],
            kinds=KINDS,
            ranks=dict(RANKS),
        )


@blueprint.post("/counters/<row:row_id>/use")
@access(ADMINISTRATORS)
def use(row_id: int) -> ResponseReturnValue:
    """Take a counter into use again."""
    return pressed(lambda work: use_counter(work, row_id, used=True), PAGE, N_("窗口已恢复使用"))


@blueprint.post("/counters/<row:row_id>/retire")
@access(ADMINISTRATORS)
def retire(row_id: int) -> ResponseReturnValue:
    """Take a counter out of use."""
    return pressed(lambda work: use_counter(work, row_id, used=False), PAGE, N_("窗口已停用"))


def _fields(work: Work) -> Sequence[FormField]:
    fields = [
        FormField("number", N_("窗口号"), required=True),
        *NAMES,
        FormField("auto_next", N_("办结后自动呼叫下一位"), Input.CHECK),
    ]
    for place, queue in enumerate(queues(work)):
        name, first = f"{queue.prefix} {local(queue)}", place == 0
        hints = (RANK_HINT, TIMES_HINT) if first else ("", "")
        rank = FormField(f"{RANK}{queue.id}", name, Input.CHOICE, hints[0], RANKS)
        times = _("{name}：只在这段时间", name=name)
        fields += [rank, FormField(f"{TIMES}{queue.id}", times, Input.TEXT, hints[1])]
    return fields


def _next_number(work: Work) -> Mapping[str, str]:
    numbers = (one.counter.number for one in counters_at_work(work))
    return {"number": str(max(numbers, default=0) + 1)}


def _switch(work: Work, row_id: int) -> Sequence[Press]:
    if COUNTER.find(work, row_id).active:
        lead = N_("停用后不能再选这个窗口，以前的记录保留；随时可以恢复")
        return (Press("hall.retire", N_("停用这个窗口"), lead),)
    return (Press("hall.use", N_("恢复使用"), N_("这个窗口已停用")),)


Editor(
    "counters",
    COUNTER,
    N_("添加窗口"),
    N_("窗口"),
    PAGE,
    _fields,
    beginning=_next_number,
    presses=_switch,
).install()
