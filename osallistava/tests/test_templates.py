"""The rules of the templates: nothing inline, every form guarded, every icon drawn, nothing from elsewhere."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"
ICONS = set(re.findall(r'<symbol id="([a-z]+)"', (Path(settings.BASE_DIR) / "static" / "icons.svg").read_text()))

FORBIDDEN = {
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "an inline style": re.compile(r"<style|\sstyle\s*=", re.IGNORECASE),
    "an inline event handler": re.compile(r"\son[a-z]+\s*=|\shx-on", re.IGNORECASE),
    "markup that is not escaped": re.compile(r"\|\s*safe\b|\{%\s*autoescape off"),
    "something from another server": re.compile(r"""(?:src|href)\s*=\s*["'](?:https?:)?//"""),
}
POST_FORM = re.compile(r"<form\b[^>]*\bmethod=\"post\".*?</form>", re.IGNORECASE | re.DOTALL)
ICON = re.compile(r"""\{%\s*(?:icon|line)\s+["']([a-z]+)["']""")
TOKEN = re.compile(r"\{%\s*csrf_token|\{%\s*crispy\s")

SOURCES = {path.relative_to(TEMPLATES).as_posix(): path.read_text() for path in sorted(TEMPLATES.rglob("*.html"))}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_has_what_is_forbidden(what: str) -> None:
    assert {name: found[0] for name, text in SOURCES.items() if (found := FORBIDDEN[what].search(text))} == {}


def test_every_form_that_changes_something_carries_its_token() -> None:
    assert [
        (name, form[:200])
        for name, text in SOURCES.items()
        for form in POST_FORM.findall(text)
        # a form that could not be saved is sent once more as it came, its token among its fields
        if not TOKEN.search(form) and name != "base_broken.html"
    ] == []


def test_a_kept_form_is_checked_by_the_service_not_by_the_browser_in_its_own_language() -> None:
    tags = [
        (name, tag) for name, text in SOURCES.items() for tag in re.findall(r"<form\b[^>]*\bdata-keep\b[^>]*>", text)
    ]
    assert tags
    assert [(name, tag) for name, tag in tags if "novalidate" not in tag] == []


def test_every_icon_is_drawn() -> None:
    named = {(icon, name) for name, text in SOURCES.items() for icon in ICON.findall(text)}
    assert {(icon, name) for icon, name in named if icon not in ICONS} == set()


def test_every_page_has_a_title() -> None:
    pages = {name: text for name, text in SOURCES.items() if re.match(r"{% extends \"base", text)}
    assert [name for name, text in pages.items() if "{% block title %}" not in text] == ["base_plain.html"]
