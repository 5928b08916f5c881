"""Devices as agents and administrators see them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel
from sqlalchemy import select

from server.devices.models import Device, DeviceKind, HealthState
from server.work import Work


class AgentDevice(BaseModel):
    """A device that an agent is to run."""

    id: int
    kind: DeviceKind
    name: str
    url: str
    options: dict[str, Any]


class DeviceView(BaseModel):
    """A device as an administrator sees it; `health_at` is in the hall's zone."""

    id: int
    kind: DeviceKind
    name: str
    health: HealthState
    health_detail: str
    health_at: datetime | None


def devices_of_agent(work: Work) -> list[AgentDevice]:
    """The devices that the acting agent is to run."""
    rows = work.session.scalars(
        select(Device)
        .where(Device.agent_id == work.actor.device_id, Device.active)
        .order_by(Device.id)
    )
    return [AgentDevice.model_validate(row, from_attributes=True) for row in rows]


@dataclass(frozen=True, slots=True)
class WindowSign:
    """A LED sign and the counter over which it hangs."""

    device_id: int
    counter_id: int


def window_signs_of_agent(work: Work) -> list[WindowSign]:
    """The window signs that the acting agent runs."""
    rows = work.session.execute(
        select(Device.id, Device.counter_id)
        .where(
            Device.agent_id == work.actor.device_id,
            Device.kind == DeviceKind.LED_SIGN,
            Device.counter_id.is_not(None),
            Device.active,
        )
        .order_by(Device.id)
    )
    return [WindowSign(sign, counter) for sign, counter in rows if counter is not None]


def all_devices(work: Work) -> list[DeviceView]:
    """Every device of the hall that is in use."""
    rows = work.session.scalars(
        select(Device)
        .where(Device.hall_id == work.hall_id, Device.active)
        .order_by(Device.kind, Device.id)
    )
    return [_device(row, work.zone) for row in rows]


def _device(row: Device, zone: ZoneInfo) -> DeviceView:
    return DeviceView(
        id=row.id,
        kind=row.kind,
        name=row.name,
        health=row.health,
        health_detail=row.health_detail,
        health_at=row.health_at.astimezone(zone) if row.health_at else None,
    )
