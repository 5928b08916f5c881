"""A hall installed in a data folder, ready for `hall serve`: rows and credentials."""

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.catalogue.models import Counter, Hall, Service
from server.cli.opening import prepare_workplace
from server.database import Database
from server.demo.sample_hall import load_sample_hall
from server.devices.models import Device
from server.devices.pairing import issue_credential
from server.people.models import Account
from server.security.accounts import open_session
from server.settings import Settings

KIOSK = "取号机"
SCREEN = "大厅屏"
PRINTER = "取号打印机"
SIGN = "1 号窗口屏"
TERMINAL = "指纹考勤机"
CLERK = "clerk1"
NOON = 12


@dataclass(frozen=True, slots=True)
class Installation:
    """What a test must know of the hall: row numbers, credentials, and where its files are.

    `services` holds the first service of each queue by the queue's prefix.
    """

    data_dir: Path
    services: Mapping[str, int]
    counters: Mapping[int, int]
    devices: Mapping[str, int]
    kiosk_token: str
    screen_token: str
    clerk_token: str

    @property
    def database_path(self) -> Path:
        """The SQLite file."""
        return self.data_dir / "hall.db"

    def open_database(self) -> "closing[Database]":
        """The hall's database, for a look from outside while the server runs or is dead."""
        return closing(Database(f"sqlite:///{self.database_path}"))

    def set_up_device(self, name: str, url: str, options: Mapping[str, Any] | None = None) -> None:
        """Write down where a device is found, and with which settings."""
        with self.open_database() as database, database.write() as session:
            device = session.get_one(Device, self.devices[name])
            device.url = url
            if options is not None:
                device.options = dict(options)


def noon_zone() -> str:
    """A zone in which it is about noon, so that no test runs over midnight."""
    ahead = NOON - datetime.now(UTC).hour
    return f"Etc/GMT{-ahead:+d}"  # POSIX counts the other way round


def install_hall(data_dir: Path) -> Installation:
    """Make the sample hall in an empty folder, without addresses for its devices.

    A finished folder may be copied: `dataclasses.replace(installation, data_dir=copy)`.
    """
    workplace = prepare_workplace(Settings(data_dir=data_dir))
    hall_id = load_sample_hall(workplace).hall_id
    with closing(workplace.database) as database, database.write() as session:
        session.get_one(Hall, hall_id).time_zone = noon_zone()
        return _describe(session, data_dir)


def _describe(session: Session, data_dir: Path) -> Installation:
    devices = {device.name: device for device in session.scalars(select(Device))}
    counters = session.scalars(select(Counter))
    services = session.scalars(select(Service).order_by(Service.id.desc()))
    clerk = session.scalars(select(Account).where(Account.username == CLERK)).one()
    now = datetime.now(UTC)
    return Installation(
        data_dir=data_dir,
        services={service.queue.prefix: service.id for service in services},
        counters={counter.number: counter.id for counter in counters},
        devices={name: device.id for name, device in devices.items()},
        kiosk_token=issue_credential(devices[KIOSK]),
        screen_token=issue_credential(devices[SCREEN]),
        clerk_token=open_session(session, clerk, now=now, valid=timedelta(hours=1)),
    )


def zone_of(installation: Installation) -> ZoneInfo:
    """The hall's zone."""
    with installation.open_database() as database, database.read() as session:
        return session.scalars(select(Hall)).one().zone
