"""The master of a panel bus: hears keys and ratings, answers them, keeps the displays right.

The panels' protocol has no poll: a device speaks when somebody presses a key and repeats itself
until it is answered. So the master listens, answers at once, and sends displays while the bus
is quiet.
"""

import threading
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from drivers.panel.codec import (
    Command,
    Decoder,
    Frame,
    answer_to,
    beep,
    encode,
    open_rating,
    show_ticket,
    show_waiting,
)
from drivers.panel.keys import Keypad, Press
from drivers.transport import Transport, TransportError, open_transport

READ_BYTES = 1024
BITS_PER_BYTE = 10
BURST = 8
"""Frames sent in a row before the master listens again."""

BACKLOG = 64


@dataclass(frozen=True, slots=True)
class KeyPressed:
    """A clerk acted on the panel at `address`."""

    address: int
    press: Press


@dataclass(frozen=True, slots=True)
class Rated:
    """A citizen rated on the pad at `address`; `rating` is the pad's own number."""

    address: int
    rating: int


PanelEvent = KeyPressed | Rated


@dataclass(frozen=True, slots=True)
class Timing:
    """How patient the master is, in seconds; `baud` paces what it sends.

    `listen` bounds each look at the line and the opening of it; `gap` is the silence between
    frames. A frame that comes back within `echo` of sending it is the adapter's echo, and the
    same key within `repeat` is a device that did not hear its answer.
    """

    baud: int = 9600
    listen: float = 0.05
    gap: float = 0.004
    echo: float = 0.15
    repeat: float = 0.5
    refresh: float = 30.0


@dataclass(frozen=True, slots=True)
class _Display:
    ticket: str = ""
    waiting: int = 0

    def frames(self, address: int) -> tuple[Frame, ...]:
        """Ticket last, for it matters most; without one the display is cleared first."""
        waiting, ticket = show_waiting(address, self.waiting), show_ticket(address, self.ticket)
        return (waiting, ticket) if self.ticket else (ticket, waiting)


@dataclass(slots=True)
class _Recent:
    """Frames of the last moments, to tell an echo or a repetition from news."""

    seconds: float
    _frames: deque[tuple[float, Frame]] = field(default_factory=lambda: deque(maxlen=BACKLOG))

    def add(self, frame: Frame, now: float) -> None:
        self._frames.append((now + self.seconds, frame))

    def take(self, frame: Frame, now: float) -> bool:
        """Whether `frame` is among them; it is taken out."""
        found = next((kept for kept in self._frames if kept[1] == frame and kept[0] >= now), None)
        if found is not None:
            self._frames.remove(found)
        return found is not None


class PanelBus:
    """All panels and pads on one line. One thread owns it and turns `poll` or `events`.

    `show`, `beep` and `open_rating` may be called from any thread. What a panel should show is
    remembered, sent again after a lost link and refreshed now and then, for nothing confirms it.
    """

    def __init__(self, url: str, timing: Timing | None = None) -> None:
        self._url = url
        self._timing = timing or Timing()
        self._link: Transport | None = None
        self._decoder = Decoder()
        self._keypads: dict[int, Keypad] = {}
        self._sent = _Recent(self._timing.echo)
        self._heard = _Recent(self._timing.repeat)
        self._lock = threading.Lock()
        self._desired: dict[int, _Display] = {}
        self._stale: dict[int, None] = {}
        self._once: deque[Frame] = deque(maxlen=BACKLOG)
        self._refreshed = 0.0
        self._free_at = 0.0
        self.identity = ""
        """What the devices say of themselves; real ones say nothing."""

    @property
    def rejected(self) -> int:
        """Damaged frames so far."""
        return self._decoder.rejected

    def show(self, address: int, *, ticket: str, waiting: int) -> None:
        """What the panel at `address` should show from now on; the last call counts."""
        with self._lock:
            self._desired[address] = _Display(ticket, waiting)
            self._stale[address] = None

    def beep(self, address: int) -> None:
        """Beep once, e.g. because a key cannot be obeyed. Forgotten when the link is down."""
        with self._lock:
            self._once.append(beep(address))

    def open_rating(self, address: int) -> None:
        """Ask for a rating once. Forgotten when the link is down."""
        with self._lock:
            self._once.append(open_rating(address))

    def events(self) -> Iterator[PanelEvent]:
        """Turn the bus for ever. Raises TransportError as `poll` does."""
        while True:
            yield from self.poll()

    def poll(self) -> list[PanelEvent]:
        """One turn: hear what the bus says, or send what waits. Returns within about a second.

        Raises TransportError when the bus cannot be reached; the next turn opens it anew.
        """
        try:
            return self._turn(self._open())
        except TransportError:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the link; the next turn opens it again and sends every display."""
        if self._link is not None:
            self._link.close()
            self._link = None
        with self._lock:
            self._once.clear()

    def _open(self) -> Transport:
        if self._link is None:
            self._link = open_transport(self._url, timeout=self._timing.listen)
            self._decoder.reset()
            self._refresh()
        return self._link

    def _turn(self, link: Transport) -> list[PanelEvent]:
        data = link.read(READ_BYTES)
        if not data:
            self._decoder.reset()
        # A device waits for its answer, so the same frame twice in one look is its repetition.
        frames = dict.fromkeys(self._decoder.feed(data))
        events = [event for frame in frames for event in self._hear(link, frame)]
        if not events and not self._decoder.midway:
            self._send_waiting(link)
        return events

    def _hear(self, link: Transport, frame: Frame) -> list[PanelEvent]:
        now = time.monotonic()
        if self._sent.take(frame, now) or not frame.data:
            return []
        if frame.command == Command.IDENTITY:
            self.identity = frame.data.decode("ascii", "replace")
            return []
        self._free_at = max(self._free_at, now + self._timing.gap)
        self._send(link, answer_to(frame))
        repeated = self._heard.take(frame, now)
        self._heard.add(frame, now)
        return [] if repeated else self._understand(frame, now)

    def _understand(self, frame: Frame, now: float) -> list[PanelEvent]:
        if frame.command == Command.RATING:
            return [Rated(frame.address, frame.data[-1])]
        press = self._keypads.setdefault(frame.address, Keypad()).take(frame.data, now)
        return [KeyPressed(frame.address, press)] if press else []

    def _send_waiting(self, link: Transport) -> None:
        if time.monotonic() - self._refreshed > self._timing.refresh:
            self._refresh()
        for frame in self._next_burst():
            self._send(link, frame)

    def _next_burst(self) -> list[Frame]:
        with self._lock:
            frames = [self._once.popleft() for _ in range(min(BURST, len(self._once)))]
            while self._stale and len(frames) < BURST:
                address = next(iter(self._stale))
                del self._stale[address]
                frames += self._desired[address].frames(address)
        return frames

    def _refresh(self) -> None:
        with self._lock:
            self._stale = dict.fromkeys(self._desired)
        self._refreshed = time.monotonic()

    def _send(self, link: Transport, frame: Frame) -> None:
        data = encode(frame)
        time.sleep(max(0.0, self._free_at - time.monotonic()))
        link.write(data)
        now = time.monotonic()
        self._sent.add(frame, now)
        # The line is still busy with the bytes that the computer has let go of.
        busy = len(data) * BITS_PER_BYTE / self._timing.baud
        self._free_at = now + busy + self._timing.gap
