import os
import pty
import socket
import threading
import tty
from collections.abc import Iterator
from contextlib import closing, suppress

import pytest
import serial
from serial.rfc2217 import PortManager

from drivers.transport import TransportError, baud_of, open_transport


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def url_of(listener: socket.socket, scheme: str = "tcp") -> str:
    return f"{scheme}://127.0.0.1:{listener.getsockname()[1]}"


@pytest.fixture
def terminal() -> Iterator[tuple[int, str]]:
    """A pty: the far end as a file descriptor, the near end as a port's path."""
    far, near = pty.openpty()
    tty.setraw(near)
    path = os.ttyname(near)
    os.close(near)
    yield far, path
    os.close(far)


@pytest.mark.parametrize("scheme", ["tcp", "socket"])
def test_tcp_carries_bytes_both_ways(listener: socket.socket, scheme: str) -> None:
    with closing(open_transport(url_of(listener, scheme), timeout=2)) as link:
        peer, _ = listener.accept()
        with peer:
            link.write(b"\x10\x04\x01")
            peer.sendall(b"\x12")
            assert (peer.recv(16), link.read(16)) == (b"\x10\x04\x01", b"\x12")


def test_silence_reads_as_nothing(listener: socket.socket) -> None:
    with closing(open_transport(url_of(listener), timeout=0.05)) as link:
        assert link.read(16) == b""


def test_a_closed_peer_is_an_error_not_silence(listener: socket.socket) -> None:
    with closing(open_transport(url_of(listener), timeout=2)) as link:
        listener.accept()[0].close()
        with pytest.raises(TransportError, match="closed by the device"):
            link.read(16)


def test_a_peer_that_takes_nothing_ends_the_write_at_the_timeout(listener: socket.socket) -> None:
    with closing(open_transport(url_of(listener), timeout=0.2)) as link:
        peer, _ = listener.accept()
        with peer, pytest.raises(TransportError, match="while writing"):
            link.write(bytes(64 * 1024 * 1024))


def test_closing_with_unread_bytes_does_not_lose_what_was_written(listener: socket.socket) -> None:
    link = open_transport(url_of(listener), timeout=2)
    peer, _ = listener.accept()
    with peer:
        peer.sendall(b"status nobody reads")
        link.write(b"x" * 100_000)
        link.close()
        received = b"".join(iter(lambda: peer.recv(65536), b""))
        assert len(received) == 100_000


@pytest.mark.parametrize(
    ("url", "hint"),
    [
        ("tcp://127.0.0.1", "give host and port"),
        ("tcp://127.0.0.1:99999", "Port out of range"),
        ("nosuch://place", "protocol 'nosuch' not known"),
        ("/dev/serial/by-id/usb-none", "No such file"),
        ("/dev/null?flow=psychic", "not one of rtscts"),
        ("/dev/null?baud=fast", "invalid literal"),
    ],
)
def test_what_cannot_be_opened_says_why(url: str, hint: str) -> None:
    with pytest.raises(TransportError, match=hint):
        open_transport(url, timeout=0.2)


def test_nobody_listening_is_an_error(listener: socket.socket) -> None:
    url = url_of(listener)
    listener.close()
    with pytest.raises(TransportError, match="cannot open"):
        open_transport(url, timeout=0.2)


def test_a_serial_port_carries_bytes_both_ways(terminal: tuple[int, str]) -> None:
    far, path = terminal
    with closing(open_transport(f"{path}?baud=115200", timeout=2)) as port:
        port.write(b"\xaa\x96")
        os.write(far, b"\x9f")
        assert (os.read(far, 16), port.read(16)) == (b"\xaa\x96", b"\x9f")


@pytest.mark.parametrize(
    ("url", "baud"),
    [("COM3", 9600), ("/dev/ttyS0?baud=57600", 57600), ("rfc2217://box:4000?baud=19200", 19200)],
)
def test_the_baud_rate_is_read_from_the_address(url: str, baud: int) -> None:
    assert baud_of(url) == baud


def test_a_serial_port_has_one_owner(terminal: tuple[int, str]) -> None:
    _, path = terminal
    with (
        closing(open_transport(path, timeout=0.2)),
        pytest.raises(TransportError, match="exclusively lock"),
    ):
        open_transport(path, timeout=0.2)


def test_a_full_serial_line_ends_the_write_at_the_timeout(terminal: tuple[int, str]) -> None:
    _, path = terminal
    with (
        closing(open_transport(path, timeout=0.1)) as port,
        pytest.raises(TransportError, match="while writing"),
    ):
        port.write(bytes(1_000_000))


def test_an_unplugged_port_is_an_error_for_reader_and_writer() -> None:
    far, near = pty.openpty()
    tty.setraw(near)
    with closing(open_transport(os.ttyname(near), timeout=0.2)) as port:
        os.close(near)
        os.close(far)
        with pytest.raises(TransportError, match="while reading"):
            port.read(16)
        with pytest.raises(TransportError, match="while writing"):
            port.write(b"x")


class Rfc2217Box:
    """pyserial's own RFC 2217 server side; its serial port is a loop-back plug."""

    def __init__(self, link: socket.socket) -> None:
        self.link = link
        self.port = serial.serial_for_url("loop://", timeout=0)
        self.manager = PortManager(self.port, self)  # type: ignore[arg-type]

    def write(self, data: bytes) -> None:
        self.link.sendall(data)

    def run(self) -> None:
        while data := self.link.recv(4096):
            self.port.write(b"".join(self.manager.filter(data)))
            self.write(b"".join(self.manager.escape(self.port.read(4096))))


@pytest.mark.filterwarnings("ignore:set(Daemon|Name):DeprecationWarning")  # inside pyserial
def test_rfc2217_carries_bytes_both_ways(listener: socket.socket) -> None:
    def box() -> None:
        link, _ = listener.accept()
        with link, suppress(OSError):
            Rfc2217Box(link).run()

    thread = threading.Thread(target=box)
    thread.start()
    with closing(open_transport(url_of(listener, "rfc2217") + "?baud=9600", timeout=2)) as link:
        link.write(b"\xff\x68\x16")
        assert b"".join(link.read(1) for _ in range(3)) == b"\xff\x68\x16"
    thread.join()


@pytest.mark.filterwarnings("ignore:set(Daemon|Name):DeprecationWarning")  # inside pyserial
def test_rfc2217_reports_a_box_that_does_not_negotiate(listener: socket.socket) -> None:
    def mute_box() -> None:
        link, _ = listener.accept()
        with link:
            while link.recv(4096):
                pass

    thread = threading.Thread(target=mute_box)
    thread.start()
    with pytest.raises(TransportError, match="cannot open rfc2217"):
        open_transport(url_of(listener, "rfc2217") + "?timeout=0.1", timeout=0.2)
    thread.join()
