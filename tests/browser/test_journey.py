"""One number from the kiosk to the paper, the counter, the hall screen and the phone."""

import re

from playwright.sync_api import Page, expect

from tests.browser.seats import (
    PHONE,
    Seats,
    call_next,
    done,
    finish,
    press_simulator,
    take_number,
)

PAPER_OUT = "号票已打印，请取走"


def test_a_number_is_taken_printed_called_and_served(seats: Seats) -> None:
    counter, kiosk, screen = seats.counter(1), seats.kiosk(), seats.screen()

    label = take_number(kiosk)
    expect(kiosk.locator(".paper")).to_have_text(PAPER_OUT)
    expect(screen.locator(".waiting li").first).to_contain_text("1")

    assert call_next(counter) == label
    expect(screen.locator(".now-label")).to_have_text(label)
    expect(screen.locator(".now-counter")).to_have_text("到 1 号窗口")
    expect(screen.locator(".waiting li").first).to_contain_text("0")

    counter.keyboard.press("F4")
    expect(counter.locator(".hand-serving")).to_be_visible()
    finish(counter)


def test_the_phone_follows_its_number(seats: Seats) -> None:
    counter, kiosk = seats.counter(1), seats.kiosk()
    take_number(kiosk)
    phone = seats.visitor(size=PHONE)
    phone.goto(ticket_address(kiosk))
    expect(phone.locator("#ticket")).to_have_attribute("data-state", "waiting")

    call_next(counter)
    ask_now(phone)
    expect(phone.locator(".standing-called")).to_contain_text("请到 1 号窗口")

    finish(counter)
    ask_now(phone)
    expect(phone.locator("#ticket")).to_contain_text("已办结")


def test_a_paper_that_does_not_come_is_told(seats: Seats) -> None:
    kiosk = seats.kiosk()
    press_simulator(kiosk, "printer", "paper_out")
    take_number(kiosk)
    try:
        expect(kiosk.locator(".paper")).to_contain_text("您的号码有效", timeout=15_000)
    finally:
        press_simulator(kiosk, "printer", "repair")
    expect(kiosk.locator(".paper")).to_have_text(PAPER_OUT, timeout=30_000)


def test_a_double_tap_does_not_take_a_number(seats: Seats) -> None:
    kiosk = seats.kiosk()
    box = kiosk.locator(".choices-categories .choice").first.bounding_box()
    assert box
    kiosk.mouse.dblclick(box["x"] + 60, box["y"] + box["height"] - 20)
    expect(kiosk.locator(".choices-services")).to_be_visible()


def test_the_kiosk_is_ready_for_the_next_person(seats: Seats) -> None:
    kiosk = seats.kiosk()
    kiosk.get_by_role("button", name="English").click()
    kiosk.get_by_role("button", name="Large text").click()
    take_number(kiosk)
    expect(kiosk.locator(".countdown")).to_have_text(re.compile(r"Back to the start in 1\d s"))
    done(kiosk)
    expect(kiosk.locator("h1")).to_have_text("您好，请选择要办理的业务")
    assert kiosk.evaluate("'elder' in document.documentElement.dataset") is False


def ticket_address(kiosk: Page) -> str:
    """Where the QR code on the kiosk's screen leads."""
    alternative = kiosk.locator(".ticket-code img").get_attribute("alt") or ""
    return alternative.removeprefix("二维码：")


def ask_now(phone: Page) -> None:
    """Do what the phone does when its owner looks at it again."""
    phone.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
