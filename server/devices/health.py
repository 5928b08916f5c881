"""How the devices are doing, as their agent tells."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from server.devices.events import DeviceHealthChanged
from server.devices.models import Device, DeviceKind, HealthState
from server.i18n import N_
from server.problems import NotFound
from server.work import Work


@dataclass(frozen=True, slots=True)
class HealthReport:
    """What an agent knows of one device: `detail` and `identity` are the driver's own words.

    `counts` is what it counted since it started; '' for an identity that is not known (yet).
    """

    device_id: int
    state: HealthState
    detail: str
    identity: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HealthChange:
    """A device that is no longer as it was; `before` are the driver's words then."""

    device_id: int
    kind: DeviceKind
    before: str
    is_well: bool


def report_health(work: Work, reports: list[HealthReport]) -> list[HealthChange]:
    """Take an agent's word on its devices; those that changed are returned.

    Whoever tells is there, with or without a socket. Raises NotFound for a device that is not its
    own.
    """
    agent = work.session.get(Device, work.actor.device_id)
    if agent is not None:
        set_health(work, agent, HealthState.OK, "")
    changes: list[HealthChange] = []
    for report in reports:
        device = work.session.get(Device, report.device_id)
        if device is None or device.agent_id != work.actor.device_id:
            raise NotFound(N_("这台设备不归本代理管理"))
        before = device.health_detail
        if set_health(work, device, report.state, report.detail):
            is_well = report.state is HealthState.OK
            changes.append(HealthChange(device.id, device.kind, before, is_well))
        device.identity = report.identity or device.identity
        if report.counts:
            device.counts = dict(report.counts)
    return changes


def set_health(work: Work, device: Device, state: HealthState, detail: str) -> bool:
    """Note how a device is now; whether that is news."""
    news = (device.health, device.health_detail) != (state, detail)
    if news:
        work.record(DeviceHealthChanged(device_id=device.id, state=state.value))
    if state is HealthState.OK:
        device.last_good_at = work.now
    elif news:
        device.last_error, device.last_error_at = detail, work.now
    device.health, device.health_detail, device.health_at = state, detail, work.now
    return news
