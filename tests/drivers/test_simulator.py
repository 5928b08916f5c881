import socket

import pytest

from drivers.simulator import Result, TcpServer, run_command
from drivers.transport import TransportError, open_transport


def echo(link: socket.socket) -> None:
    while data := link.recv(4096):
        link.sendall(data)


def ring(times: int) -> Result:
    return {"rang": times}


def test_a_command_is_called_with_its_arguments() -> None:
    assert run_command({"ring": ring}, "ring", {"times": 2}) == {"rang": 2}


def test_an_unknown_command_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="unknown command 'sing'; known: beep, ring"):
        run_command({"ring": ring, "beep": ring}, "sing", {})


def test_wrong_arguments_say_which_fit() -> None:
    with pytest.raises(ValueError, match=r"ring takes .*times: int.*unexpected"):
        run_command({"ring": ring}, "ring", {"times": 1, "loudly": True})


def test_the_server_serves_several_links_at_once() -> None:
    server = TcpServer(echo)
    server.start()
    links = [open_transport(server.address, timeout=2) for _ in range(3)]
    for number, link in enumerate(links):
        link.write(bytes([number]))
    assert [link.read(1) for link in links] == [b"\0", b"\1", b"\2"]
    for link in links:
        link.close()
    server.stop()


def test_dropped_links_end_while_the_server_stays() -> None:
    server = TcpServer(echo)
    server.start()
    link = open_transport(server.address, timeout=2)
    link.write(b"x")
    assert link.read(1) == b"x"
    server.drop_links()
    with pytest.raises(TransportError):
        link.read(1)
    again = open_transport(server.address, timeout=2)
    again.write(b"y")
    assert again.read(1) == b"y"
    link.close()
    again.close()
    server.stop()


def test_a_restarted_server_keeps_its_address() -> None:
    server = TcpServer(echo)
    server.start()
    address = server.address
    server.stop()
    server.start()
    assert server.address == address
    server.stop()


def test_stop_cuts_links_and_may_be_called_twice() -> None:
    server = TcpServer(echo)
    server.start()
    link = open_transport(server.address, timeout=2)
    link.write(b"x")
    assert link.read(1) == b"x"
    server.stop()
    server.stop()
    with pytest.raises(TransportError):
        link.read(1)
    link.close()
