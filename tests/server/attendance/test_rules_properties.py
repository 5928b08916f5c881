"""What holds of verdicts whatever the punches are."""

from datetime import timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from server.attendance.day_seconds import SECONDS_PER_DAY, clock_text
from server.attendance.evidence import Evidence, ProxyInvolvement, PunchTime
from server.attendance.presets.judging import ProxyRole
from server.attendance.presets.leave import LeaveKind
from server.attendance.rules import judge_day
from server.attendance.timetable import HalfDay
from server.attendance.verdicts import VerdictKind
from tests.server.attendance.halls import ABSENT, EARLY, PRESENT

# Most of a day's punches lie near a boundary, so most of the examples do.
near_boundaries = st.builds(
    lambda base, shift: (base + shift) % SECONDS_PER_DAY,
    st.sampled_from(
        [t * 60 for t in (360, 480, 500, 700, 720, 750, 795, 840, 870, 890, 1030, 1050)]
    ),
    st.integers(-150, 150),
)
moments = st.lists(near_boundaries | st.integers(0, SECONDS_PER_DAY - 1), max_size=9)


def judged(hall, seconds, **more):
    """The verdicts for punches at these seconds of the day."""
    midnight = hall.at("00:00")
    punches = [PunchTime(midnight + timedelta(seconds=second)) for second in seconds]
    return judge_day(hall.plan, Evidence(punches=punches, **more), as_of=hall.at("24:00"))


def badness(verdicts):
    """How a day fares: absent half days first, then late arrivals and early leaves."""
    absent = sum(verdict.kind is VerdictKind.ABSENT for verdict in verdicts)
    return absent, sum(verdict.lapses for verdict in verdicts)


@given(seconds=moments, data=st.data())
def test_the_order_of_arrival_never_matters(any_hall, seconds, data):
    shuffled = data.draw(st.permutations(seconds))

    assert judged(any_hall, shuffled) == judged(any_hall, seconds)


@given(data=st.data())
def test_the_order_of_everything_else_never_matters_either(hall, data):
    leaves = [
        hall.leave("09:00", "10:00"),
        hall.leave("09:00", "10:00", kind=LeaveKind.SICK),
        hall.leave("14:00", "18:00", None, cover_required=True),
    ]
    away = [hall.away("10:00", "10:40"), hall.away("10:40", "11:20")]
    proxies = [ProxyInvolvement(hall.day, HalfDay.AFTERNOON, role) for role in ProxyRole]

    shuffled = hall.judge(
        leaves=data.draw(st.permutations(leaves)),
        away=data.draw(st.permutations(away)),
        proxies=data.draw(st.permutations(proxies)),
    )

    assert shuffled == hall.judge(leaves=leaves, away=away, proxies=proxies)


@given(seconds=moments)
def test_a_punch_that_arrives_twice_changes_nothing(any_hall, seconds):
    assert judged(any_hall, seconds + seconds) == judged(any_hall, seconds)


@given(seconds=moments, extra=near_boundaries)
def test_a_further_valid_punch_never_makes_more_slots_irregular(any_hall, seconds, extra):
    slots_per_half_day = any_hall.plan.punches_per_day // 2

    def irregular(moments):
        absent, lapses = badness(judged(any_hall, moments))
        return absent * slots_per_half_day + lapses

    assert irregular([*seconds, extra]) <= irregular(seconds)


@given(seconds=moments, extra=near_boundaries)
def test_a_further_punch_that_repeats_none_never_makes_the_day_worse(any_hall, seconds, extra):
    fold = any_hall.plan.rules.punching.fold_seconds
    assume(all(abs(extra - second) > fold for second in seconds))

    assert badness(judged(any_hall, [*seconds, extra])) <= badness(judged(any_hall, seconds))


def test_a_repetition_may_move_the_only_noon_punch_to_the_other_half_day(hall):
    once = hall.judge("07:59", "13:15:03")
    repeated = hall.judge("07:59", "13:14:34", "13:15:03")

    assert [verdict.kind for verdict in once.verdicts] == [EARLY, EARLY]
    assert [verdict.kind for verdict in repeated.verdicts] == [PRESENT, ABSENT]


@given(
    seconds=moments,
    leave=st.tuples(st.integers(0, SECONDS_PER_DAY - 1), st.integers(0, SECONDS_PER_DAY - 1)),
    outing=st.tuples(st.integers(0, SECONDS_PER_DAY - 1), st.integers(0, SECONDS_PER_DAY - 1)),
)
def test_every_half_day_has_exactly_one_verdict(any_hall, seconds, leave, outing):
    clock = [clock_text(second) for second in (*sorted(leave), *sorted(outing))]

    verdicts = judged(
        any_hall,
        seconds,
        leaves=[any_hall.leave(*clock[:2])],
        away=[any_hall.away(*clock[2:])],
    )

    assert [verdict.half for verdict in verdicts] == [span.half for span in any_hall.plan.spans]
    assert all(verdict.reasons for verdict in verdicts)
    assert all(not verdict.lapses for verdict in verdicts if verdict.kind is VerdictKind.ABSENT)
