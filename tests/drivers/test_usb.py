import os
import pty
import tty
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from drivers import usb
from drivers.transport import TransportError, open_transport
from drivers.usb import usb_printers


class Machine:
    """A kernel's view of USB printers, in folders; behind each node is a pty."""

    def __init__(self, root: Path) -> None:
        self.sysfs, self.nodes, self._devices = root / "sys", root / "dev", root / "devices"
        for folder in (self.sysfs, self.nodes):
            folder.mkdir()
        self.far_ends: list[int] = []

    def plug_in(self, node: str, vendor: str, product: str, serial: str = "") -> int:
        """Returns the printer's own end of the cable."""
        device = self._devices / node
        (device / "interface").mkdir(parents=True)
        (device / "idVendor").write_text(f"{vendor}\n")
        (device / "idProduct").write_text(f"{product}\n")
        if serial:
            (device / "serial").write_text(f"{serial}\n")
        (self.sysfs / node).mkdir()
        (self.sysfs / node / "device").symlink_to(device / "interface")
        far, near = pty.openpty()
        tty.setraw(near)
        (self.nodes / node).symlink_to(os.ttyname(near))
        self.far_ends += [far, near]
        return far


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Machine]:
    machine = Machine(tmp_path)
    monkeypatch.setattr(usb, "SYSFS", machine.sysfs)
    monkeypatch.setattr(usb, "DEVICES", machine.nodes)
    yield machine
    for end in machine.far_ends:
        os.close(end)


def test_what_is_plugged_in_is_offered_by_its_lasting_address(machine: Machine) -> None:
    machine.plug_in("lp0", "0416", "5011")
    machine.plug_in("lp1", "04b8", "0e15", "J4XF001")
    assert [printer.url for printer in usb_printers()] == [
        "usb://0416:5011",
        "usb://04b8:0e15/J4XF001",
    ]


def test_bytes_go_both_ways(machine: Machine) -> None:
    far = machine.plug_in("lp0", "0416", "5011")
    with closing(open_transport("usb://0416:5011", timeout=2)) as link:
        link.write(b"\x10\x04\x01")
        os.write(far, b"\x12")
        assert (os.read(far, 16), link.read(16)) == (b"\x10\x04\x01", b"\x12")


def test_silence_reads_as_nothing(machine: Machine) -> None:
    machine.plug_in("lp0", "0416", "5011")
    with closing(open_transport("usb://0416:5011", timeout=0.05)) as link:
        assert link.read(16) == b""


def test_a_printer_is_found_under_whatever_node_it_has(machine: Machine) -> None:
    machine.plug_in("lp0", "04b8", "0e15")
    far = machine.plug_in("lp3", "0416", "5011")
    with closing(open_transport("usb://0416:5011", timeout=2)) as link:
        link.write(b"x")
        assert os.read(far, 16) == b"x"


def test_two_of_a_kind_are_told_apart_by_serial_number(machine: Machine) -> None:
    machine.plug_in("lp0", "04b8", "0e15", "LEFT")
    right = machine.plug_in("lp1", "04b8", "0e15", "RIGHT")
    with closing(open_transport("usb://04B8:0E15/RIGHT", timeout=2)) as link:
        link.write(b"x")
        assert os.read(right, 16) == b"x"


def test_a_printer_that_takes_nothing_ends_the_write_at_the_timeout(machine: Machine) -> None:
    machine.plug_in("lp0", "0416", "5011")
    with (
        closing(open_transport("usb://0416:5011", timeout=0.1)) as link,
        pytest.raises(TransportError, match=r"it took \d+ of 1000000 bytes"),
    ):
        link.write(bytes(1_000_000))


def test_one_that_is_not_there_names_those_that_are(machine: Machine) -> None:
    machine.plug_in("lp0", "0416", "5011")
    with pytest.raises(TransportError, match="not plugged in; here are: usb://0416:5011"):
        open_transport("usb://04b8:0e15", timeout=1)


def test_another_form_of_address_is_refused() -> None:
    with pytest.raises(TransportError, match="give vendor and product as lsusb shows them"):
        open_transport("usb://printer", timeout=1)


def test_closing_twice_is_harmless(machine: Machine) -> None:
    machine.plug_in("lp0", "0416", "5011")
    link = open_transport("usb://0416:5011", timeout=1)
    link.close()
    link.close()
    with pytest.raises(TransportError):
        link.read(1)
