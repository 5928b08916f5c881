"""LED signs and where they hang."""

from dataclasses import dataclass

from sqlalchemy import select

from server.devices.models import Device, DeviceKind
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
