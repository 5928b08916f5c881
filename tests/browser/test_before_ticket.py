"""At the kiosk before a number: looking for a service, what to bring, why there is none."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.seats import UPRIGHT, Seats, Size
from tests.browser.test_sizes import ELDER_TARGET, ELDER_TEXT, OVERFLOW, sizes
from tests.services.chromium import Screens

LYING = Size(1366, 768)
AXE_OPTIONS = {"resultTypes": ["violations"], "iframes": False}


@pytest.fixture
def kiosk(seats: Seats) -> Page:
    return seats.kiosk()


def violations(page: Page) -> list[str]:
    """What axe finds."""
    found = Axe().run(page, options=AXE_OPTIONS).response["violations"]
    return [f"{one['id']}: {[node['html'] for node in one['nodes']]}" for one in found]


def open_search(kiosk: Page) -> None:
    kiosk.locator(".shortcut-search").press("Enter")
    kiosk.locator(".search-field").wait_for()


def open_service(kiosk: Page, category: str, service: str) -> None:
    kiosk.get_by_role("button", name=category).press("Enter")
    kiosk.get_by_role("button", name=service).press("Enter")


def test_initials_find_a_service(kiosk: Page) -> None:
    open_search(kiosk)
    for letter in "SFZ":
        kiosk.get_by_role("button", name=letter, exact=True).press("Enter")
    expect(kiosk.locator(".found strong")).to_have_text(["居民身份证办理"])
    kiosk.locator(".found .choice").press("Enter")
    expect(kiosk.locator(".ticket-number")).to_contain_text("D")


def test_letters_that_lead_nowhere_are_switched_off(kiosk: Page) -> None:
    open_search(kiosk)
    for letter in "SF":
        kiosk.get_by_role("button", name=letter, exact=True).press("Enter")
    enabled = kiosk.locator(".keys-letters .key:enabled").all_inner_texts()
    assert enabled == ["Z", "删除"]


def test_chinese_words_find_a_service(kiosk: Page) -> None:
    open_search(kiosk)
    kiosk.locator(".search-field").fill("护照")
    expect(kiosk.locator(".found strong")).to_have_text(["普通护照办理"])


def test_what_is_not_there_is_said(kiosk: Page) -> None:
    open_search(kiosk)
    kiosk.locator(".search-field").fill("没有这个")
    expect(kiosk.locator(".found")).to_contain_text("请换几个字母，或到导办台")


def test_with_everything_there_a_number_is_given(kiosk: Page) -> None:
    open_service(kiosk, "民政事务", "结婚登记")
    expect(kiosk.locator(".checklist")).to_contain_text("双方户口簿")
    kiosk.get_by_role("button", name="都带齐了，取号").press("Enter")
    expect(kiosk.locator(".ticket-number")).to_contain_text("H")


def test_with_something_missing_a_list_is_printed_and_no_number_given(kiosk: Page) -> None:
    open_service(kiosk, "医疗保障", "医疗费用报销")
    kiosk.get_by_role("button", name="医疗费用发票").press("Enter")
    kiosk.get_by_role("button", name="还缺材料，打印告知单").press("Enter")
    expect(kiosk.locator("main h1")).to_have_text("材料带齐后，请再来取号办理")
    expect(kiosk.locator(".paper")).to_have_text("告知单已打印，请取走")
    expect(kiosk.locator(".ticket-number")).to_have_count(0)


def test_back_from_a_service_leads_where_one_came_from(kiosk: Page) -> None:
    open_service(kiosk, "民政事务", "结婚登记")
    kiosk.get_by_role("button", name="返回").first.press("Enter")
    expect(kiosk.locator("main h1")).to_have_text("民政事务")


@pytest.mark.parametrize("size", [UPRIGHT, LYING])
def test_elder_mode_has_large_keys_and_words(seats: Seats, screens: Screens, size: Size) -> None:
    kiosk = seats.kiosk(size=size)
    kiosk.get_by_role("button", name="大字版").press("Enter")
    open_search(kiosk)
    kiosk.get_by_role("button", name="S", exact=True).press("Enter")
    screens.shoot(kiosk, f"search-elder-{size.width}")
    measured = [(*sizes(kiosk), kiosk.evaluate(OVERFLOW)[0])]
    kiosk.get_by_role("button", name="返回").first.press("Enter")
    open_service(kiosk, "医疗保障", "医疗费用报销")
    kiosk.locator(".checklist").wait_for()
    screens.shoot(kiosk, f"before-elder-{size.width}")
    measured.append((*sizes(kiosk), kiosk.evaluate(OVERFLOW)[0]))
    assert min(target for target, _text, _over in measured) >= ELDER_TARGET
    assert min(text for _target, text, _over in measured) >= ELDER_TEXT
    assert max(over for _target, _text, over in measured) <= 0


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [UPRIGHT, LYING])
def test_the_screens_before_a_number_are_accessible(
    seats: Seats, screens: Screens, size: Size, language: str
) -> None:
    kiosk = seats.kiosk(language, size)
    open_search(kiosk)
    kiosk.locator(".search-field").fill("y")
    screens.shoot(kiosk, f"search-{size.width}-{language}")
    assert violations(kiosk) == []
    kiosk.locator(".back").press("Enter")
    kiosk.locator(".choices-categories .choice").nth(2).press("Enter")
    kiosk.locator(".choices-services .choice").nth(2).press("Enter")
    kiosk.locator(".checklist").wait_for()
    screens.shoot(kiosk, f"before-{size.width}-{language}")
    assert violations(kiosk) == []
    assert kiosk.evaluate(OVERFLOW)[0] <= 0
