"""The unit of work: what every use case is given, and what is written when it has succeeded."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import CursorResult, Executable, bindparam, insert, select, update
from sqlalchemy.orm import Session

from server.audit import AuditEntry, AuditRecord, seal
from server.catalogue.models import Hall
from server.clock import Clock, business_date
from server.database import Database
from server.events import DomainEvent, EventRow
from server.i18n import N_
from server.problems import Conflict


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks for the change: `label` is what the audit shows, e.g. `account:7`."""

    label: str
    account_id: int | None = None
    device_id: int | None = None
    is_person: bool = False


_HALL = update(Hall).where(Hall.id == bindparam("hall_id"))
_NUMBER_EVENTS = _HALL.values(event_seq=Hall.event_seq + bindparam("count")).returning(
    Hall.event_seq, Hall.audit_hash
)
_KEEP_SEAL = _HALL.values(audit_hash=bindparam("seal"))
_WRITE_EVENTS = insert(EventRow)

SYSTEM = Actor("system")
NOBODY = Actor("anonymous")


@dataclass(slots=True)
class Work:
    """One transaction in one hall: its session, its one instant, who acts, what happened."""

    session: Session
    hall: Hall
    now: datetime
    actor: Actor
    events: list[DomainEvent] = field(default_factory=list)
    audits: list[AuditRecord] = field(default_factory=list)

    @property
    def hall_id(self) -> int:
        """The hall's row number."""
        return self.hall.id

    @property
    def zone(self) -> ZoneInfo:
        """The hall's zone."""
        return self.hall.zone

    @property
    def business_date(self) -> date:
        """The hall's date at this work's instant."""
        return business_date(self.now, self.zone)

    def ask(self, statement: Executable, **values: object) -> CursorResult[*tuple[Any, ...]]:
        """Rows of a statement that was built once, with its parameters' values.

        Building a statement costs several times its execution: what each ticket and each call asks
        is prepared. It yields columns, not entities.
        """
        self.session.flush()
        return self.session.connection().execute(statement, values)

    def record(self, event: DomainEvent) -> None:
        """Note that something happened; it is numbered and stored with the transaction."""
        self.events.append(event)

    def audit(self, action: str, subject: str, **details: object) -> None:
        """Note in the audit chain what the actor did."""
        self.audits.append(AuditRecord(self.actor.label, action, subject, dict(details)))

    def seal(self) -> None:
        """Write events and audit entries, numbered under the hall row's lock.

        The lock is taken last and held until the commit, so that sequence order is commit order.
        """
        self.session.flush()
        if self.events or self.audits:
            # No column that others refer to is changed: rows that refer to the hall do not wait.
            count = len(self.events)
            hall = self.ask(_NUMBER_EVENTS, hall_id=self.hall_id, count=count).one()
            self._write_events(hall.event_seq - count)
            if self.audits:
                last = self._write_audits(hall.audit_hash)
                self.ask(_KEEP_SEAL, hall_id=self.hall_id, seal=last)

    def _write_events(self, after: int) -> None:
        if not self.events:
            return
        rows = [
            {
                "hall_id": self.hall_id,
                "seq": seq,
                "kind": type(event).__name__,
                "topics": sorted(event.topics),
                "payload": event.payload(),
                "happened_at": self.now,
            }
            for seq, event in enumerate(self.events, start=after + 1)
        ]
        self.session.connection().execute(_WRITE_EVENTS, rows)

    def _write_audits(self, previous: str) -> str:
        """Write the entries, each sealed over the one before; the last seal."""
        for record in self.audits:
            previous = seal(previous, self.now, record)
            self.session.add(
                AuditEntry(
                    hall_id=self.hall_id,
                    at=self.now,
                    actor=record.actor,
                    action=record.action,
                    subject=record.subject,
                    details=record.details,
                    seal=previous,
                )
            )
        return previous


class Workplace:
    """Opens units of work on a database under a clock; the one place where transactions begin."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock

    @contextmanager
    def write(self, hall_id: int, actor: Actor) -> Iterator[Work]:
        """A writing unit of work; committed with its events and audit entries, or not at all."""
        with self.database.write() as session:
            work = self._work(session, hall_id, actor)
            yield work
            work.seal()

    @contextmanager
    def read(self, hall_id: int, actor: Actor = SYSTEM) -> Iterator[Work]:
        """A unit of work for queries."""
        with self.database.read() as session:
            yield self._work(session, hall_id, actor)

    @contextmanager
    def anonymous(self) -> Iterator[Work]:
        """A writing unit of work for somebody who belongs to no hall yet, in the first hall.

        Raises Conflict while no hall has been set up.
        """
        with self.database.read() as session:
            hall_id = session.scalar(select(Hall.id).order_by(Hall.id).limit(1))
        if hall_id is None:
            raise Conflict(N_("大厅还没有设置，请管理员先打开设置地址"))
        with self.write(hall_id, NOBODY) as work:
            yield work

    def _work(self, session: Session, hall_id: int, actor: Actor) -> Work:
        hall = session.get_one(Hall, hall_id)
        return Work(session, hall, self.clock(), actor)
