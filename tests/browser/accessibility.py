"""What axe finds in a page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE_OPTIONS = {"resultTypes": ["violations"], "iframes": False}


def violations(page: Page) -> list[str]:
    """What axe finds: the rule and the elements."""
    results = Axe().run(page, options=AXE_OPTIONS)
    return [
        f"{found['id']}: {[node['html'] for node in found['nodes']]}"
        for found in results.response["violations"]
    ]
