"""The lines around the fault of a rejected file: where it breaks, and nothing of a person."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etotu.batches.excerpts import WhyNot, place_of
from etotu.faults import FileFault
from etotu.generator import GeneratedBatch
from etotu.models import Batch, BatchPiece
from etotu.parsing import KINDS
from etotu.parsing.excerpt import Around, Excerpt, encoding_of, excerpt
from etotu.parsing.masked import masked_csv, masked_xml
from etotu.tests.making import SEIJA, loaded, notice, xml
from etotu.tests.notices import CSV_HEADER, CSV_ROW, csv_batch
from etotu.tests.notices import read as parsed

HARMLESS = re.compile(r"[•\W\d_]+")


def shown(found: Excerpt | None) -> str:
    """All that a reader sees, the marked part between ▶ and ◀."""
    assert found is not None
    lines = ["".join(f"▶{p.text}◀" if p.marked else p.text for p in line.parts) for line in found.lines]
    return "\n".join(lines)


def around(data: bytes, at: int, window: int = 4096) -> Around:
    starts = max(0, at - window)
    return Around(starts, data[starts:at], data[at : at + window], len(data) > at + window)


def broken(data: bytes, name: str) -> FileFault:
    with pytest.raises(FileFault) as raised:
        parsed(data, name)
    return raised.value


class TestMasking:
    def test_names_of_the_format_and_harmless_values_stay(self) -> None:
        text = '<ilmoitus tunnus="K1" versio="2" tyyppi="HAKEMUS" kunta="297" luotu="x"><sukunimi>Malli</sukunimi>'
        assert "".join(part.text for part in masked_xml(text)) == (
            '<ilmoitus tunnus="•••" versio="2" tyyppi="HAKEMUS" kunta="297" luotu="•••"><sukunimi>•••</sukunimi>'
        )

    @pytest.mark.parametrize(
        "text",
        [
            'tunnus="Demolainen',
            "tyyppi='Demolainen'",
            'kunta="Demolainen"',
            "<Demolainen>",
            "</Demolainen tunnus='x'>",
            "<sukunimiDemolainen>",
            "<!-- Demolainen -->",
            "<![CDATA[Demolainen]]>",
            "Demolainen\x00&amp;Demolainen",
            '<etotuEra xmlns="urn:Demolainen" lahettaja="Demolainen" version="Demolainen">',
        ],
    )
    def test_what_is_not_known_is_hidden_wherever_it_stands(self, text: str) -> None:
        assert "Demolainen" not in "".join(part.text for part in masked_xml(text, 3))

    def test_how_many_words_are_hidden_is_not_told(self) -> None:
        assert [part.text for part in masked_xml("<etunimet>Aino  Maria Helena</etunimet>")][2] == "•••"

    def test_of_a_csv_row_only_safe_columns_are_shown(self) -> None:
        row = csv_batch({}).splitlines()[1]
        text = "".join(part.text for part in masked_csv(row))
        assert text.startswith("•••;1;HAKEMUS;680;E;•••;•••;•••")
        assert not any(value in text for value in (CSV_ROW["sukunimi"], CSV_ROW["henkilotunnus"]))

    def test_a_cell_that_is_not_in_its_column_is_hidden(self) -> None:
        assert "680" not in "".join(part.text for part in masked_csv("K1;1;HAKEMUS;680"))


@settings(max_examples=60)
@given(
    texts=st.lists(
        st.text(st.characters(exclude_characters="<&\r\n", exclude_categories=["C"]), min_size=3), max_size=4
    ),
    start=st.integers(0, 300),
    at=st.integers(0, 300),
)
def test_no_text_or_value_of_an_xml_line_is_shown(texts: list[str], start: int, at: int) -> None:
    person = "".join(f"<sukunimi>{text}</sukunimi><x tunnus='{text}'/>" for text in texts)
    line = f'<ilmoitus tunnus="K1" kunta="297"><henkilo>{person}'
    seen = "".join(part.text for part in masked_xml(line[start:], at))
    known = re.sub(r"</?(?:ilmoitus|henkilo|sukunimi)|(?:tunnus|kunta)=|297", "", seen)
    assert HARMLESS.sub("", known) == ""


@settings(max_examples=60)
@given(cells=st.lists(st.text(st.characters(exclude_characters=";\r\n"), min_size=1), min_size=22, max_size=22))
def test_no_cell_of_a_csv_line_is_shown(cells: list[str]) -> None:
    seen = "".join(part.text for part in masked_csv(";".join(cells)))
    allowed = re.compile(r"[•;\"KE\d]*")
    assert allowed.fullmatch(re.sub("true|false", "", seen)), seen


@settings(max_examples=12)
@given(seed=st.integers(0, 1000), cut=st.floats(0.05, 0.98))
def test_no_value_of_a_generated_file_is_in_its_excerpt(seed: int, cut: float) -> None:
    data = b"".join(GeneratedBatch(["297"], 6, date(2018, 10, 12), seed).chunks())
    cells = set(re.findall(r">([^<>]{3,})<", data.decode())) | set(re.findall(r'="([^"]{4,})"', data.decode()))
    spoiled = data[: int(len(data) * cut)]
    fault = broken(spoiled, "era.xml")
    seen = shown(excerpt(around(spoiled, fault.offset), fault.line, None, xml=True, encoding="utf-8"))
    harmless = {"297", "UTF-8", "KELA", "true", "false", "urn:osallistava:etotu:1", *KINDS}
    assert [c for c in cells - harmless if c.strip() and c in seen and not re.fullmatch(r"20\d\d-.*", c)] == []


class TestPlace:
    def test_a_wrong_end_tag_is_marked(self) -> None:
        data = xml(notice()).replace(b"</sukunimi>", b"</etunimet>")
        fault = broken(data, "era.xml")
        seen = shown(excerpt(around(data, fault.offset), fault.line, None, xml=True, encoding="utf-8"))
        assert "<sukunimi>•••▶</etunimet◀>" in seen

    def test_a_file_that_breaks_off_ends_with_the_mark(self) -> None:
        data = xml(notice())[:-40]
        fault = broken(data, "era.xml")
        found = excerpt(around(data, fault.offset), fault.line, None, xml=True, encoding="utf-8")
        assert found is not None
        assert found.at_end
        assert any(part.marked for part in found.lines[-1].parts)

    def test_the_first_wrong_name_of_a_header_is_marked(self) -> None:
        data = csv_batch({}).replace("kunta;", "kuntanumero;").encode()
        fault = broken(data, "era.csv")
        seen = shown(excerpt(around(data, 0), fault.line, fault.column, xml=False, encoding="utf-8"))
        assert seen.startswith("tunnus;versio;tyyppi;▶•••◀;kiireellinen")

    def test_a_row_without_a_header_shows_nothing_of_it(self) -> None:
        data = "\r\n".join(csv_batch({}, {}).splitlines()[1:]).encode()
        fault = broken(data, "era.csv")
        seen = shown(excerpt(around(data, 0), fault.line, fault.column, xml=False, encoding="utf-8"))
        assert "Mäkimalli" not in seen
        assert seen.startswith("▶•••◀;")

    def test_a_quotation_mark_that_is_not_closed_is_marked(self) -> None:
        data = csv_batch({"sukunimi": '"Mäkimalli'}).encode()
        fault = broken(data, "era.csv")
        start = len(CSV_HEADER) + 2
        seen = shown(excerpt(around(data, start), fault.line, fault.column, xml=False, encoding="utf-8"))
        assert '▶"•••◀' in seen

    def test_what_is_no_text_has_no_excerpt(self) -> None:
        data = b"<" + bytes(range(256)) * 4
        assert excerpt(around(data, 1), 1, None, xml=True, encoding="utf-8") is None

    @pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-15", "utf-8-sig"])
    def test_a_file_in_another_encoding_is_read(self, encoding: str) -> None:
        name = encoding.removesuffix("-sig")
        text = f'<?xml version="1.0" encoding="{name}"?>\n<etotuEra><henkilo>Mäkimalli</etotuEra>'
        data = text.encode(encoding)
        fault = broken(data, "era.xml")
        found = excerpt(around(data, fault.offset), fault.line, None, xml=True, encoding=encoding_of(data, xml=True))
        assert "<etotuEra>" in shown(found) or "▶<etotuEra" in shown(found)
        assert "Mäkimalli" not in shown(found)


@pytest.mark.django_db
class TestStored:
    def test_the_place_is_read_from_the_stored_pieces(self) -> None:
        batch = loaded(xml(*(notice(f"K{n}", note="x" * 9000) for n in range(200)))[:-40])
        assert BatchPiece.objects.filter(batch=batch).count() == 2
        found = place_of(batch)
        assert SEIJA not in shown(found.excerpt)
        assert found.excerpt is not None
        assert batch.fault is not None
        assert [line.number for line in found.excerpt.lines][-1] == batch.fault["line"]

    def test_an_older_rejection_is_found_by_its_line(self) -> None:
        batch = loaded(xml(notice("K1"), notice("K2").replace("</sukunimi>", "</x>"), notice("K3")))
        assert batch.fault is not None
        with_offset = shown(place_of(batch).excerpt)
        del batch.fault["offset"]
        assert shown(place_of(batch).excerpt).splitlines() == with_offset.splitlines()

    def test_without_bytes_or_place_it_says_why(self) -> None:
        batch = loaded(xml(notice())[:-40])
        BatchPiece.objects.all().delete()
        assert place_of(batch).why_not is WhyNot.DESTROYED
        assert place_of(Batch(fault={"code": "internal", "line": 0})).why_not is WhyNot.NO_PLACE
