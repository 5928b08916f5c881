"""The unit of work: what every use case is given, and what is written when it has succeeded."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
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


SYSTEM = Actor("system")
NOBODY = Actor("anonymous")


@dataclass(slots=True)
class Work:
    """One transaction in one hall: its session, its one instant, who acts, what happened."""

    session: Session
    hall_id: int
    zone: ZoneInfo
    now: datetime
    actor: Actor
    events: list[DomainEvent] = field(default_factory=list)
    audits: list[AuditRecord] = field(default_factory=list)

    @property
    def business_date(self) -> date:
        """The hall's date at this work's instant."""
        return business_date(self.now, self.zone)

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
        if not (self.events or self.audits):
            return
        hall = self.session.scalars(
            select(Hall)
            .where(Hall.id == self.hall_id)
            # Rows that refer to the hall hold its key: a lock on the key too would deadlock.
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        ).one()
        for event in self.events:
            hall.event_seq += 1
            self.session.add(
                EventRow(
                    hall_id=hall.id,
                    seq=hall.event_seq,
                    kind=type(event).__name__,
                    topics=sorted(event.topics),
                    payload=event.payload(),
                    happened_at=self.now,
                )
            )
        for record in self.audits:
            hall.audit_hash = seal(hall.audit_hash, self.now, record)
            self.session.add(
                AuditEntry(
                    hall_id=hall.id,
                    at=self.now,
                    actor=record.actor,
                    action=record.action,
                    subject=record.subject,
                    details=record.details,
                    seal=hall.audit_hash,
                )
            )


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
            raise Conflict(N_("大厅还没有设置,请管理员先打开设置地址"))
        with self.write(hall_id, NOBODY) as work:
            yield work

    def _work(self, session: Session, hall_id: int, actor: Actor) -> Work:
        hall = session.get_one(Hall, hall_id)
        return Work(session, hall_id, hall.zone, self.clock(), actor)
