"""What the documents name exists: a file that was moved or renamed takes its name in them along."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
PATH = re.compile(r"`((?:[\w-]+/)+[\w.-]*)`")
FILE = re.compile(r"`([\w-]+\.(?:py|html|md|js|css|typ))`")
FOLDERS = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith(".")}
OF_OTHERS = {"msgfmt.py"}


@pytest.fixture(scope="module")
def names() -> set[str]:
    found = {path.name for folder in FOLDERS for path in (ROOT / folder).rglob("*.*")}
    return found | {path.name for path in ROOT.glob("*.*")} | OF_OTHERS


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_what_a_document_names_exists(document: Path, names: set[str]) -> None:
    text = document.read_text()
    # a path that begins with none of our folders is an address, or somebody else's
    ours = {path for path in PATH.findall(text) if path.partition("/")[0] in FOLDERS}
    missing = {path for path in ours if not (ROOT / path).exists()} | (set(FILE.findall(text)) - names)
    assert not missing, f"{document.name} names what is not there: {', '.join(sorted(missing))}"
