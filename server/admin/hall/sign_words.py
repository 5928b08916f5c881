"""What the hall's LED signs say: changed, and seen on each sign before it hangs there."""

from collections.abc import Mapping
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from server.admin.form_fields import FormField, Input
from server.admin.hall.blueprint import ADMINISTRATORS, blueprint
from server.admin.hall.editor import pressed
from server.admin.hall.sign_pictures import sign_picture
from server.admin.hall.single import FieldGroup, Single
from server.devices.options import SignOptions
from server.devices.signs import HangingSign, signs_of_hall
from server.edge.access import access
from server.edge.context import reading
from server.filling import filled
from server.i18n import N_
from server.screens.sign_words import (
    SignWordsForm,
    change_sign_words,
    restore_sign_words,
    sign_words,
)
from server.work import Work

EXAMPLES = (
    HangingSign(0, N_("窗口屏（示例）"), 1, {"width": 128, "height": 32}),
    HangingSign(0, N_("LED 大厅屏（示例）"), None, {"width": 256, "height": 64}),
)
"""Signs to look at where none hangs yet."""
CHARACTER_DOTS = 16
AN_EXAMPLE = {"label": "A012", "name": "综合窗口", "number": 3}
WINDOW_SENTENCES = {
    "rest": N_("空闲时"),
    "calling": N_("呼叫时"),
    "serving": N_("办理时"),
    "paused": N_("暂停时"),
}
BOARD_SENTENCES = {"board": N_("大厅屏的每一行")}
GROUPS = (
    FieldGroup(
        N_("窗口屏"),
        (
            FormField(
                "rest", N_("空闲时"), Input.TEXT, N_("可以写 {name} 窗口名称、{number} 窗口号")
            ),
            FormField("calling", N_("呼叫时"), Input.TEXT, N_("须有 {label} 号码")),
            FormField("serving", N_("办理时"), Input.TEXT, N_("须有 {label} 号码")),
            FormField("paused", N_("暂停时"), Input.TEXT, N_("无人在岗时也这样显示")),
        ),
    ),
    FieldGroup(
        N_("LED 大厅屏"),
        (
            FormField(
                "board", N_("大厅屏的每一行"), Input.TEXT, N_("接在号码后面，须有 {number} 窗口号")
            ),
        ),
    ),
)
PAGE = "hall.led_words"


def _more(work: Work) -> Mapping[str, object]:
    return {"signs": _signs(work), "sentences": _sentences, "room": _room}


WORDS = Single(
    PAGE,
    "admin/hall/sign_words.html",
    GROUPS,
    sign_words,
    change_sign_words,
    _more,
)


@blueprint.get("/signs")
@access(ADMINISTRATORS)
def led_words() -> str:
    """What the signs say."""
    return WORDS.show()


@blueprint.post("/signs")
@access(ADMINISTRATORS)
def save_led_words() -> ResponseReturnValue:
    """Change what the signs say."""
    return WORDS.save()


@blueprint.post("/signs/restore")
@access(ADMINISTRATORS)
def restore_led_words() -> ResponseReturnValue:
    """Let the signs say what is usual."""
    return pressed(restore_sign_words, PAGE, N_("已恢复默认用语"))


@blueprint.get("/signs/preview")
@access(ADMINISTRATORS)
def led_preview() -> dict[str, Any]:
    """A sentence on one of the hall's signs, drawn from the frames that it would be sent.

    `sign` is its place on the page, `show` the sentence. Raises WrongFields.
    """
    show = request.args.get("show", "")
    with reading() as work:
        signs = _signs(work)
    sign = signs[min(request.args.get("sign", 0, type=int) % len(signs), len(signs) - 1)]
    form = filled(SignWordsForm, {show: request.args.get("words", "")})
    text = str(getattr(form, show if show in SignWordsForm.model_fields else "rest"))
    return sign_picture(_content(show, text.format(**AN_EXAMPLE)), sign.options)


def _content(show: str, text: str) -> dict[str, object]:
    label = AN_EXAMPLE["label"]
    if show == "board":
        return {"show": "board", "rows": [[label, text]], "notice": ""}
    if show in {"calling", "serving"}:
        return {"show": "calling", "number": label, "lines": [text]}
    return {"show": "paused" if show == "paused" else "rest", "lines": [text]}


def _signs(work: Work) -> list[HangingSign]:
    hanging = signs_of_hall(work)
    kinds = {sign.counter_id is None for sign in hanging}
    return [*hanging, *(one for one in EXAMPLES if (one.counter_id is None) not in kinds)]


def _sentences(sign: HangingSign) -> Mapping[str, str]:
    """The sentences that a sign shows."""
    return BOARD_SENTENCES if sign.counter_id is None else WINDOW_SENTENCES


def _room(sign: HangingSign) -> Mapping[str, int]:
    """How many Chinese characters stand on a line of a sign, and how many lines."""
    options = SignOptions.model_validate(sign.options)
    return {
        "characters": options.width // CHARACTER_DOTS,
        "lines": options.height // CHARACTER_DOTS,
    }
