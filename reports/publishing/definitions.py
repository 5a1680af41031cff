"""What a published table counts, kept with its numbers: in words, and as a fingerprint of how it was counted."""

import hashlib
import inspect
import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from reports.figures.registry import FIGURES
from reports.publishing import traits
from reports.publishing.tables import Table


def definitions_of(tables: Iterable[Table]) -> dict[str, Any]:
    """By the name of the table. The same fingerprint: the same words and rows, counted by the same program text."""
    return {table.name: {"text": _text(table), "fingerprint": _fingerprint(table)} for table in tables}


def _text(table: Table) -> dict[str, str]:
    return {
        language: f"{title}. {table.counts_are[language]}: {table.of[language]}."
        for language, title in table.title.items()
    }


def _fingerprint(table: Table) -> str:
    words = [_text(table), [[row.key, row.label] for row in table.rows], _source(table.name)]
    return hashlib.sha256(json.dumps(words, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


@cache
def _source(name: str) -> str:
    module = inspect.getmodule(type(FIGURES[name])) if name in FIGURES and name != traits.BY_AGE else traits
    return inspect.getsource(module) if module else ""
