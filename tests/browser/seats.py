"""Pages of the demonstration as people and devices see them, each in a browser of its own."""

from typing import NamedTuple

from playwright.sync_api import Page, expect

from server.edge.access import SESSION_COOKIE
from tests.browser.demo_hall import DemoHall
from tests.services.chromium import Screens


class Size(NamedTuple):
    """Of a screen, in CSS pixels."""

    width: int
    height: int


DESK = Size(1280, 800)
SMALL_DESK = Size(1024, 768)
WALL = Size(1920, 1080)
UPRIGHT = Size(1080, 1920)
PHONE = Size(390, 844)

# Fires on every violation of the page's policy, also on those that nobody would notice.
WATCH_POLICY = """
window.policyViolations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.policyViolations.push(`${event.violatedDirective}: ${event.blockedURI}`));
"""


class Seats:
    """Sits people and devices down at their pages."""

    def __init__(self, screens: Screens, hall: DemoHall) -> None:
        self._screens = screens
        self.hall = hall

    def visitor(self, language: str = "zh", size: Size = DESK) -> Page:
        """A browser that has been let into the demonstration, on an empty page."""
        page = self._screens.open(width=size.width, height=size.height, reduced_motion="reduce")
        page.add_init_script(WATCH_POLICY)
        page.context.request.get(self.hall.key_address, max_redirects=0)
        page.context.add_cookies([{"name": "hk_lang", "value": language, "url": self.hall.address}])
        return page

    def kiosk(self, language: str = "zh", size: Size = UPRIGHT) -> Page:
        """The kiosk, ready for a citizen."""
        page = self.visitor(language, size)
        page.goto(self.hall.seat("kiosk"))
        page.locator("hk-kiosk .choice").first.wait_for()
        return page

    def screen(self, language: str = "zh", size: Size = WALL) -> Page:
        """The hall screen."""
        page = self.visitor(language, size)
        page.goto(self.hall.seat("display"))
        page.locator("hk-display main").wait_for()
        return page

    def counter(self, number: int, language: str = "zh", size: Size = SMALL_DESK) -> Page:
        """A clerk at counter 1 or 2, for whom nobody is waiting."""
        page = self.visitor(language, size)
        page.goto(self.hall.seat(f"counter-{number}"))
        page.locator("hk-counter .desk").wait_for()
        serve_all(page)
        return page

    def staff(self, username: str, language: str = "zh", size: Size = DESK) -> Page:
        """Somebody who is signed in: once with the password, for sign-ins are slowed down."""
        token = self.hall.signed_in.get(username)
        if token is None:
            return self.sign_in(username, language, size)
        page = self.visitor(language, size)
        page.context.add_cookies(
            [{"name": SESSION_COOKIE, "value": token, "url": self.hall.address}]
        )
        page.goto(f"{self.hall.address}/")
        return page

    def sign_in(self, username: str, language: str = "zh", size: Size = DESK) -> Page:
        """Sign in with the password, by keyboard; the page that somebody is led to then."""
        page = self.visitor(language, size)
        page.goto(f"{self.hall.address}/login")
        page.locator("#username").fill(username)
        page.locator("#password").fill(self.hall.password(username))
        page.locator("#password").press("Enter")
        page.wait_for_url(lambda url: "/login" not in url)
        cookies = {one["name"]: one["value"] for one in page.context.cookies(self.hall.address)}
        self.hall.signed_in[username] = cookies[SESSION_COOKIE]
        return page


def take_number(kiosk: Page, *, category: int = 0, service: int = 0) -> str:
    """Take a number by keyboard and leave the confirmation on the screen; the number."""
    kiosk.locator(".choices-categories .choice").nth(category).press("Enter")
    kiosk.locator(".choices-services .choice").nth(service).press("Enter")
    number = kiosk.locator(".ticket-number")
    number.wait_for()
    return number.inner_text()


def done(kiosk: Page) -> None:
    """Leave the confirmation."""
    kiosk.locator(".taken-end .button-main").press("Enter")
    kiosk.locator(".choices-categories").wait_for()


def number_in_hand(counter: Page) -> str:
    """The number that a counter shows."""
    return counter.locator(".hand-number").inner_text()


def call_next(counter: Page) -> str:
    """Call the next number by key, once somebody waits; the number."""
    expect(counter.locator(".press-next")).to_have_attribute("aria-disabled", "false")
    counter.keyboard.press("F2")
    expect(counter.locator(".hand-called")).to_be_visible()
    return number_in_hand(counter)


def finish(counter: Page) -> None:
    """Finish the number in hand by key."""
    counter.keyboard.press("F6")
    expect(counter.locator(".hand-idle")).to_be_visible()


def serve_all(counter: Page) -> None:
    """Open the counter if it was paused; finish what is in hand, waits or is on hold."""
    if counter.locator(".hand-paused").is_visible():
        counter.keyboard.press("F10")
        expect(counter.locator(".hand-paused")).to_have_count(0)
    if counter.locator(".hand-number").is_visible():
        finish(counter)
    while counter.locator(".waiting-total").inner_text() != "0":
        call_next(counter)
        finish(counter)
    while counter.locator(".held-resume").count():
        counter.keyboard.press("F8")
        expect(counter.locator(".hand-serving")).to_be_visible()
        finish(counter)


def press_simulator(page: Page, device: str, command: str, **parameters: str) -> None:
    """Do something to a simulated device, as the demonstration page does."""
    page.evaluate(
        """async ([device, command, parameters]) => {
          const { base } = document.documentElement.dataset;
          const { send } = await import(`${base}/static/modules/api.js`);
          await send(`/demo/devices/${device}/command`, { command, arguments: parameters });
        }""",
        [device, command, parameters],
    )
