"""What a LED sign would show, for a look before it does."""

from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from server.edge.context import context
from server.edge.language import _
from server.edge.offload import offload
from server.i18n import N_
from server.problems import Invalid

COULD_NOT = N_("这块屏显示不了这些内容")


def sign_picture(content: Mapping[str, object], options: Mapping[str, Any]) -> dict[str, Any]:
    """The picture as a data address, and in words what is not shown as it was asked for.

    Raises Invalid when the sign cannot show it at all.
    """
    try:
        drawn = offload(context().draw_sign, content, options)
    except ValueError as error:
        raise Invalid(COULD_NOT) from error
    return {
        "picture": f"data:image/png;base64,{b64encode(drawn.picture).decode('ascii')}",
        "remarks": _remarks(drawn.replaced, drawn.clipped, runs=drawn.runs),
    }


def _remarks(replaced: tuple[str, ...], clipped: tuple[str, ...], *, runs: bool) -> list[str]:
    said = []
    if replaced:
        unknown = "、".join(dict.fromkeys(replaced))
        said.append(
            _("显示屏的字库（GB2312）里没有这些字，会显示成方框：{unknown}", unknown=unknown)
        )
    if clipped:
        said.append(_("这几行太宽，会被截断：{lines}", lines="；".join(clipped)))
    if runs:
        said.append(_("一行放不下，会从右向左滚动"))
    return said
