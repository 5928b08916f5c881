"""How one terminal is reached and read."""

import ipaddress
import re
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

DEFAULT_PORT = 4370
_HOST_NAME = re.compile(r"(?!-)[A-Za-z0-9-]{1,63}(?<!-)(\.(?!-)[A-Za-z0-9-]{1,63}(?<!-))*")
_LAST_PORT = 0xFFFF
_LAST_KEY = 0xFFFF_FFFF


class Wire(StrEnum):
    """What carries the protocol; only older models need UDP."""

    TCP = "tcp"
    UDP = "udp"


@dataclass(frozen=True, slots=True)
class Terminal:
    """A terminal's address and habits. Raises ValueError for an address that cannot be one.

    `comm_key` is the key (通讯密码) set on the terminal, 0 for none. `encoding` is the character
    set its screen shows names in. `zone` is where its wall clock stands. `reply_timeout` bounds
    each single answer.
    """

    host: str
    port: int = DEFAULT_PORT
    wire: Wire = Wire.TCP
    comm_key: int = field(default=0, repr=False)
    encoding: str = "gbk"
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("Asia/Shanghai"))
    reply_timeout: timedelta = timedelta(seconds=5)

    def __post_init__(self) -> None:
        if not (_is_ipv4(self.host) or _HOST_NAME.fullmatch(self.host)):
            raise ValueError(f"{self.host!r} is no host name or IPv4 address")
        if not 0 < self.port <= _LAST_PORT:
            raise ValueError(f"{self.port} is no port")
        if not 0 <= self.comm_key <= _LAST_KEY:
            raise ValueError("the communication key is a number of at most 32 bits")
        "".encode(self.encoding)  # LookupError here rather than in the middle of a talk

    @classmethod
    def at(cls, url: str) -> Self:
        """The terminal at `tcp://host[:port]` or `udp://host[:port]`, with the usual habits."""
        parts = urlsplit(url)
        if parts.scheme not in list(Wire) or parts.hostname is None:
            raise ValueError(f"{url!r} is not like tcp://192.168.1.201:4370")
        return cls(parts.hostname, parts.port or DEFAULT_PORT, Wire(parts.scheme))


def _is_ipv4(host: str) -> bool:
    try:
        ipaddress.IPv4Address(host)
    except ValueError:
        return False
    return True
