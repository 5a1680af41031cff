"""A window of the browser tests."""

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

# of each file of the page, the bytes that came over the line
FILES = """performance.getEntriesByType("resource")
  .filter(one => one.name.includes("/static/")).map(one => [one.name, one.transferSize])"""


@pytest.mark.browser
def test_a_static_file_is_asked_once(page: "Page", live_server: "LiveServer") -> None:
    page.goto(live_server.url)
    assert all(size for _name, size in page.evaluate(FILES))
    page.goto(f"{live_server.url}/?again")
    files = page.evaluate(FILES)
    assert files
    assert [name for name, size in files if size] == []
