"""The office's pages: each opens for whom it is, and does what its buttons say."""

import io
from datetime import timedelta

import pytest

from server.attendance.hours.days import year_of_days
from server.attendance.verdicts import VerdictKind
from tests.builders.site import Site
from tests.server.admin.attendance.forms import fill_in
from tests.server.attendance.kept_hall import GOOD_DAY, MONDAY, PRESETS, TUESDAY, KeptHall

CALENDAR = "/admin/attendance/calendar/2026"
PAGES = [
    "/admin/attendance",
    "/admin/attendance/verdicts",
    "/admin/attendance/calendar",
    "/admin/attendance/regulation",
    "/admin/attendance/offices",
    "/admin/attendance/timetables",
]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("who", "status"), [("admin", 200), ("supervisor", 200), ("li", 403)])
def test_the_office_may_open_its_pages(site: Site, who: str, path: str, status: int) -> None:
    assert site.person(who).look(path).status_code == status


def test_the_verdicts_of_a_day_say_why(kept: KeptHall, site: Site) -> None:
    kept.punch("li", MONDAY, "08:21", *GOOD_DAY[1:])
    kept.go_to(TUESDAY, "08:00")
    page = site.person("supervisor").look(f"/admin/attendance/verdicts?day={MONDAY}").text
    assert "08:21:00 签到，比应到时间 08:00:00 晚 21 分 0 秒" in page


def test_a_verdict_judged_again_shows_its_versions(kept: KeptHall, site: Site) -> None:
    kept.go_to(TUESDAY, "08:00")
    kept.punch("li", MONDAY, *GOOD_DAY)
    kept.judge()
    path = f"/admin/attendance/people/{kept.people['li']}/{MONDAY}/morning"
    assert "由旷工改为出勤" in site.person("supervisor").look(path).text


@pytest.mark.parametrize("half", ["evening", "morning/x"])
def test_a_half_day_that_is_none_is_not_found(kept: KeptHall, site: Site, half: str) -> None:
    path = f"/admin/attendance/people/{kept.people['li']}/{MONDAY}/{half}"
    assert site.person("supervisor").look(path).status_code == 404


def test_a_day_entered_by_hand_opens_the_year_again(kept: KeptHall, site: Site) -> None:
    form = {"act": "enter", "day": "2026-09-16", "kind": "holiday", "name": "停电"}
    page = fill_in(site.person("supervisor"), CALENDAR, form)
    assert ("停电" in page.text, "这一年还没有确认" in page.text) == (True, True)


def test_a_file_is_imported(kept: KeptHall, site: Site) -> None:
    file = io.BytesIO("日期,性质,名称\n2026-09-16,节假日,停电\n".encode())
    fill_in(site.person("supervisor"), CALENDAR, {"act": "import", "file": (file, "days.csv")})
    with kept.work("admin") as work:
        assert "停电" in {entry.name for entry in year_of_days(work, 2026).entries}


def test_a_mistake_in_a_file_is_shown_on_the_page(kept: KeptHall, site: Site) -> None:
    file = io.BytesIO("日期,性质,名称\n明天,节假日,停电\n".encode())
    form = {"act": "import", "file": (file, "days.csv")}
    page = fill_in(site.person("supervisor"), CALENDAR, form)
    assert (page.status_code, "第 2 行的日期认不出来" in page.text) == (422, True)


def test_a_year_is_confirmed(kept: KeptHall, site: Site) -> None:
    path = "/admin/attendance/calendar/2025"
    supervisor = site.person("supervisor")
    fill_in(supervisor, path, {"act": "seed"})
    assert "这一年已确认" in fill_in(supervisor, path, {"act": "confirm"}).text


def test_only_an_administrator_adopts_a_regulation(kept: KeptHall, site: Site) -> None:
    path = "/admin/attendance/regulation"
    form = {"preset": "two-punch", "judge_from": "2026-09-14"}
    refused = fill_in(site.person("supervisor"), path, form).status_code
    adopted = fill_in(site.person("admin"), path, form)
    assert (refused, adopted.status_code) == (403, 200)


def test_a_regulation_is_uploaded(kept: KeptHall, site: Site) -> None:
    path = "/admin/attendance/regulation"
    file = (io.BytesIO((PRESETS / "other.toml").read_bytes()), "other.toml")
    page = fill_in(site.person("admin"), path, {"file": file, "judge_from": "2026-09-14"})
    assert "已采用" in page.text


def test_an_office_is_given_and_ended(kept: KeptHall, site: Site) -> None:
    path = "/admin/attendance/offices"
    admin = site.person("admin")
    form = {"office": "director", "person_id": kept.people["director"], "since": "2026-09-14"}
    given = fill_in(admin, path, form).text
    ended = fill_in(admin, path, {"holder_id": 1}).text
    assert ("张director</th>" in given, "张director</th>" in ended) == (True, False)


def test_a_unit_office_needs_its_unit(kept: KeptHall, site: Site) -> None:
    path = "/admin/attendance/offices"
    form = {"office": "unit_head", "person_id": kept.people["wang"], "since": "2026-09-14"}
    page = fill_in(site.person("admin"), path, form)
    assert (page.status_code, "请选择是哪个单位的职务" in page.text) == (422, True)


def test_special_hours_are_given_on_the_page(kept: KeptHall, site: Site) -> None:
    path = "/admin/attendance/timetables"
    form = {
        "whose": f"person:{kept.people['li']}",
        "since": MONDAY.isoformat(),
        "clause": "哺乳期照顾",
        "weekdays": ["1", "2"],
        "punches_per_day": "4",
        "morning_from": "08:00",
        "morning_to": "12:00",
    }
    page = fill_in(site.person("supervisor"), path, form)
    kept.go_to(MONDAY + timedelta(days=2), "23:00")
    assert "哺乳期照顾" in page.text
    assert (kept.kinds("li", MONDAY), kept.kinds("li", MONDAY + timedelta(days=2))) == (
        [VerdictKind.ABSENT],
        [],
    )


def test_hours_the_wrong_way_round_are_refused(kept: KeptHall, site: Site) -> None:
    path = "/admin/attendance/timetables"
    form = {
        "whose": f"person:{kept.people['li']}",
        "since": MONDAY.isoformat(),
        "clause": "x",
        "weekdays": "1",
        "punches_per_day": "4",
        "morning_from": "12:00",
        "morning_to": "08:00",
    }
    assert fill_in(site.person("supervisor"), path, form).status_code == 422
