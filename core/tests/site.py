"""A page in the browser without a server: templates are rendered here, and every request is answered by the test."""

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from django.contrib.staticfiles import finders
from django.template import engines
from django.test import RequestFactory

if TYPE_CHECKING:
    from playwright.sync_api import Page, Request, Route

ADDRESS = "http://site.test"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
Answer = Callable[["Request"], tuple[int, dict[str, Any]]]


class Site:
    def __init__(self, page: "Page") -> None:
        self.page = page
        self.html = ""
        self.sent: list[tuple[str, str, str]] = []
        self.answers: dict[str, Answer] = {"/istunto/": lambda _request: (200, session(1800))}
        page.route(f"{ADDRESS}/**", self._answer)

    def show(self, content: str, **context: Any) -> None:
        """Open a page of the frame with this content (template source)."""
        source = (
            "{% extends 'base.html' %}{% load ui %}{% block title %}Koe{% endblock %}{% block content %}<h1>Koe</h1>"
        )
        people = {
            "user": SimpleNamespace(
                is_authenticated=True, email="aino@kuopio.example", keyboard_shortcuts=True, name="Aino"
            ),
            "municipality": SimpleNamespace(code="297", name="Kuopio"),
            "nav": [{"label": "Työjono", "url": "/297/tyojono/", "current": True, "n": 0}],
            "search_url": "/297/asiakkaat/",
            "demo": True,
            "csrf_token": "first",
        }
        template = engines["django"].from_string(f"{source}{content}{{% endblock %}}")
        self.html = template.render(people | context, RequestFactory().get("/297/"))
        self.page.goto(f"{ADDRESS}/297/")

    def posts(self, path: str) -> list[Any]:
        """The bodies of what was sent to the path, JSON as values."""
        return [json.loads(body) if body.startswith("{") else body for _, to, body in self.sent if to == path]

    def _answer(self, route: "Route") -> None:
        request = route.request
        path = request.url.removeprefix(ADDRESS).partition("?")[0]
        if path.startswith("/static/"):
            return self._file(route, path.removeprefix("/static/"))
        if request.method != "GET":
            self.sent.append((request.method, path, request.post_data or ""))
        if path in self.answers:
            status, body = self.answers[path](request)
            return route.fulfill(status=status, json=body)
        return route.fulfill(body=self.html, content_type="text/html; charset=utf-8")

    @staticmethod
    def _file(route: "Route", name: str) -> None:
        found = Path(str(finders.find(name)))
        route.fulfill(body=found.read_bytes(), content_type=TYPES[found.suffix])


def session(seconds: int | None) -> dict[str, Any]:
    return {"authenticated": seconds is not None, "seconds_left": seconds or 0}
