"""Cover staff by the regulation: admission, signing by hand, enrolment, the end."""

import io
from datetime import date, timedelta

import pytest
from PIL import Image

from server.attendance.covers.models import HandSigning
from server.attendance.covers.proving import give_pin
from server.attendance.covers.registering import (
    CoverProposal,
    CoverTooLong,
    end_cover,
    prolong_cover,
    propose_cover,
    take_cover_step,
)
from server.attendance.covers.reminding import remind
from server.attendance.covers.signing import (
    NoSigningNow,
    checked_drawing,
    confirm_signature,
    sign_with_pin,
    signing_places,
)
from server.attendance.covers.views import charge_of, cover_records
from server.attendance.evidence import CoverStanding
from server.attendance.judging.views import records_of_person
from server.attendance.models import TerminalIdentity
from server.attendance.notices.models import Notice
from server.attendance.presets.cover import Charge, CoverStep
from server.attendance.verdicts import VerdictKind
from server.problems import Conflict, Invalid, NotAllowed
from tests.server.attendance.covers.admission import FRIDAY, admitted, drawing, proposal, proposed
from tests.server.attendance.kept_hall import LONG_AGO, MONDAY, TUESDAY, KeptHall

PRESENT, LATE, EARLY, ABSENT, ON_LEAVE, PENDING = VerdictKind
SUNDAY = MONDAY + timedelta(days=6)  # a make-up working day, the sixth of the week
NEXT_MONDAY = MONDAY + timedelta(days=7)


def signed(hall: KeptHall, duty_id: int, day: date, clock: str, *, confirm: bool = True) -> None:
    """The cover signs at the desk, and the desk confirms."""
    hall.go_to(day, clock)
    with hall.work("desk") as work:
        row = sign_with_pin(work, duty_id, matches=True, drawing=drawing())
        assert row is not None
        if confirm:
            confirm_signature(work, row.id)


def kinds(hall: KeptHall, duty_id: int, day: date) -> list[VerdictKind]:
    """What a cover's day is judged to be."""
    with hall.work("desk") as work:
        (record,) = [each for each in cover_records(work) if each.duty.id == duty_id]
        return [
            each.verdict.kind for each in records_of_person(work, record.duty.person_id, day, day)
        ]


def test_the_unit_of_the_covered_person_proposes(hall: KeptHall) -> None:
    with pytest.raises(NotAllowed), hall.work("wang") as work:
        propose_cover(work, proposal(hall))


@pytest.mark.parametrize(
    ("last", "allowed"), [(date(2026, 10, 13), True), (date(2026, 10, 14), False)]
)
def test_a_cover_lasts_a_month_at_most(hall: KeptHall, last: date, *, allowed: bool) -> None:
    if allowed:
        assert proposed(hall, last)
    else:
        with pytest.raises(CoverTooLong) as refused:
            proposed(hall, last)
        assert refused.value.parameters["clause"] == "临时顶岗人员管理制度 4.4.1"


def test_the_steps_are_taken_in_their_order(hall: KeptHall) -> None:
    duty_id = proposed(hall)
    with pytest.raises(Conflict), hall.work("supervisor") as work:
        take_cover_step(work, duty_id, CoverStep.REGISTERED)


def test_each_step_is_for_whose_it_is(hall: KeptHall) -> None:
    duty_id = proposed(hall)
    with pytest.raises(NotAllowed), hall.work("supervisor") as work:
        take_cover_step(work, duty_id, CoverStep.AGREED)


def test_a_cover_not_admitted_is_not_on_duty(hall: KeptHall) -> None:
    proposed(hall)
    with hall.work("office") as work:
        assert [record.today for record in cover_records(work)] == [CoverStanding.OFF_DUTY]


def test_a_short_cover_signs_by_hand(hall: KeptHall) -> None:
    duty_id = admitted(hall)
    for clock in ("07:50", "12:01", "14:50", "18:01"):
        signed(hall, duty_id, MONDAY, clock)
    hall.go_to(TUESDAY, "08:00")
    assert kinds(hall, duty_id, MONDAY) == [PRESENT, PRESENT]


def test_a_signature_that_nobody_confirmed_does_not_count(hall: KeptHall) -> None:
    duty_id = admitted(hall)
    for clock in ("07:50", "12:01"):
        signed(hall, duty_id, MONDAY, clock, confirm=False)
    hall.go_to(TUESDAY, "08:00")
    assert kinds(hall, duty_id, MONDAY) == [ABSENT, ABSENT]


@pytest.mark.parametrize(("when", "open_"), [("05:59:59", False), ("06:00", True)])
def test_signatures_have_their_time(hall: KeptHall, when: str, *, open_: bool) -> None:
    duty_id = admitted(hall)
    hall.clock.set(hall.at(MONDAY, when))
    with hall.work("desk") as work:
        if open_:
            assert sign_with_pin(work, duty_id, matches=True, drawing=drawing())
        else:
            with pytest.raises(NoSigningNow):
                sign_with_pin(work, duty_id, matches=True, drawing=drawing())


def test_a_second_press_is_no_second_signature(hall: KeptHall) -> None:
    duty_id = admitted(hall)
    signed(hall, duty_id, MONDAY, "07:50:00")
    with pytest.raises(NoSigningNow):
        signed(hall, duty_id, MONDAY, "07:50:30")


def test_five_wrong_pins_rest_for_five_minutes(hall: KeptHall) -> None:
    duty_id = admitted(hall)
    hall.go_to(MONDAY, "07:50")
    for _ in range(5):
        with hall.work("desk") as work:
            sign_with_pin(work, duty_id, matches=False, drawing=drawing())
    with hall.work("desk") as work:
        resting = sign_with_pin(work, duty_id, matches=True, drawing=drawing())
    hall.clock.move(minutes=5)
    with hall.work("desk") as work:
        rested = sign_with_pin(work, duty_id, matches=True, drawing=drawing())
    assert (resting is None, rested is None) == (True, False)


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_what_is_no_drawing_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid):
        checked_drawing(content)


def test_an_empty_drawing_is_refused() -> None:
    content = io.BytesIO()
    Image.new("RGBA", (300, 120), (0, 0, 0, 0)).save(content, "PNG")
    with pytest.raises(Invalid):
        checked_drawing(content.getvalue())


def test_the_fifth_working_day_is_by_hand_and_the_sixth_is_not(hall: KeptHall) -> None:
    duty_id = admitted(hall, NEXT_MONDAY)
    hall.go_to(FRIDAY, "07:50")
    with hall.work("desk") as work:
        on_friday = sign_with_pin(work, duty_id, matches=True, drawing=drawing())
    hall.go_to(SUNDAY, "07:50")
    with pytest.raises(NoSigningNow), hall.work("desk") as work:
        sign_with_pin(work, duty_id, matches=True, drawing=drawing())
    assert on_friday is not None


def test_a_longer_cover_must_be_enrolled_by_its_sixth_day(hall: KeptHall) -> None:
    duty_id = admitted(hall, NEXT_MONDAY)
    with hall.work("office") as work:
        (record,) = cover_records(work)
        before = (record.enrol_by, record.must_enrol)
        work.session.add(
            TerminalIdentity(
                terminal_id=hall.built.devices["terminal"],
                pin="9001",
                person_id=record.duty.person_id,
                valid_from=LONG_AGO,
            )
        )
        work.session.flush()
        (record,) = cover_records(work)
    assert (before, record.must_enrol, record.duty.id) == ((SUNDAY, True), False, duty_id)


def test_prolonging_a_cover_demands_the_fingerprint(hall: KeptHall) -> None:
    duty_id = admitted(hall)
    with hall.work("office") as work:
        before = cover_records(work)[0].enrol_by
        prolong_cover(work, duty_id, NEXT_MONDAY)
        after = cover_records(work)[0].enrol_by
    assert (before, after) == (None, SUNDAY)


def test_a_cover_ends_by_itself(hall: KeptHall) -> None:
    duty_id = admitted(hall)
    hall.go_to(NEXT_MONDAY + timedelta(days=1), "07:00")
    assert kinds(hall, duty_id, NEXT_MONDAY) == []


def test_a_cover_struck_off_may_not_stay(hall: KeptHall) -> None:
    duty_id = admitted(hall)
    hall.go_to(MONDAY, "18:30")
    with hall.work("zhao") as work:
        end_cover(work, duty_id)
    hall.go_to(TUESDAY, "07:50")
    with pytest.raises(NoSigningNow), hall.work("desk") as work:
        sign_with_pin(work, duty_id, matches=True, drawing=drawing())


def test_one_person_has_one_cover_at_a_time(hall: KeptHall) -> None:
    duty_id = proposed(hall)
    with hall.work("zhao") as work:
        again = CoverProposal(
            hall.people["wang"], FRIDAY, FRIDAY, "", person_id=cover_records(work)[0].duty.person_id
        )
        with pytest.raises(Conflict):
            propose_cover(work, again)
    assert duty_id


def test_regular_staff_are_no_cover_staff(hall: KeptHall) -> None:
    own = CoverProposal(hall.people["li"], MONDAY, FRIDAY, "", person_id=hall.people["wang"])
    with pytest.raises(Conflict), hall.work("zhao") as work:
        propose_cover(work, own)


def test_violations_of_a_cover_go_to_the_window(hall: KeptHall) -> None:
    admitted(hall)
    with hall.work("office") as work:
        cover = cover_records(work)[0].duty.person_id
        charges = [charge_of(work, each, MONDAY) for each in (cover, hall.people["li"])]
    assert charges == [Charge.WINDOW, Charge.PERSON]


@pytest.mark.parametrize(("when", "reminded"), [("07:59:59", False), ("08:00", True)])
def test_the_desk_is_reminded_before_a_signature_is_late(
    hall: KeptHall, when: str, *, reminded: bool
) -> None:
    admitted(hall)
    hall.clock.set(hall.at(MONDAY, when))
    with hall.work("desk") as work:
        remind(work)
        remind(work)
    with hall.built.session() as session:
        told = [each for each in session.query(Notice) if each.once.startswith("sign:")]
    assert len(told) == int(reminded)


def test_who_has_signed_is_not_reminded_of(hall: KeptHall) -> None:
    duty_id = admitted(hall)
    signed(hall, duty_id, MONDAY, "07:50")
    hall.clock.set(hall.at(MONDAY, "08:05"))
    with hall.work("desk") as work:
        remind(work)
        places = signing_places(work)
    assert [second is None for _, second in places[0].served] == [False, True, True, True]
    with hall.built.session() as session:
        assert not [each for each in session.query(Notice) if each.once.startswith("sign:")]


def test_supervision_is_told_who_must_be_enrolled(hall: KeptHall) -> None:
    admitted(hall, NEXT_MONDAY)
    hall.clock.set(hall.at(FRIDAY, "09:00"))
    with hall.work("desk") as work:
        remind(work)
    with hall.built.session() as session:
        assert [each for each in session.query(Notice) if each.once.startswith("enrol:")]


def test_only_the_supervision_or_the_office_gives_a_pin(hall: KeptHall) -> None:
    duty_id = admitted(hall)
    with pytest.raises(NotAllowed), hall.work("zhao") as work:
        give_pin(work, duty_id, "hash")


def test_a_drawing_is_kept_small_and_plain(hall: KeptHall) -> None:
    duty_id = admitted(hall)
    signed(hall, duty_id, MONDAY, "07:50")
    with hall.built.session() as session:
        kept = session.query(HandSigning).one().drawing
    assert Image.open(io.BytesIO(kept)).mode == "1"
