"""The receiver of what terminals push: each upload is in the hall before it is acknowledged."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import ClassVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from drivers.hall_api import (
    HTTP_NOT_FOUND,
    PUSHED_PER_PART,
    HallApi,
    HallRefusedError,
    HallUnreachableError,
)
from drivers.hall_messages import TerminalCommand
from drivers.transport import TransportError
from drivers.workers.terminal_commands import CommandReport
from drivers.workers.worker import OK, TellHealth
from drivers.zkteco.push import (
    EnrolmentSeen,
    PushedUser,
    decode_attlog,
    decode_operlog,
    decode_people,
)
from drivers.zkteco.push_server import (
    Greeting,
    NotKeptNowError,
    PushServer,
    UnknownTerminalError,
)
from drivers.zkteco.records import PunchRecord

DEFAULT_PORT = 8090
PUSHED = "push://"
"""How the address of a terminal begins that pushes by itself."""
SAMPLE_BYTES = 4000
UNSUPPORTED = "command_refused"


class HallDesk:
    """Hands on to the hall; a connection for each upload, for they come from many threads."""

    def __init__(
        self, connect: Callable[[], HallApi], zone: ZoneInfo, encoding: str, counts: Counter[str]
    ) -> None:
        self._connect = connect
        self._zone = zone
        self._encoding = encoding
        self._counts = counts

    def greet(self, serial: str) -> Greeting:
        """The stamp that the hall has, and the hall's zone."""
        with _asking(self._connect()) as hall:
            stamp = hall.push_hello(serial).stamp
        offset = datetime.now(self._zone).utcoffset() or timedelta()
        return Greeting(stamp, round(offset / timedelta(hours=1)))

    def punches(self, serial: str, stamp: str, body: bytes) -> int:
        """Lines that are no punches are passed over; the stamp moves with the last part."""
        lines = decode_attlog(body, self._zone)
        records = [line for line in lines if isinstance(line, PunchRecord)]
        with _asking(self._connect()) as hall:
            for start in range(0, len(records) or 1, PUSHED_PER_PART):
                part = records[start : start + PUSHED_PER_PART]
                last = start + PUSHED_PER_PART >= len(records)
                self._counts["punches"] += hall.push_punches(serial, stamp if last else "", part)
        self._counts["damaged"] += len(lines) - len(records)
        return len(records)

    def operations(self, serial: str, body: bytes) -> int:
        """Of what happened at the terminal only who is on it and who was enrolled is kept."""
        found = decode_operlog(body, self._zone, self._encoding)
        people = [one for one in found if isinstance(one, PushedUser)]
        enrolled = sorted({one.pin for one in found if isinstance(one, EnrolmentSeen)})
        with _asking(self._connect()) as hall:
            hall.push_people(serial, people, enrolled)
        return len(found)

    def people(self, serial: str, body: bytes) -> int:
        """Those on the terminal; templates are never among them."""
        people = decode_people(body, self._encoding)
        with _asking(self._connect()) as hall:
            hall.push_people(serial, people, [])
        return len(people)

    def next_command(self, serial: str) -> str:
        """The next thing that the hall asks of the terminal and that can be pushed."""
        with _asking(self._connect()) as hall:
            terminal_id = hall.push_hello(serial).terminal_id
            while (command := hall.claim_command(terminal_id)) is not None:
                text = command_text(command)
                if text:
                    return f"C:{command.id}:{text}"
                hall.report_command(command.id, CommandReport("failed", UNSUPPORTED).message())
        return "OK"

    def command_done(self, serial: str, fields: Mapping[str, str]) -> None:
        """`Return` 0 is success, what is more as well."""
        number, came = fields.get("ID", ""), fields.get("Return", "")
        if not number.isdecimal():
            return
        well = came.lstrip("-").isdecimal() and int(came) >= 0
        report = CommandReport("done") if well else CommandReport("failed", f"Return={came[:20]}")
        with _asking(self._connect()) as hall:
            hall.push_hello(serial)
            hall.report_command(int(number), report.message())

    def refused(self, serial: str, path: str, body: bytes) -> None:
        """An administrator may accept it."""
        with _asking(self._connect()) as hall:
            hall.push_unknown(serial, path, body[:SAMPLE_BYTES])


def command_text(command: TerminalCommand) -> str:
    """A command as a pushing terminal takes it, '' for one that it cannot do."""
    asked = command.arguments
    if command.kind == "sync":
        return "CHECK"
    if command.kind == "list_users":
        return "DATA QUERY USERINFO"
    if command.kind in {"create_user", "rename_user"}:
        name = str(asked["name"]).replace("\t", " ")
        return f"DATA UPDATE USERINFO PIN={asked['pin']}\tName={name}"
    if command.kind == "delete_user":
        return f"DATA DELETE USERINFO PIN={asked['pin']}"
    return ""


@contextmanager
def _asking(hall: HallApi) -> Iterator[HallApi]:
    """The hall's answers as the push server understands them."""
    try:
        yield hall
    except HallUnreachableError as error:
        raise NotKeptNowError(str(error)) from error
    except HallRefusedError as error:
        if error.status == HTTP_NOT_FOUND:
            raise UnknownTerminalError(str(error)) from error
        raise NotKeptNowError(str(error)) from error


class PushTask:
    """Keeps the receiver's port open."""

    interval: ClassVar[float] = 30.0

    def __init__(
        self, url: str, connect: Callable[[], HallApi], zone: ZoneInfo, encoding: str = "gbk"
    ) -> None:
        self.counts: Counter[str] = Counter()
        parts = urlsplit(url)
        if parts.scheme != "http" or parts.hostname is None:
            raise ValueError(f"{url!r} is not like http://0.0.0.0:{DEFAULT_PORT}")
        self._address = (parts.hostname, parts.port or DEFAULT_PORT)
        self._desk = HallDesk(connect, zone, encoding, self.counts)
        self._server: PushServer | None = None

    @property
    def port(self) -> int:
        """Where it listens, once it does."""
        return self._address[1] if self._server is None else self._server.server_port

    def round(self, tell: TellHealth, stopped: threading.Event) -> None:
        """Open the port unless it is open. Raises TransportError when it is taken."""
        if self._server is None and not stopped.is_set():
            try:
                self._server = PushServer(self._address, self._desk)
            except OSError as error:
                raise TransportError(str(error)) from error
            threading.Thread(target=self._server.serve_forever, daemon=True).start()
        tell(OK, "")

    def close(self) -> None:
        """Close the port."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None


class PushedTask:
    """A terminal that pushes by itself: nothing is to be done but to know of it."""

    interval: ClassVar[float] = 600.0

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def round(self, tell: TellHealth, stopped: threading.Event) -> None:
        """How it is shows in when it last pushed, which the hall knows."""

    def close(self) -> None:
        """Nothing is held."""
