"""LED signs and where they hang."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from server.devices.models import Device, DeviceKind
from server.devices.options import driver_options
from server.work import Work


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign over a counter, or without one a hall board with its notice."""

    device_id: int
    counter_id: int | None
    notice: str


def signs_of_agent(work: Work) -> list[Sign]:
    """The signs that the acting agent runs."""
    rows = work.session.scalars(
        select(Device)
        .where(
            Device.agent_id == work.actor.device_id,
            Device.kind == DeviceKind.LED_SIGN,
            Device.active,
        )
        .order_by(Device.id)
    )
    return [Sign(row.id, row.counter_id, str(row.options.get("notice", ""))) for row in rows]


@dataclass(frozen=True, slots=True)
class HangingSign:
    """A sign of the hall, with the options that its driver is told."""

    device_id: int
    name: str
    counter_id: int | None
    options: Mapping[str, Any]


def signs_of_hall(work: Work) -> list[HangingSign]:
    """Every sign of the hall that is in use."""
    rows = work.session.scalars(
        select(Device)
        .where(Device.hall_id == work.hall_id, Device.kind == DeviceKind.LED_SIGN, Device.active)
        .order_by(Device.id)
    )
    return [
        HangingSign(row.id, row.name, row.counter_id, driver_options(row.kind, row.options))
        for row in rows
    ]
