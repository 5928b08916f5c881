import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from server import database as database_module
from server.catalogue.models import Hall
from server.database import Database, journal_pragmas, sqlite_module, wal_is_safe
from server.people.models import Account, Role
from server.problems import Unavailable
from server.security.models import SetupToken
from tests.builders.interleaving import PATIENCE_SECONDS, on_postgresql, on_sqlite
from tests.services.waiting import wait_until

MOST_CONNECTIONS = database_module.POOL_CONNECTIONS
ALIVE = text("SELECT count(*) FROM pg_stat_activity WHERE pid = :process_id")
INSTANT = datetime(2026, 9, 14, 9, 30, 15, 123456, tzinfo=timezone(timedelta(hours=8)))


def a_token(created_at: datetime) -> SetupToken:
    return SetupToken(token_hash="x", created_at=created_at)


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
    ],
)
def test_the_write_ahead_log_is_used_where_it_is_sound(
    version: tuple[int, int, int], safe: bool
) -> None:
    assert wal_is_safe(version) is safe
    journal, synchronous = journal_pragmas(version)
    assert journal.endswith("WAL" if safe else "DELETE")
    assert synchronous.endswith("FULL" if safe else "EXTRA")


def test_a_sound_library_is_chosen() -> None:
    assert wal_is_safe(sqlite_module().sqlite_version_info)


def test_the_interpreters_own_library_is_used_where_it_is_sound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 53, 0))
    assert sqlite_module() is sqlite3


@on_sqlite
def test_connections_keep_what_was_acknowledged_and_check_references(database: Database) -> None:
    with database.engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_an_instant_comes_back_as_the_same_instant_in_utc(database: Database) -> None:
    with database.write() as session:
        session.add(a_token(INSTANT))
    with database.read() as session:
        kept = session.scalars(select(SetupToken.created_at)).one()
    assert (kept, kept.tzinfo) == (INSTANT, UTC)


def test_a_time_without_zone_is_refused(database: Database) -> None:
    naive = INSTANT.replace(tzinfo=None)
    with pytest.raises(StatementError, match="needs its time zone"), database.write() as session:
        session.add(a_token(naive))


def test_a_reference_to_nothing_is_refused(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as session:
        session.execute(
            text("INSERT INTO units (hall_id, name, name_en) VALUES (999, 'none', 'none')")
        )


def test_what_raises_leaves_nothing(database: Database) -> None:
    with pytest.raises(IntegrityError), database.write() as session:
        session.add_all([a_token(INSTANT), SetupToken(token_hash="without an instant")])
    with database.read() as session:
        assert session.scalars(select(SetupToken)).all() == []


def test_what_a_reader_changes_is_thrown_away(database: Database) -> None:
    with database.read() as session:
        session.add(a_token(INSTANT))
    with database.read() as session:
        assert session.scalars(select(SetupToken)).all() == []


def test_a_reader_sees_one_state_from_begin_to_end(database: Database) -> None:
    with database.read() as reader:
        before = reader.scalars(select(Hall.name)).all()
        with database.write() as session:
            session.add(Hall(name="新大厅", name_en="New hall", time_zone="Asia/Shanghai"))
        assert reader.scalars(select(Hall.name)).all() == before == []


def test_a_row_is_read_once_in_a_transaction(database: Database) -> None:
    with database.write() as session:
        session.add(Hall(name="大厅", name_en="Hall", time_zone="Asia/Shanghai"))
    with database.write() as session:
        session.scalars(select(Hall)).one()
        assert len(session.identity_map) == 1  # nobody here refers to it any more


def test_listeners_hear_of_what_was_committed_alone(database: Database) -> None:
    heard: list[str] = []
    database.after_commit(lambda: heard.append("changed"))
    with database.write() as session:
        session.add(a_token(INSTANT))
        assert heard == []
    with pytest.raises(IntegrityError), database.write() as session:
        session.add(SetupToken(token_hash="without an instant"))
    assert heard == ["changed"]


@on_sqlite
def test_waiting_for_a_database_that_another_process_locks_ends(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "PATIENCE_SECONDS", 0.1)
    with closing(Database(database_url)) as first, closing(Database(database_url)) as second:
        with first.write() as holder:
            holder.add(a_token(INSTANT))
            holder.flush()
            with pytest.raises(OperationalError, match="locked"), second.write() as session:
                session.add(a_token(INSTANT))
        with second.write() as session:
            session.add(a_token(INSTANT))


@on_sqlite
def test_a_database_that_is_unlocked_in_time_is_written_to(database_url: str) -> None:
    with (
        closing(Database(database_url)) as first,
        closing(Database(database_url)) as second,
        ThreadPoolExecutor(1) as thread,
    ):
        with first.write() as holder:
            holder.add(a_token(INSTANT))
            holder.flush()
            waiting = thread.submit(add_token, second)
            assert second._writer is not None
            wait_until(second._writer.locked, "the second writer's wish")
        waiting.result(PATIENCE_SECONDS)
    with closing(Database(database_url)) as third:
        assert tokens_in(third) == 2


@on_sqlite
def test_waiting_for_another_writer_of_this_process_ends(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "PATIENCE_SECONDS", 0.1)
    with database.write(), ThreadPoolExecutor(1) as thread:
        waiting = thread.submit(add_token, database)
        with pytest.raises(Unavailable) as refused:
            waiting.result(PATIENCE_SECONDS)
    assert refused.value.retry_after
    add_token(database)


@on_postgresql
def test_waiting_for_a_locked_row_ends(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_module, "PATIENCE_SECONDS", 0.1)
    with closing(Database(database_url)) as database:
        add_token(database)
        with database.write() as holder, ThreadPoolExecutor(1) as thread:
            holder.scalars(select(SetupToken).with_for_update()).one()
            waiting = thread.submit(use_tokens, database)
            with pytest.raises(OperationalError, match="lock timeout"):
                waiting.result(PATIENCE_SECONDS)


@on_postgresql
def test_waiting_for_a_connection_ends(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_module, "POOL_TIMEOUT_SECONDS", 0.1)
    with closing(Database(database_url)) as database, ExitStack() as busy:
        for _connection in range(MOST_CONNECTIONS):
            busy.enter_context(database.engine.connect())
        with pytest.raises(PoolTimeoutError):
            add_token(database)


@on_postgresql
def test_a_transaction_in_which_nothing_happens_is_ended(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "IDLE_TRANSACTION_SECONDS", 0.1)
    with closing(Database(database_url)) as database, database.engine.connect() as idle:
        process_id = idle.scalar(text("SELECT pg_backend_pid()"))
        wait_until(lambda: not is_alive(database, process_id), "the session's end")
        idle.invalidate()


def is_alive(database: Database, process_id: int | None) -> bool:
    """Whether PostgreSQL still has this session."""
    with database.engine.connect() as connection:
        return bool(connection.scalar(ALIVE, {"process_id": process_id}))


def add_token(database: Database) -> None:
    with database.write() as session:
        session.add(a_token(INSTANT))


def use_tokens(database: Database) -> None:
    with database.write() as session:
        session.execute(update(SetupToken).values(used_at=INSTANT))


def tokens_in(database: Database) -> int:
    with database.read() as session:
        return len(session.scalars(select(SetupToken)).all())


def test_an_error_does_not_tell_the_values(database: Database) -> None:
    with pytest.raises(IntegrityError) as refused, database.write() as session:
        session.add(Account(username="张三", password_hash="x", role=Role.CLERK, hall_id=999))
    assert "张三" not in str(refused.value)


@on_sqlite
def test_a_full_disk_stops_writing_and_freed_space_resumes(database: Database) -> None:
    with database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    limit_pages(database, pages)
    with pytest.raises(OperationalError, match="full"), database.write() as session:
        session.add_all(a_token(INSTANT) for _ in range(2000))
    limit_pages(database, 1_000_000)
    with database.write() as session:
        session.add(a_token(INSTANT))
    with database.read() as session:
        assert len(session.scalars(select(SetupToken)).all()) == 1


def limit_pages(database: Database, pages: int) -> None:
    """SQLite's own limit answers as a full disk does; it belongs to the pooled connection."""
    with database.engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


def test_a_folder_that_is_not_there_is_an_error_not_a_new_hall(tmp_path: Path) -> None:
    with (
        closing(Database(f"sqlite:///{tmp_path}/gone/hall.db")) as database,
        pytest.raises(OperationalError, match="unable to open"),
        database.write() as session,
    ):
        session.add(a_token(INSTANT))
