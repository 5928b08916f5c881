"""Speakers: sound cards of agents that speak the hall's calls."""

from server.devices.models import Device, DeviceKind
from server.devices.options import SpeakerOptions
from server.i18n import N_
from server.problems import NotFound
from server.work import Work


def speaker_options(work: Work, device_id: int) -> SpeakerOptions:
    """How the acting agent's speaker speaks. Raises NotFound when it is not its own."""
    device = work.session.get(Device, device_id)
    own = device is not None and device.agent_id == work.actor.device_id
    if device is None or not own or device.kind is not DeviceKind.SPEAKER or not device.active:
        raise NotFound(N_("这台设备不归本代理管理"))
    return SpeakerOptions.model_validate(device.options)
