"""The queue's numbers: defaults in config/queue.toml, each hall's changes in its row."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from server.database import Base
from server.queueing.lanes import Lane
from server.queueing.rules import Mixing, Policy
from server.settings import PROJECT_ROOT
from server.work import Work

DEFAULTS = PROJECT_ROOT / "config" / "queue.toml"


class Rollover(StrEnum):
    """What becomes at midnight of tickets that still wait."""

    CLOSE = "close"  # they count as walked out
    CARRY = "carry"  # they wait on, with their date in the label


@dataclass(frozen=True, slots=True)
class QueueSettings:
    """The numbers of one hall, as config/queue.toml explains them."""

    mixing: Mixing
    shares: Mapping[Lane, int]
    weights: Mapping[Lane, float]
    overflow_minutes: int
    return_places: int
    most_returns: int
    recall_interval_seconds: int
    calls_before_no_show: int
    undo_seconds: int
    rollover: Rollover
    longest_silence_minutes: int
    forgotten_after_minutes: int
    pause_reasons: Mapping[str, str]
    check_in_early_minutes: int
    check_in_late_minutes: int
    usual_service_minutes: int
    arriving_minutes: int
    experience_tickets: int
    least_experience: int
    rehearsals: int
    estimate_step_minutes: int
    rating_days: int
    complaint_working_days: int
    warn_wait_minutes: int
    warn_waiting_per_counter: int
    warn_service_minutes: int

    @property
    def policy(self) -> Policy:
        """How lanes are mixed."""
        return Policy(self.mixing, self.shares, self.weights)

    @property
    def longest_silence(self) -> timedelta:
        """A running server that did not look at its clock for longer has had it set."""
        return timedelta(minutes=self.longest_silence_minutes)

    @property
    def forgotten_after(self) -> timedelta:
        """A counter of an earlier day that was silent for so long has been left."""
        return timedelta(minutes=self.forgotten_after_minutes)

    @property
    def undo_for(self) -> timedelta:
        """How long a press can be taken back."""
        return timedelta(seconds=self.undo_seconds)

    @property
    def recall_interval(self) -> timedelta:
        """The shortest time between two calls of one ticket."""
        return timedelta(seconds=self.recall_interval_seconds)


class HallQueueSettings(Base):
    """What one hall has changed of the defaults, by their names in config/queue.toml."""

    __tablename__ = "queue_settings"

    hall_id: Mapped[int] = mapped_column(ForeignKey("halls.id"), primary_key=True)
    changes: Mapped[dict[str, Any]]


_ADAPTER = TypeAdapter(QueueSettings)


def queue_settings(work: Work) -> QueueSettings:
    """The settings in force in this work's hall; read once in each transaction."""
    known: dict[int, QueueSettings] = work.session.info.setdefault("queue_settings", {})
    if work.hall_id not in known:
        row = work.session.get(HallQueueSettings, work.hall_id)
        known[work.hall_id] = settings_with(row.changes) if row is not None else default_settings()
    return known[work.hall_id]


@cache
def default_settings() -> QueueSettings:
    """What config/queue.toml says."""
    return settings_with({})


def change_settings(work: Work, changes: Mapping[str, Any]) -> None:
    """Let a hall differ from the defaults in this, from the next transaction on."""
    row = work.session.get(
        HallQueueSettings, work.hall_id, with_for_update=True, populate_existing=True
    )
    if row is None:
        row = HallQueueSettings(hall_id=work.hall_id)
        work.session.add(row)
    row.changes = {name: value for name, value in changes.items() if value != defaults()[name]}
    work.session.flush()
    work.session.info.pop("queue_settings", None)


def settings_with(changes: Mapping[str, Any]) -> QueueSettings:
    """The defaults with some values changed. Raises pydantic.ValidationError."""
    return _ADAPTER.validate_python({**defaults(), **changes})


@cache
def defaults() -> Mapping[str, Any]:
    """What config/queue.toml says, as it is written there."""
    return tomllib.loads(DEFAULTS.read_text(encoding="utf-8"))
