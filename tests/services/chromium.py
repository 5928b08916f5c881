"""A real Chromium, and pages that leave pictures in `artefacts/`."""

import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.services import artefacts
from tests.services.programs import need
from tooling.system_packages import CHROMIUM

FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    # A page that loads something from elsewhere must fail here as it would in a hall.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    "--autoplay-policy=no-user-gesture-required",
)
PATIENCE_MS = 10_000


@pytest.fixture(scope="module")
def chromium(pytestconfig: pytest.Config) -> Iterator[Browser]:
    """A module's browser process.

    Playwright keeps an event loop running in this thread for as long as it is open; a session's
    browser would forbid asyncio to every test that happens to come later.
    """
    program = need(pytestconfig.stash, CHROMIUM)
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(program), args=[*FLAGS, *sandbox])
        yield browser
        browser.close()


class Screens:
    """Opens the pages of one test, each as a person of its own (cookies, storage)."""

    def __init__(self, browser: Browser, node: pytest.Item) -> None:
        self._browser = browser
        self._node = node
        self._contexts: list[BrowserContext] = []
        self._errors: list[str] = []
        self._numbers = itertools.count(1)

    def open(
        self, url: str = "about:blank", *, width: int = 1280, height: int = 800, **options: Any
    ) -> Page:
        """A new page of this size in CSS pixels; `options` go to Playwright's `new_context`."""
        context = self._browser.new_context(
            viewport={"width": width, "height": height},
            **{"locale": "zh-CN", "timezone_id": "Asia/Shanghai", **options},
        )
        context.set_default_timeout(PATIENCE_MS)
        self._contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self._errors.append(f"{page.url}: {error}"))
        page.goto(url)
        return page

    def shoot(self, page: Page, name: str) -> Path:
        """Keep a picture of the whole page as `name`.png and return its path."""
        path = artefacts.folder_of(self._node) / f"{name}.png"
        page.screenshot(path=path, full_page=True)
        return path

    def close(self) -> None:
        """Close all pages, after a picture of each when the test failed; raise on script errors."""
        if artefacts.has_failed(self._node):
            for page in self._pages():
                self.shoot(page, f"failed-{next(self._numbers)}")
        for context in self._contexts:
            context.close()
        assert not self._errors, "scripts failed in the page:\n" + "\n".join(self._errors)

    def _pages(self) -> Iterator[Page]:
        for context in self._contexts:
            yield from context.pages


@pytest.fixture
def screens(chromium: Browser, request: pytest.FixtureRequest) -> Iterator[Screens]:
    """Opens pages; an error that no script caught fails the test."""
    screens = Screens(chromium, request.node)
    yield screens
    screens.close()


@pytest.fixture
def page(screens: Screens) -> Page:
    """One blank page of an ordinary desktop."""
    return screens.open()
