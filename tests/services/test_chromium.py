import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.services.chromium import Screens

PNG = b"\x89PNG"


def test_a_page_renders_chinese(screens: Screens, page: Page) -> None:
    page.set_content("<h1>请 A012 号到 3 号窗口</h1>")
    expect(page.get_by_role("heading")).to_have_text("请 A012 号到 3 号窗口")
    assert screens.shoot(page, "heading").read_bytes().startswith(PNG)


def test_nothing_outside_this_machine_can_be_reached(page: Page) -> None:
    with pytest.raises(Error, match=r"ERR_NAME_NOT_RESOLVED|ERR_CONNECTION"):
        page.goto("http://example.com/")


def test_a_script_error_fails_the_test(chromium: Browser, request: pytest.FixtureRequest) -> None:
    screens = Screens(chromium, request.node)
    screens.open().evaluate("setTimeout(() => { throw new Error('broken page') })")
    screens.open()
    with pytest.raises(AssertionError, match="broken page"):
        screens.close()
