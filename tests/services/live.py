"""The web application over real HTTP inside the test's process, for what speaks to a hall."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from werkzeug.serving import make_server

from server.app import Hallkeeper, create_app
from server.cli.export_reading import read_log
from server.clock import Clock
from server.devices.models import Device
from server.devices.pairing import issue_credential
from server.settings import Settings
from tests.builders.built import BuiltHall
from tests.services.ports import LOOPBACK


@dataclass(frozen=True, slots=True)
class LiveHall:
    """A hall that answers at `address`."""

    hall: BuiltHall
    address: str
    hallkeeper: Hallkeeper

    def token(self, device: str) -> str:
        """A fresh credential of one of the hall's devices."""
        with self.hall.database.write() as session:
            return issue_credential(session.get_one(Device, self.hall.devices[device]))


def settings_for(hall: BuiltHall, data_dir: Path) -> Settings:
    """Settings under which an application serves this hall."""
    url = hall.database.engine.url.render_as_string(hide_password=False)
    return Settings(data_dir=data_dir, database_url=url, natural_voice=False)


@contextmanager
def live(hall: BuiltHall, data_dir: Path, clock: Clock) -> Iterator[LiveHall]:
    """Serve the hall for the length of a block, one thread per request."""
    hallkeeper = create_app(settings_for(hall, data_dir), clock=clock, read_log=read_log)
    with closing(hallkeeper.database):
        server = make_server(LOOPBACK, 0, hallkeeper.app, threaded=True)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield LiveHall(hall, f"http://{LOOPBACK}:{server.server_port}", hallkeeper)
        finally:
            server.shutdown()
            thread.join()
            server.server_close()
