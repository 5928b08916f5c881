from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from server import schema
from server.catalogue.models import Hall
from server.database import Database
from server.models import metadata
from tests.builders.damage import damage_in_the_middle
from tests.builders.interleaving import on_sqlite

NOON = datetime(2026, 9, 14, 4, 0, tzinfo=UTC)


def put_revision(database: Database, revision: str) -> None:
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": revision})


def test_the_migrations_make_exactly_what_the_models_say(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_a_migrated_database_is_at_the_latest_revision(database: Database) -> None:
    assert schema.current_revision(database) == schema.latest_revision()


def test_migrating_again_changes_nothing(database: Database) -> None:
    with database.write() as session:
        session.add(Hall(name="大厅", name_en="Hall", time_zone="Asia/Shanghai"))
    schema.upgrade(database)
    with database.read() as session:
        assert session.query(Hall).count() == 1


def test_an_empty_database_has_no_revision(tmp_path: Path) -> None:
    with closing(Database(f"sqlite:///{tmp_path}/new.db")) as database:
        assert schema.current_revision(database) is None
        schema.upgrade(database)
        assert set(inspect(database.engine).get_table_names()) >= set(metadata.tables)


def test_what_a_newer_version_wrote_is_left_alone(database: Database) -> None:
    put_revision(database, "9999")
    try:
        with pytest.raises(schema.SchemaError, match="9999"):
            schema.upgrade(database)
        assert schema.current_revision(database) == "9999"
    finally:
        put_revision(database, schema.latest_revision())


@on_sqlite
def test_a_migration_that_fails_leaves_the_database_as_it_was(
    tmp_path: Path, database_url: str
) -> None:
    with closing(Database(f"sqlite:///{tmp_path}/half.db")) as database:
        with database.write() as session:
            session.execute(text("CREATE TABLE print_jobs (id INTEGER)"))
        with pytest.raises(Exception, match="already exists"):
            schema.upgrade(database)
        assert inspect(database.engine).get_table_names() == ["print_jobs"]


class TestBackup:
    """A copy of a SQLite database that is in use."""

    @on_sqlite
    def test_it_has_everything_that_was_committed(self, database: Database, tmp_path: Path) -> None:
        with database.write() as session:
            session.add(Hall(name="大厅", name_en="Hall", time_zone="Asia/Shanghai"))
        copy = schema.backup(tmp_path / "hall.db", tmp_path / "backups", NOON)
        assert copy.name == "hall-20260914T040000Z.db"
        with closing(Database(f"sqlite:///{copy}")) as copied, copied.read() as session:
            assert session.query(Hall.name).all() == [("大厅",)]

    def test_nothing_is_copied_from_nowhere(self, tmp_path: Path) -> None:
        with pytest.raises(schema.SchemaError, match=r"hall\.db"):
            schema.backup(tmp_path / "hall.db", tmp_path / "backups", NOON)
        assert not (tmp_path / "hall.db").exists()

    @on_sqlite
    def test_a_damaged_database_gives_no_copy(self, database: Database, tmp_path: Path) -> None:
        path = tmp_path / "hall.db"
        database.close()
        damage_in_the_middle(path)
        with pytest.raises(schema.SchemaError, match="damaged"):
            schema.backup(path, tmp_path / "backups", NOON)
        assert list((tmp_path / "backups").iterdir()) == []

    @pytest.mark.parametrize("content", [b"", b"not a database at all" * 1000])
    def test_what_is_no_database_gives_no_copy(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "hall.db").write_bytes(content)
        with pytest.raises(schema.SchemaError):
            schema.backup(tmp_path / "hall.db", tmp_path / "backups", NOON)


def test_integrity_of_a_sound_database(database: Database) -> None:
    assert schema.integrity(database) == "ok"


@on_sqlite
def test_integrity_of_a_damaged_database(database: Database, tmp_path: Path) -> None:
    database.close()
    damage_in_the_middle(tmp_path / "hall.db")
    assert schema.integrity(database) != "ok"
