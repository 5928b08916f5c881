"""Letting a device in: it shows a code, an administrator types the code, it gets its credential."""

import secrets
from datetime import timedelta

from sqlalchemy import select

from server.devices.models import PAIRED_KINDS, Device, DeviceKind, Pairing
from server.i18n import N_
from server.problems import Conflict, Invalid, NotFound
from server.security.tokens import new_token, token_hash
from server.work import Work

CODE_DIGITS = 6


class CodeUnknown(NotFound):
    """No device shows this code now."""

    code = "pairing-code-unknown"
    title = N_("配对码无效")


class NameTaken(Conflict):
    """There is a device of this name."""

    code = "name-taken"
    title = N_("已有同名设备")


def request_pairing(work: Work, kind: DeviceKind, valid: timedelta) -> tuple[Pairing, str]:
    """A device asks to be let in: the pairing with the code to show, and the device's secret.

    Raises Invalid for a kind of device that is not paired itself.
    """
    if kind not in PAIRED_KINDS:
        raise Invalid(N_("这类设备由设备代理管理，不需要配对"))
    secret = new_token()
    pairing = Pairing(
        kind=kind,
        code=_free_code(work),
        secret_hash=token_hash(secret),
        expires_at=work.now + valid,
    )
    work.session.add(pairing)
    work.session.flush()
    return pairing, secret


def accept_pairing(work: Work, code: str, device_name: str, *, replace: bool = False) -> Device:
    """An administrator lets the device in that shows `code`, as a new device of that name.

    With `replace` it takes the place of a device of that name and kind: a kiosk's computer is new,
    the kiosk is the same. Raises CodeUnknown, NameTaken.
    """
    pairing = _open_pairing(work, code)
    if pairing is None:
        raise CodeUnknown(N_("没有设备显示这个配对码，请核对后重新输入"))
    device = _device_named(work, device_name)
    action = "device.pair" if device is None else "device.replace"
    if device is None:
        device = Device(hall_id=work.hall_id, kind=pairing.kind, name=device_name)
        work.session.add(device)
        work.session.flush()
    elif device.kind is not pairing.kind:
        raise NameTaken(N_("已有同名设备，请换一个名称"))
    elif not replace:
        raise NameTaken(N_("已有同名设备，请换一个名称；如果是更换设备，请勾选“替换同名设备”"))
    pairing.device_id = device.id
    work.audit(action, f"device:{device.id}", name=device_name, kind=pairing.kind.value)
    return device


def collect_credential(work: Work, secret: str) -> tuple[Device, str] | None:
    """The device fetches its credential, once; None while no administrator has accepted it.

    Raises CodeUnknown when the pairing has run out or was collected before.
    """
    pairing = work.session.scalar(
        select(Pairing).where(Pairing.secret_hash == token_hash(secret)).with_for_update()
    )
    if pairing is None or pairing.claimed_at is not None or pairing.expires_at <= work.now:
        raise CodeUnknown(N_("配对码已过期，请刷新页面取得新的配对码"))
    if pairing.device_id is None:
        return None
    device = work.session.get_one(Device, pairing.device_id)
    pairing.claimed_at = work.now
    return device, issue_credential(device)


def issue_credential(device: Device) -> str:
    """Give a device a new credential; the one it had is void from now on."""
    token = new_token()
    device.token_hash = token_hash(token)
    return token


def _free_code(work: Work) -> str:
    while True:
        code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}d}"
        if _open_pairing(work, code) is None:
            return code


def _open_pairing(work: Work, code: str) -> Pairing | None:
    return work.session.scalar(
        select(Pairing).where(
            Pairing.code == code,
            Pairing.device_id.is_(None),
            Pairing.expires_at > work.now,
        )
    )


def _device_named(work: Work, name: str) -> Device | None:
    query = select(Device).where(Device.hall_id == work.hall_id, Device.name == name)
    return work.session.scalar(query)
