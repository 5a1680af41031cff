"""What is written for COPY comes back from a table as it was."""

import datetime
from typing import Any

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from core.copy_text import LINES_OF_A_BLOCK, CopyText

COLUMNS = "place int, word text, raw bytea, yes bool, day date, moment timestamptz"
# PostgreSQL takes neither NUL nor half a character
WORDS = st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]))
DAYS = st.dates(datetime.date(1900, 1, 1), datetime.date(2100, 1, 1))
MOMENTS = st.datetimes(
    datetime.datetime(1900, 1, 1),  # noqa: DTZ001
    datetime.datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.just(datetime.UTC),
)
ROWS = st.tuples(*(st.none() | one for one in (WORDS, st.binary(), st.booleans(), DAYS, MOMENTS)))


def through_a_table(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    text = CopyText()
    for place, row in enumerate(rows):
        text.add((place, *row))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE copied ({COLUMNS}) ON COMMIT DROP")
        with cursor.copy("COPY copied FROM STDIN") as copy:
            for block in text.blocks():
                copy.write(block)
        cursor.execute("SELECT word, raw, yes, day, moment FROM copied ORDER BY place")
        found: list[tuple[Any, ...]] = cursor.fetchall()
        cursor.execute("DROP TABLE copied")
        return found


class TestAny(TestCase):
    @settings(max_examples=60)
    @given(st.lists(ROWS, max_size=8))
    def test_rows_come_back(self, rows: list[tuple[Any, ...]]) -> None:
        assert through_a_table(rows) == rows


@pytest.mark.parametrize("word", ["\\N", "\\.", "\\", "a\tb\nc\rd", "\\t", "", "\\x41"])
def test_words_that_mean_something_to_copy(db: None, word: str) -> None:
    assert through_a_table([(word, b"\\", True, None, None)]) == [(word, b"\\", True, None, None)]


@pytest.mark.parametrize("rows", [0, 1, LINES_OF_A_BLOCK, LINES_OF_A_BLOCK + 1])
def test_every_row_is_in_a_block(rows: int) -> None:
    text = CopyText()
    for number in range(rows):
        text.add((number,))
    assert text.rows == rows
    assert b"".join(text.blocks()).split() == [str(number).encode() for number in range(rows)]
