"""The hall's notices: written, scheduled, put in order, withdrawn, and seen before others do."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from server.admin.form_fields import FormField, Input
from server.admin.hall.blueprint import ADMINISTRATORS, blueprint
from server.admin.hall.editor import Editor, Press, pressed
from server.admin.hall.services import POSITION_HINT
from server.admin.hall.sign_pictures import sign_picture
from server.devices.signs import signs_of_hall
from server.edge.access import access
from server.edge.context import reading
from server.i18n import N_
from server.screens.notice_views import all_notices, last_place
from server.screens.notices import LONGEST_TEXT, NOTICE, withdraw_notice
from server.work import Work

PAGE = "hall.notices"
EXAMPLE_BOARD = {"width": 256, "height": 32}
"""Where no board hangs yet."""
EXAMPLE_CALL = ["A001", "1号窗口"]

FIELDS = (
    FormField("text", N_("通知"), Input.TEXT, N_("一句话说一件事，不超过 80 个字"), required=True),
    FormField("text_en", N_("英文通知"), Input.TEXT, N_("不填则英文页面显示中文")),
    FormField("begins", N_("开始显示"), Input.MOMENT, N_("不填则立即显示")),
    FormField("ends", N_("结束显示"), Input.MOMENT, N_("不填则一直显示，直到撤下")),
    FormField("position", N_("顺序"), hint=POSITION_HINT),
    FormField("on_kiosk", N_("取号机待机时显示"), Input.CHECK),
    FormField("on_screen", N_("大厅屏显示"), Input.CHECK),
    FormField("on_board", N_("LED 大厅屏显示"), Input.CHECK),
)


@blueprint.get("/notices")
@access(ADMINISTRATORS)
def notices() -> str:
    """Every notice and how it stands."""
    with reading() as work:
        return render_template("admin/hall/notices.html", notices=all_notices(work))


@blueprint.get("/notices/board")
@access(ADMINISTRATORS)
def notice_on_board() -> dict[str, Any]:
    """The words of a notice as the hall's first LED board would show them, and their length."""
    words = " ".join(request.args.get("text", "").split())[: 2 * LONGEST_TEXT]
    with reading() as work:
        boards = [sign.options for sign in signs_of_hall(work) if sign.counter_id is None]
    options = boards[0] if boards else EXAMPLE_BOARD
    content = {"show": "board", "rows": [EXAMPLE_CALL], "notice": words}
    length = f"{len(words)} / {LONGEST_TEXT}"
    return {"length": length, **sign_picture(content, options)}


@blueprint.post("/notices/<row:row_id>/withdraw")
@access(ADMINISTRATORS)
def take_down(row_id: int) -> ResponseReturnValue:
    """Take a notice off every screen."""
    told = N_("通知已撤下")
    return pressed(lambda work: withdraw_notice(work, row_id, withdrawn=True), PAGE, told)


@blueprint.post("/notices/<row:row_id>/restore")
@access(ADMINISTRATORS)
def put_back(row_id: int) -> ResponseReturnValue:
    """Show a notice again."""
    told = N_("通知已恢复")
    return pressed(lambda work: withdraw_notice(work, row_id, withdrawn=False), PAGE, told)


def _beginning(work: Work) -> Mapping[str, str]:
    everywhere = dict.fromkeys(("on_kiosk", "on_screen", "on_board"), "on")
    return {"position": str(last_place(work)), **everywhere}


def _switch(work: Work, row_id: int) -> Sequence[Press]:
    if NOTICE.find(work, row_id).withdrawn:
        return (Press("hall.put_back", N_("恢复显示"), N_("这条通知已撤下，各处都不显示")),)
    lead = N_("撤下后各处立即不再显示；随时可以恢复")
    return (Press("hall.take_down", N_("撤下这条通知"), lead),)


Editor(
    "notices",
    NOTICE,
    N_("写通知"),
    N_("通知"),
    PAGE,
    lambda _work: FIELDS,
    beginning=_beginning,
    presses=_switch,
    template="admin/hall/notice.html",
).install()
