"""Services by category, and the queues whose numbers they have."""

from collections.abc import Mapping, Sequence

from flask import render_template
from flask.typing import ResponseReturnValue

from server.admin.form_fields import FormField, Input
from server.admin.hall.blueprint import ADMINISTRATORS, blueprint
from server.admin.hall.editor import Editor, Press, pressed
from server.admin.hall.week import week_fields
from server.catalogue.categories import CATEGORY, remove_category
from server.catalogue.materials import UNREADABLE as MATERIALS_HINT
from server.catalogue.queues import QUEUE, queues
from server.catalogue.services import SERVICE, offer_service
from server.catalogue.views import categories
from server.edge.access import access
from server.edge.context import reading
from server.edge.language import local
from server.i18n import N_
from server.people.staff import units
from server.work import Work

PAGE = "hall.services"
POSITION_HINT = N_("小的排在前面")

NAMES = (
    FormField("name", N_("中文名称"), Input.TEXT, required=True),
    FormField("name_en", N_("英文名称"), Input.TEXT, N_("不填则英文页面显示中文名称")),
)
CATEGORY_FIELDS = (*NAMES, FormField("position", N_("显示次序"), hint=POSITION_HINT))
QUEUE_FIELDS = (
    *NAMES,
    FormField(
        "prefix", N_("字头"), Input.TEXT, N_("一个英文字母，例如 A，号票为 A001"), required=True
    ),
    FormField("first_number", N_("起始号码"), hint=N_("每天从这个号码开始")),
    FormField("last_number", N_("最后号码"), hint=N_("不填则不设上限；发完后当天不再取号")),
    FormField("width", N_("号码位数"), hint=N_("2 到 5 位")),
)


@blueprint.get("/services")
@access(ADMINISTRATORS)
def services() -> str:
    """Every category with its services, and every queue."""
    with reading() as work:
        return render_template(
            "admin/hall/services.html",
            categories=categories(work),
            queues=queues(work),
            units={unit.id: local(unit) for unit in units(work)},
        )


@blueprint.post("/services/<row:row_id>/offer")
@access(ADMINISTRATORS)
def offer(row_id: int) -> ResponseReturnValue:
    """Give tickets for a service again."""
    return pressed(lambda work: offer_service(work, row_id, offered=True), PAGE, N_("已恢复取号"))


@blueprint.post("/services/<row:row_id>/withdraw")
@access(ADMINISTRATORS)
def withdraw(row_id: int) -> ResponseReturnValue:
    """Give no more tickets for a service."""
    return pressed(
        lambda work: offer_service(work, row_id, offered=False),
        PAGE,
        N_("已停用，取号机上不再显示；已取的号照常办理"),
    )


@blueprint.post("/categories/<row:row_id>/remove")
@access(ADMINISTRATORS)
def drop_category(row_id: int) -> ResponseReturnValue:
    """Remove an empty category."""
    return pressed(lambda work: remove_category(work, row_id), PAGE, N_("分类已移除"))


def _service_fields(work: Work) -> Sequence[FormField]:
    in_categories = [(str(one.id), local(one)) for one in categories(work)]
    in_queues = [(str(one.id), f"{one.prefix} {local(one)}") for one in queues(work)]
    of_units = [("", N_("不属于单位")), *((str(one.id), local(one)) for one in units(work))]
    hint = N_("例如 09:00-12:00，13:30-17:00；七天都不填则按大厅的时间，只填几天则其他日子不取号")
    return (
        FormField("code", N_("事项编码"), Input.TEXT, required=True),
        *NAMES,
        FormField("category_id", N_("分类"), Input.CHOICE, choices=in_categories),
        FormField("queue_id", N_("队列"), Input.CHOICE, choices=in_queues),
        FormField("unit_id", N_("单位"), Input.CHOICE, choices=of_units),
        FormField("position", N_("显示次序"), hint=POSITION_HINT),
        FormField("daily_quota", N_("每日限量（件）"), hint=N_("不填则不限；满额后当天不再取号")),
        FormField(
            "usual_minutes", N_("一般办理时间（分钟）"), hint=N_("没有办理记录时用来估计等候")
        ),
        FormField("promised_days", N_("承诺办结（工作日）"), hint=N_("0 为当场办结")),
        FormField("telephone", N_("咨询电话"), Input.TEXT),
        FormField("real_name", N_("凭身份证取号"), Input.CHECK),
        FormField("materials", N_("需要的材料"), Input.LINES, MATERIALS_HINT),
        *week_fields(hint),
    )


def _switch(work: Work, row_id: int) -> Sequence[Press]:
    if SERVICE.find(work, row_id).active:
        lead = N_("停用后取号机上不再显示，已取的号照常办理；随时可以恢复")
        return (Press("hall.withdraw", N_("停用这个事项"), lead),)
    return (Press("hall.offer", N_("恢复取号"), N_("这个事项已停用，取号机上不显示")),)


def _removal(_work: Work, _row_id: int) -> Sequence[Press]:
    lead = N_("只能移除没有事项的分类")
    return (Press("hall.drop_category", N_("移除这个分类"), lead),)


def _last_place(work: Work) -> Mapping[str, str]:
    return {"position": str(max((one.position for one in categories(work)), default=-1) + 1)}


EDITORS = (
    Editor(
        "categories",
        CATEGORY,
        N_("添加分类"),
        N_("分类"),
        PAGE,
        lambda _work: CATEGORY_FIELDS,
        beginning=_last_place,
        presses=_removal,
    ),
    Editor(
        "queues",
        QUEUE,
        N_("添加队列"),
        N_("队列"),
        PAGE,
        lambda _work: QUEUE_FIELDS,
        beginning=lambda _work: {"first_number": "1", "width": "3"},
    ),
    Editor("services", SERVICE, N_("添加事项"), N_("事项"), PAGE, _service_fields, presses=_switch),
)
for editor in EDITORS:
    editor.install()
