"""Erät: what an admin sees of the batches, and what nobody else does."""

import datetime
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse

from accounts.models import User
from cases.models import AccessLog, Matter
from core.row_security import set_scope
from etotu.loading.progress import Progress
from etotu.loading.sweep import sweep
from etotu.models import Attachment, Batch, BatchShare
from etotu.tests.making import RECEIVED, TAUNO, counts, loaded, notice, stored, xml
from municipalities.models import Membership, Municipality, Role
from testing.people import QueryCount, SignIn, person

LIST = "/297/erat/"


def address(batch: Batch, code: str = "297") -> str:
    return f"/{code}/erat/{batch.public_id}/"


def file(data: bytes, name: str = "era.xml") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


@pytest.fixture
def tampere_admin(tampere: Municipality) -> User:
    return person("Terttu Testaaja", "terttu@tampere.example", Role.ADMIN, tampere)


class TestUpload:
    def send(self, browser: Any, *files: SimpleUploadedFile, **more: str) -> Any:
        return browser.post("/297/erat/tuo/", {"chosen": list(files)} | more, follow=True)

    def test_several_files_are_stored_and_wait(self, paula: User, signed_in: SignIn) -> None:
        response = self.send(signed_in(paula), file(xml(notice())), file(xml(notice("K2")), "toinen.xml"))
        assert response.redirect_chain == [(LIST, 302)]
        assert {(b.file_name, b.status, b.delivered_by) for b in Batch.objects.all()} == {
            ("era.xml", "received", paula),
            ("toinen.xml", "received", paula),
        }
        assert 'hx-get="/297/erat/kesken/"' in response.content.decode()
        assert sweep() == 2
        done = signed_in(paula).get("/297/erat/kesken/").content.decode()
        assert "hx-get" not in done
        assert 'id="arrivals-sentence" hx-swap-oob="true"' in done
        assert "erä on kesken" not in done

    def test_a_double_click_stores_once(self, paula: User, signed_in: SignIn) -> None:
        browser = signed_in(paula)
        once = str(uuid.uuid4())
        for _ in range(2):
            self.send(browser, file(xml(notice())), once=once)
        assert Batch.objects.count() == 1

    @override_settings(ETOTU_UPLOAD_LIMIT=1024 * 1024)
    def test_what_is_wrong_with_a_file_is_said_and_none_is_stored(self, paula: User, signed_in: SignIn) -> None:
        browser = signed_in(paula)
        large = file(b" " * (1024 * 1024 + 1), "suuri.xml")
        text = self.send(browser, file(xml(notice())), file(b"", "tyhja.xml"), large).content.decode()
        assert "tyhja.xml" in text
        assert "suuri.xml" in text
        assert "Valitse vähintään yksi tiedosto" in self.send(browser).content.decode()
        assert not Batch.objects.exists()


class TestBatchPage:
    def test_counts_are_shown_as_a_sum_with_the_rows_of_others(
        self, kuopio: Municipality, paula: User, signed_in: SignIn
    ) -> None:
        batch = loaded(
            xml(notice("K1"), notice("K2", family=""), notice("K3", kunta="837", code=TAUNO), declared=5),
            municipality=kuopio,
        )
        response = signed_in(paula).get(address(batch))
        text = response.content.decode()
        assert counts(response.context["it"].counts) == {"received": 2, "accepted": 1, "quarantined": 1}
        assert response.context["it"].others == 1
        assert "lisäksi 1 muun kunnan rivi" in text
        assert "Kela ilmoitti 5 ilmoitusta, tiedostossa oli 3" in text

    def test_a_row_shows_all_its_errors_and_nothing_of_the_person(
        self, kuopio: Municipality, paula: User, signed_in: SignIn
    ) -> None:
        row = notice(code="100190-999R", family="", kind="TUNTEMATON", phone="+358401234567", note="Salaista.")
        text = signed_in(paula).get(address(loaded(xml(row), municipality=kuopio))).content.decode()
        for words in ("TUNTEMATON", "100190-••••", "Sukunimi", "Pakollinen tieto puuttuu"):
            assert words in text
        for hidden in ("999R", "+358401234567", "Salaista", "Seija"):
            assert hidden not in text

    def test_a_rejected_file_says_where_and_what_to_do(
        self, kuopio: Municipality, paula: User, signed_in: SignIn
    ) -> None:
        batch = loaded(xml(notice())[:-30], municipality=kuopio)
        text = signed_in(paula).get(address(batch)).content.decode()
        assert "rivi 3, sarake" in text
        assert "<dt>Mitä tehdä</dt>" in text
        assert "•••" in text
        assert "Seija" not in text
        assert "Hylätty" in text

    def test_a_repeat_leads_to_the_first(self, kuopio: Municipality, paula: User, signed_in: SignIn) -> None:
        first, again = (loaded(xml(notice()), municipality=kuopio) for _ in range(2))
        assert address(first) in signed_in(paula).get(address(again)).content.decode()

    def test_a_running_batch_asks_again_until_it_is_done(
        self, kuopio: Municipality, paula: User, signed_in: SignIn
    ) -> None:
        batch = stored(xml(notice()), municipality=kuopio)
        browser = signed_in(paula)
        Batch.objects.update(status="loading", started_at=RECEIVED)
        progress = Progress(batch.pk, declared=240)
        progress.read(168)
        response = browser.get(address(batch) + "eteneminen/")
        assert 'value="168"' in response.content.decode()
        assert "HX-Refresh" not in response.headers
        Batch.objects.update(status="received")
        sweep()
        assert browser.get(address(batch) + "eteneminen/").headers["HX-Refresh"] == "true"

    def test_matters_are_linked_for_whoever_may_open_them(
        self, kuopio: Municipality, paula: User, signed_in: SignIn
    ) -> None:
        batch = loaded(xml(notice()), municipality=kuopio)
        set_scope([297])
        matter = Matter.objects.get()
        link = f"/297/tyojono/?avoin={matter.pk}"
        browser = signed_in(paula)
        assert link not in browser.get(address(batch)).content.decode()
        assert not AccessLog.objects.exists()
        Membership.objects.create(user=paula, municipality=kuopio, role=Role.SOCIAL_WORKER, starts="2018-01-01")
        assert link in browser.get(address(batch)).content.decode()
        assert AccessLog.objects.get().client_ids == [matter.client_id]


class TestFences:
    def test_another_municipality_sees_only_its_own_share(
        self, kuopio: Municipality, paula: User, tampere_admin: User, signed_in: SignIn
    ) -> None:
        rows = notice("K1", family=""), notice("K2", kunta="837", code=TAUNO), notice("K3", kunta="837", family="")
        batch = loaded(xml(*rows), municipality=kuopio)
        response = signed_in(tampere_admin).get(address(batch, "837"))
        assert counts(response.context["it"].counts) == {"received": 2, "accepted": 1, "quarantined": 1}
        assert [row.row.number for row in response.context["rows"]] == ["K3"]
        assert [row.row.number for row in signed_in(paula).get(address(batch)).context["rows"]] == ["K1"]

    def test_a_batch_without_a_share_does_not_exist(
        self, kuopio: Municipality, tampere_admin: User, signed_in: SignIn
    ) -> None:
        batch = loaded(xml(notice()), municipality=kuopio)
        browser = signed_in(tampere_admin)
        assert browser.get(address(batch, "837")).status_code == 404
        assert browser.get(address(batch)).status_code == 404
        assert browser.get("/837/erat/").context["batches"] == []

    @pytest.mark.parametrize("who", ["aino", "sirkka", "kaisa"])
    def test_other_roles_are_refused(
        self, who: str, kuopio: Municipality, request: pytest.FixtureRequest, signed_in: SignIn
    ) -> None:
        batch = loaded(xml(notice()), municipality=kuopio)
        browser = signed_in(request.getfixturevalue(who))
        assert {browser.get(url).status_code for url in (LIST, address(batch))} == {403}

    def test_the_installation_admin_sees_counts_of_all_and_unplaced_rows_only(
        self, kuopio: Municipality, iida: User, signed_in: SignIn
    ) -> None:
        batch = loaded(xml(notice("K1", family=""), notice("K2", kunta="998")), via="folder")
        browser = signed_in(iida)
        assert batch.batch_code in browser.get(reverse("installation_batches")).content.decode()
        page = browser.get(reverse("installation_batch", kwargs={"public_id": batch.public_id}))
        assert [share.municipality_id for share in page.context["shares"]] == [297]
        assert [row.row.number for row in page.context["rows"]] == ["K2"]
        assert [row.row.number for row in browser.get(reverse("installation_unplaced")).context["rows"]] == ["K2"]


class TestAttachment:
    @pytest.fixture
    def kept(self, kuopio: Municipality) -> Attachment:
        loaded(xml(notice(more='<liite nimi="../lasku&quot;.txt" mime="text/plain">TGFza3U=</liite>')))
        set_scope([297])
        return Attachment.objects.get()

    def test_a_worker_downloads_it_and_the_look_is_logged(
        self, kept: Attachment, aino: User, signed_in: SignIn
    ) -> None:
        response = signed_in(aino).get(f"/297/liitteet/{kept.pk}/")
        assert response.content == b"Lasku"
        assert response.headers["Content-Disposition"] == 'attachment; filename="lasku_.txt"'
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert AccessLog.objects.get().detail == "attachment"

    def test_one_moved_to_another_row_is_told_in_words(
        self, kuopio: Municipality, aino: User, signed_in: SignIn
    ) -> None:
        more = "".join(f'<liite nimi="{one}.txt" mime="text/plain">{one}GFza3U=</liite>' for one in "TU")
        loaded(xml(notice(more=more)))
        set_scope([297])
        first, second = Attachment.objects.order_by("ordinal")
        Attachment.objects.filter(pk=first.pk).update(data=second.data)
        browser = signed_in(aino)
        browser.raise_request_exception = False
        response = browser.get(f"/297/liitteet/{first.pk}/")
        assert response.status_code == 503
        assert "Tallennettua tietoa ei voi lukea" in response.content.decode()
        assert browser.get(f"/297/liitteet/{second.pk}/").status_code == 200

    def test_nobody_else_does(self, kept: Attachment, paula: User, olli: User, signed_in: SignIn) -> None:
        assert signed_in(paula).get(f"/297/liitteet/{kept.pk}/").status_code == 403
        assert signed_in(olli).get(f"/297/liitteet/{kept.pk}/").status_code == 404
        assert signed_in(olli).get(f"/837/liitteet/{kept.pk}/").status_code == 404

    def test_of_a_restricted_client_it_does_not_exist(self, kept: Attachment, aino: User, signed_in: SignIn) -> None:
        from cases.models import Client

        Client.objects.update(restricted=True)
        assert signed_in(aino).get(f"/297/liitteet/{kept.pk}/").status_code == 404


class TestQueries:
    @pytest.fixture
    def opened(self, paula: User, signed_in: SignIn, query_count: QueryCount) -> Callable[[str], int]:
        browser = signed_in(paula)
        browser.get(LIST)
        return lambda url: query_count(lambda: browser.get(url))

    def test_the_list_asks_as_much_for_one_batch_as_for_six(
        self, kuopio: Municipality, opened: Callable[[str], int]
    ) -> None:
        loaded(xml(notice("K0", family="")), municipality=kuopio)
        few = opened(LIST)
        for number in range(1, 6):
            day = RECEIVED + datetime.timedelta(days=number)
            loaded(xml(notice(f"K{number}", family="")), municipality=kuopio, received_at=day)
        assert BatchShare.objects.count() == 6
        assert opened(LIST) == few

    def test_a_batch_asks_as_much_for_one_row_as_for_forty(
        self, kuopio: Municipality, opened: Callable[[str], int]
    ) -> None:
        one = loaded(xml(notice("K0", family="")), municipality=kuopio)
        many = loaded(xml(*(notice(f"R{number}", family="") for number in range(40))), municipality=kuopio)
        assert opened(address(one)) == opened(address(many))
