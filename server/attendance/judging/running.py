"""The standing run of the judging: opens days, follows punches and deadlines, does what is asked.

Each step is a short transaction under the lock of the hall's judging state, so that two runs never
work on the same requests; a run that was cut off is simply continued by the next.
"""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select

from server.attendance.events import PunchesReceived
from server.attendance.hours.regulation import adopted
from server.attendance.judging.asking import ask_to_judge
from server.attendance.judging.judge import Occasion, PersonChange, judge
from server.attendance.judging.models import (
    JudgingCause,
    JudgingRequest,
    JudgingState,
    VerdictVersion,
)
from server.attendance.models import OWNER, Punch, TerminalIdentity
from server.events import EventRow
from server.people.models import Person
from server.work import SYSTEM, Work, Workplace

REQUESTS_AT_ONCE = 100
PUNCHES_AT_ONCE = 500


Rest = Callable[[], object]


def run_judging(workplace: Workplace, hall_id: int, rest: Rest = int) -> list[PersonChange]:
    """Judge everything that waits for it in a hall; what changed."""
    with workplace.write(hall_id, SYSTEM) as work:
        if _locked_state(work) is None or adopted(work) is None:
            return []
        notice_what_is_due(work)
    changes: list[PersonChange] = []
    while True:
        with workplace.write(hall_id, SYSTEM) as work:
            _locked_state(work)
            requests = _next_requests(work)
            if not requests:
                return changes
            changes += _carry_out(work, requests)
        rest()


def notice_what_is_due(work: Work) -> None:
    """Write down what has become necessary since the last run."""
    state = work.session.get_one(JudgingState, work.hall_id)
    _open_days(work, state)
    _follow_punches(work, state)
    _follow_deadlines(work)


def _locked_state(work: Work) -> JudgingState | None:
    return work.session.get(JudgingState, work.hall_id, with_for_update=True)


def _open_days(work: Work, state: JudgingState) -> None:
    """Every day that has begun is judged for everybody, also days on which nothing ran."""
    today = work.business_date
    if state.opened_until < today:
        first = state.opened_until + timedelta(days=1)
        state.opened_until = today
        ask_to_judge(work, JudgingCause.DAY_OPENED, first, today)


def _follow_punches(work: Work, state: JudgingState) -> None:
    deliveries = work.session.scalars(
        select(EventRow)
        .where(
            EventRow.hall_id == work.hall_id,
            EventRow.seq > state.event_seq,
            EventRow.kind == PunchesReceived.__name__,
        )
        .order_by(EventRow.seq)
        .limit(PUNCHES_AT_ONCE)
    )
    for delivery in deliveries:
        state.event_seq = delivery.seq
        touched = work.session.execute(
            select(TerminalIdentity.person_id, Punch.business_date)
            .join(TerminalIdentity, OWNER)
            .where(
                Punch.terminal_id == delivery.payload["terminal_id"],
                Punch.received_at == delivery.happened_at,
            )
            .distinct()
        )
        for person_id, day in touched:
            if day is None:
                continue
            ask_to_judge(work, JudgingCause.PUNCH, day, day, person_id=person_id)


def _follow_deadlines(work: Work) -> None:
    due = work.session.execute(
        select(VerdictVersion.person_id, VerdictVersion.day)
        .where(VerdictVersion.hall_id == work.hall_id, VerdictVersion.due_at <= work.now)
        .distinct()
    )
    for person_id, day in due:
        ask_to_judge(work, JudgingCause.DUE, day, day, person_id=person_id)


def _next_requests(work: Work) -> list[JudgingRequest]:
    """The oldest requests: one for everybody's days, or a number of single persons' ones."""
    oldest = work.session.scalars(
        select(JudgingRequest)
        .where(JudgingRequest.hall_id == work.hall_id)
        .order_by(JudgingRequest.id)
        .limit(REQUESTS_AT_ONCE)
    ).all()
    if oldest and oldest[0].person_id is None:
        return [oldest[0]]
    together: list[JudgingRequest] = []
    for request in oldest:
        if request.person_id is None:
            break
        together.append(request)
    return together


def _carry_out(work: Work, requests: list[JudgingRequest]) -> list[PersonChange]:
    """Judge the first day of each request; what remains of it stays for the next round."""
    occasions = {}
    for request in requests:
        occasion = Occasion(request.cause, request.caused_by)
        for person_id in _whom(work, request):
            occasions[person_id, request.first_day] = occasion
        if request.first_day == request.last_day:
            work.session.delete(request)
        else:
            request.first_day += timedelta(days=1)
    return judge(work, occasions)


def _whom(work: Work, request: JudgingRequest) -> set[int]:
    """The person asked for; or everybody now on the staff or judged on that day before."""
    if request.person_id is not None:
        return {request.person_id}
    present = select(Person.id).where(Person.hall_id == work.hall_id, Person.active)
    judged = select(VerdictVersion.person_id).where(
        VerdictVersion.hall_id == work.hall_id, VerdictVersion.day == request.first_day
    )
    return {*work.session.scalars(present), *work.session.scalars(judged)}
