"""`hall doctor --hardware`: every device of this computer does its work once, before one's eyes."""

from collections.abc import Iterator

import click
from sqlalchemy import select

from drivers.trials import Device as TriedDevice
from drivers.trials import try_out
from server.catalogue.models import Hall
from server.cli.findings import Finding
from server.cli.opening import open_workplace, sole_server
from server.devices.models import Device, DeviceKind
from server.devices.options import driver_options
from server.devices.registry import LOCAL_AGENT
from server.i18n import SOURCE_LANGUAGE
from server.printing.receipts import trial_receipt
from server.settings import Settings
from server.voice.espeak import VoiceUnavailable
from server.voice.opening import speech_for
from server.voice.phrases import call_sentence
from server.voice.settings import voice_form
from server.work import SYSTEM, Work

TRIAL_LABEL = "A001"
TRIAL_SECONDS = 30.0
DO_BY_HAND = {
    DeviceKind.PANEL_BUS: "请按任一叫号器的键 press a key of a panel",
    DeviceKind.ID_READER: "请放身份证 lay a card on the reader",
    DeviceKind.SCANNER: "请扫任意二维码 scan a code",
}


def examine_hardware(
    settings: Settings, *, wait_seconds: float, simulators: bool
) -> Iterator[Finding]:
    """Try out each device that the local agent runs. The hall's server must not be running."""
    with sole_server(settings.data_dir):
        workplace = open_workplace(settings)
        with workplace.database.read() as session:
            hall_id = session.scalar(select(Hall.id).order_by(Hall.id).limit(1))
        if hall_id is None:
            return
        with workplace.read(hall_id, SYSTEM) as work:
            for device in _own_devices(work):
                yield _try_out(work, device, settings, wait_seconds, simulators=simulators)


def _own_devices(work: Work) -> list[Device]:
    agent = select(Device.id).where(
        Device.hall_id == work.hall_id,
        Device.kind == DeviceKind.AGENT,
        Device.name == LOCAL_AGENT,
    )
    rows = select(Device).where(Device.agent_id.in_(agent), Device.active, Device.url != "")
    return list(work.session.scalars(rows.order_by(Device.id)))


def _try_out(
    work: Work, device: Device, settings: Settings, wait_seconds: float, *, simulators: bool
) -> Finding:
    if device.simulated and not simulators:
        advice = "--allow-simulators"
        return Finding(device.name, False, "模拟设备，未测试 simulated, not tried", advice)
    if device.kind in DO_BY_HAND:
        click.echo(f"{device.name}: {DO_BY_HAND[device.kind]} ({wait_seconds:g} s)")
    trial = try_out(
        TriedDevice(
            kind=device.kind.value,
            url=device.url,
            options=driver_options(device.kind, device.options),
            zone=work.zone,
            receipt=trial_receipt(work, device.name),
            voice=_voice(work, settings),
            wait_seconds=wait_seconds,
        )
    )
    return Finding(device.name, trial.well, trial.found, device.url)


def _voice(work: Work, settings: Settings) -> bytes | None:
    sentence, speech = call_sentence(TRIAL_LABEL, 1, SOURCE_LANGUAGE), speech_for(settings)
    manner = voice_form(work).manner(SOURCE_LANGUAGE)
    try:
        return speech.say(sentence, SOURCE_LANGUAGE, manner, TRIAL_SECONDS)
    except VoiceUnavailable:
        return None
