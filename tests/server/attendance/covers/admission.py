"""A cover is proposed and admitted; what it draws when it signs."""

import io
from datetime import date, timedelta

from PIL import Image, ImageDraw

from server.attendance.covers.registering import (
    CoverProposal,
    propose_cover,
    take_cover_step,
)
from server.attendance.presets.cover import CoverStep
from tests.server.attendance.kept_hall import MONDAY, KeptHall

FRIDAY = MONDAY + timedelta(days=4)
STEPS = [
    ("office", CoverStep.AGREED),
    ("supervisor", CoverStep.REGISTERED),
    ("supervisor", CoverStep.TRAINED),
    ("li", CoverStep.HANDED_OVER),
]


def drawing() -> bytes:
    """A signature, more or less."""
    picture = Image.new("RGBA", (300, 120), (0, 0, 0, 0))
    ImageDraw.Draw(picture).line([(20, 60), (150, 20), (280, 100)], fill="black", width=4)
    content = io.BytesIO()
    picture.save(content, "PNG")
    return content.getvalue()


def proposal(hall: KeptHall, last: date = FRIDAY) -> CoverProposal:
    """Somebody is to stand in for li."""
    return CoverProposal(hall.people["li"], MONDAY, last, "13800000000", name="钱顶岗")


def proposed(hall: KeptHall, last: date = FRIDAY) -> int:
    """Zhao proposes a cover for li."""
    with hall.work("zhao") as work:
        return propose_cover(work, proposal(hall, last)).id


def admitted(hall: KeptHall, last: date = FRIDAY) -> int:
    """A cover whose admission is complete."""
    duty_id = proposed(hall, last)
    for who, step in STEPS:
        with hall.work(who) as work:
            take_cover_step(work, duty_id, step)
    return duty_id
