"""The drivers' reader of USB exports, handed to the application by the process that starts it."""

from datetime import tzinfo

from drivers.zkteco.records import PunchRecord
from drivers.zkteco.usb_export import decode_export
from server.attendance.terminals.importing import Export
from server.attendance.terminals.ingest import RawPunch


def read_export(content: bytes, zone: tzinfo) -> Export:
    """An export's lines as punches of the hall, and those that are none."""
    lines = decode_export(content, zone)
    return Export(
        [_raw(line) for line in lines if isinstance(line, PunchRecord)],
        [line.text for line in lines if not isinstance(line, PunchRecord)],
    )


def _raw(record: PunchRecord) -> RawPunch:
    at = record.terminal_time
    return RawPunch(
        pin=record.subject,
        raw_time=record.raw_time,
        terminal_time=at.replace(tzinfo=None) if at else None,
        verify=record.verify,
        state=record.state,
        occurrence=record.occurrence,
        raw=record.raw,
    )
