"""An agent's devices with what the hall adds to their settings."""

from server.devices.models import DeviceKind
from server.devices.views import AgentDevice, devices_of_agent
from server.printing.logos import logo_digest
from server.work import Work


def devices_to_run(work: Work) -> list[AgentDevice]:
    """The acting agent's devices; a printer knows its logo by digest, so that a new one tells."""
    digest = logo_digest(work)
    devices = devices_of_agent(work)
    for device in devices:
        if device.kind is DeviceKind.PRINTER and digest:
            device.options["logo"] = digest
    return devices
