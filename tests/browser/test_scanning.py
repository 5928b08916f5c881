"""A ticket held before the kiosk's scanner, one that is beside it or one that types."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.seats import Seats, done, press_simulator, take_number


@pytest.fixture
def kiosk(seats: Seats) -> Page:
    return seats.kiosk()


def address_of_ticket(kiosk: Page) -> str:
    address: str = kiosk.evaluate("document.querySelector('hk-kiosk').ticket.url")
    return address


def test_a_scanner_that_types_is_heard(kiosk: Page) -> None:
    label = take_number(kiosk)
    address = address_of_ticket(kiosk)
    done(kiosk)
    kiosk.keyboard.type(address)
    kiosk.keyboard.press("Enter")
    expect(kiosk.locator("main h1")).to_have_text(f"{label} 号在排队")


def test_the_scanner_beside_the_kiosk_is_heard(kiosk: Page) -> None:
    label = take_number(kiosk)
    address = address_of_ticket(kiosk)
    done(kiosk)
    press_simulator(kiosk, "scanner", "scan", text=address)
    expect(kiosk.locator("main h1")).to_have_text(f"{label} 号在排队")


def test_the_code_of_something_else_is_refused(kiosk: Page) -> None:
    kiosk.keyboard.type("http://hall.example/other")
    kiosk.keyboard.press("Enter")
    expect(kiosk.locator("main")).to_contain_text("请扫号票上的二维码")


def test_slow_keys_are_no_scanner(kiosk: Page) -> None:
    kiosk.keyboard.type("http://hall.example/other", delay=80)
    kiosk.keyboard.press("Enter")
    expect(kiosk.locator("main")).not_to_contain_text("请扫号票上的二维码")


def test_an_unreadable_card_is_told(kiosk: Page) -> None:
    press_simulator(kiosk, "id-reader", "lay_spoiled_card")
    expect(kiosk.locator("main h1")).to_have_text("没有读出证件")
    press_simulator(kiosk, "id-reader", "take_card")
