"""Card readers and scanners, and the kiosk beside which each stands."""

from server.devices.models import Device, DeviceKind
from server.devices.options import ReaderOptions
from server.i18n import N_
from server.problems import NotFound
from server.work import Work


def kiosk_of_reader(work: Work, device_id: int, kind: DeviceKind) -> int:
    """The kiosk for which the acting agent's reader reads.

    Raises NotFound for a device that is not its own reader of this kind, or serves no kiosk.
    """
    device = work.session.get(Device, device_id)
    own = device is not None and device.agent_id == work.actor.device_id
    if device is None or not own or device.kind is not kind or not device.active:
        raise NotFound(N_("这台设备不归本代理管理"))
    kiosk_id = ReaderOptions.model_validate(device.options).kiosk_id
    kiosk = work.session.get(Device, kiosk_id) if kiosk_id is not None else None
    if kiosk is None or kiosk.kind is not DeviceKind.KIOSK or not kiosk.active:
        raise NotFound(N_("这台读卡器或扫码器还没有设置所属的取号机"))
    return kiosk.id
