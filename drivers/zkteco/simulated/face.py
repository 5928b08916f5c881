"""SIMULATED terminal: a picture of its front for the demo page."""

from datetime import datetime
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

_SIZE = 320, 240
_FONTS = (
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "C:/Windows/Fonts/msyh.ttc",
)
_PAPER, _INK, _QUIET, _BANNER, _WARNING = "#0d2538", "#f4f8fb", "#9db4c4", "#b3541e", "#ffd166"


def draw_face(name: str, shown: datetime, last: str | None, records: str, *, locked: bool) -> bytes:
    """A PNG of the terminal's screen; `last` is the last punch, already masked."""
    image = Image.new("RGB", _SIZE, _PAPER)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, _SIZE[0], 26), _BANNER)
    draw.text((160, 13), "模拟考勤机 SIMULATED", _INK, _font(15), anchor="mm")
    draw.text((160, 44), name, _QUIET, _font(14), anchor="mm")
    draw.text((160, 96), f"{shown:%H:%M:%S}", _INK, _font(54), anchor="mm")
    draw.text((160, 140), f"{shown:%Y-%m-%d}", _INK, _font(18), anchor="mm")
    if locked:
        draw.text((160, 182), "正在通讯，暂停打卡", _WARNING, _font(20), anchor="mm")
    else:
        draw.text((160, 182), last or "请按手指", _INK, _font(20), anchor="mm")
    draw.text((160, 222), records, _QUIET, _font(13), anchor="mm")
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def masked(pin: str) -> str:
    """A PIN of which at most the last two characters are to be seen, and never all."""
    seen = min(2, len(pin) - 1)
    return "*" * (len(pin) - seen) + pin[len(pin) - seen :]


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    for path in _FONTS:
        if Path(path).exists():
            return ImageFont.truetype(path, size)
    return ImageFont.load_default(size)  # draws no Chinese, but shows the clock
