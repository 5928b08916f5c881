"""Every page in both languages: for everybody, within its policy, nothing out of the frame."""

import pytest

from server.i18n import HTML_LANG, LANGUAGES
from tests.browser.accessibility import violations
from tests.browser.pages import PAGES
from tests.browser.seats import Seats
from tests.services.chromium import Screens

WIDER_THAN_THE_SCREEN = """
document.documentElement.scrollWidth - document.documentElement.clientWidth
"""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_within_its_policy_and_frame(
    seats: Seats, screens: Screens, name: str, language: str
) -> None:
    page = PAGES[name](seats, language)
    screens.shoot(page, f"{name}-{language}")
    assert page.evaluate("window.policyViolations") == []
    assert page.evaluate("document.documentElement.lang") == HTML_LANG[language]
    assert violations(page) == []
    assert page.evaluate(WIDER_THAN_THE_SCREEN) <= 0


@pytest.mark.parametrize("name", ["kiosk", "kiosk_services", "kiosk_taken", "phone"])
def test_a_page_is_accessible_in_elder_mode(seats: Seats, screens: Screens, name: str) -> None:
    page = PAGES[name](seats, "zh")
    page.evaluate("document.documentElement.dataset.elder = ''")
    screens.shoot(page, f"{name}-elder")
    assert violations(page) == []
    assert page.evaluate(WIDER_THAN_THE_SCREEN) <= 0
