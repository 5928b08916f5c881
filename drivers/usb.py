"""USB printers on Linux, found by vendor and product whatever node the kernel gave them."""

import os
import re
import select
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import NamedTuple

SYSFS = Path("/sys/class/usbmisc")
DEVICES = Path("/dev/usb")

_URL = re.compile(r"usb://([0-9a-fA-F]{4}):([0-9a-fA-F]{4})(?:/(.+))?")


class UsbPrinter(NamedTuple):
    """A printer-class device that is plugged in, with the node it has now."""

    node: Path
    vendor: str
    product: str
    serial: str

    @property
    def url(self) -> str:
        """`usb://vendor:product/serial`, which stays the same through every plug."""
        return f"usb://{self.vendor}:{self.product}" + (f"/{self.serial}" if self.serial else "")


def usb_printers() -> list[UsbPrinter]:
    """All that the kernel's usblp driver serves now; empty on other systems."""
    return [
        UsbPrinter(
            DEVICES / node.name,
            *(_attribute(node, name) for name in ("idVendor", "idProduct", "serial")),
        )
        for node in sorted(SYSFS.glob("lp*"))
    ]


def find_usb_printer(url: str) -> Path:
    """The node that `url` means now: `usb://0416:5011`, with `/serial` if there are several.

    Raises ValueError for another form, OSError when no such printer is plugged in.
    """
    match = _URL.fullmatch(url)
    if match is None:
        raise ValueError("give vendor and product as lsusb shows them, as in usb://0416:5011")
    vendor, product, serial = match.groups()
    for printer in usb_printers():
        same_kind = (printer.vendor, printer.product) == (vendor.lower(), product.lower())
        if same_kind and serial in (None, printer.serial):
            return printer.node
    here = ", ".join(printer.url for printer in usb_printers())
    raise FileNotFoundError(f"it is not plugged in; here are: {here or 'none'}")


class UsbLink:
    """A USB printer as a file that never blocks longer than `timeout` seconds. Raises OSError."""

    def __init__(self, url: str, timeout: float) -> None:
        self._timeout = timeout
        self._file = os.open(find_usb_printer(url), os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY)

    def read(self, max_bytes: int) -> bytes:
        """What has arrived; b'' after silence."""
        if not select.select([self._file], [], [], self._timeout)[0]:
            return b""
        return os.read(self._file, max_bytes)

    def write(self, data: bytes) -> None:
        """Hand over all of `data`."""
        deadline, left = monotonic() + self._timeout, memoryview(data)
        while left:
            patience = max(deadline - monotonic(), 0)
            if not select.select([], [self._file], [], patience)[1]:
                raise TimeoutError(f"it took {len(data) - len(left)} of {len(data)} bytes")
            left = left[os.write(self._file, left) :]

    def close(self) -> None:
        """Let go of the device; harmless when done twice."""
        file, self._file = self._file, -1
        with suppress(OSError):
            os.close(file)


def _attribute(node: Path, name: str) -> str:
    """What the kernel tells of the USB device behind a node; '' when it does not."""
    interface = (node / "device").resolve()
    try:
        return (interface.parent / name).read_text(encoding="utf-8").strip()
    except OSError:
        return ""
