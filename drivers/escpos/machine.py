"""The inside of the SIMULATED printer: receive buffer, commands in order, answers. No I/O.

Its own reading of the protocol, from the printer's side; shares nothing with the driver's codec.
"""

from collections import deque

from drivers.escpos.execution import execute
from drivers.escpos.faults import Faults
from drivers.escpos.interpreter import Command, Parser, Token
from drivers.escpos.paper import Paper, Roll
from drivers.escpos.pen import Pen

BUFFER = 64 * 1024  # bytes that wait while the printer stands still
MODEL = b"HALLKEEPER-SIMULATOR"


class Machine:
    """Takes bytes, prints what it can, answers in order; real-time queries are answered at once."""

    def __init__(self, width_dots: int) -> None:
        self.faults = Faults()
        self.roll = Roll(width_dots)
        self.unknown = 0  # commands it did not know
        self.queries = 0  # real-time queries it saw, anywhere in the stream
        self._requests = {
            b"\x1dr": self._sensor,
            b"\x1d(": self._process_id,
            b"\x1dI": self._identify,
            b"\x1da": self._auto_status,
        }
        self.power_cycle()

    def power_cycle(self) -> None:
        """Lose the buffer, the modes and all answers not yet sent; what is on paper stays."""
        self._pen = Pen(self.roll)
        self._parser = Parser()
        self._buffer = b""
        self._pending: deque[Token] = deque()
        self._answers = bytearray()
        self._tail = b""  # the last bytes seen, for a query that comes in two pieces
        self._auto = False
        self._told = b""

    @property
    def waiting(self) -> int:
        """Bytes and commands received that are not carried out yet."""
        return len(self._buffer) + len(self._pending)

    @property
    def full(self) -> bool:
        """Whether it takes no more for now."""
        return len(self._buffer) >= BUFFER

    def receive(self, data: bytes) -> None:
        """Take bytes in and do what they say, as far as the faults let it."""
        self._answer_queries(data)
        self._buffer += data
        self.go_on()

    def go_on(self) -> None:
        """Carry out what waits, and tell of a changed state if that is asked for."""
        while self.waiting and not self.faults.offline:
            if not self._pending:
                self._pending.extend(self._parser.feed(self._buffer))
                self._buffer = b""
            if self._pending:
                self._carry_out(self._pending.popleft())
        if self._auto and self._told != self.faults.auto_status():
            self._told = self.faults.auto_status()
            self._answers += self._told

    def take_answers(self) -> bytes:
        """What it says since it was last asked; nothing while it is silent."""
        answers, self._answers = bytes(self._answers), bytearray()
        return b"" if self.faults.silent else answers

    def take_papers(self) -> list[Paper]:
        """The papers that came out since it was last asked."""
        papers, self.roll.papers = self.roll.papers, []
        return papers

    def tear_off(self) -> None:
        """Take what is printed so far off by hand, unless more is to come."""
        if self.roll.fed and not self.waiting:
            self.roll.take_off(cut=False)

    def _carry_out(self, token: Token) -> None:
        fed = self.roll.fed
        request = self._requests.get(token.code) if isinstance(token, Command) else None
        if request is not None and isinstance(token, Command):
            request(token.args)
        elif not execute(self._pen, token):
            self.unknown += 1
        if self.faults.feeds_left and self.roll.fed != fed:
            self.faults.feeds_left -= 1

    def _answer_queries(self, data: bytes) -> None:
        """DLE EOT n, wherever it stands: a printer does not look whether it is inside an image."""
        seen = self._tail + data
        self._tail = seen[-2:]
        at = seen.find(b"\x10\x04")
        while 0 <= at < len(seen) - 2:
            answer = self.faults.query_answer(seen[at + 2])
            if answer is not None:
                self.queries += 1
                self._answers.append(answer)
            at = seen.find(b"\x10\x04", at + 1)

    def _sensor(self, args: bytes) -> None:
        """GS r n, n = 1 or '1': the paper sensor."""
        if args in (b"\x01", b"1") and not self.faults.no_barrier:
            self._answers.append(self.faults.sensor_answer())

    def _process_id(self, args: bytes) -> None:
        """GS ( H 6 0 '0' '0' d1 d2 d3 d4; the other GS ( are the pen's."""
        if not args.startswith(b"H"):
            execute(self._pen, Command(b"\x1d(", args))
        elif args[3:5] == b"00" and not self.faults.no_fn48:
            self._answers += b"\x37\x22" + args[5:9] + b"\0"

    def _identify(self, args: bytes) -> None:
        """GS I 'C': the model's name."""
        if args == b"C":
            self._answers += b"\x5f" + MODEL + b"\0"

    def _auto_status(self, args: bytes) -> None:
        """GS a n: report every change from now on; 0 turns it off."""
        self._auto, self._told = args != b"\0", b""
