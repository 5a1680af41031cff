"""A number's key and its text are two forms of one thing, and no other text is taken for a key."""

import datetime
from typing import Any

import pytest
from django.db.models import Model
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from cases.models import Appointment, Client, Deadline, Matter
from core.models import Code, CodeList
from core.periods import Period
from municipalities.models import Municipality
from reports.figures.definition import FigureByTraits, Listing
from reports.figures.goals.keys import LIST, GoalKey
from reports.figures.keys import RowKey, UnknownKeyError
from reports.figures.question import Question
from reports.figures.registry import FIGURES, LISTINGS

OCTOBER = Period.parse("2018-10", "2018-10")
EACH = pytest.mark.parametrize("listing", LISTINGS.values(), ids=LISTINGS.keys())

SAVED = {
    "notices_by_type": ["all", "application", "immigrant"],
    "answers": ["all", "decided", "open"],
    "answers_by_type": ["application.decided", "young_unemployed.open"],
    "decision_delay": ["application", "application.none"],
    "first_contact": ["all", "all.none", "application", "application.none", "all.closed"],
    "first_reached": ["all", "all.none", "reduced_amount"],
    "never_investigated": ["all", "social_work_need"],
    "reach": ["all", "long_unemployed"],
    "attendance": ["all", "none", "contact", "all.missed", "all.cancelled", "all.unrecorded"],
    "attendance_by_age": ["all", "application.0-24", "discussion.25-39", "none.60-", "application.unknown"],
    "open_matters": ["all", "all.0-7", "new.8-14", "waiting_transfer.31-"],
    "deadlines_kept": ["all", "decide", "decide_asked.ended", "all.within", "all.late", "assess.kept"],
    "goals": ["all", "none", "debts"],
    "all_goals": ["debts", "mental_health"],
    "no_own_worker": ["all"],
    "silent": ["all"],
    "late": ["all", "law", "own"],
    "held": ["all"],
}
"""Texts that are in people's bookmarks and in scripts: they go on meaning what they do."""


@EACH
def test_every_key_is_read_back_from_its_text(listing: Listing[Any], db: None) -> None:
    every = list(listing.keys.every())
    assert len({str(key) for key in every}) == len(every), "two keys with one text"
    for key in every:
        assert listing.keys.read(str(key)) == key
        assert key.words


@pytest.mark.parametrize("name", SAVED)
def test_texts_that_people_have_saved_are_keys(name: str, db: None) -> None:
    for text in SAVED[name]:
        assert str(LISTINGS[name].keys.read(text)) == text


@EACH
def test_every_key_opens_a_list(listing: Listing[Any], kuopio: Municipality) -> None:
    question = Question(kuopio, OCTOBER, restricted=False)
    models: set[type[Model]] = set()
    for key in listing.keys.every():
        rows = listing.rows(key, question)
        assert not rows.exists()
        models.add(rows.model)
    assert len(models) == 1
    assert models < {Appointment, Client, Deadline, Matter}


def mutations(text: str) -> st.SearchStrategy[str]:
    return st.sampled_from(
        [text + ".", "." + text, text + " ", text.upper(), text + "\0", text + ".all", f"{text}.{text}", text + "'--"]
    )


hostile = st.one_of(
    st.text(max_size=40), st.sampled_from([text for texts in SAVED.values() for text in texts]).flatmap(mutations)
)


@EACH
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=hostile)
@example(text="")
@example(text=".")
@example(text="__class__")
@example(text="application\n")
@example(text="RowKey()")
def test_any_other_text_is_no_key(listing: Listing[Any], text: str, db: None) -> None:
    known = {str(key) for key in listing.keys.every()}
    if text in known:
        assert str(listing.keys.read(text)) == text
    else:
        with pytest.raises(UnknownKeyError):
            listing.keys.read(text)


def test_keys_of_two_figures_are_never_the_same_value() -> None:
    """A key of one cannot be looked up in the other by mistake."""
    answers, types = FIGURES["answers"].keys(), FIGURES["notices_by_type"].keys()
    assert str(answers) == str(types) == "all"
    assert answers != types


def test_the_words_of_a_key_are_those_of_its_parts() -> None:
    def words(name: str, text: str) -> str:
        return str(LISTINGS[name].keys.read(text).words)

    assert words("answers_by_type", "application.decided") == "Hakemus, Tuki päätetty"
    assert words("first_contact", "all.none") == "kaikki, ei yhteyttä"
    assert words("open_matters", "all.0-7") == "0–7 päivää"
    assert words("deadlines_kept", "decide_urgent.late") == "Hakemus, kiireellinen, myöhässä"


def test_a_goal_that_two_lists_have_is_one_key_in_the_words_of_the_later(db: None) -> None:
    later = CodeList.objects.create(name=LIST, version="later", starts=datetime.date(2030, 1, 1))
    Code.objects.create(list=later, position=1, code="debts", fi="Velat", sv="Skulder", en="Debts")
    assert GoalKey.read("debts").words == "Velat"


def test_a_goal_may_not_take_the_text_of_all_or_none(db: None) -> None:
    newest = CodeList.objects.get(name=LIST, version="trial_2018")
    Code.objects.create(list=newest, position=99, code="all", fi="Kaikki", sv="Alla", en="All")
    assert GoalKey.read("all") == GoalKey()


def test_the_registry_knows_each_by_its_own_name() -> None:
    assert all(listing.name == name for name, listing in LISTINGS.items())
    assert len({listing.keys for listing in LISTINGS.values() if listing.keys is not RowKey}) > 10
    assert {name for name, listing in LISTINGS.items() if listing.by_traits} == {
        name for name, figure in FIGURES.items() if isinstance(figure, FigureByTraits)
    }
