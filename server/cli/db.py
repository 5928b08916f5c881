"""`hall db`: the database by hand."""

import shutil
from pathlib import Path

import click
from sqlalchemy import select

from server import schema
from server.audit import broken_links
from server.catalogue.models import Hall
from server.cli.opening import (
    open_workplace,
    prepare_workplace,
    settings_from,
    sole_server,
)
from server.clock import system_clock
from server.settings import Settings

data_dir_option = click.option(
    "--data-dir", type=click.Path(path_type=Path), help="数据目录 data folder"
)


@click.group()
def db() -> None:
    """数据库 The database."""


@db.command()
@data_dir_option
def upgrade(data_dir: Path | None) -> None:
    """升级表结构 Bring the schema up to date; no server may run meanwhile."""
    settings = settings_from(data_dir=data_dir)
    with sole_server(settings.data_dir):
        prepare_workplace(settings)
    click.echo(f"已是最新 up to date: {schema.latest_revision()}")


@db.command()
@data_dir_option
def backup(data_dir: Path | None) -> None:
    """备份 Copy the database, also while the hall runs."""
    settings = settings_from(data_dir=data_dir)
    path = _sqlite_path(settings)
    try:
        copy = schema.backup(path, settings.data_dir / "backups", system_clock())
    except schema.SchemaError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"已备份 backed up: {copy}")


@db.command()
@data_dir_option
@click.argument("copy", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(data_dir: Path | None, copy: Path) -> None:
    """从备份恢复 Put a backup in place; the database that was there is kept beside it."""
    settings = settings_from(data_dir=data_dir)
    path = _sqlite_path(settings)
    with sole_server(settings.data_dir):
        try:
            schema.require_whole(copy)
        except schema.SchemaError as error:
            raise click.ClickException(str(error)) from error
        _set_aside(path)
        shutil.copy2(copy, path)
    click.echo(f"已恢复 restored: {path}")


def _set_aside(path: Path) -> None:
    """Rename the database, with what its write-ahead log holds and the file does not yet."""
    kept = path.with_name(f"{path.stem}.before-restore-{system_clock():%Y%m%dT%H%M%SZ}.db")
    for suffix in ("", "-wal", "-shm"):
        present = path.with_name(path.name + suffix)
        if present.exists():
            present.rename(kept.with_name(kept.name + suffix))
    if kept.exists():
        click.echo(f"原数据库保留为 the former database is kept as: {kept}")


@db.command()
@data_dir_option
def check(data_dir: Path | None) -> None:
    """检查 Check the file and the audit chain."""
    workplace = open_workplace(settings_from(data_dir=data_dir))
    verdict = schema.integrity(workplace.database)
    click.echo(f"数据库 database: {verdict}")
    with workplace.database.read() as session:
        broken = {hall.name: broken_links(session, hall) for hall in session.scalars(select(Hall))}
    for name, entries in broken.items():
        click.echo(f"审计链 audit chain, {name}: {entries or 'ok'}")
    if verdict != "ok" or any(broken.values()):
        raise click.ClickException("检查未通过 the check failed")


def _sqlite_path(settings: Settings) -> Path:
    path = settings.sqlite_path
    if path is None:
        raise click.ClickException(
            "PostgreSQL 数据库请用 pg_dump / pg_restore。Use pg_dump and pg_restore for PostgreSQL."
        )
    return path
