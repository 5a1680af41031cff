"""What the checks compare with, as it stands in the database: code lists and municipalities."""

from core.models import Code as CodeRow
from etotu.code_lists import Code, CodeList, CodeLists
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
