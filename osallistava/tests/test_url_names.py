"""An app names pages of its own and of apps below. Where one leads further up, the app above has said where."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from municipalities import menu
from municipalities.elsewhere import Elsewhere
from municipalities.models import Role
from municipalities.tabs import INSTALLATION, MUNICIPAL
from osallistava.tests.layers import LOWEST, RANKS, ROOT, may_name, owners

NAMING = {"reverse", "reverse_lazy", "redirect", "resolve_url", "url", "place_url", "Entry", "Tab"}
"""Calls whose first word is a URL name."""
NO_PAGES = {"reports/figures/notices.py": {"client"}}
"""Words of a table that only look like names of pages."""
URL_TAG = re.compile(r"""\{%\s*(?:url|place_url)\s+["']([^"']+)["']""")
TEMPLATE_TAG = re.compile(r"""\{%\s*(?:include|extends)\s+["']([^"'/]+)/""")
# allauth names its templates after its own apps; the pages are those of `accounts`
FOLDERS = {"account": "accounts", "mfa": "accounts"}


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def texts(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def names_in_python(source: str) -> Iterator[str]:
    """What stands first in a call that wants a URL name, and the texts of lists and tables of a module."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            first = node.args[:1] if called(node) in NAMING else []
            for wanted in [*first, *(word.value for word in node.keywords if word.arg == "pattern_name")]:
                yield from texts(wanted)
    for statement in tree.body:
        value = statement.value if isinstance(statement, ast.Assign | ast.AnnAssign) else None
        if isinstance(value, ast.List | ast.Tuple | ast.Dict | ast.Set):
            yield from texts(value)


def modules() -> list[Path]:
    found = (path.relative_to(ROOT) for app in RANKS for path in sorted((ROOT / app).rglob("*.py")))
    return [path for path in found if not {"tests", "migrations"} & set(path.parts)]


def app_of_template(path: Path) -> str:
    """By its folder; what every page shares stands lowest."""
    folder = path.relative_to(ROOT / "templates").parts[0]
    folder = FOLDERS.get(folder, folder)
    return folder if folder in RANKS else LOWEST


TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def upward(app: str, names: Iterator[str]) -> list[str]:
    found = owners()
    return sorted({name for name in names if name in found and not may_name(app, found[name])})


def test_no_module_names_a_page_of_an_app_above() -> None:
    wrong = {str(path): upward(path.parts[0], names_in_python((ROOT / path).read_text())) for path in modules()}
    assert {path: left for path, names in wrong.items() if (left := set(names) - NO_PAGES.get(path, set()))} == {}


def test_no_template_names_a_page_of_an_app_above() -> None:
    wrong = {
        str(path.relative_to(ROOT)): upward(app_of_template(path), iter(URL_TAG.findall(path.read_text())))
        for path in TEMPLATES
    }
    assert {path: names for path, names in wrong.items() if names} == {}


def test_no_template_takes_in_one_of_an_app_above() -> None:
    wrong = [
        (str(path.relative_to(ROOT)), folder)
        for path in TEMPLATES
        for folder in TEMPLATE_TAG.findall(path.read_text())
        if (app := FOLDERS.get(folder, folder)) in RANKS and not may_name(app_of_template(path), app)
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "source",
    [
        "redirect('client', code=code, pk=pk)",
        "back = f'{reverse(\"client\")}?sivu=2'",
        "place.url('client')",
        "PAGES = {'client': 'Asiakas'}",
        "path('a/', RedirectView.as_view(pattern_name='client'))",
    ],
)
def test_the_ways_to_name_a_page_are_seen(source: str) -> None:
    assert upward("cases", names_in_python(source)) == ["client"]


def test_whatever_apps_below_lead_to_is_served() -> None:
    assert [one.shows for one in Elsewhere.known if one.address is None] == []


def test_everybody_who_works_in_a_municipality_has_a_first_page_and_every_tab_leads_somewhere() -> None:
    found = owners()
    for role in set(Role) - {Role.RESEARCHER}:
        assert menu.entries(frozenset({role})), role
    assert set(MUNICIPAL.known) | set(INSTALLATION.known) <= set(found)
