"""What differs from one printer to the next."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

FONT_A_DOTS = 12  # width of a half-width character; a Chinese one is twice as wide, both 24 high
WIDTH_58_MM = 384  # dots at 203 dpi
WIDTH_80_MM = 576
WIDTH_LIMITS = (240, 832)


class Encoding(StrEnum):
    """How text reaches the printer; RASTER sends every line as a picture of it."""

    GBK = "gbk"
    GB18030 = "gb18030"
    UTF8 = "utf8"
    RASTER = "raster"


class Confirmation(StrEnum):
    """How a printer tells that a job came out; AUTO asks it once and remembers the best way."""

    AUTO = "auto"
    ECHO = "echo"  # GS ( H: answers with the job's own id
    BARRIER = "barrier"  # GS r: answers in its turn, after what came before
    STATUS = "status"  # DLE EOT before and after: says that it could print, not that it did
    NONE = "none"  # nothing comes back from this printer


@dataclass(frozen=True, slots=True)
class PrinterSettings:
    """One printer as installed. `logo` is an image file's content, `font` a CJK font file."""

    width_dots: int = WIDTH_80_MM
    encoding: Encoding = Encoding.GBK
    native_qr: bool = False
    cutter: bool = True
    confirmation: Confirmation = Confirmation.AUTO
    logo: bytes | None = None
    font: Path | None = None

    def __post_init__(self) -> None:
        low, high = WIDTH_LIMITS
        if self.width_dots % 8 or not low <= self.width_dots <= high:
            raise ValueError(
                f"width of {self.width_dots} dots is not a multiple of 8 from {low} to {high};"
                f" 58 mm paper has {WIDTH_58_MM}, 80 mm paper {WIDTH_80_MM}"
            )

    @classmethod
    def from_options(
        cls, options: Mapping[str, Any], logo: bytes | None = None
    ) -> "PrinterSettings":
        """Settings from a printer's options as the hall keeps them. Raises ValueError."""
        return cls(
            width_dots=int(options.get("width_dots", WIDTH_80_MM)),
            encoding=Encoding(options.get("encoding", Encoding.GBK)),
            native_qr=bool(options.get("native_qr", False)),
            cutter=bool(options.get("cutter", True)),
            confirmation=Confirmation(options.get("confirmation", Confirmation.AUTO)),
            logo=logo,
        )

    @property
    def columns(self) -> int:
        """Half-width characters on one line."""
        return self.width_dots // FONT_A_DOTS
