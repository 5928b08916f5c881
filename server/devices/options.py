"""The settings of each kind of device: what an administrator may set, checked."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from server.devices.models import DeviceKind

LARGEST_BUS_ADDRESS = 254
LARGEST_SIGN = 4096
LARGEST_COMM_KEY = 0xFFFF_FFFF

BusAddress = Annotated[int, Field(ge=0, le=LARGEST_BUS_ADDRESS)]
RowId = Annotated[int, Field(ge=1)]
Dots = Annotated[int, Field(ge=8, le=LARGEST_SIGN)]


class Options(BaseModel):
    """Parent of every kind's options; an unknown option is refused.

    `hall_only` names those that concern the hall and not the driver.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    hall_only: ClassVar[frozenset[str]] = frozenset()

    def for_driver(self) -> dict[str, Any]:
        """What the driver is told."""
        return self.model_dump(mode="json", exclude=set(self.hall_only), exclude_defaults=True)


class PrinterOptions(Options):
    """A ticket printer: width in dots (58 mm paper has 384, 80 mm paper 576), how text reaches it.

    `fallback_id` is the printer that takes over while this one is out of service; `roll_metres`
    is the length of a new roll of paper.
    """

    hall_only: ClassVar[frozenset[str]] = frozenset({"fallback_id", "roll_metres"})

    width_dots: int = Field(default=576, ge=240, le=832, multiple_of=8)
    encoding: Literal["gbk", "gb18030", "utf8", "raster"] = "gbk"
    native_qr: bool = False
    cutter: bool = True
    confirmation: Literal["auto", "echo", "barrier", "status", "none"] = "auto"
    fallback_id: RowId | None = None
    roll_metres: int = Field(default=50, ge=0, le=300)


class SignOptions(Options):
    """A LED sign, sizes in dots. `card` is its address on a shared line.

    `notice` runs below the table of calls on a sign that hangs over no counter.
    """

    hall_only: ClassVar[frozenset[str]] = frozenset({"notice"})

    protocol: Literal["onbon", "cpower-serial", "cpower-tcp", "digits"] = "onbon"
    width: Dots = 128
    height: Dots = 32
    colour: Literal["red", "green", "yellow"] = "red"
    card: Annotated[int, Field(ge=0, le=0xFFFE)] | None = None
    byte_order: Literal["little", "big"] = "little"
    template: str = Field(default="{addr} {hi} {lo} {sum8}", max_length=200)
    idle: int = Field(default=0, ge=0, le=0xFFFF)
    notice: str = Field(default="", max_length=200)


class TerminalOptions(Options):
    """A fingerprint terminal: its communication key (通讯密码), the character set of its names.

    Its log is read every `poll_minutes` and at each punch it tells of. Its clock is never set
    unless it is off by more than `set_clock_beyond_seconds`. `serial_number` is the one by which
    it may push its punches.
    """

    hall_only: ClassVar[frozenset[str]] = frozenset({"serial_number"})

    comm_key: int = Field(default=0, ge=0, le=LARGEST_COMM_KEY)
    encoding: Literal["gbk", "utf-8"] = "gbk"
    poll_minutes: int = Field(default=10, ge=1, le=1440)
    set_clock_beyond_seconds: Annotated[int, Field(ge=5, le=86_400)] | None = None
    serial_number: str = Field(default="", max_length=40, pattern=r"^[0-9A-Za-z-]*$")


class PushReceiverOptions(Options):
    """The port to which terminals push: the character set of the names that they send."""

    encoding: Literal["gbk", "utf-8"] = "gbk"


class PanelBusOptions(Options):
    """Call panels and rating pads on one line: bus address to counter.

    `best_first` says that a pad's key 1 means 非常满意 and not 非常不满意.
    """

    panels: dict[BusAddress, RowId] = {}
    pads: dict[BusAddress, RowId] = {}
    best_first: bool = True


class ReaderOptions(Options):
    """A card reader or a scanner; `kiosk_id` is the kiosk beside which it stands."""

    hall_only: ClassVar[frozenset[str]] = frozenset({"kiosk_id"})

    kiosk_id: RowId | None = None


class IdReaderOptions(ReaderOptions):
    """A card reader; one `at_desk` reads for the signing at the guidance desk, for no kiosk."""

    hall_only: ClassVar[frozenset[str]] = ReaderOptions.hall_only | {"at_desk"}

    at_desk: bool = False


class SpeakerOptions(Options):
    """A sound card that speaks the hall's calls, in Chinese or in both languages."""

    hall_only: ClassVar[frozenset[str]] = frozenset({"languages"})

    languages: Literal["zh", "zh+en"] = "zh"


OPTIONS: Mapping[DeviceKind, type[Options]] = {
    DeviceKind.PRINTER: PrinterOptions,
    DeviceKind.LED_SIGN: SignOptions,
    DeviceKind.TERMINAL: TerminalOptions,
    DeviceKind.PANEL_BUS: PanelBusOptions,
    DeviceKind.ID_READER: IdReaderOptions,
    DeviceKind.SCANNER: ReaderOptions,
    DeviceKind.SPEAKER: SpeakerOptions,
    DeviceKind.PUSH_RECEIVER: PushReceiverOptions,
}
"""The kinds of device that an agent runs."""


def driver_options(kind: DeviceKind, stored: Mapping[str, Any]) -> dict[str, Any]:
    """What an agent is told of a device's stored options.

    Options that an older version left and this one does not understand are passed on as they
    are: the driver says which one is wrong, and the other devices go on.
    """
    try:
        return OPTIONS[kind].model_validate(stored).for_driver()
    except (KeyError, ValidationError):
        return dict(stored)
