"""The grid in the browser's eyes: what it shows and hides, saves, releases, refuses."""

from typing import Any

import pytest

from accounts.models import User
from cases.models import AccessLog, Matter
from core.row_security import set_scope
from etotu.models import Notice, QuarantineAction, QuarantineRow
from etotu.repair.verbs import Change, save
from etotu.tests.making import SEIJA, everything, loaded, notice, xml
from etotu.tests.notices import csv_batch
from municipalities.models import Municipality, Role
from testing.people import QueryCount, SignIn, person

GRID = "/297/erat/korjattavat/"
SAVE = f"{GRID}tallenna/"
WRONG = "100190-999R"
NAME = "henkilo.sukunimi"
CODE = "henkilo.henkilotunnus"


def row(**more: Any) -> QuarantineRow:
    return QuarantineRow.objects.get(**more)


def form(it: QuarantineRow, do: str = "check", **more: Any) -> dict[str, Any]:
    return {"shown": it.pk, f"edits-{it.pk}": it.edits, "do": do} | more


class TestGrid:
    def test_a_wrong_cell_is_an_input_with_its_error_and_the_person_is_hidden(
        self, kuopio: Municipality, paula: User, signed_in: SignIn
    ) -> None:
        loaded(xml(notice(kind="TUNTEMATON", code=WRONG, phone="+358401234567", created="31.11.2018")))
        it = row()
        text = signed_in(paula).get(GRID).content.decode()
        assert f'name="f-{it.pk}-tyyppi"' in text
        assert f'aria-describedby="f-{it.pk}-luotu-why"' in text
        assert 'value="31.11.2018"' in text
        assert "100190-••••" in text
        for hidden in ("999R", "+358401234567", "Seija", f'name="f-{it.pk}-{CODE}"'):
            assert hidden not in text
        assert not AccessLog.objects.exists()

    def test_an_opened_row_shows_all_and_is_logged_on_the_client(
        self, kuopio: Municipality, paula: User, signed_in: SignIn
    ) -> None:
        loaded(xml(notice("K0"), notice("K1", created="eilen", phone="+358401234567")))
        it = row()
        text = signed_in(paula).get(f"{GRID}?rivi={it.pk}").content.decode()
        assert f'value="{SEIJA}"' in text
        assert 'value="+358401234567"' in text
        look = AccessLog.objects.get()
        assert (look.user, look.action, look.detail) == (paula, "revealed", f"quarantine_row.{it.pk}")
        assert look.client_ids == [Matter.objects.get().client_id]

    def test_files_are_named_and_never_served(self, kuopio: Municipality, paula: User, signed_in: SignIn) -> None:
        file = '<liite nimi="vuokra.pdf" mime="application/pdf">JVBERi0xLjcKSGVp</liite>'
        loaded(xml(notice(family="", more=file)))
        text = signed_in(paula).get(f"{GRID}?rivi={row().pk}").content.decode()
        assert "vuokra.pdf" in text
        assert "JVBERi0" not in text

    def test_rows_with_errors_stand_first_and_filters_are_in_the_address(
        self, kuopio: Municipality, paula: User, signed_in: SignIn
    ) -> None:
        first = loaded(xml(notice("K1", family=""), notice("K2", created="eilen"), code="A"))
        loaded(xml(notice("K3", family=""), code="B"))
        save(paula, Change(row(number="K1").pk, 0, {NAME: "Demolainen"}))
        browser = signed_in(paula)

        def numbers(query: str = "") -> list[str]:
            return [one.number for one in browser.get(GRID + query).context["rows"]]

        assert numbers() == ["K2", "K3", "K1"]
        assert numbers("?virhe=missing") == ["K3"]
        assert numbers("?tila=valmiit") == ["K1"]
        assert numbers(f"?era={first.public_id}") == ["K2", "K1"]
        assert numbers("?tila=kasitellyt") == []
        assert numbers("?virhe=outo&era=outo&rivi=x&sivu=99") == ["K2", "K3", "K1"]

    def test_a_row_that_lost_its_columns_says_what_can_be_done(
        self, kuopio: Municipality, paula: User, signed_in: SignIn
    ) -> None:
        loaded(csv_batch({"kunta": "297", "lisatieto": "yksi; kaksi"}).encode(), file_name="a.csv", municipality=kuopio)
        it = row()
        browser = signed_in(paula)
        text = browser.get(f"{GRID}?rivi={it.pk}").content.decode()
        assert "yksi; kaksi" in text
        assert 'value="field_count:"' in text
        browser.post(SAVE, form(it, accept=1) | {f"parts-{it.pk}": "1", f"accept-{it.pk}": "field_count:"})
        assert row().faults == []

    @pytest.mark.parametrize("query", ["", "?rivi={pk}"])
    def test_a_thousand_rows_ask_no_more_of_the_database_than_one(
        self, kuopio: Municipality, paula: User, signed_in: SignIn, query_count: QueryCount, query: str
    ) -> None:
        loaded(xml(notice("A", family="")))
        browser = signed_in(paula)
        address = GRID + query.format(pk=row().pk)
        browser.get(address)
        few = query_count(lambda: browser.get(address))
        loaded(xml(*(notice(f"K{n}", family="") for n in range(60)), code="B"))
        set_scope([297])
        assert query_count(lambda: browser.get(address)) == few


class TestSaving:
    def test_days_and_times_are_typed_as_people_write_them(
        self, kuopio: Municipality, paula: User, signed_in: SignIn
    ) -> None:
        loaded(xml(notice(created="eilen", block='<hakemus saapunut="2018-13-09"/>')))
        it = row()
        typed = {f"f-{it.pk}-luotu": "11.10.2018 8.00", f"f-{it.pk}-hakemus.saapunut": "9.10.2018"}
        response = signed_in(paula).post(SAVE, form(it) | typed, follow=True)
        assert response.redirect_chain == [(GRID, 302)]
        assert row().faults == []
        assert "Vapauta" in response.content.decode()
        signed_in(paula).post(SAVE, form(row(), "release", row=it.pk))
        content = Notice.objects.get().content
        assert (content["created_at"], content["application"]["received"]) == (
            "2018-10-11T05:00:00+00:00",
            "2018-10-09",
        )

    def test_what_is_still_wrong_is_not_called_corrected(
        self, kuopio: Municipality, paula: User, signed_in: SignIn
    ) -> None:
        loaded(xml(notice(created="eilen")))
        it = row()
        browser = signed_in(paula)
        page = browser.post(SAVE, form(it) | {f"f-{it.pk}-luotu": "toissapäivänä"}, follow=True).content.decode()
        assert "Tietoa ei voi lukea" in page
        assert "Muutettu, ei vielä oikein. Kelasta tuli: eilen" in page
        assert "Korjattu täällä" not in page
        page = browser.post(SAVE, form(row()) | {f"f-{it.pk}-luotu": "11.10.2018 8.00"}, follow=True).content.decode()
        assert "Muutettu, ei vielä oikein" not in page

    def test_what_was_not_touched_is_not_corrected(self, kuopio: Municipality, paula: User, signed_in: SignIn) -> None:
        loaded(xml(notice(family="", created="2018-10-11T08:10:58+03:00")))
        it = row()
        shown = {f"f-{it.pk}-luotu": "11.10.2018 8.10", f"f-{it.pk}-{NAME}": "", f"f-{it.pk}-kiireellinen": "false"}
        signed_in(paula).post(SAVE, form(it) | shown)
        assert (row().edits, row().corrected) == (0, None)

    def test_a_later_save_of_an_older_form_is_refused_and_gives_the_text_back(
        self, kuopio: Municipality, paula: User, signed_in: SignIn
    ) -> None:
        loaded(xml(notice(family="")))
        old = row()
        save(paula, Change(old.pk, 0, {NAME: "Ensimmäinen"}))
        query = f"?rivi={old.pk}"
        response = signed_in(paula).post(SAVE + query, form(old) | {f"f-{old.pk}-{NAME}": "Toinen"})
        text = response.content.decode()
        assert response.status_code == 409
        assert 'value="Toinen"' in text
        assert f'name="edits-{old.pk}" value="1"' in text
        assert row().edits == 1

    def test_what_was_typed_into_a_row_that_is_settled_is_given_back(
        self, kuopio: Municipality, paula: User, signed_in: SignIn
    ) -> None:
        loaded(xml(notice(family="")))
        old = row()
        loaded(xml(notice(), code="B"))
        response = signed_in(paula).post(SAVE, form(old) | {f"f-{old.pk}-{NAME}": "Turha"})
        assert "Turha" in response.content.decode()
        assert row().state == "replaced"

    def test_a_form_without_the_count_of_edits_saves_nothing(
        self, kuopio: Municipality, paula: User, signed_in: SignIn
    ) -> None:
        loaded(xml(notice(family="")))
        it = row()
        response = signed_in(paula).post(SAVE, {"shown": it.pk, f"f-{it.pk}-{NAME}": "Demolainen"})
        assert response.status_code == 409
        assert row().edits == 0


class TestReleasing:
    def test_all_that_are_ready_are_released_and_the_counts_stay(
        self, kuopio: Municipality, paula: User, signed_in: SignIn
    ) -> None:
        batch = loaded(xml(*(notice(f"K{n}", family="") for n in range(3))))
        for it in QuarantineRow.objects.exclude(number="K2"):
            save(paula, Change(it.pk, 0, {NAME: "Demolainen"}))
        response = signed_in(paula).post(SAVE, {"do": "release_all"}, follow=True)
        text = response.content.decode()
        assert "2 riviä vapautettiin työjonoon." in text
        assert "myöhässä" in text
        assert sorted(Notice.objects.values_list("number", flat=True)) == ["K0", "K1"]
        page = signed_in(paula).get(f"/297/erat/{batch.public_id}/").content.decode()
        assert "Vapautettu 2" in " ".join(page.split())

    def test_one_button_releases_its_row_with_what_was_typed(
        self, kuopio: Municipality, paula: User, signed_in: SignIn
    ) -> None:
        loaded(xml(notice(family="")))
        it = row()
        signed_in(paula).post(SAVE, form(it) | {f"f-{it.pk}-{NAME}": "Demolainen", "release": it.pk})
        assert row().state == "released"
        text = signed_in(paula).get(f"{GRID}?tila=kasitellyt").content.decode()
        assert "Paula Paperinen" in text
        assert "/tyojono/?avoin=" not in text

    def test_a_faulty_row_stays(self, kuopio: Municipality, paula: User, signed_in: SignIn) -> None:
        loaded(xml(notice(family="")))
        text = signed_in(paula).post(SAVE, form(row(), "release", row=row().pk), follow=True).content.decode()
        assert "virheitä" in text
        assert row().state == "open"


class TestDiscarding:
    def test_a_reason_is_asked_and_kept(self, kuopio: Municipality, paula: User, signed_in: SignIn) -> None:
        loaded(xml(notice(family="")))
        address = f"{GRID}{row().pk}/hylkaa/"
        browser = signed_in(paula)
        assert "Kirjoita" in browser.post(address, {"edits": 0, "reason": " "}).content.decode()
        assert row().state == "open"
        browser.post(address, {"edits": 0, "reason": "Kela lähettää uuden"})
        assert (row().state, row().discard_reason) == ("discarded", "Kela lähettää uuden")
        assert "Kela lähettää uuden" in browser.get(f"{GRID}?tila=kasitellyt").content.decode()

    def test_a_row_corrected_meanwhile_is_asked_again(
        self, kuopio: Municipality, paula: User, signed_in: SignIn
    ) -> None:
        loaded(xml(notice(family="")))
        save(paula, Change(row().pk, 0, {NAME: "Demolainen"}))
        text = signed_in(paula).post(f"{GRID}{row().pk}/hylkaa/", {"edits": 0, "reason": "Turha"}).content.decode()
        assert "Turha" in text
        assert 'name="edits" value="1"' in text
        assert row().state == "open"


class TestFences:
    def test_rows_of_others_are_neither_shown_nor_taken(
        self, kuopio: Municipality, tampere: Municipality, paula: User, signed_in: SignIn
    ) -> None:
        loaded(xml(notice(family=""), notice("K2", kunta="837", family="")))
        with everything():
            other = row(municipality=tampere)
        browser = signed_in(paula)
        assert f'id="row-{other.pk}"' not in browser.get(f"{GRID}?rivi={other.pk}").content.decode()
        browser.post(SAVE, form(other, "release", row=other.pk) | {f"f-{other.pk}-{NAME}": "Demolainen"})
        assert browser.get(f"{GRID}{other.pk}/hylkaa/").status_code == 404
        with everything():
            other.refresh_from_db()
        assert (other.state, other.edits) == ("open", 0)

    def test_a_row_sent_to_its_municipality_is_its_admins(
        self, kuopio: Municipality, tampere: Municipality, paula: User, iida: User, signed_in: SignIn
    ) -> None:
        terttu = person("Terttu Testaaja", "terttu@tampere.example", Role.ADMIN, tampere)
        loaded(xml(notice(kunta="999")), municipality=kuopio)
        it = row()
        text = signed_in(paula).post(SAVE, form(it) | {f"f-{it.pk}-kunta": "837"}, follow=True).content.decode()
        assert "asennuksen pääkäyttäjälle" in text
        placed = {"do": "place", "place-municipality": 837, "place-edits": 1}
        signed_in(iida).post(f"/asennus/rivit/{it.pk}/", placed)
        address = GRID.replace("297", "837")
        assert f'id="row-{it.pk}"' in signed_in(terttu).get(address).content.decode()
        signed_in(terttu).post(f"{address}tallenna/", {"do": "release_all"})
        set_scope([837])
        assert Notice.objects.get().municipality == tampere


class TestInstallation:
    def test_a_row_of_nobody_is_placed(self, kuopio: Municipality, iida: User, paula: User, signed_in: SignIn) -> None:
        loaded(xml(notice(kunta="999")), via="folder")
        set_scope([0])
        it = row()
        browser = signed_in(iida)
        address = f"/asennus/rivit/{it.pk}/"
        assert address in browser.get("/asennus/rivit/").content.decode()
        text = browser.get(address).content.decode()
        assert SEIJA not in text
        answer = browser.post(address, {"do": "place", "place-municipality": 297, "place-edits": 0}, follow=True)
        assert "Kuopio" in answer.content.decode()
        set_scope([297])
        assert (row().municipality, row().faults) == (kuopio, [])
        assert QuarantineAction.objects.get().kind == "placed"
        assert f'id="row-{it.pk}"' in signed_in(paula).get(GRID).content.decode()

    def test_a_row_of_nobody_is_discarded_with_a_reason(
        self, kuopio: Municipality, iida: User, signed_in: SignIn
    ) -> None:
        loaded(xml(notice(kunta="999")), via="folder")
        set_scope([0])
        browser = signed_in(iida)
        address = f"/asennus/rivit/{row().pk}/"
        browser.post(address, {"do": "discard", "discard-edits": 0, "discard-reason": ""})
        set_scope([0])
        assert row().state == "open"
        browser.post(address, {"do": "discard", "discard-edits": 0, "discard-reason": "Kunta ei ole mukana"})
        set_scope([0])
        assert row().discard_reason == "Kunta ei ole mukana"

    def test_a_placed_row_is_out_of_reach(self, kuopio: Municipality, iida: User, signed_in: SignIn) -> None:
        loaded(xml(notice(family="")))
        assert signed_in(iida).get(f"/asennus/rivit/{row().pk}/").status_code == 404
