"""The drivers' readers of terminals' records and exports.

Handed to the application by the process that starts it.
"""

from collections.abc import Mapping
from datetime import tzinfo

from drivers.zkteco.codec import decode_records
from drivers.zkteco.layouts import Layout, size_of
from drivers.zkteco.records import PunchRecord
from drivers.zkteco.usb_export import decode_export
from server.attendance.terminals.columns import RawPunch, RawPunches
from server.attendance.terminals.importing import Export


def read_export(content: bytes, zone: tzinfo) -> Export:
    """An export's lines as punches of the hall, and those that are none."""
    lines = decode_export(content, zone)
    return Export(
        [_raw(line) for line in lines if isinstance(line, PunchRecord)],
        [line.text for line in lines if not isinstance(line, PunchRecord)],
    )


def read_log(layout: str, records: bytes, repeats: Mapping[int, int]) -> RawPunches:
    """A part of a terminal's log as punches of the hall. Raises ValueError."""
    kind = Layout(layout)
    if len(records) % size_of(kind):
        raise ValueError(f"{len(records)} bytes are no records of layout {layout}")
    told = decode_records(kind, records)
    occurrences = [0] * len(told.subjects)
    for index, count in repeats.items():
        if index < len(occurrences):
            occurrences[index] = count
    return RawPunches(
        told.subjects,
        told.raw_times,
        told.wall_times,
        told.verifies,
        told.states,
        occurrences,
        told.raws,
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
