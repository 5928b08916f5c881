"""Typed settings of one server process: defaults in config/hall.toml, overridden by environment."""

from datetime import time
from pathlib import Path
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


class Span(BaseModel):
    """A span of a day, local time."""

    model_config = ConfigDict(frozen=True)

    opens: time
    closes: time


class FirstHall(BaseModel):
    """What a hall begins with when it is set up, before its administrator changes it."""

    model_config = ConfigDict(frozen=True)

    time_zone: str
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
    port: int = Field(default=8080, ge=0, le=65535)
    public_url: str | None = None
    allowed_origins: list[str] = []
    session_hours: int = Field(default=12, ge=1)
    pairing_minutes: int = Field(default=10, ge=1)
    print_lease_seconds: int = Field(default=30, ge=1)
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
    def base_url(self) -> str:
        """Address that is printed into QR codes, without a trailing slash."""
        if self.public_url:
            return self.public_url.rstrip("/")
        host = "127.0.0.1" if self.host in {"0.0.0.0", "::"} else self.host  # noqa: S104 - compared, not bound
        return f"http://{host}:{self.port}"

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
