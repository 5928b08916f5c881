"""What a running web application holds, and the units of work that a request opens."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol, cast

from flask import current_app, g

from server.attendance.terminals.columns import ReadLog, no_log_reader
from server.attendance.terminals.importing import ReadExport, no_reader
from server.database import Database
from server.edge.audience import Audience
from server.edge.handover import Handovers
from server.i18n import N_
from server.problems import Unavailable
from server.realtime import Relay
from server.security.principal import Principal
from server.settings import Settings
from server.voice.speech import Speech
from server.work import Work, Workplace

EXTENSION = "hallkeeper"

DrawReceipt = Callable[[str, Mapping[str, Any], bytes | None], bytes]
"""Makes a PNG of a receipt from its markup, its printer's options, and the logo."""


class SignPicture(Protocol):
    """What a sign would show: a PNG, and what of it is not as it was asked for."""

    @property
    def picture(self) -> bytes:
        """PNG of the sign's dots."""

    @property
    def replaced(self) -> tuple[str, ...]:
        """Characters that the sign cannot draw."""

    @property
    def clipped(self) -> tuple[str, ...]:
        """Lines that are too wide."""

    @property
    def runs(self) -> bool:
        """Whether the text does not fit and runs."""


DrawSign = Callable[[Mapping[str, object], Mapping[str, Any]], SignPicture]
"""Makes a picture of a sign from what it should show and from its options. Raises ValueError."""


def no_sign_preview(_content: Mapping[str, object], _options: Mapping[str, Any]) -> SignPicture:
    """Where the application runs without the drivers. Raises Unavailable."""
    raise Unavailable(N_("这里不能预览显示屏"))


def no_preview(_markup: str, _options: Mapping[str, Any], _logo: bytes | None) -> bytes:
    """Where the application runs without the drivers. Raises Unavailable."""
    raise Unavailable(N_("这里不能预览票样"))


@dataclass(frozen=True, slots=True)
class Context:
    """The parts that routes need."""

    settings: Settings
    database: Database
    workplace: Workplace
    relay: Relay
    audience: Audience
    handovers: Handovers
    speech: Speech
    draw_receipt: DrawReceipt = no_preview
    draw_sign: DrawSign = no_sign_preview
    read_export: ReadExport = no_reader
    read_log: ReadLog = no_log_reader


def context() -> Context:
    """The running application's parts."""
    return cast(Context, current_app.extensions[EXTENSION])


def caller() -> Principal:
    """Who is asking; the access rule of the route has been checked."""
    return cast(Principal, g.principal)


@contextmanager
def writing() -> Iterator[Work]:
    """A writing unit of work in the caller's hall, by the caller."""
    principal = caller()
    with context().workplace.write(principal.hall_id, principal.actor) as work:
        yield work


@contextmanager
def reading() -> Iterator[Work]:
    """A reading unit of work in the caller's hall."""
    principal = caller()
    with context().workplace.read(principal.hall_id, principal.actor) as work:
        yield work
