"""Makes the README's pictures from a running demonstration: `python -m tests.browser.pictures`."""

import os
import tempfile
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, ViewportSize, sync_playwright

from tests.browser.demo_hall import DemoHall
from tests.services.chromium import FLAGS
from tooling.system_packages import CHROMIUM

IMAGES = Path("docs/images")
WALL: ViewportSize = {"width": 1920, "height": 1080}
DESK: ViewportSize = {"width": 1280, "height": 800}
UPRIGHT: ViewportSize = {"width": 1080, "height": 1920}
SETTLED_MS = 2500
CITIZENS = (
    ("企业开办", "企业设立登记"),
    ("社会保障", "社会保障卡办理"),
    ("企业开办", "企业变更登记"),
)


def main() -> None:
    """Start a demonstration and photograph its pages."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        hall = DemoHall(Path(folder))
        hall.start()
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM.find()), args=[*FLAGS, *sandbox]
        )
        context = browser.new_context(locale="zh-CN", viewport=WALL)
        context.request.get(hall.key_address, max_redirects=0)
        photograph(context, hall)
        browser.close()
        hall.stop()


def photograph(context: BrowserContext, hall: DemoHall) -> None:
    """A day in four pictures: tickets are taken, one is called, the screens show it."""
    demo = shown(context, f"{hall.address}/demo", WALL)
    kiosk = shown(context, hall.seat("kiosk"), UPRIGHT)
    for group, service in CITIZENS:
        kiosk.goto(hall.seat("kiosk"))
        kiosk.get_by_text(group).first.click()
        kiosk.get_by_text(service).first.click()
        kiosk.wait_for_timeout(SETTLED_MS)
    kiosk.screenshot(path=IMAGES / "kiosk.png")
    kiosk.close()
    counter = shown(context, hall.seat("counter-1"), DESK)
    counter.keyboard.press("F2")
    counter.wait_for_timeout(SETTLED_MS)
    counter.screenshot(path=IMAGES / "counter.png")
    shown(context, hall.seat("display"), WALL).screenshot(path=IMAGES / "display.png")
    demo.bring_to_front()
    demo.wait_for_timeout(SETTLED_MS)
    demo.screenshot(path=IMAGES / "demo.png")


def shown(context: BrowserContext, address: str, size: ViewportSize) -> Page:
    """A page of the given size, when it has settled."""
    page = context.new_page()
    page.set_viewport_size(size)
    page.goto(address)
    page.wait_for_timeout(SETTLED_MS)
    return page


if __name__ == "__main__":
    main()
