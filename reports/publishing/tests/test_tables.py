"""What the tables of an edition count."""

import datetime
import json

import pytest

from accounts.models import User
from cases.models import MatterKind
from core.models import Code
from core.row_security import set_scope
from core.spread import Spread
from core.suppression import Reason
from municipalities.models import Municipality, TrialPeriod
from reports.figures.goals.keys import CodedGoal, GoalKey
from reports.figures.goals.recorded import recorded
from reports.figures.question import Question
from reports.publishing.groups import CODES, GoalGroup
from reports.publishing.periods import EditionPeriod, Sort, closed_periods, read_key
from reports.publishing.tables import Kind, Row, Table
from reports.publishing.traits import clients_of
from reports.publishing.work import work_tables
from reports.tests.making import fill, record_goals
from testing.factories import make_client, make_matter

HALF = EditionPeriod.of(Sort.HALF, datetime.date(2018, 8, 1))


@pytest.mark.at("2018-12-20 09:00")
def test_clients_of_half_years_are_those_of_the_figure(kuopio: Municipality, aino: User) -> None:
    fill(kuopio, aino, datetime.date(2018, 12, 20))
    client = make_client(kuopio)
    for day, code in (("2018-03-01", "debts"), ("2018-09-01", "housing"), ("2018-09-01", "employment")):
        record_goals(client, aino, datetime.date.fromisoformat(day), code)
    record_goals(make_client(kuopio), aino, datetime.date(2018, 9, 2), "debts", main=False)
    year = read_key("2018", kuopio)
    found = clients_of(kuopio, year.halves())
    for half in year.halves():
        figure, ours = recorded(Question(kuopio, half)), found[half.key]
        by_group = dict.fromkeys(GoalGroup, 0)
        for key, n in figure.by_main_goal.items():
            assert isinstance(key, GoalKey)
            assert isinstance(key.goal, CodedGoal)
            by_group[GoalGroup.of(key.goal.value)] += n
        by_group[GoalGroup.NONE] = figure.n - sum(by_group.values())
        assert (ours.n, ours.together) == (figure.n, figure.together)
        assert {group: ours.by_group[group] for group in GoalGroup} == by_group
    assert found["2018-H1"].n == 1


def test_every_goal_of_both_lists_is_in_one_group_and_every_grouped_goal_exists(kuopio: Municipality) -> None:
    codes = set(Code.objects.filter(list__name="avain.goals").order_by("pk").values_list("code", flat=True))
    grouped = [code for group in CODES.values() for code in group]
    assert len(grouped) == len(set(grouped))
    assert set(grouped) <= codes
    others = {code for code in codes if GoalGroup.of(code) == GoalGroup.OTHER}
    assert others == codes - set(grouped)
    assert "other_goal" in others


def test_a_table_comes_back_from_its_json_as_it_went() -> None:
    words = {"fi": "a", "sv": "b", "en": "c"}
    rows = (Row("x", words, 5, 9, Spread(5, 1, 2, 3)), Row("y", words, Reason.SMALL, Reason.COMPLEMENTARY))
    table = Table("t", Kind.TRAIT, HALF, words, words, words, words, 14, rows, Row("", words, 5, 14), (words,), words)
    assert Table.read(json.loads(json.dumps(table.as_json()))) == table


@pytest.mark.parametrize(
    ("key", "first", "last"),
    [
        ("2018-02", "2018-02-01", "2018-02-28"),
        ("2018-Q3", "2018-07-01", "2018-09-30"),
        ("2018-H1", "2018-01-01", "2018-06-30"),
        ("2018", "2018-01-01", "2018-12-31"),
        ("trial-2018-01-01", "2018-01-01", "2019-12-31"),
    ],
)
def test_a_period_is_known_by_its_key(key: str, first: str, last: str, kuopio: Municipality) -> None:
    period = read_key(key, kuopio)
    assert (str(period.first), str(period.last), period.key) == (first, last, key)
    assert period.previous().last == period.first - datetime.timedelta(days=1)


def test_a_trial_that_ends_within_a_half_year_tells_of_whole_ones_only(db: None) -> None:
    tornio = Municipality.objects.get(pk=851)
    trial = read_key("trial", tornio)
    assert (str(trial.last), trial.halves()) == ("2018-05-31", [])
    TrialPeriod.objects.filter(municipality=tornio).update(ends="2019-09-15")
    assert [half.key for half in read_key("trial", tornio).halves()] == ["2018-H1", "2018-H2", "2019-H1"]


def test_what_closed_in_a_stretch_of_days_comes_with_the_shorter_first(kuopio: Municipality) -> None:
    found = closed_periods(kuopio, datetime.date(2019, 11, 20), datetime.date(2020, 1, 1))
    assert [period.key for period in found] == ["2019-11", "2019-12", "2019-Q4", "2019-H2", "2019", "trial-2018-01-01"]


@pytest.mark.at("2018-11-13 12:00")
def test_a_trial_is_counted_from_its_first_day_to_its_last(db: None) -> None:
    tornio = Municipality.objects.get(pk=851)
    set_scope([tornio.pk])
    for day in ("2017-12-31", "2018-01-01", "2018-05-31", "2018-06-01"):
        make_matter(make_client(tornio), MatterKind.APPLICATION, datetime.date.fromisoformat(day))
    trial = read_key("trial", tornio)
    assert work_tables(Question(tornio, trial), trial)[0].n == 2
