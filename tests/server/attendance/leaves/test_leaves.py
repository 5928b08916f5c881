"""Leave by the regulation: who approves how much, what it lacks, and what it does to verdicts."""

from datetime import date, datetime, timedelta

import pytest

from server.attachments import CheckedFile
from server.attendance.leaves.approving import (
    cover_is_on_post,
    hand_in_document,
    name_cover,
    take_step,
)
from server.attendance.leaves.asking import LeaveWish, ask_for_leave, record_oral_leave
from server.attendance.leaves.ending import cancel_leave, come_back
from server.attendance.leaves.models import LeaveApplication
from server.attendance.leaves.states import LeaveState
from server.attendance.leaves.views import leave_sheet, own_leaves, waiting_for
from server.attendance.notices.models import Notice
from server.attendance.offices.holding import appoint
from server.attendance.posts.models import Post
from server.attendance.presets.leave import Approver, LeaveKind
from server.attendance.verdicts import VerdictKind
from server.audit import AuditEntry
from server.people.staff import acting_person
from server.problems import Conflict, Invalid, NotAllowed, NotFound
from tests.server.attendance.kept_hall import MONDAY, TUESDAY, KeptHall

PRESENT, LATE, EARLY, ABSENT, ON_LEAVE, PENDING = VerdictKind
CERTIFICATE = CheckedFile("application/pdf", b"%PDF-1.7 certificate")
WEDNESDAY = MONDAY + timedelta(days=2)
OFFICES = {
    "office": Approver.OFFICE,
    "section": Approver.SECTION,
    "deputy": Approver.DEPUTY_DIRECTOR,
    "director": Approver.DIRECTOR,
}


@pytest.fixture
def hall(kept: KeptHall) -> KeptHall:
    """The hall with its offices held; wang is the B role of li's post."""
    with kept.work("admin") as work:
        for who, office in OFFICES.items():
            appoint(work, office, kept.people[who], MONDAY)
        unit_id = acting_person(work).unit_id
        appoint(work, Approver.UNIT, kept.people["zhao"], MONDAY, unit_id)
        appoint(work, Approver.UNIT_HEAD, kept.people["zhao"], MONDAY, unit_id)
        work.session.add(
            Post(
                hall_id=work.hall_id,
                counter_id=kept.built.counters[1],
                a_person_id=kept.people["li"],
                b_person_id=kept.people["wang"],
                since=MONDAY,
            )
        )
    return kept


def wish(
    hall: KeptHall, start: datetime, end: datetime, kind: LeaveKind = LeaveKind.PERSONAL
) -> LeaveWish:
    """What li asks for, with wang to stand in."""
    return LeaveWish(kind, start, end, "家中有事", hall.people["wang"], "13800000000")


def asked(hall: KeptHall, first: date, last: date, kind: LeaveKind = LeaveKind.PERSONAL) -> int:
    """Li asks for whole days; the leave's number."""
    start, end = hall.at(first, "08:00"), hall.at(last, "18:00")
    with hall.work("li") as work:
        return ask_for_leave(work, wish(hall, start, end, kind)).id


def approve(hall: KeptHall, who: str, leave_id: int, *, agreed: bool = True) -> LeaveState:
    """Somebody takes the next step."""
    with hall.work(who) as work:
        return take_step(work, leave_id, agreed=agreed, opinion="" if agreed else "太忙").state


def state(hall: KeptHall, leave_id: int) -> LeaveState:
    """How far a leave has come."""
    with hall.built.session() as session:
        return session.get_one(LeaveApplication, leave_id).state


@pytest.mark.parametrize(
    ("last", "chain"),
    [
        (TUESDAY, ["section"]),  # one day
        (TUESDAY + timedelta(days=2), ["zhao", "deputy"]),  # three days
        (TUESDAY + timedelta(days=3), ["zhao", "director"]),  # more than three
    ],
)
def test_who_approves_depends_on_the_length(hall: KeptHall, last: date, chain: list[str]) -> None:
    leave_id = asked(hall, TUESDAY, last)
    states = [approve(hall, who, leave_id) for who in chain]
    assert states == [LeaveState.REQUESTED] * (len(chain) - 1) + [LeaveState.GRANTED]


def test_nobody_else_may_approve(hall: KeptHall) -> None:
    leave_id = asked(hall, TUESDAY, TUESDAY)
    with pytest.raises(NotAllowed):
        approve(hall, "director", leave_id)


def test_nobody_approves_their_own_leave(hall: KeptHall) -> None:
    with hall.work("admin") as work:
        appoint(work, Approver.SECTION, hall.people["li"], MONDAY)
    leave_id = asked(hall, TUESDAY, TUESDAY)
    with pytest.raises(NotAllowed):
        approve(hall, "li", leave_id)


def test_a_granted_leave_is_filed_by_the_office(hall: KeptHall) -> None:
    leave_id = asked(hall, TUESDAY, TUESDAY)
    approve(hall, "section", leave_id)
    with hall.work("office") as work:
        before = [leave.id for leave in waiting_for(work, acting_person(work))]
        take_step(work, leave_id, agreed=True)
        after = waiting_for(work, acting_person(work))
    assert (before, after) == ([leave_id], [])


def test_each_approver_sees_only_what_waits_for_them(hall: KeptHall) -> None:
    one = asked(hall, TUESDAY, TUESDAY)
    seen = {}
    for who in ("section", "deputy", "director", "office", "wang"):
        with hall.work(who) as work:
            seen[who] = [leave.id for leave in waiting_for(work, acting_person(work))]
    assert seen == {"section": [one], "deputy": [], "director": [], "office": [], "wang": []}


def test_a_leave_is_not_shown_to_whom_it_does_not_concern(hall: KeptHall) -> None:
    leave_id = asked(hall, TUESDAY, TUESDAY)
    with pytest.raises(NotFound), hall.work("wang") as work:
        leave_sheet(work, leave_id)


def test_who_must_act_is_told(hall: KeptHall) -> None:
    asked(hall, TUESDAY, TUESDAY)
    with hall.built.session() as session:
        told = {notice.person_id for notice in session.query(Notice)}
    assert told == {hall.people["section"]}


def test_a_refusal_says_why(hall: KeptHall) -> None:
    leave_id = asked(hall, TUESDAY, TUESDAY)
    with pytest.raises(Invalid), hall.work("section") as work:
        take_step(work, leave_id, agreed=False)
    assert approve(hall, "section", leave_id, agreed=False) is LeaveState.REFUSED


def test_sick_leave_is_granted_once_the_certificate_is_there(hall: KeptHall) -> None:
    leave_id = asked(hall, TUESDAY, TUESDAY, LeaveKind.SICK)
    approved = approve(hall, "section", leave_id)
    with hall.work("li") as work:
        hand_in_document(work, leave_id, CERTIFICATE)
    assert (approved, state(hall, leave_id)) == (LeaveState.REQUESTED, LeaveState.GRANTED)


def test_a_half_day_is_granted_once_the_cover_is_named(hall: KeptHall) -> None:
    start, end = hall.at(TUESDAY, "08:00"), hall.at(TUESDAY, "12:00")
    with hall.work("li") as work:
        leave_id = ask_for_leave(work, LeaveWish(LeaveKind.PERSONAL, start, end, "家中有事")).id
    approved = approve(hall, "section", leave_id)
    with hall.work("li") as work:
        name_cover(work, leave_id, hall.people["wang"], "")
    assert (approved, state(hall, leave_id)) == (LeaveState.REQUESTED, LeaveState.GRANTED)


def test_less_than_half_a_day_needs_no_cover(hall: KeptHall) -> None:
    start, end = hall.at(TUESDAY, "08:00"), hall.at(TUESDAY, "11:59")
    with hall.work("li") as work:
        leave_id = ask_for_leave(work, LeaveWish(LeaveKind.PERSONAL, start, end, "家中有事")).id
    assert approve(hall, "section", leave_id) is LeaveState.GRANTED


def test_a_cover_is_the_other_role_of_the_post_or_admitted_cover_staff(hall: KeptHall) -> None:
    start, end = hall.at(TUESDAY, "08:00"), hall.at(TUESDAY, "12:00")
    with pytest.raises(Conflict), hall.work("li") as work:
        ask_for_leave(
            work, LeaveWish(LeaveKind.PERSONAL, start, end, "家中有事", hall.people["zhao"])
        )


@pytest.mark.parametrize(("end", "oral"), [("09:00:00", True), ("09:00:01", False)])
def test_up_to_an_hour_is_told_to_the_office(hall: KeptHall, end: str, *, oral: bool) -> None:
    asking = wish(hall, hall.at(TUESDAY, "08:00"), hall.at(TUESDAY, end))
    if oral:
        with hall.work("office") as work:
            assert record_oral_leave(work, hall.people["li"], asking).state is LeaveState.GRANTED
    else:
        with pytest.raises(Conflict), hall.work("office") as work:
            record_oral_leave(work, hall.people["li"], asking)


def test_an_hour_is_not_asked_for_in_writing(hall: KeptHall) -> None:
    asking = wish(hall, hall.at(TUESDAY, "08:00"), hall.at(TUESDAY, "09:00"))
    with pytest.raises(Conflict), hall.work("li") as work:
        ask_for_leave(work, asking)


def test_only_the_office_records_what_it_was_told(hall: KeptHall) -> None:
    asking = wish(hall, hall.at(TUESDAY, "08:00"), hall.at(TUESDAY, "09:00"))
    with pytest.raises(NotAllowed), hall.work("li") as work:
        record_oral_leave(work, hall.people["li"], asking)


def test_two_leaves_do_not_overlap(hall: KeptHall) -> None:
    asked(hall, TUESDAY, WEDNESDAY)
    with pytest.raises(Conflict):
        asked(hall, WEDNESDAY, WEDNESDAY)


@pytest.mark.parametrize(("start", "end"), [("12:30", "14:00"), ("10:00", "09:00")])
def test_leave_is_of_working_time(hall: KeptHall, start: str, end: str) -> None:
    asking = wish(hall, hall.at(TUESDAY, start), hall.at(TUESDAY, end))
    with pytest.raises(Invalid), hall.work("li") as work:
        ask_for_leave(work, asking)


def test_a_leave_granted_afterwards_judges_its_days_again(hall: KeptHall) -> None:
    hall.go_to(WEDNESDAY, "07:00")
    leave_id = asked(hall, MONDAY, MONDAY)
    before = hall.kinds("li", MONDAY)
    approve(hall, "section", leave_id)
    with hall.work("office") as work:
        cover_is_on_post(work, leave_id, hall.at(MONDAY, "07:50"))
    hall.judge()
    assert (before, hall.kinds("li", MONDAY)) == ([ABSENT, ABSENT], [ON_LEAVE, ON_LEAVE])


def test_leaving_before_the_cover_came_is_absence(hall: KeptHall) -> None:
    leave_id = asked(hall, MONDAY, MONDAY)
    approve(hall, "section", leave_id)
    hall.go_to(TUESDAY, "08:00")
    with hall.work("office") as work:
        cover_is_on_post(work, leave_id, hall.at(MONDAY, "08:21"))
    hall.judge()
    assert hall.kinds("li", MONDAY) == [ABSENT, ON_LEAVE]


def test_a_cover_is_not_on_post_in_the_future(hall: KeptHall) -> None:
    leave_id = asked(hall, TUESDAY, TUESDAY)
    with pytest.raises(Invalid), hall.work("office") as work:
        cover_is_on_post(work, leave_id, hall.at(TUESDAY, "08:00"))


def test_a_cancelled_leave_excuses_nothing(hall: KeptHall) -> None:
    leave_id = asked(hall, TUESDAY, TUESDAY)
    approve(hall, "section", leave_id)
    with hall.work("li") as work:
        cancel_leave(work, leave_id)
    hall.go_to(WEDNESDAY, "07:00")
    assert hall.kinds("li", TUESDAY) == [ABSENT, ABSENT]


def test_a_leave_that_has_begun_is_not_cancelled(hall: KeptHall) -> None:
    leave_id = asked(hall, TUESDAY, TUESDAY)
    approve(hall, "section", leave_id)
    hall.go_to(TUESDAY, "09:00")
    with pytest.raises(Conflict), hall.work("li") as work:
        cancel_leave(work, leave_id)


def test_coming_back_early_ends_the_leave(hall: KeptHall) -> None:
    leave_id = asked(hall, TUESDAY, WEDNESDAY)
    for who in ("zhao", "deputy"):
        approve(hall, who, leave_id)
    hall.go_to(WEDNESDAY, "07:00")
    with hall.work("office") as work:
        cover_is_on_post(work, leave_id, hall.at(TUESDAY, "07:50"))
    with hall.work("li") as work:
        come_back(work, leave_id, hall.at(TUESDAY, "14:00"))
    hall.judge()
    assert hall.kinds("li", TUESDAY) == [ON_LEAVE, ABSENT]


def test_a_person_sees_their_own_leaves(hall: KeptHall) -> None:
    leave_id = asked(hall, TUESDAY, TUESDAY)
    with hall.work("li") as work:
        assert [leave.id for leave in own_leaves(work, acting_person(work))] == [leave_id]


def test_every_step_is_in_the_audit_chain(hall: KeptHall) -> None:
    leave_id = asked(hall, TUESDAY, TUESDAY)
    approve(hall, "section", leave_id)
    approve(hall, "office", leave_id)
    with hall.built.session() as session:
        entries = session.query(AuditEntry).filter(AuditEntry.subject == f"leave:{leave_id}")
        assert [entry.action for entry in entries] == ["leave.ask", "leave.step", "leave.step"]
