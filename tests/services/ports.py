"""TCP on the loopback address."""

import socket
from contextlib import closing

LOOPBACK = "127.0.0.1"


def free_port() -> int:
    """A port nobody listens on now; the one who asks should bind it soon."""
    with closing(socket.create_server((LOOPBACK, 0))) as server:
        port: int = server.getsockname()[1]
        return port


def is_open(port: int) -> bool:
    """Whether somebody accepts connections on this port."""
    with closing(socket.socket()) as client:
        return client.connect_ex((LOOPBACK, port)) == 0
