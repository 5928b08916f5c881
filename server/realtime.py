"""Notices to screens: after each commit, in sequence, to those who may have them.

Sockets carry notices only; commands travel by HTTP. A notice says how fresh it is (`seq`) and what
it follows (`prev`), so that a client which missed one takes a snapshot over HTTP.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel
from sqlalchemy import select

from server.catalogue.models import Hall
from server.events import EventRow
from server.work import Work, Workplace

Emit = Callable[[str, dict[str, Any], str], None]
Build = Callable[[Work], BaseModel]


def room(hall_id: int, topic: str) -> str:
    """The room of the clients that follow a topic in a hall."""
    return f"hall:{hall_id}:{topic}"


@dataclass(slots=True)
class Relay:
    """Reads the outbox in order and tells each topic's room that something happened.

    Topics in `pushed` get their new snapshot with the notice, built once for all who follow.
    """

    workplace: Workplace
    emit: Emit
    pushed: dict[str, Build]
    _read_up_to: dict[int, int] = field(default_factory=dict)
    _told: dict[tuple[int, str], int] = field(default_factory=dict)
    _beat_at: float | None = None

    @property
    def silence(self) -> float:
        """Seconds since the last round that went through; 0 where nobody goes round."""
        return 0.0 if self._beat_at is None else time.monotonic() - self._beat_at

    def go_round(self) -> None:
        """A round of the process that does so for ever; the first one begins from now."""
        if self._beat_at is None:
            self.start_from_now()
        else:
            self.run_once()
        self._beat_at = time.monotonic()

    def start_from_now(self) -> None:
        """Skip what happened before: clients take a snapshot when they connect."""
        self._read_up_to = self._heads()

    def run_once(self) -> int:
        """Tell everything that is new; the number of events told.

        What an error cut short is told again by the next run.
        """
        told = 0
        for hall_id, head in self._heads().items():
            start = self._read_up_to.setdefault(hall_id, 0)
            if head > start:
                rows = self._events(hall_id, start, head)
                self._tell(hall_id, start, rows)
                self._read_up_to[hall_id] = head
                told += len(rows)
        return told

    def _heads(self) -> dict[int, int]:
        """The last sequence number of each hall."""
        with self.workplace.database.read() as session:
            return dict(session.execute(select(Hall.id, Hall.event_seq)).all())

    def _events(self, hall_id: int, after: int, up_to: int) -> list[EventRow]:
        with self.workplace.database.read() as session:
            return list(
                session.scalars(
                    select(EventRow)
                    .where(EventRow.hall_id == hall_id, EventRow.seq > after, EventRow.seq <= up_to)
                    .order_by(EventRow.seq)
                )
            )

    def _tell(self, hall_id: int, start: int, rows: list[EventRow]) -> None:
        for topic in sorted({topic for row in rows for topic in row.topics}):
            concerned = [row for row in rows if topic in row.topics]
            notice: dict[str, Any] = {
                "topic": topic,
                "seq": concerned[-1].seq,
                "prev": self._told.get((hall_id, topic), start),
                "kinds": sorted({row.kind for row in concerned}),
            }
            if topic in self.pushed:
                notice |= self._snapshot(hall_id, topic)
            self._told[hall_id, topic] = notice["seq"]
            self.emit("notice", notice, room(hall_id, topic))

    def _snapshot(self, hall_id: int, topic: str) -> dict[str, Any]:
        with self.workplace.read(hall_id) as work:
            snapshot = self.pushed[topic](work).model_dump(mode="json")
        return {"snapshot": snapshot, "seq": snapshot["seq"], "now": work.now.isoformat()}
