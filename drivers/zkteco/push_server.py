"""The HTTP server that terminals push to (PUSH/ADMS, `/iclock/…`), on a port of its own.

It knows the protocol's paths and limits; what is to be stored goes to a desk, and a terminal is
told OK only after the desk has kept it. Template bodies are dropped unread and unlogged.
"""

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Protocol
from urllib.parse import parse_qs, urlsplit

log = logging.getLogger(__name__)

LARGEST_BODY_BYTES = 2 * 1024 * 1024
SOCKET_SECONDS = 20
_SERIAL = re.compile(r"[0-9A-Za-z-]{1,40}")
_PEOPLE = frozenset(("USER", "USERINFO"))
_PATH = re.compile(r"/iclock/(\w+)(?:\.aspx)?/?")


class UnknownTerminalError(Exception):
    """The serial number is not on the hall's list."""


class NotKeptNowError(Exception):
    """The hall could not keep it now; the terminal is to send it again."""


@dataclass(frozen=True, slots=True)
class Greeting:
    """Up to where the hall has a terminal's punches, and how far its zone is ahead of UTC."""

    stamp: str
    hours_ahead: int


class Desk(Protocol):
    """What becomes of what terminals push.

    Each raises UnknownTerminalError and NotKeptNowError; called from many threads.
    """

    def greet(self, serial: str) -> Greeting:
        """A terminal introduces itself."""

    def punches(self, serial: str, stamp: str, body: bytes) -> int:
        """Table ATTLOG; how many lines were punches."""

    def operations(self, serial: str, body: bytes) -> int:
        """Table OPERLOG; how many lines."""

    def people(self, serial: str, body: bytes) -> int:
        """The answer to a query for the people on the terminal; how many."""

    def next_command(self, serial: str) -> str:
        """`C:<id>:<command>` to be done by the terminal, or OK."""

    def command_done(self, serial: str, fields: Mapping[str, str]) -> None:
        """A terminal tells how a command went: ID, Return."""

    def refused(self, serial: str, path: str, body: bytes) -> None:
        """Something came from a terminal that is not on the list."""


def hello_text(serial: str, greeting: Greeting) -> str:
    """The options with which a terminal is to push. No templates are asked for in TransFlag."""
    return "\n".join(
        (
            f"GET OPTION FROM: {serial}",
            f"ATTLOGStamp={greeting.stamp or 'None'}",
            "OPERLOGStamp=9999",
            "ErrorDelay=30",
            "Delay=10",
            "TransTimes=00:00;12:00",
            "TransInterval=1",
            "TransFlag=TransData AttLog\tOpLog\tEnrollUser\tChgUser",
            f"TimeZone={greeting.hours_ahead}",
            "Realtime=1",
            "Encrypt=None",
            "ServerVer=2.4.1",
            "PushProtVer=2.4.1",
            "",
        )
    )


class PushServer(ThreadingHTTPServer):
    """Listens for terminals until it is shut down."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int], desk: Desk) -> None:
        super().__init__(address, PushHandler)
        self.desk = desk


class PushHandler(BaseHTTPRequestHandler):
    """Answers one terminal's request."""

    server: PushServer
    timeout = SOCKET_SECONDS
    server_version = "iclock"
    sys_version = ""

    def do_GET(self) -> None:
        """Handshake, ping, and asking for commands."""
        self._answer(b"")

    def do_POST(self) -> None:
        """An upload; its body is read whole, unless it is too long."""
        length = self.headers.get("Content-Length", "")
        if not (length.isascii() and length.isdecimal()):
            self._say(HTTPStatus.LENGTH_REQUIRED, "ERROR")
        elif int(length) > LARGEST_BODY_BYTES:
            self.close_connection = True
            self._say(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "ERROR")
        else:
            self._answer(self.rfile.read(int(length)))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Addresses carry serial numbers, and uploads come every few seconds: no lines."""

    def _answer(self, body: bytes) -> None:
        parts = urlsplit(self.path)
        path = _PATH.fullmatch(parts.path)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        serial = query.get("SN", "")
        if path is None or not _SERIAL.fullmatch(serial):
            self._say(HTTPStatus.NOT_FOUND, "ERROR")
            return
        try:
            self._say(HTTPStatus.OK, self._serve(path[1], serial, query, body))
        except UnknownTerminalError:
            self._refuse(serial, parts.path, body if query.get("table") == "ATTLOG" else b"")
        except NotKeptNowError as error:
            log.warning("a push was not kept: %s", error)
            self._say(HTTPStatus.SERVICE_UNAVAILABLE, "ERROR")

    def _serve(self, what: str, serial: str, query: Mapping[str, str], body: bytes) -> str:
        desk = self.server.desk
        if what == "cdata" and self.command == "POST":
            return self._upload(serial, query.get("table", ""), query, body)
        if what == "querydata":
            return self._upload(serial, query.get("tablename", ""), query, body)
        if what in {"cdata", "registry", "push"}:
            return hello_text(serial, desk.greet(serial))
        if what == "getrequest":
            return desk.next_command(serial)
        if what == "devicecmd":
            for line in body.decode("ascii", "replace").splitlines():
                fields = {key: values[-1] for key, values in parse_qs(line).items()}
                desk.command_done(serial, fields)
        return "OK"

    def _upload(self, serial: str, table: str, query: Mapping[str, str], body: bytes) -> str:
        table = table.upper()
        if table == "ATTLOG":
            return f"OK: {self.server.desk.punches(serial, query.get('Stamp', ''), body)}"
        if table == "OPERLOG":
            return f"OK: {self.server.desk.operations(serial, body)}"
        if table in _PEOPLE:
            return f"OK: {self.server.desk.people(serial, body)}"
        return "OK"  # templates and pictures among them: gone

    def _refuse(self, serial: str, path: str, body: bytes) -> None:
        try:
            self.server.desk.refused(serial, path, body)
        except NotKeptNowError as error:
            log.warning("an unknown terminal was not told of: %s", error)
        self._say(HTTPStatus.FORBIDDEN, "ERROR")

    def _say(self, status: HTTPStatus, text: str) -> None:
        content = text.encode("ascii")
        self.send_response(status)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
