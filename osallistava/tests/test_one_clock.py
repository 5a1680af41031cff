"""The program has one clock: Python's. SQL is told the time, so that all that one deed writes bears one moment, and so
that it stands still in tests."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent.parent
CLOCK = re.compile(
    r"\b(?:(?:now|clock_timestamp|statement_timestamp|transaction_timestamp|timeofday)\(\)"
    r"|current_date\b|current_timestamp\b|current_time\b|localtimestamp\b)",
    re.IGNORECASE,
)
FUNCTIONS = {"Now", "TransactionNow"}


def sources() -> Iterator[Path]:
    for app in (path for path in ROOT.iterdir() if (path / "__init__.py").exists() and path.name != "testing"):
        for path in app.rglob("*.py"):
            if not {"tests", "migrations"} & set(path.parts):
                yield path


def asks_the_server(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and FUNCTIONS & {one.name for one in node.names}:
            yield node.lineno
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CLOCK.search(node.value):
            yield node.lineno


def test_no_statement_asks_the_server_for_the_time() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for path in sources()
        for line in asks_the_server(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not found, f"SQL is told the time as a parameter: {', '.join(found)}"


@pytest.mark.parametrize(
    ("line", "asks"),
    [
        ('CLOSE = "UPDATE row SET settled_at = now()"', True),
        ('LATE = "due < CURRENT_DATE"', True),
        ("from django.db.models.functions import Coalesce, Now", True),
        ('CLOSE = "UPDATE row SET settled_at = %(now)s"', False),
        ("at = timezone.now()", False),
    ],
)
def test_what_asks_the_server_is_known(line: str, asks: bool) -> None:
    assert bool(list(asks_the_server(ast.parse(line)))) is asks


def test_in_the_database_only_the_history_does(db: None) -> None:
    """Its triggers are made by a package. What stands still for them is said in `testing.server_clock`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname <> 'now'"
            " UNION ALL SELECT adrelid::regclass::text, pg_get_expr(adbin, adrelid) FROM pg_attrdef"
            " UNION ALL SELECT viewname, definition FROM pg_views WHERE schemaname = 'public'"
        )
        found = {name for name, body in cursor.fetchall() if CLOCK.search(body)}
    assert found
    assert {name for name in found if not name.startswith(("pgtrigger_", "_pgh_"))} == set()
