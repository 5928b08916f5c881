import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from PIL import Image
from zk.base import make_commkey

from drivers.simulator import Simulator
from drivers.zkteco.simulated.face import masked
from drivers.zkteco.simulated.frames import Answer, build, checksum, parse
from drivers.zkteco.simulated.keylock import opens
from drivers.zkteco.simulator import SimulatedTerminal

Start = Callable[..., SimulatedTerminal]
Ask = Callable[..., tuple[int, bytes]]


@contextmanager
def talk(simulated: SimulatedTerminal) -> Iterator[Ask]:
    """A connected client that is nothing but bytes."""
    host, _, port = simulated.address.removeprefix("tcp://").rpartition(":")
    with socket.create_connection((host, int(port)), timeout=2) as wire:
        stream = wire.makefile("rb")
        own_session = 0

        def read() -> tuple[int, int, bytes]:
            length = struct.unpack("<4xI", stream.read(8))[0]
            payload = stream.read(length)
            return *struct.unpack("<H2xH2x", payload[:8]), payload[8:]

        def ask(
            command: int, data: bytes = b"", answers: int = 1, session: int | None = None
        ) -> tuple[int, bytes]:
            payload = build(Answer(command, data), own_session if session is None else session, 1)
            wire.sendall(b"\x50\x50\x82\x7d" + len(payload).to_bytes(4, "little") + payload)
            read_back = [read() for _ in range(answers)]
            return read_back[0][0], read_back[0][2]

        payload = build(Answer(1000), 0, 0)
        wire.sendall(b"\x50\x50\x82\x7d" + len(payload).to_bytes(4, "little") + payload)
        _, own_session, _ = read()
        yield ask


def test_it_says_that_it_is_a_simulator() -> None:
    simulated: Simulator = SimulatedTerminal()
    assert simulated.state()["simulated"] is True
    assert "模拟" in simulated.name


def test_a_bulk_answer_is_announced_with_exactly_eight_bytes(start: Start) -> None:
    simulated = start()
    simulated.command("fill", records=100)
    with talk(simulated) as ask:
        code, announced = ask(1503, struct.pack("<bhii", 1, 13, 0, 0))
        size = struct.unpack("<xIII", announced)[0]
        assert (code, size) == (2000, 4 + 100 * 40)
        assert ask(1504, struct.pack("<ii", 0, size), answers=3) == (
            (1500, struct.pack("<II", size, 0))
        )


def test_the_width_of_a_pin_is_one_byte(start: Start) -> None:
    with talk(start()) as ask:
        assert ask(69, b" P") == (2000, b"\x09")


@pytest.mark.parametrize("name", [b"~OS", b"~OS\0"])
def test_an_option_is_found_with_and_without_a_nul(start: Start, name: bytes) -> None:
    with talk(start()) as ask:
        assert ask(11, name) == (2000, b"~OS=1\0")


def test_an_option_may_be_written(start: Start) -> None:
    with talk(start()) as ask:
        assert ask(12, b"SDKBuild=1")[0] == 2000
        assert ask(11, b"SDKBuild")[1] == b"SDKBuild=1\0"


def test_an_unknown_command_is_called_that(start: Start) -> None:
    with talk(start()) as ask:
        assert ask(4711)[0] == 0xFFFF


def test_only_who_is_connected_and_has_the_key_is_answered(start: Start) -> None:
    with talk(start(comm_key=987_654)) as ask:
        assert ask(201)[0] == 2005


def test_an_impossible_time_is_not_set(start: Start) -> None:
    with talk(start()) as ask:
        impossible = ((26 * 12 + 1) * 31 + 30) * 86_400
        assert ask(202, struct.pack("<I", impossible))[0] == 2001


def test_an_option_without_a_value_is_not_written(start: Start) -> None:
    with talk(start()) as ask:
        assert ask(12, b"SDKBuild")[0] == 2001


def test_another_session_is_not_served(start: Start) -> None:
    simulated = start()
    with talk(simulated) as ask:
        assert ask(69, session=0)[0] == 2005


def test_a_user_record_of_another_generation_is_refused(start: Start) -> None:
    with talk(start()) as ask:
        assert ask(8, bytes(28))[0] == 2001


def test_only_the_log_and_the_people_are_read_in_bulk(start: Start) -> None:
    with talk(start()) as ask:
        assert ask(1503, struct.pack("<bhii", 1, 7, 2, 0))[0] == 2001  # templates


def test_a_key_of_another_length_does_not_open() -> None:
    assert not opens(b"123", 0, 1)


def test_a_cleared_log_leaves_a_trace(start: Start) -> None:
    simulated = start()
    simulated.command("fill", records=5)
    with talk(simulated) as ask:
        ask(15)
    assert (simulated.state()["records"], simulated.erased_by_clients) == (0, ["log"])


def test_noise_ends_the_connection_and_not_the_terminal(start: Start) -> None:
    simulated = start()
    host, _, port = simulated.address.removeprefix("tcp://").rpartition(":")
    with socket.create_connection((host, int(port)), timeout=2) as wire:
        wire.sendall(b"GET / HT")
        assert wire.recv(1) == b""
    with talk(simulated) as ask:
        assert ask(69)[0] == 2000


@given(st.binary(max_size=60))
def test_no_bytes_make_the_parser_fail(noise: bytes) -> None:
    parse(noise)


@given(st.binary(max_size=61))
def test_a_checksum_is_right_modulo_65535(data: bytes) -> None:
    payload = build(Answer(11, data), 7, 9)
    assert parse(payload) is not None
    broken = payload[:2] + struct.pack("<H", (checksum(payload) + 7) & 0xFFFF) + payload[4:]
    assert parse(broken) is None or broken == payload


def reversed_bits(key: int) -> int:
    return int(f"{key:032b}"[::-1], 2)


@given(st.integers(0, 999_999), st.integers(1, 0xFFFF), st.integers(0, 255))
def test_the_lock_takes_the_key_that_pyzk_makes(key: int, session: int, ticks: int) -> None:
    # pyzk itself cannot pack a key whose reversed bits and session overflow 32 bits.
    assume(max(reversed_bits(key), reversed_bits(key + 1)) + session < 1 << 32)
    assert opens(make_commkey(key, session, ticks), key, session)
    assert not opens(make_commkey(key + 1, session, ticks), key, session)


def test_a_full_log_gives_up_its_oldest() -> None:
    simulated = SimulatedTerminal(capacity=10, drops_at_once=4)
    simulated.command("fill", records=10)
    third = simulated.memory.log[4]
    simulated.command("press_finger", pin="1")
    assert (len(simulated.memory.log), simulated.memory.log[0]) == (7, third)


def test_a_stranger_is_refused() -> None:
    assert SimulatedTerminal().command("press_finger", pin="7") == (
        {"accepted": False, "why": "unknown"}
    )


def test_a_locked_terminal_takes_no_punch(start: Start) -> None:
    simulated = start()
    simulated.command("enrol", pin="10023")
    with talk(simulated) as ask:
        ask(1003)
    assert simulated.command("press_finger", pin="10023")["why"] == "locked"


def test_a_password_is_another_way_of_verifying() -> None:
    simulated = SimulatedTerminal()
    simulated.command("enrol", pin="10023")
    simulated.command("type_password", pin="10023")
    assert simulated.memory.log[0].verify == 0


def test_a_finger_is_stamped_with_the_terminals_own_clock() -> None:
    now = datetime(2026, 11, 24, 0, 0, 0, tzinfo=UTC)
    simulated = SimulatedTerminal(now=lambda: now)
    simulated.command("set_ahead", seconds=3_600)
    simulated.command("enrol", pin="10023")
    simulated.command("press_finger", pin="10023")
    assert simulated.clock.from_code(simulated.memory.log[0].code).hour == 9


def test_the_log_may_be_cleared_at_the_menu() -> None:
    simulated = SimulatedTerminal()
    simulated.command("fill", records=3)
    assert simulated.command("clear_log") == {"records": 0}


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("explode", {}),
        ("press_finger", {}),
        ("drop", {"nowhere": 1}),
        ("garbage", {"where": "everywhere"}),
    ],
)
def test_a_wrong_command_is_refused(name: str, arguments: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"unknown command|takes|unexpected|garbage is in"):
        SimulatedTerminal().command(name, **arguments)


def test_waiting_faults_are_shown_until_they_are_healed() -> None:
    simulated = SimulatedTerminal()
    simulated.command("drop", times=2)
    assert simulated.state()["faults"] == ["drop"]
    simulated.command("heal")
    assert simulated.state()["faults"] == []


@pytest.mark.parametrize(
    ("pin", "shown"), [("10023", "***23"), ("12", "*2"), ("7", "*"), ("123", "*23")]
)
def test_a_pin_is_never_shown_whole(pin: str, shown: str) -> None:
    assert masked(pin) == shown


@pytest.mark.parametrize("locked", [False, True])
def test_its_face_is_a_picture(locked: bool) -> None:
    simulated = SimulatedTerminal()
    simulated._brain.locked = locked
    assert Image.open(BytesIO(simulated.picture())).size == (320, 240)


def test_it_may_be_switched_off_and_on_under_the_same_address(start: Start) -> None:
    simulated = start()
    address = simulated.address
    simulated.stop()
    simulated.start()
    with talk(simulated) as ask:
        assert ask(69)[0] == 2000
    assert simulated.address == address
