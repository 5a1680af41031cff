"""What somebody opens for themselves has a reason, lands with the supervisor, and does not go on without end."""

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import Client as Browser

from accounts.models import SecurityEvent, User
from cases.letters.verbs import make_letter
from cases.matters import life
from cases.models import AccessLog, Client, ContactDetail, Matter, OwnWorker, SelfMadeRight
from cases.oversight.verbs import must_explain
from cases.relations.verbs import assign_own_worker
from core.row_security import scope
from core.saving import NotPossible
from municipalities.models import Municipality, Role
from testing.clock import NOW, Clock
from testing.factories import make_client, make_matter
from testing.people import QueryCount, SignIn, person

PAGE = "/297/valvonta/"


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def hidden(kuopio: Municipality, ulla: User) -> Client:
    """A client with whom Ulla has nothing to do."""
    return make_client(kuopio, given_names="Tauno", family_name="Ylämalli")


def find(browser: Browser, client: Client) -> None:
    browser.post("/297/asiakkaat/", {"q": client.identity_code()})


def new_matter(browser: Browser, client: Client, **more: str) -> Any:
    values = {"kind": "contact", "source": "phone", "arrived": "13.11.2018", "take": "on"} | more
    return browser.post(f"/297/asiakkaat/{client.pk}/uusi-asia/", values)


class TestWithoutRelation:
    def test_a_matter_by_a_known_code_needs_a_reason_that_the_supervisor_reads(
        self, ulla: User, sirkka: User, hidden: Client, signed_in: SignIn
    ) -> None:
        browser = signed_in(ulla)
        find(browser, hidden)
        form = browser.get(f"/297/asiakkaat/{hidden.pk}/uusi-asia/").context["form"]
        assert form.fields["reason"].required
        refused = new_matter(browser, hidden, arrived="")
        assert refused.status_code == 422
        assert "Kirjoita, miksi tarvitset asiakkaan tietoja työssäsi" in text(refused)
        assert not Matter.objects.exists()
        assert not SelfMadeRight.objects.exists()
        assert new_matter(browser, hidden, reason="Soitti ja pyysi apua.").status_code == 302
        row = SelfMadeRight.objects.get()
        assert (row.user, row.client, row.reason) == (ulla, hidden, "Soitti ja pyysi apua.")
        event = SecurityEvent.objects.get(kind="relation_made")
        assert (event.actor, event.facts) == (ulla, {"how": "matter"})
        page = text(signed_in(sirkka).get(PAGE))
        assert "Soitti ja pyysi apua." in page
        assert "Ulla" in page
        assert hidden.name in page

    def test_with_a_relation_nobody_is_asked(
        self, aino: User, kuopio: Municipality, hidden: Client, signed_in: SignIn
    ) -> None:
        make_matter(hidden)
        browser = signed_in(aino)
        assert 'name="reason"' not in text(browser.get(f"/297/asiakkaat/{hidden.pk}/uusi-asia/"))
        assert new_matter(browser, hidden).status_code == 302
        assert not SelfMadeRight.objects.exists()

    def test_who_has_only_what_they_made_becomes_own_worker_with_a_reason(
        self, ulla: User, hidden: Client, signed_in: SignIn
    ) -> None:
        browser = signed_in(ulla)
        find(browser, hidden)
        new_matter(browser, hidden, reason="Soitti.")
        address = f"/297/asiakkaat/{hidden.pk}/omatyontekija/"
        hidden.refresh_from_db()
        values = {"worker": ulla.pk, "version": hidden.version}
        assert "Kirjoita, miksi tarvitset" in text(browser.post(address, values))
        assert not OwnWorker.objects.exists()
        assert browser.post(address, values | {"reason": "Jatkan asian kanssa."}).status_code == 302
        assert OwnWorker.objects.get().user == ulla
        assert [row.kind for row in SelfMadeRight.objects.order_by("pk")] == ["matter", "own_worker"]

    def test_whom_a_notice_brought_is_taken_without_a_word(self, aino: User, hidden: Client, signed_in: SignIn) -> None:
        make_matter(hidden)
        browser = signed_in(aino)
        address = f"/297/asiakkaat/{hidden.pk}/omatyontekija/"
        assert 'name="reason"' not in text(browser.get(address))
        assert browser.post(address, {"worker": aino.pk, "version": hidden.version}).status_code == 302
        assert not SelfMadeRight.objects.exists()


class TestNobodyGave:
    """What turvakielto hides, shown by a tie of one's own making: first the reason, and the supervisor reads it."""

    PHONE = "040 000 00 17"

    @pytest.fixture
    def protected(self, kuopio: Municipality, ulla: User) -> Client:
        client = make_client(kuopio, given_names="Tauno", family_name="Ylämalli", non_disclosure=True)
        ContactDetail.objects.create(
            municipality=kuopio, client=client, kind="phone", source="kela", value=self.PHONE, known_on="2018-11-01"
        )
        return client

    def show(self, browser: Browser, client: Client) -> Any:
        return browser.post(f"/297/asiakkaat/{client.pk}/yhteystiedot/nayta/", {"purpose": "contact"})

    def show_in_queue(self, browser: Browser, matter: Matter) -> Any:
        return browser.post(f"/297/asiat/{matter.pk}/nayta-suojatut/")

    def asks(self, answer: Any, client: Client) -> bool:
        return bool(answer.status_code == 302 and answer["Location"] == f"/297/valvonta/syy/?asiakas={client.pk}")

    def test_an_own_matter_opens_nothing_without_a_reason(
        self, aino: User, sirkka: User, protected: Client, signed_in: SignIn
    ) -> None:
        make_matter(protected)
        browser = signed_in(aino)
        assert self.show(browser, protected).status_code == 403
        new_matter(browser, protected)
        asked = self.show(browser, protected)
        assert self.asks(asked, protected)
        assert "Ylämalli" in text(browser.get(asked["Location"]))
        assert browser.post(asked["Location"], {"reason": " "}).status_code == 422
        assert self.asks(self.show(browser, protected), protected)
        answer = browser.post(asked["Location"], {"reason": "Soitan hänelle ajasta."})
        assert answer["Location"] == f"/297/asiakkaat/{protected.pk}/"
        assert self.PHONE in text(self.show(browser, protected))
        row = SelfMadeRight.objects.get()
        assert (row.kind, row.user, row.client) == ("reveal", aino, protected)
        told = SecurityEvent.objects.filter(kind__in=["relation_made", "revealed"]).order_by("pk")
        assert [(one.kind, one.actor, one.municipality_number, one.facts) for one in told] == [
            ("relation_made", aino, 297, {"how": "reveal"}),
            ("revealed", aino, 297, {"what": "contact_details", "clients": 1}),
        ]
        page = text(signed_in(sirkka).get(PAGE))
        assert "Soitan hänelle ajasta." in page
        # the second press of a double click
        assert browser.post(asked["Location"], {"reason": "Soitan."})["Location"] == answer["Location"]
        assert SelfMadeRight.objects.count() == 1

    def test_neither_does_a_free_matter_that_one_takes(self, aino: User, protected: Client, signed_in: SignIn) -> None:
        matter = make_matter(protected)
        life.take(aino, matter)
        browser = signed_in(aino)
        assert self.asks(self.show_in_queue(browser, matter), protected)
        assert self.asks(self.show(browser, protected), protected)

    def test_nor_becoming_the_own_worker(self, aino: User, protected: Client, signed_in: SignIn) -> None:
        make_matter(protected)
        assign_own_worker(aino, protected, aino, version=protected.version)
        assert self.asks(self.show(signed_in(aino), protected), protected)

    def test_nor_a_matter_that_went_to_a_colleague_and_came_back(
        self, aino: User, leo: User, protected: Client, signed_in: SignIn
    ) -> None:
        matter = make_matter(protected)
        life.take(aino, matter)
        life.hand_over(aino, matter, leo)
        life.hand_over(leo, matter, aino)
        assert self.asks(self.show(signed_in(aino), protected), protected)

    def test_nor_a_closed_one_that_one_opens_again(self, aino: User, protected: Client, signed_in: SignIn) -> None:
        matter = make_matter(protected, state="closed", outcome="other", closed_at=NOW)
        life.reopen(aino, matter, "Jatkuu.")
        assert self.asks(self.show(signed_in(aino), protected), protected)

    def test_what_the_routing_or_a_colleague_gave_is_shown_at_once(
        self, aino: User, leo: User, protected: Client, signed_in: SignIn
    ) -> None:
        routed = make_matter(protected, assignee=aino)
        assert self.PHONE in text(self.show(signed_in(aino), protected))
        life.take(aino, routed)
        assert self.PHONE in text(self.show_in_queue(signed_in(aino), routed))
        life.hand_over(aino, routed, leo)
        assert self.PHONE in text(self.show(signed_in(leo), protected))
        assert not SelfMadeRight.objects.exists()

    def test_whom_somebody_else_named_own_worker_is_not_asked(
        self, aino: User, sirkka: User, protected: Client, signed_in: SignIn
    ) -> None:
        assign_own_worker(sirkka, protected, aino, version=protected.version)
        assert self.PHONE in text(self.show(signed_in(aino), protected))

    def test_the_supervisor_is_not_asked(self, sirkka: User, protected: Client, signed_in: SignIn) -> None:
        assert self.PHONE in text(self.show(signed_in(sirkka), protected))

    def test_the_reason_lasts_as_long_as_a_relation(
        self, aino: User, protected: Client, signed_in: SignIn, clock: Clock
    ) -> None:
        matter = make_matter(protected)
        life.take(aino, matter)
        browser = signed_in(aino)
        browser.post(f"/297/valvonta/syy/?asiakas={protected.pk}", {"reason": "Soitan."})
        assert self.PHONE in text(self.show(browser, protected))
        clock.shift(days=settings.RELATION_DAYS + 1)
        assert self.asks(self.show(signed_in(aino), protected), protected)

    def test_a_printed_letter_asks_too(self, aino: User, protected: Client, signed_in: SignIn) -> None:
        ContactDetail.objects.create(
            municipality=protected.municipality,
            client=protected,
            kind="address",
            source="kela",
            value="Mallikuja 1",
            postal_code="70100",
            post_office="KUOPIO",
            known_on="2018-11-01",
        )
        matter = make_matter(protected)
        life.take(aino, matter)
        Matter.objects.filter(pk=matter.pk).update(attempts=3)
        letter = make_letter(aino, matter, "not_reached", language="fi", subject="Kutsu", body="Tervetuloa.")
        browser = signed_in(aino)
        address = f"/297/kirjeet/{letter.pk}/kirje.pdf"
        assert self.asks(browser.get(address), protected)
        browser.post(f"/297/valvonta/syy/?asiakas={protected.pk}", {"reason": "Lähetän kutsun."})
        assert browser.get(address)["Content-Type"] == "application/pdf"
        assert SecurityEvent.objects.get(kind="revealed").facts == {"what": "letter_address", "clients": 1}

    def test_nobody_gives_a_reason_for_whom_they_may_not_show(
        self, aino: User, ulla: User, protected: Client, signed_in: SignIn
    ) -> None:
        make_matter(protected)
        for who in (aino, ulla):
            answer = signed_in(who).post(f"/297/valvonta/syy/?asiakas={protected.pk}", {"reason": "Katson."})
            assert answer.status_code == 404
        assert not SelfMadeRight.objects.exists()


class TestMany:
    @pytest.fixture
    def shown(self, kuopio: Municipality, aino: User) -> Client:
        client = make_client(kuopio)
        make_matter(client, assignee=aino)
        return client

    def show(self, browser: Browser, client: Client, times: int = 1) -> Any:
        for _ in range(times):
            answer = browser.post(f"/297/asiakkaat/{client.pk}/henkilotunnus/")
        return answer

    def test_after_many_in_an_hour_a_reason_comes_first(
        self, aino: User, sirkka: User, shown: Client, signed_in: SignIn, clock: Clock
    ) -> None:
        browser = signed_in(aino)
        code = shown.identity_code()
        assert code in text(self.show(browser, shown, settings.REVEALS_AN_HOUR))
        asked = self.show(browser, shown)
        assert (asked.status_code, asked["Location"]) == (302, "/297/valvonta/perustelu/")
        assert str(settings.REVEALS_AN_HOUR) in text(browser.get(asked["Location"]))
        assert browser.post(asked["Location"], {"reason": " "}).status_code == 422
        assert self.show(browser, shown).status_code == 302
        browser.post(asked["Location"], {"reason": "Teen kuukauden päätökset."})
        assert code in text(self.show(browser, shown))
        told = SecurityEvent.objects.filter(kind="many_at_once").order_by("pk").values_list("facts", flat=True)
        assert [*told] == [{"stopped": False}, {"stopped": False}, {"shown": settings.REVEALS_AN_HOUR}]
        page = text(signed_in(sirkka).get(PAGE))
        assert "Teen kuukauden päätökset." in page
        assert shown.name in page

    def test_whoever_explained_comes_back_to_where_it_was_asked(
        self, aino: User, shown: Client, signed_in: SignIn
    ) -> None:
        browser = signed_in(aino)
        self.show(browser, shown, settings.REVEALS_AN_HOUR)
        client = f"/297/asiakkaat/{shown.pk}/"
        asked = browser.post(f"{client}henkilotunnus/", headers={"referer": f"http://testserver{client}"})["Location"]
        assert f'href="{client}"' in text(browser.get(asked)), "giving up leads back, too"
        assert browser.post(asked, {"reason": "Teen päätökset."})["Location"] == client

    def test_asked_again_it_says_how_many_there_can_be_now(self, aino: User, shown: Client, signed_in: SignIn) -> None:
        browser = signed_in(aino)
        self.show(browser, shown, settings.REVEALS_AN_HOUR)
        browser.post("/297/valvonta/perustelu/", {"reason": "Teen päätökset."})
        page = text(browser.get("/297/valvonta/perustelu/"))
        assert f"enemmän kuin {2 * settings.REVEALS_AN_HOUR}" in page
        assert "henkilötunnusten" in page

    def test_many_at_once_are_as_many_as_they_are(self, aino: User, kuopio: Municipality) -> None:
        assert not must_explain(aino, kuopio, settings.REVEALS_AN_HOUR)
        assert must_explain(aino, kuopio, settings.REVEALS_AN_HOUR + 1)
        with pytest.raises(NotPossible):
            must_explain(aino, kuopio, settings.MOST_REVEALS_AN_HOUR + 1)

    def test_an_hour_later_nobody_is_asked(self, aino: User, shown: Client, signed_in: SignIn, clock: Clock) -> None:
        self.show(signed_in(aino), shown, settings.REVEALS_AN_HOUR)
        clock.shift(minutes=61)
        assert self.show(signed_in(aino), shown).status_code == 200

    def test_very_many_are_not_shown_whatever_is_written(
        self, aino: User, shown: Client, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(settings, "MOST_REVEALS_AN_HOUR", settings.REVEALS_AN_HOUR)
        browser = signed_in(aino)
        self.show(browser, shown, settings.REVEALS_AN_HOUR)
        browser.post("/297/valvonta/perustelu/", {"reason": "Tarvitsen lisää."})
        answer = browser.post(f"/297/asiakkaat/{shown.pk}/henkilotunnus/", follow=True)
        assert shown.identity_code() not in text(answer)
        assert "enempää ei nyt näytetä" in text(answer)
        assert SecurityEvent.objects.filter(kind="many_at_once", facts={"stopped": True}).exists()

    def test_neither_are_very_many_in_a_day(
        self, aino: User, shown: Client, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch, clock: Clock
    ) -> None:
        monkeypatch.setattr(settings, "MOST_REVEALS_A_DAY", 3)
        self.show(signed_in(aino), shown, 3)
        clock.shift(hours=2)
        answer = signed_in(aino).post(f"/297/asiakkaat/{shown.pk}/henkilotunnus/", follow=True)
        assert shown.identity_code() not in text(answer)
        assert "vuorokauden sisällä" in text(answer)
        clock.shift(hours=23)
        assert self.show(signed_in(aino), shown).status_code == 200

    def test_many_at_the_same_moment_are_no_more_than_one_after_another(
        self, committed_db: None, aino: User, kuopio: Municipality, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(settings, "REVEALS_AN_HOUR", 2)

        def look(_number: int) -> bool:
            try:
                with scope([kuopio.pk]):
                    asked = must_explain(aino, kuopio)
                    time.sleep(0.1)
                    if not asked:
                        AccessLog.objects.create(
                            municipality=kuopio, user=aino, action="revealed", page="client", client_ids=[1]
                        )
                return not asked
            finally:
                connections.close_all()

        with ThreadPoolExecutor(6) as pool:
            assert sum(pool.map(look, range(6))) == 2


class TestPage:
    @pytest.fixture
    def row(self, aino: User, kuopio: Municipality) -> SelfMadeRight:
        client = make_client(kuopio, given_names="Tauno", family_name="Ylämalli")
        return SelfMadeRight.objects.create(
            municipality=kuopio, kind="matter", client=client, user=aino, reason="Soitti."
        )

    def test_empty_says_so(self, sirkka: User, signed_in: SignIn) -> None:
        assert "Kukaan ei ole avannut itselleen mitään" in text(signed_in(sirkka).get(PAGE))

    def test_looking_is_recorded_once_and_the_row_leaves_the_list(
        self, row: SelfMadeRight, sirkka: User, signed_in: SignIn
    ) -> None:
        browser = signed_in(sirkka)
        assert "Valvonta" in text(browser.get(PAGE))
        answer = browser.post(f"{PAGE}{row.pk}/katsottu/", {"remark": "Kysyin."}, follow=True)
        assert "Merkitty katsotuksi" in text(answer)
        assert "Ylämalli" not in text(browser.get(PAGE))
        assert "Kysyin." in text(browser.get(f"{PAGE}?tila=katsotut"))
        again = browser.post(f"{PAGE}{row.pk}/katsottu/", {"remark": "Toinen"}, follow=True)
        assert "Joku on jo katsonut" in text(again)
        row.refresh_from_db()
        assert row.remark == "Kysyin."

    def test_ones_own_is_for_another(self, row: SelfMadeRight, sirkka: User, signed_in: SignIn) -> None:
        SelfMadeRight.objects.filter(pk=row.pk).update(user=sirkka)
        browser = signed_in(sirkka)
        assert f"{row.pk}/katsottu/" not in text(browser.get(PAGE))
        assert "Toinen johtava sosiaalityöntekijä katsoo sen" in text(
            browser.post(f"{PAGE}{row.pk}/katsottu/", follow=True)
        )

    def test_a_restricted_client_has_no_name_here(self, row: SelfMadeRight, sirkka: User, signed_in: SignIn) -> None:
        Client.objects.filter(self_made_rights=row).update(restricted=True)
        page = text(signed_in(sirkka).get(PAGE))
        assert "Ylämalli" not in page
        assert "Asiakas, jonka tiedot on rajattu." in page

    def test_another_municipality_has_none_of_it(
        self, row: SelfMadeRight, tampere: Municipality, olli: User, signed_in: SignIn
    ) -> None:
        assert signed_in(olli).post(f"/837{PAGE[4:]}{row.pk}/katsottu/").status_code in (403, 404)

    def test_what_the_row_says_is_so(self, row: SelfMadeRight, sirkka: User, signed_in: SignIn) -> None:
        page = text(signed_in(sirkka).get(PAGE))
        assert "jonka asioita ei ollut hoitanut" in page
        assert "työsuhde" not in page
        assert "1 rivi" in page
        assert "Merkitse katsotuksi" in page

    def test_empty_says_why(self, row: SelfMadeRight, sirkka: User, signed_in: SignIn) -> None:
        browser = signed_in(sirkka)
        assert "Rajaukseen ei osu rivejä." in text(browser.get(f"{PAGE}?tila=katsotut"))
        browser.post(f"{PAGE}{row.pk}/katsottu/")
        page = text(browser.get(PAGE))
        assert "Kaikki on katsottu." in page
        assert "Rajaukseen" not in page

    def test_the_number_in_the_menu_is_of_what_one_can_mark(
        self, row: SelfMadeRight, sirkka: User, signed_in: SignIn
    ) -> None:
        SelfMadeRight.objects.create(municipality=row.municipality, kind="many", user=sirkka, reason="Päätökset")

        def count() -> int:
            nav = signed_in(sirkka).get(PAGE).context["nav"]
            return int(next(entry["n"] for entry in nav if entry["name"] == "oversight"))

        assert count() == 1
        signed_in(sirkka).post(f"{PAGE}{row.pk}/katsottu/")
        assert count() == 0

    def test_ones_own_where_nobody_else_is(self, row: SelfMadeRight, sirkka: User, signed_in: SignIn) -> None:
        SelfMadeRight.objects.filter(pk=row.pk).update(user=sirkka)
        browser = signed_in(sirkka)
        assert "Kunnassa ei ole toista johtavaa sosiaalityöntekijää" in text(browser.get(PAGE))
        person("Sanna Mallikas", "sanna@kuopio.example", Role.SUPERVISOR, row.municipality)
        page = text(browser.get(PAGE))
        assert "Omasi: toinen johtava sosiaalityöntekijä katsoo sen." in page
        assert "ei ole toista" not in page

    def test_marking_leads_to_the_row_that_comes_to_its_place(
        self, row: SelfMadeRight, sirkka: User, signed_in: SignIn
    ) -> None:
        older = SelfMadeRight.objects.create(
            municipality=row.municipality, kind="many", user=row.user, reason="x", at="2018-11-12T12:00+02:00"
        )
        browser = signed_in(sirkka)
        page = text(browser.get(PAGE))
        assert f'id="rivi-{older.pk}" tabindex="-1"' in page
        sent = browser.post(f"{PAGE}{row.pk}/katsottu/?tila=kaikki", {"next": older.pk})
        assert sent["Location"] == f"{PAGE}?tila=kaikki#rivi-{older.pk}"
        assert f'name="next" value="{older.pk}"' in page

    def test_of_many_the_clients_and_the_times_are_told(
        self, row: SelfMadeRight, sirkka: User, signed_in: SignIn, clock: Clock
    ) -> None:
        known, hidden = row.client, make_client(row.municipality, family_name="Salamalli", restricted=True)
        assert known is not None

        def look(user: User, *clients: Client) -> None:
            AccessLog.objects.create(
                municipality=row.municipality,
                user=user,
                action="revealed",
                page="client_identity_code",
                client_ids=[client.pk for client in clients],
            )

        look(row.user, known)
        clock.shift(minutes=61)
        look(row.user, known)
        look(row.user, known, hidden)
        look(sirkka, known)
        clock.shift(minutes=1)
        SelfMadeRight.objects.create(municipality=row.municipality, kind="many", user=row.user, reason="Päätökset")
        page = " ".join(text(signed_in(sirkka).get(PAGE)).split())
        assert "3 katselua, 2 asiakasta" in page
        assert "1 asiakas, jonka tiedot on rajattu" in page
        assert "Salamalli" not in page
        assert page.count(f'href="/297/asiakkaat/{known.pk}/"') == 2, "of its own row, and among the many"

    def test_many_rows_take_as_many_statements_as_one(
        self, row: SelfMadeRight, sirkka: User, signed_in: SignIn, query_count: QueryCount
    ) -> None:
        browser = signed_in(sirkka)
        browser.get(PAGE)
        one = query_count(lambda: browser.get(PAGE))
        SelfMadeRight.objects.bulk_create(
            SelfMadeRight(municipality=row.municipality, kind="many", user=row.user, reason="Syy") for _ in range(60)
        )
        assert query_count(lambda: browser.get(PAGE)) <= one <= 20
