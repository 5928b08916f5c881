"""A hall in a database, with short words for what people do in it."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.catalogue.models import Counter
from server.database import Base, Database
from server.queueing.calling import advance, call_next, recall
from server.queueing.issuing import IssuedTicket, issue_ticket
from server.queueing.models import Ticket
from server.queueing.staffing import close_counter, open_counter
from server.queueing.states import TicketAction
from server.work import Actor, Work, Workplace


@dataclass(frozen=True, slots=True)
class BuiltHall:
    """A hall and the row numbers of what it has: services by prefix, counters by number."""

    workplace: Workplace
    id: int
    zone: ZoneInfo
    services: Mapping[str, int]
    counters: Mapping[int, int]
    devices: Mapping[str, int]
    staff: Mapping[str, Actor]

    @property
    def database(self) -> Database:
        """Where it lies."""
        return self.workplace.database

    def actor(self, name: str) -> Actor:
        """An account by its user name, or a device by its name."""
        if name in self.staff:
            return self.staff[name]
        return Actor(f"device:{self.devices[name]}", device_id=self.devices[name])

    def work(self, who: str) -> AbstractContextManager[Work]:
        """A writing unit of work by somebody of the hall."""
        return self.workplace.write(self.id, self.actor(who))

    @contextmanager
    def session(self) -> Iterator[Session]:
        """A reading session, for a look at the rows."""
        with self.database.read() as session:
            yield session

    def count(self, table: type[Base]) -> int:
        """How many rows a table has."""
        with self.session() as session:
            return session.scalar(select(func.count()).select_from(table)) or 0

    def take(self, prefix: str) -> IssuedTicket:
        """A citizen takes a number."""
        with self.workplace.write(self.id, Actor("device:kiosk")) as work:
            return issue_ticket(work, self.services[prefix])

    def clerk(self, number: int) -> "ClerkAtCounter":
        """Clerk number n, who has taken counter number n."""
        clerk = ClerkAtCounter(self, f"clerk{number}", number)
        clerk.open()
        return clerk


@dataclass(frozen=True, slots=True)
class ClerkAtCounter:
    """A clerk whose page is always fresh: each press carries the counter's present version."""

    hall: BuiltHall
    username: str
    number: int

    @property
    def counter_id(self) -> int:
        """The counter's row number."""
        return self.hall.counters[self.number]

    @property
    def version(self) -> int:
        """The counter's present version."""
        with self.hall.session() as session:
            return session.get_one(Counter, self.counter_id).version

    def open(self) -> None:
        """Take the counter."""
        with self.hall.work(self.username) as work:
            open_counter(work, self.counter_id)

    def close(self) -> None:
        """Leave the counter."""
        with self.hall.work(self.username) as work:
            close_counter(work, self.counter_id)

    def next(self) -> Ticket:
        """Call the next ticket."""
        version = self.version
        with self.hall.work(self.username) as work:
            return call_next(work, self.counter_id, version)

    def recall(self) -> Ticket:
        """Call the ticket in hand once more."""
        version = self.version
        with self.hall.work(self.username) as work:
            return recall(work, self.counter_id, version)

    def press(self, action: TicketAction) -> Ticket:
        """Start, finish or no-show."""
        version = self.version
        with self.hall.work(self.username) as work:
            return advance(work, self.counter_id, version, action)
