"""Adding, changing and removing devices."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select

from server.catalogue.models import Counter
from server.devices.events import DevicesChanged
from server.devices.models import PAIRED_KINDS, Device, DeviceKind
from server.devices.options import OPTIONS
from server.filling import WrongFields, faults_of
from server.i18n import N_
from server.problems import Conflict, Invalid, NotFound
from server.work import Work

LOCAL_AGENT = "本机代理"
"""The name of the agent that runs on the server's own PC."""


@dataclass(frozen=True, slots=True)
class DeviceForm:
    """What an administrator says of a device that an agent runs."""

    name: str
    url: str
    options: Mapping[str, Any]
    counter_id: int | None = None


def add_device(work: Work, agent_id: int, kind: DeviceKind, form: DeviceForm) -> Device:
    """Give an agent a device to run.

    Raises NotFound (agent), Invalid (a kind that is paired, no name or address), WrongFields,
    Conflict (name taken).
    """
    agent = find_device(work, agent_id)
    if agent.kind is not DeviceKind.AGENT:
        raise NotFound(N_("没有这个设备代理"))
    if kind in PAIRED_KINDS:
        raise Invalid(N_("这类设备用配对码加入"))
    device = Device(hall_id=work.hall_id, kind=kind, agent_id=agent_id)
    _fill(work, device, form)
    work.session.add(device)
    work.session.flush()
    work.audit("device.add", f"device:{device.id}", name=device.name, kind=kind.value)
    work.record(DevicesChanged(device_id=device.id))
    return device


def change_device(work: Work, device_id: int, form: DeviceForm) -> Device:
    """Change a device that an agent runs. Raises as `add_device` does."""
    device = find_device(work, device_id)
    if device.kind in PAIRED_KINDS:
        raise Invalid(N_("这类设备用配对码加入"))
    _fill(work, device, form)
    work.audit("device.change", f"device:{device.id}", name=device.name, url=device.url)
    work.record(DevicesChanged(device_id=device.id))
    return device


def change_kiosk(work: Work, device_id: int, name: str, printer_id: int | None) -> Device:
    """Rename a paired device and choose a kiosk's printer. Raises NotFound, Invalid, Conflict."""
    device = find_device(work, device_id)
    device.name = _free_name(work, device, name)
    if device.kind is DeviceKind.KIOSK:
        if printer_id is not None and find_device(work, printer_id).kind is not DeviceKind.PRINTER:
            raise NotFound(N_("没有这台打印机"))
        device.printer_id = printer_id
    work.audit("device.change", f"device:{device.id}", name=device.name)
    work.record(DevicesChanged(device_id=device.id))
    return device


def remove_device(work: Work, device_id: int) -> None:
    """Take a device out of use; what it did before stays on record, its name becomes free.

    Raises NotFound, Conflict for an agent that still has devices.
    """
    device = find_device(work, device_id)
    still = select(Device.id).where(Device.agent_id == device.id, Device.active).limit(1)
    if work.session.scalar(still) is not None:
        raise Conflict(N_("这个设备代理还管理着设备，请先移除它们"))
    work.audit("device.remove", f"device:{device.id}", name=device.name)
    device.active = False
    device.token_hash = None
    device.name = f"{device.name} #{device.id}"
    work.record(DevicesChanged(device_id=device.id))


def find_device(work: Work, device_id: int) -> Device:
    """A device of this hall that is in use. Raises NotFound."""
    device = work.session.get(Device, device_id)
    if device is None or device.hall_id != work.hall_id or not device.active:
        raise NotFound(N_("没有这台设备"))
    return device


def _fill(work: Work, device: Device, form: DeviceForm) -> None:
    options = checked_options(device.kind, form.options)
    name = _free_name(work, device, form.name)
    if not form.url.strip():
        raise Invalid(N_("请填写设备的连接地址"))
    if form.counter_id is not None:
        counter = work.session.get(Counter, form.counter_id)
        if counter is None or counter.hall_id != work.hall_id:
            raise NotFound(N_("没有这个窗口，请返回窗口列表重新选择"))
    device.name = name
    device.url = form.url.strip()
    device.options = options
    device.counter_id = form.counter_id


def checked_options(kind: DeviceKind, options: Mapping[str, Any]) -> dict[str, Any]:
    """Options as they are stored: only those that differ from the usual. Raises WrongFields."""
    try:
        return OPTIONS[kind].model_validate(options).model_dump(mode="json", exclude_defaults=True)
    except ValidationError as error:
        raise WrongFields(faults_of(error)) from error


def _free_name(work: Work, device: Device, name: str) -> str:
    name = name.strip()
    if not name:
        raise Invalid(N_("请给设备起一个名称"))
    with work.session.no_autoflush:
        taken = work.session.scalar(
            select(Device.id).where(Device.hall_id == work.hall_id, Device.name == name)
        )
    if taken not in {None, device.id}:
        raise Conflict(N_("已有同名设备，请换一个名称"))
    return name
