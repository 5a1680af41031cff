"""Appointments on the pages: offered, asked about when they have passed, put right."""

import datetime
from functools import partial
from typing import Any

from django.test import Client as Browser

from accounts.models import User
from cases.models import Appointment, Client, Contact, ContactDetail, Matter
from cases.models.contact_detail import DetailKind, DetailSource
from municipalities.models import Municipality
from testing.clock import DAY, NOW, TODAY
from testing.people import QueryCount, SignIn


def text(response: Any) -> str:
    return str(response.content.decode())


def time_of(matter: Matter, worker: User, at: datetime.datetime, **fields: Any) -> Appointment:
    return Appointment.objects.create(
        municipality=matter.municipality, client=matter.client, matter=matter, worker=worker, by=worker, at=at, **fields
    )


def offer(browser: Browser, matter: Matter, worker: User, day: str = "15.11.2018", **fields: str) -> Any:
    data = {"day": day, "time": "13.00", "worker": worker.pk, "place": "Huone 2", "version": matter.version}
    return browser.post(f"/297/asiat/{matter.pk}/aika/", data | fields)


class TestOffering:
    def test_a_time_is_offered_on_the_matter_and_shows_everywhere(
        self, application: Matter, aino: User, signed_in: SignIn
    ) -> None:
        browser = signed_in(aino)
        assert offer(browser, application, aino).status_code == 302
        for address in (
            f"/297/tyojono/?avoin={application.pk}",
            f"/297/asiakkaat/{application.client_id}/",
            "/297/",
        ):
            assert "to 15.11. klo 13.00" in text(browser.get(address)).lower()
        assert "Aika varattu, to 15.11." in text(browser.get("/297/tyojono/?nakyma=kaikki"))

    def test_a_weekend_is_warned_of_and_offered_all_the_same(
        self, application: Matter, aino: User, signed_in: SignIn
    ) -> None:
        browser = signed_in(aino)
        warned = offer(browser, application, aino, "17.11.2018")
        assert warned.status_code == 422
        assert "ei ole arkipäivä" in text(warned)
        assert "Varaa aika silti" in text(warned)
        offer(browser, application, aino, "17.11.2018", anyway="on")
        assert Appointment.objects.count() == 1

    def test_the_past_is_refused_beside_its_field(self, application: Matter, aino: User, signed_in: SignIn) -> None:
        response = offer(signed_in(aino), application, aino, "12.11.2018")
        assert response.context["form"].errors == {"day": ["Päivä ei voi olla menneisyydessä."]}
        assert not Appointment.objects.exists()

    def test_a_time_is_offered_on_the_clients_page_about_nothing(
        self, application: Matter, aino: User, signed_in: SignIn
    ) -> None:
        browser = signed_in(aino)
        data = {"about": "", "day": "15.11.2018", "time": "9.00", "worker": aino.pk}
        assert browser.get(f"/297/asiakkaat/{application.client_id}/aika/").status_code == 200
        assert browser.post(f"/297/asiakkaat/{application.client_id}/aika/", data).status_code == 302
        assert Appointment.objects.get().matter is None

    def test_an_invitation_is_made_of_it(self, application: Matter, aino: User, signed_in: SignIn) -> None:
        ContactDetail.objects.create(
            municipality=application.municipality,
            client=application.client,
            kind=DetailKind.ADDRESS,
            source=DetailSource.KELA,
            value="Mallikatu 4",
            postal_code="70100",
            known_on=TODAY,
        )
        browser = signed_in(aino)
        offer(browser, application, aino)
        page = text(browser.get(f"/297/tyojono/?avoin={application.pk}&teko=kutsu"))
        assert "torstai 15.11.2018 klo 13.00" in page
        assert "Huone 2" in page


class TestMarking:
    def test_a_passed_time_asks_on_today_and_one_press_answers(
        self, application: Matter, aino: User, signed_in: SignIn
    ) -> None:
        time, browser = time_of(application, aino, NOW - DAY), signed_in(aino)
        assert f"/297/tapaamiset/{time.pk}/merkitse/" in text(browser.get("/297/"))
        data = {"state": "missed", "version": "1", "sivulta": "tanaan"}
        response = browser.post(f"/297/tapaamiset/{time.pk}/merkitse/", data)
        assert response.headers["Location"] == "/297/"
        assert Contact.objects.get().outcome == "did_not_come"
        assert f"/297/tapaamiset/{time.pk}/merkitse/" not in text(browser.get("/297/"))

    def test_a_wrong_mark_is_put_right(self, application: Matter, aino: User, signed_in: SignIn) -> None:
        time, browser = time_of(application, aino, NOW - DAY), signed_in(aino)
        browser.post(f"/297/tapaamiset/{time.pk}/merkitse/", {"state": "missed", "version": "1"})
        address = f"/297/tapaamiset/{time.pk}/"
        assert "Korjaa merkintä" in text(browser.get(address))
        late = browser.post(address, {"what": "met", "version": "1"})
        assert (late.status_code, Contact.objects.get().outcome) == (422, "did_not_come")
        browser.post(address, {"what": "met", "version": "2"})
        assert Contact.objects.get().outcome == "reached"

    def test_it_is_moved_at_the_clients_wish(self, application: Matter, aino: User, signed_in: SignIn) -> None:
        time, browser = time_of(application, aino, NOW + DAY), signed_in(aino)
        address, data = f"/297/tapaamiset/{time.pk}/", {"what": "moved_by_client", "version": "1", "worker": aino.pk}
        assert browser.post(address, data).status_code == 422
        browser.post(address, data | {"day": "16.11.2018", "time": "10.00"})
        assert set(Appointment.objects.values_list("state", flat=True)) == {"cancelled_by_client", "offered"}

    def test_it_is_nobodys_who_may_not_see_the_client(self, application: Matter, aino: User, signed_in: SignIn) -> None:
        time = time_of(application, aino, NOW - DAY)
        Client.objects.update(restricted=True)
        browser = signed_in(aino)
        assert browser.get(f"/297/tapaamiset/{time.pk}/").status_code == 404
        assert browser.post(f"/297/tapaamiset/{time.pk}/merkitse/", {"state": "met"}).status_code == 404
        assert "merkitse" not in text(browser.get("/297/"))


def test_many_times_take_as_many_queries_as_one(
    application: Matter, kuopio: Municipality, aino: User, signed_in: SignIn, query_count: QueryCount
) -> None:
    browser = signed_in(aino)
    time_of(application, aino, NOW + DAY)
    time_of(application, aino, NOW - DAY)
    address = f"/297/tyojono/?avoin={application.pk}"
    few = [query_count(partial(browser.get, one)) for one in ("/297/", address)]
    for n in range(2, 8):
        time_of(application, aino, NOW + n * DAY)
        time_of(application, aino, NOW - n * DAY)
    assert [query_count(partial(browser.get, one)) for one in ("/297/", address)] == few
