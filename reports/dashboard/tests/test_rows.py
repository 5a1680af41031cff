"""The rows behind a number name only those whom the reader may see."""

import datetime

from accounts.models import User
from cases.models import AccessLog, MatterKind
from core.periods import Period
from municipalities.models import Municipality, Unit
from reports.figures.question import Question
from reports.tests.asking import build, rows_of
from testing.factories import make_client, make_matter
from testing.people import SignIn

OCTOBER = Period.parse("2018-10", "2018-10")
DAY = datetime.date(2018, 10, 12)


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
