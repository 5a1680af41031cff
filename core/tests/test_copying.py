"""Rows that are sent with COPY: an error of theirs is one of Django's, everywhere."""

import ast
from pathlib import Path

import pytest
from django.db import DataError, connection

from core.copying import copying

ROOT = Path(__file__).resolve().parent.parent.parent


def test_an_error_of_the_rows_is_one_of_django(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE copied (number int) ON COMMIT DROP")
    with pytest.raises(DataError), copying("COPY copied FROM STDIN") as copy:
        copy.write("nobody\n")


def test_no_module_uses_the_copy_of_the_cursor_itself() -> None:
    """It has arguments, unlike that of a dict."""
    apps = [path for path in ROOT.iterdir() if (path / "apps.py").exists()]
    users = {
        str(path.relative_to(ROOT))
        for app in apps
        for path in app.rglob("*.py")
        if "tests" not in path.parts and any(map(copies, ast.walk(ast.parse(path.read_text(encoding="utf-8")))))
    }
    assert users == {"core/copying.py"}


def copies(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "copy"
        and bool(node.args)
    )
