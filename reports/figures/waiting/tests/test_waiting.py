"""The four questions of who waits: their numbers are those of their lists."""

import datetime

from accounts.models import User
from cases.models import Case, Client, MatterKind, OwnWorker
from core.periods import Period
from municipalities.models import Municipality
from reports.figures.question import Question
from reports.figures.registry import FOUR_QUESTIONS
from reports.tests.asking import rows_of
from reports.tests.making import make_contact
from testing.clock import NOW, TODAY
from testing.factories import make_client, make_matter
from testing.people import SignIn

OCTOBER = Period.parse("2018-10", "2018-10")
DAY = datetime.date(2018, 10, 12)
NEED = MatterKind.SOCIAL_WORK_NEED


def test_the_four_questions_count_what_their_lists_show(kuopio: Municipality, aino: User) -> None:
    long_ago = NOW - datetime.timedelta(days=40)

    def with_case(restricted: bool = False) -> Client:
        client = make_client(kuopio, restricted=restricted)
        Case.objects.create(municipality=kuopio, client=client, opened_at=long_ago, opened_by=aino)
        return client

    nobody, cared, talked = with_case(), with_case(), with_case()
    with_case(restricted=True)
    for client in (cared, talked):
        OwnWorker.objects.create(municipality=kuopio, client=client, user=aino, assigned_by=aino)
    make_contact(make_matter(talked, NEED, DAY), aino, TODAY, "reached")
    make_matter(make_client(kuopio), MatterKind.APPLICATION, DAY)
    make_matter(make_client(kuopio), NEED, held_since=TODAY)
    question = Question(kuopio, OCTOBER)
    answers = [one.answer(question) for one in FOUR_QUESTIONS]
    assert [answer.count for answer in answers] == [2, 3, 2, 1], "the restricted client is counted"
    assert [part.count for part in answers[2].parts] == [1, 1]
    names = ("no_own_worker", "silent", "late", "held")
    assert [rows_of(name, "all", question).count() for name in names] == [2, 3, 2, 1]
    assert [rows_of("late", part, question).count() for part in ("law", "own")] == [1, 1]
    assert rows_of("no_own_worker", "all", question.opening()).get() == nobody


def test_lists_of_clients_name_nobody_to_the_coordinator(
    kuopio: Municipality, aino: User, kaisa: User, sirkka: User, signed_in: SignIn
) -> None:
    client = make_client(kuopio, family_name="Näytekoski")
    Case.objects.create(municipality=kuopio, client=client, opened_by=aino)
    pages = [signed_in(user).get("/297/kunta/no_own_worker/all/").content.decode() for user in (kaisa, sirkka)]
    assert ["Näytekoski" in page for page in pages] == [False, True]
