"""Chromium for the tests that are marked `browser`. Where it is missing they do not run, and that is said."""

import os
import shutil
from collections.abc import Generator
from typing import TYPE_CHECKING

import pytest

from testing.browser_clock import keep_time

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponseBase
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

    from accounts.models import User

# that of Debian without anything around the page, where it is installed, takes a third less of a processor
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
CENTURY = 2**31 - 1  # seconds; as long as the browser counts
MISSING = "Chromium is not installed"
# Chromium without a window keeps pages of its own ready beside every page of a test: the suggestions of an address bar
# that nobody sees. They cost more than the page. Only the last such list counts, so Playwright's own is in it.
SWITCHED_OFF = (
    "WebUIOmniboxPopup,WebUIOmniboxAimPopup",
    "AvoidUnnecessaryBeforeUnloadCheckSync,DestroyProfileOnBrowserClose,HttpsUpgrades,HttpsFirstBalancedModeAutoEnable",
    "LensOverlay,MediaRouter,PaintHolding,ThirdPartyStoragePartitioning,AvoidCorsURLLoaderRestartOnRedirect",
    "TcpPortRandomizationWin,OptimizationHints,NetworkTimeServiceQuerying,AimEnabled,PreconnectToSearch",
)
WORDS = ("--no-sandbox", "--disable-dev-shm-usage", f"--disable-features={','.join(SWITCHED_OFF)}")


def pytest_configure() -> None:
    if os.environ.get("REQUIRE_BROWSER") and not CHROMIUM:
        raise pytest.UsageError(f"{MISSING}, and REQUIRE_BROWSER asks for the browser tests.")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("browser") and not CHROMIUM:
            item.add_marker(pytest.mark.skip(reason=MISSING))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    names = [report.nodeid for report in skipped if "browser" in report.keywords]
    if names:
        terminalreporter.write_line(f"These browser tests did not run, {MISSING}: {', '.join(names)}")


@pytest.fixture(scope="session")
def chromium() -> Generator["Browser", None, None]:
    from playwright.sync_api import sync_playwright

    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    # the driver runs an event loop in this thread; the tests' own queries are no part of it
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=WORDS)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(chromium: "Browser") -> Generator["Page", None, None]:
    """A new browser window: no cookies, Finnish, 1280 wide."""
    context = chromium.new_context(
        locale="fi-FI", timezone_id="Europe/Helsinki", viewport={"width": 1280, "height": 900}
    )
    context.set_default_timeout(15_000)
    keep_time(context)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session", autouse=True)
def _static_files_stay_fresh() -> Generator[None]:
    """A window asks once for each, though answers are dated at the time of the test and so seem years old."""
    from django.contrib.staticfiles.handlers import StaticFilesHandler

    serve = StaticFilesHandler.serve

    def kept(self: StaticFilesHandler, request: "HttpRequest") -> "HttpResponseBase":
        answer = serve(self, request)
        answer["Cache-Control"] = f"max-age={CENTURY}"
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StaticFilesHandler, "serve", kept)
        yield


def enter(page: "Page", server: "LiveServer", user: "User") -> None:
    """Go on in this window as somebody who has signed in."""
    from testing.people import just_signed_in

    signed = just_signed_in(user)
    page.context.clear_cookies()
    page.context.add_cookies([{"name": "sessionid", "value": signed.cookies["sessionid"].value, "url": server.url}])
