"""Attendance in a real browser: a cover signs with a pen, a patrol walks with a phone."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from server.attendance.covers.models import CoverDuty
from server.attendance.covers.proving import give_pin, pin_secret
from server.attendance.covers.registering import (
    CoverProposal,
    propose_cover,
    take_cover_step,
)
from server.attendance.leaves.asking import LeaveWish, ask_for_leave
from server.attendance.offices.holding import appoint
from server.attendance.posts.assigning import assign_post
from server.attendance.presets.cover import CoverStep
from server.attendance.presets.leave import Approver, LeaveKind
from server.attendance.publishing.freezing import publish
from server.database import Database
from server.edge.access import SESSION_COOKIE
from server.edge.handover import Handover, HandoverKind
from server.edge.topics import DESK_TOPIC
from server.people.models import Account
from server.people.staff import acting_person
from server.security.accounts import open_session
from server.security.passwords import hash_password
from tests.builders.clock import HandClock
from tests.server.attendance.kept_hall import GOOD_DAY, MONDAY, KeptHall, kept_hall
from tests.services.chromium import Screens
from tests.services.live import LiveHall, live

PIN = "123456"
CARD = "000000199001010018"  # region 000000 does not exist
PHONE = (390, 844)
NEXT_MONDAY = MONDAY + timedelta(days=7)
PAGES = [
    ("li", "/attendance"),
    ("li", "/attendance/leave"),
    ("li", "/attendance/leave/1"),
    ("section", "/attendance/approvals"),
    ("office", "/attendance/covers"),
    ("desk", "/desk/signing"),
    ("li", "/attendance/publications/1"),
    ("supervisor", "/patrol"),
    ("supervisor", "/admin/attendance"),
    ("supervisor", f"/admin/attendance/verdicts?day={MONDAY}"),
    ("supervisor", "/admin/attendance/calendar"),
    ("supervisor", "/admin/attendance/regulation"),
    ("admin", "/admin/attendance/offices"),
    ("supervisor", "/admin/attendance/timetables"),
    ("supervisor", "/admin/attendance/posts"),
    ("supervisor", "/admin/attendance/publications"),
]


@pytest.fixture
def hall(sqlite_url: str) -> Iterator[KeptHall]:
    """A published week has passed; a cover is on duty, a leave is asked for."""
    with closing(Database(sqlite_url)) as database:
        hall = kept_hall(database, HandClock())
        hall.punch("li", MONDAY, "08:21", *GOOD_DAY[1:])
        hall.go_to(NEXT_MONDAY, "07:50")
        with hall.work("admin") as work:
            for who, office in (
                ("section", Approver.SECTION),
                ("office", Approver.OFFICE),
                ("supervisor", Approver.SUPERVISION),
            ):
                appoint(work, office, hall.people[who], MONDAY)
            counter = hall.built.counters[1]
            assign_post(work, counter, hall.people["li"], hall.people["wang"], MONDAY)
            publish(work, MONDAY)
            appoint(work, Approver.UNIT, hall.people["zhao"], MONDAY, acting_person(work).unit_id)
        with hall.work("li") as work:
            start, end = hall.at(NEXT_MONDAY, "15:00"), hall.at(NEXT_MONDAY, "18:00")
            ask_for_leave(work, LeaveWish(LeaveKind.PERSONAL, start, end, "家中有事"))
        admit_cover(hall)
        yield hall


def admit_cover(hall: KeptHall) -> None:
    """Somebody stands in for wang this week, and has a PIN."""
    with hall.work("zhao") as work:
        last = NEXT_MONDAY + timedelta(days=3)
        proposal = CoverProposal(hall.people["wang"], NEXT_MONDAY, last, "", name="钱顶岗")
        duty_id = propose_cover(work, proposal).id
    for who, step in (
        ("office", CoverStep.AGREED),
        ("supervisor", CoverStep.REGISTERED),
        ("supervisor", CoverStep.TRAINED),
        ("wang", CoverStep.HANDED_OVER),
    ):
        with hall.work(who) as work:
            take_cover_step(work, duty_id, step)
    with hall.work("office") as work:
        give_pin(work, duty_id, hash_password(pin_secret(duty_id, PIN)))


@pytest.fixture
def running(hall: KeptHall, tmp_path: Path) -> Iterator[LiveHall]:
    with live(hall.built, tmp_path, hall.clock) as running:
        yield running


def open_page(
    screens: Screens, running: LiveHall, who: str, path: str, size: tuple[int, int] = (1280, 800)
) -> Page:
    """Somebody signed in, at a page."""
    hall = running.hall
    with hall.database.write() as session:
        account = session.get_one(Account, hall.actor(who).account_id)
        now = hall.workplace.clock()
        token = open_session(session, account, now=now, valid=timedelta(hours=12))
    page = screens.open(width=size[0], height=size[1])
    page.context.add_cookies([{"name": SESSION_COOKIE, "value": token, "url": running.address}])
    page.goto(f"{running.address}{path}")
    return page


@pytest.mark.parametrize(("who", "path"), PAGES)
def test_everybody_can_use_the_pages(
    screens: Screens, running: LiveHall, who: str, path: str
) -> None:
    page = open_page(screens, running, who, path)
    screens.shoot(page, "page")
    assert Axe().run(page).response["violations"] == []


@pytest.mark.parametrize("path", ["/patrol", "/attendance", "/attendance/leave"])
def test_pages_fit_a_phone(screens: Screens, running: LiveHall, path: str) -> None:
    page = open_page(screens, running, "supervisor", path, PHONE)
    screens.shoot(page, "phone")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def draw(page: Page) -> None:
    """Sign in the box."""
    box = page.locator("canvas").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 40, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 300, box["y"] + 120, steps=8)
    page.mouse.up()


def lay_card(page: Page, running: LiveHall, name: str, number: str) -> None:
    """A card was read at the desk; the page hears of it as its socket would tell."""
    handover = Handover(running.hall.id, DESK_TOPIC, HandoverKind.CARD, name=name, number=number)
    token = running.hallkeeper.app.extensions["hallkeeper"].handovers.put(handover)
    page.evaluate(
        """async (detail) => {
          const { link } = await import("/static/modules/link.js");
          link.dispatchEvent(new CustomEvent("handover", { detail }));
        }""",
        handover.masked() | {"token": token},
    )


def test_a_cover_signs_with_a_pen_and_the_clerk_confirms(
    screens: Screens, running: LiveHall
) -> None:
    page = open_page(screens, running, "desk", "/desk/signing")
    page.get_by_role("button", name="钱顶岗").click()
    page.get_by_label("签到密码").fill(PIN)
    draw(page)
    screens.shoot(page, "signing")
    page.locator("[data-act=sign]").click()
    page.get_by_role("button", name="确认是本人").click()
    expect(page.get_by_text("已确认")).to_be_visible()
    screens.shoot(page, "signed")


def test_a_wrong_pin_is_said_in_the_dialogue(screens: Screens, running: LiveHall) -> None:
    page = open_page(screens, running, "desk", "/desk/signing")
    page.get_by_role("button", name="钱顶岗").click()
    page.get_by_label("签到密码").fill("000000")
    draw(page)
    page.locator("[data-act=sign]").click()
    expect(page.get_by_role("alert")).to_contain_text("签到密码不对")


def test_the_desk_registers_a_card_and_the_cover_signs_by_it(
    screens: Screens, running: LiveHall
) -> None:
    page = open_page(screens, running, "desk", "/desk/signing")
    page.get_by_role("button", name="钱顶岗").click()
    lay_card(page, running, "钱顶岗", CARD)
    page.get_by_role("button", name="登记这张身份证").click()
    expect(page.get_by_text("已读到身份证")).to_be_visible()
    draw(page)
    screens.shoot(page, "card")
    page.locator("[data-act=sign]").click()
    expect(page.locator("#signatures")).to_contain_text("身份证")


def test_anothers_card_is_said_in_the_dialogue(screens: Screens, running: LiveHall) -> None:
    with running.hall.database.write() as session:
        session.query(CoverDuty).one().card_digest = "another"
    page = open_page(screens, running, "desk", "/desk/signing")
    page.get_by_role("button", name="钱顶岗").click()
    lay_card(page, running, "示例乙", CARD)
    expect(page.get_by_text("已读到身份证")).to_be_visible()
    draw(page)
    page.locator("[data-act=sign]").click()
    expect(page.get_by_role("alert")).to_contain_text("这不是钱顶岗登记的身份证")
