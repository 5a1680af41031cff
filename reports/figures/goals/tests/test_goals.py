"""The goals of clients: which measurement counts, and who may open the rows."""

import datetime

from accounts.models import User
from avain.models import Goal
from core.models import Code
from core.periods import Period
from municipalities.models import Municipality
from reports.figures.question import Question
from reports.tests.asking import rows_of, shown_counts
from reports.tests.making import record_goals
from testing.factories import make_client
from testing.people import SignIn

OCTOBER = Period.parse("2018-10", "2018-10")
DAY = datetime.date(2018, 10, 12)


def test_each_client_counts_once_by_the_latest_measurement(kuopio: Municipality, aino: User) -> None:
    client = make_client(kuopio)
    record_goals(client, aino, datetime.date(2018, 10, 1), "debts")
    record_goals(client, aino, datetime.date(2018, 10, 20), "housing")
    assert shown_counts("goals", Question(kuopio, OCTOBER)) == {"housing": 1}


def test_a_goal_that_two_code_lists_have_is_one_row(kuopio: Municipality, aino: User) -> None:
    for version in ("2014", "trial_2018"):
        code = Code.objects.get(list__name="avain.goals", list__version=version, code="mental_health")
        Goal.objects.filter(measurement=record_goals(make_client(kuopio), aino, DAY, "debts")).update(code=code)
    for name in ("goals", "all_goals"):
        assert shown_counts(name, Question(kuopio, OCTOBER)) == {"mental_health": 2}
        assert rows_of(name, "mental_health", Question(kuopio, OCTOBER)).count() == 2


def test_the_latest_measurements_are_found_once_however_few_the_planner_expects(kuopio: Municipality) -> None:
    question = Question(kuopio, OCTOBER)
    for key in ("debts", "none", "all"):
        plan = rows_of("goals", key, question).explain()
        assert "InitPlan" in plan
        assert "SubPlan" not in plan


def test_small_numbers_are_exact_for_those_who_work_here(
    kuopio: Municipality, aino: User, kaisa: User, signed_in: SignIn
) -> None:
    for code, n in (("debts", 3), ("housing", 1)):
        for _ in range(n):
            record_goals(make_client(kuopio), aino, DAY, code)
    assert shown_counts("goals", Question(kuopio, OCTOBER)) == {"debts": 3, "housing": 1}
    page = signed_in(kaisa).get("/297/kunta/tavoitteet/?jakso=2018-10").content.decode()
    assert "alle 5" not in page
    assert "peitetty" not in page


def test_rows_of_goals_open_for_the_supervisor_only(
    kuopio: Municipality, aino: User, kaisa: User, sirkka: User, signed_in: SignIn
) -> None:
    record_goals(make_client(kuopio), aino, DAY, "debts")
    address = "/297/kunta/goals/debts/?jakso=2018-10"
    assert [signed_in(user).get(address).status_code for user in (aino, kaisa, sirkka)] == [404, 404, 200]
