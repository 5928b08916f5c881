"""Publications as people read them, with the corrections made since."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from server.attendance.hours.regulation import preset_in_force
from server.attendance.judging.stored import reason_of
from server.attendance.judging.views import verdicts_of_hall
from server.attendance.periods import Period, period_of
from server.attendance.presets.dated import in_force
from server.attendance.publishing.content import digest_of, frozen_half
from server.attendance.publishing.models import Publication, PublicationKind
from server.attendance.timetable import HalfDay
from server.attendance.verdicts import VerdictKind
from server.work import Work


@dataclass(frozen=True, slots=True)
class Correction:
    """A published half day that is judged otherwise now; None where it is no longer judged."""

    person_id: int
    name: str
    unit: str
    day: date
    half: HalfDay
    before: VerdictKind
    after: VerdictKind | None


@dataclass(frozen=True, slots=True)
class PublishedResults:
    """A frozen version with what was corrected since; `intact` says that its hash still fits."""

    publication: Publication
    corrections: tuple[Correction, ...]
    intact: bool

    @property
    def people(self) -> list[dict[str, Any]]:
        """The frozen lines, one a person."""
        lines: list[dict[str, Any]] = self.publication.content["people"]
        return lines


def publications(work: Work, kind: PublicationKind) -> Sequence[Publication]:
    """The publications of a kind, newest first."""
    return work.session.scalars(
        select(Publication)
        .where(Publication.hall_id == work.hall_id, Publication.kind == kind)
        .order_by(Publication.first_day.desc(), Publication.scope)
        .limit(120)
    ).all()


def published_results(work: Work, publication: Publication) -> PublishedResults:
    """A publication with its corrections."""
    now = verdicts_of_hall(work, publication.first_day, publication.last_day)
    current = {
        (person_id, verdict.day.isoformat(), verdict.half.value): verdict
        for person_id, verdicts in now.items()
        for verdict in verdicts
    }
    corrections = []
    for line in publication.content["people"]:
        for half in line["halves"]:
            verdict = current.get((line["person"], half["day"], half["half"]))
            if verdict is None or frozen_half(verdict) != half:
                corrections.append(
                    Correction(
                        person_id=line["person"],
                        name=line["name"],
                        unit=line["unit"],
                        day=date.fromisoformat(half["day"]),
                        half=HalfDay(half["half"]),
                        before=VerdictKind(half["kind"]),
                        after=verdict.kind if verdict else None,
                    )
                )
    intact = digest_of(publication.content) == publication.digest
    return PublishedResults(publication, tuple(corrections), intact)


def notable_halves(line: dict[str, Any]) -> list[dict[str, Any]]:
    """The half days of a frozen line that are not simply present, with their reasons."""
    plain = VerdictKind.PRESENT.value
    return [
        {**half, "reasons": [reason_of(stored) for stored in half["reasons"]]}
        for half in line["halves"]
        if half["kind"] != plain
    ]


def due_periods(work: Work, kind: PublicationKind) -> list[Period]:
    """Periods that are over and not published yet, the oldest first; the last ten at most."""
    settings = preset_in_force(work).attendance
    today = work.business_date
    if kind is PublicationKind.PUBLIC:
        every = in_force(settings.publication, today).every
    else:
        every = in_force(settings.unit_notice, today).every
    known = {row.first_day for row in publications(work, kind)}
    periods: list[Period] = []
    period = period_of(today, every)
    for _ in range(10):
        period = period_of(period.first - timedelta(days=1), every)
        if period.first in known or not verdicts_of_hall(work, period.first, period.last):
            break
        periods.append(period)
    return periods[::-1]
