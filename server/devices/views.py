"""Devices as agents and administrators see them."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel
from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from server.catalogue.models import Counter
from server.devices.models import Device, DeviceKind, HealthState
from server.devices.options import driver_options
from server.devices.presence import agents_away
from server.work import Work

AGENT_AWAY = "agent away"


class AgentDevice(BaseModel):
    """A device that an agent is to run."""

    id: int
    kind: DeviceKind
    name: str
    url: str
    options: dict[str, Any]
    simulated: bool


class DeviceView(BaseModel):
    """A device as an administrator sees it; times are in the hall's zone.

    `health` is lost for everything whose agent is away, whatever was last known of it.
    """

    id: int
    kind: DeviceKind
    name: str
    agent: str
    agent_id: int | None
    counter: str
    counter_id: int | None
    url: str
    identity: str
    simulated: bool
    health: HealthState
    health_detail: str
    health_at: datetime | None
    last_good_at: datetime | None
    last_error: str
    last_error_at: datetime | None
    counts: dict[str, int]


def devices_of_agent(work: Work) -> list[AgentDevice]:
    """The devices that the acting agent is to run."""
    rows = work.session.scalars(
        select(Device)
        .where(Device.agent_id == work.actor.device_id, Device.active)
        .order_by(Device.id)
    )
    return [
        AgentDevice(
            id=row.id,
            kind=row.kind,
            name=row.name,
            url=row.url,
            options=driver_options(row.kind, row.options),
            simulated=row.simulated,
        )
        for row in rows
    ]


def all_devices(work: Work) -> list[DeviceView]:
    """Every device of the hall that is in use, each agent before its devices."""
    agent = aliased(Device)
    rows = work.session.execute(
        select(Device, agent.name, Counter.name)
        .outerjoin(agent, agent.id == Device.agent_id)
        .outerjoin(Counter, Counter.id == Device.counter_id)
        .where(Device.hall_id == work.hall_id, Device.active)
        .order_by(func.coalesce(Device.agent_id, Device.id), Device.agent_id.is_not(None))
        .order_by(Device.kind, Device.id)
    )
    away = agents_away(work)
    return [
        _device(row, agent_name or "", counter or "", work.zone, away=row.agent_id in away)
        for row, agent_name, counter in rows
    ]


def _device(row: Device, agent: str, counter: str, zone: ZoneInfo, *, away: bool) -> DeviceView:
    def local(at: datetime | None) -> datetime | None:
        return at.astimezone(zone) if at else None

    return DeviceView(
        id=row.id,
        kind=row.kind,
        name=row.name,
        agent=agent,
        agent_id=row.agent_id,
        counter=counter,
        counter_id=row.counter_id,
        url=row.url,
        identity=row.identity,
        simulated=row.simulated,
        health=HealthState.LOST if away else row.health,
        health_detail=AGENT_AWAY if away else row.health_detail,
        health_at=local(row.health_at),
        last_good_at=local(row.last_good_at),
        last_error=row.last_error,
        last_error_at=local(row.last_error_at),
        counts=row.counts,
    )
