"""Stray quotation marks: nobody becomes a text of somebody else (rule 17)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etotu.faults import FileFault
from etotu.parsing import RawNotice
from etotu.tests.notices import CSV_HEADER, CSV_ROW, csv_batch, faults, read

CODES = ("240992-907R", "010180-9026", "100190-999P", "170863-9809")
NBSP = "\N{NO-BREAK SPACE}"


def codes_of(raw: RawNotice) -> list[str]:
    """The codes in the row as it came."""
    text = str(raw.values)
    return [code for code in CODES if code in text]


@pytest.mark.parametrize(
    "notes",
    [
        ('"soittaa iltaisin', '"Pekka" kertoi'),
        ('"soittaa iltaisin', 'pituus 6"'),
        ('"soittaa iltaisin', '"'),
        ('"soittaa iltaisin', 'kertoi";'),
        ('"soittaa iltaisin', f'"{NBSP}'),
        ('"soittaa iltaisin', '"\t'),
        ('"soittaa ""iltaisin', 'kertoi ""Pekka"" ja lähti"'),
    ],
)
@pytest.mark.parametrize("ending", ["\r\n", "\n"])
def test_a_row_that_swallowed_another_is_faulty_and_holds_both(notes: tuple[str, str], ending: str) -> None:
    rows = [{"lisatieto": note, "henkilotunnus": code} for note, code in zip(notes, CODES, strict=False)]
    (raw,) = read(csv_batch(*rows, ending=ending).encode())
    assert ("", "quotes") in faults(raw) or ("", "field_count") in faults(raw)
    assert raw.broken
    assert codes_of(raw) == list(CODES[:2])


def test_a_short_row_that_was_swallowed_makes_the_other_faulty_too() -> None:
    short = "K9;1;HAKEMUS;680;E;11.10.2018 10.55;010180-9026;Nielty;Impi"
    lines = csv_batch({"lisatieto": '"soittaa'}).strip().split("\r\n")
    data = "\r\n".join([*lines, short, 'ja niin edelleen"', ""])
    swallowing = read(data.encode())[0]
    assert faults(swallowing) == [("", "quotes")]
    assert "010180-9026" in codes_of(swallowing)


def test_text_after_a_closing_mark_is_a_fault_and_blanks_are_none() -> None:
    torn, blank, tab, hard, plain = read(
        csv_batch(
            {"lisatieto": '"Pekka" kertoi'},
            {"lisatieto": '"Pekka" '},
            {"lisatieto": '"Pekka"\t'},
            {"lisatieto": f'"Pekka"{NBSP}'},
            {"lisatieto": 'sanoi "ei"'},
        ).encode()
    )
    assert faults(torn) == [("", "quotes")]
    assert not torn.broken, "on one line nobody else can be in it"
    assert [faults(raw) for raw in (blank, tab, hard, plain)] == [[], [], [], []]
    assert blank.content.note == tab.content.note == hard.content.note == "Pekka"


def test_several_lines_in_quotes_are_no_fault() -> None:
    note = '"Vuokra; sähkö; vesi\r\nvelat: a; b; c; d; e; f; g\r\n""soittaa"""'
    (raw,) = read(csv_batch({"lisatieto": note}).encode())
    assert not faults(raw)
    assert raw.content.note.endswith('"soittaa"')


def test_what_is_over_of_a_broken_row_is_not_cut_off() -> None:
    line = csv_batch({}).strip().split("\r\n")[1]
    people = ";".join(line.replace("240992-907R", code) for code in CODES)
    (raw,) = read(f"{CSV_HEADER}\r\n{people}\r\n".encode())
    assert codes_of(raw) == list(CODES)


@settings(max_examples=300, deadline=None)
@given(
    places=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 21), st.integers(0, 40)), max_size=6),
    mark=st.sampled_from(['"', '""', '";', ';"', '"\t', "\n", '"\r\n']),
    ending=st.sampled_from(["\r\n", "\n"]),
)
def test_everybody_is_loaded_under_the_own_code_or_is_in_a_faulty_record(
    places: list[tuple[int, int, int]], mark: str, ending: str
) -> None:
    """Whatever stray marks are put into a good file: no code stands in the text of a good row."""
    names = CSV_HEADER.split(";")
    rows = [
        {**CSV_ROW, "tunnus": f"K{number}", "henkilotunnus": code, "lisatieto": "Soittaa iltaisin."}
        for number, code in enumerate(CODES)
    ]
    for row, column, at in places:
        text = rows[row].get(names[column], "")
        rows[row][names[column]] = text[:at] + mark + text[at:]
    try:
        found = read(csv_batch(*rows, ending=ending).encode())
    except FileFault:
        return
    own = dict.fromkeys(CODES, False)
    for raw in found:
        person = raw.content.person
        good = not faults(raw)
        for code in codes_of(raw):
            is_own = person is not None and person.identity_code == code
            assert is_own or not good, "a code in the text of somebody else"
            own[code] = True
    split = {code for code in CODES if not own[code]}
    assert all(spoiled(code, rows) for code in split), "nobody is gone"


def spoiled(code: str, rows: list[dict[str, str]]) -> bool:
    """A mark inside the code itself leaves it in pieces, in a row of its own."""
    return all(row["henkilotunnus"] != code for row in rows)
