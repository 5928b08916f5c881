"""How the devices are doing, as their agent tells."""

from dataclasses import dataclass

from server.devices.events import DeviceHealthChanged
from server.devices.models import Device, DeviceKind, HealthState
from server.i18n import N_
from server.problems import NotFound
from server.work import Work


@dataclass(frozen=True, slots=True)
class HealthReport:
    """What an agent knows of one device; `detail` is the driver's own words."""

    device_id: int
    state: HealthState
    detail: str


@dataclass(frozen=True, slots=True)
class HealthChange:
    """A device that is no longer as it was; `before` are the driver's words then."""

    device_id: int
    kind: DeviceKind
    before: str
    is_well: bool


def report_health(work: Work, reports: list[HealthReport]) -> list[HealthChange]:
    """Take an agent's word on its devices; those that changed are returned.

    Raises NotFound for a device that is not its own.
    """
    changes: list[HealthChange] = []
    for report in reports:
        device = work.session.get(Device, report.device_id)
        if device is None or device.agent_id != work.actor.device_id:
            raise NotFound(N_("这台设备不归本代理管理"))
        before = (device.health, device.health_detail)
        if before != (report.state, report.detail):
            is_well = report.state is HealthState.OK
            changes.append(HealthChange(device.id, device.kind, device.health_detail, is_well))
            work.record(DeviceHealthChanged(device_id=device.id, state=report.state.value))
        device.health = report.state
        device.health_detail = report.detail
        device.health_at = work.now
    return changes
