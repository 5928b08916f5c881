"""A terminal's own export on a USB stick (attlog.dat), taken in like a read of its log."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta, tzinfo

from server.attendance.terminals.columns import RawPunch, in_columns
from server.attendance.terminals.commands import find_terminal
from server.attendance.terminals.ingest import Received, receive_punches
from server.attendance.terminals.log import locked_log
from server.i18n import N_
from server.problems import Invalid, Unavailable
from server.work import Work

IMPORT = "import"


@dataclass(frozen=True, slots=True)
class Export:
    """What an export says: its punches, and lines that are none, as text."""

    punches: Sequence[RawPunch]
    unread: Sequence[str]


ReadExport = Callable[[bytes, tzinfo], Export]


def no_reader(_content: bytes, _zone: tzinfo) -> Export:
    """Where the application runs without the drivers. Raises Unavailable."""
    raise Unavailable(N_("这里不能读取考勤机导出文件"))


def import_export(work: Work, terminal_id: int, export: Export, tolerance: timedelta) -> Received:
    """Store what is new in an export; imported again it is known.

    Raises NotFound, Invalid for a file without any punch.
    """
    find_terminal(work, terminal_id)
    if not export.punches:
        raise Invalid(N_("文件中没有打卡记录，请选择考勤机导出的 attlog.dat"))
    locked_log(work, terminal_id)
    received = receive_punches(work, terminal_id, in_columns(export.punches), IMPORT, tolerance)
    work.audit(
        "terminal.import",
        f"device:{terminal_id}",
        stored=received.stored,
        known=received.known,
        unread=len(export.unread),
    )
    return received
