"""Whatever is recorded of a client is told in words, not by the name of its kind."""

import re
from pathlib import Path

from cases.timeline.sentences import is_told

ROOT = Path(__file__).resolve().parents[3]
KIND = re.compile(
    r"""["']((?:matter|client|contact|case|own_worker|letter|request|appointment|handover|transfer|measurement|notice)\.[a-z_]+)["']"""
)
OTHER_NAMES = {"letter.typ", "notice.number", "notice.sender"}


def written() -> set[str]:
    """The kinds that the program's own modules name; those that tell are no writers."""
    modules = [
        path
        for app in ("cases", "avain", "etotu")
        for path in (ROOT / app).rglob("*.py")
        if "tests" not in path.parts and "migrations" not in path.parts and path.name != "told.py"
    ]
    return {kind for path in modules for kind in KIND.findall(path.read_text())} - OTHER_NAMES


def test_every_kind_has_its_sentence() -> None:
    kinds = written()
    assert {"matter.opened", "handover.proposed", "own_worker.ended", "letter.made"} <= kinds
    assert sorted(kind for kind in kinds if not is_told(kind)) == []
