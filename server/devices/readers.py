"""Card readers and scanners, and the kiosk or guidance desk beside which each stands."""

from server.devices.models import Device, DeviceKind
from server.devices.options import IdReaderOptions, ReaderOptions
from server.i18n import N_
from server.problems import NotFound
from server.work import Work


def kiosk_of_scanner(work: Work, device_id: int) -> int:
    """The kiosk for which the acting agent's scanner reads. Raises NotFound, as below."""
    device = _own(work, device_id, DeviceKind.SCANNER)
    return _kiosk(work, ReaderOptions.model_validate(device.options))


def place_of_reader(work: Work, device_id: int) -> int | None:
    """The kiosk for which the acting agent's card reader reads; None for the guidance desk.

    Raises NotFound for a device that is not its own reader, or that has no place yet.
    """
    device = _own(work, device_id, DeviceKind.ID_READER)
    options = IdReaderOptions.model_validate(device.options)
    return None if options.at_desk else _kiosk(work, options)


def _own(work: Work, device_id: int, kind: DeviceKind) -> Device:
    device = work.session.get(Device, device_id)
    own = device is not None and device.agent_id == work.actor.device_id
    if device is None or not own or device.kind is not kind or not device.active:
        raise NotFound(N_("这台设备不归本代理管理"))
    return device


def _kiosk(work: Work, options: ReaderOptions) -> int:
    kiosk = work.session.get(Device, options.kiosk_id) if options.kiosk_id is not None else None
    if kiosk is None or kiosk.kind is not DeviceKind.KIOSK or not kiosk.active:
        raise NotFound(N_("这台读卡器或扫码器还没有设置所属的取号机"))
    return kiosk.id
