"""What judging again changed."""

from server.attendance.changes import what_changed
from server.attendance.reasons import ReasonKey
from server.attendance.timetable import HalfDay
from server.attendance.wording import change_sentences
from tests.server.attendance.halls import GOOD_AFTERNOON, GOOD_MORNING


def test_judging_the_same_again_changes_nothing(hall):
    verdicts = hall.judge(*GOOD_MORNING).verdicts

    assert what_changed(verdicts, hall.judge(*reversed(GOOD_MORNING)).verdicts) == ()


def test_a_late_arriving_punch_changes_what_it_touches_only(hall):
    old = hall.judge("07:55", *GOOD_AFTERNOON)
    new = hall.judge("07:55", "12:03", *GOOD_AFTERNOON)

    (change,) = what_changed(old.verdicts, new.verdicts)

    assert (change.half, change.before, change.after) == (
        HalfDay.MORNING,
        old.morning,
        new.morning,
    )
    assert [reason.key for reason in change.gone] == [ReasonKey.NO_SIGN_OUT]
    assert [reason.key for reason in change.new] == [ReasonKey.PRESENT]


def test_a_change_reads_as_sentences(hall):
    old = hall.judge("07:55")
    new = hall.judge("07:55", leaves=[hall.leave("14:00", "18:00")])

    (change,) = what_changed(old.verdicts, new.verdicts)

    assert change_sentences(change) == [
        "2026-03-02 下午：由旷工改为请假。",
        "不再成立：既无签到又无签退，计旷工一次。",
        "新认定：已获准请假(事假)。",
    ]


def test_the_same_kind_on_other_grounds_is_a_change(hall):
    old = hall.judge("08:30", "12:03", *GOOD_AFTERNOON)
    new = hall.judge("08:25", "12:03", *GOOD_AFTERNOON)

    (change,) = what_changed(old.verdicts, new.verdicts)

    assert change_sentences(change)[0] == "2026-03-02 上午：仍为迟到，依据有变。"


def test_a_day_declared_off_takes_its_verdicts_away(hall):
    verdicts = hall.judge().verdicts

    changes = what_changed(verdicts, ())

    assert [change.half for change in changes] == [HalfDay.MORNING, HalfDay.AFTERNOON]
    assert change_sentences(changes[0]) == [
        "2026-03-02 上午：由旷工改为未列入考勤。",
        "不再成立：既无签到又无签退，计旷工一次。",
    ]
    assert what_changed((), verdicts)[0].after == verdicts[0]
