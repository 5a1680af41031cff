"""Batches written by hand for the tests of parser and checks."""

import csv
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from etotu.checks import Checked, check
from etotu.codes.lists import code_lists
from etotu.parsing import Limits, RawNotice, open_batch

SAMPLES = Path(__file__).resolve().parent / "samples"
RECEIVED = datetime(2018, 10, 12, 4, 0, tzinfo=UTC)
ATTRIBUTES = {
    "tunnus": "K1",
    "versio": "1",
    "tyyppi": "MAAHANMUUTTAJA",
    "kunta": "297",
    "kiireellinen": "false",
    "luotu": "2018-10-11T08:10:58+03:00",
}
PERSON = {"henkilotunnus": "240992-907R", "sukunimi": "Ala-Testi", "etunimet": "Ritva Lempi"}
CSV_HEADER = (
    "tunnus;versio;tyyppi;kunta;kiireellinen;luotu;henkilotunnus;sukunimi;etunimet;asiointikieli;puhelin;kotikunta;"
    "turvakielto;saapunut;paatospvm;kausi_alkaa;kausi_paattyy;alennus_prosentti;syy;toivoo_keskustelua;"
    "keskustelupyynto_pvm;lisatieto"
)
CSV_ROW = {
    "tunnus": "K1",
    "versio": "1",
    "tyyppi": "HAKEMUS",
    "kunta": "680",
    "kiireellinen": "E",
    "luotu": "11.10.2018 10.55",
    "henkilotunnus": "240992-907R",
    "sukunimi": "Mäkimalli",
    "etunimet": "Impi Seija",
    "saapunut": "9.10.2018",
}


def batch(*notices: str, count: int | None = None, head: str = "") -> bytes:
    declared = len(notices) if count is None else count
    return (
        f'{head}<etotuEra xmlns="urn:osallistava:etotu:1" eraTunnus="E1" lahettaja="KELA" '
        f'lahetysaika="2018-10-12T05:30:00+03:00" ilmoitustenMaara="{declared}">{"".join(notices)}</etotuEra>'
    ).encode()


def notice(inside: str = "", *, person: str | None = None, **attributes: str | None) -> str:
    """`attributes` replace the usual ones, None leaves one out; `person` replaces what stands in henkilo."""
    given = {**ATTRIBUTES, **attributes}
    start = " ".join(f'{name}="{value}"' for name, value in given.items() if value is not None)
    return f"<ilmoitus {start}>{person_element(person)}{inside}</ilmoitus>"


def person_element(inside: str | None = None, **elements: str | None) -> str:
    given = {**PERSON, **elements}
    usual = "".join(f"<{name}>{value}</{name}>" for name, value in given.items() if value is not None)
    return f"<henkilo>{usual if inside is None else inside}</henkilo>"


def csv_batch(*rows: dict[str, str], ending: str = "\r\n") -> str:
    names = CSV_HEADER.split(";")
    lines = [CSV_HEADER, *(";".join({**CSV_ROW, **row}.get(name, "") for name in names) for row in rows)]
    return "".join(line + ending for line in lines)


def read(data: bytes | Iterable[bytes], name: str = "era.xml", limits: Limits | None = None) -> list[RawNotice]:
    return list(open_batch([data] if isinstance(data, bytes) else data, file_name=name, limits=limits))


def read_one(inside: str = "", *, person: str | None = None, **attributes: str | None) -> RawNotice:
    (raw,) = read(batch(notice(inside, person=person, **attributes)))
    return raw


@cache
def municipalities() -> frozenset[str]:
    path = Path(__file__).resolve().parents[2] / "municipalities" / "data" / "municipalities.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return frozenset(row["code"] for row in csv.DictReader(file))


def checked(raw: RawNotice, received_at: datetime = RECEIVED) -> Checked:
    return check(raw, received_at=received_at, code_lists=code_lists(), known_municipalities=municipalities())


def faults(raw: RawNotice) -> list[tuple[str, str]]:
    return [(fault.field, fault.code.value) for fault in checked(raw).faults]


def flags(raw: RawNotice) -> list[tuple[str, str]]:
    return [(flag.field, flag.code.value) for flag in checked(raw).flags]
