"""What a running web application holds, and the units of work that a request opens."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

from flask import current_app, g

from server.database import Database
from server.security.principal import Principal
from server.settings import Settings
from server.work import Work, Workplace

EXTENSION = "hallkeeper"


@dataclass(frozen=True, slots=True)
class Context:
    """The parts that routes need."""

    settings: Settings
    database: Database
    workplace: Workplace


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
