"""Asks for judging, in the transaction of whatever makes it necessary; done soon afterwards."""

from datetime import date, timedelta

from server.attendance.judging.models import JudgingCause, JudgingRequest, JudgingState
from server.catalogue.models import Hall
from server.work import Work

__all__ = ["JudgingCause", "ask_to_judge", "begin_judging"]


def ask_to_judge(
    work: Work, cause: JudgingCause, first: date, last: date, *, person_id: int | None = None
) -> None:
    """Have days judged again, both included: one person's, or everybody's with None.

    Days that the hall has not opened yet are judged when they come, and are left out here.
    """
    state = work.session.get(JudgingState, work.hall_id)
    if state is None:
        return
    first, last = max(first, state.judged_from), min(last, state.opened_until)
    if first > last:
        return
    work.session.add(
        JudgingRequest(
            hall_id=work.hall_id,
            person_id=person_id,
            first_day=first,
            last_day=last,
            cause=cause,
            caused_by=work.actor.label,
            asked_at=work.now,
        )
    )


def begin_judging(work: Work, first: date) -> None:
    """Judge the hall from a date on; punches that are there already count."""
    hall = work.session.get_one(Hall, work.hall_id)
    work.session.add(
        JudgingState(
            hall_id=work.hall_id,
            judged_from=first,
            opened_until=first - timedelta(days=1),
            event_seq=hall.event_seq,
        )
    )
    work.session.flush()
