"""No test reads the clock: it knows what time it is, because it stands still (`testing.clock`)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
# What asks for the time when it is given nothing.
ALWAYS = {
    "timezone.now",
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "time.time",
    "time.time_ns",
}
WITHOUT_A_VALUE = {"timezone.localdate", "timezone.localtime", "time.localtime", "time.gmtime"}
# the clock of the tests, and its test
OF_THE_CLOCK = {"testing/clock.py", "osallistava/tests/test_clock.py"}


def modules_of_tests() -> Iterator[Path]:
    for path in sorted(ROOT.glob("[!.]*/**/*.py")):
        if {"tests", "testing"} & set(path.parts) or path.name == "conftest.py":
            yield path


def reads(tree: ast.AST) -> Iterator[int]:
    """The lines that ask for the time, or move it past `testing.clock`, except where the real clock is asked for."""
    for node in ast.iter_child_nodes(tree):
        if not asks_for_the_real_clock(node):
            if reads_the_clock(node) or imports_it_by_a_bare_name(node):
                yield node.lineno  # type: ignore[attr-defined]
            yield from reads(node)


def asks_for_the_real_clock(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.ClassDef) and any(
        "real_clock" in ast.unparse(one) for one in node.decorator_list
    )


def reads_the_clock(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    name = ".".join(ast.unparse(node.func).split(".")[-2:])
    return name in ALWAYS or (name in WITHOUT_A_VALUE and not node.args and not node.keywords)


def imports_it_by_a_bare_name(node: ast.AST) -> bool:
    """`from django.utils.timezone import now` would hide what is read; time-machine would go past the database."""
    if isinstance(node, ast.ImportFrom):
        return node.module in ("time_machine", "django.utils.timezone", "time")
    return isinstance(node, ast.Import) and any(one.name == "time_machine" for one in node.names)


def test_no_test_reads_the_clock() -> None:
    found = [
        f"{name}:{line}"
        for path in modules_of_tests()
        if (name := path.relative_to(ROOT).as_posix()) not in OF_THE_CLOCK
        for line in reads(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not found, (
        "A test knows what time it is: NOW and TODAY of testing.clock, or what it asks for with at(...); a maker asks "
        "testing.clock. What is worked out from the real clock is right on some days only, and says no more than the "
        f"program does. {', '.join(found)}"
    )


@pytest.mark.parametrize(
    ("line", "is_refused"),
    [
        ("today = timezone.localdate()", True),
        ("assert row.at == django.utils.timezone.now()", True),
        ("now = datetime.datetime.now(datetime.UTC)", True),
        ("day = datetime.date.today()", True),
        ("from django.utils.timezone import now", True),
        ("import time_machine", True),
        ("if True:\n    seconds = time.time()", True),
        ("day = timezone.localdate(row.at)", False),
        ("page = self.today(browser)", False),
        ("until = time.monotonic() + 5", False),
        ("@pytest.mark.real_clock('why')\ndef test(): timezone.now()", False),
    ],
)
def test_what_reads_the_clock_is_known(line: str, is_refused: bool) -> None:
    assert bool(list(reads(ast.parse(line)))) is is_refused
