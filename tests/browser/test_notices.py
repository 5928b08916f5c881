"""The hall's notices, from the administrator's form to the screens of the hall."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.accessibility import violations
from tests.browser.seats import Seats
from tests.services.chromium import Screens

HOLD_MS = 8_000
SHORT = "本周五下午系统升级，暂停办理不动产业务"
LONG = (
    "因道路施工，大厅东门暂时关闭，请从南门进出；停车场改在西侧，行动不便的群众可以联系导办台"
    "，我们会到门口接您，给您带来的不便，敬请谅解"
)


@pytest.fixture
def admin(seats: Seats) -> Iterator[Page]:
    """The administrator, in whose hall no notice is left afterwards."""
    page = seats.staff("admin")
    yield page
    page.goto(f"{seats.hall.address}/admin/hall/notices")
    for address in page.locator("tbody a").evaluate_all("links => links.map((one) => one.href)"):
        page.goto(address)
        if page.get_by_role("button", name="撤下这条通知").is_visible():
            page.get_by_role("button", name="撤下这条通知").click()


def write(admin: Page, seats: Seats, text: str, english: str = "") -> None:
    admin.goto(f"{seats.hall.address}/admin/hall/notices/add")
    admin.locator("#text").fill(text)
    admin.locator("#text_en").fill(english)
    admin.get_by_role("button", name="保存").click()
    admin.locator(".notice-good").wait_for()


def test_a_notice_is_seen_before_it_is_shown(seats: Seats, screens: Screens, admin: Page) -> None:
    admin.goto(f"{seats.hall.address}/admin/hall/notices/add")
    admin.locator("#text").fill(LONG)
    preview = admin.locator(".notice-preview")
    expect(preview.locator(".notice-preview-length")).to_have_text(f"{len(LONG)} / 80")
    expect(preview.locator(".notice-preview-kiosk")).to_have_text(LONG)
    expect(preview.locator(".notice-line-text")).to_have_text(LONG)
    expect(preview.locator("li")).to_have_text("一行放不下，会从右向左滚动")
    screens.shoot(admin, "notice-form")
    assert violations(admin) == []


def test_the_hall_screen_shows_them_in_turn(seats: Seats, screens: Screens, admin: Page) -> None:
    write(admin, seats, SHORT, "No land registry this Friday afternoon")
    screen = seats.screen()
    line = screen.locator("hk-notice-line")
    expect(line).to_have_text(SHORT)
    screens.shoot(screen, "screen")
    expect(line).to_have_text("请留意屏幕和语音呼叫；过号请到导办台", timeout=15_000)
    expect(seats.screen("en").locator("hk-notice-line")).to_have_text(
        "No land registry this Friday afternoon"
    )


def test_what_is_too_wide_runs(seats: Seats, screens: Screens, admin: Page) -> None:
    write(admin, seats, LONG)
    screen = seats.screen()
    screen.emulate_media(reduced_motion="no-preference")
    screen.reload()
    text = screen.locator(".notice-line-text")
    expect(text).to_have_text(LONG)
    running = "text => text.getAnimations()[0]?.effect.getComputedTiming().duration"
    assert text.evaluate(running) >= HOLD_MS
    screens.shoot(screen, "screen-running")


def test_the_idle_kiosk_shows_them(seats: Seats, screens: Screens, admin: Page) -> None:
    write(admin, seats, SHORT)
    write(admin, seats, LONG)
    kiosk = seats.kiosk()
    kiosk.evaluate("document.querySelector('hk-kiosk').idle = true")
    expect(kiosk.locator(".idle-told")).to_contain_text(SHORT)
    screens.shoot(kiosk, "kiosk-idle")
    assert violations(kiosk) == []
