"""The mark of the employment trial: by hand, and from a list of henkilötunnus."""

import datetime

import pytest
from django.test import Client as Browser

from accounts.models import User
from cases.models import AccessLog, Client, Event, RestrictedAccess
from cases.timeline.sentences import sentence
from core.models import Draft
from core.row_security import set_scope
from municipalities.models import Municipality
from testing.factories import identity_code, make_client, make_matter
from testing.people import SignIn

LIST = "/297/asiakkaat/tyollisyyskokeilu/"
YOUNG = datetime.date(1998, 3, 4)
pytestmark = pytest.mark.django_db


@pytest.fixture
def supervisor(sirkka: User, signed_in: SignIn) -> Browser:
    return signed_in(sirkka)


def codes(n: int) -> list[str]:
    return [identity_code(YOUNG, serial) for serial in range(n)]


def test_a_worker_marks_a_client_and_removes_the_mark(kuopio: Municipality, aino: User, signed_in: SignIn) -> None:
    client = make_client(kuopio)
    make_matter(client)
    browser = signed_in(aino)
    page = f"/297/asiakkaat/{client.pk}/tyollisyyskokeilu/"
    for word, on in (("yes", True), ("yes", True), ("no", False)):
        browser.post(page, {"on": word})
        client.refresh_from_db()
        assert client.employment_trial is on
    assert client.version == 3
    assert [sentence(event) for event in Event.objects.order_by("pk")] == [
        "Aino Demolainen merkitsi asiakkaan työllisyyskokeiluun.",
        "Aino Demolainen poisti työllisyyskokeilun merkinnän.",
    ]


class TestList:
    def test_the_answer_tells_counts_and_lines_and_no_code(self, kuopio: Municipality, supervisor: Browser) -> None:
        here, marked, stranger = codes(3)
        make_client(kuopio, here)
        make_client(kuopio, marked, employment_trial=True)
        text = f"{here}\n\n{marked}\nei tunnus\n{stranger}\n"
        answer = supervisor.post(LIST, {"text": text, "on": "yes"})
        assert answer.context["told"] == [
            "1 asiakas merkittiin.",
            "1 asiakkaalla oli näin jo ennestään.",
            "Ei löydy asiakkaista, jotka saat nähdä, rivit: 5",
            "Ei henkilötunnusta, rivit: 4",
        ]
        shown = answer.content.decode()
        assert not [code for code in (here, marked, stranger) if code in shown]
        assert set(Client.objects.values_list("employment_trial", flat=True)) == {True}

    def test_of_the_unknown_nothing_is_stored(self, kuopio: Municipality, supervisor: Browser) -> None:
        before = (Client.objects.count(), Event.objects.count(), Draft.objects.count(), AccessLog.objects.count())
        supervisor.post(LIST, {"text": codes(1)[0], "on": "yes"})
        now = (Client.objects.count(), Event.objects.count(), Draft.objects.count(), AccessLog.objects.count())
        assert now == before

    def test_whom_the_answer_tells_of_stands_in_the_access_log(self, kuopio: Municipality, supervisor: Browser) -> None:
        here, marked = codes(2)
        clients = [make_client(kuopio, here), make_client(kuopio, marked, employment_trial=True)]
        supervisor.post(LIST, {"text": f"{here}\n{marked}", "on": "yes"})
        assert AccessLog.objects.get().client_ids == [client.pk for client in clients]

    def test_a_restricted_client_is_as_unknown_unless_one_is_named(
        self, kuopio: Municipality, sirkka: User, supervisor: Browser
    ) -> None:
        code = codes(1)[0]
        client = make_client(kuopio, code, restricted=True)
        assert "rivit: 1" in " ".join(supervisor.post(LIST, {"text": code, "on": "yes"}).context["told"])
        RestrictedAccess.objects.create(municipality=kuopio, client=client, user=sirkka, named_by=sirkka)
        supervisor.post(LIST, {"text": code, "on": "yes"})
        client.refresh_from_db()
        assert client.employment_trial

    def test_the_same_person_in_another_municipality_is_left(
        self, kuopio: Municipality, tampere: Municipality, supervisor: Browser
    ) -> None:
        set_scope([297, 837])
        code = codes(1)[0]
        there = make_client(tampere, code)
        supervisor.post(LIST, {"text": code, "on": "yes"})
        set_scope([297, 837])
        there.refresh_from_db()
        assert not there.employment_trial

    def test_removing_and_a_file(self, kuopio: Municipality, supervisor: Browser) -> None:
        from django.core.files.uploadedfile import SimpleUploadedFile

        code = codes(1)[0]
        client = make_client(kuopio, code, employment_trial=True)
        file = SimpleUploadedFile("lista.txt", f"\ufeff{code}\r\n".encode())
        answer = supervisor.post(LIST, {"file": file, "on": "no"})
        client.refresh_from_db()
        assert not client.employment_trial
        assert answer.context["told"] == ["Merkintä poistettiin 1 asiakkaalta."]

    def test_nothing_given_says_what_to_do(self, supervisor: Browser) -> None:
        answer = supervisor.post(LIST, {"text": " ", "on": "yes"})
        assert answer.status_code == 422
        assert answer.context["form"].errors["text"] == ["Valitse tiedosto tai liitä luettelo."]

    def test_a_worker_brings_no_lists(self, aino: User, signed_in: SignIn) -> None:
        assert signed_in(aino).get(LIST).status_code == 403
