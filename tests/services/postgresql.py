"""A private PostgreSQL server for the session, and a fresh database for each test that asks."""

import itertools
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.services.artefacts import FOLDER
from tests.services.children import running
from tests.services.ports import LOOPBACK, free_port
from tests.services.programs import need
from tooling.system_packages import POSTGRESQL

ROLE = "hall"
SYSTEM_USER = "postgres"
# Nothing in a test has to survive a power cut of this server.
UNSAFE_BUT_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


class PostgresqlServer:
    """Makes databases on one running server."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._numbers = itertools.count(1)
        self._templates: dict[str, str] = {}

    def url(self, database: str) -> str:
        """The database's URL, as SQLAlchemy reads it."""
        return f"postgresql+psycopg://{ROLE}@{LOOPBACK}:{self._port}/{database}"

    def is_ready(self) -> bool:
        """Whether it takes statements."""
        try:
            self._execute("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def create(self, template: str = "template0") -> str:
        """Create a database, empty or as a copy of another, and return its name."""
        name = f"test_{next(self._numbers)}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        """Drop a database, ending the connections that are still open."""
        self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def filled(self, content: str, fill: Callable[[str], None]) -> str:
        """A template that `fill(url)` has filled, once a session; it must close what it opens."""
        if content not in self._templates:
            name = self.create()
            fill(self.url(name))
            self._templates[content] = name
        return self._templates[content]

    def _execute(self, statement: str) -> None:
        with psycopg.connect(
            host=LOOPBACK, port=self._port, user=ROLE, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement.encode())


@pytest.fixture(scope="session")
def postgresql_server(pytestconfig: pytest.Config) -> Iterator[PostgresqlServer]:
    """The session's server, on a free loopback port, its files in a folder of its own."""
    programs = need(pytestconfig.stash, POSTGRESQL).resolve().parent
    user = SYSTEM_USER if os.geteuid() == 0 else None  # the server refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="hallkeeper-postgresql-"))
    try:
        if user:
            shutil.chown(folder, user, user)
        _initialise(programs / "initdb", folder / "data", user)
        port = free_port()
        with running(
            _server_command(programs, folder, port), _log(), user=user, ask=signal.SIGINT
        ) as child:
            server = PostgresqlServer(port)
            child.wait_for(server.is_ready, "PostgreSQL")
            yield server
    finally:
        shutil.rmtree(folder)


def _log() -> Path:
    FOLDER.mkdir(exist_ok=True)
    return FOLDER / "postgresql.log"


def _initialise(initdb: Path, data: Path, user: str | None) -> None:
    options = ["--auth=trust", f"--username={ROLE}", "--encoding=UTF8", "--locale=C", "--no-sync"]
    subprocess.run(
        [str(initdb), "-D", str(data), *options],
        check=True,
        capture_output=True,
        user=user,
        group=user,
        cwd=data.parent,
    )


def _server_command(programs: Path, folder: Path, port: int) -> list[str]:
    settings = [
        f"listen_addresses={LOOPBACK}",
        f"port={port}",
        f"unix_socket_directories={folder}",
        *UNSAFE_BUT_QUICK,
    ]
    command = [str(programs / "postgres"), "-D", str(folder / "data")]
    return command + [part for setting in settings for part in ("-c", setting)]


@pytest.fixture
def postgresql_url(postgresql_server: PostgresqlServer) -> Iterator[str]:
    """URL of an empty database of this test's own."""
    name = postgresql_server.create()
    yield postgresql_server.url(name)
    postgresql_server.drop(name)
