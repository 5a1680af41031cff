"""Which deadlines were kept, and which still run."""

import datetime

import pytest

from cases.models import Deadline
from core.periods import Period
from municipalities.models import Municipality
from reports.figures.question import Question
from reports.tests.asking import build, rows_of, shown_counts
from testing.factories import make_client, make_matter

OCTOBER = Period.parse("2018-10", "2018-10")
DAY = datetime.date(2018, 10, 12)


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
    assert shown_counts("deadlines_kept", Question(kuopio, OCTOBER)) == {"decide": 1}


@pytest.mark.at("2018-10-15 09:00")
def test_a_deadline_that_still_runs_is_neither_kept_nor_missed(kuopio: Municipality) -> None:
    make_matter(make_client(kuopio), arrived=DAY)
    assert build("deadlines_kept", Question(kuopio, OCTOBER)).n == 0
