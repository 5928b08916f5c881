"""A new hall: its one-time address, its administrator, its first kiosk."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.services.children import Children
from tests.services.chromium import Screens
from tests.services.ports import LOOPBACK, free_port

SETUP_ADDRESS = re.compile(r"(http://\S+/setup/\S+)")
PASSWORD = "correct horse battery"


def test_a_hall_is_set_up_and_lets_a_kiosk_in(
    children: Children, screens: Screens, tmp_path: Path
) -> None:
    port = free_port()
    child = children.hall("serve", "--port", str(port), "--data-dir", str(tmp_path / "data"))
    child.wait_for_answer(port)
    child.wait_for_output("/setup/")
    found = SETUP_ADDRESS.search(child.output())
    assert found

    office = screens.open(found[1])
    fill_in(office, hall_name="示例大厅", username="office", password="short", password_again="s")
    expect(office.locator("#password-error")).to_be_visible()
    expect(office.locator("#hall_name")).to_have_value("示例大厅")
    fill_in(office, password=PASSWORD, password_again=PASSWORD)
    expect(office.locator("h1")).to_contain_text("您好")

    kiosk = screens.open(f"http://{LOOPBACK}:{port}/kiosk", width=1080, height=1920)
    code = kiosk.locator(".code")
    expect(code).to_have_text(re.compile(r"^\d{6}$"))
    office.goto(f"http://{LOOPBACK}:{port}/admin/devices")
    fill_in(office, code=code.inner_text(), name="一号取号机")
    expect(office.locator("#devices")).to_contain_text("一号取号机")
    expect(kiosk.locator("hk-kiosk .hall-name")).to_have_text("示例大厅")

    again = screens.open(found[1])
    expect(again.locator("h1")).to_have_text("地址已失效")


def fill_in(page: Page, **values: str) -> None:
    """Fill in a form's fields and send it."""
    for name, value in values.items():
        page.locator(f"#{name}").fill(value)
    page.locator(f"form:has(#{next(iter(values))}) button[type=submit]").click()
