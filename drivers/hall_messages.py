"""What the hall and its agents say to each other, as values."""

from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class ClaimedJob:
    """A print job in this agent's hands."""

    id: int
    attempt: int
    markup: str


@dataclass(frozen=True, slots=True)
class AgentDevice:
    """A device that this agent is to run; `options` are its driver's settings."""

    id: int
    kind: str
    name: str
    url: str
    options: dict[str, Any]
    simulated: bool = False


@dataclass(frozen=True, slots=True)
class DeviceHealth:
    """How a device is, what it says it is, and what was counted since its worker started."""

    device_id: int
    state: str
    detail: str
    identity: str = ""
    counts: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CounterState:
    """What a counter's panels show; `version` goes back with the next press there."""

    counter_id: int
    version: int
    ticket: str
    waiting: int


@dataclass(frozen=True, slots=True)
class AfterPress:
    """A counter after a press, and the ticket to be rated when that was asked."""

    state: CounterState
    rate_ticket: int | None


@dataclass(frozen=True, slots=True)
class TerminalCommand:
    """Something asked of a terminal, in this agent's hands."""

    id: int
    kind: str
    arguments: dict[str, Any]
    attempt: int
    """Goes back with every report, so that one who lost the command cannot report on it."""


@dataclass(frozen=True, slots=True)
class PushPlace:
    """The terminal of a serial number, and the stamp up to which the hall has its punches."""

    terminal_id: int
    stamp: str


@dataclass(frozen=True, slots=True)
class Announcement:
    """A call to be spoken now, in these languages one after the other, at so many per cent."""

    id: int
    languages: tuple[str, ...]
    volume: int


@dataclass(frozen=True, slots=True)
class Desired:
    """What the devices should be and show; each of `signs` names its device.

    `search` are addresses at which an administrator wants devices looked for; something waits to
    be done at the terminals `terminals_asked`.
    """

    time_zone: ZoneInfo
    devices: tuple[AgentDevice, ...]
    signs: tuple[dict[str, Any], ...]
    counters: tuple[CounterState, ...]
    search: tuple[str, ...] = ()
    terminals_asked: tuple[int, ...] = ()

    def sign(self, device_id: int) -> dict[str, Any] | None:
        """The content of one sign, as its driver reads it."""
        return next((sign for sign in self.signs if sign.get("device_id") == device_id), None)
