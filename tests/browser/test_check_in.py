"""At the kiosk with an appointment or an identity card."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.browser.seats import UPRIGHT, Seats, Size, press_simulator
from tests.browser.test_before_ticket import open_service, violations
from tests.browser.test_sizes import ELDER_TARGET, ELDER_TEXT, OVERFLOW, sizes
from tests.services.chromium import Screens

LYING = Size(1366, 768)
HALL_ZONE = ZoneInfo("Asia/Shanghai")
SERVICE = 1
BOOK = """async ([slots, booking]) => {
  const { base } = document.documentElement.dataset;
  const { command } = await import(`${base}/static/modules/api.js`);
  const open = await command("/api/appointments/slots", slots);
  const starts = open.slots[open.slots.length - 1];
  return command("/api/appointments", { slot_id: starts.id, ...booking });
}"""


@pytest.fixture
def kiosk(seats: Seats) -> Page:
    return seats.kiosk()


@pytest.fixture
def card_reader(kiosk: Page) -> Iterator[Page]:
    """The reader beside the kiosk, empty again afterwards."""
    yield kiosk
    press_simulator(kiosk, "id-reader", "take_card")


def book(seats: Seats, minutes: int = 5) -> str:
    """The desk books a place so many minutes from now; its code."""
    desk = seats.staff("desk")
    at = datetime.now(HALL_ZONE) + timedelta(minutes=minutes)
    slots = {
        "service_id": SERVICE,
        "day": at.date().isoformat(),
        "starts": [at.time().isoformat()],
        "capacity": 1,
    }
    code: str = desk.evaluate(BOOK, [slots, {}])["code"]
    return code


def open_check_in(kiosk: Page) -> None:
    kiosk.locator(".shortcut-check-in").press("Enter")
    kiosk.locator(".typed").wait_for()


def type_digits(kiosk: Page, digits: str) -> None:
    for digit in digits:
        kiosk.get_by_role("button", name=digit, exact=True).press("Enter")


def test_a_code_gives_the_number_of_the_appointment(seats: Seats, kiosk: Page) -> None:
    code = book(seats)
    open_check_in(kiosk)
    type_digits(kiosk, code)
    kiosk.get_by_role("button", name="签到取号").press("Enter")
    expect(kiosk.locator(".ticket-due")).to_contain_text("到时优先叫号")


def test_a_wrong_code_is_told_in_plain_words(kiosk: Page) -> None:
    open_check_in(kiosk)
    type_digits(kiosk, "000000")
    kiosk.get_by_role("button", name="签到取号").press("Enter")
    expect(kiosk.locator("main")).to_contain_text("没有找到您今天的预约")


def test_half_a_code_cannot_be_sent(kiosk: Page) -> None:
    open_check_in(kiosk)
    type_digits(kiosk, "12345")
    expect(kiosk.get_by_role("button", name="签到取号")).to_be_disabled()


def test_an_identity_number_may_end_with_an_x(kiosk: Page) -> None:
    open_check_in(kiosk)
    kiosk.locator(".answer-way").press("Enter")
    expect(kiosk.get_by_role("button", name="X", exact=True)).to_be_disabled()
    type_digits(kiosk, "00000019900101001")
    type_digits(kiosk, "X")
    expect(kiosk.locator(".typed")).to_have_text("000000 19900101 001X")
    expect(kiosk.get_by_role("button", name="签到取号")).to_be_enabled()


def test_what_was_typed_is_gone_for_the_next_person(kiosk: Page) -> None:
    open_check_in(kiosk)
    type_digits(kiosk, "1234")
    kiosk.locator(".back").press("Enter")
    open_check_in(kiosk)
    expect(kiosk.locator(".typed")).to_have_text("––––––")


def test_a_card_gives_a_real_name_number(card_reader: Page) -> None:
    kiosk = card_reader
    open_service(kiosk, "户籍出入境", "普通护照办理")
    kiosk.locator(".answer-take").press("Enter")
    expect(kiosk.locator("main h1")).to_have_text("请将身份证放在读卡器上")
    press_simulator(kiosk, "id-reader", "lay_card")
    expect(kiosk.locator(".ticket-holder")).to_contain_text("****")


def test_a_card_on_the_first_screen_looks_for_an_appointment(card_reader: Page) -> None:
    press_simulator(card_reader, "id-reader", "lay_card")
    expect(card_reader.locator("main")).to_contain_text("没有找到您今天的预约")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [UPRIGHT, LYING])
def test_the_screens_are_accessible_and_large(
    seats: Seats, screens: Screens, size: Size, language: str
) -> None:
    kiosk = seats.kiosk(language, size)
    open_check_in(kiosk)
    kiosk.locator(".answer-way").press("Enter")
    assert violations(kiosk) == []
    kiosk.locator(".switches .button[aria-pressed]").first.press("Enter")
    screens.shoot(kiosk, f"check-in-elder-{size.width}-{language}")
    target, text = sizes(kiosk)
    assert (target >= ELDER_TARGET, text >= ELDER_TEXT) == (True, True)
    assert kiosk.evaluate(OVERFLOW)[0] <= 0
    assert violations(kiosk) == []
