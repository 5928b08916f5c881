"""What the voice says when a ticket is called, and at the kiosk."""

import re
from collections.abc import Mapping

from server.i18n import N_, SOURCE_LANGUAGE, translate

CALL = N_("请 {label} 号，到 {number} 号窗口")
_LETTERS = re.compile("([A-Z]) (?=[0-9])")

PROMPTS: Mapping[str, str] = {
    "categories": N_("您好，请选择要办理的业务"),
    "services": N_("请选择事项"),
    "search": N_("请按事项的拼音首字母"),
    "before": N_("请看看材料是否带齐"),
    "naming": N_("请将身份证放在读卡器上"),
    "checkIn": N_("请输入预约码，或者将身份证放在读卡器上"),
    "taken": N_("取号成功，请记住您的号码，留意叫号"),
    "told": N_("请取走告知单，材料带齐后再来取号"),
    "returned": N_("您已重新排队，请留意叫号"),
    "refused": N_("对不起，请看屏幕上的说明，或者到导办台"),
}
"""By the kiosk's screen on which each is said."""


def prompt_sentence(screen: str, language: str) -> str:
    """What is said on a screen of the kiosk."""
    return translate(PROMPTS[screen], language)


def call_sentence(label: str, counter_number: int, language: str, *, yao: bool = False) -> str:
    """The sentence of a call; the number is read digit by digit, as halls do.

    With `yao` a 1 in a Chinese number is read 幺.
    """
    if language == SOURCE_LANGUAGE:
        spelled = " ".join(label.replace("1", "幺") if yao else label)
    else:
        # The hyphen keeps the letter A from being read as an article.
        spelled = _LETTERS.sub(r"\1-", " ".join(label))
    return translate(CALL, language, label=spelled, number=counter_number)
