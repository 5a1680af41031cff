import resource
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etotu.faults import FileFault
from etotu.parsing import Expense, Limits, open_batch
from etotu.tests.notices import SAMPLES, batch, faults, flags, notice, read, read_one

SAMPLE = (SAMPLES / "2018-10-15-kemijarvi-errors.xml").read_bytes()


def rejected(data: bytes, name: str = "era.xml", limits: Limits | None = None) -> FileFault:
    with pytest.raises(FileFault) as caught:
        read(data, name, limits)
    return caught.value


def code_of(data: bytes, name: str = "era.xml", limits: Limits | None = None) -> str:
    return rejected(data, name, limits).code.value


class TestContent:
    def test_every_value_is_typed(self) -> None:
        raw = read_one(
            '<hakemus saapunut="2018-10-10" paatospvm="2018-10-11" kausiAlkaa="2018-10-01" kausiPaattyy="2018-10-31">'
            '<meno laji="VUOKRARASTI" euroa="651.5"/><meno laji="MUU" euroa="3"/></hakemus>'
            "<lisatieto>Kaksi\nriviä.</lisatieto>",
            tyyppi="HAKEMUS",
            kiireellinen="1",
        )
        content = raw.content
        assert content.urgent
        assert content.created_at == datetime(2018, 10, 11, 5, 10, 58, tzinfo=UTC)
        assert content.application
        assert content.application.period_end == date(2018, 10, 31)
        assert content.application.expenses == (Expense("VUOKRARASTI", 65150), Expense("MUU", 300))
        assert content.note == "Kaksi\nriviä."
        assert content.person
        assert content.person.family_name == "Ala-Testi"
        assert not content.person.non_disclosure

    def test_json_holds_everything_but_the_person_and_the_attachments(self) -> None:
        raw = read_one('<liite nimi="lasku.txt" mime="text/plain">TGFza3U=</liite><lisatieto>Huom</lisatieto>')
        text, digest = raw.content.json_and_hash()
        assert digest == raw.content.content_hash
        assert "Huom" in text
        assert "Ala-Testi" not in text
        assert "240992" not in text
        assert "lasku" not in text

    def test_the_hash_is_of_the_content_and_not_of_its_writing(self) -> None:
        one = read_one(luotu="2018-10-11T08:10:58+03:00", kiireellinen=None, tunnus="A", versio="1")
        same = read_one(luotu="2018-10-11T05:10:58Z", kiireellinen="0", tunnus="B", versio="2")
        other = read_one("<lisatieto>x</lisatieto>", luotu="2018-10-11T05:10:58Z")
        unread = read_one(luotu="eilen")
        also_unread = read_one(luotu="tänään")
        assert one.content.content_hash == same.content.content_hash
        hashes = {raw.content.content_hash for raw in (one, other, unread, also_unread)}
        assert len(hashes) == 4

    def test_a_print_of_a_notice_names_nobody(self) -> None:
        raw = read_one(sukunimi_ei_ole="x")
        assert "Ala-Testi" not in f"{raw!r}{raw.content!r}{raw.content.person!r}{raw.content.attachments!r}"

    def test_version_is_one_when_it_is_not_told(self) -> None:
        assert read_one(versio=None).versio == 1
        assert read_one(versio="").versio == 1
        assert read_one(versio="0").versio is None

    def test_names_lose_their_line_breaks(self) -> None:
        raw = read_one(person="<sukunimi>\n  Ala-\n Testi </sukunimi>")
        assert raw.content.person
        assert raw.content.person.family_name == "Ala- Testi"

    def test_comments_and_cdata_are_no_hindrance(self) -> None:
        raw = read_one("<lisatieto>a<!-- välissä -->b<![CDATA[<c>]]>&#228;</lisatieto>")
        assert raw.content.note == "ab<c>ä"


class TestOddThings:
    def test_unknown_elements_are_kept_and_flagged(self) -> None:
        raw = read_one(
            '<uusi a="1">teksti<sisalla>lisää</sisalla></uusi>',
            person="<sukunimi>Testi</sukunimi><etunimet>Impi</etunimet><lempinimi>Testa</lempinimi>",
            uutuus="2",
        )
        assert raw.content.other == {"@uutuus": "2", "uusi": "tekstilisää", "uusi@a": "1"}
        assert raw.content.person
        assert raw.content.person.other == {"henkilo.lempinimi": "Testa"}
        assert raw.content.person.family_name == "Testi"
        assert set(flags(raw)) == {
            ("@uutuus", "unknown_attribute"),
            ("uusi", "unknown_element"),
            ("uusi@a", "unknown_attribute"),
            ("henkilo.lempinimi", "unknown_element"),
        }

    def test_an_unknown_element_inside_a_text_leaves_the_text(self) -> None:
        raw = read_one(
            "<lisatieto>alku <b>väli</b>loppu</lisatieto><liite nimi='a' mime='text/plain'>TG<x>Ä</x>Fz</liite>"
        )
        assert raw.content.note == "alku loppu"
        assert raw.content.attachments[0].read() == b"Las"

    def test_an_element_of_another_namespace_is_unknown(self) -> None:
        raw = read_one('<lisatieto xmlns="urn:muu">Huom</lisatieto>')
        assert raw.content.note == ""
        assert flags(raw) == [("lisatieto", "unknown_element")]

    @pytest.mark.parametrize(
        "inside",
        ["<lisatieto>a</lisatieto><lisatieto>b</lisatieto>", "<henkilo/>", '<tyottomyys kuukausia="4"/>' * 2],
    )
    def test_a_repeated_part_is_a_fault(self, inside: str) -> None:
        raw = read_one(inside)
        assert [code for _, code in faults(raw)] == ["repeated"]
        assert raw.content.person
        assert raw.content.person.family_name == "Ala-Testi"

    def test_too_many_parts_are_a_fault_and_take_no_memory(self) -> None:
        expenses = '<meno laji="MUU" euroa="1.00"/>' * 5
        data = batch(notice(f'<hakemus saapunut="2018-10-10">{expenses}</hakemus>', tyyppi="HAKEMUS"))
        (raw,) = read(data, limits=Limits(expenses=3))
        assert raw.content.application
        assert len(raw.content.application.expenses) == 3
        assert faults(raw) == [("hakemus.meno", "too_many")]

    def test_an_unknown_part_beside_the_notices_is_passed_over(self) -> None:
        assert len(read(batch("<tiivistelma><a>x</a></tiivistelma>", notice(), "teksti", count=1))) == 1


class TestRejectedFiles:
    @pytest.mark.parametrize("data", [b"", b"  \r\n ", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
    def test_nothing_at_all(self, data: bytes) -> None:
        assert code_of(data) == "empty"

    def test_a_cut_file_is_rejected_where_it_breaks_off(self) -> None:
        fault = rejected(SAMPLE[: SAMPLE.index(b"</etotuEra>")])
        assert fault.code.value == "not_well_formed"
        assert fault.line == SAMPLE.count(b"\n")

    def test_a_file_that_breaks_late_gives_the_place(self) -> None:
        data = SAMPLE.replace(
            b"<turvakielto>false</turvakielto>\n    </henkilo>", b"<turvakielto>false</turvakielt>", 1
        )
        fault = rejected(data)
        assert (fault.code.value, fault.line) == ("not_well_formed", 13)
        assert fault.column > 1

    @pytest.mark.parametrize(
        "declaration",
        [
            "<!DOCTYPE etotuEra>",
            '<!DOCTYPE etotuEra SYSTEM "file:///etc/passwd">',
            '<!DOCTYPE etotuEra [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">]>',
            '<!DOCTYPE etotuEra [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        ],
    )
    def test_any_doctype(self, declaration: str) -> None:
        fault = rejected(batch(notice("<lisatieto>&x;</lisatieto>"), head=declaration))
        assert (fault.code.value, fault.line) == ("doctype", 1)

    def test_an_entity_that_nobody_declared(self) -> None:
        assert code_of(batch(notice("<lisatieto>&x;</lisatieto>"))) == "not_well_formed"

    @pytest.mark.parametrize(
        "data",
        [
            b"<etotuEra/>",
            b'<etotuEra xmlns="urn:osallistava:etotu:2"/>',
            b"<html><body/></html>",
            batch(notice()).replace(b"<ilmoitus", b'<ilmoitus xmlns="urn:muu"'),
        ],
    )
    def test_another_namespace(self, data: bytes) -> None:
        assert code_of(data) == "wrong_namespace"

    @pytest.mark.parametrize(
        ("old", "new", "name"),
        [
            (b'eraTunnus="E1"', b"", "eraTunnus"),
            (b'lahettaja="KELA"', b'lahettaja=" "', "lahettaja"),
            (b"05:30:00+03:00", b"05:30:00", "lahetysaika"),
            (b'ilmoitustenMaara="1"', b'ilmoitustenMaara="-1"', "ilmoitustenMaara"),
            (b'ilmoitustenMaara="1"', b'ilmoitustenMaara="99999999999"', "ilmoitustenMaara"),
        ],
    )
    def test_a_faulty_envelope(self, old: bytes, new: bytes, name: str) -> None:
        fault = rejected(batch(notice()).replace(old, new, 1))
        assert fault.code.value == "wrong_header"
        assert fault.params == {"name": name}
        assert name in fault.message

    @pytest.mark.parametrize(
        "data",
        [
            batch(notice()).replace(b"Ritva", b"Ritv\xe4"),
            b'<?xml version="1.0" encoding="TUNTEMATON"?>' + batch(notice()),
            b'<?xml version="1.0" encoding="gbk"?>' + batch(notice()),
            b'<?xml version="1.0" encoding="UTF-16"?>' + batch(notice()),
        ],
    )
    def test_undecodable(self, data: bytes) -> None:
        assert code_of(data) == "undecodable"

    def test_nul(self) -> None:
        assert code_of(batch(notice()).replace(b"Ritva", b"Rit\0va")) == "not_well_formed"

    def test_too_large(self) -> None:
        fault = rejected(batch(*[notice()] * 5000), limits=Limits(file_bytes=1024 * 1024))
        assert (fault.code.value, fault.params) == ("too_large", {"limit": 1})

    def test_too_deep(self) -> None:
        assert len(read(batch(notice("<a>" * 30 + "</a>" * 30)))) == 1
        assert code_of(batch(notice("<a>" * 31 + "</a>" * 31))) == "too_deep"
        assert code_of(batch("<a>" * 32 + "</a>" * 32)) == "too_deep"

    def test_a_fault_after_good_rows_still_rejects(self) -> None:
        opened = open_batch([batch(notice(), notice()).replace(b"</etotuEra>", b"<rikki>")], file_name="x")
        with pytest.raises(FileFault):
            list(opened)


class TestWays:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252", "iso-8859-1"])
    def test_encodings(self, encoding: str) -> None:
        declared = "utf-8" if encoding == "utf-8-sig" else encoding
        text = f'<?xml version="1.0" encoding="{declared}"?>' + batch(notice("<lisatieto>Äiti</lisatieto>")).decode()
        (raw,) = read(text.encode(encoding))
        assert raw.content.note == "Äiti"

    def test_the_content_tells_what_a_file_is_and_not_its_name(self) -> None:
        assert len(read(SAMPLE, "erä.csv")) == 12
        assert len(read((SAMPLES / "2018-10-12-raisio.csv").read_bytes(), "erä.xml")) == 12

    def test_an_envelope_without_notices_is_a_good_batch(self) -> None:
        assert read(batch()) == []

    @pytest.mark.parametrize("size", [1, 3, 7, 64, 1000])
    def test_pieces_of_any_size_give_the_same(self, size: int) -> None:
        pieces = [SAMPLE[at : at + size] for at in range(0, len(SAMPLE), size)]
        assert [raw.content.content_hash for raw in read(pieces)] == [raw.content.content_hash for raw in read(SAMPLE)]


class TestMemory:
    """Measured as the growth of the process's highest use, which other tests can only hide, never cause."""

    def grown(self, chunks: Iterator[bytes]) -> int:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        try:
            for _ in open_batch(chunks, file_name="x"):
                pass
        except FileFault as fault:
            self.fault: str = fault.code.value
        return (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024

    def around(self, start: str, middle: bytes, pieces: int, end: str) -> Iterator[bytes]:
        yield batch(count=1).removesuffix(b"</etotuEra>") + notice("@").partition("@")[0].encode() + start.encode()
        for _ in range(pieces):
            yield middle
        yield end.encode() + b"</ilmoitus></etotuEra>"

    def test_a_long_text_is_a_fault_of_its_row(self) -> None:
        chunks = list(self.around("<lisatieto>", b"a" * 1_000_000, 30, "</lisatieto>"))
        assert self.grown(iter(chunks)) < 25
        (raw,) = read(chunks)
        assert faults(raw) == [("lisatieto", "too_long")]

    @pytest.mark.parametrize("start", ["<lisatieto>", "<uusi>", "<liite nimi='a.txt' mime='text/plain'>", "   "])
    def test_a_text_without_an_end_rejects_the_file(self, start: str) -> None:
        blank = b" " if start.isspace() else b"A"
        assert self.grown(self.around(start, blank * 1_048_576, 66, "")) < 40
        assert self.fault == "no_end"

    def test_a_tag_without_an_end_rejects_the_file(self) -> None:
        assert self.grown(self.around("<uusi a='", b"a" * 1_048_576, 20, "'/>")) < 60
        assert self.fault == "no_end"

    def test_many_notices(self) -> None:
        piece = notice("<lisatieto>" + "pitkä teksti " * 100 + "</lisatieto>").encode() * 50
        head, end = batch(count=1).removesuffix(b"</etotuEra>"), b"</etotuEra>"
        assert self.grown(iter([head, *[piece] * 100, end])) < 15


@settings(max_examples=150)
@given(st.data())
def test_a_damaged_file_is_read_or_rejected(data: st.DataObject) -> None:
    damaged = bytearray(SAMPLE[: data.draw(st.integers(0, len(SAMPLE)))])
    for _ in range(data.draw(st.integers(0, 4))):
        if damaged:
            damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    try:
        rows = read(bytes(damaged))
    except FileFault:
        return
    for raw in rows:
        assert raw.content.content_hash
        faults(raw)


def test_lines_before_the_declaration_are_passed_over_and_counted() -> None:
    whole = batch(notice(), head='<?xml version="1.0" encoding="UTF-8"?>\n')
    before = b"\r\n\n  "
    (raw,) = read(b"\xef\xbb\xbf" + before + whole)
    assert not raw.faults
    assert raw.line == 4
    with pytest.raises(FileFault) as caught:
        read(before + whole[:-5])
    assert caught.value.line == 4
    assert caught.value.offset == len(before) + len(whole) - len(b"</etotuEra>"), "where the broken tag begins"
