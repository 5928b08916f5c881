"""A part of a terminal's log as its agent hands it in."""

from base64 import b64encode
from typing import Any

from drivers.zkteco.layouts import Layout
from drivers.zkteco.simulated.memory import Generation, Punch, pack_punch
from drivers.zkteco.timecode import pack_text_time

FINGER = 1


def log_part(*punches: tuple[str, str], verify: int = FINGER) -> dict[str, Any]:
    """The first part of a first read: pins and what the terminal's clock showed."""
    records = b"".join(
        pack_punch(Generation.TEXT_40, Punch(1, pin, pack_text_time(time) or 0, verify, 0))
        for pin, time in punches
    )
    return {"base": None, "layout": Layout.B40, "records": b64encode(records).decode()}
