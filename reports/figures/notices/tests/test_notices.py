"""Notices by type, what was answered to them, and which were never looked into."""

import datetime

import pytest

from accounts.models import User
from cases.models import MatterKind
from cases.models.matter import Outcome
from core.periods import Period
from municipalities.models import Municipality
from reports.figures.notices.answers import OUTCOMES, Answer
from reports.figures.question import Question
from reports.tests.asking import build, numbers_of, rows_of, shown_counts
from testing.factories import make_client, make_matter

OCTOBER = Period.parse("2018-10", "2018-10")
DAY = datetime.date(2018, 10, 12)
NEED = MatterKind.SOCIAL_WORK_NEED


def test_notices_are_counted_by_type_and_day_of_arrival(kuopio: Municipality) -> None:
    client = make_client(kuopio)
    make_matter(client, MatterKind.APPLICATION, DAY)
    make_matter(client, MatterKind.APPLICATION, DAY, urgent=True)
    make_matter(client, MatterKind.IMMIGRANT, datetime.date(2018, 10, 31))
    make_matter(client, MatterKind.APPLICATION, datetime.date(2018, 11, 1))
    make_matter(client, MatterKind.APPLICATION, DAY, source="phone")
    assert shown_counts("notices_by_type", Question(kuopio, OCTOBER)) == {"application": 2, "immigrant": 1}


def test_every_outcome_is_in_one_answer() -> None:
    assert set(OUTCOMES) == set(Answer)
    grouped = [outcome for outcomes in OUTCOMES.values() for outcome in outcomes]
    assert sorted(grouped) == sorted([*Outcome.values, ""])


@pytest.mark.at("2018-10-31 09:00")
def test_never_investigated_is_new_for_longer_than_its_deadline(kuopio: Municipality, aino: User) -> None:
    late = make_matter(make_client(kuopio), NEED, DAY)
    make_matter(make_client(kuopio), NEED, datetime.date(2018, 10, 29))
    make_matter(make_client(kuopio), NEED, DAY, state="in_progress", assignee=aino)
    make_matter(make_client(kuopio), NEED, DAY, source="phone")
    question = Question(kuopio, OCTOBER)
    assert numbers_of(build("never_investigated", question), NEED) == (1, 3)
    assert rows_of("never_investigated", NEED, question).get() == late
