"""What holds for every figure: its numbers open their rows, and stand beside those of the period before."""

import datetime
from itertools import product

import pytest

from accounts.models import User
from cases.models import MatterKind
from core.periods import Period
from municipalities.models import Municipality, Unit
from reports.figures.notices.by_type import NOTICES_BY_TYPE
from reports.figures.pace.reach import REACH
from reports.figures.question import Question
from reports.figures.registry import FIGURES
from reports.figures.since import first_day
from reports.flows.ages import AgeGroup
from reports.flows.among import WITHOUT_UNIT, Among
from reports.flows.recounting import recount_stale
from reports.tests.asking import build, row_of, rows_of
from reports.tests.making import fill, make_appointment, make_contact, record_goals, spread_over
from testing.factories import make_client, make_matter

OCTOBER = Period.parse("2018-10", "2018-10")
DAY = datetime.date(2018, 10, 12)
NEED = MatterKind.SOCIAL_WORK_NEED


@pytest.mark.parametrize("name", sorted(FIGURES))
@pytest.mark.at("2018-12-20 09:00")
def test_each_number_opens_exactly_the_rows_that_it_counts(name: str, kuopio: Municipality, aino: User) -> None:
    fill(kuopio, aino, datetime.date(2018, 12, 20))
    question = Question(kuopio, Period.parse_key("2018-Q4"))
    figure = build(name, question)
    assert figure.n
    assert any(row.count for row in figure.rows)
    for row in figure.rows:
        assert rows_of(name, str(row.key), question).count() == row.count, row.key
    if figure.total:
        assert rows_of(name, "all", question).count() == figure.total.count


@pytest.mark.at("2018-12-20 09:00")
def test_each_number_of_a_unit_and_an_age_opens_exactly_its_rows(
    kuopio: Municipality, aino: User, southern: Unit
) -> None:
    fill(kuopio, aino, datetime.date(2018, 12, 20))
    spread_over(kuopio, southern)
    period = Period.read("2018-11_2018-12")
    units = (southern.pk, WITHOUT_UNIT, None, southern.pk, WITHOUT_UNIT)
    people = [*zip(units, AgeGroup, strict=True), (southern.pk, None), (WITHOUT_UNIT, None)]
    for name, (unit, age) in product(FIGURES, people):
        question = Question(kuopio, period, Among(unit, age))
        figure = build(name, question)
        for row in figure.rows:
            assert rows_of(name, str(row.key), question).count() == row.count, (name, unit, age, row.key)
        if figure.total:
            assert rows_of(name, "all", question).count() == figure.total.count, (name, unit, age)


@pytest.mark.at("2018-12-20 09:00")
def test_the_units_together_and_the_ages_together_are_everybody(
    kuopio: Municipality, aino: User, southern: Unit
) -> None:
    fill(kuopio, aino, datetime.date(2018, 12, 20))
    spread_over(kuopio, southern)
    period = Period.parse_key("2018-Q4")
    for name in FIGURES:
        whole = build(name, Question(kuopio, period)).n
        units = [build(name, Question(kuopio, period, Among(unit))).n for unit in (southern.pk, WITHOUT_UNIT)]
        ages = [build(name, Question(kuopio, period, Among(age=age))).n for age in AgeGroup]
        assert whole == sum(n or 0 for n in units) == sum(n or 0 for n in ages), name
        assert all(units), f"{name}: both have something to count"
        assert sum(bool(n) for n in ages) > 1, name


def test_each_figure_of_flows_stands_beside_the_period_before(kuopio: Municipality) -> None:
    for day in (datetime.date(2018, 9, 30), datetime.date(2018, 10, 1), datetime.date(2018, 10, 31)):
        make_matter(make_client(kuopio), NEED, day)
    figure = NOTICES_BY_TYPE.compared(Question(kuopio, OCTOBER))
    row = row_of(figure, NEED)
    assert row.before
    assert (row.count, row.before.count, row.before.share) == (2, 1, 1.0)
    assert figure.before == Period.parse("2018-09", "2018-09")
    assert figure.total
    assert figure.total.before
    assert figure.total.before.count == 1


def test_the_period_before_a_year_is_the_year_before(kuopio: Municipality) -> None:
    make_matter(make_client(kuopio), NEED, datetime.date(2017, 1, 1))
    figure = REACH.compared(Question(kuopio, Period.parse_key("2018")))
    row = row_of(figure, NEED)
    assert row.before
    assert (row.base, row.before.base) == (0, 1)


def test_numbers_are_the_same_before_and_after_counting(kuopio: Municipality, aino: User) -> None:
    make_contact(make_matter(make_client(kuopio), NEED, DAY), aino, DAY)
    make_appointment(kuopio, aino, NEED, "missed")
    stale = {name: build(name, Question(kuopio, OCTOBER)) for name in FIGURES}
    recount_stale()
    assert {name: build(name, Question(kuopio, OCTOBER)) for name in FIGURES} == stale


def test_the_first_day_with_data_is_that_of_the_first_matter_or_measurement(
    kuopio: Municipality, tampere: Municipality, aino: User
) -> None:
    assert first_day(kuopio) is None
    make_matter(make_client(kuopio), MatterKind.APPLICATION, DAY)
    assert first_day(kuopio) == DAY
    record_goals(make_client(kuopio), aino, datetime.date(2018, 10, 1), "debts")
    assert first_day(kuopio) == datetime.date(2018, 10, 1)
