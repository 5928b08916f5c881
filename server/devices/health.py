"""How the devices are doing, as their agent tells."""

from dataclasses import dataclass

from server.devices.events import DeviceHealthChanged
from server.devices.models import Device, HealthState
from server.i18n import N_
from server.problems import NotFound
from server.work import Work


@dataclass(frozen=True, slots=True)
class HealthReport:
    """What an agent knows of one device; `detail` is the driver's own words."""

    device_id: int
    state: HealthState
    detail: str


def report_health(work: Work, reports: list[HealthReport]) -> None:
    """Take an agent's word on its devices. Raises NotFound for a device that is not its own."""
    for report in reports:
        device = work.session.get(Device, report.device_id)
        if device is None or device.agent_id != work.actor.device_id:
            raise NotFound(N_("这台设备不归本代理管理"))
        changed = (device.health, device.health_detail) != (report.state, report.detail)
        device.health = report.state
        device.health_detail = report.detail
        device.health_at = work.now
        if changed:
            work.record(DeviceHealthChanged(device_id=device.id, state=report.state.value))
