"""A service's materials as people write them: one a line, with its particulars between bars."""

import re
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer

from server.catalogue.guides import MaterialLine
from server.i18n import N_

BAR = re.compile(r"\s*[|｜]\s*")
MOST_LINES = 40
LONGEST = 100
MOST_COPIES = 99
UNREADABLE = N_("每行写一种材料：名称｜份数｜说明｜英文名称｜英文说明，后面几项可以不写")
TOO_MANY = N_("材料最多 40 种")
TOO_LONG = N_("材料的每一项最多 100 个字")
WRONG_COPIES = N_("份数须为 1 到 99")


def read_materials(text: object) -> tuple[MaterialLine, ...]:
    """Materials, one a line. Raises ValueError."""
    if not isinstance(text, str):
        return tuple(text) if isinstance(text, (list, tuple)) else ()
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        raise ValueError(TOO_MANY)
    return tuple(_line(line) for line in lines)


def write_materials(materials: tuple[MaterialLine, ...]) -> str:
    """Materials as `read_materials` reads them."""
    return "\n".join(
        "｜".join((one.name, str(one.copies), one.note, one.name_en, one.note_en)).rstrip("｜")
        for one in materials
    )


def _line(text: str) -> MaterialLine:
    parts = BAR.split(text)
    name, copies, note, name_en, note_en, *more = [*parts, "", "", "", ""]
    if not name or any(more):
        raise ValueError(UNREADABLE)
    if any(len(part) > LONGEST for part in parts):
        raise ValueError(TOO_LONG)
    count = copies or "1"
    if not (count.isdecimal() and 1 <= int(count) <= MOST_COPIES):
        raise ValueError(WRONG_COPIES)
    return MaterialLine(name=name, copies=int(count), note=note, name_en=name_en, note_en=note_en)


Materials = Annotated[
    tuple[MaterialLine, ...], BeforeValidator(read_materials), PlainSerializer(write_materials)
]
