"""The floor: lxml takes the same columns from the same bytes, and COPY puts them into a bare table.

No check, no person, no deadline, no row security, no encryption: what any loader of these files must at least do.
"""

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.db import connections
from lxml import etree

from etotu.parsing import fields

_NS: Final = f"{{{fields.NAMESPACE}}}"
_NOTICE: Final = ("tunnus", "versio", "tyyppi", "kunta", "kiireellinen", "luotu")
_BLOCKS: Final = {
    _NS + fields.APPLICATION: ("saapunut", "paatospvm", "kausiAlkaa", "kausiPaattyy"),
    _NS + fields.REDUCTION: ("alennusProsentti", "alkaa", "paattyy", "peruste"),
    _NS + fields.NEED: ("syy", "toivooKeskustelua", "keskustelupyyntoPvm"),
    _NS + fields.UNEMPLOYMENT: ("kuukausia",),
}
_PERSON: Final = {_NS + name: name for name in fields.PERSON_ELEMENTS}
COLUMNS: Final = (
    *_NOTICE,
    *fields.PERSON_ELEMENTS,
    *(name for names in _BLOCKS.values() for name in names),
    "menot",
    "lisatieto",
    "liitteet",
)
_PLACES: Final = {name: place for place, name in enumerate(COLUMNS)}
TABLE: Final = "benchmark_floor"

Row = list[str | None]


def load(file: Path) -> int:
    """As the owner of the tables; gives the number of rows."""
    connection = connections["owner"]
    count = 0
    with connection.cursor() as cursor:
        columns = ", ".join(f'"{name}" text' for name in COLUMNS)
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        cursor.execute(f"CREATE TABLE {TABLE} ({columns})")
        with cursor.copy(f"COPY {TABLE} FROM STDIN") as copy:
            for row in rows(file):
                copy.write_row(row)
                count += 1
    return count


def rows(file: Path, most: int | None = None) -> Iterator[Row]:
    """The values of each notice as texts, in the order of COLUMNS."""
    return islice(_rows(file), most)


def _rows(file: Path) -> Iterator[Row]:
    with file.open("rb") as stream:
        for _, element in etree.iterparse(stream, tag=_NS + fields.NOTICE, resolve_entities=False, no_network=True):
            yield _row(element)
            element.clear()
            parent = element.getparent()
            if parent is not None:
                del parent[0]


def _row(notice: Any) -> Row:
    row: Row = [None] * len(COLUMNS)
    row[: len(_NOTICE)] = [notice.get(name) for name in _NOTICE]
    files = []
    for part in notice:
        tag = part.tag
        if tag in _BLOCKS:
            for name in _BLOCKS[tag]:
                row[_PLACES[name]] = part.get(name)
            if len(part):
                row[_PLACES["menot"]] = json.dumps([dict(one.attrib) for one in part])
        elif tag == _NS + fields.PERSON:
            for one in part:
                row[_PLACES[_PERSON[one.tag]]] = one.text
        elif tag == _NS + fields.NOTE:
            row[_PLACES["lisatieto"]] = part.text
        else:
            files.append([part.get("nimi"), part.get("mime"), part.text])
    if files:
        row[_PLACES["liitteet"]] = json.dumps(files)
    return row
