from collections.abc import Iterator
from datetime import UTC, date, datetime, time

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.template import Context, Template
from django.utils import translation
from django.utils.formats import date_format, localize

from core.dates import cell_words, clock, day_words, due_state, due_words, long_day, moment, short_day
from core.day_field import DayField
from core.day_limits import Span
from core.working_days import counting

TUESDAY = date(2018, 11, 13)


@pytest.fixture(autouse=True)
def finnish() -> Iterator[None]:
    with translation.override("fi"):
        yield


def test_a_day_is_told_with_its_weekday() -> None:
    assert short_day(date(2018, 11, 14), TUESDAY) == "ke 14.11."
    assert long_day(TUESDAY) == "tiistai 13.11."


def test_a_day_of_another_year_tells_the_year() -> None:
    assert short_day(date(2019, 1, 2), TUESDAY) == "ke 2.1.2019"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2018, 11, 12), "eilen, ma 12.11."),
        (date(2018, 11, 13), "tänään"),
        (date(2018, 11, 14), "huomenna, ke 14.11."),
        (date(2018, 11, 15), "to 15.11."),
    ],
)
def test_near_days_have_a_word(day: date, words: str) -> None:
    assert day_words(day, TUESDAY) == words


@pytest.mark.parametrize(
    ("due", "words", "state"),
    [
        (date(2018, 11, 8), "Myöhässä 3 arkipäivää", "late"),
        (date(2018, 11, 12), "Myöhässä 1 arkipäivän", "late"),
        (date(2018, 11, 13), "Tänään", "soon"),
        (date(2018, 11, 14), "huomenna, ke 14.11.", ""),
        (date(2018, 11, 19), "ma 19.11.", ""),
    ],
)
def test_a_deadline_is_told_in_working_days(due: date, words: str, state: str) -> None:
    assert due_words(due, TUESDAY) == words
    assert due_state(due, TUESDAY) == state


def test_a_deadline_that_passed_just_before_the_weekend_tells_its_day() -> None:
    assert due_words(date(2018, 11, 9), date(2018, 11, 10)) == "Myöhässä, määräaika oli eilen, pe 9.11."


@pytest.mark.parametrize("due", [date(1900, 1, 1), date(2017, 11, 10)])
def test_a_deadline_of_long_ago_tells_its_day_and_counts_nothing(due: date, monkeypatch: pytest.MonkeyPatch) -> None:
    def count(_start: date, _end: date) -> int:
        raise AssertionError("counted over years")

    monkeypatch.setattr("core.dates.working_days_between", count)
    assert due_words(due, TUESDAY) == f"Myöhässä, määräaika oli {short_day(due, TUESDAY)}"


def test_a_day_outside_its_span_is_told_what_can_be_given() -> None:
    for typed in ("31.12.1899", "14.11.2028", "1.1.0001", "31.12.9999"):
        with pytest.raises(forms.ValidationError, match=r"aikaisintaan 1.1.1900 ja viimeistään 13.11.2028"):
            DayField().clean(typed)
    assert DayField(span=Span(back=0, ahead=2)).clean("13.11.2020") == date(2020, 11, 13)
    with pytest.raises(forms.ValidationError, match="Päivä ei voi olla menneisyydessä"):
        DayField(span=Span(back=0, ahead=2)).clean("12.11.2018")
    with pytest.raises(forms.ValidationError, match="Päivä ei voi olla tulevaisuudessa"):
        DayField(span=Span(ahead=0)).clean("14.11.2018")


def test_a_leap_day_of_another_year_is_the_last_of_february() -> None:
    assert Span(back=1, ahead=4).days(date(2020, 2, 29)) == (date(2019, 2, 28), date(2024, 2, 29))


def test_times_are_those_of_helsinki() -> None:
    winter = datetime(2018, 11, 5, 4, 31, tzinfo=UTC)
    assert clock(winter) == "klo 6.31"
    assert clock(time(13, 5)) == "klo 13.05"
    assert moment(winter, TUESDAY) == "ma 5.11. klo 6.31"


def test_a_moment_late_in_the_evening_belongs_to_the_next_day_in_helsinki() -> None:
    assert moment(datetime(2018, 11, 12, 22, 30, tzinfo=UTC), TUESDAY) == "tänään klo 0.30"
    assert moment(datetime(2018, 11, 12, 13, 58, tzinfo=UTC), TUESDAY) == "eilen klo 15.58"


def test_the_strip_of_a_deadline_names_its_days() -> None:
    cells = counting(date(2018, 11, 9), date(2018, 11, 14), TUESDAY)
    assert [cell_words(cell, TUESDAY) for cell in cells] == ["pe 9.11.", "la–su", "ma 12.11.", "tänään", "ke 14.11."]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", ["ons 14.11", "i morgon, ons 14.11", "kl. 13.05", "3 vardagar för sent"]),
        ("en", ["Wed 14 Nov", "tomorrow, Wed 14 Nov", "at 13:05", "3 working days late"]),
    ],
)
def test_swedish_and_english_have_their_own_words(language: str, words: list[str]) -> None:
    tomorrow = date(2018, 11, 14)
    with translation.override(language):
        assert [
            short_day(tomorrow, TUESDAY),
            day_words(tomorrow, TUESDAY),
            clock(time(13, 5)),
            due_words(date(2018, 11, 8), TUESDAY),
        ] == words


def test_templates_have_the_same_words_and_nothing_for_nothing() -> None:
    template = Template("{% load dates %}{{ at|clock }}|{{ day|short_day }}|{{ missing|short_day }}|{{ at|moment }}")
    context = Context({"at": datetime(2018, 11, 5, 4, 31, tzinfo=UTC), "day": date(2018, 11, 5), "missing": None})
    assert template.render(context) == "klo 6.31|ma 5.11.||ma 5.11. klo 6.31"


@pytest.mark.parametrize("language", ["fi", "sv"])
def test_dates_and_numbers_are_written_as_in_finland(language: str) -> None:
    with translation.override(language):
        assert date_format(TUESDAY, "DATE_FORMAT") == "13.11.2018"
        assert localize(12.5) == "12,5"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize("typed", ["13.11.2018", "2018-11-13"])
def test_a_day_can_be_typed_in_the_finnish_way_and_as_iso_in_every_language(language: str, typed: str) -> None:
    with translation.override(language):
        assert forms.DateField().clean(typed) == TUESDAY


@pytest.mark.parametrize("typed", ["31.2.2018", "huomenna"])
def test_a_day_that_cannot_be_is_told_how_to_write_it(typed: str) -> None:
    with pytest.raises(ValidationError) as refused:
        DayField().clean(typed)
    assert refused.value.messages == ["Tarkista päivä. Kirjoita se muodossa p.k.vvvv, esimerkiksi 13.11.2018."]


@pytest.mark.parametrize("typed", ["13.11.2018 13.05", "2018-11-13T13:05", "13.11.2018 13:05"])
def test_a_moment_can_be_typed_with_a_dot_or_a_colon(typed: str) -> None:
    assert forms.DateTimeField().clean(typed).strftime("%H%M %z") == "1305 +0200"
