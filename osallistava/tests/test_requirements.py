"""What the program imports is what requirements.txt brings: a server of real data installs that file alone."""

import ast
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from osallistava.tests.conftest import ROOT

FILES = ("requirements.in", "requirements-demo.in", "requirements-dev.in")
APART = {"tests", "testing", "benchmarks", "conftest.py", ".venv", ".data"}
# these run on a machine of the demo, or of those who write the program
OF_THE_DEMO = ("osallistava/start.py", "osallistava/embedded/")
OF_DEVELOPMENT = {"core/catalogues.py": {"babel"}}


def named(file: str) -> set[str]:
    lines = (line.partition("#")[0].strip() for line in (ROOT / file).read_text().splitlines())
    return {canonicalize_name(Requirement(line).name) for line in lines if line and not line.startswith("-")}


def program() -> list[Path]:
    return [path for path in sorted(ROOT.rglob("*.py")) if not APART.intersection(path.relative_to(ROOT).parts)]


def imported(path: Path) -> Iterator[str]:
    """The first part of the name of everything that the module imports, at its top or in a function."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def test_the_program_imports_only_what_its_own_lock_brings_by_name() -> None:
    own = {path.name for path in ROOT.iterdir() if path.is_dir()} | sys.stdlib_module_names
    brings = packages_distributions()
    strange = []
    for path in program():
        where = path.relative_to(ROOT).as_posix()
        allowed = named("requirements.in") | OF_DEVELOPMENT.get(where, set())
        if where.startswith(OF_THE_DEMO):
            allowed |= named("requirements-demo.in")
        for name in {*imported(path)} - own:
            if not allowed.intersection(canonicalize_name(each) for each in brings.get(name, [])):
                strange.append(f"{where}: {name}")
    assert strange == []


def rows() -> dict[str, str]:
    """The tables of docs/dependencies.md: of each package what to do if it ends."""
    found: dict[str, str] = {}
    for line in (ROOT / "docs" / "dependencies.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and len(cells) == 3:
            found |= {canonicalize_name(name.strip()): cells[2] for name in cells[0].split(",")}
    return found


@pytest.mark.parametrize("file", FILES)
def test_each_package_that_was_chosen_has_a_line_on_what_to_do_if_it_ends(file: str) -> None:
    told = rows()
    assert {name for name in named(file) if not told.get(name)} == set()


def test_no_line_is_left_of_a_package_that_is_gone() -> None:
    assert set(rows()) - set().union(*(named(file) for file in FILES)) == {"package"}
