"""The standing run of the judging: opens days, follows punches and deadlines, does what is asked.

Each step is a short transaction under the lock of the hall's judging state, so that two runs never
work on the same requests; a run that was cut off is simply continued by the next.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

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

REQUESTS_AT_ONCE = 25  # a slice of some 20 ms, between which the server answers everybody
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
            if requests[0].person_id is None:
                _part_by_person(work, requests[0])
            else:
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
                Punch.id > delivery.payload.get("after", 0),
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


def _part_by_person(work: Work, request: JudgingRequest) -> None:
    """Make a request for everybody one for each person, so that none takes long."""
    work.session.add_all(
        JudgingRequest(
            hall_id=request.hall_id,
            person_id=person_id,
            first_day=first_day,
            last_day=last_day,
            cause=request.cause,
            caused_by=request.caused_by,
            asked_at=request.asked_at,
        )
        for person_id, first_day, last_day in _everybody(work, request)
    )
    work.session.delete(request)


def _carry_out(work: Work, requests: list[JudgingRequest]) -> list[PersonChange]:
    """Judge the first day of each request; what remains of it stays for the next round."""
    occasions = {}
    for request in requests:
        if request.person_id is None:
            continue
        occasions[request.person_id, request.first_day] = Occasion(request.cause, request.caused_by)
        if request.first_day == request.last_day:
            work.session.delete(request)
        else:
            request.first_day += timedelta(days=1)
    return judge(work, occasions)


def _everybody(work: Work, request: JudgingRequest) -> Iterator[tuple[int, date, date]]:
    """Who is now on the staff, for all the days; who was judged before, for those days."""
    present = set(
        work.session.scalars(select(Person.id).where(Person.hall_id == work.hall_id, Person.active))
    )
    for person_id in sorted(present):
        yield person_id, request.first_day, request.last_day
    judged = work.session.execute(
        select(VerdictVersion.person_id, VerdictVersion.day)
        .where(
            VerdictVersion.hall_id == work.hall_id,
            VerdictVersion.day.between(request.first_day, request.last_day),
        )
        .distinct()
    )
    for person_id, day in judged:
        if person_id not in present:
            yield person_id, day, day
