"""The pages with 10 and with 10 000 matters: how many statements each sends, and its time beside the floor's.

The floor is a page of the same frame that reads no client (the own account). Statements may not grow; the
time of a page is told as a ratio to the floor's in the same run.
"""

import datetime
import io
import statistics
import time
from typing import Any

from django.core.management import call_command
from django.db import connection, connections
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext, override_settings
from django.urls import reverse
from django.utils import timezone

RUNS = 7
PAGES = {
    "today": ("aino", "today"),
    "queue": ("aino", "queue"),
    "queue of a supervisor": ("sirkka", "queue"),
    "open matter": ("aino", "queue"),
    "client": ("aino", "client"),
    "clients": ("aino", "client_search"),
    "municipality": ("kaisa", "dashboard"),
    "batches": ("paula", "batches"),
}
AS_A_SCRIPT_ASKS = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "avattu"}
"""The opened matter alone, beside the list that stays."""


def measure() -> dict[str, Any]:
    """Counts of statements and median milliseconds of each page, few and many matters, and the floor's."""
    call_command("migrate", verbosity=0)
    people = _people()
    result: dict[str, Any] = {"pages": {}, "failed": []}
    with override_settings(ALLOWED_HOSTS=["testserver"], STORAGES=plain_storages()):
        for size in (10, 10_000):
            _load(size, people["paula"])
            result["pages"][str(size)] = {name: _page(people[who], name, url) for name, (who, url) in PAGES.items()}
            result["floor_ms"] = _median(_browser(people["aino"]), reverse("own_account"))
    for name, few in result["pages"]["10"].items():
        many = result["pages"]["10000"][name]
        many["ratio_to_floor"] = round(many["ms"] / result["floor_ms"], 2)
        if many["statements"] > few["statements"]:
            result["failed"].append(f"{name}: {few['statements']} statements with 10, {many['statements']} with 10 000")
    return result


def as_text(result: dict[str, Any]) -> str:
    lines = [
        f"floor {result['floor_ms']:.1f} ms",
        "page · statements with 10, with 10 000 · ms with 10, with 10 000 · to floor",
    ]
    for name, few in result["pages"]["10"].items():
        many = result["pages"]["10000"][name]
        lines.append(
            f"{name} · {few['statements']}, {many['statements']} · {few['ms']:.1f}, {many['ms']:.1f} · "
            f"{many['ratio_to_floor']}"
        )
    return "\n".join([*lines, *result["failed"]])


def _people() -> dict[str, Any]:
    from municipalities.models import Municipality, Role
    from testing.people import person

    kuopio = Municipality.objects.get(pk=297)
    roles = {"aino": Role.SOCIAL_WORKER, "sirkka": Role.SUPERVISOR, "kaisa": Role.COORDINATOR, "paula": Role.ADMIN}
    return {name: person(name.title(), f"{name}@kuopio.example", role, kuopio) for name, role in roles.items()}


def _load(count: int, actor: Any) -> None:
    from etotu.generator import generate
    from etotu.loading.load import load
    from etotu.loading.receive import receive

    now = timezone.now()
    data = io.BytesIO(b"".join(generate(["297"], count, now.date() - datetime.timedelta(days=1), seed=count)))
    batch = receive(data, file_name=f"{count}.xml", via="command", received_at=now, actor=actor)
    load(batch.pk)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")


def _browser(user: Any) -> Browser:
    from testing.session_cookies import keep_secrets

    keep_secrets()
    browser = Browser()
    browser.force_login(user)
    return browser


def _page(user: Any, page: str, name: str) -> dict[str, Any]:
    browser, address, asked = _browser(user), _address(page, name), AS_A_SCRIPT_ASKS if page == "open matter" else {}
    _median(browser, address, asked)
    with CaptureQueriesContext(connection) as captured:
        response = browser.get(address, **asked)  # type: ignore[arg-type]
    if response.status_code != 200:
        raise RuntimeError(f"{address} answered {response.status_code}")
    return {"statements": len(captured), "ms": _median(browser, address, asked)}


def _address(page: str, name: str) -> str:
    """The same client and matter with few and with many: the first that came."""
    from cases.models import Matter
    from core.row_security import scope

    with scope([297]):
        pk, client = Matter.objects.order_by("pk").values_list("pk", "client")[0]
    if page == "client":
        return reverse(name, kwargs={"code": "297", "pk": client})
    query = f"?nakyma=kaikki&avoin={pk}" if page == "open matter" else ""
    return reverse(name, kwargs={"code": "297"}) + query


def _median(browser: Browser, address: str, asked: dict[str, str] | None = None) -> float:
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        browser.get(address, **(asked or {}))  # type: ignore[arg-type]
        times.append((time.perf_counter() - start) * 1000)
    return round(statistics.median(times), 2)


def plain_storages() -> dict[str, Any]:
    from django.conf import settings

    return settings.STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
