import pytest

from tests.builders.site import Site

CHINESE, ENGLISH = 'lang="zh-CN"', 'lang="en"'


def test_pages_are_chinese(site: Site) -> None:
    page = site.nobody().look("/login").text
    assert f"<html {CHINESE}" in page
    assert "请登录" in page


def test_a_browser_that_wants_english_gets_it(site: Site) -> None:
    assert f"<html {ENGLISH}" in site.nobody().in_english().look("/login").text


def test_a_wish_in_the_address_wins(site: Site) -> None:
    assert f"<html {CHINESE}" in site.nobody().in_english().look("/login?lang=zh").text


def test_a_wish_kept_in_a_cookie_wins_over_the_browser(site: Site) -> None:
    visitor = site.nobody()
    visitor.client.set_cookie("hk_lang", "en")
    assert f"<html {ENGLISH}" in visitor.look("/login").text


@pytest.mark.parametrize("page", ["/", "/admin/devices", "/admin/printing", "/admin/punches"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_staff_pages_come_in_both_languages(site: Site, page: str, language: str) -> None:
    response = site.person("admin").look(f"{page}?lang={language}")
    assert response.status_code == 200
    assert ENGLISH in response.text if language == "en" else CHINESE in response.text
