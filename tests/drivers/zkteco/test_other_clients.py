"""Clients that others wrote, unchanged, against the simulated terminal."""

import json
import subprocess
import warnings
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
from zk import ZK

from drivers.zkteco.simulated.memory import Generation
from drivers.zkteco.simulator import SimulatedTerminal
from tests.services.programs import ABSENT

Start = Callable[..., SimulatedTerminal]
PACKAGES = ("zkteco-js@1.7.2", "node-zklib@1.3.0")
# Node clients take what arrives at once for one message; 3 ms are enough on an idle machine. The
# older one also asks for all chunks at once and loses what comes right behind one: it gets one.
PACE = 0.1
SCRIPT = """
const Client = require(process.argv[2])
const port = Number(process.argv[3])
const say = console.log
console.log = console.error
const name = record => String(record.user_id ?? record.deviceUserId)
const pause = () => new Promise(done => setTimeout(done, 100))
async function connect() {
  const client = new Client('127.0.0.1', port, 5000, 0)
  await client.createSocket()
  return client
}
async function main() {
  const client = await connect()
  const info = await client.getInfo()
  const users = await client.getUsers()
  await pause()
  const log = await client.getAttendances()
  await pause()
  const listener = await connect()  // after a bulk read a client no longer hears events
  const live = new Promise(heard => listener.getRealTimeLogs(heard))
  await pause()
  say(JSON.stringify({ready: true}))
  const event = await live
  say(JSON.stringify({
    info, wire: client.connectionType, users: users.data.map(user => String(user.userId)),
    log: log.data.map(name), heard: String(event.userId),
  }))
  process.exit(0)
}
main().catch(error => { console.error(error); process.exit(1) })
"""


def with_people(simulated: SimulatedTerminal, records: int) -> SimulatedTerminal:
    for pin in range(101, 161):
        simulated.command("enrol", pin=str(pin), full_name="王")
    simulated.command("fill", records=records)
    return simulated


@pytest.fixture
def pyzk() -> Callable[..., Any]:
    def client(simulated: SimulatedTerminal, **settings: Any) -> Any:
        port = int(simulated.address.rpartition(":")[2])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # it forgets a socket
            zk = ZK("127.0.0.1", port, 2, ommit_ping=True, encoding="gbk", **settings)
            return zk.connect()

    return client


@pytest.mark.parametrize("force_udp", [False, True])
@pytest.mark.parametrize("comm_key", [0, 987_654])
@pytest.mark.parametrize("generation", [Generation.UID_8, Generation.NUMBER_16, Generation.TEXT_40])
def test_pyzk_reads_the_log_and_the_people(
    start: Start, pyzk: Callable[..., Any], generation: Generation, comm_key: int, force_udp: bool
) -> None:
    simulated = with_people(start(generation=generation, comm_key=comm_key), 500)
    zk = pyzk(simulated, password=comm_key, force_udp=force_udp)
    assert [punch.user_id for punch in zk.get_attendance()] == [
        punch.pin for punch in simulated.memory.log
    ]
    assert {(user.user_id, user.name) for user in zk.get_users()} == {
        (str(pin), "王") for pin in range(101, 161)
    }
    zk.disconnect()


def test_pyzk_does_everything_else_that_is_asked_of_a_terminal(
    start: Start, pyzk: Callable[..., Any]
) -> None:
    simulated = with_people(start(), 5)
    zk = pyzk(simulated)
    assert (zk.get_serialnumber(), zk.get_platform()) == ("SIM0000000001", "SIMULATED")
    assert (zk.get_pin_width(), zk.get_fp_version(), zk.get_mac()) == (9, 10, "02:00:00:00:00:01")
    zk.set_user(uid=77, name="李", user_id="177")
    zk.delete_user(uid=1)
    assert {user.uid for user in zk.get_users()} == {*range(2, 61), 77}
    shown = zk.get_time()
    zk.set_time(shown + timedelta(hours=1))
    assert timedelta(minutes=59) < simulated.clock.ahead() < timedelta(minutes=61)
    zk.disable_device()
    assert simulated.locked
    zk.enable_device()
    zk.disconnect()


def test_pyzk_hears_a_finger(start: Start, pyzk: Callable[..., Any]) -> None:
    simulated = with_people(start(), 5)
    zk = pyzk(simulated)
    heard = zk.live_capture(new_timeout=0.05)
    assert next(heard) is None  # it has registered by now
    simulated.command("press_finger", pin="123")
    assert next(punch for punch in heard if punch is not None).user_id == "123"
    zk.end_live_capture = True
    assert next(heard, None) is None
    zk.disconnect()


@pytest.fixture(scope="session")
def node_clients(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Path:
    """A folder with the Node clients, installed from npm's registry where there is one."""
    folder = tmp_path_factory.mktemp("node")
    (folder / "read.js").write_text(SCRIPT)
    install = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", *PACKAGES]
    try:
        subprocess.run(install, cwd=folder, check=True, capture_output=True, timeout=60)
    except (OSError, subprocess.SubprocessError) as error:
        absent = f"npm: {', '.join(PACKAGES)}"
        pytestconfig.stash.setdefault(ABSENT, set()).add(absent)
        pytest.skip(f"{absent}: {error}")
    return folder


@pytest.mark.parametrize(
    ("package", "wire", "records"),
    [
        ("zkteco-js", "tcp", 2_000),
        ("node-zklib", "tcp", 1_600),
        ("node-zklib", "udp", 200),
    ],
)
def test_node_clients_read_log_and_people_and_hear_a_finger(
    start: Start, node_clients: Path, package: str, wire: str, records: int
) -> None:
    tcp = wire == "tcp"
    generation = Generation.TEXT_40 if tcp else Generation.NUMBER_16
    settings = {"tcp": tcp, "generation": generation, "pace": PACE}
    simulated = with_people(start(**settings, event_size=52 if tcp else 10), records)
    written = [punch.pin for punch in simulated.memory.log]
    port = simulated.address.rpartition(":")[2]
    with subprocess.Popen(
        ["node", "read.js", package, port], cwd=node_clients, stdout=subprocess.PIPE, text=True
    ) as node:
        patience = Timer(30, node.kill)
        patience.start()
        try:
            assert node.stdout is not None
            assert json.loads(node.stdout.readline() or "{}") == {"ready": True}
            simulated.command("press_finger", pin="123")
            told = json.loads(node.stdout.readline() or "{}")
        finally:
            patience.cancel()
            node.kill()
    assert (told["wire"], told["heard"]) == (wire, "123")
    assert told["info"] == {"userCounts": 60, "logCounts": records, "logCapacity": 100_000}
    assert (told["log"], len(told["users"])) == (written, 60)
