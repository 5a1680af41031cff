import random
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etotu.faults import FileFault
from etotu.parsing import Limits, RawNotice
from etotu.parsing.csv_batch import _read_records
from etotu.parsing.values import finnish_time
from etotu.tests.notices import CSV_HEADER, SAMPLES, csv_batch, faults, read

SAMPLE = (SAMPLES / "2018-10-12-raisio.csv").read_bytes()


def read_row(**values: str) -> RawNotice:
    (raw,) = read(csv_batch(values).encode())
    return raw


def code_of(data: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(FileFault) as caught:
        read(data, "era.csv", limits)
    return caught.value.code.value


class TestWays:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252"])
    @pytest.mark.parametrize("ending", ["\n", "\r\n"])
    def test_encodings_and_line_ends(self, encoding: str, ending: str) -> None:
        (raw,) = read(csv_batch({"lisatieto": "Äiti ja isä"}, ending=ending).encode(encoding))
        assert raw.content.note == "Äiti ja isä"
        assert not faults(raw)

    def test_the_same_notice_has_the_same_hash_in_any_encoding(self) -> None:
        text = SAMPLE.decode("windows-1252")
        hashes = [
            [raw.content.content_hash for raw in read(text.encode(encoding))]
            for encoding in ("windows-1252", "utf-8", "utf-8-sig")
        ]
        assert hashes[0] == hashes[1] == hashes[2]

    def test_a_last_line_without_an_end_and_blank_lines(self) -> None:
        data = csv_batch({}, {}).replace("\r\n", "\r\n\r\n").rstrip().encode()
        assert [raw.line for raw in read(data)] == [3, 5]

    def test_no_rows_is_a_good_batch(self) -> None:
        assert read(CSV_HEADER.encode()) == []
        assert read(csv_batch().encode()) == []

    @pytest.mark.parametrize("size", [1, 5, 100])
    def test_pieces_of_any_size_give_the_same(self, size: int) -> None:
        pieces = [SAMPLE[at : at + size] for at in range(0, len(SAMPLE), size)]
        assert [raw.values for raw in read(pieces)] == [raw.values for raw in read(SAMPLE)]


class TestQuoting:
    @pytest.mark.parametrize(
        ("written", "note"),
        [
            ('"a;b"', "a;b"),
            ('"sanoi ""ei"" ja lähti"', 'sanoi "ei" ja lähti'),
            ('"rivi 1\r\nrivi 2"', "rivi 1\nrivi 2"),
            ('"rivi 1\r\n\r\n""rivi"" 3"', 'rivi 1\n\n"rivi" 3'),
            ('5" putki', '5" putki'),
            ('""', ""),
        ],
    )
    def test_quoted_fields(self, written: str, note: str) -> None:
        first, second = read(csv_batch({"lisatieto": written}, {"tunnus": "K2"}).encode())
        assert first.content.note == note
        assert not faults(first)
        assert second.tunnus == "K2"

    def test_a_quoted_header_and_quoted_fields_everywhere(self) -> None:
        quoted = "\n".join(";".join(f'"{text}"' for text in line.split(";")) for line in csv_batch({}).splitlines())
        (raw,) = read(quoted.encode())
        assert raw.content == read_row().content

    def test_a_quote_that_is_never_closed_rejects_the_file(self) -> None:
        with pytest.raises(FileFault) as caught:
            read(csv_batch({}, {"lisatieto": '"auki'}, {}).encode())
        assert (caught.value.code.value, caught.value.line) == ("not_well_formed", 3)

    def test_a_row_without_an_end_rejects_the_file(self) -> None:
        limits = Limits(record_chars=1000)
        assert code_of(csv_batch({"lisatieto": '"' + "x\n" * 600}).encode(), limits) == "no_end"
        assert code_of(CSV_HEADER.encode() + b"\n" + b"x" * 200_000, limits) == "no_end"


class TestRejectedFiles:
    @pytest.mark.parametrize(
        "data",
        [
            SAMPLE.replace(b"lisatieto", b"lisatiedot", 1),
            SAMPLE.partition(b"\n")[2],
            b"tunnus",
        ],
    )
    def test_wrong_header(self, data: bytes) -> None:
        assert code_of(data) == "wrong_header"

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (SAMPLE.replace(b";", b","), "commas"),
            (SAMPLE.replace(b";", b"\t"), "commas"),
            (SAMPLE.replace(b"\r\n", b"\r"), "bare_cr"),
            (SAMPLE.decode("cp1252").encode("utf-16"), "utf_16"),
            (SAMPLE.decode("cp1252").encode("utf-16-le"), "utf_16"),
            (b"PK\x03\x04..[Content_Types].xml", "spreadsheet"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "spreadsheet"),
            (b"PK\x03\x04..era.xml", "archive"),
            (b"\x1f\x8b\x08", "archive"),
            (b"\x89PNG\r\n", "picture"),
            (b"%PDF-1.7", "picture"),
        ],
    )
    def test_the_real_reason_is_told(self, data: bytes, reason: str) -> None:
        with pytest.raises(FileFault) as caught:
            read(data, "era.csv")
        assert caught.value.code.value == reason
        assert caught.value.message

    def test_rows_and_columns_at_the_end_without_any_text_are_passed_over(self) -> None:
        rows = csv_batch({}, {"tunnus": "K2"}).replace("\r\n", ";; ;\r\n")
        empty = ";" * 24 + "\r\n" + " ; \N{NO-BREAK SPACE};\N{ZERO WIDTH SPACE}" + ";" * 19 + "\r\n"
        found = read((rows + empty * 3).encode())
        assert [(raw.tunnus, faults(raw)) for raw in found] == [("K1", []), ("K2", [])]

    def test_empty(self) -> None:
        assert code_of(b"") == "empty"

    def test_bytes_that_are_no_text(self) -> None:
        assert code_of(csv_batch({}).encode().replace(b"Impi", b"Imp\x81")) == "undecodable"

    def test_two_encodings_in_one_file(self) -> None:
        windows = csv_batch({"lisatieto": "ä"}).encode("cp1252")
        utf = csv_batch({"lisatieto": "ä"}).partition("\n")[2].encode()
        assert code_of(windows + utf) == "undecodable"
        assert code_of(csv_batch({"lisatieto": "ä"}).encode() + windows.partition(b"\n")[2]) == "undecodable"


class TestRows:
    def test_a_wrong_number_of_fields_is_a_fault_of_the_row_alone(self) -> None:
        data = csv_batch({"lisatieto": "a;b"}, {"tunnus": "K2"}).encode() + b"K3;1;HAKEMUS;680\r\n"
        many, good, few = read(data)
        assert faults(many) == [("", "field_count")]
        assert (many.tunnus, many.versio, many.content.municipality) == ("K1", 1, "680")
        assert not faults(good)
        assert faults(few) == [("", "field_count")]
        assert (few.tunnus, few.content.kind) == ("K3", "HAKEMUS")
        assert many.content.content_hash != few.content.content_hash

    def test_nul_is_a_fault_of_the_row_alone(self) -> None:
        odd, good = read(csv_batch({"sukunimi": "Mä\0ki", "versio": "x"}, {}).encode())
        assert faults(odd) == [("", "control_character"), ("versio", "unreadable")]
        assert "\0" not in str(odd.values)
        assert not faults(good)

    def test_values(self) -> None:
        raw = read_row(
            paatospvm="11.10.2018",
            kausi_alkaa="1.10.2018",
            kausi_paattyy="28.10.2018",
            kiireellinen="K",
            turvakielto="K",
        )
        content = raw.content
        assert content.urgent
        assert content.person
        assert content.person.non_disclosure
        assert content.created_at == datetime(2018, 10, 11, 7, 55, tzinfo=UTC)
        assert content.application
        assert content.application.period_start == date(2018, 10, 1)

    def test_months_follow_from_the_type(self) -> None:
        raw = read_row(tyyppi="NUORI_TYOTON", saapunut="", henkilotunnus="240999-907R")
        assert raw.content.unemployment
        assert raw.content.unemployment.months == 4
        assert raw.content.application is None

    def test_a_reduction_needs_no_beginning_and_a_need_no_reason(self) -> None:
        assert not faults(read_row(tyyppi="ALENNETTU_PERUSOSA", saapunut="", alennus_prosentti="40"))
        assert not faults(read_row(tyyppi="SOSIAALITYON_TARVE", saapunut=""))

    @pytest.mark.parametrize(
        ("values", "field", "code"),
        [
            ({"saapunut": ""}, "hakemus.saapunut", "missing"),
            ({"saapunut": "2018-10-09"}, "hakemus.saapunut", "unreadable"),
            ({"saapunut": "31.9.2018"}, "hakemus.saapunut", "unreadable"),
            ({"luotu": "11.10.2018"}, "luotu", "unreadable"),
            ({"luotu": "11.10.2018 25.00"}, "luotu", "unreadable"),
            ({"kiireellinen": "true"}, "kiireellinen", "unreadable"),
            ({"tyyppi": "ALENNETTU_PERUSOSA", "saapunut": ""}, "perusosa.alennusProsentti", "missing"),
            ({"lisatieto": "x" * 10_001}, "lisatieto", "too_long"),
        ],
    )
    def test_faulty_values(self, values: dict[str, str], field: str, code: str) -> None:
        assert faults(read_row(**values)) == [(field, code)]


class TestHelsinkiTime:
    def test_summer_and_winter(self) -> None:
        assert finnish_time("12.7.2018 8.05") == datetime(2018, 7, 12, 5, 5, tzinfo=UTC)
        assert finnish_time("12.12.2018 08.05") == datetime(2018, 12, 12, 6, 5, tzinfo=UTC)

    def test_the_doubled_hour_is_its_first_passing(self) -> None:
        assert finnish_time("28.10.2018 3.30") == datetime(2018, 10, 28, 0, 30, tzinfo=UTC)

    def test_the_hour_that_does_not_exist_is_read_as_if_the_clock_had_not_moved(self) -> None:
        assert finnish_time("25.3.2018 3.30") == datetime(2018, 3, 25, 1, 30, tzinfo=UTC)


@settings(max_examples=150)
@given(st.integers(0, 2**32))
def test_a_damaged_file_is_read_or_rejected(seed: int) -> None:
    chance = random.Random(seed)
    damaged = bytearray(SAMPLE[: chance.randrange(len(CSV_HEADER), len(SAMPLE))])
    for _ in range(chance.randrange(5)):
        damaged[chance.randrange(len(damaged))] = chance.choice([0, 10, 13, 34, 59, 195, 255, chance.randrange(256)])
    try:
        rows = read(bytes(damaged))
    except FileFault:
        return
    for raw in rows:
        assert raw.content.content_hash
        faults(raw)


@given(st.lists(st.lists(st.text(alphabet='ab";\n', max_size=6), min_size=2, max_size=4), max_size=5))
def test_quoting_reads_what_was_written(records: list[list[str]]) -> None:
    lines = "\n".join(";".join('"' + text.replace('"', '""') + '"' for text in record) for record in records)
    found = _read_records(iter(enumerate(lines.split("\n"), 1)), Limits())
    assert [record.fields for record in found] == [record for record in records if any(map(str.strip, record))]
