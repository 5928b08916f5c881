"""The file `…attlog.dat` that a terminal writes to a USB stick.

Lines of PIN, time, device number, state, verify, workcode, parted by tabs; the PIN is padded with
blanks. Black-and-white models put their serial number before and a checksum after the lines.
"""

from datetime import tzinfo

from drivers.zkteco.punch_text import Columns, UnreadLine, read_punches
from drivers.zkteco.records import PunchRecord

_COLUMNS = Columns(state=3, verify=4, workcode=5, least=5)


def decode_export(content: bytes, zone: tzinfo) -> list[PunchRecord | UnreadLine]:
    """The file's lines in order: punches, and what could not be read as one. Never raises."""
    return read_punches(content.splitlines(), _COLUMNS, zone)
