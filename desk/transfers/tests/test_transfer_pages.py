"""Transferring in the browser: the deeds, the state on both sides, and what neither side may see."""

from typing import Any

import pytest
from django.test import Client as Browser

from accounts.models import User
from cases.contacts.verbs import record_contact
from cases.matters import life as matters
from cases.models import AccessLog, Client, Matter, MatterState, Transfer
from cases.models.contact import Channel, ContactOutcome
from cases.models.matter import Outcome
from cases.models.transfer import TransferState
from cases.transfers import verbs as transfers
from core.row_security import scope
from municipalities.models import Municipality, Role
from testing.clock import NOW
from testing.factories import make_client, make_matter
from testing.people import QueryCount, SignIn, person

WHY = "Muutti opiskelun vuoksi."
SECRET = "Salaisuudenkantaja"


@pytest.fixture
def seija(kuopio: Municipality) -> Client:
    return make_client(kuopio, family_name="Demolainen", given_names="Seija Hilja")


@pytest.fixture
def application(seija: Client, aino: User) -> Matter:
    return make_matter(seija, assignee=aino, state=MatterState.IN_PROGRESS)


def page(browser: Browser, place: int, address: str = "tyojono/", **query: str) -> str:
    return browser.get(f"/{place}/{address}", query).content.decode()


def there() -> Matter:
    with scope([837]):
        return Matter.objects.select_related("client").latest("pk")


def ask(matter: Matter, actor: User, place: int = 837) -> Matter:
    with scope([matter.municipality_id]):
        transfers.request_transfer(actor, matter, Municipality.objects.get(pk=place), WHY)
    return there()


def test_whoever_answers_is_told_why_the_client_is_restricted(
    signed_in: SignIn, aino: User, application: Matter, tampere: Municipality
) -> None:
    jorma = person("Jorma Johtaja-Demo", "jorma@tampere.example", Role.SUPERVISOR, tampere)
    Client.objects.filter(pk=application.client_id).update(restricted=True)
    application.refresh_from_db()
    new = ask(application, aino)
    words = "Asiakas on rajattu kunnassa, josta asia tuli."
    assert words in page(signed_in(jorma), 837, avoin=str(new.pk))
    with scope([837]):
        Client.objects.filter(pk=new.client_id).update(restricted=False)
    assert words not in page(signed_in(jorma), 837, avoin=str(new.pk))


class TestAsking:
    def test_the_form_says_what_goes_along_and_names_every_municipality(
        self, signed_in: SignIn, aino: User, application: Matter
    ) -> None:
        html = page(signed_in(aino), 297, avoin=str(application.pk), teko="kunta")
        assert "Mukana menevät" in html
        assert "Tänne jäävät" in html
        assert '<option value="Tampere">' in html
        assert '<option value="Kuopio">' not in html

    @pytest.mark.parametrize("name", ["Tampere", "tammerfors", "837"])
    def test_a_municipality_is_known_by_its_names_and_its_code(
        self, name: str, signed_in: SignIn, aino: User, olli: User, application: Matter
    ) -> None:
        data = {"place": name, "reason": WHY, "version": application.version}
        answer = signed_in(aino).post(f"/297/asiat/{application.pk}/kunnansiirto/", data)
        assert answer.status_code == 302
        assert there().client.identity_code() == application.client.identity_code()

    @pytest.mark.parametrize(
        ("place", "words"), [("Kuvitelma", "Sellaista kuntaa ei ole"), ("Raisio", "Raisio ei käytä tätä ohjelmaa")]
    )
    def test_what_cannot_be_comes_back_with_the_text(
        self, place: str, words: str, signed_in: SignIn, aino: User, application: Matter
    ) -> None:
        data = {"place": place, "reason": WHY, "version": application.version}
        answer = signed_in(aino).post(f"/297/asiat/{application.pk}/kunnansiirto/", data)
        assert answer.status_code == 422
        html = answer.content.decode()
        assert words in html
        assert WHY in html


class TestBothSides:
    def test_each_sees_the_state_and_answers(
        self, signed_in: SignIn, aino: User, olli: User, application: Matter
    ) -> None:
        new = ask(application, aino)
        sender, receiver = signed_in(aino), signed_in(olli)
        html = page(sender, 297, avoin=str(application.pk))
        assert "Siirto toiseen kuntaan" in html
        assert "Tampere" in html
        assert "Peru siirto" in html
        assert "Ratkaise…" not in html
        html = page(receiver, 837, avoin=str(new.pk))
        assert "Siirretty toisesta kunnasta" in html
        assert "Kuopio" in html
        assert WHY in html
        assert receiver.post(f"/837/asiat/{new.pk}/kunnansiirto/hyvaksy/").status_code == 302
        html = page(sender, 297, avoin=str(application.pk))
        assert "Hyväksytty" in html
        application.refresh_from_db()
        assert application.outcome == Outcome.TRANSFERRED

    def test_returning_and_revoking(self, signed_in: SignIn, aino: User, olli: User, application: Matter) -> None:
        new = ask(application, aino)
        data = {"reason": "Asuu yhä Kuopiossa.", "version": new.version}
        assert signed_in(olli).post(f"/837/asiat/{new.pk}/kunnansiirto/palauta/", data).status_code == 302
        assert "Asuu yhä Kuopiossa." in page(signed_in(aino), 297, avoin=str(application.pk))
        application.refresh_from_db()
        ask(application, aino)
        application.refresh_from_db()
        data = {"reason": "", "version": application.version}
        assert signed_in(aino).post(f"/297/asiat/{application.pk}/kunnansiirto/peru/", data).status_code == 302
        application.refresh_from_db()
        assert application.state == MatterState.IN_PROGRESS

    def test_nothing_is_offered_that_the_open_answer_forbids(
        self, signed_in: SignIn, olli: User, aino: User, application: Matter
    ) -> None:
        new = ask(application, aino)
        with scope([837]):
            matters.take(olli, new)
        browser = signed_in(olli)
        forbidden = ("Pyydä lisätietoja…", "Ohjaa kumppanille…")
        html = page(browser, 837, avoin=str(new.pk))
        assert not [words for words in forbidden if words in html]
        browser.post(f"/837/asiat/{new.pk}/kunnansiirto/hyvaksy/")
        html = page(browser, 837, avoin=str(new.pk))
        assert all(words in html for words in forbidden)

    def test_an_answer_that_came_too_late_is_told(
        self, signed_in: SignIn, aino: User, olli: User, application: Matter
    ) -> None:
        new = ask(application, aino)
        transfers.revoke(aino, application)
        answer = signed_in(olli).post(f"/837/asiat/{new.pk}/kunnansiirto/hyvaksy/", follow=True)
        assert "Toinen kunta on jo perunut siirron." in answer.content.decode()

    def test_the_other_side_finds_neither_matter_nor_client(
        self, signed_in: SignIn, aino: User, olli: User, application: Matter
    ) -> None:
        ask(application, aino)
        for address in (
            f"tyojono/?avoin={application.pk}",
            f"asiakkaat/{application.client_id}/",
        ):
            assert signed_in(olli).get(f"/837/{address}").status_code == 404
        assert signed_in(olli).post(f"/297/asiat/{application.pk}/kunnansiirto/peru/").status_code == 404

    def test_no_page_of_the_receiver_shows_the_senders_casework(
        self, signed_in: SignIn, aino: User, olli: User, application: Matter, seija: Client
    ) -> None:
        record_contact(
            aino,
            seija,
            matter=application,
            channel=Channel.CALL,
            outcome=ContactOutcome.REACHED,
            at=NOW,
            text=SECRET,
            client_words=SECRET,
        )
        new = ask(application, aino)
        browser = signed_in(olli)
        assert SECRET in page(signed_in(aino), 297, avoin=str(application.pk))
        shown = "".join(
            page(browser, 837, address)
            for address in (
                "",
                "tyojono/",
                f"tyojono/?avoin={new.pk}",
                f"asiakkaat/{new.client_id}/",
                f"asiakkaat/{new.client_id}/aikajana/",
                "siirrot/",
                "siirrot/?suunta=lahetetyt",
            )
        )
        assert "Demolainen" in shown
        assert SECRET not in shown

    def test_a_protected_persons_new_place_is_on_no_page_of_the_sender(
        self, signed_in: SignIn, aino: User, olli: User, kuopio: Municipality, sirkka: User
    ) -> None:
        client = make_client(kuopio, family_name="Testaaja", non_disclosure=True)
        matter = make_matter(client, assignee=aino, state=MatterState.IN_PROGRESS)
        with scope([297]):
            transfers.request_transfer(aino, matter, Municipality.objects.get(pk=837), "Muutti Tampereelle.")
        for how in ("waiting", "returned"):
            browser = signed_in(aino)
            shown = "".join(
                page(browser, 297, address)
                for address in (
                    "",
                    f"tyojono/?avoin={matter.pk}",
                    f"asiakkaat/{client.pk}/",
                    f"asiakkaat/{client.pk}/aikajana/",
                    "siirrot/?suunta=lahetetyt",
                )
            )
            assert "Testaaja" in shown
            assert "Tampere" not in shown, how
            assert "Olli" not in shown, how
            if how == "waiting":
                with scope([837]):
                    transfers.give_back(olli, there(), "Ei asu Tampereella.")
        revealed = signed_in(aino).post(f"/297/asiat/{matter.pk}/nayta-suojatut/").content.decode()
        assert "Ei asu Tampereella." in revealed

    def test_a_protected_persons_old_place_is_on_no_page_of_the_receiver_after_a_return(
        self, signed_in: SignIn, aino: User, olli: User, kuopio: Municipality
    ) -> None:
        client = make_client(kuopio, family_name="Testaaja", non_disclosure=True)
        with scope([297]):
            matter = make_matter(client, assignee=aino, state=MatterState.IN_PROGRESS)
            transfers.request_transfer(aino, matter, Municipality.objects.get(pk=837), "Muutti Tampereelle.")
        with scope([837]):
            new = there()
            transfers.give_back(olli, new, "Ei asu täällä.")
        browser = signed_in(olli)
        shown = page(browser, 837, f"tyojono/?avoin={new.pk}") + page(browser, 837, f"asiakkaat/{new.client_id}/")
        assert "Testaaja" in shown
        for telling in ("Kuopio", "Aino", "Demolainen"):
            assert telling not in shown


class TestList:
    def test_received_and_sent_with_their_state(
        self, signed_in: SignIn, aino: User, olli: User, application: Matter
    ) -> None:
        ask(application, aino)
        sent = page(signed_in(aino), 297, "siirrot/", suunta="lahetetyt")
        assert "Tampere" in sent
        assert "Odottaa vastausta" in sent
        assert "Seija Demolainen" in page(signed_in(olli), 837, "siirrot/", tila="odottaa")
        assert "Tässä tilassa ei ole siirtoja." in page(signed_in(olli), 837, "siirrot/", tila="palautettu")
        with scope([837]):
            assert AccessLog.objects.filter(page="transfers", client_ids=[there().client_id]).exists()

    def test_today_tells_how_many_wait(self, signed_in: SignIn, aino: User, olli: User, application: Matter) -> None:
        assert "odottaa vastausta" not in page(signed_in(olli), 837, "")
        ask(application, aino)
        assert "Toisesta kunnasta tullut asia odottaa vastausta." in page(signed_in(olli), 837, "")

    def test_takes_as_many_queries_for_one_as_for_many(
        self, signed_in: SignIn, aino: User, kuopio: Municipality, tampere: Municipality, query_count: QueryCount
    ) -> None:
        def add(count: int) -> None:
            with scope([297]):
                for _ in range(count):
                    client = make_client(kuopio)
                    Transfer.objects.create(
                        municipality=kuopio,
                        incoming=False,
                        other=tampere,
                        client=client,
                        matter=make_matter(client),
                        state=TransferState.RETURNED,
                        reason=WHY,
                        answered_at=NOW,
                    )

        browser: Any = signed_in(aino)
        add(1)
        browser.get("/297/siirrot/?suunta=lahetetyt")
        one = query_count(lambda: browser.get("/297/siirrot/?suunta=lahetetyt"))
        add(8)
        assert query_count(lambda: browser.get("/297/siirrot/?suunta=lahetetyt")) == one
