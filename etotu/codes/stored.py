"""What the checks compare with, as it stands in the database: code lists and municipalities."""

import time
from functools import lru_cache

from core.models import Code as CodeRow
from etotu.codes.lists import Code, CodeList, CodeLists, code_lists
from municipalities.models import Municipality

PREFIX = "etotu."


def stored_code_lists() -> CodeLists:
    """All lists with their codes of all days, in one query."""
    lists: dict[CodeList, list[Code]] = {name: [] for name in CodeList}
    rows = CodeRow.objects.filter(list__name__in=[PREFIX + name for name in CodeList]).select_related("list")
    for row in rows:
        name = CodeList(row.list.name.removeprefix(PREFIX))
        starts = row.starts or row.list.starts
        lists[name].append(Code(row.code, row.fi, row.sv, row.en, starts, row.ends or row.list.ends))
    return CodeLists({name: tuple(codes) for name, codes in lists.items()})


def municipality_codes() -> frozenset[str]:
    return frozenset(f"{pk:03d}" for pk in Municipality.objects.values_list("pk", flat=True))


def code_label(name: CodeList, code: str, language: str) -> str:
    """What a code is called in fi, sv or en; one that was added here in its words, an unknown one as it is."""
    words = code_lists().label(name, code, language)
    return words if words != code else _stored_labels(int(time.time() // 60)).label(name, code, language)


def forget_labels() -> None:
    _stored_labels.cache_clear()


@lru_cache(maxsize=1)
def _stored_labels(minute: int) -> CodeLists:
    """Asked for once a minute at most, since a list of matters may show many codes."""
    return stored_code_lists()
