"""Shows a browser what the tests' own client was answered: rendered once, in the test's transaction, without cookies.

A live server would need everything committed, and would render each page once more. What a page asks for by script is
answered with nothing.
"""

from collections.abc import Generator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.staticfiles import finders
from django.http import HttpResponse

from testing.browser_clock import keep_time

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

STATIC = "/static/"
SHOWN = "/naytto/"
Answer = tuple[int, dict[str, str], bytes]
NOTHING: Answer = (204, {}, b"")


class Stage:
    def __init__(self, browser: "Browser", server: "_Server") -> None:
        self._server = server
        self._context = browser.new_context(locale="fi-FI", timezone_id="Europe/Helsinki")
        keep_time(self._context)
        self._page = self._context.new_page()

    def show(self, response: HttpResponse, width: int) -> "Page":
        """The page as it came, in a window of this width; the same window for all of them."""
        headers = {name: value for name, value in response.items() if name != "Content-Length"}
        self._server.shown = (200, headers, response.content)
        self._page.set_viewport_size({"width": width, "height": 900})
        self._page.goto(f"http://127.0.0.1:{self._server.server_port}{SHOWN}")
        return self._page


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    shown: Answer = NOTHING


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        status, headers, body = self._answer()
        # without the date, which stands still in the tests: the browser would take the file for years old
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _answer(self) -> Answer:
        if self.path == SHOWN:
            return self.server.shown
        found = finders.find(self.path.removeprefix(STATIC)) if self.path.startswith(STATIC) else None
        if not isinstance(found, str):
            return NOTHING
        headers = {"Content-Type": guess_type(found)[0] or "", "Cache-Control": "max-age=86400"}
        return 200, headers, Path(found).read_bytes()

    def log_message(self, *_words: Any) -> None:
        """Nothing on the terminal."""


@contextmanager
def serving() -> Generator[_Server]:
    with _Server(("127.0.0.1", 0), _Handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def stage(chromium: "Browser") -> Generator[Stage]:
    with serving() as server:
        stage = Stage(chromium, server)
        yield stage
        stage._context.close()
