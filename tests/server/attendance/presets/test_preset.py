"""Settings hold from their date until the next entry, each with its clause."""

from datetime import date

import pytest

from server.attendance.presets.dated import Dated, NotInForceError, in_force


@pytest.mark.parametrize(
    ("day", "grace"),
    [(date(2024, 1, 1), 0), (date(2026, 6, 30), 0), (date(2026, 7, 1), 5), (date(2030, 1, 1), 5)],
)
def test_an_entry_holds_from_its_date_until_the_next(other_hall, day, grace):
    history = other_hall.preset.attendance.lateness

    assert in_force(history, day).grace_minutes == grace


def test_before_the_first_entry_nothing_is_in_force(hall):
    with pytest.raises(NotInForceError, match="Lateness"):
        in_force(hall.preset.attendance.lateness, date(2023, 12, 31))


def test_every_number_carries_its_clause_and_date(any_hall):
    settings = any_hall.preset.attendance

    entries = [entry for name in type(settings).model_fields for entry in getattr(settings, name)]

    assert all(isinstance(entry, Dated) and entry.clause for entry in entries)


@pytest.mark.parametrize(
    ("setting", "values", "clause"),
    [
        ("lateness", {"grace_minutes": 20}, "窗口管理制度 五.2"),
        ("early_leave", {"grace_minutes": 20}, "窗口管理制度 五.2"),
        ("away", {"limit_minutes": 60}, "窗口管理制度 五.2"),
        ("leave_cover", {"from_days": 0.5}, "窗口管理制度 五.5(3)"),
        ("accumulation", {"lapses": 5, "absent_days": 1}, "窗口管理制度 五.6"),
        ("publication", {"every": "week"}, "窗口管理制度 五.7"),
        ("objection", {"days": 2}, "窗口管理制度 五.8"),
        ("unit_notice", {"every": "month"}, "窗口管理制度 五.9"),
        ("lapse_points", {"late": 1, "early_leave": 1}, "窗口管理制度 十一.3 工作纪律(1)"),
        ("absence_points", {"half_day": 3, "day": 4}, "窗口管理制度 十一.3 工作纪律(3)"),
        ("cover_limit", {"months": 1}, "临时顶岗人员管理制度 4.4.1"),
        ("cover_signing", {"working_days": 5}, "临时顶岗人员管理制度 4.4.2"),
        ("cover_charge", {"to": "window"}, "临时顶岗人员管理制度 4.3"),
    ],
)
def test_the_first_regulations_numbers(hall, setting, values, clause):
    (entry,) = getattr(hall.preset.attendance, setting)

    assert {name: getattr(entry, name) for name in values} == values
    assert entry.clause == clause
