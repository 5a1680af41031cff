"""The page of a client: what it shows, to whom, and what it leaves in the log."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from cases.clients.contact_details import set_contact_detail
from cases.contacts.verbs import record_contact
from cases.models import AccessLog, Client, Event, Matter
from cases.models.contact_detail import DetailKind, DetailSource
from cases.relations.verbs import assign_own_worker, open_case, restrict
from municipalities.models import Municipality, Unit
from testing.clock import NOW
from testing.factories import identity_code, make_client, make_matter
from testing.people import SignIn

PAGES = (
    "",
    "aikajana/",
    "avain/",
    "avain/uusi/",
    "yhteydenotto/",
    "muokkaa/",
    "yhteystiedot/",
    "omatyontekija/",
    "asiakkuus/avaa/",
    "turvakielto/",
)


@pytest.fixture
def person(kuopio: Municipality) -> Client:
    client = make_client(kuopio, given_names="Veikko Armas", family_name="Mallikas")
    make_matter(client)
    return client


def address(client: Client, page: str = "") -> str:
    return f"/297/asiakkaat/{client.pk}/{page}"


class TestFences:
    @pytest.mark.parametrize("page", PAGES)
    def test_who_works_with_the_client_opens_it_and_it_is_logged(
        self, aino: User, person: Client, signed_in: SignIn, page: str
    ) -> None:
        assert signed_in(aino).get(address(person, page)).status_code == 200
        look = AccessLog.objects.get()
        assert (look.user, look.action, look.client_ids) == (aino, "opened", [person.pk])

    @pytest.mark.parametrize("page", PAGES)
    def test_in_another_municipality_there_is_no_such_page(
        self, olli: User, person: Client, signed_in: SignIn, page: str
    ) -> None:
        assert signed_in(olli).get(address(person, page)).status_code == 404
        assert signed_in(olli).get(address(person, page).replace("297", "837")).status_code == 404

    @pytest.mark.parametrize("page", PAGES)
    def test_roles_without_casework_are_refused_and_logged(
        self, kaisa: User, paula: User, person: Client, signed_in: SignIn, page: str
    ) -> None:
        for user in (kaisa, paula):
            assert signed_in(user).get(address(person, page)).status_code == 403

    def test_a_matter_of_another_unit_gives_no_relation_and_the_refusal_is_logged(
        self, eetu: User, person: Client, southern: Unit, signed_in: SignIn
    ) -> None:
        Matter.objects.update(unit=southern)
        assert signed_in(eetu).get(address(person)).status_code == 404
        look = AccessLog.objects.get()
        assert (look.user, look.action, look.client_ids) == (eetu, "refused", [person.pk])

    def test_a_restricted_client_exists_only_for_the_named(
        self, aino: User, eetu: User, sirkka: User, person: Client, signed_in: SignIn
    ) -> None:
        restrict(sirkka, person, [aino])
        answers = [signed_in(user).get(address(person)).status_code for user in (aino, eetu, sirkka)]
        assert answers == [200, 404, 404]


class TestWhatItShows:
    def test_the_title_does_not_tell_who_it_is(self, aino: User, person: Client, signed_in: SignIn) -> None:
        page = signed_in(aino).get(address(person)).content.decode()
        title = re.search(r"<title>(.*?)</title>", page, re.DOTALL)
        assert title is not None
        assert "Mallikas" not in title[1]
        assert "<h1>Veikko Armas Mallikas</h1>" in page

    def test_own_worker_case_and_what_was_agreed_stand_at_the_top(
        self, aino: User, person: Client, signed_in: SignIn
    ) -> None:
        assign_own_worker(aino, person, aino)
        open_case(aino, person)
        record_contact(aino, person, channel="call", outcome="reached", at=NOW, text="Tekstiviesti ensin")
        page = signed_in(aino).get(address(person)).content.decode()
        head = page[: page.index("with-rail")]
        assert "omatyöntekijä Aino Demolainen" in head
        assert "Tekstiviesti ensin" in head
        assert "Ei avointa asiakkuutta" not in head

    def test_the_timeline_tells_arrivals_events_and_both_voices(
        self, aino: User, person: Client, signed_in: SignIn
    ) -> None:
        record_contact(
            aino, person, channel="call", outcome="reached", at=NOW, text="Soitan uudelleen",
            client_words="Tulen kyllä"
        )  # fmt: skip
        page = signed_in(aino).get(address(person)).content.decode()
        assert "Kela ilmoitti: hakemus." in page
        assert "Aino Demolainen soitti." in page
        assert "Tulen kyllä" in page
        assert "Soitan uudelleen" in page

    def test_the_queries_do_not_grow_with_events(self, aino: User, person: Client, signed_in: SignIn) -> None:
        browser = signed_in(aino)

        def queries(page: str) -> int:
            with CaptureQueriesContext(
                connection,
            ) as captured:
                assert browser.get(address(person, page)).status_code == 200
            return len(captured)

        def happen(times: int) -> None:
            at = NOW
            Event.objects.bulk_create(
                Event(municipality_id=297, client=person, kind="client.edited", actor=aino, at=at) for _ in range(times)
            )

        happen(45)
        few = [queries(page) for page in ("", "aikajana/")]
        happen(955)
        assert [queries(page) for page in ("", "aikajana/")] == few

    def test_a_long_timeline_has_pages(self, aino: User, person: Client, signed_in: SignIn) -> None:
        Event.objects.bulk_create(
            Event(municipality_id=297, client=person, kind="client.edited", actor=aino) for _ in range(50)
        )
        first = signed_in(aino).get(address(person, "aikajana/")).content.decode()
        last = signed_in(aino).get(address(person, "aikajana/?sivu=2")).content.decode()
        assert first.count('class="line"') == 40
        assert last.count('class="line"') == 11
        assert "Kela ilmoitti" in last


class TestReveal:
    def test_the_identity_code_is_shown_by_a_logged_post_only(
        self, aino: User, kuopio: Municipality, signed_in: SignIn
    ) -> None:
        code = identity_code(datetime.date(1971, 4, 3))
        client = make_client(kuopio, code)
        make_matter(client)
        browser = signed_in(aino)
        assert code not in browser.get(address(client)).content.decode()
        assert browser.get(address(client, "henkilotunnus/")).status_code == 405
        assert code in browser.post(address(client, "henkilotunnus/")).content.decode()
        look = AccessLog.objects.get(action="revealed")
        assert (look.user, look.client_ids, look.detail) == (aino, [client.pk], "identity_code")

    @pytest.fixture
    def protected(self, aino: User, person: Client) -> Client:
        set_contact_detail(aino, person, DetailKind.PHONE, "040 111 11 11")
        Client.objects.filter(pk=person.pk).update(non_disclosure=True)
        person.refresh_from_db()
        return person

    @pytest.mark.parametrize("page", ["", "aikajana/", "yhteystiedot/", "muokkaa/"])
    def test_under_non_disclosure_details_are_on_no_page(
        self, sirkka: User, protected: Client, signed_in: SignIn, page: str
    ) -> None:
        assert "040 111" not in signed_in(sirkka).get(address(protected, page)).content.decode()

    def test_the_assignee_the_own_worker_and_the_supervisor_reveal_them_for_a_purpose(
        self, aino: User, eetu: User, sirkka: User, protected: Client, signed_in: SignIn
    ) -> None:
        assign_own_worker(sirkka, protected, aino)
        Matter.objects.update(assignee=eetu)
        for user in (aino, eetu, sirkka):
            page = signed_in(user).post(address(protected, "yhteystiedot/nayta/"), {"purpose": "decision"})
            assert "040 111 11 11" in page.content.decode()
        looks = AccessLog.objects.filter(action="revealed").order_by("pk")
        assert [(look.user, look.detail) for look in looks] == [
            (user, "contact_details:decision") for user in (aino, eetu, sirkka)
        ]

    def test_others_are_refused(self, aino: User, protected: Client, signed_in: SignIn) -> None:
        page = signed_in(aino).post(address(protected, "yhteystiedot/nayta/"), {"purpose": "decision"})
        assert page.status_code == 403

    def test_without_a_purpose_nothing_is_revealed(self, sirkka: User, protected: Client, signed_in: SignIn) -> None:
        page = signed_in(sirkka).post(address(protected, "yhteystiedot/nayta/"), {"purpose": ""})
        assert "040 111" not in page.content.decode()
        assert "Valitse käyttötarkoitus." in page.content.decode()
        assert not AccessLog.objects.filter(action="revealed").exists()


def test_an_identity_code_that_belongs_to_another_row_is_told_in_words(
    aino: User, person: Client, kuopio: Municipality, signed_in: SignIn
) -> None:
    Client.objects.filter(pk=person.pk).update(identity_code_cipher=make_client(kuopio).identity_code_cipher)
    browser = signed_in(aino)
    browser.raise_request_exception = False
    page = browser.post(address(person, "henkilotunnus/"))
    assert page.status_code == 503
    assert "Tallennettua tietoa ei voi lukea" in page.content.decode()


class TestLooks:
    def test_the_own_worker_sees_who_has_looked(
        self, aino: User, eetu: User, person: Client, signed_in: SignIn
    ) -> None:
        assign_own_worker(aino, person, aino)
        signed_in(eetu).get(address(person))
        assert "Eetu Esimerkki" in signed_in(aino).get(address(person)).content.decode()
        assert "Eetu Esimerkki" in signed_in(aino).get(address(person, "katselut/")).content.decode()

    def test_others_do_not(self, eetu: User, person: Client, signed_in: SignIn) -> None:
        assert "Kuka on katsonut" not in signed_in(eetu).get(address(person)).content.decode()
        assert signed_in(eetu).get(address(person, "katselut/")).status_code == 403


class TestContactDetails:
    def test_kelas_newer_number_stands_beside_and_is_taken_into_use(
        self, aino: User, person: Client, signed_in: SignIn
    ) -> None:
        set_contact_detail(aino, person, DetailKind.PHONE, "040 111 11 11", known_on=datetime.date(2018, 1, 2))
        person.contact_details.create(
            municipality_id=297,
            kind=DetailKind.PHONE,
            source=DetailSource.KELA,
            value="040 222 22 22",
            known_on=datetime.date(2018, 3, 4),
        )
        browser = signed_in(aino)
        assert "Kelalla on uudempi: 040 222 22 22" in browser.get(address(person)).content.decode()
        browser.post(address(person, "yhteystiedot/kela/"), {"kind": "phone", "take": "1"})
        assert "040 111 11 11" not in browser.get(address(person)).content.decode()


class TestContact:
    def test_a_double_click_records_one(self, aino: User, person: Client, signed_in: SignIn) -> None:
        now = NOW - datetime.timedelta(minutes=1)
        sent = {
            "once": "7b7c5a7e-3f0e-4a35-9a50-0c8c1b6c7f11",
            "channel": "call",
            "outcome": "no_answer",
            "day": f"{now:%Y-%m-%d}",
            "time": f"{now:%H:%M}",
            "about": str(person.matters.get().pk),
        }
        browser = signed_in(aino)
        for _ in range(2):
            assert browser.post(address(person, "yhteydenotto/"), sent).status_code == 302
        assert [contact.matter for contact in person.contacts.all()] == [person.matters.get()]
