from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.fi import hetu

from core.identity_code import CENTURIES, CHECK_CHARACTERS, IdentityCodeError, age, check_character, parse

# fmt: off
DVV_TEST_CODES = [
    "010594Y9032", "010594Y9021", "020594X903P", "020594X902N", "030594W903B", "030694W9024", "040594V9030",
    "040594V902Y", "050594U903M", "050594U902L", "010516B903X", "010516B902W", "020516C903K", "020516C902J",
    "030516D9037", "030516D9026", "010501E9032", "020502E902X", "020503F9037", "020504A902E", "020504B904H",
]
# fmt: on


def code(birth: str = "150680", separator: str = "-", number: str = "987") -> str:
    return f"{birth}{separator}{number}{check_character(birth, number)}"


@pytest.mark.parametrize("text", DVV_TEST_CODES)
def test_the_population_registers_test_codes_are_read(text: str) -> None:
    assert parse(text).text == text


@pytest.mark.parametrize(("separator", "century"), CENTURIES.items())
def test_every_separator_tells_its_century(separator: str, century: int) -> None:
    assert parse(code("130504", separator)).birth_date == date(century + 4, 5, 13)


def test_a_separator_is_never_replaced_by_another_of_its_century() -> None:
    assert parse(code(separator="Y")) != parse(code(separator="-"))
    assert parse(code(separator="Y")).text[6] == "Y"


def test_blanks_around_and_small_letters_are_forgiven() -> None:
    assert parse(" 020594x903p\n") == parse("020594X903P")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "form"),
        ("150680", "form"),
        ("150680 -9871", "form"),
        ("150680/9871", "form"),
        ("150680\N{EN DASH}9871", "form"),
        ("15068O-9871", "form"),
        ("٠١٠٥٩٤Y9032", "form"),
        ("150680-987I", "form"),
        ("020594\N{LATIN SMALL LETTER LONG S}903P", "form"),
        (code(number="000"), "form"),
        (code(number="001"), "form"),
        (code("310280"), "date"),
        (code("290201", "A"), "date"),
        (code("150080"), "date"),
        ("010594Y9033", "check"),
    ],
)
def test_a_fault_is_named_by_its_kind(text: str, fault: str) -> None:
    with pytest.raises(IdentityCodeError) as caught:
        parse(text)
    assert caught.value.code == fault


def test_an_error_does_not_repeat_the_code() -> None:
    with pytest.raises(IdentityCodeError) as caught:
        parse("010594Y9033")
    assert "010594" not in f"{caught.value!r} {caught.value}"


def test_printing_a_code_shows_only_its_mask() -> None:
    parsed = parse(code())
    assert parsed.mask() == "150680-••••"
    assert "987" not in f"{parsed} {parsed!r}"


def test_the_individual_number_tells_whether_the_code_is_artificial() -> None:
    assert parse(code(number="900")).artificial
    assert not parse(code(number="899")).artificial


@pytest.mark.parametrize(
    ("birth", "day", "years"),
    [
        (date(1993, 11, 14), date(2018, 11, 13), 24),
        (date(1993, 11, 14), date(2018, 11, 14), 25),
        (date(1992, 2, 29), date(2017, 2, 28), 24),
        (date(1992, 2, 29), date(2017, 3, 1), 25),
        (date(2018, 11, 14), date(2018, 11, 13), -1),
    ],
)
def test_age_changes_on_the_birthday(birth: date, day: date, years: int) -> None:
    assert age(birth, day) == years


near_codes = st.builds(
    lambda birth, separator, number, check: birth + separator + number + check,
    st.one_of(
        st.dates().map(lambda day: f"{day:%d%m}{day.year % 100:02}"),
        st.text("0123456789", min_size=6, max_size=6),
    ),
    st.sampled_from("+-YXWVUABCDEFGZ /"),
    st.text("0123456789", min_size=3, max_size=3),
    st.sampled_from(CHECK_CHARACTERS + "GIOQZ"),
)


@given(near_codes, st.booleans())
def test_verdicts_equal_those_of_python_stdnum(text: str, repair: bool) -> None:
    if repair:
        text = text[:10] + check_character(text[:6], text[7:10])
    try:
        ours = parse(text).text
    except IdentityCodeError:
        ours = None
    try:
        theirs = hetu.validate(text, allow_temporary=True)
    except hetu.ValidationError:
        theirs = None
    assert ours == theirs


@given(st.text(max_size=14))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(IdentityCodeError):
        assert parse(text).text in text.upper()
