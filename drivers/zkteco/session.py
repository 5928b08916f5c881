"""What one asks of a terminal: its clock, its sizes, its name. Each call is its own connection."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from struct import Struct

from zk import const

from drivers.zkteco.errors import GarbledReplyError, NotKeptError
from drivers.zkteco.link import Link
from drivers.zkteco.records import ClockReading, Sizes
from drivers.zkteco.terminal import Terminal
from drivers.zkteco.timecode import decode_time, encode_time

Clock = Callable[[], datetime]
_TIME = Struct("<I")
# The terminal cuts its time down to the second: on average it is half a second further.
_HALF_A_SECOND = timedelta(milliseconds=500)
_SET_WITHIN = timedelta(seconds=5)


def utc_now() -> datetime:
    """This machine's clock."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class DeviceInfo:
    """Who a terminal says it is; None for what its model does not tell."""

    serial_number: str | None
    platform: str | None
    name: str | None
    firmware: str | None
    mac: str | None
    fingerprint_version: str | None
    sizes: Sizes


def read_info(terminal: Terminal) -> DeviceInfo:
    """Ask a terminal who it is. Raises a TerminalError."""
    with Link(terminal) as link:
        return DeviceInfo(
            serial_number=link.option("get_serialnumber"),
            platform=link.option("get_platform"),
            name=link.option("get_device_name"),
            firmware=link.option("get_firmware_version"),
            mac=link.option("get_mac"),
            fingerprint_version=link.option("get_fp_version"),
            sizes=link.sizes(),
        )


def read_clock(terminal: Terminal, now: Clock = utc_now) -> ClockReading:
    """Compare a terminal's clock with ours. Raises a TerminalError."""
    with Link(terminal) as link:
        return compare_clock(link, now)


def set_clock(terminal: Terminal, now: Clock = utc_now) -> ClockReading:
    """Put a terminal's clock right and return the reading after that.

    Raises NotKeptError when the terminal says yes and goes on with its own time.
    """
    with Link(terminal) as link:
        link.command(const.CMD_SET_TIME, _TIME.pack(encode_time(now(), terminal.zone)))
        link.command(const.CMD_REFRESHDATA)
        reading = compare_clock(link, now)
    if reading.offset is None or abs(reading.offset) > _SET_WITHIN:
        raise NotKeptError(f"the terminal's clock shows {reading.terminal_time}")
    return reading


def compare_clock(link: Link, now: Clock) -> ClockReading:
    """Read a terminal's clock over an open link; the offset is from the middle of the trip."""
    asked = now()
    data = link.command(const.CMD_GET_TIME, answer_bytes=_TIME.size)
    answered = now()
    if len(data) < _TIME.size:
        raise GarbledReplyError("the answer holds no time")
    code: int = _TIME.unpack_from(data)[0]
    at = decode_time(code, link.terminal.zone)
    middle = asked + (answered - asked) / 2
    offset = None if at is None else at + _HALF_A_SECOND - middle
    return ClockReading(code, at, middle, answered - asked, offset)
