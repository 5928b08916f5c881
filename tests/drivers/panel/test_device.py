"""The bus master against simulated devices, over TCP and over a pseudo terminal."""

import os
import pty
import threading
import time
import tty
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import islice

import pytest

from drivers.panel.codec import encode, show_ticket
from drivers.panel.device import KeyPressed, PanelBus, PanelEvent, Rated, Timing
from drivers.panel.keys import Action, Press
from drivers.panel.simulator import PanelSimulator
from drivers.simulator import TcpServer
from drivers.transport import TransportError

BRISK = Timing(baud=1_000_000, listen=0.02, gap=0.0)
NEXT_AT_1 = KeyPressed(1, Press(Action.NEXT))


class Turned:
    """A bus with a thread that turns it and keeps what it heard."""

    def __init__(self, url: str, timing: Timing = BRISK) -> None:
        self.bus = PanelBus(url, timing)
        self.heard: list[PanelEvent] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._turn)
        self._thread.start()

    def _turn(self) -> None:
        while not self._ended.is_set():
            try:
                self.heard += self.bus.poll()
            except TransportError:
                self._ended.wait(0.02)
        self.bus.close()

    def close(self) -> None:
        self._ended.set()
        self._thread.join()


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < deadline, "it did not happen within 5 s"
        time.sleep(0.005)


@pytest.fixture
def devices() -> Iterator[PanelSimulator]:
    simulator = PanelSimulator("总线一", panels=range(1, 65), pads=[101])
    simulator.start()
    yield simulator
    simulator.stop()


@pytest.fixture
def turned(devices: PanelSimulator) -> Iterator[Turned]:
    with closing(Turned(devices.address)) as turned:
        turned.bus.show(64, ticket="", waiting=1)
        until(lambda: panel(devices, 64)["waiting"] == "001")
        yield turned


def panel(devices: PanelSimulator, address: int) -> dict[str, object]:
    panels = devices.state()["panels"]
    assert isinstance(panels, list)
    return next(state for state in panels if state["address"] == address)


def test_a_key_is_heard_and_answered(devices: PanelSimulator, turned: Turned) -> None:
    result = devices.command("press_key", address=1, key="call")
    assert result == {"answered": True, "attempts": 1}
    until(lambda: turned.heard == [NEXT_AT_1])


def test_digits_come_with_the_key(devices: PanelSimulator, turned: Turned) -> None:
    devices.command("press_key", address=2, key="1 2 transfer")
    until(lambda: turned.heard == [KeyPressed(2, Press(Action.TRANSFER, "12"))])


def test_a_rating_is_heard_and_answered(devices: PanelSimulator, turned: Turned) -> None:
    turned.bus.open_rating(101)
    until(lambda: devices.state()["pads"] == [{"address": 101, "asking": True}])
    assert devices.command("rate", address=101, rating=4)["answered"] is True
    until(lambda: turned.heard == [Rated(101, 4)])
    assert devices.state()["pads"] == [{"address": 101, "asking": False}]


def test_a_panel_shows_ticket_and_waiting_count(devices: PanelSimulator, turned: Turned) -> None:
    turned.bus.show(3, ticket="A012", waiting=7)
    until(lambda: (panel(devices, 3)["ticket"], panel(devices, 3)["waiting"]) == ("012", "007"))


def test_only_the_last_display_is_sent(devices: PanelSimulator) -> None:
    bus = PanelBus(devices.address, BRISK)
    for number in range(100):
        bus.show(3, ticket=f"A{number:03}", waiting=number)
    with closing(bus):
        bus.poll()
        until(lambda: panel(devices, 3)["ticket"] == "099")


def test_a_beep_reaches_the_panel(devices: PanelSimulator, turned: Turned) -> None:
    turned.bus.beep(3)
    until(lambda: panel(devices, 3)["beeps"] == 1)


def test_the_adapters_own_echo_is_no_key(devices: PanelSimulator, turned: Turned) -> None:
    devices.command("echo")
    turned.bus.show(1, ticket="A001", waiting=1)
    turned.bus.beep(1)
    devices.command("press_key", address=1, key="call")
    devices.command("press_key", address=2, key="recall")
    until(lambda: len(turned.heard) == 2)
    assert turned.heard == [NEXT_AT_1, KeyPressed(2, Press(Action.RECALL))]


def test_damaged_frames_are_counted(devices: PanelSimulator) -> None:
    bus = PanelBus(devices.address, BRISK)
    with closing(bus):
        bus.poll()
        devices._lines[0].sendall(bytes.fromhex("FF 68 02 02 68 01 03 00 16"))
        until(lambda: bus.poll() == [] and bus.rejected == 1)


def test_noise_before_a_key_does_not_hide_it(devices: PanelSimulator, turned: Turned) -> None:
    devices.command("noise", count=200)
    assert devices.command("press_key", address=1, key="call")["answered"] is True
    until(lambda: turned.heard == [NEXT_AT_1])


def test_an_answer_lost_on_the_line_does_not_call_twice(
    devices: PanelSimulator, turned: Turned
) -> None:
    devices.command("drop_bytes", count=5)
    assert devices.command("press_key", address=1, key="call") == {"answered": True, "attempts": 2}
    devices.command("press_key", address=2, key="call")
    until(lambda: len(turned.heard) == 2)
    assert turned.heard == [NEXT_AT_1, KeyPressed(2, Press(Action.NEXT))]


def test_a_device_that_hears_nothing_gives_up(devices: PanelSimulator, turned: Turned) -> None:
    devices.command("deaf")
    result = devices.command("press_key", address=1, key="call")
    assert result == {"answered": False, "attempts": 3}
    until(lambda: turned.heard == [NEXT_AT_1])


def test_displays_come_back_after_a_lost_line(devices: PanelSimulator, turned: Turned) -> None:
    turned.bus.show(3, ticket="A012", waiting=7)
    until(lambda: panel(devices, 3)["ticket"] == "012")
    devices.stop()
    turned.bus.show(3, ticket="A013", waiting=6)
    devices.start()
    until(lambda: panel(devices, 3)["ticket"] == "013")


def test_displays_are_refreshed_for_nothing_confirms_them(devices: PanelSimulator) -> None:
    with closing(
        Turned(devices.address, Timing(baud=1_000_000, listen=0.02, refresh=0.1))
    ) as turned:
        turned.bus.show(3, ticket="A012", waiting=7)
        until(lambda: panel(devices, 3)["ticket"] == "012")
        devices._panels[3].ticket = "888"
        until(lambda: panel(devices, 3)["ticket"] == "012")


def test_a_bus_that_is_not_there_says_so() -> None:
    server = TcpServer(lambda link: None)
    server.start()
    address = server.address
    server.stop()
    with pytest.raises(TransportError, match="cannot open"):
        PanelBus(address, BRISK).poll()


def test_sixty_four_panels_are_heard_within_a_second(
    devices: PanelSimulator, turned: Turned
) -> None:
    def press(address: int) -> bool:
        return devices.command("press_key", address=address, key="call")["answered"] is True

    begun = time.monotonic()
    with ThreadPoolExecutor(64) as clerks:
        assert all(clerks.map(press, range(1, 65)))
    until(lambda: len(turned.heard) == 64)
    assert time.monotonic() - begun < 1
    assert {event.address for event in turned.heard} == set(range(1, 65))


def test_events_can_be_taken_one_by_one(devices: PanelSimulator) -> None:
    bus = PanelBus(devices.address, BRISK)
    bus.poll()
    clerk = threading.Thread(
        target=devices.command, args=("press_key",), kwargs={"address": 1, "key": "call"}
    )
    clerk.start()
    with closing(bus):
        assert list(islice(bus.events(), 1)) == [NEXT_AT_1]
        clerk.join()


class Terminal:
    """The far end of a pseudo terminal, read and written like a socket."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def recv(self, size: int, /) -> bytes:
        try:
            return os.read(self._descriptor, size)
        except OSError:
            return b""

    def sendall(self, data: bytes, /) -> int:
        return os.write(self._descriptor, data)


def test_a_serial_port_carries_it_as_well() -> None:
    far, near = pty.openpty()
    tty.setraw(near)
    devices = PanelSimulator("总线一", panels=[1])
    line = threading.Thread(target=devices.attach, args=(Terminal(far),))
    line.start()
    with closing(Turned(os.ttyname(near))) as turned:
        turned.bus.show(1, ticket="A012", waiting=7)
        until(lambda: panel(devices, 1)["ticket"] == "012")
        assert devices.command("press_key", address=1, key="pause")["answered"] is True
        until(lambda: turned.heard == [KeyPressed(1, Press(Action.PAUSE))])
    os.close(near)
    line.join()
    os.close(far)


def test_what_is_sent_is_paced_by_the_line(devices: PanelSimulator) -> None:
    bus = PanelBus(devices.address, Timing(baud=9600, listen=0.02, gap=0.0))
    for address in (1, 2):
        bus.show(address, ticket="A001", waiting=1)
    with closing(bus):
        begun = time.monotonic()
        bus.poll()
        three_before_the_last = 3 * len(encode(show_ticket(1, "A001"))) * 10 / 9600
        assert time.monotonic() - begun > three_before_the_last
