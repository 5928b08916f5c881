"""Opening the database for a command: found, whole, and of this version."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import click
from filelock import FileLock, Timeout
from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.exc import DatabaseError

from server import schema
from server.catalogue.models import Hall
from server.clock import system_clock
from server.database import Database
from server.settings import SECRET_KEY_FILE, Settings
from server.work import Workplace

SERVER_LOCK = "server.lock"

OLD_SCHEMA = (
    "数据库还是旧版本的，请停止服务后运行 hall db upgrade，或重新启动 hall serve。"
    " The database is of an older version: stop the server and run hall db upgrade, or start"
    " hall serve again."
)


def settings_from(**given: Any) -> Settings:
    """Settings with what was given on the command line; what was not given stays as it is.

    Raises ClickException for settings that cannot be.
    """
    try:
        return Settings(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        wrong = "; ".join(f"{one['loc'][0]}: {one['msg']}" for one in error.errors())
        raise click.ClickException(f"设置有误 wrong settings: {wrong}") from error


def prepare_workplace(settings: Settings) -> Workplace:
    """The database for a server, to be called under `sole_server`.

    It is made when there is none, and migrated to this version's schema; a copy is kept from before
    a migration. Raises ClickException with what to do when it was lost, is damaged or too new.
    """
    path = settings.sqlite_path
    if path is not None and not path.exists():
        _refuse_to_begin_anew(settings, path)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    database = Database(settings.effective_database_url)
    with _refusals_told():
        if path is not None:
            _require_fit(settings, database, path)
        schema.upgrade(database)
    return Workplace(database, system_clock)


def open_workplace(settings: Settings) -> Workplace:
    """The hall's database as it is, for a command that may run beside a server.

    Raises ClickException with what to do when it is missing, damaged or of another version.
    """
    path = settings.sqlite_path
    if path is not None and not path.exists():
        _refuse_missing(settings)
    database = Database(settings.effective_database_url)
    with _refusals_told():
        if schema.current_revision(database) is None:
            _refuse_missing(settings)
        if path is not None:
            schema.require_whole(path)
        if schema.needs_upgrade(database):
            raise schema.SchemaError(OLD_SCHEMA)
    return Workplace(database, system_clock)


@contextlib.contextmanager
def _refusals_told() -> Iterator[None]:
    """What makes a database unfit becomes a ClickException that says what to do."""
    try:
        yield
    except (DatabaseError, schema.DamagedError) as error:
        raise click.ClickException(
            f"数据库无法打开，请从备份恢复(hall db restore)。"
            f" The database cannot be opened; restore a backup (hall db restore). {error}"
        ) from error
    except schema.SchemaError as error:
        raise click.ClickException(str(error)) from error


def _refuse_missing(settings: Settings) -> NoReturn:
    """There is no database, whether it was lost or never made."""
    if settings.sqlite_path is not None:
        _refuse_to_begin_anew(settings, settings.sqlite_path)
    raise click.ClickException(
        "还没有数据库，请先启动服务(hall serve)。"
        " There is no database yet; start the server first (hall serve)."
    )


def _refuse_to_begin_anew(settings: Settings, path: Path) -> None:
    """A data folder that was used before has a database; without it, it was lost."""
    if (settings.data_dir / SECRET_KEY_FILE).exists():
        raise click.ClickException(
            f"找不到数据库 {path}。请从备份恢复(hall db restore);"
            f"如确要重新开始，请删除整个数据目录。"
            f" The database {path} is missing: restore a backup (hall db restore), or delete the"
            f" whole data folder to begin anew."
        )


def _require_fit(settings: Settings, database: Database, path: Path) -> None:
    """Refuse a file that is empty or damaged; copy one that will be migrated."""
    if schema.current_revision(database) is None:
        _refuse_to_begin_anew(settings, path)
        return
    schema.require_whole(path)
    if schema.needs_upgrade(database):
        copy = schema.backup(path, settings.data_dir / "backups", system_clock())
        click.echo(f"升级前已备份 backed up before the upgrade: {copy}")


def first_hall_id(workplace: Workplace) -> int:
    """The hall that a command is about. Raises ClickException while none has been set up."""
    with workplace.database.read() as session:
        hall_id = session.scalar(select(Hall.id).order_by(Hall.id).limit(1))
    if hall_id is None:
        raise click.ClickException("大厅还没有设置 no hall has been set up: hall serve")
    return hall_id


@contextlib.contextmanager
def sole_server(data_dir: Path) -> Iterator[None]:
    """Hold the data folder for one server; a second one is refused."""
    data_dir.mkdir(parents=True, exist_ok=True)
    lock = FileLock(data_dir / SERVER_LOCK)
    try:
        held = lock.acquire(timeout=0)
    except Timeout as error:
        raise click.ClickException(
            f"另一个服务正在使用 {data_dir}。Another server is using {data_dir}."
        ) from error
    with held:
        yield
