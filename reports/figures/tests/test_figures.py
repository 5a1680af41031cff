"""The municipality's figures, the rows behind their numbers, and who may open them."""

import datetime
import json
from io import StringIO
from itertools import product

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from avain.models import Goal, Measurement
from cases.models import AccessLog, Client, Deadline, MatterKind
from core.models import Code
from core.periods import Period
from municipalities.models import Municipality, Unit
from reports.figures.question import Question
from reports.figures.registry import FIGURES
from reports.figures.since import first_day
from reports.flows.ages import AgeGroup
from reports.flows.among import WITHOUT_UNIT, Among
from reports.tests.asking import build, counts_of, rows_of
from reports.tests.making import fill, record_goals, spread_over
from testing.clock import NOW, TODAY
from testing.factories import make_client, make_matter
from testing.people import SignIn

OCTOBER = Period.parse("2018-10", "2018-10")
DAY = datetime.date(2018, 10, 12)


def set_goal(client: Client, by: User, code: str, day: datetime.date = DAY) -> Measurement:
    return record_goals(client, by, day, code)


def counted(name: str, municipality: Municipality) -> dict[str, int | None]:
    figure = build(name, Question(municipality, OCTOBER))
    return {key: count for key, count in counts_of(figure).items() if count != 0}


def test_notices_are_counted_by_type_and_day_of_arrival(kuopio: Municipality) -> None:
    client = make_client(kuopio)
    make_matter(client, MatterKind.APPLICATION, DAY)
    make_matter(client, MatterKind.APPLICATION, DAY, urgent=True)
    make_matter(client, MatterKind.IMMIGRANT, datetime.date(2018, 10, 31))
    make_matter(client, MatterKind.APPLICATION, datetime.date(2018, 11, 1))
    make_matter(client, MatterKind.APPLICATION, DAY, source="phone")
    assert counted("notices_by_type", kuopio) == {"application": 2, "immigrant": 1}


def test_open_matters_are_counted_by_state_and_age(kuopio: Municipality) -> None:
    client = make_client(kuopio)
    for days in (0, 7, 8, 31, 400):
        make_matter(client, arrived=TODAY - datetime.timedelta(days=days))
    make_matter(client, state="in_progress")
    make_matter(client, state="closed", outcome="support_granted", closed_at=NOW)
    assert counted("open_matters", kuopio) == {"new.0-7": 2, "new.8-14": 1, "new.31-": 2, "in_progress.0-7": 1}


@pytest.mark.at("2018-11-13 09:00")
def test_a_deadline_is_kept_late_within_the_outer_limit_or_late(kuopio: Municipality) -> None:
    client = make_client(kuopio)
    made = [make_matter(client, arrived=DAY).deadlines.get() for _ in range(4)]
    Deadline.objects.filter(pk=made[0].pk).update(met_on=made[0].due)
    Deadline.objects.filter(pk=made[1].pk).update(
        met_on=made[1].due + datetime.timedelta(days=1), outer=made[1].due + datetime.timedelta(days=1)
    )
    Deadline.objects.filter(pk=made[2].pk).update(met_on=made[2].due + datetime.timedelta(days=5))
    question = Question(kuopio, OCTOBER)
    assert [
        rows_of("deadlines_kept", f"decide.{part}", question).count() for part in ("ended", "kept", "within", "late")
    ] == [
        4,
        1,
        1,
        2,
    ]
    assert counted("deadlines_kept", kuopio) == {"decide": 1}


@pytest.mark.at("2018-10-15 09:00")
def test_a_deadline_that_still_runs_is_neither_kept_nor_missed(kuopio: Municipality) -> None:
    make_matter(make_client(kuopio), arrived=DAY)
    assert build("deadlines_kept", Question(kuopio, OCTOBER)).n == 0


def test_each_client_counts_once_by_the_latest_measurement(kuopio: Municipality, aino: User) -> None:
    client = make_client(kuopio)
    set_goal(client, aino, "debts", datetime.date(2018, 10, 1))
    set_goal(client, aino, "housing", datetime.date(2018, 10, 20))
    assert counted("goals", kuopio) == {"housing": 1}


def test_a_goal_that_two_code_lists_have_is_one_row(kuopio: Municipality, aino: User) -> None:
    for version in ("2014", "trial_2018"):
        code = Code.objects.get(list__name="avain.goals", list__version=version, code="mental_health")
        Goal.objects.filter(measurement=set_goal(make_client(kuopio), aino, "debts")).update(code=code)
    for name in ("goals", "all_goals"):
        assert counted(name, kuopio) == {"mental_health": 2}
        assert rows_of(name, "mental_health", Question(kuopio, OCTOBER)).count() == 2


def test_the_latest_measurements_are_found_once_however_few_the_planner_expects(kuopio: Municipality) -> None:
    question = Question(kuopio, OCTOBER)
    for key in ("debts", "none", "all"):
        plan = rows_of("goals", key, question).explain()
        assert "InitPlan" in plan
        assert "SubPlan" not in plan


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


def test_the_coordinator_sees_rows_without_names(kuopio: Municipality, kaisa: User, signed_in: SignIn) -> None:
    make_matter(make_client(kuopio, family_name="Näytekoski"), MatterKind.APPLICATION, DAY)
    page = signed_in(kaisa).get("/297/kunta/notices_by_type/application/?jakso=2018-10").content.decode()
    assert "Näytekoski" not in page
    assert AccessLog.objects.count() == 0


def test_names_are_those_that_the_reader_may_see_and_the_look_is_logged(
    kuopio: Municipality, aino: User, northern: Unit, signed_in: SignIn
) -> None:
    own = make_matter(make_client(kuopio, family_name="Mallikas"), MatterKind.APPLICATION, DAY)
    make_matter(make_client(kuopio, family_name="Näytekoski"), MatterKind.APPLICATION, DAY, unit=northern)
    page = signed_in(aino).get("/297/kunta/notices_by_type/application/?jakso=2018-10").content.decode()
    assert "Mallikas" in page
    assert "Näytekoski" not in page
    assert AccessLog.objects.get().client_ids == [own.client_id]


def test_rows_of_goals_open_for_the_supervisor_only(
    kuopio: Municipality, aino: User, kaisa: User, sirkka: User, signed_in: SignIn
) -> None:
    set_goal(make_client(kuopio), aino, "debts")
    address = "/297/kunta/goals/debts/?jakso=2018-10"
    assert [signed_in(user).get(address).status_code for user in (aino, kaisa, sirkka)] == [404, 404, 200]


@pytest.mark.parametrize("period", ["2018-13", "x", "2018-Q9"])
def test_an_unknown_period_is_said_and_the_page_shown(
    period: str, kuopio: Municipality, kaisa: User, signed_in: SignIn
) -> None:
    response = signed_in(kaisa).get("/297/kunta/", {"jakso": period})
    assert response.status_code == 200
    assert response.context["asked"].chosen.errors.keys() == {"jakso"}
    assert 'id="jakso-error"' in response.content.decode()


def test_a_period_that_is_not_over_says_so(kuopio: Municipality, kaisa: User, signed_in: SignIn) -> None:
    make_matter(make_client(kuopio), MatterKind.APPLICATION, DAY)
    browser = signed_in(kaisa)
    running = f"/297/kunta/?jakso={TODAY:%Y-%m}"
    assert "on vielä kesken" in browser.get(running).content.decode()
    assert "on vielä kesken" not in browser.get("/297/kunta/?jakso=2018-10").content.decode()


def test_the_table_downloads_as_csv(kuopio: Municipality, kaisa: User, signed_in: SignIn) -> None:
    for day in (DAY, datetime.date(2018, 9, 3)):
        make_matter(make_client(kuopio), MatterKind.APPLICATION, day)
    response = signed_in(kaisa).get("/297/kunta/notices_by_type.csv?jakso=2018-10")
    assert response["Content-Type"].startswith("text/csv")
    assert "notices_by_type-297-2018-10.csv" in response["Content-Disposition"]
    assert "Hakemus;1;100,0;1;100,0" in response.content.decode()


def test_the_command_prints_the_figure_as_json(kuopio: Municipality) -> None:
    make_matter(make_client(kuopio), MatterKind.APPLICATION, DAY)
    out = StringIO()
    call_command("figure", "notices_by_type", "--kunta=297", "--from=2018-10", "--to=2018-10", "--json", stdout=out)
    figure = json.loads(out.getvalue())
    assert set(figure) == {"name", "title", "n", "rows", "suppressed"}
    assert (figure["n"], figure["rows"][0]["key"], figure["rows"][0]["share"]) == (1, "application", 1.0)


@pytest.mark.parametrize(
    ("kunta", "first", "last"), [("999", "2018-10", "2018-10"), ("297", "2018-11", "2018-10"), ("297", "x", "2018-10")]
)
def test_the_command_says_what_is_wrong(kuopio: Municipality, kunta: str, first: str, last: str) -> None:
    with pytest.raises(CommandError):
        call_command("figure", "goals", "--kunta", kunta, "--from", first, "--to", last)


def test_small_numbers_are_exact_for_those_who_work_here(
    kuopio: Municipality, aino: User, kaisa: User, signed_in: SignIn
) -> None:
    for code, n in (("debts", 3), ("housing", 1)):
        for _ in range(n):
            set_goal(make_client(kuopio), aino, code)
    assert counted("goals", kuopio) == {"debts": 3, "housing": 1}
    page = signed_in(kaisa).get("/297/kunta/tavoitteet/?jakso=2018-10").content.decode()
    assert "alle 5" not in page
    assert "peitetty" not in page


def test_restricted_clients_are_counted_and_never_opened(kuopio: Municipality, sirkka: User, signed_in: SignIn) -> None:
    for restricted in (True, False):
        client = make_client(kuopio, restricted=restricted, family_name="Rajattu" if restricted else "Avoin")
        make_matter(client, MatterKind.APPLICATION, DAY)
    question = Question(kuopio, OCTOBER)
    assert build("notices_by_type", question).n == 2
    assert rows_of("notices_by_type", "application", question.opening()).count() == 1
    page = signed_in(sirkka).get("/297/kunta/notices_by_type/application/?jakso=2018-10")
    assert page.context["total"] == 2
    assert len(page.context["rows"]) == 1
    words = page.content.decode()
    assert "Avoin" in words
    assert "Rajattu" not in words
    assert "1 niistä koskee rajoitettua asiakasta" in words


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


def test_the_first_day_with_data_is_that_of_the_first_matter_or_measurement(
    kuopio: Municipality, tampere: Municipality, aino: User
) -> None:
    assert first_day(kuopio) is None
    make_matter(make_client(kuopio), MatterKind.APPLICATION, DAY)
    assert first_day(kuopio) == DAY
    set_goal(make_client(kuopio), aino, "debts", datetime.date(2018, 10, 1))
    assert first_day(kuopio) == datetime.date(2018, 10, 1)


def test_the_command_is_exact_and_takes_any_months(kuopio: Municipality, aino: User) -> None:
    set_goal(make_client(kuopio), aino, "debts")
    out, words = StringIO(), StringIO()
    months = ("--from=2018-03", "--to=2018-10")
    call_command("figure", "goals", "--kunta=297", *months, "--json", stdout=out, stderr=words)
    assert json.loads(out.getvalue())["n"] == 1
    assert "internal use" in words.getvalue()
