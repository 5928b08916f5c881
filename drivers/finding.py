"""Finds what could be a device: serial ports and USB printers here, open ports on the network."""

import socket
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from serial.tools import list_ports

from drivers.escpos.device import Printer
from drivers.escpos.settings import PrinterSettings
from drivers.transport import TransportError
from drivers.usb import usb_printers

BY_ID = Path("/dev/serial/by-id")
CONNECT_SECONDS = 0.5
NAME_SECONDS = 1.0
AT_ONCE = 64

# TCP port → what usually listens there, '' when it may be anything behind a serial box.
USUAL_PORTS = {
    9100: "printer",
    4370: "terminal",
    5005: "led_sign",
    5200: "led_sign",
    4001: "",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A place at which a device may be; `kind` is a guess."""

    url: str
    kind: str
    description: str


def local_ports() -> list[Found]:
    """Serial ports and USB printers of this computer, under names that survive replugging."""
    return [*_serial_ports(), *_usb_printers()]


def _serial_ports() -> Iterator[Found]:
    if BY_ID.is_dir():
        for path in sorted(BY_ID.iterdir()):
            yield Found(str(path), "", path.name)
        return
    for port in sorted(list_ports.comports()):
        yield Found(port.device, "", port.description or "")


def _usb_printers() -> Iterator[Found]:
    for printer in usb_printers():
        yield Found(printer.url, "printer", str(printer.node))


def on_network(addresses: Iterable[str]) -> list[Found]:
    """Whoever listens on the usual ports of these addresses; nothing is sent but to printers.

    A printer is asked for its model name, which prints nothing.
    """
    places = [(address, port) for address in addresses for port in USUAL_PORTS]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [found for found in pool.map(_look, places) if found is not None]


def _look(place: tuple[str, int]) -> Found | None:
    address, port = place
    try:
        socket.create_connection(place, CONNECT_SECONDS).close()
    except OSError:
        return None
    url, kind = f"tcp://{address}:{port}", USUAL_PORTS[port]
    return Found(url, kind, _printer_name(url) if kind == "printer" else "")


def _printer_name(url: str) -> str:
    try:
        return Printer(url, PrinterSettings(), timeout=NAME_SECONDS).name()
    except TransportError:
        return ""
