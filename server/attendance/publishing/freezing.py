"""Publishing: the week's results, the month's notice to each unit, the year's file (五.7, 五.9)."""

from datetime import date

from sqlalchemy import select

from server.attendance.events import ResultsPublished
from server.attendance.hours.regulation import preset_in_force
from server.attendance.judging.views import is_judging_waiting
from server.attendance.notices.telling import tell
from server.attendance.offices.models import OfficeHolder
from server.attendance.periods import Period, period_of
from server.attendance.presets.dated import in_force
from server.attendance.presets.judging import PeriodKind
from server.attendance.presets.leave import Approver
from server.attendance.publishing.content import Frozen, freeze
from server.attendance.publishing.models import Publication, PublicationKind
from server.i18n import N_
from server.people.staff import units
from server.problems import Conflict
from server.work import Work

HALL = "hall"


def publish(work: Work, day: date) -> Publication:
    """Freeze and publish the results of the period that a day lies in.

    Raises Conflict while the period runs, while something in it is not judged, or a second time.
    """
    rule = in_force(preset_in_force(work).attendance.publication, day)
    period = period_of(day, rule.every)
    return _store(work, PublicationKind.PUBLIC, HALL, period, freeze(work, period))


def notify_units(work: Work, day: date) -> list[Publication]:
    """Freeze each unit's results of the period that a day lies in, and tell the unit's head.

    Units that have been told are left out. Raises Conflict as `publish` does.
    """
    rule = in_force(preset_in_force(work).attendance.unit_notice, day)
    period = period_of(day, rule.every)
    made = []
    for unit in units(work):
        scope = scope_of(unit.id)
        frozen = freeze(work, period, unit.id)
        known = _known(work, PublicationKind.UNIT_NOTICE, scope, period)
        if known is not None or not frozen.content["people"]:
            continue
        row = _store(work, PublicationKind.UNIT_NOTICE, scope, period, frozen)
        _tell_unit(work, row, unit.id)
        made.append(row)
    return made


def year_file(work: Work, year: int) -> Publication:
    """Freeze a whole year for the archive. Raises Conflict as `publish` does."""
    period = period_of(date(year, 1, 1), PeriodKind.YEAR)
    return _store(work, PublicationKind.YEAR_FILE, HALL, period, freeze(work, period))


def scope_of(unit_id: int) -> str:
    """How a unit's publications are kept apart from the hall's."""
    return f"unit:{unit_id}"


def _store(
    work: Work, kind: PublicationKind, scope: str, period: Period, frozen: Frozen
) -> Publication:
    first, last = period.first.isoformat(), period.last.isoformat()
    if period.last >= work.business_date:
        raise Conflict(N_("{first} 至 {last} 还没有过完"), first=first, last=last)
    if is_judging_waiting(work) or not frozen.complete:
        raise Conflict(N_("{first} 至 {last} 还有没判定的半天，暂不能公示"), first=first, last=last)
    if _known(work, kind, scope, period) is not None:
        raise Conflict(N_("{first} 至 {last} 已经公示过了"), first=first, last=last)
    row = Publication(
        hall_id=work.hall_id,
        kind=kind,
        scope=scope,
        first_day=period.first,
        last_day=period.last,
        content=frozen.content,
        digest=frozen.digest,
        published_at=work.now,
        published_by=work.actor.label,
    )
    work.session.add(row)
    work.session.flush()
    work.record(ResultsPublished(publication_id=row.id))
    work.audit("results.publish", f"publication:{row.id}", kind=kind.value, digest=row.digest)
    return row


def _known(work: Work, kind: PublicationKind, scope: str, period: Period) -> Publication | None:
    return work.session.scalar(
        select(Publication).where(
            Publication.hall_id == work.hall_id,
            Publication.kind == kind,
            Publication.scope == scope,
            Publication.first_day == period.first,
        )
    )


def _tell_unit(work: Work, row: Publication, unit_id: int) -> None:
    heads = work.session.scalars(
        select(OfficeHolder.person_id).where(
            OfficeHolder.unit_id == unit_id,
            OfficeHolder.office == Approver.UNIT_HEAD,
            OfficeHolder.until.is_(None),
        )
    )
    for person_id in heads:
        tell(
            work,
            N_("{first} 至 {last} 本单位人员的考勤已通报"),
            once=f"unit_notice:{row.id}:{person_id}",
            person_id=person_id,
            first=row.first_day.isoformat(),
            last=row.last_day.isoformat(),
        )
