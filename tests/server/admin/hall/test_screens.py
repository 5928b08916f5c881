"""An administrator gives each screen its layout; the screens are told."""

from typing import Any

import pytest

from server.queueing.states import TicketAction
from tests.builders.fixtures import site
from tests.builders.site import Site, Visitor, document

__all__ = ["site"]


@pytest.fixture
def admin(site: Site) -> Visitor:
    return site.person("admin")


@pytest.fixture
def page(site: Site) -> str:
    """Where the screen's layout is chosen."""
    return f"/admin/hall/screens/{site.hall.devices['display']}"


def choose(admin: Visitor, page: str, **form: str) -> int:
    """The answer's status."""
    seen = admin.look(page).text.split('name="seen" value="')[1].split('"')[0]
    return admin.submit(page, seen=seen, **form).status_code


def shown(site: Site) -> dict[str, Any]:
    return document(site.device("display").get("/api/display"))


def layout(site: Site) -> dict[str, Any]:
    layouts: dict[str, dict[str, Any]] = shown(site)["layouts"]
    return layouts[str(site.hall.devices["display"])]


def test_a_new_screen_shows_the_whole_hall(site: Site) -> None:
    assert layout(site) == {"kind": "table", "counters": [], "queues": [], "window": None}


def test_a_zones_screen(site: Site, admin: Visitor, page: str) -> None:
    tag = site.device("display").get("/api/display").headers["ETag"]
    assert choose(admin, page, kind="large", counters="1-3，8 5", queues="a，B") == 303
    assert layout(site) == {
        "kind": "large",
        "counters": [1, 2, 3, 5, 8],
        "queues": ["A", "B"],
        "window": None,
    }
    changed = site.device("display").get("/api/display", **{"If-None-Match": tag})
    assert changed.status_code == 200
    assert 'value="1，2，3，5，8"' in admin.look(page).text
    assert "大字呼叫" in admin.look("/admin/hall/screens").text


def test_a_counters_own_display(site: Site, admin: Visitor, page: str) -> None:
    choose(admin, page, kind="window", window="1")
    assert shown(site)["windows"] == {"1": {"show": "paused", "label": ""}}
    clerk = site.hall.clerk(1)
    assert shown(site)["windows"]["1"]["show"] == "rest"
    site.hall.take("A")
    clerk.next()
    assert shown(site)["windows"]["1"] == {"show": "calling", "label": "A001"}
    clerk.press(TicketAction.START)
    assert shown(site)["windows"]["1"]["show"] == "serving"


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        ({"kind": "poster"}, "请从列表中选择"),
        ({"counters": "一号"}, "请写成 1-5，8 这样"),
        ({"kind": "window", "window": "9"}, "请填写一个在用的窗口号"),
        ({"kind": "window"}, "请填写一个在用的窗口号"),
    ],
)
def test_what_no_screen_can_show(
    admin: Visitor, page: str, form: dict[str, str], fault: str
) -> None:
    seen = admin.look(page).text.split('name="seen" value="')[1].split('"')[0]
    answer = admin.submit(page, seen=seen, **form)
    assert (answer.status_code, fault in answer.text) == (422, True)


def test_somebody_elses_change_is_not_lost(admin: Visitor, page: str) -> None:
    choose(admin, page, kind="large")
    answer = admin.submit(page, kind="table", seen="before")
    assert (answer.status_code, "有人改过这一项" in answer.text) == (409, True)


def test_only_screens_have_layouts(site: Site, admin: Visitor) -> None:
    assert admin.look(f"/admin/hall/screens/{site.hall.devices['kiosk']}").status_code == 404
