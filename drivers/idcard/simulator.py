"""A SIMULATED card reader on TCP, as behind a serial-to-Ethernet box; its people are invented."""

import socket
import threading
from collections.abc import Callable

from drivers.idcard.twin import Reader, SyntheticCard
from drivers.simulator import Result, TcpServer, run_command

# Region 000000 does not exist, so these numbers are nobody's.
PEOPLE = (
    SyntheticCard("示例甲", "000000199001010018"),
    SyntheticCard("示例乙", "000000195505050023"),
)


class IdReaderSimulator:
    """A SIMULATED reader on which invented people lay their cards."""

    kind = "id_reader"

    def __init__(self, name: str, *, port: int = 0) -> None:
        self.name = name
        self._reader = Reader()
        self._lock = threading.Lock()
        self._mute = False
        self._corrupt = 0
        self._server = TcpServer(self._serve, port=port)
        self._table: dict[str, Callable[..., Result]] = {
            "lay_card": self._lay_card,
            "take_card": self._take_card,
            "lay_spoiled_card": self._lay_spoiled_card,
            "corrupt_reply": self._corrupt_reply,
            "mute": self._set_mute,
            "drop": self._drop,
        }

    @property
    def address(self) -> str:
        """The URL a driver opens; known once started."""
        return self._server.address

    def start(self) -> None:
        """Plug it in."""
        self._server.start()

    def stop(self) -> None:
        """Unplug it."""
        self._server.stop()

    def state(self) -> dict[str, object]:
        """What the demo page shows, ready for JSON."""
        with self._lock:
            card = self._reader.card
            return {
                "simulated": True,
                "name": self.name,
                "kind": self.kind,
                "address": self.address,
                "card": card.name if card else None,
                "requests": self._reader.requests,
                "mute": self._mute,
            }

    def picture(self) -> bytes | None:
        """There is nothing to see on a reader."""
        return None

    def commands(self) -> tuple[str, ...]:
        """lay_card, take_card, lay_spoiled_card, corrupt_reply, mute, drop."""
        return tuple(self._table)

    def command(self, name: str, **arguments: object) -> Result:
        """Do or break something now. Raises ValueError for a wrong name or wrong arguments."""
        return run_command(self._table, name, arguments)

    def _serve(self, link: socket.socket) -> None:
        while data := link.recv(1024):
            with self._lock:
                answer = self._spoil(self._reader.hear(data))
                mute = self._mute
            if answer and not mute:
                link.sendall(answer)

    def _spoil(self, answer: bytes) -> bytes:
        if answer and self._corrupt:
            self._corrupt -= 1
            return answer[:-1] + bytes([answer[-1] ^ 0xFF])
        return answer

    def _lay_card(self, person: int = 0) -> Result:
        """Lay an invented person's card on the reader."""
        if not 0 <= person < len(PEOPLE):
            raise ValueError(f"people are 0 to {len(PEOPLE) - 1}")
        with self._lock:
            self._reader.lay(PEOPLE[person])
        return {"card": PEOPLE[person].name}

    def _lay_spoiled_card(self) -> Result:
        """Lay a card on it that cannot be read."""
        with self._lock:
            self._reader.lay(PEOPLE[0], spoiled=True)
        return {"card": "spoiled"}

    def _take_card(self) -> Result:
        """Take the card away."""
        with self._lock:
            self._reader.lay(None)
        return {"card": None}

    def _corrupt_reply(self, count: int = 1) -> Result:
        """Damage the next `count` answers."""
        with self._lock:
            self._corrupt = count
        return {"corrupt": count}

    def _set_mute(self, on: bool = True) -> Result:
        """Answer nothing."""
        with self._lock:
            self._mute = on
        return {"mute": on}

    def _drop(self) -> Result:
        """Cut the line now; the host may open it again."""
        self._server.drop_links()
        return {"drop": True}
