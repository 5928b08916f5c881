"""A private Redis server for the session, emptied for each test that asks."""

import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.services.artefacts import FOLDER
from tests.services.children import running
from tests.services.ports import LOOPBACK, free_port
from tests.services.programs import need
from tooling.system_packages import REDIS

REPLY_BYTES = 64
SECONDS = 5.0


def ask(port: int, command: bytes) -> bytes:
    """The reply to one command without arguments."""
    with closing(socket.create_connection((LOOPBACK, port), SECONDS)) as connection:
        connection.sendall(command + b"\r\n")
        return connection.recv(REPLY_BYTES)


def _is_ready(port: int) -> bool:
    try:
        return ask(port, b"PING") == b"+PONG\r\n"
    except OSError:
        return False


@pytest.fixture(scope="session")
def redis_port(
    pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[int]:
    """The session's server, in memory only, on a free loopback port."""
    program = need(pytestconfig.stash, REDIS)
    port = free_port()
    options = ["--bind", LOOPBACK, "--port", str(port), "--save", "", "--appendonly", "no"]
    folder = tmp_path_factory.mktemp("redis")
    with running([str(program), *options], _log(), folder=folder) as child:
        child.wait_for(lambda: _is_ready(port), "Redis")
        yield port


def _log() -> Path:
    FOLDER.mkdir(exist_ok=True)
    return FOLDER / "redis.log"


@pytest.fixture
def redis_url(redis_port: int) -> str:
    """URL of an empty Redis."""
    assert ask(redis_port, b"FLUSHALL") == b"+OK\r\n"
    return f"redis://{LOOPBACK}:{redis_port}/0"
