"""The database: engine, typed base class, and the two kinds of transaction.

SQLite is the embedded default and PostgreSQL comes by URL; models and use cases are the same.
"""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import StrEnum
from types import ModuleType
from typing import Any, ClassVar

import pysqlite3
from sqlalchemy import (
    JSON,
    BigInteger,
    Connection,
    DateTime,
    Engine,
    Enum,
    Integer,
    MetaData,
    String,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.pool import PoolProxiedConnection
from sqlalchemy.types import TypeDecorator

from server.i18n import N_
from server.problems import Unavailable
from server.turns import Turns

# How long a transaction waits for others, from the wish to begin to the last lock.
PATIENCE_SECONDS = 10.0
# Waiting inside SQLite's library blocks every greenlet of the thread: it is kept short and repeated
# with pauses in which the others run.
BUSY_TIMEOUT_SECONDS = 0.05
PAUSE_SECONDS = 0.05
RETRY_AFTER_SECONDS = 2
SQLITE_BUSY = 5
# Nobody holds a PostgreSQL transaction open while thinking.
IDLE_TRANSACTION_SECONDS = 60
POOL_TIMEOUT_SECONDS = 5
# A hall's counters may all press at once; those beyond wait for a connection.
POOL_CONNECTIONS = 20

# SQLite 3.7.0 to 3.51.2 can corrupt a WAL database that several connections reset; the fix was
# carried back into two older release lines.
WAL_SAFE_SINCE = (3, 51, 3)
WAL_SAFE_BACKPORTS = {(3, 50): 7, (3, 44): 6}

WaitFor = Callable[[Callable[[], None]], None]

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware going in, UTC in the database, aware coming out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: object) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: object) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Json = JSON().with_variant(JSONB(), "postgresql")
RowId = BigInteger().with_variant(Integer(), "sqlite")


class Base(DeclarativeBase):
    """Parent of every table; an `int` key is 64 bits wide and an instant is stored as UTC."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime(),
        dict[str, Any]: Json,
        list[Any]: Json,
        str: String(),
        int: RowId,
        StrEnum: Enum(
            StrEnum,
            native_enum=False,
            length=32,
            values_callable=lambda kind: [member.value for member in kind],
        ),
    }


class Identified:
    """Mixin: a row known by a number that is never given twice."""

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite release may use a write-ahead log with several connections."""
    if version >= WAL_SAFE_SINCE:
        return True
    patch = WAL_SAFE_BACKPORTS.get((version[0], version[1]))
    return patch is not None and version[2] >= patch


def sqlite_module() -> ModuleType:
    """The SQLite library to use: the interpreter's own when its WAL is safe, else the wheel's."""
    if wal_is_safe(sqlite3.sqlite_version_info):
        return sqlite3
    return pysqlite3  # type: ignore[no-any-return]


def journal_pragmas(version: tuple[int, ...]) -> tuple[str, str]:
    """Journal settings that lose no acknowledged commit at a power cut, as PRAGMA statements."""
    if wal_is_safe(version):
        return "PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL"
    return "PRAGMA journal_mode=DELETE", "PRAGMA synchronous=EXTRA"


class PatientDialect(SQLiteDialect_pysqlite):
    """SQLite whose commits wait for the disk in the way that `wait_for` waits."""

    supports_statement_cache = True

    def __init__(self, wait_for: WaitFor, **options: Any) -> None:
        super().__init__(**options)
        self._wait_for = wait_for

    def do_commit(self, dbapi_connection: PoolProxiedConnection) -> None:
        """End the transaction."""
        self._wait_for(dbapi_connection.commit)


registry.register("sqlite.patient", __name__, PatientDialect.__name__)


def _sqlite_engine(url: str, wait_for: WaitFor) -> Engine:
    module = sqlite_module()
    engine = create_engine(
        make_url(url).set(drivername="sqlite+patient"),
        wait_for=wait_for,
        module=module,
        connect_args={"timeout": BUSY_TIMEOUT_SECONDS, "check_same_thread": False},
        hide_parameters=True,
    )
    journal, synchronous = journal_pragmas(module.sqlite_version_info)

    @event.listens_for(engine, "connect")
    def on_connect(connection: DBAPIConnection, _record: object) -> None:
        # The driver's own implicit BEGIN is deferred and lets two writers read the same number.
        connection.isolation_level = None
        for pragma in (journal, synchronous, "PRAGMA foreign_keys=ON", "PRAGMA temp_store=MEMORY"):
            connection.cursor().execute(pragma)

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        deadline = options.get("deadline", time.monotonic() + PATIENCE_SECONDS)
        if options.get("writing", False):
            _patiently(connection, "BEGIN IMMEDIATE", deadline)
        else:
            connection.exec_driver_sql("BEGIN")
            _patiently(connection, "PRAGMA schema_version", deadline)  # looks now, not later

    return engine


def _patiently(connection: Connection, statement: str, deadline: float) -> None:
    """Repeat a statement that takes a lock while another process has it, until the deadline."""
    while True:
        try:
            connection.exec_driver_sql(statement)
        except OperationalError as error:
            if not _is_busy(error) or time.monotonic() >= deadline:
                raise
            time.sleep(PAUSE_SECONDS)
        else:
            return


def _is_busy(error: OperationalError) -> bool:
    """Whether another process has the lock; the low byte of SQLite's code names the kind."""
    code: int = getattr(error.orig, "sqlite_errorcode", 0)
    return code & 0xFF == SQLITE_BUSY


def _postgresql_engine(url: str) -> Engine:
    engine = create_engine(
        url,
        pool_pre_ping=True,
        pool_size=POOL_CONNECTIONS,
        max_overflow=0,
        pool_timeout=POOL_TIMEOUT_SECONDS,
        hide_parameters=True,
    )
    waits = {
        "lock_timeout": PATIENCE_SECONDS,
        "idle_in_transaction_session_timeout": IDLE_TRANSACTION_SECONDS,
    }

    @event.listens_for(engine, "connect")
    def on_connect(connection: DBAPIConnection, _record: object) -> None:
        cursor = connection.cursor()
        for name, seconds in waits.items():
            cursor.execute(f"SET {name} = {round(seconds * 1000)}")
        connection.commit()

    return engine


class KeepingSession(Session):
    """A session that holds what it has loaded until it ends: a transaction reads a row once.

    A plain session forgets rows that nobody refers to any more and reads them again.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._held: list[object] = []

    def hold(self, row: object) -> None:
        """Keep a row alive as long as this session."""
        self._held.append(row)


@event.listens_for(KeepingSession, "loaded_as_persistent")
@event.listens_for(KeepingSession, "pending_to_persistent")
def _hold(session: KeepingSession, row: object) -> None:
    session.hold(row)


def wait_here(call: Callable[[], None]) -> None:
    """Wait for a blocking call in this thread."""
    call()


class Database:
    """Opens transactions; tells its listeners after each commit that changed something.

    `wait_for` runs a call that waits for the disk; a server with an event loop hands in a way by
    which the loop goes on meanwhile.
    """

    def __init__(self, url: str, wait_for: WaitFor = wait_here) -> None:
        self.is_sqlite = url.startswith("sqlite")
        self.engine = _sqlite_engine(url, wait_for) if self.is_sqlite else _postgresql_engine(url)
        # SQLite reads one state anyway; PostgreSQL would look anew at each statement.
        self._reading = self.engine.execution_options(
            **{} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        )
        # One writer at a time inside this process: SQLite has one write lock anyway, and waiting
        # for it inside SQLite would block every greenlet of the thread, the holder included.
        self._writer = Turns() if self.is_sqlite else None
        self._after_commit: list[Callable[[], None]] = []

    def after_commit(self, listener: Callable[[], None]) -> None:
        """Call `listener` after every committed writing transaction; it must return at once."""
        self._after_commit.append(listener)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session on one consistent snapshot; whatever it changes is thrown away."""
        with KeepingSession(self._reading, autoflush=False) as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A writing transaction: committed when the block ends, rolled back when it raises.

        Raises Unavailable, or OperationalError, when others are writing for too long.
        """
        deadline = time.monotonic() + PATIENCE_SECONDS
        engine = self.engine.execution_options(writing=True, deadline=deadline)
        with (
            self._turn(),
            KeepingSession(engine, expire_on_commit=False) as session,
            session.begin(),
        ):
            yield session
        for listener in self._after_commit:
            listener()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """The turn to write, where this process has one writer at a time."""
        if self._writer is None:
            yield
            return
        if not self._writer.acquire(timeout=PATIENCE_SECONDS):
            raise Unavailable(
                N_("系统正忙，请稍候再试；您的操作没有生效"), retry_after=RETRY_AFTER_SECONDS
            )
        try:
            yield
        finally:
            self._writer.release()

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()
