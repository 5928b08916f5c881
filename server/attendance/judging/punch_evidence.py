"""Punches as evidence: whose they are, how they were made, whether they may be counted."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from server.attendance.evidence import PunchMethod, PunchStanding, PunchTime
from server.attendance.findings.models import AttestedPunch, ExcludedPunch
from server.attendance.models import OWNER, Punch, TerminalIdentity
from server.attendance.terminals.models import Decision, DoubtfulPunch
from server.work import Work

PersonDay = tuple[int, date]

# Verify codes as terminals number them, whatever the model.
METHODS = {
    0: PunchMethod.PASSWORD,
    1: PunchMethod.FINGERPRINT,
    2: PunchMethod.CARD,
    3: PunchMethod.PASSWORD,
    4: PunchMethod.CARD,
    15: PunchMethod.FACE,
}


def punch_evidence(
    work: Work, people: Collection[int], first: date, last: date
) -> dict[PersonDay, list[PunchTime]]:
    """The punches of these people by person and business date, with what the office attested."""
    found: dict[PersonDay, list[PunchTime]] = defaultdict(list)
    rows = work.session.execute(
        select(TerminalIdentity.person_id, Punch.business_date, Punch.punched_at, Punch.verify)
        .add_columns(ExcludedPunch.id, DoubtfulPunch.punch_id, DoubtfulPunch.decision)
        .join(TerminalIdentity, OWNER)
        .outerjoin(ExcludedPunch, ExcludedPunch.punch_id == Punch.id)
        .outerjoin(DoubtfulPunch, DoubtfulPunch.punch_id == Punch.id)
        .where(
            Punch.hall_id == work.hall_id,
            Punch.business_date.between(first, last),
            Punch.punched_at.is_not(None),
            TerminalIdentity.person_id.in_(people),
        )
    )
    for person_id, day, at, verify, excluded, doubtful, decision in rows:
        accepted = doubtful is None or decision is Decision.ACCEPTED
        method = METHODS.get(verify, PunchMethod.FINGERPRINT)
        standing = _standing(excluded=excluded is not None, accepted=accepted)
        found[person_id, day].append(PunchTime(at, method, standing))
    attested = work.session.scalars(
        select(AttestedPunch).where(
            AttestedPunch.person_id.in_(people), AttestedPunch.day.between(first, last)
        )
    )
    for row in attested:
        found[row.person_id, row.day].append(PunchTime(row.at, PunchMethod.CORRECTION))
    return found


def _standing(*, excluded: bool, accepted: bool) -> PunchStanding:
    """A punch set aside by the system counts once a person accepts it; one excluded never does."""
    if excluded:
        return PunchStanding.FLAGGED
    return PunchStanding.VALID if accepted else PunchStanding.QUARANTINED
