"""An administrator writes notices; kiosks, hall screens and LED boards show them in their time."""

import re
from typing import Any

import pytest

from server.audit import AuditEntry
from server.devices.models import Device, DeviceKind
from tests.builders.clock import HandClock
from tests.builders.fixtures import site
from tests.builders.site import Site, Visitor, document

__all__ = ["site"]

PAGE = "/admin/hall/notices"
EVERYWHERE = {"on_kiosk": "on", "on_screen": "on", "on_board": "on"}


@pytest.fixture
def admin(site: Site) -> Visitor:
    return site.person("admin")


def write(admin: Visitor, text: str, **form: str) -> int:
    """The answer's status."""
    return admin.submit(f"{PAGE}/add", text=text, **(form or EVERYWHERE)).status_code


def on_screen(site: Site) -> list[str]:
    shown = document(site.device("display").get("/api/display"))["notices"]
    return [notice["text"] for notice in shown]


def on_kiosk(site: Site) -> list[dict[str, Any]]:
    notices: list[dict[str, Any]] = document(site.device("kiosk").get("/api/kiosk"))["notices"]
    return notices


def on_board(site: Site) -> str:
    notice: str = document(site.device("agent").get("/api/agent/desired"))["signs"][0]["notice"]
    return notice


@pytest.fixture
def board(site: Site) -> None:
    """A LED board in the hall with a notice of its own."""
    with site.hall.database.write() as session:
        session.add(
            Device(
                hall_id=site.hall.id,
                kind=DeviceKind.LED_SIGN,
                name="大厅屏",
                agent_id=site.hall.devices["agent"],
                options={"notice": "请遵守秩序", "width": 192},
            )
        )


@pytest.mark.usefixtures("board")
def test_a_notice_is_shown_everywhere(site: Site, admin: Visitor) -> None:
    assert write(admin, "周五下午系统升级，暂停办理") == 303
    assert on_screen(site) == ["周五下午系统升级，暂停办理"]
    assert [notice["text"] for notice in on_kiosk(site)] == ["周五下午系统升级，暂停办理"]
    assert on_board(site) == "请遵守秩序　　周五下午系统升级，暂停办理"


def test_only_where_it_was_meant(site: Site, admin: Visitor) -> None:
    write(admin, "只在取号机", on_kiosk="on")
    assert (len(on_kiosk(site)), on_screen(site)) == (1, [])


def test_they_stand_in_their_order(site: Site, admin: Visitor) -> None:
    write(admin, "第二", position="2", **EVERYWHERE)
    write(admin, "第一", position="1", **EVERYWHERE)
    assert on_screen(site) == ["第一", "第二"]


@pytest.mark.usefixtures("board")
def test_times_are_the_halls_own(site: Site, admin: Visitor, clock: HandClock) -> None:
    write(admin, "下午停电", begins="2026-09-14T14:00", ends="2026-09-14T16:30", **EVERYWHERE)
    (notice,) = on_kiosk(site)
    assert (notice["begins"], notice["ends"]) == ("2026-09-14T06:00:00Z", "2026-09-14T08:30:00Z")
    assert on_board(site) == "请遵守秩序"
    clock.move(hours=5)
    assert on_board(site) == "请遵守秩序　　下午停电"
    clock.move(hours=3)
    assert (on_board(site), on_screen(site)) == ("请遵守秩序", [])


def test_tomorrows_comes_with_tomorrows_screen(
    site: Site, admin: Visitor, clock: HandClock
) -> None:
    write(admin, "明天", begins="2026-09-15T08:00", **EVERYWHERE)
    assert on_screen(site) == []
    clock.move(days=1)
    assert on_screen(site) == ["明天"]


def test_withdrawn_and_brought_back(site: Site, admin: Visitor) -> None:
    write(admin, "通知")
    assert admin.submit(f"{PAGE}/1/withdraw").status_code == 303
    assert on_screen(site) == []
    assert "已撤下" in admin.look(PAGE).text
    admin.submit(f"{PAGE}/1/restore")
    assert on_screen(site) == ["通知"]
    with site.hall.session() as session:
        actions = [row.action for row in session.query(AuditEntry).order_by(AuditEntry.id)]
    assert actions[-3:] == ["hall_notice.add", "hall_notice.withdraw", "hall_notice.restore"]


def test_a_change_is_shown_in_the_form(admin: Visitor) -> None:
    write(admin, "旧", begins="2026-09-14T14:00", **EVERYWHERE)
    page = admin.look(f"{PAGE}/1").text
    assert 'value="2026-09-14T14:00:00"' in page
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen
    assert admin.submit(f"{PAGE}/1", text="新", on_screen="on", seen=seen[1]).status_code == 303


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        ({"text": "", **EVERYWHERE}, "请填写这一项"),
        ({"text": "长" * 81, **EVERYWHERE}, "不能超过 80 个字"),
        ({"text": "无处"}, "请至少选择一处显示的地方"),
        ({"text": "空\x00", **EVERYWHERE}, "请检查这一项"),
        ({"text": "何时", "begins": "明天", **EVERYWHERE}, "请填写日期和时间"),
        (
            {"text": "倒", "begins": "2026-09-14T14:00", "ends": "2026-09-14T14:00", **EVERYWHERE},
            "结束时间须晚于开始时间",
        ),
    ],
)
def test_what_cannot_be_shown_is_refused(admin: Visitor, form: dict[str, str], fault: str) -> None:
    answer = admin.submit(f"{PAGE}/add", **form)
    assert (answer.status_code, fault in answer.text) == (422, True)


def test_another_halls_notice_is_not_found(admin: Visitor) -> None:
    assert admin.submit(f"{PAGE}/99/withdraw").status_code == 303
    assert admin.look(f"{PAGE}/99").status_code == 404


def test_the_board_is_seen_while_writing(admin: Visitor) -> None:
    seen = document(admin.get(f"{PAGE}/board?text=通知"))
    assert seen["picture"].startswith("data:image/png;base64,")
    assert (seen["length"], seen["remarks"]) == ("2 / 80", [])


@pytest.mark.usefixtures("board")
def test_what_the_board_cannot_show_is_told(admin: Visitor) -> None:
    remarks = document(admin.get(f"{PAGE}/board?text=请到𠮷祥路办理新业务，带好身份证"))["remarks"]
    assert [("𠮷" in remark, "滚动" in remark) for remark in remarks] == [
        (True, False),
        (False, True),
    ]
