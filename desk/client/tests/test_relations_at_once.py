"""What ties people to a client and protects it, when a form is sent twice or somebody was quicker."""

import re
import uuid
from typing import Any

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client as Browser

from accounts.models import User
from cases.clients.contact_details import set_non_disclosure
from cases.matters.tests.test_two_at_once import PATIENCE, in_own_connection, wait_until_somebody_waits
from cases.models import Case, Client, Event, Matter, OwnWorker, RestrictedAccess
from cases.relations.verbs import assign_own_worker, close_case, lift_restriction, open_case, restrict
from core.row_security import scope
from core.saving import NotPossible
from municipalities.models import Municipality, Role
from testing.factories import make_client, make_matter
from testing.people import SignIn
from testing.people import person as make_person

HIDDEN = re.compile(r'<input type="hidden" name="(version|on|case)" value="(\w*)">')
SOMEBODY_ELSE = "Joku muu on tallentanut"


@pytest.fixture
def person(kuopio: Municipality) -> Client:
    client = make_client(kuopio, given_names="Veikko Armas", family_name="Mallikas")
    make_matter(client)
    return client


def shown(browser: Browser, page: str) -> dict[str, str]:
    """The hidden fields of the form as the page has them now: what a form that stays open sends later."""
    return dict(HIDDEN.findall(browser.get(page).content.decode()))


def words(answer: HttpResponse | Any) -> str:
    return str(answer.content.decode())


class TestNonDisclosure:
    def page(self, client: Client) -> str:
        return f"/297/asiakkaat/{client.pk}/turvakielto/"

    def protected(self, client: Client) -> bool:
        client.refresh_from_db()
        return client.non_disclosure

    def events(self, client: Client) -> list[str]:
        return list(Event.objects.filter(client=client).order_by("pk").values_list("kind", flat=True))

    @pytest.mark.parametrize("who", ["aino", "sirkka"])
    def test_recorded_twice_it_stays(
        self, who: str, person: Client, request: pytest.FixtureRequest, signed_in: SignIn
    ) -> None:
        browser = signed_in(request.getfixturevalue(who))
        sent = shown(browser, self.page(person)) | {"reason": "Asiakas kertoi"}
        browser.post(self.page(person), sent)
        again = browser.post(self.page(person), sent, follow=True)
        assert "Asiakkaalla on jo turvakielto." in words(again)
        assert self.protected(person)
        assert self.events(person) == ["client.non_disclosure_set"]

    @pytest.mark.parametrize("reason", ["Asiakas kertoi", ""])
    def test_a_form_to_record_lifts_nothing_when_a_batch_was_quicker(
        self, sirkka: User, person: Client, signed_in: SignIn, reason: str
    ) -> None:
        browser = signed_in(sirkka)
        sent = shown(browser, self.page(person)) | {"reason": reason}
        Client.objects.update(non_disclosure=True, version=2)
        browser.post(self.page(person), sent)
        assert self.protected(person)
        assert self.events(person) == []

    def test_a_form_without_its_intent_changes_nothing(self, sirkka: User, person: Client, signed_in: SignIn) -> None:
        Client.objects.update(non_disclosure=True)
        browser = signed_in(sirkka)
        assert browser.post(self.page(person), {"reason": "Päättynyt", "version": "1"}).status_code == 400
        assert self.protected(person)

    def test_recorded_anew_meanwhile_it_is_not_lifted_by_an_old_form(
        self, aino: User, sirkka: User, person: Client, signed_in: SignIn
    ) -> None:
        set_non_disclosure(aino, person, True)
        browser = signed_in(sirkka)
        sent = shown(browser, self.page(person)) | {"reason": "Kielto on päättynyt"}
        set_non_disclosure(sirkka, person, False)
        set_non_disclosure(aino, person, True)
        answer = words(browser.post(self.page(person), sent))
        assert SOMEBODY_ELSE in answer
        assert "Kielto on päättynyt</textarea>" in answer
        assert 'name="on" value="no"' in answer
        assert self.protected(person)
        renewed = dict(HIDDEN.findall(answer)) | {"reason": "Kielto on päättynyt"}
        browser.post(self.page(person), renewed)
        assert not self.protected(person)

    def test_lifted_meanwhile_it_is_not_recorded_again_without_a_word(
        self, aino: User, sirkka: User, person: Client, signed_in: SignIn
    ) -> None:
        browser = signed_in(aino)
        sent = shown(browser, self.page(person)) | {"reason": "Asiakas kertoi"}
        set_non_disclosure(sirkka, person, True)
        set_non_disclosure(sirkka, person, False)
        answer = words(browser.post(self.page(person), sent))
        assert SOMEBODY_ELSE in answer
        assert "Asiakas kertoi</textarea>" in answer
        assert not self.protected(person)
        browser.post(self.page(person), dict(HIDDEN.findall(answer)) | {"reason": "Asiakas kertoi"})
        assert self.protected(person)

    def test_an_error_does_not_hide_a_later_conflict(self, aino: User, person: Client, signed_in: SignIn) -> None:
        browser = signed_in(aino)
        sent = shown(browser, self.page(person))
        Client.objects.update(version=7)
        assert dict(HIDDEN.findall(words(browser.post(self.page(person), sent))))["version"] == sent["version"]

    def test_a_worker_does_not_lift_it_with_a_form_made_by_hand(
        self, aino: User, person: Client, signed_in: SignIn
    ) -> None:
        set_non_disclosure(aino, person, True)
        sent = {"on": "no", "version": "2", "reason": "Päättynyt"}
        assert signed_in(aino).post(self.page(person), sent).status_code == 403
        assert self.protected(person)

    def test_lifted_twice_says_so(self, sirkka: User, person: Client, signed_in: SignIn) -> None:
        set_non_disclosure(sirkka, person, True)
        browser = signed_in(sirkka)
        sent = shown(browser, self.page(person)) | {"reason": "Kielto on päättynyt"}
        browser.post(self.page(person), sent)
        assert "Turvakielto on jo poistettu." in words(browser.post(self.page(person), sent, follow=True))
        assert self.events(person).count("client.non_disclosure_lifted") == 1


class TestOwnWorker:
    def page(self, client: Client) -> str:
        return f"/297/asiakkaat/{client.pk}/omatyontekija/"

    def own_worker(self, client: Client) -> User | None:
        row = OwnWorker.objects.filter(client=client, ended=None).first()
        return row.user if row else None

    @pytest.mark.parametrize("choice", ["", "aino"])
    def test_who_was_named_meanwhile_stays_and_is_told(
        self, choice: str, aino: User, eetu: User, sirkka: User, person: Client, signed_in: SignIn
    ) -> None:
        make_matter(person, assignee=aino)
        browser = signed_in(aino)
        sent = shown(browser, self.page(person)) | {"worker": str(aino.pk) if choice else ""}
        assign_own_worker(sirkka, person, eetu)
        answer = browser.post(self.page(person), sent)
        assert SOMEBODY_ELSE in words(answer)
        assert "<dd>Eetu Esimerkki</dd>" in words(answer)
        assert answer.context["form"]["worker"].value() == sent["worker"]
        assert self.own_worker(person) == eetu
        browser.post(self.page(person), sent | dict(HIDDEN.findall(words(answer))))
        assert self.own_worker(person) == (aino if choice else None)

    def test_who_has_nothing_to_do_with_the_client_leaves_the_own_worker_of_another(
        self, aino: User, eetu: User, sirkka: User, person: Client, signed_in: SignIn
    ) -> None:
        assign_own_worker(sirkka, person, eetu)
        sent = {"worker": str(aino.pk), "version": Client.objects.get(pk=person.pk).version, "once": str(uuid.uuid4())}
        assert "Tästä päättää omatyöntekijä" in words(signed_in(aino).post(self.page(person), sent))
        assert self.own_worker(person) == eetu

    def test_ended_meanwhile_it_is_told_too(self, aino: User, sirkka: User, person: Client, signed_in: SignIn) -> None:
        assign_own_worker(sirkka, person, sirkka)
        browser = signed_in(aino)
        sent = shown(browser, self.page(person)) | {"worker": str(aino.pk)}
        assign_own_worker(sirkka, person, None)
        assert "<dd>Ei ketään toistaiseksi</dd>" in words(browser.post(self.page(person), sent))
        assert self.own_worker(person) is None

    def test_sent_twice_it_is_saved_once(self, aino: User, eetu: User, person: Client, signed_in: SignIn) -> None:
        browser = signed_in(aino)
        sent = shown(browser, self.page(person)) | {"worker": str(eetu.pk)}
        for _ in range(2):
            assert browser.post(self.page(person), sent).status_code == 302
        assert Event.objects.filter(client=person).count() == 1

    def test_an_empty_form_ends_nothing(self, aino: User, eetu: User, person: Client, signed_in: SignIn) -> None:
        assign_own_worker(aino, person, eetu)
        signed_in(aino).post(self.page(person), {})
        assert self.own_worker(person) == eetu

    def test_each_change_is_a_version_of_the_client(self, aino: User, eetu: User, sirkka: User, person: Client) -> None:
        versions = []
        for worker in (aino, aino, eetu, None, None):
            assign_own_worker(sirkka, person, worker)
            person.refresh_from_db()
            versions.append(person.version)
        assert versions == [2, 2, 3, 4, 4]


class TestRestriction:
    def page(self, client: Client) -> str:
        return f"/297/asiakkaat/{client.pk}/rajaus/"

    def named(self, client: Client) -> set[User]:
        return {row.user for row in RestrictedAccess.objects.filter(client=client, ended=None)}

    def test_a_restriction_made_meanwhile_is_not_lifted(
        self, aino: User, sirkka: User, person: Client, signed_in: SignIn
    ) -> None:
        browser = signed_in(sirkka)
        sent: dict[str, Any] = shown(browser, self.page(person)) | {"people": [sirkka.pk]}
        restrict(sirkka, person, [aino, sirkka])
        answer = words(browser.post(self.page(person), sent))
        assert SOMEBODY_ELSE in answer
        assert "<dd>Kyllä</dd>" in answer
        assert "<dd>Aino Demolainen, Sirkka Mallikas</dd>" in answer
        person.refresh_from_db()
        assert person.restricted
        assert self.named(person) == {aino, sirkka}
        browser.post(self.page(person), sent | dict(HIDDEN.findall(answer)))
        person.refresh_from_db()
        assert not person.restricted

    def test_whose_naming_was_ended_meanwhile_is_not_named_again(
        self, aino: User, eetu: User, sirkka: User, person: Client, signed_in: SignIn
    ) -> None:
        restrict(sirkka, person, [aino, sirkka])
        browser = signed_in(sirkka)
        kept = {"restricted": "on", "people": [aino.pk, eetu.pk, sirkka.pk]}
        sent: dict[str, Any] = shown(browser, self.page(person)) | kept
        restrict(sirkka, person, [sirkka])
        answer = browser.post(self.page(person), sent)
        assert "<dd>Sirkka Mallikas</dd>" in words(answer)
        assert answer.context["form"]["people"].value() == [str(pk) for pk in kept["people"]]
        assert self.named(person) == {sirkka}

    def test_lifted_meanwhile_it_is_told(self, sirkka: User, person: Client, signed_in: SignIn) -> None:
        restrict(sirkka, person, [sirkka])
        browser = signed_in(sirkka)
        sent: dict[str, Any] = shown(browser, self.page(person)) | {"restricted": "on", "people": [sirkka.pk]}
        lift_restriction(sirkka, person)
        assert "<dd>Ei</dd>" in words(browser.post(self.page(person), sent))
        assert self.named(person) == set()

    def test_sent_twice_it_is_saved_once(self, sirkka: User, person: Client, signed_in: SignIn) -> None:
        browser = signed_in(sirkka)
        sent: dict[str, Any] = shown(browser, self.page(person)) | {"restricted": "on", "people": [sirkka.pk]}
        for _ in range(2):
            assert browser.post(self.page(person), sent).status_code == 302
        assert list(Event.objects.filter(client=person).order_by("pk").values_list("kind", flat=True)) == [
            "client.restricted",
            "client.person_named",
        ]

    def test_an_empty_form_lifts_nothing(self, sirkka: User, person: Client, signed_in: SignIn) -> None:
        restrict(sirkka, person, [sirkka])
        signed_in(sirkka).post(self.page(person), {})
        person.refresh_from_db()
        assert person.restricted

    def test_each_change_is_a_version_of_the_client(self, aino: User, sirkka: User, person: Client) -> None:
        versions = []
        for people in ([aino], [aino], [aino, sirkka], [sirkka]):
            restrict(sirkka, person, people)
            person.refresh_from_db()
            versions.append(person.version)
        for _ in range(2):
            lift_restriction(sirkka, person)
            person.refresh_from_db()
            versions.append(person.version)
        assert versions == [2, 2, 3, 4, 5, 5]


def test_of_two_who_open_a_case_at_once_one_has_it_and_the_other_is_told(committed_db: None) -> None:
    kuopio = Municipality.objects.get(pk=297)
    refused: list[str] = []
    with scope([kuopio.pk]):
        aino = make_person("Aino Demolainen", "aino@kuopio.example", Role.SOCIAL_WORKER, kuopio)
        eetu = make_person("Eetu Esimerkki", "eetu@kuopio.example", Role.SOCIAL_COUNSELLOR, kuopio)
        client = make_client(kuopio)
        first, second = make_matter(client), make_matter(client)

    def open_too() -> None:
        with scope([kuopio.pk]):
            try:
                open_case(eetu, client, matter=second)
            except NotPossible as refusal:
                refused.append(str(refusal))

    with transaction.atomic(), scope([kuopio.pk]):
        open_case(aino, client, matter=first)
        other = in_own_connection(open_too)
        wait_until_somebody_waits(other)
    other.join(PATIENCE)
    assert refused == ["Asiakkaalla on jo avoin asiakkuus."]
    with scope([kuopio.pk]):
        assert Case.objects.get().opened_by == aino
        assert Event.objects.filter(kind="case.opened").count() == 1


def test_whoever_opens_a_case_takes_the_matter_before_the_client(committed_db: None) -> None:
    kuopio = Municipality.objects.get(pk=297)
    with scope([kuopio.pk]):
        aino = make_person("Aino Demolainen", "aino@kuopio.example", Role.SOCIAL_WORKER, kuopio)
        matter = make_matter(make_client(kuopio))

    def open_it() -> None:
        with scope([kuopio.pk]):
            open_case(aino, matter.client, matter=matter)

    with transaction.atomic(), scope([kuopio.pk]):
        Matter.objects.select_for_update().get(pk=matter.pk)
        other = in_own_connection(open_it)
        wait_until_somebody_waits(other)
        # whoever returns a transferred matter holds it, and goes on to the client
        assert Client.objects.select_for_update(nowait=True, of=("self",)).get(pk=matter.client_id)
    other.join(PATIENCE)
    with scope([kuopio.pk]):
        assert Case.objects.count() == 1


def test_the_page_tells_that_somebody_was_quicker_with_the_case(
    aino: User, eetu: User, person: Client, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_case(eetu, person)
    browser = signed_in(aino)
    # the page was asked for before the colleague's case was there
    monkeypatch.setattr("desk.client.relations.has_open_case", lambda client: False)
    sent = {"matter": str(person.matters.get().pk)}
    answer = browser.post(f"/297/asiakkaat/{person.pk}/asiakkuus/avaa/", sent, follow=True)
    assert "Asiakkaalla on jo avoin asiakkuus." in words(answer)
    assert "Asiakkuus avattiin." not in words(answer)


def test_an_old_page_does_not_close_a_case_that_was_opened_since(aino: User, person: Client, signed_in: SignIn) -> None:
    page = f"/297/asiakkaat/{person.pk}/asiakkuus/paata/"
    browser = signed_in(aino)
    first = open_case(aino, person)
    sent = shown(browser, page) | {"ground": "Tuen tarve on päättynyt"}
    close_case(aino, first, "Muutti")
    second = open_case(aino, person)
    answer = browser.post(page, sent)
    assert "Sivu oli vanhentunut." in words(answer)
    assert "Tuen tarve on päättynyt" in words(answer), "nothing typed is lost"
    second.refresh_from_db()
    assert second.closed_at is None
    browser.post(page, shown(browser, page) | {"ground": "Tuen tarve on päättynyt"})
    second.refresh_from_db()
    assert second.closing_ground == "Tuen tarve on päättynyt"
