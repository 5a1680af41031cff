"""Open matters by state and age."""

import datetime

from core.periods import Period
from municipalities.models import Municipality
from reports.figures.question import Question
from reports.tests.asking import shown_counts
from testing.clock import NOW, TODAY
from testing.factories import make_client, make_matter

OCTOBER = Period.parse("2018-10", "2018-10")


def test_open_matters_are_counted_by_state_and_age(kuopio: Municipality) -> None:
    client = make_client(kuopio)
    for days in (0, 7, 8, 31, 400):
        make_matter(client, arrived=TODAY - datetime.timedelta(days=days))
    make_matter(client, state="in_progress")
    make_matter(client, state="closed", outcome="support_granted", closed_at=NOW)
    assert shown_counts("open_matters", Question(kuopio, OCTOBER)) == {
        "new.0-7": 2,
        "new.8-14": 1,
        "new.31-": 2,
        "in_progress.0-7": 1,
    }
