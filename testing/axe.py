"""Accessibility checks of a page that is open in the browser."""

from typing import TYPE_CHECKING

from axe_playwright_python.sync_playwright import Axe

if TYPE_CHECKING:
    from playwright.sync_api import Page

FAILING = {"serious", "critical"}
# nothing but what is wrong; no address of each element, and no style sheet read a second time for rules that are off
OPTIONS = {"resultTypes": ["violations"], "selectors": False, "preload": False}


def assert_accessible(page: "Page") -> None:
    """No serious or critical finding of axe, one h1, and nothing wider than the window."""
    findings = [
        f"{violation['impact']} {violation['id']}: {violation['help']}\n  "
        + "\n  ".join(node["html"][:200] for node in violation["nodes"][:5])
        for violation in Axe().run(page, options=OPTIONS).response["violations"]
        if violation["impact"] in FAILING
    ]
    assert not findings, f"{page.url}\n" + "\n".join(findings)
    assert page.locator("h1").count() == 1, f"{page.url} has {page.locator('h1').count()} h1"
    assert_fits(page)


def assert_fits(page: "Page") -> None:
    """Nothing is wider than the window."""
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0, f"{page.url} is {overflow} px wider than the window"
