"""An administrator chooses what LED signs say, and sees it first."""

from typing import Any

import pytest

from server.devices.models import Device, DeviceKind
from tests.builders.fixtures import site
from tests.builders.site import Site, Visitor, document

__all__ = ["site"]

PAGE = "/admin/hall/signs"


@pytest.fixture
def admin(site: Site) -> Visitor:
    return site.person("admin")


@pytest.fixture(autouse=True)
def signs(site: Site) -> None:
    """A sign over the counter and a board."""
    with site.hall.database.write() as session:
        for name, counter_id in (("一号窗口屏", site.hall.counters[1]), ("大厅屏", None)):
            session.add(
                Device(
                    hall_id=site.hall.id,
                    kind=DeviceKind.LED_SIGN,
                    name=name,
                    agent_id=site.hall.devices["agent"],
                    counter_id=counter_id,
                )
            )


def change(admin: Visitor, **words: str) -> Any:
    seen = admin.look(PAGE).text.split('name="seen" value="')[1].split('"')[0]
    return admin.submit(PAGE, seen=seen, **words)


def on_signs(site: Site) -> tuple[list[str], list[list[str]]]:
    """The window sign's lines and the board's rows."""
    window, board = document(site.device("agent").get("/api/agent/desired"))["signs"]
    return window["lines"], board["rows"]


def test_the_signs_say_what_was_chosen(site: Site, admin: Visitor) -> None:
    words = {"calling": "{label}请到{number}号", "paused": "稍候", "board": "至{number}窗"}
    assert change(admin, **words).status_code == 303
    assert on_signs(site) == (["稍候"], [])
    site.hall.take("A")
    site.hall.clerk(1).next()
    assert on_signs(site) == (["A001请到1号"], [["A001", "至1窗"]])


def test_what_is_left_blank_is_as_usual(site: Site, admin: Visitor) -> None:
    change(admin, paused="稍候")
    change(admin, paused="")
    assert on_signs(site)[0] == ["暂停服务"]


def test_all_of_it_can_be_put_back(site: Site, admin: Visitor) -> None:
    change(admin, paused="稍候")
    assert admin.submit(f"{PAGE}/restore").status_code == 303
    assert on_signs(site)[0] == ["暂停服务"]


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ({"calling": "请到本窗口"}, "这一句须包含提示中的号码"),
        ({"calling": "{label}{person}"}, "花括号里只能写提示中列出的名称"),
        ({"calling": "{label.__class__}{label}"}, "花括号里只能写提示中列出的名称"),
        ({"calling": "{label:>999999999}"}, "花括号里只能写提示中列出的名称"),
        ({"paused": "停{"}, "花括号里只能写提示中列出的名称"),
        ({"paused": "停" * 41}, "不能超过 40 个字"),
    ],
)
def test_what_no_sign_can_say(admin: Visitor, words: dict[str, str], fault: str) -> None:
    answer = change(admin, **words)
    assert (answer.status_code, fault in answer.text) == (422, True)


@pytest.mark.parametrize("show", ["rest", "calling", "serving", "paused"])
def test_each_sentence_is_seen_on_a_sign(admin: Visitor, show: str) -> None:
    seen = document(admin.get(f"{PAGE}/preview?sign=0&show={show}"))
    assert seen["picture"].startswith("data:image/png;base64,")


def test_what_a_sign_cannot_show_is_told(admin: Visitor) -> None:
    seen = document(admin.get(f"{PAGE}/preview?sign=0&show=paused&words=𠮷"))
    assert ["𠮷" in remark for remark in seen["remarks"]] == [True]


def test_wrong_words_have_no_picture(admin: Visitor) -> None:
    assert admin.get(f"{PAGE}/preview?show=calling&words=无").status_code == 422
