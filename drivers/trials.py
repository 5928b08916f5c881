"""Tries a device out while a person stands beside it: it prints, lights, beeps, speaks or reads."""

import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from drivers.audio.chime import chime_wav
from drivers.audio.player import PlayerError, player_at
from drivers.escpos.composing import compose
from drivers.escpos.device import Printer
from drivers.escpos.markup import parse_receipt
from drivers.escpos.outcome import OutcomeState
from drivers.escpos.settings import PrinterSettings
from drivers.idcard.device import CardRead, IdReader, Reading
from drivers.led.content import Rest
from drivers.led.device import Outcome
from drivers.led.signs import sign_at
from drivers.panel.device import PanelBus, PanelEvent, Timing
from drivers.scanner.device import Scanner
from drivers.transport import TransportError, baud_of
from drivers.workers.devices import sign_settings, terminal_from
from drivers.workers.panels import PanelPlaces
from drivers.workers.punches import terminal_identity

T = TypeVar("T")

SIGN_WORDS = ("测试 TEST",)
PANEL_NUMBER = 888
LOOK_SECONDS = 0.3


@dataclass(frozen=True, slots=True)
class Device:
    """A device to be tried, and what for: a receipt to print, words to speak, seconds to wait."""

    kind: str
    url: str
    options: Mapping[str, Any]
    zone: ZoneInfo
    receipt: str
    voice: bytes | None
    wait_seconds: float


@dataclass(frozen=True, slots=True)
class Trial:
    """How it went, in the device's own words."""

    well: bool
    found: str


def try_out(device: Device) -> Trial:
    """Let the device do its work once. Never raises for what a device or a setting can do."""
    trial = TRIALS.get(device.kind)
    if trial is None:
        return Trial(well=False, found=f"no trial for {device.kind}")
    try:
        return trial(device)
    except (TransportError, PlayerError) as error:
        return Trial(well=False, found=str(error))
    except (ValueError, TypeError, LookupError) as error:
        return Trial(well=False, found=f"settings: {error}")


def _print(device: Device) -> Trial:
    settings = PrinterSettings.from_options(device.options)
    printer = Printer(device.url, settings)
    job = compose(parse_receipt(device.receipt), settings)
    outcome = printer.print_job(job.data, "trial")
    well = outcome.state in {OutcomeState.PRINTED, OutcomeState.SENT_UNCONFIRMED}
    name = printer.name() if well else ""
    return Trial(well, f"{name} {outcome.state}: {outcome.status.state}".strip())


def _light(device: Device) -> Trial:
    with closing(sign_at(device.url, sign_settings(dict(device.options)))) as sign:
        receipt = sign.show(Rest(SIGN_WORDS))
    found = f"{receipt.outcome} {receipt.reason}".strip()
    return Trial(receipt.outcome is not Outcome.FAILED, found)


def _press(device: Device) -> Trial:
    """Every panel shows 888 and beeps; the first key or rating pressed anywhere is told."""
    places = PanelPlaces.from_options(device.options)
    with closing(PanelBus(device.url, Timing(baud=baud_of(device.url)))) as bus:
        bus.poll()
        for address in places.panels:
            bus.show(address, ticket=str(PANEL_NUMBER), waiting=PANEL_NUMBER)
            bus.beep(address)

        def listen() -> PanelEvent | None:
            return next(iter(bus.poll()), None)

        event = _wait(listen, device.wait_seconds, pause=0)
    if event is None:
        return Trial(well=True, found=f"shown on {len(places.panels)}; no key was pressed")
    return Trial(well=True, found=f"heard {type(event).__name__} at address {event.address}")


def _talk(device: Device) -> Trial:
    terminal, _habits = terminal_from(device.url, dict(device.options), device.zone)
    identity = terminal_identity(terminal)
    return Trial(bool(identity), identity or "no answer")


def _read_card(device: Device) -> Trial:
    with closing(IdReader(device.url)) as reader:
        module = reader.sam_id()

        def look() -> Reading | None:
            return reader.poll()

        reading = _wait(look, device.wait_seconds, pause=LOOK_SECONDS)
    if reading is None:
        return Trial(well=True, found=f"{module}; no card was laid on")
    if isinstance(reading, CardRead):
        return Trial(well=True, found=f"{module}; a card of {reading.card.name[:1]}**")
    return Trial(well=False, found=f"{module}; {reading.reason}")


def _scan(device: Device) -> Trial:
    with closing(Scanner(device.url)) as scanner:
        scanned = _wait(scanner.poll, device.wait_seconds, pause=0)
    if not scanned:
        return Trial(well=True, found="open; nothing was scanned")
    return Trial(well=True, found=f"a code of {len(scanned[0])} characters")


def _speak(device: Device) -> Trial:
    player = player_at(device.url)
    with tempfile.TemporaryDirectory(prefix="hallkeeper-voice-") as folder:
        for number, clip in enumerate([chime_wav(), *([device.voice] if device.voice else [])]):
            wav = Path(folder) / f"{number}.wav"
            wav.write_bytes(clip)
            player.play(wav)
    return Trial(well=True, found=player.name if device.voice else f"{player.name}: chime only")


def _wait(look: Callable[[], T], seconds: float, *, pause: float) -> T:
    """The first true answer of `look`, or the last one when the time is over."""
    deadline = time.monotonic() + seconds
    while not (seen := look()) and time.monotonic() < deadline:
        time.sleep(pause)
    return seen


TRIALS: Mapping[str, Callable[[Device], Trial]] = {
    "printer": _print,
    "led_sign": _light,
    "panel_bus": _press,
    "terminal": _talk,
    "id_reader": _read_card,
    "scanner": _scan,
    "speaker": _speak,
}
