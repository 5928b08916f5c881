"""The kiosk makes itself ready for the next person, with a warning first."""

from playwright.sync_api import Page, expect

from tests.browser.seats import UPRIGHT, Seats, take_number

HOME = "您好，请选择要办理的业务"


def test_a_confirmation_ends_after_fifteen_seconds(seats: Seats) -> None:
    kiosk = clockwork_kiosk(seats)
    take_number(kiosk)
    expect(kiosk.locator(".paper")).to_contain_text("已打印")
    kiosk.clock.run_for(16_000)
    expect(kiosk.locator("main h1")).to_have_text(HOME)


def test_a_confirmation_stays_longer_when_asked(seats: Seats) -> None:
    kiosk = clockwork_kiosk(seats)
    label = take_number(kiosk)
    kiosk.get_by_role("button", name="再看一会儿").click()
    kiosk.clock.run_for(30_000)
    expect(kiosk.locator(".ticket-number")).to_have_text(label)


def test_who_is_still_is_asked_and_has_twenty_seconds_to_say_so(seats: Seats) -> None:
    kiosk = clockwork_kiosk(seats)
    kiosk.locator(".choice").first.press("Enter")
    kiosk.clock.run_for(42_000)
    expect(kiosk.locator(".dialog")).to_contain_text("您还在操作吗")
    expect(kiosk.locator(".dialog .button")).to_be_focused()
    kiosk.keyboard.press("Enter")
    expect(kiosk.locator(".dialog")).to_be_hidden()
    expect(kiosk.locator(".choices-services")).to_be_visible()


def test_who_has_gone_leaves_the_first_screen_behind(seats: Seats) -> None:
    kiosk = clockwork_kiosk(seats)
    kiosk.get_by_role("button", name="English").click()
    kiosk.locator(".choice").first.press("Enter")
    kiosk.clock.run_for(62_000)
    expect(kiosk.locator("main h1")).to_have_text(HOME)


def clockwork_kiosk(seats: Seats) -> Page:
    """A kiosk whose time the test can wind on."""
    kiosk = seats.visitor(size=UPRIGHT)
    kiosk.clock.install()
    kiosk.goto(seats.hall.seat("kiosk"))
    kiosk.locator("hk-kiosk .choice").first.wait_for()
    return kiosk
