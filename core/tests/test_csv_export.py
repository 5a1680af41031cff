import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.csv_export import cell, csv_bytes


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "\N{NO-BREAK SPACE}@", "＝"])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(start: str) -> None:
    assert cell(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("text", ["Hakemus", "1-2", "a=b", "", "'jo lainattu", " sisennys"])
def test_other_text_stays(text: str) -> None:
    assert cell(text) == text


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (-5, "-5"),
        (0, "0"),
        (-1.5, "-1,5"),
        (51.0, "51,0"),
        (1e-7, "0,0000001"),
        (Decimal("793.38"), "793,38"),
        (None, ""),
        (date(2018, 11, 5), "05.11.2018"),
        (datetime(2018, 11, 5, 4, 31, tzinfo=UTC), "05.11.2018 06.31"),
    ],
)
def test_numbers_and_days_are_written_as_in_finland(value: float | None, written: str) -> None:
    assert cell(value) == written


def test_the_file_is_utf_8_with_its_mark_and_semicolons() -> None:
    assert csv_bytes([["Tyyppi", "%"], ["Näyte; toinen", 51.5]]) == (
        b"\xef\xbb\xbfTyyppi;%\r\n" + '"Näyte; toinen";51,5\r\n'.encode()
    )


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=9), min_size=1), max_size=4))
def test_every_text_comes_back_and_none_is_a_formula(rows: list[list[str]]) -> None:
    read = list(csv.reader(io.StringIO(csv_bytes(rows).decode("utf-8-sig"), newline=""), delimiter=";"))
    assert [[text.removeprefix("'") for text in line] for line in read] == [
        [text.removeprefix("'") for text in line] for line in rows
    ]
    assert not any(text[:1] in set("=+-@\t\r") for line in read for text in line if text)
