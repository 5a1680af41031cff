"""`manage.py edition`: the same answer for ever, with hidden numbers as words."""

import datetime
import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from municipalities.models import Municipality
from reports.models import Edition
from reports.tests.making import fill, multiply, record_goals
from testing.factories import make_client

DAY = datetime.date(2018, 12, 20)
pytestmark = pytest.mark.at("2019-01-15 09:00")


def printed(*words: str) -> str:
    out = StringIO()
    call_command("edition", *words, stdout=out, stderr=StringIO())
    return out.getvalue()


def answer(*words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(printed(*words, "--json"))
    return found


def table(edition: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in edition["tables"] if one["name"] == name)


@pytest.fixture
def filled(kuopio: Municipality, aino: User) -> Municipality:
    fill(kuopio, aino, DAY)
    multiply(kuopio, aino, DAY, 40)
    return kuopio


def test_a_month_has_counts_of_work_and_no_trait(filled: Municipality) -> None:
    edition = answer("--kunta=297", "--from=2018-12", "--to=2018-12")
    assert (edition["period"], edition["version"], edition["status"]) == ("2018-12", 1, "published")
    assert table(edition, "notices_by_type")["n"] > 40
    assert all(isinstance(row["count"], int) for one in edition["tables"] for row in one["rows"])
    assert "goal_groups" not in {one["name"] for one in edition["tables"]}


def test_a_half_year_tells_goals_in_groups_and_hides_the_small_ones_in_words(filled: Municipality, aino: User) -> None:
    for code, n in (("debts", 20), ("housing", 9), ("mental_health", 3)):
        for _ in range(n):
            record_goals(make_client(filled), aino, DAY, code)
    goals = table(answer("297", "2018-H2"), "goal_groups")
    counts = {row["key"]: row["count"] for row in goals["rows"]}
    assert counts["health"] == "peitetty"
    assert [counts[key] for key in ("people", "other")] == [0, 0]
    assert {row["share"] for row in goals["rows"] if isinstance(row["count"], str)} == {None}
    assert goals["definition"]
    assert len(goals["fingerprint"]) == 64


def test_the_answer_stays_the_same_whatever_is_recorded_later(filled: Municipality, aino: User) -> None:
    first = answer("297", "2018-H2")
    record_goals(make_client(filled), aino, DAY, "debts")
    multiply(filled, aino, DAY, 20)
    assert answer("297", "2018-H2") == first
    assert Edition.objects.count() == 1


def test_a_preview_tells_what_would_be_published_and_publishes_nothing(filled: Municipality) -> None:
    preview = answer("297", "2018-H2", "--preview")
    assert preview["status"] == "preview"
    assert Edition.objects.count() == 0
    assert answer("297", "2018-H2")["tables"] == preview["tables"]


def test_the_year_repeats_what_its_half_years_told(filled: Municipality) -> None:
    half, year = answer("297", "2018-H2"), answer("297", "2018")
    repeated = [one for one in year["tables"] if one["name"] == "goal_groups"]
    assert [one["period"] for one in repeated] == ["2018-H1", "2018-H2"]
    assert repeated[1]["rows"] == table(half, "goal_groups")["rows"]
    assert repeated[1]["since"] == "2019-01-15"


def test_csv_and_text_and_the_written_audit_are_printed(filled: Municipality) -> None:
    assert "Ilmoitukset Kelasta tyypeittäin;joulukuu 2018" in printed("297", "2018-12", "--csv")
    assert "Ilmoitukset Kelasta tyypeittäin, joulukuu 2018 (N = " in printed("297", "2018-12")
    assert "outcome: passed" in printed("297", "2018-H2", "--audit")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["999", "2018"], 1, "no municipality"),
        (["297", "2018-W3"], 1, "2018-11"),
        (["297"], 1, "Give the period"),
        (["--kunta=297", "--from=2018-03", "--to=2018-10"], 1, "puolivuosilta"),
        (["297", "2019-01"], 2, "ei ole päättynyt"),
        (["297", "2017-01"], 2, "ei ole tietoja"),
    ],
)
def test_what_cannot_be_told_is_said_with_an_exit_code(
    words: list[str], code: int, said: str, kuopio: Municipality
) -> None:
    with pytest.raises(CommandError, match=said) as error:
        printed(*words)
    assert error.value.returncode == code
