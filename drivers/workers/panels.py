"""Carries the keys and ratings of a panel bus to the hall, and what the hall says back to it."""

import logging
import queue
import threading
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar
from uuid import uuid4

from drivers.hall_api import HallApi, HallRefusedError, HallUnreachableError
from drivers.hall_messages import CounterState
from drivers.panel.device import KeyPressed, PanelBus, PanelEvent, Rated
from drivers.panel.keys import Action
from drivers.workers.worker import ATTENTION, OK, TellHealth

log = logging.getLogger(__name__)

GRADES = (
    "very_satisfied",
    "satisfied",
    "fairly_satisfied",
    "dissatisfied",
    "very_dissatisfied",
)
MOST_WAITING = 64
STALE_SECONDS = 5.0
"""A press that the hall has not heard by then is beeped at: the clerk presses again."""

RETRY_SECONDS = 0.3
STOP_SECONDS = 1.0


class UnknownSourceError(Exception):
    """An address without a counter, or a key that no pad has."""


@dataclass(frozen=True, slots=True)
class PanelPlaces:
    """Which counter each bus address belongs to; `best_first`: a pad's key 1 is the best grade."""

    panels: Mapping[int, int]
    pads: Mapping[int, int]
    best_first: bool = True

    @classmethod
    def from_options(cls, options: Mapping[str, Any]) -> "PanelPlaces":
        """Read the device's options. Raises ValueError, TypeError for what are none."""
        return cls(
            panels=_by_address(options.get("panels", {})),
            pads=_by_address(options.get("pads", {})),
            best_first=bool(options.get("best_first", True)),
        )

    def counter_of(self, event: PanelEvent) -> int:
        """The counter at which it happened. Raises UnknownSourceError."""
        places = self.panels if isinstance(event, KeyPressed) else self.pads
        if event.address not in places:
            raise UnknownSourceError(f"no counter for address {event.address}")
        return places[event.address]

    def grade(self, key: int) -> str:
        """The grade of a pad's key. Raises UnknownSourceError."""
        grades = GRADES if self.best_first else GRADES[::-1]
        if not 1 <= key <= len(grades):
            raise UnknownSourceError(f"a pad has no key {key}")
        return grades[key - 1]


class PanelTask:
    """Turns the bus. What it hears goes to the desk, so that the bus never waits for the hall."""

    interval: ClassVar[float] = 0.0

    def __init__(self, bus: PanelBus, desk: "PanelDesk") -> None:
        self.counts: Counter[str] = Counter()
        self._bus = bus
        self._desk = desk

    def round(self, tell: TellHealth, stopped: threading.Event) -> None:
        """One turn of the bus. Raises TransportError when it cannot be reached."""
        for event in self._bus.poll():
            self.counts["keys" if isinstance(event, KeyPressed) else "ratings"] += 1
            self._desk.take(event)
        self.counts["damaged"] = self._bus.rejected
        unknown = self._desk.unknown
        tell(ATTENTION if unknown else OK, "; ".join(sorted(unknown)))

    def close(self) -> None:
        """Let go of the bus."""
        self._bus.close()


@dataclass(frozen=True, slots=True)
class _Heard:
    """Something heard on the bus, on its way to the hall under one key."""

    event: PanelEvent
    at: float = field(default_factory=time.monotonic)
    key: str = field(default_factory=lambda: uuid4().hex)

    @property
    def stale(self) -> bool:
        return time.monotonic() - self.at > STALE_SECONDS


class PanelDesk:
    """Hands events to the hall one after the other, in a thread of its own with its own HallApi."""

    def __init__(self, hall: HallApi, bus: PanelBus, places: PanelPlaces) -> None:
        self.unknown: frozenset[str] = frozenset()
        """What was heard and belongs to no counter or grade."""
        self._hall = hall
        self._bus = bus
        self._places = places
        self._versions: dict[int, int] = {}
        self._to_rate: dict[int, int] = {}
        self._heard: queue.Queue[_Heard] = queue.Queue(MOST_WAITING)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begin to hand over."""
        self._thread.start()

    def stop(self) -> None:
        """End; what the hall has not heard yet is dropped."""
        self._stopped.set()
        self._thread.join(STOP_SECONDS)

    def desire(self, counters: Iterable[CounterState]) -> None:
        """Show on every panel what its counter is at; from any thread, the last call counts."""
        states = {state.counter_id: state for state in counters}
        for address, counter_id in self._places.panels.items():
            if counter_id in states:
                self._show(address, states[counter_id])

    def take(self, event: PanelEvent) -> None:
        """An event of the bus; one too many is beeped at."""
        try:
            self._heard.put_nowait(_Heard(event))
        except queue.Full:
            self._bus.beep(event.address)

    def _show(self, address: int, state: CounterState) -> None:
        self._versions[state.counter_id] = state.version
        self._bus.show(address, ticket=state.ticket, waiting=state.waiting)

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                heard = self._heard.get(timeout=RETRY_SECONDS)
            except queue.Empty:
                continue
            self._hand_over(heard)

    def _hand_over(self, heard: _Heard) -> None:
        """Tell the hall; until it answers the same key is used, so that nothing is done twice."""
        while not self._stopped.is_set():
            if heard.stale:
                self._refuse(heard.event, "the hall does not answer")
                return
            try:
                self._tell_hall(heard)
            except HallUnreachableError:
                self._stopped.wait(RETRY_SECONDS)
                continue
            except UnknownSourceError as error:
                self.unknown |= {str(error)}
                self._refuse(heard.event, str(error))
            except HallRefusedError as error:
                self._refuse(heard.event, error.code)
            except Exception:  # the desk must go on for the other panels
                log.exception("the panel desk failed", extra={"address": heard.event.address})
                self._refuse(heard.event, "internal error")
            return

    def _tell_hall(self, heard: _Heard) -> None:
        event = heard.event
        counter_id = self._places.counter_of(event)
        if isinstance(event, KeyPressed):
            self._press(event, counter_id, heard.key)
        else:
            self._rate(event, counter_id, heard.key)

    def _press(self, event: KeyPressed, counter_id: int, key: str) -> None:
        version = self._versions.get(counter_id, 0)
        action, digits = event.press.action, event.press.digits
        after = self._hall.press(counter_id, action.value, digits, version, key)
        self._show(event.address, after.state)
        if action is Action.EVALUATE and after.rate_ticket is not None:
            self._to_rate[counter_id] = after.rate_ticket
            for address, at in self._places.pads.items():
                if at == counter_id:
                    self._bus.open_rating(address)

    def _rate(self, event: Rated, counter_id: int, key: str) -> None:
        grade = self._places.grade(event.rating)
        self._hall.rate(counter_id, grade, self._to_rate.get(counter_id), key)
        self._to_rate.pop(counter_id, None)

    def _refuse(self, event: PanelEvent, reason: str) -> None:
        """A clerk hears that the key was not obeyed; a citizen is not beeped at."""
        log.info("not done", extra={"address": event.address, "reason": reason})
        if isinstance(event, KeyPressed):
            self._bus.beep(event.address)


def _by_address(places: Mapping[str, Any]) -> dict[int, int]:
    return {int(address): int(counter_id) for address, counter_id in places.items()}
