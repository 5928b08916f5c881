"""The guidance desk in a browser."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.seats import SMALL_DESK, Seats
from tests.browser.test_before_ticket import violations
from tests.browser.test_sizes import OVERFLOW
from tests.services.chromium import Screens

HALL_ZONE = ZoneInfo("Asia/Shanghai")


def open_desk(seats: Seats, language: str = "zh") -> Page:
    desk = seats.staff("desk", language, SMALL_DESK)
    desk.goto(f"{seats.hall.address}/desk")
    expect(desk.locator("hk-desk-hall tbody tr").first).to_be_visible()
    return desk


@pytest.fixture
def desk(seats: Seats) -> Page:
    return open_desk(seats)


def word(part: Locator) -> Locator:
    return part.locator(".notice")


def take(desk: Page, letters: str) -> str:
    """Take a number for somebody; the number."""
    part = desk.locator("hk-desk-take")
    part.locator("#take-query").fill(letters)
    part.locator(".button-main").first.click()
    expect(word(part)).to_contain_text("已取")
    return word(part).inner_text().split()[1]


def test_a_number_is_taken_for_somebody_and_given_up(desk: Page) -> None:
    label = take(desk, "hkdj")
    part = desk.locator("hk-desk-find")
    part.locator("#find-label").fill(label)
    part.locator("#find-label").press("Enter")
    expect(part.locator(".desk-ticket")).to_contain_text("户口登记")
    part.get_by_role("button", name="弃号").click()
    expect(part.locator(".desk-ticket .state")).to_have_text("弃号")


def test_a_number_that_is_not_there_is_said(desk: Page) -> None:
    part = desk.locator("hk-desk-find")
    part.locator("#find-label").fill("Z999")
    part.locator("#find-label").press("Enter")
    expect(word(part)).to_have_text("今天没有这个号")


def test_the_hall_is_live(desk: Page, seats: Seats) -> None:
    row = desk.locator("hk-desk-hall tbody tr", has_text="工程建设").first
    before = int(row.locator("td").first.inner_text())
    take(desk, "sgxkz")
    expect(row.locator("td").first).to_have_text(str(before + 1))


def test_a_time_is_offered_booked_checked_in_and_another_cancelled(desk: Page) -> None:
    soon = datetime.now(HALL_ZONE) + timedelta(minutes=5)
    opening, booking = desk.locator("hk-desk-open"), desk.locator("hk-desk-book")
    service = opening.locator("#open-service option", has_text="税务登记").get_attribute("value")
    opening.locator("#open-service").select_option(service)
    opening.locator("#open-day").fill(soon.date().isoformat())
    for field in ("#open-from", "#open-until"):
        opening.locator(field).fill(soon.strftime("%H:%M"))
    opening.get_by_role("button", name="开放", exact=True).click()
    expect(word(opening)).to_have_text("已开放 1 个时段")

    booking.locator("#book-service").select_option(service)
    booking.locator("#book-day").fill(soon.date().isoformat())
    offered = booking.get_by_role("button", name="预约", exact=True)
    offered.click()
    expect(word(booking)).to_contain_text("预约码")
    code = word(booking).inner_text()[-6:]
    booking.locator("#book-code").fill(code)
    booking.locator("#book-code").press("Enter")
    expect(word(booking)).to_contain_text("已签到，号码 E")

    offered.click()
    cancel = booking.get_by_role("button", name="取消预约")
    cancel.click()
    expect(word(booking)).to_contain_text("已取消")


def test_a_question_is_written_down_and_answered(desk: Page) -> None:
    part = desk.locator("hk-desk-questions")
    part.locator("#ask-text").fill("社保卡丢了怎么补")
    part.locator("#ask-outcome").select_option("follow_up")
    part.get_by_role("button", name="登记", exact=True).click()
    expect(word(part)).to_have_text("已登记")
    first = part.locator("li").first
    expect(first.locator(".state")).to_have_text("待答复")
    first.locator("input").fill("带身份证到三号窗口")
    first.get_by_role("button", name="已答复").click()
    expect(word(part)).to_have_text("已登记答复")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_desk_is_accessible(seats: Seats, screens: Screens, language: str) -> None:
    desk = open_desk(seats, language)
    desk.locator("#take-query").fill("dj")
    screens.shoot(desk, f"desk-{language}")
    assert violations(desk) == []
    assert desk.evaluate(OVERFLOW)[0] <= 0
