"""The settings that a device's driver takes, by kind: what an administrator may set, checked."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

LARGEST_BUS_ADDRESS = 254

BusAddress = Annotated[int, Field(ge=0, le=LARGEST_BUS_ADDRESS)]
CounterId = Annotated[int, Field(ge=1)]


class Options(BaseModel):
    """Parent of every kind's options; an unknown option is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PrinterOptions(Options):
    """A ticket printer: width in dots (58 mm paper has 384, 80 mm paper 576), how text reaches it.

    `fallback_id` is the printer that takes over while this one is out of service; `roll_metres`
    is the length of a new roll of paper.
    """

    width_dots: int = Field(default=576, ge=240, le=832, multiple_of=8)
    encoding: Literal["gbk", "gb18030", "utf8", "raster"] = "gbk"
    native_qr: bool = False
    cutter: bool = True
    confirmation: Literal["auto", "echo", "barrier", "status", "none"] = "auto"
    fallback_id: int | None = None
    roll_metres: int = Field(default=50, ge=0, le=300)


class PanelBusOptions(Options):
    """Call panels and rating pads on one line: bus address to counter.

    `best_first` says that a pad's key 1 means 非常满意 and not 非常不满意.
    """

    panels: dict[BusAddress, CounterId] = {}
    pads: dict[BusAddress, CounterId] = {}
    best_first: bool = True
