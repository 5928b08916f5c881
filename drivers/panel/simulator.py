"""A SIMULATED RS-485 bus with call panels and rating pads, reached as behind ser2net."""

import random
import threading
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import partial
from typing import Protocol

from drivers.panel.picture import draw_bus
from drivers.panel.twin import KEYS, BusReader, Pad, Panel, confession
from drivers.simulator import Result, TcpServer, run_command

ANSWER_SECONDS = 0.3
ATTEMPTS = 3


class Line(Protocol):
    """One end of the bus: a socket, or a pseudo terminal dressed as one."""

    def recv(self, size: int, /) -> bytes:
        """What has arrived; b'' when the line is gone."""

    def sendall(self, data: bytes, /) -> object:
        """Put bytes on the line."""


class PanelSimulator:
    """SIMULATED panels and pads at the given addresses, all on one bus."""

    kind = "panel_bus"

    def __init__(
        self, name: str, panels: Iterable[int], pads: Iterable[int] = (), *, port: int = 0
    ) -> None:
        self.name = name
        self._panels = {address: Panel(address) for address in panels}
        self._pads = {address: Pad(address) for address in pads}
        self._server: TcpServer = TcpServer(self.attach, port=port)
        self._changed = threading.Condition()
        self._lines: list[Line] = []
        self._answers: deque[tuple[int, bytes]] = deque(maxlen=256)
        self._count = 0
        self._random = random.Random(485)  # noqa: S311 - noise on a line, no secret
        self._noise = 0
        self._lost_bytes = 0
        self._deaf = False
        self._echo = False
        self._table: dict[str, Callable[..., Result]] = {
            "press_key": self._press_key,
            "rate": self._rate,
            "noise": self._set_noise,
            "drop_bytes": self._drop_bytes,
            "deaf": self._set_deaf,
            "echo": self._set_echo,
            "drop": self._drop,
        }

    @property
    def address(self) -> str:
        """The URL a driver opens; known once started."""
        return self._server.address

    def start(self) -> None:
        """Put the bus up."""
        self._server.start()

    def stop(self) -> None:
        """Cut the line."""
        self._server.stop()

    def state(self) -> dict[str, object]:
        """What the demo page shows, ready for JSON."""
        with self._changed:
            return {
                "simulated": True,
                "name": self.name,
                "kind": self.kind,
                "address": self.address,
                "panels": [panel.state() for panel in self._panels.values()],
                "pads": [pad.state() for pad in self._pads.values()],
                "keys": list(KEYS),
                "echo": self._echo,
            }

    def picture(self) -> bytes | None:
        """PNG of the panels' digits and the pads' lamps."""
        with self._changed:
            panels = [(panel.ticket, panel.waiting) for panel in self._panels.values()]
            pads = [pad.asking for pad in self._pads.values()]
        return draw_bus(panels, pads)

    def commands(self) -> tuple[str, ...]:
        """press_key, rate, noise, drop_bytes, deaf, echo, drop."""
        return tuple(self._table)

    def command(self, name: str, **arguments: object) -> Result:
        """Press or break something now. Raises ValueError for a wrong name or wrong arguments."""
        return run_command(self._table, name, arguments)

    def attach(self, line: Line) -> None:
        """Be the devices at the end of `line` until it ends."""
        reader = BusReader()
        with self._changed:
            self._lines.append(line)
        try:
            line.sendall(confession())
            while data := line.recv(256):
                self._hear(reader, line, data)
        finally:
            with self._changed:
                self._lines.remove(line)

    def _hear(self, reader: BusReader, line: Line, data: bytes) -> None:
        with self._changed:
            if self._echo:
                line.sendall(data)
            if self._deaf:
                return
            lost = min(self._lost_bytes, len(data))
            self._lost_bytes -= lost
            for inside in reader.read(data[lost:]):
                self._count += 1
                self._answers.append((self._count, inside))
                for device in (self._panels.get(inside[0]), self._pads.get(inside[0])):
                    if device is not None:
                        device.hear(inside[1], inside[2:])
            self._changed.notify_all()

    def _press_key(self, address: int, key: str) -> Result:
        """Press keys of a panel, e.g. `call` or `6 confirm`; tells whether the host answered."""
        names = key.split()
        if address not in self._panels or not names or not set(names) <= set(KEYS):
            raise ValueError(f"no panel {address} with keys {key!r}; keys: {', '.join(KEYS)}")
        return self._say(*self._panels[address].press(bytes(KEYS[name] for name in names)))

    def _rate(self, address: int, rating: int) -> Result:
        """Press a button of a rating pad."""
        if address not in self._pads:
            raise ValueError(f"no pad {address}; pads: {sorted(self._pads)}")
        return self._say(*self._pads[address].press(bytes([rating])))

    def _say(self, message: bytes, answer: bytes) -> Result:
        """Send as a device does: again until the host answers, then give up."""
        for attempt in range(1, ATTEMPTS + 1):
            with self._changed:
                before = self._count
                for line in self._lines:
                    with suppress(OSError):  # whoever reads a broken line ends it
                        line.sendall(self._dirty(message))
                if self._changed.wait_for(partial(self._heard, answer, before), ANSWER_SECONDS):
                    return {"answered": True, "attempts": attempt}
        return {"answered": False, "attempts": ATTEMPTS}

    def _heard(self, answer: bytes, before: int) -> bool:
        return any(count > before and inside == answer for count, inside in self._answers)

    def _dirty(self, message: bytes) -> bytes:
        noise, self._noise = self._random.randbytes(self._noise), 0
        return noise + message

    def _set_noise(self, count: int = 32) -> Result:
        """Put `count` random bytes on the line before the next message."""
        with self._changed:
            self._noise = count
        return {"noise": count}

    def _drop_bytes(self, count: int = 1) -> Result:
        """Lose the next `count` bytes from the host."""
        with self._changed:
            self._lost_bytes = count
        return {"drop_bytes": count}

    def _set_deaf(self, on: bool = True) -> Result:
        """Hear nothing from the host."""
        with self._changed:
            self._deaf = on
        return {"deaf": on}

    def _set_echo(self, on: bool = True) -> Result:
        """Return what the host sends, as a two-wire adapter without echo suppression does."""
        with self._changed:
            self._echo = on
        return {"echo": on}

    def _drop(self) -> Result:
        """Cut the line now; the host may open it again."""
        self._server.drop_links()
        return {"drop": True}
