"""Chromium under a bench: one browser, and pages that carry a device's or a clerk's credential."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

from tests.services.chromium import FLAGS
from tests.services.ports import LOOPBACK
from tooling.system_packages import CHROMIUM


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser process for the length of a block."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM.find()), args=[*FLAGS, *sandbox]
        )
        yield browser
        browser.close()


@contextmanager
def empty_page(
    browser: Browser, port: int, cookies: Mapping[str, str], width: int = 1280, height: int = 800
) -> Iterator[Page]:
    """A page with nothing in any cache, of this size in CSS pixels."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="zh-CN", timezone_id="Asia/Shanghai"
    )
    address = f"http://{LOOPBACK}:{port}"
    context.add_cookies(
        [{"name": name, "value": value, "url": address} for name, value in cookies.items()]
    )
    yield context.new_page()
    context.close()
