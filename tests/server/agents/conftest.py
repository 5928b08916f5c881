"""An agent that speaks to the application, without a network between."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from server.app import create_app
from server.database import Database
from server.devices.models import Device, DeviceKind
from server.devices.pairing import issue_credential
from server.printing.jobs import NewJob, queue_job
from tests.builders.built import BuiltHall
from tests.builders.clock import HandClock
from tests.builders.hall import a_hall
from tests.services.live import settings_for

AGENT = "本机代理"
BUS = "叫号器"
PRINTER = "取号打印机"


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    """One kind of database will do: the use cases are tested on both."""
    with closing(Database(sqlite_url)) as database:
        yield database


@pytest.fixture
def hall(database: Database, clock: HandClock) -> BuiltHall:
    """Two clerks' counters, the first with a panel and a pad on the agent's bus."""
    hall = (
        a_hall()
        .with_queue("A")
        .with_clerks(2)
        .with_device(DeviceKind.AGENT, AGENT)
        .with_device(DeviceKind.PANEL_BUS, BUS)
        .with_device(DeviceKind.PRINTER, PRINTER)
        .build(database, clock)
    )
    with database.write() as session:
        bus = session.get_one(Device, hall.devices[BUS])
        bus.options = {"panels": {"1": hall.counters[1]}, "pads": {"101": hall.counters[1]}}
    return hall


@dataclass(frozen=True, slots=True)
class Answer:
    """What the hall answered."""

    status: int
    body: Any


@dataclass(frozen=True, slots=True)
class ApiAgent:
    """Sends requests with the agent's credential."""

    client: FlaskClient
    token: str
    hall: BuiltHall

    def get(self, path: str) -> Any:
        """A document of the agents' API."""
        return self.client.get(f"/api/agent{path}", headers=self._headers()).json

    def post(self, path: str, body: object, key: str | None = None) -> Answer:
        """Send a command, under a fresh key unless one is given."""
        headers = self._headers() | {"Idempotency-Key": key or uuid4().hex}
        answer = self.client.post(f"/api/agent{path}", json=body, headers=headers)
        return Answer(answer.status_code, answer.json if answer.data else None)

    def download(self, path: str) -> bytes:
        """A file of the agents' API."""
        file: bytes = self.client.get(f"/api/agent{path}", headers=self._headers()).data
        return file

    def queue_paper(self, title: str) -> int:
        """Somebody queues a paper on the printer; its job."""
        with self.hall.work(AGENT) as work:
            new = NewJob(title, "<receipt><cut/></receipt>")
            return queue_job(work, self.hall.devices[PRINTER], new).id

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}


@pytest.fixture
def agent(hall: BuiltHall, tmp_path: Path, clock: HandClock) -> Iterator[ApiAgent]:
    """The hall's agent."""
    with hall.database.write() as session:
        token = issue_credential(session.get_one(Device, hall.devices[AGENT]))
    hallkeeper = create_app(settings_for(hall, tmp_path), clock=clock)
    with closing(hallkeeper.database):
        yield ApiAgent(hallkeeper.app.test_client(), token, hall)
