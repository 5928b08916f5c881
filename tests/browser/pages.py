"""Every page in the state that a test looks at it: how to get there, at which size."""

import re
from collections.abc import Callable, Mapping

from playwright.sync_api import Page, expect

from tests.browser.seats import PHONE, UPRIGHT, WALL, Seats, call_next, take_number

Visit = Callable[[Seats, str], Page]


def kiosk(seats: Seats, language: str) -> Page:
    """Categories."""
    return seats.kiosk(language)


def kiosk_services(seats: Seats, language: str) -> Page:
    """Services of a category."""
    page = seats.kiosk(language)
    page.locator(".choice").first.press("Enter")
    page.locator(".choices-services").wait_for()
    return page


def kiosk_taken(seats: Seats, language: str) -> Page:
    """A number just taken."""
    page = seats.kiosk(language)
    take_number(page, category=1)
    return page


def kiosk_offline(seats: Seats, language: str) -> Page:
    """No connection."""
    page = seats.kiosk(language)
    page.context.set_offline(True)
    page.locator(".offline").wait_for()
    return page


def counter_idle(seats: Seats, language: str) -> Page:
    """A counter with nobody in hand."""
    return seats.counter(1, language)


def counter_called(seats: Seats, language: str) -> Page:
    """A counter that has just called."""
    page = seats.counter(1, language)
    take_number(seats.kiosk())
    call_next(page)
    return page


def counters(seats: Seats, language: str) -> Page:
    """The choice of a counter."""
    page = seats.counter(2, language)
    page.locator(".leave").press("Enter")
    page.locator(".counters").wait_for()
    return page


def screen(seats: Seats, language: str) -> Page:
    """The hall screen."""
    return seats.screen(language)


def phone(seats: Seats, language: str) -> Page:
    """A citizen's ticket on the phone."""
    taken = kiosk_taken(seats, "zh")
    address = taken.evaluate("document.querySelector('hk-kiosk').ticket.url")
    page = seats.visitor(language, size=PHONE)
    page.goto(address)
    return page


def login(seats: Seats, language: str) -> Page:
    """Signing in, after a wrong password."""
    page = seats.visitor(language)
    page.goto(f"{seats.hall.address}/login")
    page.locator("#username").fill("nobody")
    page.locator("#password").fill("wrong")
    page.locator("#password").press("Enter")
    page.locator(".notice-bad").wait_for()
    return page


def problem(seats: Seats, language: str) -> Page:
    """An address that leads nowhere."""
    page = seats.visitor(language)
    page.goto(f"{seats.hall.address}/setup/nothing")
    return page


def home(seats: Seats, language: str) -> Page:
    """The staff's first page."""
    return seats.staff("supervisor", language)


def punches(seats: Seats, language: str) -> Page:
    """Today's punches."""
    page = seats.visitor(language)
    page.goto(seats.hall.seat("supervisor"))
    return page


def devices(seats: Seats, language: str) -> Page:
    """Devices and pairing."""
    page = seats.staff("admin", language)
    page.goto(f"{seats.hall.address}/admin/devices")
    return page


def device(seats: Seats, language: str) -> Page:
    """One device's settings."""
    page = devices(seats, language)
    page.get_by_role("link", name="取号打印机").click()
    page.wait_for_url("**/admin/devices/*")
    return page


def printing(seats: Seats, language: str) -> Page:
    """Papers and printers."""
    page = seats.staff("admin", language)
    page.goto(f"{seats.hall.address}/admin/printing")
    return page


def hall(seats: Seats, language: str) -> Page:
    """The hall's names and hours."""
    return _hall_page(seats, language, "")


def hall_services(seats: Seats, language: str) -> Page:
    """Services, categories and queues."""
    return _hall_page(seats, language, "services")


def hall_service(seats: Seats, language: str) -> Page:
    """A service's form with something wrong in it."""
    page = _hall_page(seats, language, "services/add")
    page.locator("#code").fill("Z99")
    page.locator("#name").fill("新事项")
    page.locator("#daily_quota").fill("0")
    page.locator("form .button-main").click()
    page.locator("#daily_quota-error").wait_for()
    return page


def hall_counters(seats: Seats, language: str) -> Page:
    """Counters and what they serve."""
    return _hall_page(seats, language, "counters")


def hall_counter(seats: Seats, language: str) -> Page:
    """A counter's form."""
    return _hall_page(seats, language, "counters/1")


def hall_people(seats: Seats, language: str) -> Page:
    """Units and staff."""
    return _hall_page(seats, language, "people")


def hall_person(seats: Seats, language: str) -> Page:
    """A staff member and the accounts."""
    return _hall_page(seats, language, "people/1")


def hall_rules(seats: Seats, language: str) -> Page:
    """The queue's rules."""
    return _hall_page(seats, language, "rules")


def hall_notices(seats: Seats, language: str) -> Page:
    """The hall's notices."""
    return _hall_page(seats, language, "notices")


def hall_notice(seats: Seats, language: str) -> Page:
    """A notice being written, and how it will look."""
    page = _hall_page(seats, language, "notices/add")
    page.locator("#text").fill("本周五下午系统升级，暂停办理")
    expect(page.locator(".sign-picture")).to_have_attribute("src", re.compile("^data:"))
    return page


def hall_screens(seats: Seats, language: str) -> Page:
    """The hall's screens and their layouts."""
    return _hall_page(seats, language, "screens")


def hall_signs(seats: Seats, language: str) -> Page:
    """What LED signs say, and how it looks on each."""
    page = _hall_page(seats, language, "signs")
    for picture in page.locator(".sign-picture").all():
        expect(picture).to_have_attribute("src", re.compile("^data:"))
    return page


def hall_workbook(seats: Seats, language: str) -> Page:
    """The hall as a workbook."""
    return _hall_page(seats, language, "workbook")


def hall_audit(seats: Seats, language: str) -> Page:
    """The audit trail, its seals checked."""
    return _hall_page(seats, language, "audit?check=on")


def administrators_home(seats: Seats, language: str) -> Page:
    """The administrator's first page, with what is still to do."""
    return seats.staff("admin", language)


def _hall_page(seats: Seats, language: str, path: str) -> Page:
    page = seats.staff("admin", language)
    page.goto(f"{seats.hall.address}/admin/hall/{path}")
    return page


def pairing_kiosk(seats: Seats, language: str) -> Page:
    """A kiosk that is not let in yet."""
    page = seats.visitor(language, size=UPRIGHT)
    page.goto(f"{seats.hall.address}/kiosk")
    expect(page.locator(".code .spinner")).to_have_count(0)
    return page


def pairing_screen(seats: Seats, language: str) -> Page:
    """A hall screen that is not let in yet."""
    page = seats.visitor(language, size=WALL)
    page.goto(f"{seats.hall.address}/display")
    expect(page.locator(".code .spinner")).to_have_count(0)
    return page


def demo(seats: Seats, language: str) -> Page:
    """The demonstration."""
    page = seats.visitor(language, size=WALL)
    page.goto(f"{seats.hall.address}/demo")
    expect(page.locator("hk-demo-device .picture")).not_to_have_count(0)
    return page


PAGES: Mapping[str, Visit] = {
    visit.__name__: visit
    for visit in (
        kiosk,
        kiosk_services,
        kiosk_taken,
        kiosk_offline,
        counter_idle,
        counter_called,
        counters,
        screen,
        phone,
        login,
        problem,
        home,
        punches,
        devices,
        device,
        printing,
        administrators_home,
        hall,
        hall_services,
        hall_service,
        hall_counters,
        hall_counter,
        hall_people,
        hall_person,
        hall_rules,
        hall_notices,
        hall_notice,
        hall_screens,
        hall_signs,
        hall_workbook,
        hall_audit,
        pairing_kiosk,
        pairing_screen,
        demo,
    )
}
