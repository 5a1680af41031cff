"""The list of batches: its filters and order in the address, and what a corrected file changes."""

import datetime
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import User
from etotu.loading.sweep import sweep
from etotu.models import Batch
from etotu.tests.making import RECEIVED, TAUNO, loaded, notice, xml
from municipalities.models import Municipality
from testing.people import SignIn

LIST = "/297/erat/"


def file(data: bytes, name: str = "korjattu.xml") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


class TestFilters:
    @pytest.fixture
    def codes(self, kuopio: Municipality, paula: User, signed_in: SignIn) -> Any:
        """The batches that an address shows, by their code."""
        month = datetime.timedelta(days=31)
        loaded(xml(notice("K1"), code="HYVA"), via="folder")
        loaded(xml(notice("K2", family=""), code="RIVEJA"), municipality=kuopio, received_at=RECEIVED + month)
        loaded(xml(notice("K3"), notice("K4"), declared=5, code="VAJAA"), municipality=kuopio)
        loaded(xml(notice("K5"), code="RIKKI")[:-30], municipality=kuopio, file_name="RIKKI")
        loaded(xml(notice("K6", kunta="837", code=TAUNO), code="MUIDEN"), via="folder")
        browser = signed_in(paula)
        return lambda query: [it.name for it in browser.get(LIST + query).context["batches"]]

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("", {"HYVA", "RIVEJA", "VAJAA", "RIKKI"}),
            ("?tila=huomio", {"RIVEJA", "VAJAA", "RIKKI"}),
            ("?tila=korjattavia", {"RIVEJA"}),
            ("?tila=vajaat", {"VAJAA"}),
            ("?tila=hylatyt", {"RIKKI"}),
            ("?lahde=kansio", {"HYVA"}),
            ("?kuukausi=2018-11", {"RIVEJA"}),
            ("?kuukausi=2018-10&tila=valmiit", {"HYVA", "VAJAA"}),
            ("?tila=tuntematon&kuukausi=x", {"HYVA", "RIVEJA", "VAJAA", "RIKKI"}),
        ],
    )
    def test_the_address_says_what_is_listed(self, codes: Any, query: str, expected: set[str]) -> None:
        assert set(codes(query)) == expected

    def test_the_order(self, codes: Any) -> None:
        assert codes("")[0] == "RIVEJA"
        assert codes("?jarjestys=vanhin")[-1] == "RIVEJA"
        assert codes("?jarjestys=eniten")[0] == "VAJAA"
        assert codes("?jarjestys=korjattavat")[0] == "RIVEJA"

    def test_a_poll_keeps_the_filters(self, kuopio: Municipality, paula: User, signed_in: SignIn) -> None:
        response = signed_in(paula).get(LIST + "kesken/?tila=vajaat&sivu=1")
        assert response.context["progress_url"] == "/297/erat/kesken/?tila=vajaat&sivu=1"

    def test_the_installation_admin_filters_too(self, codes: Any, iida: User, signed_in: SignIn) -> None:
        found = signed_in(iida).get("/asennus/erat/?lahde=kansio").context["batches"]
        assert {it.name for it in found} == {"HYVA", "MUIDEN"}


class TestCorrection:
    @pytest.fixture
    def rejected(self, kuopio: Municipality) -> Batch:
        return loaded(xml(notice())[:-30], municipality=kuopio)

    def test_the_corrected_file_and_the_rejected_one_lead_to_each_other(
        self, rejected: Batch, paula: User, signed_in: SignIn
    ) -> None:
        browser = signed_in(paula)
        once = str(uuid.uuid4())
        address = f"/297/erat/{rejected.public_id}/"
        for _ in range(2):
            response = browser.post(address + "korjattu/", {"chosen": file(xml(notice())), "once": once})
        new = Batch.objects.get(corrects=rejected)
        assert (new.uploaded_in_id, new.delivered_by) == (297, paula)
        assert response.status_code == 302
        assert "Hylätty, korjattu on otettu" not in browser.get(LIST).content.decode()
        sweep()
        assert f"/297/erat/{new.public_id}/" in browser.get(address).content.decode()
        assert address in browser.get(f"/297/erat/{new.public_id}/").content.decode()
        assert "Hylätty, korjattu on otettu" in browser.get(LIST).content.decode()

    def test_a_correction_that_was_rejected_too_is_told(self, rejected: Batch, paula: User, signed_in: SignIn) -> None:
        browser = signed_in(paula)
        address = f"/297/erat/{rejected.public_id}/"
        browser.post(address + "korjattu/", {"chosen": file(xml(notice())[:-40]), "once": str(uuid.uuid4())})
        sweep()
        assert "mutta sekin hylättiin" in browser.get(address).content.decode()

    def test_an_empty_file_is_refused_and_a_reload_leads_back(
        self, rejected: Batch, paula: User, signed_in: SignIn
    ) -> None:
        browser = signed_in(paula)
        address = f"/297/erat/{rejected.public_id}/korjattu/"
        assert browser.post(address, {"chosen": file(b"")}).status_code == 200
        assert browser.get(address).headers["Location"] == f"/297/erat/{rejected.public_id}/"
        assert browser.get("/297/erat/tuo/").headers["Location"] == LIST
        assert Batch.objects.count() == 1

    def test_only_a_rejected_file_is_corrected(self, kuopio: Municipality, paula: User, signed_in: SignIn) -> None:
        batch = loaded(xml(notice()), municipality=kuopio)
        signed_in(paula).post(f"/297/erat/{batch.public_id}/korjattu/", {"chosen": file(xml(notice("K2")))})
        assert Batch.objects.count() == 1

    def test_the_installation_admin_corrects_what_came_by_folder(
        self, kuopio: Municipality, iida: User, signed_in: SignIn
    ) -> None:
        batch = loaded(xml(notice())[:-30], via="folder")
        browser = signed_in(iida)
        browser.post(f"/asennus/erat/{batch.public_id}/korjattu/", {"chosen": file(xml(notice()))})
        new = Batch.objects.get(corrects=batch)
        assert (new.uploaded_in, new.via) == (None, "upload")
        assert str(new.public_id) in browser.get(f"/asennus/erat/{batch.public_id}/").content.decode()
