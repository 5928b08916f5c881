"""The database's schema: brought up to date at start, with a copy kept from before."""

from contextlib import closing
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DatabaseError

from server.database import Database, sqlite_module

MIGRATIONS = Path(__file__).parent / "migrations"


class SchemaError(RuntimeError):
    """The database cannot be used by this version; the message says what to do."""


class DamagedError(SchemaError):
    """The file is not a whole hall's database."""


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def latest_revision() -> str:
    """The revision that this version of the code needs."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise SchemaError("the program has no migrations; install it again")
    return head


def current_revision(database: Database) -> str | None:
    """The database's revision; None when it is empty."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def needs_upgrade(database: Database) -> bool:
    """Whether migrations are still to run.

    Raises SchemaError for a database that a newer version has written.
    """
    present = current_revision(database)
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if present is not None and present not in known:
        raise SchemaError(
            f"数据库由更新的版本写入(修订 {present})，请安装新版本后再启动。"
            f" The database was written by a newer version (revision {present}); install that one."
        )
    return present != latest_revision()


def upgrade(database: Database) -> None:
    """Bring the schema up to date, all or nothing. Raises SchemaError as `needs_upgrade` does."""
    if needs_upgrade(database):
        with database.engine.execution_options(writing=True).begin() as connection:
            command.upgrade(_config(connection), "head")


def backup(path: Path, folder: Path, now: datetime) -> Path:
    """Copy a SQLite database, even one in use, into `folder`; the copy's path.

    Raises SchemaError when there is no whole database to copy.
    """
    if not path.exists():
        raise SchemaError(f"找不到数据库 there is no database: {path}")
    folder.mkdir(parents=True, exist_ok=True)
    copy = folder / f"{path.stem}-{now:%Y%m%dT%H%M%SZ}.db"
    sqlite = sqlite_module()
    try:
        with closing(sqlite.connect(path)) as source, closing(sqlite.connect(copy)) as target:
            source.backup(target)
        require_whole(copy)
    except sqlite.DatabaseError as error:
        copy.unlink()
        raise SchemaError(f"数据库无法读取 the database cannot be read: {error}") from error
    except SchemaError:
        copy.unlink()
        raise
    return copy


def require_whole(path: Path) -> None:
    """Make sure that a SQLite file is a hall's database, whole. Raises DamagedError."""
    sqlite = sqlite_module()
    try:
        with closing(sqlite.connect(path)) as connection:
            connection.execute("SELECT version_num FROM alembic_version")
            verdict = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite.DatabaseError as error:
        raise DamagedError(f"不是大厅的数据库 not a hall's database: {path}: {error}") from error
    if verdict != "ok":
        raise DamagedError(f"数据库已损坏 the database is damaged: {path}: {verdict}")


def integrity(database: Database) -> str:
    """SQLite's own check of the whole file, `ok` when sound; other databases check themselves."""
    if not database.is_sqlite:
        return "ok"
    try:
        with database.engine.connect() as connection:
            return str(connection.exec_driver_sql("PRAGMA integrity_check").scalar_one())
    except DatabaseError as error:  # too damaged even to be checked
        return str(error.orig)
