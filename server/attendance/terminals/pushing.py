"""Terminals that push by themselves (ADMS): known by serial number alone, and only if listed."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from server.attendance.terminals.columns import RawPunch, in_columns
from server.attendance.terminals.events import TerminalFound
from server.attendance.terminals.ingest import Received, receive_punches
from server.attendance.terminals.log import locked_log
from server.attendance.terminals.models import Decision, QuarantinedUpload
from server.attendance.terminals.users import KnownUser, add_known, note_enrolled
from server.devices.models import Device, DeviceKind
from server.devices.registry import DeviceForm, add_device
from server.i18n import N_
from server.problems import Conflict, NotFound
from server.work import Work

PUSH = "push"
UNKNOWN = "unknown_terminal"
MOST_UNKNOWN = 50


def pushing_terminal(work: Work, serial_number: str) -> Device:
    """The acting agent's terminal with this serial number. Raises NotFound for an unknown one."""
    own = select(Device).where(
        Device.agent_id == work.actor.device_id,
        Device.kind == DeviceKind.TERMINAL,
        Device.active,
    )
    for terminal in work.session.scalars(own):
        if serial_number and terminal.options.get("serial_number") == serial_number:
            return terminal
    raise NotFound(N_("没有登记这个序列号的考勤机"))


def take_push(
    work: Work,
    serial_number: str,
    punches: Sequence[RawPunch],
    stamp: str,
    tolerance: timedelta,
) -> Received:
    """Store pushed punches; the stamp moves in the same transaction. Raises NotFound."""
    terminal = pushing_terminal(work, serial_number)
    row = locked_log(work, terminal.id)
    received = receive_punches(work, terminal.id, in_columns(punches), PUSH, tolerance)
    row.push_stamp = stamp or row.push_stamp
    row.synced_at = work.now
    return received


def note_people(
    work: Work, serial_number: str, users: Sequence[KnownUser], enrolled: Sequence[str]
) -> None:
    """The terminal tells of people on it, and of whom a finger or face was enrolled now.

    It tells of those that changed, so the others stay. Raises NotFound.
    """
    terminal = pushing_terminal(work, serial_number)
    add_known(work, terminal.id, users)
    note_enrolled(work, terminal.id, enrolled)


def quarantine_unknown(work: Work, serial_number: str, detail: str, body: bytes) -> None:
    """Show an administrator what an unknown terminal sent last; one row for each, and not many."""
    waiting = list(
        work.session.scalars(
            select(QuarantinedUpload).where(
                QuarantinedUpload.hall_id == work.hall_id,
                QuarantinedUpload.reason == UNKNOWN,
                QuarantinedUpload.decision.is_(None),
            )
        )
    )
    row = next((one for one in waiting if one.serial_number == serial_number), None)
    if row is None:
        if len(waiting) >= MOST_UNKNOWN:
            return
        row = QuarantinedUpload(hall_id=work.hall_id, serial_number=serial_number, reason=UNKNOWN)
        work.session.add(row)
        work.record(TerminalFound(terminal_id=0, kind=UNKNOWN))
    row.detail, row.body, row.received_at = detail, body, work.now


def accept_unknown(work: Work, upload_id: int, name: str) -> Device:
    """Make an unknown terminal one of the hall's; it sends again by itself what was not taken.

    Raises NotFound, Conflict without a receiver, and as `add_device` does.
    """
    upload = work.session.get(QuarantinedUpload, upload_id)
    if upload is None or upload.hall_id != work.hall_id or upload.reason != UNKNOWN:
        raise NotFound(N_("没有这份隔离的数据"))
    receiver = work.session.scalar(
        select(Device).where(
            Device.hall_id == work.hall_id,
            Device.kind == DeviceKind.PUSH_RECEIVER,
            Device.active,
        )
    )
    if receiver is None or receiver.agent_id is None:
        raise Conflict(N_("请先添加考勤上传接收器"))
    options = {"serial_number": upload.serial_number}
    form = DeviceForm(name, f"push://{upload.serial_number}", options)
    terminal = add_device(work, receiver.agent_id, DeviceKind.TERMINAL, form)
    upload.decision, upload.decided_at = Decision.ACCEPTED, work.now
    upload.decided_by = work.actor.account_id
    return terminal
