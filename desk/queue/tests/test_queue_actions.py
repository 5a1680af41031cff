"""Työjono: what can be done to the open matter, and a matter by hand."""

import datetime
from typing import Any

import pytest

from accounts.models import User
from cases.matters import life as matters
from cases.models import AccessLog, Client, Contact, Matter, MatterKind, MatterState, RestrictedAccess
from cases.models.access_log import Looked
from cases.models.matter import Outcome
from core import drafts
from core.row_security import set_scope
from municipalities.models import Municipality
from testing.factories import make_matter
from testing.people import SignIn

TOMORROW = datetime.date(2018, 11, 14)


def page(browser: Any, address: str = "") -> str:
    response = browser.get(f"/297/tyojono/{address}")
    assert response.status_code == 200
    return str(response.content.decode())


class TestActions:
    def post(self, browser: Any, matter: Matter, deed: str, **data: Any) -> Any:
        """As the page sends it: with the version that the matter has."""
        set_scope([297])
        version = Matter.objects.get(pk=matter.pk).version
        return browser.post(f"/297/asiat/{matter.pk}/{deed}/?nakyma=vapaat", {"version": version} | data)

    def test_taking_keeps_the_filters_and_the_open_matter(
        self, signed_in: SignIn, aino: User, application: Matter
    ) -> None:
        answer = self.post(signed_in(aino), application, "ota")
        assert answer.headers["Location"] == f"/297/tyojono/?nakyma=vapaat&avoin={application.pk}#avoin"
        assert Matter.objects.get().assignee == aino

    def test_every_action_lands_on_the_heading_of_the_matter(
        self, signed_in: SignIn, aino: User, application: Matter
    ) -> None:
        browser = signed_in(aino)
        contact = {"channel": "call", "outcome": "reached", "day": "2018-11-13", "time": "11:30"}
        for deed, data in (
            ("ota", {}),
            ("yhteydenotto", contact),
            ("odota", {"state": "waiting_client", "until": "2018-11-20"}),
            ("jatka", {}),
            ("sulje", {"outcome": Outcome.SUPPORT_GRANTED}),
            ("avaa-uudelleen", {"reason": "Väärä kausi."}),
        ):
            answer = self.post(browser, application, deed, **data)
            assert answer.status_code == 302, deed
            assert answer.headers["Location"].endswith("#avoin"), deed
        assert '<h2 id="avoin" tabindex="-1">' in page(browser, f"?avoin={application.pk}")

    def test_a_contact_is_saved_once_and_its_draft_is_gone(
        self, signed_in: SignIn, aino: User, application: Matter, kuopio: Municipality
    ) -> None:
        browser = signed_in(aino)
        drafts.save(aino.pk, kuopio.pk, "contact", f"matter:{application.pk}", {"text": ["Lupasi"]})
        assert "Lupasi" in page(browser, f"?avoin={application.pk}&teko=kirjaa")
        contact = {
            "channel": "call",
            "outcome": "reached",
            "day": "2018-11-13",
            "time": "11:30",
            "text": "Lupasi lähettää kuitit.",
            "once": "7a1c4e0e-6a3e-4b58-a8f6-9d1b7e3c1f10",
        }
        for _ in range(2):
            assert self.post(browser, application, "yhteydenotto", **contact).status_code == 302
        set_scope([297])
        assert Contact.objects.get().text == "Lupasi lähettää kuitit."
        assert drafts.load(aino.pk, kuopio.pk, "contact", f"matter:{application.pk}") is None
        assert "Lupasi lähettää kuitit." in page(browser, f"?avoin={application.pk}")

    def test_a_token_of_another_matter_saves_all_the_same(
        self, signed_in: SignIn, aino: User, tauno: Client, application: Matter
    ) -> None:
        browser, other = signed_in(aino), make_matter(tauno)
        contact = {"channel": "letter", "day": "2018-11-13", "time": "11:30"}
        for about in (application, other, other):
            self.post(browser, about, "yhteydenotto", once="7a1c4e0e-6a3e-4b58-a8f6-9d1b7e3c1f10", **contact)
        set_scope([297])
        assert sorted(Contact.objects.values_list("matter", flat=True)) == sorted([application.pk, other.pk])

    def test_a_refused_contact_gives_the_text_back_beside_the_error(
        self, signed_in: SignIn, aino: User, application: Matter
    ) -> None:
        contact = {"channel": "call", "outcome": "reached", "day": "2018-11-13", "time": "15:30", "text": "Sovittu."}
        answer = self.post(signed_in(aino), application, "yhteydenotto", **contact)
        html = answer.content.decode()
        assert answer.status_code == 422
        assert '<a href="/297/tyojono/" aria-current="page">Työjono</a>' in html
        assert "Sovittu." in html
        assert "Aika ei voi olla tulevaisuudessa." in html
        assert not Contact.objects.exists()

    def test_a_letter_is_sent_without_saying_so(self, signed_in: SignIn, aino: User, application: Matter) -> None:
        contact = {"channel": "letter", "day": "2018-11-13", "time": "11:30"}
        assert self.post(signed_in(aino), application, "yhteydenotto", **contact).status_code == 302
        set_scope([297])
        assert Contact.objects.get().outcome == "sent"

    def test_what_has_become_impossible_gives_the_text_back_too(
        self, signed_in: SignIn, aino: User, application: Matter
    ) -> None:
        version = application.version
        browser = signed_in(aino)
        self.post(browser, application, "sulje", outcome=Outcome.SUPPORT_GRANTED, version=version)
        data = {"outcome": Outcome.TRANSFERRED, "reason": "Muutti Tampereelle.", "version": version}
        html = self.post(browser, application, "sulje", **data).content.decode()
        assert "Muutti Tampereelle." in html
        assert 'role="alert"' in html

    def test_a_second_editors_save_is_refused_and_gives_the_text_back(
        self, signed_in: SignIn, aino: User, eetu: User, application: Matter
    ) -> None:
        version = application.version
        matters.take(eetu, application)
        matters.undo_take(eetu, application)
        data = {"outcome": Outcome.TRANSFERRED, "reason": "Muutti Tampereelle.", "version": version}
        answer = self.post(signed_in(aino), application, "sulje", **data)
        html = answer.content.decode()
        assert "Joku on muuttanut tätä" in html
        assert "Muutti Tampereelle." in html
        assert f'value="{version + 2}"' in html
        assert Matter.objects.get().is_open

    @pytest.mark.parametrize(
        ("deed", "data"),
        [
            ("sulje", {"outcome": Outcome.TRANSFERRED, "reason": "Muutti Tampereelle."}),
            ("odota", {"state": "waiting_client", "until": "2018-11-20", "reason": "Muutti Tampereelle."}),
        ],
    )
    def test_a_matter_that_was_closed_meanwhile_says_so_at_once(
        self, signed_in: SignIn, aino: User, eetu: User, application: Matter, deed: str, data: dict[str, str]
    ) -> None:
        version = application.version
        matters.close(eetu, application, Outcome.SUPPORT_REFUSED)
        browser = signed_in(aino)
        for given in (version, application.version):
            html = self.post(browser, application, deed, version=given, **data).content.decode()
            assert f"{eetu.name} sulki asian tänään klo 12.00: Tuki evätty." in html
            assert "Joku on muuttanut tätä" not in html
            assert "Muutti Tampereelle." in html
            assert not self.can_be_saved(html)

    def test_an_unfinished_form_of_a_closed_matter_says_that_nothing_can_be_saved(
        self, signed_in: SignIn, aino: User, eetu: User, application: Matter
    ) -> None:
        matters.close(eetu, application, Outcome.SUPPORT_REFUSED)
        html = self.post(signed_in(aino), application, "odota", reason="Tiliote puuttuu.").content.decode()
        assert f"{eetu.name} sulki asian tänään klo 12.00: Tuki evätty." in html
        assert "Tiliote puuttuu." in html
        assert not self.can_be_saved(html)

    def test_an_unfinished_form_of_an_open_matter_can_be_saved(
        self, signed_in: SignIn, aino: User, application: Matter
    ) -> None:
        assert self.can_be_saved(self.post(signed_in(aino), application, "sulje").content.decode())

    def can_be_saved(self, html: str) -> bool:
        form = html.split('id="teko"')[1].split("</form>")[0]
        return 'type="submit"' in form

    def test_an_old_form_of_reopening_is_told_of_the_change(
        self, signed_in: SignIn, aino: User, eetu: User, application: Matter
    ) -> None:
        matters.close(eetu, application, Outcome.SUPPORT_REFUSED)
        answer = self.post(signed_in(aino), application, "avaa-uudelleen", reason="Väärä kausi.", version=0)
        assert "Joku on muuttanut tätä" in answer.content.decode()

    @pytest.mark.parametrize("version", ["", "x"])
    def test_without_a_version_nothing_is_written_over(
        self, signed_in: SignIn, aino: User, eetu: User, application: Matter, version: str
    ) -> None:
        browser = signed_in(aino)
        for deed, data in (
            ("odota", {"state": "waiting_client", "until": "2018-11-20"}),
            ("sulje", {"outcome": Outcome.SUPPORT_GRANTED}),
            ("siirra", {"to": eetu.pk}),
        ):
            answer = self.post(browser, application, deed, version=version, **data)
            assert answer.status_code == 422, deed
            assert "Joku on muuttanut tätä" in answer.content.decode(), deed
        set_scope([297])
        assert Matter.objects.get().version == application.version

    def test_close_reopen_and_the_state_between(self, signed_in: SignIn, aino: User, application: Matter) -> None:
        browser = signed_in(aino)
        self.post(browser, application, "sulje", outcome=Outcome.SUPPORT_GRANTED, version=application.version)
        set_scope([297])
        assert Matter.objects.get().state == MatterState.CLOSED
        self.post(browser, application, "avaa-uudelleen", reason="Väärä kausi.")
        set_scope([297])
        assert Matter.objects.get().state == MatterState.IN_PROGRESS

    def test_waiting_and_going_on(self, signed_in: SignIn, aino: User, application: Matter) -> None:
        browser = signed_in(aino)
        self.post(browser, application, "ota")
        self.post(browser, application, "odota", state="waiting_client", until="2018-11-20")
        assert "Odottaa asiakasta ti 20.11. asti" in page(browser, "?nakyma=omat")
        self.post(browser, application, "jatka")
        set_scope([297])
        assert Matter.objects.get().state == MatterState.IN_PROGRESS

    def test_handing_over_to_a_colleague(self, signed_in: SignIn, aino: User, eetu: User, application: Matter) -> None:
        self.post(signed_in(aino), application, "siirra", to=eetu.pk, note="Sinulle tuttu.")
        set_scope([297])
        assert Matter.objects.get().assignee == eetu

    def test_only_colleagues_of_the_municipality_are_offered(
        self, signed_in: SignIn, aino: User, eetu: User, kaisa: User, olli: User, application: Matter
    ) -> None:
        html = page(signed_in(aino), f"?avoin={application.pk}&teko=siirra")
        assert "Eetu Esimerkki" in html
        assert "Kaisa Kuvittelu" not in html
        assert "Olli Harjoitus" not in html

    def test_what_is_refused_says_why_and_shows_the_matter(
        self, signed_in: SignIn, aino: User, eetu: User, application: Matter
    ) -> None:
        matters.take(eetu, application)
        browser = signed_in(aino)
        answer = browser.post(f"/297/asiat/{application.pk}/ota/", follow=True)
        assert "Eetu Esimerkki on jo ottanut asian." in answer.content.decode()


class TestNewMatter:
    def fields(self, **more: Any) -> dict[str, Any]:
        return {
            "kind": MatterKind.APPLICATION,
            "source": "paper",
            "arrived": "2018-11-12",
            "summary": "sähkölasku",
            "take": "on",
            **more,
        }

    def test_a_paper_application_opens_with_its_deadline(
        self, signed_in: SignIn, aino: User, tauno: Client, application: Matter
    ) -> None:
        answer = signed_in(aino).post(f"/297/asiakkaat/{tauno.pk}/uusi-asia/", self.fields())
        set_scope([297])
        matter = Matter.objects.exclude(pk=application.pk).get()
        assert answer.headers["Location"] == f"/297/tyojono/?avoin={matter.pk}"
        assert (matter.due, matter.assignee, matter.created_by) == (datetime.date(2018, 11, 21), aino, aino)

    def test_a_future_day_is_refused_beside_its_field(
        self, signed_in: SignIn, aino: User, tauno: Client, application: Matter
    ) -> None:
        answer = signed_in(aino).post(f"/297/asiakkaat/{tauno.pk}/uusi-asia/", self.fields(arrived="2018-11-14"))
        assert answer.status_code == 422
        assert answer.context["form"].errors == {"arrived": ["Päivä ei voi olla tulevaisuudessa."]}
        assert Matter.objects.count() == 1

    def test_without_a_relation_only_for_one_whose_code_was_given(
        self, signed_in: SignIn, aino: User, tauno: Client, kuopio: Municipality
    ) -> None:
        browser = signed_in(aino)
        address = f"/297/asiakkaat/{tauno.pk}/uusi-asia/"
        assert browser.get(address).status_code == 404
        set_scope([297])
        AccessLog.objects.create(
            municipality=kuopio, user=aino, action=Looked.REFUSED, page="client_search", client_ids=[tauno.pk]
        )
        html = browser.get(address).content.decode()
        assert "on jo asiakas" in html
        assert "Ylämalli" not in html
        browser.post(address, self.fields() | {"reason": "Soitti ja pyysi apua."})
        set_scope([297])
        assert Client.objects.visible_to(aino, kuopio).get() == tauno

    @pytest.mark.parametrize("action", [Looked.LISTED, Looked.SEARCHED, Looked.OPENED])
    def test_to_have_seen_the_client_in_a_list_is_not_to_have_given_the_code(
        self, signed_in: SignIn, aino: User, tauno: Client, kuopio: Municipality, action: Looked
    ) -> None:
        for page_name in ("client_search", "client_new"):
            AccessLog.objects.create(
                municipality=kuopio, user=aino, action=action, page=page_name, client_ids=[tauno.pk]
            )
        assert signed_in(aino).get(f"/297/asiakkaat/{tauno.pk}/uusi-asia/").status_code == 404

    def test_what_comes_by_itself_is_not_opened_by_hand(
        self, signed_in: SignIn, aino: User, application: Matter, tauno: Client
    ) -> None:
        for source in ("kela", "transfer"):
            answer = signed_in(aino).post(f"/297/asiakkaat/{tauno.pk}/uusi-asia/", self.fields(source=source))
            assert list(answer.context["form"].errors) == ["source"]
        set_scope([297])
        assert Matter.objects.get() == application

    def test_never_for_a_restricted_client(
        self, signed_in: SignIn, aino: User, eetu: User, tauno: Client, kuopio: Municipality
    ) -> None:
        Client.objects.update(restricted=True)
        RestrictedAccess.objects.create(municipality=kuopio, client=tauno, user=eetu, named_by=eetu)
        AccessLog.objects.create(
            municipality=kuopio, user=aino, action=Looked.REFUSED, page="client_search", client_ids=[tauno.pk]
        )
        assert signed_in(aino).get(f"/297/asiakkaat/{tauno.pk}/uusi-asia/").status_code == 404
