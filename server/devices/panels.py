"""At which counters an agent's call panels and rating pads stand."""

from sqlalchemy import select

from server.devices.models import Device, DeviceKind
from server.devices.options import PanelBusOptions
from server.work import Work


def counters_with_panels(work: Work) -> set[int]:
    """The counters at which the acting agent has a call panel or a rating pad."""
    buses = work.session.scalars(
        select(Device.options).where(
            Device.agent_id == work.actor.device_id,
            Device.kind == DeviceKind.PANEL_BUS,
            Device.active,
        )
    )
    options = [PanelBusOptions.model_validate(bus) for bus in buses]
    return {
        counter_id for bus in options for counter_id in (*bus.panels.values(), *bus.pads.values())
    }
