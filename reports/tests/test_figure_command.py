"""`manage.py figure`."""

import datetime
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from cases.models import MatterKind
from municipalities.models import Municipality
from reports.tests.making import record_goals
from testing.factories import make_client, make_matter

DAY = datetime.date(2018, 10, 12)


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


def test_the_command_is_exact_and_takes_any_months(kuopio: Municipality, aino: User) -> None:
    record_goals(make_client(kuopio), aino, DAY, "debts")
    out, words = StringIO(), StringIO()
    months = ("--from=2018-03", "--to=2018-10")
    call_command("figure", "goals", "--kunta=297", *months, "--json", stdout=out, stderr=words)
    assert json.loads(out.getvalue())["n"] == 1
    assert "internal use" in words.getvalue()
