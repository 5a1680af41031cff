"""Työjono: what is listed to whom, and the open matter."""

import datetime
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from cases.matters import life as matters
from cases.models import AccessLog, Client, ContactDetail, Matter
from cases.models.access_log import Looked
from cases.models.contact_detail import DetailKind, DetailSource
from core.row_security import set_scope
from municipalities.models import Municipality, Unit
from testing.clock import TODAY
from testing.factories import make_client, make_matter
from testing.people import SignIn

TOMORROW = datetime.date(2018, 11, 14)


def page(browser: Any, address: str = "") -> str:
    response = browser.get(f"/297/tyojono/{address}")
    assert response.status_code == 200
    return str(response.content.decode())


class TestList:
    def test_an_unassigned_matter_is_listed_with_its_deadline_in_words(
        self, signed_in: SignIn, aino: User, application: Matter
    ) -> None:
        html = page(signed_in(aino), "?nakyma=vapaat")
        assert "Tauno Ylämalli" in html
        assert "huomenna, ke 14.11." in html
        assert "7. arkipäivä saapumisesta · toimeentulotukilaki 14 c §" in html

    def test_mine_are_mine_only(self, signed_in: SignIn, aino: User, eetu: User, application: Matter) -> None:
        matters.take(eetu, application)
        assert "Tauno Ylämalli" not in page(signed_in(aino))
        assert "Tauno Ylämalli" in page(signed_in(eetu))

    def test_the_late_ones_come_first(self, signed_in: SignIn, aino: User, kuopio: Municipality) -> None:
        for name, day in [("Uusi", 12), ("Vanha", 1)]:
            make_matter(make_client(kuopio, family_name=name), arrived=datetime.date(2018, 11, day))
        html = page(signed_in(aino), "?nakyma=vapaat")
        assert html.index("Vanha") < html.index("Uusi</span>")
        assert "Myöhässä" in html

    @pytest.mark.parametrize(
        ("address", "listed"),
        [
            ("?nakyma=vapaat&tyyppi=application", True),
            ("?nakyma=vapaat&tyyppi=immigrant", False),
            ("?nakyma=vapaat&aika=myohassa", False),
            ("?nakyma=vapaat&aika=viikko", True),
            ("?nakyma=vapaat&aika=tanaan", False),
            ("?nakyma=vapaat&tila=uudet", True),
            ("?nakyma=vapaat&tila=suljetut", False),
            ("?nakyma=vapaat&kieli=sv", False),
            ("?nakyma=vapaat&kieli=fi&jarjestys=nimi", True),
            ("?nakyma=vapaat&tyyppi=nonsense", True),
            ("?nakyma=odottaa", False),
        ],
    )
    def test_filters_are_in_the_address(
        self, signed_in: SignIn, aino: User, application: Matter, address: str, listed: bool
    ) -> None:
        assert ("Tauno Ylämalli" in page(signed_in(aino), address)) is listed

    def test_a_matter_of_another_unit_is_not_listed(
        self, signed_in: SignIn, aino: User, sirkka: User, application: Matter, northern: Unit
    ) -> None:
        Matter.objects.update(unit=northern)
        assert "Tauno Ylämalli" not in page(signed_in(aino), "?nakyma=kaikki")
        assert "Tauno Ylämalli" in page(signed_in(sirkka), f"?yksikko={northern.pk}")

    def test_a_restricted_client_is_in_no_list_and_no_number(
        self, signed_in: SignIn, aino: User, sirkka: User, application: Matter, tauno: Client
    ) -> None:
        Client.objects.filter(pk=tauno.pk).update(restricted=True)
        for who in (aino, sirkka):
            html = page(signed_in(who), "?nakyma=kaikki")
            assert "Tauno" not in html
            assert 'Kaikki <span class="n">0</span>' in html

    def test_what_was_listed_is_logged_as_one_row(
        self, signed_in: SignIn, aino: User, application: Matter, tauno: Client
    ) -> None:
        page(signed_in(aino), "?nakyma=vapaat")
        log = AccessLog.objects.get()
        assert (log.user, log.action, log.page, log.client_ids) == (aino, Looked.LISTED, "queue", [tauno.pk])

    def test_queries_do_not_grow_with_the_rows(self, signed_in: SignIn, aino: User, kuopio: Municipality) -> None:
        browser = signed_in(aino)

        def queries() -> int:
            with CaptureQueriesContext(connection) as counted:
                page(browser, "?nakyma=vapaat")
            set_scope([kuopio.pk])
            return len(counted)

        for _ in range(2):
            make_matter(make_client(kuopio))
        few = queries()
        for _ in range(20):
            make_matter(make_client(kuopio))
        assert queries() == few


class TestOpenMatter:
    def test_it_says_what_to_do_by_when_and_why(self, signed_in: SignIn, aino: User, application: Matter) -> None:
        html = page(signed_in(aino), f"?avoin={application.pk}")
        assert "Ratkaise huomenna, ke 14.11." in html
        assert "Keskiviikko 14.11. on 7. arkipäivä saapumisesta (toimeentulotukilaki 14 c §)." in html
        assert "Tauno Olavi Ylämalli" in html

    def test_the_link_to_the_client_is_not_printed(self, signed_in: SignIn, aino: User, application: Matter) -> None:
        html = page(signed_in(aino), f"?avoin={application.pk}")
        assert re.search(r'<span class="screen-only">[^<]*<a href="/297/asiakkaat/\d+/">Avaa asiakkaan tiedot', html)

    def test_opening_is_logged(self, signed_in: SignIn, aino: User, application: Matter, tauno: Client) -> None:
        page(signed_in(aino), f"?avoin={application.pk}")
        assert AccessLog.objects.get(action=Looked.OPENED).client_ids == [tauno.pk]

    def test_opening_alone_changes_nothing(
        self, signed_in: SignIn, aino: User, sirkka: User, application: Matter
    ) -> None:
        matters.assign(sirkka, application, aino)
        browser = signed_in(aino)
        assert f"/297/asiat/{application.pk}/nahty/" in page(browser, f"?avoin={application.pk}")
        assert not Matter.objects.get().seen_by_assignee
        browser.post(f"/297/asiat/{application.pk}/nahty/")
        assert Matter.objects.get().seen_by_assignee

    def test_other_municipalities_restricted_clients_and_other_units_do_not_exist(
        self, signed_in: SignIn, aino: User, olli: User, application: Matter, tauno: Client, northern: Unit
    ) -> None:
        address = f"/297/tyojono/?avoin={application.pk}"
        assert signed_in(olli).get(address).status_code == 404
        set_scope([297])
        Matter.objects.update(unit=northern)
        assert signed_in(aino).get(address).status_code == 404
        set_scope([297])
        Matter.objects.update(unit=None)
        Client.objects.update(restricted=True)
        assert signed_in(aino).get(address).status_code == 404
        assert AccessLog.objects.filter(action=Looked.REFUSED, user=aino).count() == 2

    def test_the_queue_is_for_casework_only(self, signed_in: SignIn, kaisa: User, paula: User) -> None:
        for who in (kaisa, paula):
            assert signed_in(who).get("/297/tyojono/").status_code == 403


class TestNonDisclosure:
    @pytest.fixture
    def hidden(self, tauno: Client, application: Matter) -> Matter:
        Client.objects.filter(pk=tauno.pk).update(non_disclosure=True)
        ContactDetail.objects.create(
            municipality=tauno.municipality,
            client=tauno,
            kind=DetailKind.PHONE,
            source=DetailSource.KELA,
            value="040 000 00 17",
            known_on=TODAY,
        )
        return application

    def test_the_phone_is_hidden_until_one_with_the_right_asks(
        self, signed_in: SignIn, aino: User, hidden: Matter, tauno: Client
    ) -> None:
        Matter.objects.filter(pk=hidden.pk).update(assignee=aino)
        browser = signed_in(aino)
        assert "040 000 00 17" not in page(browser, f"?avoin={hidden.pk}")
        revealed = browser.post(f"/297/asiat/{hidden.pk}/nayta-suojatut/")
        assert "040 000 00 17" in revealed.content.decode()
        assert AccessLog.objects.get(action=Looked.REVEALED).client_ids == [tauno.pk]
        assert "040 000 00 17" not in page(browser, f"?avoin={hidden.pk}")

    def test_others_may_not(self, signed_in: SignIn, aino: User, hidden: Matter) -> None:
        assert signed_in(aino).post(f"/297/asiat/{hidden.pk}/nayta-suojatut/").status_code == 403

    def test_the_list_for_print_leaves_the_phone_out(self, signed_in: SignIn, aino: User, hidden: Matter) -> None:
        matters.take(aino, hidden)
        Matter.objects.update(due=TODAY)
        html = signed_in(aino).get("/297/tyojono/paivan-lista/").content.decode()
        assert "Ylämalli" in html
        assert "040 000 00 17" not in html
        assert AccessLog.objects.get().action == Looked.PRINTED
