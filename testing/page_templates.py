"""Which templates are pages: those that stand on a base, or are whole by themselves."""

import re
from pathlib import Path
from typing import Final

TEMPLATES: Final = Path(__file__).resolve().parent.parent / "templates"
BASE: Final = re.compile(r"(^|/)(\w+_)?base(_\w+)?\.html$")
WHOLE: Final = re.compile(r"\{% extends |<html\b")


def is_page(name: str) -> bool:
    path = TEMPLATES / name
    return path.is_file() and not BASE.search(name) and bool(WHOLE.search(path.read_text()))


def pages() -> frozenset[str]:
    """By their names, as a view calls them."""
    names = (path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
    return frozenset(filter(is_page, names))
