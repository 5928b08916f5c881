"""A hall in a database, with short words for what people do in it."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.catalogue.models import Counter
from server.database import Base, Database
from server.queueing.calling import call_next, call_number, recall
from server.queueing.days import begin_day, look_at_clock
from server.queueing.issuing import IssuedTicket, Wish, issue
from server.queueing.lanes import Priority
from server.queueing.models import Ticket
from server.queueing.pauses import pause, resume_service
from server.queueing.returning import rejoin, walk_out
from server.queueing.serving import Target, advance, let_go, resume, transfer
from server.queueing.staffing import close_counter, open_counter
from server.queueing.states import TicketAction
from server.queueing.undoing import undo
from server.work import NOBODY, SYSTEM, Actor, Work, Workplace


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

    def take(
        self, prefix: str, priority: Priority = Priority.NONE, *, cases: int = 1
    ) -> IssuedTicket:
        """A citizen takes a number; several prefixes are one visit for several services."""
        wish = Wish([self.services[one] for one in prefix], cases=cases, priority=priority)
        with self.workplace.write(self.id, Actor("device:kiosk")) as work:
            return issue(work, wish)

    def rejoin(self, ticket: Ticket) -> Ticket:
        """A citizen whose number was missed comes back."""
        with self.workplace.write(self.id, NOBODY) as work:
            return rejoin(work, ticket.id)

    def walk_out(self, ticket: Ticket) -> Ticket:
        """A citizen leaves."""
        with self.workplace.write(self.id, NOBODY) as work:
            return walk_out(work, ticket.id)

    def look_at_clock(self) -> None:
        """The running server sees what time it is."""
        with self.workplace.write(self.id, SYSTEM) as work:
            look_at_clock(work)

    def start_server(self) -> None:
        """The server is switched on, after however long a time."""
        with self.workplace.write(self.id, SYSTEM) as work:
            begin_day(work)

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

    def undo(self) -> Ticket:
        """Take back the last call, finish or no-show."""
        version = self.version
        with self.hall.work(self.username) as work:
            return undo(work, self.counter_id, version)

    def transfer(self, target: Target, note: str = "") -> Ticket:
        """Send the ticket in hand on."""
        version = self.version
        with self.hall.work(self.username) as work:
            return transfer(work, self.counter_id, version, target, note)

    def call_number(self, label: str, reason: str = "群众有急事") -> Ticket:
        """Call a ticket out of turn."""
        version = self.version
        with self.hall.work(self.username) as work:
            return call_number(work, self.counter_id, version, label, reason)

    def resume(self, ticket: Ticket) -> Ticket:
        """Go on with a ticket on hold."""
        version = self.version
        with self.hall.work(self.username) as work:
            return resume(work, self.counter_id, version, ticket.id)

    def let_go(self, ticket: Ticket) -> Ticket:
        """Whoever was put on hold has left."""
        version = self.version
        with self.hall.work(self.username) as work:
            return let_go(work, self.counter_id, version, ticket.id)

    def pause(self, reason: str = "meeting") -> None:
        """Close the counter for now."""
        version = self.version
        with self.hall.work(self.username) as work:
            pause(work, self.counter_id, version, reason)

    def end_pause(self) -> None:
        """Open the counter again."""
        version = self.version
        with self.hall.work(self.username) as work:
            resume_service(work, self.counter_id, version)

    def press(self, action: TicketAction) -> Ticket:
        """Start, finish, no-show or hold."""
        version = self.version
        with self.hall.work(self.username) as work:
            return advance(work, self.counter_id, version, action)
