"""`hall terminals`: the fingerprint terminals from the command line.

What needs the terminal itself is asked of its agent, and waited for.
"""

import time
from datetime import timedelta
from pathlib import Path

import click
from sqlalchemy import select

from server.attendance.terminals.command_models import (
    CommandKind,
    CommandState,
    TerminalCommand,
)
from server.attendance.terminals.commands import ask_terminal
from server.attendance.terminals.importing import import_export
from server.attendance.terminals.views import terminals as all_terminals
from server.attendance.terminals.views import users_of
from server.cli.db import data_dir_option
from server.cli.export_reading import read_export
from server.cli.opening import first_hall_id, open_workplace, settings_from
from server.devices.models import Device, DeviceKind
from server.i18n import SOURCE_LANGUAGE, translate
from server.problems import Problem
from server.work import SYSTEM, Workplace

LOOK_SECONDS = 0.5

wait_option = click.option(
    "--wait", default=60, show_default=True, help="最多等待的秒数 seconds to wait for the agent"
)


@click.group()
def terminals() -> None:
    """考勤机 Fingerprint terminals."""


@terminals.command("list")
@data_dir_option
def list_(data_dir: Path | None) -> None:
    """列出考勤机 How each terminal's log stands."""
    workplace = open_workplace(settings_from(data_dir=data_dir))
    with workplace.read(first_hall_id(workplace)) as work:
        for one in all_terminals(work):
            log = one.log
            synced = log.synced_at if log else None
            told = synced.astimezone(work.zone).isoformat(timespec="seconds") if synced else "-"
            records = f"{log.records}/{log.record_capacity}" if log else "-"
            alarms = f"  警报 alarms: {one.alarms}" if one.alarms else ""
            click.echo(f"{one.device.name}\t{one.device.health}\t{told}\t{records}{alarms}")


@terminals.command()
@data_dir_option
@click.argument("name")
@wait_option
def sync(data_dir: Path | None, name: str, wait: int) -> None:
    """立即读取 Read a terminal's log now."""
    _ask_and_wait(open_workplace(settings_from(data_dir=data_dir)), name, CommandKind.SYNC, wait)


@terminals.command("time")
@data_dir_option
@click.argument("name")
@click.option("--set", "put_right", is_flag=True, help="校时 put its clock right")
@wait_option
def time_(data_dir: Path | None, name: str, put_right: bool, wait: int) -> None:
    """考勤机的时钟 How far a terminal's clock was off at the last read."""
    workplace = open_workplace(settings_from(data_dir=data_dir))
    if put_right:
        _ask_and_wait(workplace, name, CommandKind.SET_CLOCK, wait)
    with workplace.read(first_hall_id(workplace)) as work:
        terminal_id = _terminal(workplace, name)
        [log] = [one.log for one in all_terminals(work) if one.device.id == terminal_id]
        offset = log.clock_offset_ms if log else None
        click.echo("未知 unknown" if offset is None else f"{offset / 1000:+.1f} s")


@terminals.command()
@data_dir_option
@click.argument("name")
@wait_option
def users(data_dir: Path | None, name: str, wait: int) -> None:
    """考勤机上的人员 Who is known on a terminal; never their fingerprints."""
    workplace = open_workplace(settings_from(data_dir=data_dir))
    _ask_and_wait(workplace, name, CommandKind.LIST_USERS, wait)
    with workplace.read(first_hall_id(workplace)) as work:
        for row in users_of(work, _terminal(workplace, name)):
            enabled = "" if row.user.enabled else "  停用 disabled"
            enrolled = "已录 enrolled" if row.enrolled else "未见 not seen yet"
            click.echo(f"{row.user.pin}\t{row.user.name}\t{enrolled}{enabled}")


@terminals.command("import")
@data_dir_option
@click.argument("name")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_(data_dir: Path | None, name: str, file: Path) -> None:
    """导入 attlog.dat Take in what a terminal wrote to a USB stick."""
    settings = settings_from(data_dir=data_dir)
    workplace = open_workplace(settings)
    tolerance = timedelta(minutes=settings.punch_future_minutes)
    terminal_id = _terminal(workplace, name)
    try:
        with workplace.write(first_hall_id(workplace), SYSTEM) as work:
            export = read_export(file.read_bytes(), work.zone)
            received = import_export(work, terminal_id, export, tolerance)
    except Problem as problem:
        raise _told(problem) from problem
    click.echo(
        f"新增 new: {received.stored}  已有 known: {received.known}"
        f"  未识别 unread: {len(export.unread)}"
    )


def _ask_and_wait(workplace: Workplace, name: str, kind: CommandKind, seconds: int) -> None:
    """Ask a terminal's agent and tell what came of it. Raises ClickException."""
    terminal_id = _terminal(workplace, name)
    with workplace.write(first_hall_id(workplace), SYSTEM) as work:
        command_id = ask_terminal(work, terminal_id, kind).id
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with workplace.database.read() as session:
            command = session.get_one(TerminalCommand, command_id)
        if command.state is CommandState.FAILED:
            raise click.ClickException(f"没有完成 failed: {command.problem}")
        if command.state is CommandState.DONE:
            click.echo(f"完成 done: {command.result}")
            return
        time.sleep(LOOK_SECONDS)
    raise click.ClickException(
        "设备代理还没有执行，它会在连上后执行。"
        " The agent has not done it yet; it will once it is there."
    )


def _terminal(workplace: Workplace, name: str) -> int:
    """A terminal by its name. Raises ClickException."""
    with workplace.database.read() as session:
        found = session.scalar(
            select(Device.id).where(
                Device.name == name, Device.kind == DeviceKind.TERMINAL, Device.active
            )
        )
    if found is None:
        raise click.ClickException(f"没有考勤机 no terminal: {name}")
    return found


def _told(problem: Problem) -> click.ClickException:
    return click.ClickException(translate(problem.detail, SOURCE_LANGUAGE, **problem.parameters))
