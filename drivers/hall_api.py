"""The hall's server as an agent sees it: HTTP with a bearer credential."""

import logging
import time
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

import requests
from pydantic import TypeAdapter, ValidationError

from drivers.finding import Found
from drivers.hall_messages import (
    AfterPress,
    Announcement,
    ClaimedJob,
    CounterState,
    Desired,
    DeviceHealth,
    PushPlace,
    TerminalCommand,
)
from drivers.zkteco.parts import LogPart
from drivers.zkteco.push import PushedUser
from drivers.zkteco.records import PunchRecord

log = logging.getLogger(__name__)

TIMEOUT_SECONDS = 10
PAIRING_POLL_SECONDS = 2
PUNCHES_PER_PART = 10_000
"""Of a log: stored in about a tenth of a second, for which others wait who want to write."""
PUSHED_PER_PART = 5000

HTTP_ACCEPTED = 202
HTTP_NO_CONTENT = 204
HTTP_NOT_FOUND = 404
HTTP_SERVER_ERROR = 500


class HallUnreachableError(Exception):
    """The server does not answer, or cannot now; try again."""


class HallRefusedError(Exception):
    """The server understood and said no; trying again would not help. `code` says why."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(f"{status} {code}: {detail}")
        self.status = status
        self.code = code


@dataclass(frozen=True, slots=True)
class _ToRate:
    rate_ticket: int | None


@dataclass(frozen=True, slots=True)
class _LogStart:
    cursor: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class _Received:
    stored: int


class HallApi:
    """One connection to the server. Not thread-safe: each worker has its own.

    Every call raises HallUnreachableError or HallRefusedError.
    """

    def __init__(self, server: str, token: str) -> None:
        self._base = f"{server.rstrip('/')}/api/agent"
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer {token}"

    def desired(self) -> Desired:
        """What this agent's devices should be and show."""
        return _read(self._call("GET", "/desired"), _DESIRED)

    def claim(self, printer_id: int) -> ClaimedJob | None:
        """The printer's next job, or None."""
        answer = self._call("POST", f"/printers/{printer_id}/claim")
        if answer.status_code == HTTP_NO_CONTENT:
            return None
        return _read(answer, _CLAIMED)

    def report(self, job: ClaimedJob, state: str, detail: str = "", paper_mm: int = 0) -> None:
        """Tell what became of a claimed job, and how long its paper is."""
        body = {"attempt": job.attempt, "state": state, "detail": detail, "paper_mm": paper_mm}
        self._call("POST", f"/print-jobs/{job.id}/report", body)

    def receipt_logo(self, digest: str) -> bytes:
        """The picture at the head of receipts that is known by this digest."""
        return self._call("GET", f"/receipt-logos/{digest}").content

    def health(self, states: Iterable[DeviceHealth]) -> None:
        """Tell how devices are."""
        self._call("POST", "/health", {"devices": [asdict(state) for state in states]})

    def found(self, found: Iterable[Found], *, on_network: bool) -> None:
        """Tell which places for devices there are here, or on the network after a search."""
        body = {"on_network": on_network, "found": [asdict(one) for one in found]}
        self._call("POST", "/findings", body)

    def begin_log(self, terminal_id: int) -> dict[str, Any] | None:
        """Take the lease on a terminal's log; its cursor, None before the first read."""
        return _read(self._call("POST", f"/terminals/{terminal_id}/begin"), _LOG_START).cursor

    def log_part(
        self,
        terminal_id: int,
        base: Mapping[str, Any] | None,
        part: LogPart,
        state: Mapping[str, Any] | None,
        *,
        certain: bool = False,
    ) -> int:
        """Hand in a part of a read that began at the cursor `base`; the number that was new.

        The last part brings the terminal's `state`, which moves the cursor. `certain` says that
        equal records are further punches, counted among those of this read.
        """
        body = {
            "base": base,
            "certain": certain,
            "layout": part.layout,
            "records": b64encode(part.records).decode("ascii"),
            "repeats": list(part.repeats.items()),
            "state": state,
        }
        return _read(self._call("POST", f"/terminals/{terminal_id}/log", body), _RECEIVED).stored

    def rejected_read(self, terminal_id: int, reason: str, detail: str, raw: bytes) -> None:
        """Hand in a read that cannot be right, for a person to look at."""
        body = {"reason": reason, "detail": detail, "body": b64encode(raw).decode("ascii")}
        self._call("POST", f"/terminals/{terminal_id}/rejected", body)

    def claim_command(self, terminal_id: int) -> TerminalCommand | None:
        """What a terminal is asked to do next, or None."""
        answer = self._call("POST", f"/terminals/{terminal_id}/commands/claim")
        if answer.status_code == HTTP_NO_CONTENT:
            return None
        return _read(answer, _COMMAND)

    def report_command(
        self, command_id: int, report: Mapping[str, Any], attempt: int | None = None
    ) -> None:
        """Tell how far a terminal's command is (drivers/workers/terminal_commands.py).

        `attempt` is that of the command as it was taken, None where the terminal itself tells.
        """
        body = {**report, "attempt": attempt}
        self._call("POST", f"/terminals/commands/{command_id}/report", body)

    def clock_was_set(self, terminal_id: int, moved: Mapping[str, Any]) -> None:
        """Tell that a terminal's clock was put right: offsets in ms before and after."""
        self._call("POST", f"/terminals/{terminal_id}/clock", dict(moved))

    def push_hello(self, serial: str) -> PushPlace:
        """The terminal that pushes under this serial number; refused with 404 if unknown."""
        return _read(self._call("POST", "/pushes/hello", {"serial_number": serial}), _PUSH_PLACE)

    def push_punches(self, serial: str, stamp: str, records: Sequence[PunchRecord]) -> int:
        """Hand in pushed punches; the number that was new. An empty stamp leaves it as it is."""
        punches = [_punch(record) for record in records]
        body = {"serial_number": serial, "stamp": stamp[:40], "punches": punches}
        return _read(self._call("POST", "/pushes/punches", body), _RECEIVED).stored

    def push_people(
        self, serial: str, users: Sequence[PushedUser], enrolled: Sequence[str]
    ) -> None:
        """Tell of people on a terminal, and whose finger or face was enrolled there now."""
        told = [{"pin": user.pin, "name": user.name, "privilege": user.privilege} for user in users]
        body = {"serial_number": serial, "users": told, "enrolled": list(enrolled)}
        self._call("POST", "/pushes/people", body)

    def push_unknown(self, serial: str, detail: str, sample: bytes) -> None:
        """Hand in the beginning of what an unknown terminal sent."""
        body = {
            "serial_number": serial,
            "detail": detail,
            "body": b64encode(sample).decode("ascii"),
        }
        self._call("POST", "/pushes/unknown", body)

    def press(self, counter_id: int, press: str, digits: str, version: int, key: str) -> AfterPress:
        """Press a panel's key at a counter; the same `key` never does it twice."""
        body = {"press": press, "digits": digits, "version": version}
        answer = self._call("POST", f"/counters/{counter_id}/press", body, key)
        return AfterPress(_read(answer, _COUNTER), _read(answer, _TO_RATE).rate_ticket)

    def rate(self, counter_id: int, grade: str, ticket_id: int | None, key: str) -> None:
        """Hand in what a citizen pressed on a rating pad."""
        body = {"grade": grade, "ticket_id": ticket_id}
        self._call("POST", f"/counters/{counter_id}/rating", body, key)

    def next_call(self, speaker_id: int) -> Announcement | None:
        """The next call that this speaker is to speak, once; None when there is none."""
        answer = self._call("POST", f"/speakers/{speaker_id}/next")
        if answer.status_code == HTTP_NO_CONTENT:
            return None
        return _read(answer, _ANNOUNCEMENT)

    def voice(self, call_id: int, language: str) -> bytes | None:
        """The spoken call as a WAV file; None where the hall has no voice."""
        try:
            return self._call("GET", f"/calls/{call_id}/voice.wav?lang={language}").content
        except HallRefusedError as error:
            if error.status != HTTP_NOT_FOUND:
                raise
            return None

    def card(self, device_id: int, name: str, number: str) -> None:
        """Hand a card's person to the kiosk beside the reader; the hall does not keep it."""
        self._call("POST", f"/readers/{device_id}/card", {"name": name, "number": number})

    def unreadable_card(self, device_id: int) -> None:
        """Tell the kiosk that a card lies there which cannot be read."""
        self._call("POST", f"/readers/{device_id}/unreadable")

    def scan(self, device_id: int, text: str) -> None:
        """Hand what was scanned to the kiosk beside the scanner."""
        self._call("POST", f"/scanners/{device_id}/scan", {"text": text})

    def _call(
        self, method: str, path: str, body: dict[str, Any] | None = None, key: str | None = None
    ) -> requests.Response:
        headers = {} if key is None else {"Idempotency-Key": key}
        try:
            answer = self._session.request(
                method, self._base + path, json=body, headers=headers, timeout=TIMEOUT_SECONDS
            )
        except requests.RequestException as error:
            raise HallUnreachableError(str(error)) from error
        return _checked(answer)


T = TypeVar("T")

# What the hall answers; a newer hall may say more, which is passed over.
_DESIRED = TypeAdapter(Desired)
_CLAIMED = TypeAdapter(ClaimedJob)
_COUNTER = TypeAdapter(CounterState)
_TO_RATE = TypeAdapter(_ToRate)
_ANNOUNCEMENT = TypeAdapter(Announcement)
_RECEIVED = TypeAdapter(_Received)
_LOG_START = TypeAdapter(_LogStart)
_COMMAND = TypeAdapter(TerminalCommand)
_PUSH_PLACE = TypeAdapter(PushPlace)


def _read(answer: requests.Response, shape: TypeAdapter[T]) -> T:
    """The answer as a value. HallUnreachableError when it is not the hall that answers so."""
    try:
        return shape.validate_json(answer.content)
    except ValidationError as error:
        raise HallUnreachableError(f"an answer that is not the hall's: {error}") from error


def pair(server: str, token_file: Path, show_code: Callable[[str], None]) -> None:
    """Ask to be let in, show the code, wait for an administrator, keep the credential.

    A code that runs out is replaced by a new one. Waits as long as it takes.
    """
    offer: dict[str, Any] | None = None
    while True:
        try:
            if offer is None:
                offer = _post(server, "/api/pairings", {"kind": "agent"}).json()
                show_code(offer["code"])
            answer = _post(server, "/api/pairings/collect", {"secret": offer["secret"]})
            if answer.status_code != HTTP_ACCEPTED:
                break
        except HallRefusedError as error:
            if error.status != HTTP_NOT_FOUND:
                raise
            offer = None
        except HallUnreachableError as error:
            log.warning("the hall does not answer yet: %s", error)
        time.sleep(PAIRING_POLL_SECONDS)
    token_file.parent.mkdir(parents=True, exist_ok=True)
    token_file.touch(mode=0o600)
    token_file.write_text(answer.json()["token"], encoding="ascii")


def _post(server: str, path: str, body: dict[str, Any]) -> requests.Response:
    try:
        answer = requests.post(server.rstrip("/") + path, json=body, timeout=TIMEOUT_SECONDS)
    except requests.RequestException as error:
        raise HallUnreachableError(str(error)) from error
    return _checked(answer)


def _checked(answer: requests.Response) -> requests.Response:
    if answer.ok:
        return answer
    if answer.status_code >= HTTP_SERVER_ERROR:
        raise HallUnreachableError(f"the server answers {answer.status_code}")
    try:
        problem = answer.json()
    except requests.JSONDecodeError:
        problem = {}
    raise HallRefusedError(answer.status_code, problem.get("code", ""), problem.get("detail", ""))


def _punch(record: PunchRecord) -> list[Any]:
    at = record.terminal_time
    return [
        record.subject,
        record.raw_time,
        at.replace(tzinfo=None).isoformat() if at else None,
        record.verify,
        record.state,
        record.occurrence,
        b64encode(record.raw).decode("ascii"),
    ]
