"""Each kind of device under its worker, made from the hall's description of it."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import timedelta
from functools import partial
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from pydantic import TypeAdapter

from drivers.audio.player import player_at
from drivers.escpos.device import Printer
from drivers.escpos.settings import PrinterSettings
from drivers.hall_api import HallApi
from drivers.hall_messages import AgentDevice, Desired, DeviceHealth
from drivers.idcard.device import IdReader
from drivers.identity import Asking
from drivers.led.content import content_from
from drivers.led.signs import SignSettings, sign_at
from drivers.panel.device import PanelBus, Timing
from drivers.scanner.device import Scanner
from drivers.transport import baud_of
from drivers.workers.panels import PanelDesk, PanelPlaces, PanelTask
from drivers.workers.printing import PrintingTask
from drivers.workers.punches import Habits, LiveEars, PunchesTask, terminal_identity
from drivers.workers.pushes import PUSHED, PushedTask, PushTask
from drivers.workers.readers import IdReaderTask, ScannerTask
from drivers.workers.signs import SignTask
from drivers.workers.speaker import SpeakerTask
from drivers.workers.worker import SIMULATED, Worker
from drivers.zkteco.terminal import Terminal


class Companion(Protocol):
    """A second thread that a device needs beside its worker's."""

    def start(self) -> None:
        """Begin."""

    def stop(self) -> None:
        """End soon."""


@dataclass(slots=True)
class RunningDevice:
    """A device under a worker. `description` is what it was made from.

    `desire` picks what concerns it from the hall's desired state; `heeds` are the kinds of event
    that give its worker something to do at once.
    """

    description: AgentDevice
    worker: Worker
    heeds: frozenset[str] = frozenset()
    desire: Callable[[Desired], None] | None = None
    companion: Companion | None = None
    told: DeviceHealth | None = None

    def start(self, told: Callable[[], None]) -> None:
        """Start its threads; `told` is called when the device's state has changed."""
        self.worker.start(told)
        if self.companion is not None:
            self.companion.start()

    def hear(self, kinds: frozenset[str]) -> None:
        """Events of these kinds happened in the hall; from any thread."""
        if self.heeds & kinds:
            self.worker.nudge()

    @property
    def health(self) -> DeviceHealth:
        """How it is now."""
        state, detail = self.worker.health
        return DeviceHealth(
            self.description.id, state, detail, self.worker.identity, self.worker.counts
        )

    @property
    def ended(self) -> bool:
        """Whether its worker has let go of the device."""
        return self.worker.ended

    def stop(self, timeout: float) -> None:
        """End its threads, waiting at most `timeout` seconds for the worker's round."""
        if self.companion is not None:
            self.companion.stop()
        self.worker.stop(timeout)


# A printer may also have to stand in for one that has just failed.
JOBS_TO_CLAIM = frozenset({"PrintJobQueued", "DeviceHealthChanged"})
CALLS_TO_SPEAK = frozenset({"TicketCalled"})

_SIGN_SETTINGS = TypeAdapter(SignSettings)


def sign_settings(options: dict[str, Any]) -> SignSettings:
    """A sign's settings from its options in JSON. ValueError names the option that is wrong."""
    known = {one.name for one in fields(SignSettings)}
    if unknown := options.keys() - known:
        raise ValueError(f"unknown options {sorted(unknown)}; a sign takes {sorted(known)}")
    return _SIGN_SETTINGS.validate_python(options)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a device's worker is made with besides its description.

    `connect` makes connections to the hall (each thread needs its own).
    """

    connect: Callable[[], HallApi]
    zone: ZoneInfo
    simulators: bool = False


Make = Callable[[AgentDevice, Surroundings], RunningDevice]


def _printer(device: AgentDevice, around: Surroundings) -> RunningDevice:
    hall = around.connect()
    digest = device.options.get("logo")
    logo = hall.receipt_logo(digest) if digest else None
    settings = PrinterSettings.from_options(device.options, logo)
    printer = Printer(device.url, settings)
    task = PrintingTask(hall, device.id, printer, settings)
    worker = Worker(device.name, task, identify=Asking(printer.name), simulators=around.simulators)
    return RunningDevice(device, worker, heeds=JOBS_TO_CLAIM)


def _led_sign(device: AgentDevice, _around: Surroundings) -> RunningDevice:
    task = SignTask(sign_at(device.url, sign_settings(device.options)))
    worker = Worker(device.name, task)

    def desire(desired: Desired) -> None:
        message = desired.sign(device.id)
        if message is not None and task.desire(content_from(message)):
            worker.nudge()

    return RunningDevice(device, worker, desire=desire)


def _terminal(device: AgentDevice, around: Surroundings) -> RunningDevice:
    if device.url.startswith(PUSHED):
        return RunningDevice(device, Worker(device.name, PushedTask()))
    terminal, habits = terminal_from(device.url, device.options, around.zone)
    worker = Worker(
        device.name,
        PunchesTask(around.connect(), device.id, terminal, habits),
        identify=Asking(partial(terminal_identity, terminal)),
        simulators=around.simulators,
    )

    def desire(desired: Desired) -> None:
        if device.id in desired.terminals_asked:
            worker.nudge()

    ears = LiveEars(terminal, worker.nudge)
    return RunningDevice(device, worker, desire=desire, companion=ears)


def _push_receiver(device: AgentDevice, around: Surroundings) -> RunningDevice:
    task = PushTask(device.url, around.connect, around.zone, **device.options)
    return RunningDevice(device, Worker(device.name, task))


def terminal_from(url: str, options: dict[str, Any], zone: ZoneInfo) -> tuple[Terminal, Habits]:
    """The terminal at a URL with its settings (server/devices/options.py). Raises ValueError."""
    at, said = Terminal.at(url), dict(options)
    said.pop("serial_number", None)  # by which the hall knows what it pushes
    beyond = said.pop("set_clock_beyond_seconds", None)
    habits = Habits(
        every=timedelta(minutes=said.pop("poll_minutes", Habits().every / timedelta(minutes=1))),
        set_clock_beyond=None if beyond is None else timedelta(seconds=beyond),
    )
    return Terminal(at.host, at.port, at.wire, zone=zone, **said), habits


def _panel_bus(device: AgentDevice, around: Surroundings) -> RunningDevice:
    bus = PanelBus(device.url, Timing(baud=baud_of(device.url)))
    desk = PanelDesk(around.connect(), bus, PanelPlaces.from_options(device.options))
    worker = Worker(
        device.name,
        PanelTask(bus, desk),
        identify=lambda: bus.identity,
        simulators=around.simulators,
    )
    return RunningDevice(
        device, worker, desire=lambda desired: desk.desire(desired.counters), companion=desk
    )


def _id_reader(device: AgentDevice, around: Surroundings) -> RunningDevice:
    reader = IdReader(device.url)
    task = IdReaderTask(around.connect(), device.id, reader)
    worker = Worker(device.name, task, identify=Asking(reader.sam_id), simulators=around.simulators)
    return RunningDevice(device, worker)


def _scanner(device: AgentDevice, around: Surroundings) -> RunningDevice:
    scanner = Scanner(device.url)
    task = ScannerTask(around.connect(), device.id, scanner)
    worker = Worker(
        device.name, task, identify=lambda: scanner.identity, simulators=around.simulators
    )
    return RunningDevice(device, worker)


def _speaker(device: AgentDevice, around: Surroundings) -> RunningDevice:
    player = player_at(device.url)
    task = SpeakerTask(around.connect(), device.id, player)
    worker = Worker(device.name, task, identify=lambda: player.name, simulators=around.simulators)
    return RunningDevice(device, worker, heeds=CALLS_TO_SPEAK)


MAKERS: dict[str, Make] = {
    "printer": _printer,
    "led_sign": _led_sign,
    "terminal": _terminal,
    "push_receiver": _push_receiver,
    "panel_bus": _panel_bus,
    "id_reader": _id_reader,
    "scanner": _scanner,
    "speaker": _speaker,
}


def make_device(device: AgentDevice, around: Surroundings) -> RunningDevice:
    """A device under its worker, not started.

    Raises ValueError, TypeError or LookupError for a wrong setting, ValueError for a kind that
    this agent does not know and for a simulated device where none is wanted.
    """
    if device.kind not in MAKERS:
        raise ValueError(f"this agent runs no {device.kind}; it runs {', '.join(MAKERS)}")
    if device.simulated and not around.simulators:
        raise ValueError(SIMULATED)
    return MAKERS[device.kind](device, around)
