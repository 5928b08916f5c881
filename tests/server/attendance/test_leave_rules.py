"""窗口管理制度 五.5: the length of a leave and what it needs."""

from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest

from server.attendance.leave_rules import (
    LeaveLength,
    leave_lack,
    leave_length,
    leave_requirements,
)
from server.attendance.presets.leave import LeaveForm, LeaveKind, LeaveStep
from server.catalogue.calendar import days_between
from tests.server.attendance.halls import ZONE, Hall

SECOND = timedelta(seconds=1)


def length(hall: Hall, start: str, end: str, extra: timedelta = timedelta(0)) -> LeaveLength:
    """The length of a leave from `YYYY-MM-DD HH:MM` to another."""
    first, last = (datetime.fromisoformat(text).replace(tzinfo=ZONE) for text in (start, end))
    plans = [hall.on(str(day)).plan for day in days_between(first.date(), last.date())]
    return leave_length(first, last + extra, plans)


def needs(hall: Hall, leave: LeaveLength, kind: LeaveKind = LeaveKind.PERSONAL):
    """What the leave needs."""
    settings = hall.preset.attendance
    return leave_requirements(
        kind,
        leave,
        chain=settings.leave_chain[0],
        evidence=settings.leave_evidence[0],
        cover=settings.leave_cover[0],
    )


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2026-03-02 08:00", "2026-03-02 12:00", Fraction(1, 2)),
        ("2026-03-02 00:00", "2026-03-03 00:00", Fraction(1)),
        ("2026-03-02 14:30", "2026-03-03 12:00", Fraction(1)),
        ("2026-03-06 00:00", "2026-03-10 00:00", Fraction(2)),  # over a weekend
        ("2026-02-14 00:00", "2026-02-25 00:00", Fraction(2)),  # over Spring Festival
        ("2026-03-07 00:00", "2026-03-09 00:00", Fraction(0)),  # a weekend
        ("2026-03-02 10:00", "2026-03-02 16:00", Fraction(1, 2)),  # half of each half day
    ],
)
def test_leave_is_counted_in_working_time(hall, start, end, days):
    assert length(hall, start, end).days == days


@pytest.mark.parametrize(
    ("start", "end", "extra", "form", "titles"),
    [
        (
            "2026-03-02 08:00",
            "2026-03-02 09:00",
            timedelta(0),
            LeaveForm.ORAL,
            ["口头告知办公室，由办公室登记"],
        ),
        (
            "2026-03-02 08:00",
            "2026-03-02 09:00",
            SECOND,
            LeaveForm.WRITTEN,
            ["业务科审批", "中心办公室备案"],
        ),
        (
            "2026-03-02 08:00",
            "2026-03-02 17:30",
            timedelta(0),
            LeaveForm.WRITTEN,
            ["业务科审批", "中心办公室备案"],
        ),
        (
            "2026-03-02 08:00",
            "2026-03-03 08:00",
            SECOND,
            LeaveForm.WRITTEN,
            ["单位签署意见并加盖公章", "中心副主任审批", "中心办公室备案"],
        ),
        (
            "2026-03-02 08:00",
            "2026-03-04 17:30",
            timedelta(0),
            LeaveForm.WRITTEN,
            ["单位签署意见并加盖公章", "中心副主任审批", "中心办公室备案"],
        ),
        (
            "2026-03-02 08:00",
            "2026-03-05 08:00",
            SECOND,
            LeaveForm.WRITTEN,
            ["单位主要领导签署意见", "中心主任审批", "中心办公室备案"],
        ),
    ],
    ids=["1h", "1h+1s", "1d", "1d+1s", "3d", "3d+1s"],
)
def test_5_5_1_the_chain_by_length(hall, start, end, extra, form, titles):  # noqa: PLR0917 - a table
    required = needs(hall, length(hall, start, end, extra))

    assert (required.form, [step.title for step in required.steps]) == (form, titles)


def test_an_hour_over_noon_is_an_hour_of_working_time(hall):
    assert needs(hall, length(hall, "2026-03-02 11:30", "2026-03-02 15:00")).form is LeaveForm.ORAL


@pytest.mark.parametrize(
    ("kind", "document"),
    [(LeaveKind.SICK, "县级以上医院的证明"), (LeaveKind.PERSONAL, None), (LeaveKind.OTHER, None)],
)
def test_5_5_2_sick_leave_needs_a_certificate(hall, kind, document):
    required = needs(hall, length(hall, "2026-03-02 08:00", "2026-03-03 08:00"), kind)

    assert required.document == document


@pytest.mark.parametrize(
    ("end", "extra", "cover"),
    [
        ("2026-03-02 12:00", -SECOND, False),
        ("2026-03-02 12:00", timedelta(0), True),
        ("2026-03-04 12:00", timedelta(0), True),
    ],
)
def test_5_5_3_half_a_day_or_more_needs_a_cover(hall, end, extra, cover):
    assert needs(hall, length(hall, "2026-03-02 08:00", end, extra)).cover is cover


def test_another_hall_asks_for_a_cover_from_a_day_on(other_hall):
    half_day = length(other_hall, "2026-03-02 09:00", "2026-03-02 12:00")

    assert not needs(other_hall, half_day).cover


def test_steps_are_taken_in_their_order(hall):
    required = needs(hall, length(hall, "2026-03-02 08:00", "2026-03-04 17:30"))
    taken: list[LeaveStep] = []
    for step in required.steps:
        lack = leave_lack(required, taken=taken, document_shown=True, cover_named=True)
        assert lack.step == step
        taken.append(step)

    assert leave_lack(required, taken=taken, document_shown=True, cover_named=True).nothing


@pytest.mark.parametrize(
    ("document", "cover", "nothing"),
    [(True, True, True), (False, True, False), (True, False, False)],
)
def test_a_grant_waits_for_the_document_and_the_cover(hall, document, cover, nothing):
    required = needs(hall, length(hall, "2026-03-02 08:00", "2026-03-03 08:00"), LeaveKind.SICK)

    lack = leave_lack(required, taken=required.steps, document_shown=document, cover_named=cover)

    assert lack.nothing is nothing


def test_a_day_off_in_between_has_no_working_time(hall):
    assert hall.on(str(date(2026, 3, 7))).plan.spans == ()
