"""Paired devices come and go with their socket; what an agent runs is out of sight without it."""

from sqlalchemy import select

from server.devices.health import set_health
from server.devices.models import PAIRED_KINDS, Device, HealthState
from server.work import Work

AWAY = "no connection"


def came(work: Work, device_id: int) -> None:
    """A paired device is connected."""
    device = work.session.get(Device, device_id)
    if device is not None and device.active:
        set_health(work, device, HealthState.OK, "")


def went(work: Work, device_id: int) -> None:
    """A paired device has been without a connection for a while."""
    device = work.session.get(Device, device_id)
    if device is not None and device.active:
        set_health(work, device, HealthState.LOST, AWAY)


def all_went_but(work: Work, present: set[int]) -> None:
    """After a start of the server: those that have not come back are away."""
    away = work.session.scalars(
        select(Device).where(
            Device.hall_id == work.hall_id,
            Device.kind.in_(PAIRED_KINDS),
            Device.active,
            Device.health == HealthState.OK,
            Device.id.not_in(present),
        )
    )
    for device in away:
        set_health(work, device, HealthState.LOST, AWAY)


def agents_away(work: Work) -> set[int]:
    """The agents without a connection; what they last said of their devices is out of date."""
    return set(
        work.session.scalars(
            select(Device.id).where(
                Device.hall_id == work.hall_id,
                Device.kind.in_(PAIRED_KINDS),
                Device.health == HealthState.LOST,
            )
        )
    )
