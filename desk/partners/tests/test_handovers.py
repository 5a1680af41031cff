"""Partners and hand-overs: told, silent, asked again, answered; never closed silently."""

import datetime
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from cases.matters.life import close
from cases.models import AccessLog, Client, Event, Handover, Matter, MatterKind, MatterState, Partner
from cases.models.matter import Outcome
from cases.models.partner import HandoverState, PartnerKind
from cases.partners.verbs import ask_again, record_answer, send_to_partner, withdraw_handover
from cases.timeline.sentences import sentences
from core.saving import ChangedMeanwhile, NotPossible
from municipalities.models import LocalSettings, Municipality, Unit
from testing.clock import TODAY
from testing.factories import make_client, make_matter
from testing.people import QueryCount, SignIn

LIST = "/297/luovutukset/"


@pytest.fixture
def youth_work(kuopio: Municipality) -> Partner:
    return Partner.objects.create(municipality=kuopio, kind=PartnerKind.OUTREACH_YOUTH_WORK, name="Etsivä Esimerkki")


@pytest.fixture
def onni(kuopio: Municipality) -> Client:
    return make_client(kuopio, given_names="Onni", family_name="Testimaa")


@pytest.fixture
def matter(onni: Client, aino: User, southern: Unit) -> Matter:
    return make_matter(onni, MatterKind.YOUNG_UNEMPLOYED, assignee=aino, unit=southern)


def send(matter: Matter, actor: User, partner: Partner, **changes: Any) -> Handover:
    values: dict[str, Any] = {"told": "Nuori toivoo yhteydenottoa.", "consent": True} | changes
    return send_to_partner(actor, matter, partner, **values)


def told_long_ago(matter: Matter, actor: User, partner: Partner) -> Handover:
    row = send(matter, actor, partner)
    Handover.objects.filter(pk=row.pk).update(last_asked=datetime.date(2018, 10, 14))
    row.refresh_from_db()
    return row


class TestSending:
    def test_it_waits_for_an_answer_from_today(self, aino: User, matter: Matter, youth_work: Partner) -> None:
        row = send(matter, aino, youth_work)
        assert (row.state, row.sent_on, row.last_asked) == (HandoverState.SENT, TODAY, TODAY)
        assert matter.state == MatterState.IN_PROGRESS

    def test_a_proposal_becomes_the_hand_over(self, aino: User, matter: Matter, youth_work: Partner) -> None:
        proposal = Handover.objects.create(
            municipality=matter.municipality, client=matter.client, matter=matter, partner=youth_work, state="proposed"
        )
        assert send(matter, aino, youth_work).pk == proposal.pk
        assert Handover.objects.count() == 1

    @pytest.mark.parametrize(
        ("changes", "field"),
        [({"told": " "}, "told"), ({"consent": False}, "ground"), ({"consent": False, "ground": " "}, "ground")],
    )
    def test_what_lacks_is_told_beside_its_field(
        self, aino: User, matter: Matter, youth_work: Partner, changes: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(NotPossible) as refusal:
            send(matter, aino, youth_work, **changes)
        assert refusal.value.field == field

    def test_the_ground_is_kept_when_the_client_has_not_agreed(
        self, aino: User, matter: Matter, youth_work: Partner
    ) -> None:
        assert send(matter, aino, youth_work, consent=False, ground="Nuorisolaki 11 §").ground == "Nuorisolaki 11 §"

    def test_not_twice_to_the_same_partner(self, aino: User, matter: Matter, youth_work: Partner) -> None:
        send(matter, aino, youth_work)
        with pytest.raises(NotPossible):
            send(matter, aino, youth_work)

    def test_not_to_a_partner_that_ended_or_of_another_municipality(
        self, aino: User, matter: Matter, tampere: Municipality, youth_work: Partner
    ) -> None:
        youth_work.ended = TODAY
        with pytest.raises(NotPossible):
            send(matter, aino, youth_work)
        with pytest.raises(NotPossible):
            send(matter, aino, Partner(municipality=tampere, kind="other", name="Muualla"))

    def test_not_the_matter_of_a_colleague(self, eetu: User, matter: Matter, youth_work: Partner) -> None:
        with pytest.raises(NotPossible):
            send(matter, eetu, youth_work)


class TestAnswer:
    def test_accepting_leaves_the_matter_open(self, aino: User, matter: Matter, youth_work: Partner) -> None:
        row = send(matter, aino, youth_work)
        record_answer(aino, row, accepted=True, answered_on=TODAY)
        matter.refresh_from_db()
        assert row.state == HandoverState.ACCEPTED
        assert matter.is_open

    def test_declining_needs_words(self, aino: User, matter: Matter, youth_work: Partner) -> None:
        row = send(matter, aino, youth_work)
        with pytest.raises(NotPossible) as refusal:
            record_answer(aino, row, accepted=False, answered_on=TODAY)
        assert refusal.value.field == "answer"
        record_answer(aino, row, accepted=False, answered_on=TODAY, answer="Jono on täynnä.")
        assert row.state == HandoverState.DECLINED

    def test_after_an_answer_it_can_be_handed_over_again(self, aino: User, matter: Matter, youth_work: Partner) -> None:
        record_answer(aino, send(matter, aino, youth_work), accepted=False, answered_on=TODAY, answer="Ei nyt.")
        assert send(matter, aino, youth_work).state == HandoverState.SENT

    def test_asking_again_begins_the_silence_anew(self, aino: User, matter: Matter, youth_work: Partner) -> None:
        row = told_long_ago(matter, aino, youth_work)
        ask_again(aino, row)
        assert row.last_asked == TODAY

    def test_a_later_save_from_an_older_page_is_refused(self, aino: User, matter: Matter, youth_work: Partner) -> None:
        row = send(matter, aino, youth_work)
        with pytest.raises(ChangedMeanwhile):
            record_answer(aino, row, accepted=True, answered_on=TODAY, version=row.version + 1)

    def test_every_step_is_told_as_a_sentence(self, aino: User, matter: Matter, youth_work: Partner) -> None:
        row = send(matter, aino, youth_work)
        ask_again(aino, row)
        withdraw_handover(aino, row)
        record_answer(aino, send(matter, aino, youth_work), accepted=True, answered_on=TODAY)
        told = [one.text for one in sentences(Event.objects.filter(matter=matter).order_by("pk"))]
        assert len(told) == 5
        assert all("Etsivä Esimerkki" in text and ": handover." not in text for text in told)


class TestPages:
    def test_the_list_shows_the_silent_first_and_logs_whom_it_showed(
        self, aino: User, kuopio: Municipality, matter: Matter, youth_work: Partner, signed_in: SignIn
    ) -> None:
        other = make_matter(make_client(kuopio, family_name="Mallinen"), assignee=aino)
        send(other, aino, youth_work)
        told_long_ago(matter, aino, youth_work)
        page = signed_in(aino).get(LIST).content.decode()
        assert 0 < page.index("Testimaa") < page.index("Mallinen")
        assert set(AccessLog.objects.latest("pk").client_ids) == {matter.client_id, other.client_id}

    def test_the_list_asks_as_often_for_many_as_for_one(
        self,
        aino: User,
        kuopio: Municipality,
        matter: Matter,
        youth_work: Partner,
        signed_in: SignIn,
        query_count: QueryCount,
    ) -> None:
        browser = signed_in(aino)
        send(matter, aino, youth_work)
        browser.get(LIST)
        one = query_count(lambda: browser.get(LIST))
        for _n in range(5):
            send(make_matter(make_client(kuopio), assignee=aino), aino, youth_work)
        assert query_count(lambda: browser.get(LIST)) == one

    def test_the_filters_are_in_the_address(
        self, aino: User, matter: Matter, youth_work: Partner, signed_in: SignIn
    ) -> None:
        record_answer(aino, send(matter, aino, youth_work), accepted=True, answered_on=TODAY)
        browser = signed_in(aino)
        assert "Testimaa" not in browser.get(LIST).content.decode()
        assert "Testimaa" in browser.get(f"{LIST}?tila=vastatut&kumppani={youth_work.pk}").content.decode()
        assert "Testimaa" in browser.get(f"{LIST}?tila=kaikki&kumppani=99999999").content.decode()

    def test_what_was_proposed_for_a_matter_that_ended_waits_no_more(
        self, aino: User, matter: Matter, youth_work: Partner, signed_in: SignIn
    ) -> None:
        Handover.objects.create(
            municipality=matter.municipality, client=matter.client, matter=matter, partner=youth_work, state="proposed"
        )
        browser = signed_in(aino)
        assert "Testimaa" in browser.get(LIST).content.decode()
        close(aino, matter, Outcome.DECLINED, "Ei halua.")
        assert "Testimaa" not in browser.get(LIST).content.decode()
        assert "Testimaa" in browser.get(f"{LIST}?tila=kaikki").content.decode()

    def test_the_hand_over_is_made_from_the_open_matter(
        self, aino: User, matter: Matter, youth_work: Partner, signed_in: SignIn
    ) -> None:
        browser = signed_in(aino)
        page = browser.get(f"/297/tyojono/?avoin={matter.pk}&teko=kumppanille").content.decode()
        assert "Etsivä Esimerkki" in page
        address = reverse("matter_partner", kwargs={"code": "297", "pk": matter.pk})
        answer = browser.post(
            address,
            {"version": matter.version, "partner": youth_work.pk, "told": "Nuori odottaa.", "consent": "yes"},
            follow=True,
        )
        assert "Nuori odottaa." in answer.content.decode()

    def test_what_is_refused_comes_back_with_the_text(
        self, aino: User, matter: Matter, youth_work: Partner, signed_in: SignIn
    ) -> None:
        address = reverse("matter_partner", kwargs={"code": "297", "pk": matter.pk})
        values = {"version": matter.version, "partner": youth_work.pk, "told": "Nuori odottaa.", "consent": "no"}
        answer = signed_in(aino).post(address, values)
        assert answer.status_code == 422
        assert "Nuori odottaa." in answer.content.decode()
        assert not Handover.objects.exists()

    def test_the_answer_page_closes_only_when_asked_to(
        self, aino: User, matter: Matter, youth_work: Partner, signed_in: SignIn
    ) -> None:
        row = send(matter, aino, youth_work)
        browser = signed_in(aino)
        address = reverse("handover_answer", kwargs={"code": "297", "pk": row.pk})
        assert 'name="close"' in browser.get(address).content.decode()
        values = {"version": row.version, "accepted": "yes", "answered_on": "13.11.2018", "close": "on"}
        assert browser.post(address, values).status_code == 302
        matter.refresh_from_db()
        assert matter.outcome == "outreach_youth_work"

    def test_a_partner_whose_outcome_does_not_fit_offers_no_closing(
        self, aino: User, kuopio: Municipality, onni: Client, youth_work: Partner, signed_in: SignIn
    ) -> None:
        row = send(make_matter(onni, MatterKind.LONG_UNEMPLOYED, assignee=aino), aino, youth_work)
        page = signed_in(aino).get(reverse("handover_answer", kwargs={"code": "297", "pk": row.pk})).content.decode()
        assert 'name="close"' not in page

    def test_the_silent_stand_on_today_and_go_when_asked_again(
        self, aino: User, eetu: User, matter: Matter, youth_work: Partner, signed_in: SignIn
    ) -> None:
        row = told_long_ago(matter, aino, youth_work)
        browser = signed_in(aino)
        assert "kumppanit-hiljaa" in browser.get("/297/").content.decode()
        assert "kumppanit-hiljaa" not in signed_in(eetu).get("/297/").content.decode()
        browser.post(reverse("handover_again", kwargs={"code": "297", "pk": row.pk}))
        assert "kumppanit-hiljaa" not in browser.get("/297/").content.decode()

    def test_withdrawing_is_asked_about_first(
        self, aino: User, matter: Matter, youth_work: Partner, signed_in: SignIn
    ) -> None:
        row = send(matter, aino, youth_work)
        browser = signed_in(aino)
        address = reverse("handover_withdraw", kwargs={"code": "297", "pk": row.pk}) + "?sivulta=luovutukset"
        listed = " ".join(browser.get(LIST).content.decode().split())
        assert f'<a class="btn btn-sm btn-text" href="{address}">Peru ohjaus…' in listed
        assert f'action="{address}"' not in listed
        asked = browser.get(address).content.decode()
        assert "Perutaanko ohjaus kumppanille?" in asked
        assert "Onni" not in asked.partition("</title>")[0]
        row.refresh_from_db()
        assert row.state == HandoverState.SENT
        assert browser.post(address).headers["Location"] == LIST
        row.refresh_from_db()
        assert row.state == HandoverState.WITHDRAWN
        assert browser.get(address).headers["Location"] == LIST

    def test_how_long_is_silent_is_the_municipalitys_choice(
        self, aino: User, kuopio: Municipality, matter: Matter, youth_work: Partner, signed_in: SignIn
    ) -> None:
        told_long_ago(matter, aino, youth_work)
        LocalSettings.objects.create(municipality=kuopio, partner_silent_days=31)
        assert "kumppanit-hiljaa" not in signed_in(aino).get("/297/").content.decode()

    def test_what_the_matters_worker_does_is_not_offered_to_a_colleague(
        self, aino: User, leo: User, sirkka: User, matter: Matter, youth_work: Partner, signed_in: SignIn
    ) -> None:
        row = send(matter, aino, youth_work)
        for person, may in ((aino, True), (sirkka, True), (leo, False)):
            browser = signed_in(person)
            for page in (LIST, f"/297/tyojono/?avoin={matter.pk}"):
                sent = browser.get(page).content.decode()
                assert "Etsivä Esimerkki" in sent
                for deed in ("vastaus", "kysyttiin-uudelleen", "peru"):
                    assert (f"/luovutukset/{row.pk}/{deed}/" in sent) == may, (person.name, page, deed)
        for deed in ("vastaus", "peru"):
            page = browser.get(f"/297/luovutukset/{row.pk}/{deed}/", follow=True).content.decode()
            assert "Asian tekijä on Aino Demolainen" in page

    def test_a_matter_out_of_sight_gives_404_and_is_logged(
        self, aino: User, eetu: User, matter: Matter, youth_work: Partner, signed_in: SignIn
    ) -> None:
        row = send(matter, aino, youth_work)
        answer = signed_in(eetu).get(reverse("handover_answer", kwargs={"code": "297", "pk": row.pk}))
        assert answer.status_code == 404
        assert AccessLog.objects.latest("pk").action == "refused"


class TestRegister:
    VALUES = {"kind": "own_coach", "name": "Oma valmentaja", "phone": "044 000 0000", "version": "0"}

    def test_the_admin_adds_edits_and_ends_a_partner(self, paula: User, signed_in: SignIn) -> None:
        browser = signed_in(paula)
        browser.post("/297/yllapito/kumppanit/uusi/", self.VALUES)
        partner = Partner.objects.get()
        browser.post(f"/297/yllapito/kumppanit/{partner.pk}/", self.VALUES | {"name": "Valmentajat", "version": "1"})
        browser.post(f"/297/yllapito/kumppanit/{partner.pk}/paata/")
        partner.refresh_from_db()
        assert (partner.name, partner.ended, partner.version) == ("Valmentajat", TODAY, 2)
        browser.post(f"/297/yllapito/kumppanit/{partner.pk}/kayttoon/")
        partner.refresh_from_db()
        assert partner.ended is None

    def test_a_name_stands_once(self, paula: User, youth_work: Partner, signed_in: SignIn) -> None:
        page = signed_in(paula).post("/297/yllapito/kumppanit/uusi/", self.VALUES | {"name": youth_work.name})
        assert page.status_code == 200
        assert Partner.objects.count() == 1

    def test_a_later_save_gives_the_text_back(self, paula: User, youth_work: Partner, signed_in: SignIn) -> None:
        Partner.objects.filter(pk=youth_work.pk).update(version=2, phone="017 111 111")
        address = f"/297/yllapito/kumppanit/{youth_work.pk}/"
        page = signed_in(paula).post(address, self.VALUES | {"version": "1"}).content.decode()
        assert "017 111 111" in page
        assert "044 000 0000" in page
        youth_work.refresh_from_db()
        assert youth_work.phone == "017 111 111"

    def test_workers_read_it(self, aino: User, youth_work: Partner, signed_in: SignIn) -> None:
        page = signed_in(aino).get("/297/yllapito/kumppanit/").content.decode()
        assert "Etsivä Esimerkki" in page
        assert "/uusi/" not in page
