"""Typed settings of one server process: defaults in config/hall.toml, overridden by environment."""

from datetime import time
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

PROJECT_ROOT = Path(__file__).resolve().parent.parent
# In the data folder; made by the web process at its first start.
SECRET_KEY_FILE = "secret.key"  # noqa: S105 - a file's name
# Hosts that mean every address of the machine, and the one of them that it reaches itself by.
LOOPBACK_OF = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - compared, not bound


class Span(BaseModel):
    """A span of a day, local time."""

    model_config = ConfigDict(frozen=True)

    opens: time
    closes: time


class FirstHall(BaseModel):
    """What a hall begins with when it is set up, before its administrator changes it."""

    model_config = ConfigDict(frozen=True)

    time_zone: str
    weekdays: list[Annotated[int, Field(ge=1, le=7)]]
    """ISO weekdays on which it opens, Monday = 1."""
    hours: list[Span]


class Settings(BaseSettings):
    """What a server process must know before it opens its database.

    Everything about the hall itself (names, hours, counters, devices) is data in the database.
    """

    model_config = SettingsConfigDict(
        env_prefix="HALLKEEPER_",
        toml_file=PROJECT_ROOT / "config" / "hall.toml",
        frozen=True,
        extra="forbid",
    )

    data_dir: Path = Path("var")
    database_url: str | None = None
    host: str = "127.0.0.1"
    port: int = Field(default=8080, ge=1, le=65535)
    public_url: str | None = None
    trusted_proxies: int = Field(default=0, ge=0)
    allowed_origins: list[str] = []
    session_hours: int = Field(default=12, ge=1)
    pairing_minutes: int = Field(default=10, ge=1)
    print_lease_seconds: int = Field(default=30, ge=1)
    natural_voice: bool = True
    announcement_fresh_seconds: int = Field(default=30, ge=1)
    punch_future_minutes: int = Field(default=10, ge=0)
    first_hall: FirstHall
    simulators_url: str | None = None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Explicit arguments win over environment variables, which win over the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)

    @property
    def sqlite_path(self) -> Path | None:
        """Where the embedded database lies; None when another database is configured."""
        return self.data_dir / "hall.db" if self.database_url is None else None

    @property
    def effective_database_url(self) -> str:
        """The SQLAlchemy URL in force."""
        return self.database_url or f"sqlite:///{(self.data_dir / 'hall.db').resolve()}"

    @property
    def local_url(self) -> str:
        """Address at which this machine's own processes reach the server, without a slash."""
        host = LOOPBACK_OF.get(self.host, self.host)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"

    @property
    def base_url(self) -> str:
        """Address that others are told, without a trailing slash; see `address_is_known`."""
        return self.public_url.rstrip("/") if self.public_url else self.local_url

    @property
    def address_is_known(self) -> bool:
        """Whether `base_url` is how others reach this server.

        A server that listens on every address, and is not told which of them is its own, believes
        what a visitor's browser asked for.
        """
        return self.public_url is not None or self.host not in LOOPBACK_OF

    @property
    def origins(self) -> list[str]:
        """Origins whose pages may open a socket here."""
        public = urlsplit(self.base_url)
        own = [f"http://{name}:{self.port}" for name in ("127.0.0.1", "localhost")]
        return list(
            dict.fromkeys([f"{public.scheme}://{public.netloc}", *own, *self.allowed_origins])
        )

    @property
    def demo(self) -> bool:
        """Whether this server shows simulated devices (never in a real hall)."""
        return self.simulators_url is not None
