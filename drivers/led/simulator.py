"""A SIMULATED LED sign: a card on its real protocol over TCP, with a picture of what it shows."""

import socket
import threading
from collections.abc import Callable
from typing import Protocol

from drivers.escpos.fonts import installed_fonts
from drivers.led.cpower.twin import CPowerCard
from drivers.led.digits.twin import DigitStrip
from drivers.led.dots import Region, draw
from drivers.led.onbon.twin import OnbonCard
from drivers.led.signs import SignProtocol
from drivers.simulator import Result, TcpServer, run_command


class Card(Protocol):
    """The control card inside a simulated sign."""

    size: tuple[int, int]
    frames: int
    rejected: int

    def receive(self, data: bytes) -> bytes:
        """Bytes from the line in, the card's answers out."""

    def hang_up(self) -> None:
        """The line was cut."""

    def power_cycle(self) -> None:
        """Off and on again."""

    def refuse(self, count: int) -> None:
        """Refuse the next `count` requests."""

    def regions(self) -> list[Region]:
        """What is on the sign at this moment."""


CARDS: dict[SignProtocol, Callable[[int, int], Card]] = {
    SignProtocol.ONBON: OnbonCard,
    SignProtocol.CPOWER_SERIAL: CPowerCard,
    SignProtocol.CPOWER_TCP: lambda width, height: CPowerCard(width, height, byte_order="little"),
    SignProtocol.DIGITS: DigitStrip,
}


class LedSimulator:
    """A SIMULATED sign of `width` × `height` dots. A serial card is reached as behind ser2net."""

    kind = "led"

    def __init__(
        self,
        name: str,
        protocol: SignProtocol = SignProtocol.ONBON,
        width: int = 128,
        height: int = 32,
        *,
        port: int = 0,
    ) -> None:
        self.name = name
        self._protocol = protocol
        self._card = CARDS[protocol](width, height)
        self._server = TcpServer(self._serve, port=port)
        self._lock = threading.Lock()
        self._mute = False
        self._corrupt = 0
        self._drop_after: int | None = None
        self._table: dict[str, Callable[..., Result]] = {
            "drop": self._drop,
            "mute": self._set_mute,
            "corrupt_reply": self._corrupt_reply,
            "busy": self._refuse,
            "power_cycle": self._power_cycle,
        }

    @property
    def address(self) -> str:
        """The URL a driver opens; known once started."""
        return self._server.address

    def start(self) -> None:
        """Plug the sign in."""
        self._server.start()

    def stop(self) -> None:
        """Unplug the sign; what it shows stays until its power is cycled."""
        self._server.stop()

    def state(self) -> dict[str, object]:
        """What the demo page shows, ready for JSON."""
        with self._lock:
            width, height = self._card.size
            return {
                "simulated": True,
                "name": self.name,
                "kind": self.kind,
                "protocol": self._protocol.value,
                "address": self.address,
                "width": width,
                "height": height,
                "lines": [line for region in self._card.regions() for line in region.lines],
                "frames": self._card.frames,
                "rejected": self._card.rejected,
                "mute": self._mute,
                "font": bool(installed_fonts()),
            }

    def picture(self) -> bytes | None:
        """PNG of the sign's dots."""
        with self._lock:
            regions = self._card.regions()
        return draw(*self._card.size, regions)

    def commands(self) -> tuple[str, ...]:
        """drop, mute, corrupt_reply, busy, power_cycle."""
        return tuple(self._table)

    def command(self, name: str, **arguments: object) -> Result:
        """Break something now. Raises ValueError for an unknown name or wrong arguments."""
        return run_command(self._table, name, arguments)

    def _serve(self, link: socket.socket) -> None:
        try:
            while data := link.recv(4096):
                with self._lock:
                    answer = self._react(data)
                if answer:
                    link.sendall(answer)
        finally:
            with self._lock:
                self._card.hang_up()

    def _react(self, data: bytes) -> bytes:
        if self._drop_after is not None:
            if len(data) >= self._drop_after:
                self._card.receive(data[: self._drop_after])
                self._drop_after = None
                raise ConnectionAbortedError("cable pulled in mid-write")
            self._drop_after -= len(data)
        answer = self._card.receive(data)
        if self._corrupt and answer:
            self._corrupt -= 1
            middle = len(answer) // 2
            answer = answer[:middle] + bytes([answer[middle] ^ 0x55]) + answer[middle + 1 :]
        return b"" if self._mute else answer

    def _drop(self, after_bytes: int | None = None) -> Result:
        """Cut the link now, or when `after_bytes` more bytes have come."""
        if after_bytes is None:
            self._server.drop_links()
        else:
            with self._lock:
                self._drop_after = after_bytes
        return {"drop": True}

    def _set_mute(self, on: bool = True) -> Result:
        with self._lock:
            self._mute = on
        return {"mute": on}

    def _corrupt_reply(self, count: int = 1) -> Result:
        with self._lock:
            self._corrupt = count
        return {"corrupt_reply": count}

    def _refuse(self, count: int = 1) -> Result:
        with self._lock:
            self._card.refuse(count)
        return {"busy": count}

    def _power_cycle(self) -> Result:
        self._server.drop_links()
        with self._lock:
            self._card.power_cycle()
        return {"power_cycle": True}
