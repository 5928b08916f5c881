"""Terminals push over real HTTP to the receiver, which hands on to a hall over real HTTP."""

import threading
from collections.abc import Iterator

import pytest
import requests

from drivers.hall_api import HallApi
from drivers.workers.pushes import PushTask
from drivers.zkteco.push_server import LARGEST_BODY_BYTES
from server.attendance.models import Punch
from server.attendance.terminals.command_models import CommandKind, TerminalCommand, TerminalUser
from server.attendance.terminals.commands import add_user, ask_terminal, remove_pin
from server.attendance.terminals.models import QuarantinedUpload, TerminalLog
from server.attendance.terminals.pushing import accept_unknown
from server.devices.models import Device, DeviceKind
from tests.drivers.workers.conftest import AGENT, TERMINAL
from tests.services.live import LiveHall

SERIAL, STRANGER = "ABC123", "XYZ9"
LINE = b"7\t2026-09-14 07:58:30\t255\t1\t0\n"


class Pusher:
    """A terminal's side of the wire."""

    def __init__(self, port: int) -> None:
        self.base = f"http://127.0.0.1:{port}/iclock"

    def get(self, path: str, serial: str = SERIAL) -> requests.Response:
        """A request of a terminal."""
        return requests.get(f"{self.base}/{path}", params={"SN": serial}, timeout=20)

    def post(self, path: str, body: bytes, serial: str = SERIAL, **query: str) -> requests.Response:
        """An upload of a terminal."""
        asked = {"SN": serial, **query}
        return requests.post(f"{self.base}/{path}", params=asked, data=body, timeout=20)

    def punches(self, body: bytes = LINE, serial: str = SERIAL) -> requests.Response:
        """Table ATTLOG."""
        return self.post("cdata", body, serial, table="ATTLOG", Stamp="99")


@pytest.fixture
def hall(live_hall: LiveHall) -> LiveHall:
    with live_hall.hall.database.write() as session:
        terminal = session.get_one(Device, live_hall.hall.devices[TERMINAL])
        terminal.options = {"serial_number": SERIAL}
    return live_hall


@pytest.fixture
def pusher(hall: LiveHall) -> Iterator[Pusher]:
    token = hall.token(AGENT)
    task = PushTask("http://127.0.0.1:0", lambda: HallApi(hall.address, token), hall.hall.zone)
    task.round(lambda *_said: None, threading.Event())
    yield Pusher(task.port)
    task.close()


@pytest.mark.parametrize("path", ["cdata", "cdata.aspx", "registry"])
def test_a_known_terminal_is_told_how_to_push(pusher: Pusher, path: str) -> None:
    text = pusher.get(path).text
    assert text.startswith(f"GET OPTION FROM: {SERIAL}\n")
    assert "TimeZone=8" in text
    assert "FP" not in text


def test_punches_are_stored_once_with_their_stamp(pusher: Pusher, hall: LiveHall) -> None:
    assert [pusher.punches().text for _ in range(2)] == ["OK: 1", "OK: 1"]
    with hall.hall.session() as session:
        [punch], [state] = session.query(Punch).all(), session.query(TerminalLog).all()
    assert (punch.pin, punch.state, punch.verify, punch.source) == ("7", 255, 1, "push")
    assert state.push_stamp == "99"
    assert "ATTLOGStamp=99" in pusher.get("cdata").text


def test_a_hall_that_cannot_store_is_no_ok(hall: LiveHall) -> None:
    task = PushTask(
        "http://127.0.0.1:0", lambda: HallApi("http://127.0.0.1:9", "none"), hall.hall.zone
    )
    task.round(lambda *_said: None, threading.Event())
    try:
        assert Pusher(task.port).punches().status_code == 503
    finally:
        task.close()


def test_an_unknown_terminal_is_set_aside_once_and_may_be_accepted(
    pusher: Pusher, hall: LiveHall
) -> None:
    assert [pusher.punches(serial=STRANGER).status_code for _ in range(3)] == [403] * 3
    with hall.hall.database.write() as session:
        [aside] = session.query(QuarantinedUpload).all()
        agent = session.get_one(Device, hall.hall.devices[AGENT])
        session.add(
            Device(
                hall_id=hall.hall.id,
                kind=DeviceKind.PUSH_RECEIVER,
                name="receiver",
                agent_id=agent.id,
                url="http://0.0.0.0:8090",
            )
        )
    assert (aside.serial_number, aside.body) == (STRANGER, LINE)
    with hall.hall.work(AGENT) as work:
        accept_unknown(work, aside.id, "新考勤机")
    assert pusher.punches(serial=STRANGER).text == "OK: 1"


@pytest.mark.parametrize("table", ["FP", "BIODATA", "USERPIC"])
def test_templates_are_gone(pusher: Pusher, hall: LiveHall, table: str) -> None:
    assert pusher.post("cdata", b"PIN=7\tTMP=secret", table=table).text == "OK"
    assert hall.hall.count(QuarantinedUpload) == 0


def test_a_body_that_is_too_long_is_not_read(pusher: Pusher) -> None:
    head = {"Content-Length": str(LARGEST_BODY_BYTES + 1)}
    answer = requests.post(f"{pusher.base}/cdata?SN={SERIAL}", headers=head, timeout=20)
    assert answer.status_code == 413


@pytest.mark.parametrize("path", ["/iclock/cdata", "/iclock/cdata?SN=../../etc", "/other?SN=1"])
def test_what_is_no_terminal_is_unknown(pusher: Pusher, path: str) -> None:
    base = pusher.base.removesuffix("/iclock")
    assert requests.get(base + path, timeout=20).status_code == 404


def test_a_command_is_fetched_and_its_end_is_told(pusher: Pusher, hall: LiveHall) -> None:
    with hall.hall.work(AGENT) as work:
        number = add_user(work, hall.hall.devices[TERMINAL], "9", "Li").id
    asked = pusher.get("getrequest").text
    assert asked == f"C:{number}:DATA UPDATE USERINFO PIN=9\tName=Li"
    pusher.post("devicecmd", f"ID={number}&Return=0&CMD=DATA".encode())
    with hall.hall.session() as session:
        assert session.get_one(TerminalCommand, number).state == "done"
    assert pusher.get("getrequest").text == "OK"


def people(hall: LiveHall) -> dict[str, tuple[str, int, bool]]:
    """Name, rights and whether enrolled, by number."""
    with hall.hall.session() as session:
        return {
            user.pin: (user.name, user.privilege, user.enrolled_at is not None)
            for user in session.query(TerminalUser)
        }


def test_people_entered_at_the_terminal_are_known_and_enrolled_without_their_template(
    pusher: Pusher, hall: LiveHall, caplog: pytest.LogCaptureFixture
) -> None:
    rows = "USER PIN=7\tName=甲\tPri=14\nUSER PIN=8\tName=乙\tPri=0\n".encode("gbk")
    template = b"FP PIN=7\tFID=6\tSize=8\tValid=1\tTMP=SECRET==\nFP PIN=9\tTMP=SECRET==\n"
    assert pusher.post("cdata", rows + template, table="OPERLOG").text == "OK: 4"
    assert people(hall) == {"7": ("甲", 14, True), "8": ("乙", 0, False), "9": ("", 0, True)}
    assert "SECRET" not in caplog.text
    with hall.hall.session() as session:
        assert b"SECRET" not in b"".join(one.body for one in session.query(QuarantinedUpload))


@pytest.mark.parametrize(
    ("path", "query"), [("querydata", {"tablename": "user"}), ("cdata", {"table": "USERINFO"})]
)
def test_asked_for_its_people_the_terminal_tells_them(
    pusher: Pusher, hall: LiveHall, path: str, query: dict[str, str]
) -> None:
    with hall.hall.work(AGENT) as work:
        ask_terminal(work, hall.hall.devices[TERMINAL], CommandKind.LIST_USERS)
    assert pusher.get("getrequest").text.endswith("DATA QUERY USERINFO")
    answer = pusher.post(path, "Pin=7\tName=甲\tPrivilege=0\n".encode("gbk"), **query)
    assert (answer.text, people(hall)) == ("OK: 1", {"7": ("甲", 0, False)})


def test_templates_asked_for_by_nobody_are_gone(pusher: Pusher, hall: LiveHall) -> None:
    answer = pusher.post("querydata", b"pin=7\ttmp=SECRET", tablename="templatev10")
    assert (answer.text, people(hall)) == ("OK", {})


def test_what_was_done_about_a_person_is_known_without_a_list(
    pusher: Pusher, hall: LiveHall
) -> None:
    def done(command_id: int) -> dict[str, tuple[str, int, bool]]:
        pusher.get("getrequest")
        pusher.post("devicecmd", f"ID={command_id}&Return=0&CMD=DATA".encode())
        return people(hall)

    with hall.hall.work(AGENT) as work:
        added = add_user(work, hall.hall.devices[TERMINAL], "9", "Li").id
    after_adding = done(added)
    with hall.hall.work(AGENT) as work:
        removed = remove_pin(work, hall.hall.devices[TERMINAL], "9").id
    assert (after_adding, done(removed)) == ({"9": ("Li", 0, False)}, {})
