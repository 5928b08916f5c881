"""What is frozen: everybody's half days and counts of a period, as plain values, and its hash."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from server.attendance.hours.regulation import preset_in_force
from server.attendance.judging.stored import stored_reason
from server.attendance.judging.views import verdicts_of_hall
from server.attendance.periods import Period
from server.attendance.presets.dated import in_force
from server.attendance.presets.judging import Accumulation
from server.attendance.tally_rules import Tally, tally
from server.attendance.verdicts import Verdict, VerdictKind
from server.people.models import Person
from server.work import Work


@dataclass(frozen=True, slots=True)
class Frozen:
    """A period's results, ready to be stored; `complete` says that nothing is left to judge."""

    content: dict[str, Any]
    complete: bool

    @property
    def digest(self) -> str:
        """SHA-256 over the content as canonical JSON."""
        return digest_of(self.content)


def digest_of(content: Mapping[str, Any]) -> str:
    """The hash by which a frozen version is known."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def freeze(work: Work, period: Period, unit_id: int | None = None) -> Frozen:
    """The results of a period, of the whole hall or of one unit. Raises NoRegulation."""
    preset = preset_in_force(work)
    accumulation = in_force(preset.attendance.accumulation, period.last)
    verdicts = verdicts_of_hall(work, period.first, period.last)
    people = _people(work, verdicts, unit_id)
    content = {
        "hall": preset.hall.name,
        "regulation": preset.hall.regulation,
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "people": [_line(person, verdicts[person.id], accumulation) for person in people],
    }
    complete = all(
        verdict.kind is not VerdictKind.PENDING
        for person in people
        for verdict in verdicts[person.id]
    )
    return Frozen(content, complete)


def frozen_half(verdict: Verdict) -> dict[str, Any]:
    """One half day as it is frozen."""
    return {
        "day": verdict.day.isoformat(),
        "half": verdict.half.value,
        "kind": verdict.kind.value,
        "late": verdict.late is not None,
        "early": verdict.early is not None,
        "reasons": [stored_reason(reason) for reason in verdict.reasons],
    }


def _people(work: Work, ids: Iterable[int], unit_id: int | None) -> list[Person]:
    query = (
        select(Person)
        .where(Person.hall_id == work.hall_id, Person.id.in_(list(ids)))
        .options(joinedload(Person.unit))
        .order_by(Person.unit_id, Person.staff_number)
    )
    if unit_id is not None:
        query = query.where(Person.unit_id == unit_id)
    return list(work.session.scalars(query))


def _line(person: Person, verdicts: list[Verdict], accumulation: Accumulation) -> dict[str, Any]:
    return {
        "person": person.id,
        "number": person.staff_number,
        "name": person.name,
        "unit": person.unit.name,
        "counts": _counts(tally(verdicts, accumulation)),
        "halves": [frozen_half(verdict) for verdict in verdicts],
    }


def _counts(counted: Tally) -> dict[str, int]:
    return {
        "half_days": counted.half_days,
        "present": counted.present,
        "on_leave": counted.on_leave,
        "absent": counted.absent,
        "late": counted.late,
        "early_leave": counted.early_leave,
    }
