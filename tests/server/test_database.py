import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from server import database as database_module
from server.catalogue.models import Hall
from server.database import Database, journal_pragmas, sqlite_module, wal_is_safe
from server.security.models import SetupToken
from tests.builders.interleaving import on_sqlite

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
def test_waiting_for_a_locked_database_ends(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database_module, "BUSY_TIMEOUT_SECONDS", 0.1)
    with closing(Database(database_url)) as first, closing(Database(database_url)) as second:
        with first.write() as holder:
            holder.add(a_token(INSTANT))
            holder.flush()
            with pytest.raises(OperationalError, match="locked"), second.write() as session:
                session.add(a_token(INSTANT))
        with second.write() as session:
            session.add(a_token(INSTANT))


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
