"""Devices, pairing requests, device health, and devices that were found."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.database import Base, Identified


class DeviceKind(StrEnum):
    """What a device is. The first three are paired themselves; an agent runs the others."""

    AGENT = "agent"
    KIOSK = "kiosk"
    DISPLAY = "display"
    PRINTER = "printer"
    LED_SIGN = "led_sign"
    TERMINAL = "terminal"
    PANEL_BUS = "panel_bus"  # a line with many call panels and rating pads
    ID_READER = "id_reader"
    SCANNER = "scanner"
    SPEAKER = "speaker"
    PUSH_RECEIVER = "push_receiver"  # the port to which terminals push (ADMS)


PAIRED_KINDS = frozenset({DeviceKind.AGENT, DeviceKind.KIOSK, DeviceKind.DISPLAY})


class HealthState(StrEnum):
    """What the agent last knew of a device."""

    UNKNOWN = "unknown"
    OK = "ok"
    ATTENTION = "attention"  # it answers, and a person must do something (paper)
    LOST = "lost"


class Device(Identified, Base):
    """A device (设备). Paired ones have a `token_hash`, those that an agent runs an `agent_id`.

    `url` says where the agent finds it; `options` are its driver's settings. `identity` is what it
    says of itself; `counts` are what its agent counted since it started.
    """

    __tablename__ = "devices"
    __table_args__ = (UniqueConstraint("hall_id", "name"), UniqueConstraint("token_hash"))

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    kind: Mapped[DeviceKind]
    name: Mapped[str]
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("devices.id"), index=True)
    counter_id: Mapped[int | None] = mapped_column(ForeignKey("counters.id"))
    printer_id: Mapped[int | None] = mapped_column(ForeignKey("devices.id"))
    url: Mapped[str] = mapped_column(default="")
    options: Mapped[dict[str, Any]] = mapped_column(default=dict)
    token_hash: Mapped[str | None]
    active: Mapped[bool] = mapped_column(default=True)
    simulated: Mapped[bool] = mapped_column(default=False)
    health: Mapped[HealthState] = mapped_column(default=HealthState.UNKNOWN)
    health_detail: Mapped[str] = mapped_column(default="")
    health_at: Mapped[datetime | None]
    identity: Mapped[str] = mapped_column(default="")
    last_good_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(default="")
    last_error_at: Mapped[datetime | None]
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Pairing(Identified, Base):
    """A device's request to be let in: it shows `code`, an administrator types it."""

    __tablename__ = "pairings"
    __table_args__ = (UniqueConstraint("secret_hash"),)

    kind: Mapped[DeviceKind]
    code: Mapped[str] = mapped_column(index=True)
    secret_hash: Mapped[str]
    expires_at: Mapped[datetime]
    device_id: Mapped[int | None] = mapped_column(ForeignKey("devices.id"))
    claimed_at: Mapped[datetime | None]


class DeviceSearch(Identified, Base):
    """An administrator asked an agent to look for devices at these addresses of its network."""

    __tablename__ = "device_searches"
    __table_args__ = (UniqueConstraint("agent_id"),)

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    agent_id: Mapped[int] = mapped_column(ForeignKey("devices.id"))
    addresses: Mapped[str]
    asked_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class FoundDevice(Identified, Base):
    """A port or an address at which an agent found something; `kind` is a guess, '' for none."""

    __tablename__ = "found_devices"
    __table_args__ = (UniqueConstraint("agent_id", "url"),)

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"))
    agent_id: Mapped[int] = mapped_column(ForeignKey("devices.id"))
    url: Mapped[str]
    kind: Mapped[str]
    description: Mapped[str]
    on_network: Mapped[bool]
    found_at: Mapped[datetime]
