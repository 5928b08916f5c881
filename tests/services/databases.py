"""The hall's database with all its tables, on SQLite and on PostgreSQL."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from server.database import Database
from server.models import metadata
from server.schema import upgrade
from tests.services.postgresql import PostgresqlServer

BOTH = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql))


def create_tables(url: str) -> None:
    """Run every migration on an empty database, as a new hall would."""
    with closing(Database(url)) as database:
        upgrade(database)


def empty_tables(database: Database) -> None:
    """Delete every row; a test that left a transaction open is told so after ten seconds."""
    with database.engine.begin() as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql("SET LOCAL lock_timeout = '10s'")
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables, made once and copied for each test."""
    path = tmp_path_factory.mktemp("sqlite") / "hall.db"
    create_tables(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """URL of a fresh SQLite database with all tables."""
    path = shutil.copy(sqlite_template, tmp_path / "hall.db")
    return f"sqlite:///{path}"


@pytest.fixture
def postgresql_hall_url(postgresql_server: PostgresqlServer) -> Iterator[str]:
    """URL of a PostgreSQL database with all tables and no rows.

    It is the same one in every test, emptied afterwards: a new one would cost a third of a second.
    """
    url = postgresql_server.url(postgresql_server.filled("tables", create_tables))
    yield url
    with closing(Database(url)) as database:
        empty_tables(database)


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """URL of a fresh database with all tables; the test runs once on each kind."""
    kinds = {"sqlite": "sqlite_url", "postgresql": "postgresql_hall_url"}
    url: str = request.getfixturevalue(kinds[request.param])
    return url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh database with all tables, open; the test runs once on each kind."""
    with closing(Database(database_url)) as database:
        yield database
