"""The security log on its page, and what any page adds to it."""

from typing import Any

import pytest

from accounts import security_log
from accounts.models import SecurityEvent, User
from accounts.security_log import Kind
from municipalities.models import Membership, Municipality, Role
from testing.clock import Clock
from testing.people import QueryCount, SignIn

PAGE = "/297/yllapito/tietoturvaloki/"


def text(response: Any) -> str:
    return str(response.content.decode())


def test_a_refusal_by_role_is_kept_although_the_page_failed(paula: User, signed_in: SignIn) -> None:
    assert signed_in(paula).get("/297/tyojono/").status_code == 403
    event = SecurityEvent.objects.get(kind="refused_by_role")
    assert (event.actor, event.municipality_number, event.facts) == (paula, 297, {"page": "queue"})


def test_a_refusal_in_the_installation_too(paula: User, signed_in: SignIn) -> None:
    assert signed_in(paula).get("/asennus/").status_code == 403
    event = SecurityEvent.objects.get(kind="refused_by_role")
    assert (event.municipality_number, event.facts) == (None, {"page": "installation"})


def test_another_municipality_s_address_is_told_where_the_person_works(aino: User, signed_in: SignIn) -> None:
    assert signed_in(aino).get("/837/tyojono/").status_code == 404
    event = SecurityEvent.objects.get(kind="refused_by_role")
    assert (event.actor, event.municipality_number, event.facts["asked"]) == (aino, None, "837")


def test_a_page_that_opens_is_no_event(paula: User, signed_in: SignIn) -> None:
    assert signed_in(paula).get("/297/yllapito/yksikot/").status_code == 200
    assert not SecurityEvent.objects.filter(kind__in=("refused_by_role", "exported")).exists()


class TestPage:
    def test_admin_and_supervisor_read_it_and_nobody_else(
        self, paula: User, sirkka: User, aino: User, signed_in: SignIn
    ) -> None:
        security_log.record(Kind.SIGNED_IN, actor=aino)
        for person, status in ((paula, 200), (sirkka, 200), (aino, 403)):
            answer = signed_in(person).get(PAGE)
            assert answer.status_code == status
            assert ("Kirjautui sisään" in text(answer)) == (status == 200)

    def test_it_tells_of_this_municipality_and_of_its_people_only(
        self, aino: User, olli: User, paula: User, signed_in: SignIn
    ) -> None:
        security_log.record(Kind.SIGNED_IN, actor=olli)
        security_log.record(Kind.RIGHT_GIVEN, actor=olli, person=olli, municipality_number=837)
        # what somebody of both does there stays there
        Membership.objects.create(user=aino, municipality_id=837, role=Role.SOCIAL_WORKER, starts="2018-01-01")
        security_log.record(Kind.RIGHT_ENDED, actor=aino, municipality_number=837)
        browser = signed_in(paula)
        SecurityEvent.objects.filter(actor=paula)
        page = text(browser.get(PAGE))
        assert olli.name not in page
        assert "Oikeus päätettiin" not in page

    def test_what_happened_is_told_in_words_and_not_by_codes(self, aino: User, paula: User, signed_in: SignIn) -> None:
        browser = signed_in(paula)
        for kind, facts, words in (
            (Kind.SIGNED_IN, {"second_factor": False}, "vain salasanalla"),
            (Kind.SIGNED_IN, {"second_factor": True}, "kaksivaiheisesti"),
            (Kind.LOCKED_OUT, {"minutes": 15}, "15 minuutiksi"),
            (Kind.LINK_MADE, {"by": "command", "purpose": "invitation"}, "komennolla palvelimella"),
            (Kind.RIGHT_GIVEN, {"role": "admin"}, "pääkäyttäjä"),
        ):
            security_log.record(kind, actor=aino, municipality_number=297, **facts)
            page = text(browser.get(f"{PAGE}?kuka={aino.pk}"))
            assert words in page.lower()
            assert not {"False", "True", "invitation"} & set(page.split())

    def test_what_somebody_did_after_working_here_is_not_told(
        self, aino: User, paula: User, signed_in: SignIn, clock: Clock
    ) -> None:
        browser = signed_in(paula)
        Membership.objects.filter(user=aino).update(ends="2018-11-13")
        security_log.record(Kind.SIGNED_IN, actor=aino)
        page = f"{PAGE}?mita=kirjautuminen&kuka={aino.pk}"
        assert text(browser.get(page)).count("Kirjautui sisään") == 1
        clock.shift(days=1)
        security_log.record(Kind.SIGNED_IN, actor=aino)
        browser = signed_in(paula)
        assert text(browser.get(page)).count("Kirjautui sisään") == 1

    def test_the_filters_are_in_the_address(self, aino: User, eetu: User, paula: User, signed_in: SignIn) -> None:
        security_log.record(Kind.SIGN_IN_FAILED, person=aino)
        security_log.record(Kind.EXPORTED, actor=eetu, municipality_number=297, page="figure_csv")
        browser = signed_in(paula)
        only = text(browser.get(f"{PAGE}?mita=vienti"))
        assert "Vei tietoja ulos" in only
        assert "Kirjautuminen epäonnistui" not in only
        only = text(browser.get(f"{PAGE}?kuka={aino.pk}"))
        assert "Kirjautuminen epäonnistui" in only
        assert "Vei tietoja ulos" not in only
        assert "Rajaukseen ei osu tapahtumia" in text(browser.get(f"{PAGE}?alkaen=14.11.2018"))
        assert "Kirjautuminen epäonnistui" in text(browser.get(f"{PAGE}?alkaen=13.11.2018&asti=13.11.2018"))
        assert browser.get(f"{PAGE}?mita=zzz&kuka=x&alkaen=32.13.2018").status_code == 200

    def test_a_thousand_rows_take_as_many_statements_as_ten(
        self, aino: User, paula: User, signed_in: SignIn, query_count: QueryCount
    ) -> None:
        browser = signed_in(paula)
        for _ in range(10):
            security_log.record(Kind.SIGNED_IN, actor=aino)
        browser.get(PAGE)
        ten = query_count(lambda: browser.get(PAGE))
        SecurityEvent.objects.bulk_create(
            SecurityEvent(kind="signed_in", actor=aino, told_in=[297]) for _ in range(1000)
        )
        assert query_count(lambda: browser.get(PAGE)) == ten <= 20


def test_a_file_that_is_taken_out_is_an_event(kuopio: Municipality, kaisa: User, signed_in: SignIn) -> None:
    answer = signed_in(kaisa).get("/297/kunta/deadlines_kept.csv")
    assert answer["Content-Disposition"].startswith("attachment")
    event = SecurityEvent.objects.get(kind="exported")
    assert (event.actor, event.municipality_number, event.facts) == (kaisa, 297, {"page": "figure_csv"})


class TestADayThatCannotBeRead:
    @pytest.mark.parametrize(
        ("query", "field", "words"),
        [
            ("alkaen=32.13.2018", "alkaen", "Tarkista päivä"),
            ("asti=huomenna", "asti", "Tarkista päivä"),
            ("alkaen=14.11.2018&asti=13.11.2018", "asti", "Viimeinen päivä ei saa olla ennen ensimmäistä päivää."),
        ],
    )
    def test_is_told_beside_its_field_and_claims_no_rows(
        self, paula: User, signed_in: SignIn, query: str, field: str, words: str
    ) -> None:
        security_log.record(Kind.SIGNED_IN, actor=paula)
        page = text(signed_in(paula).get(f"{PAGE}?{query}"))
        assert words in page.partition(f'id="f_{field}_error"')[2].partition("</p>")[0]
        assert f'aria-describedby="f_{field}_error"' in page
        assert "Kirjautui sisään ·" not in page
        assert "Rajaukseen ei osu" not in page
        assert "Tapahtumia ei ole" not in page

    def test_a_search_that_is_too_long_is_told_and_finds_nobody(self, paula: User, signed_in: SignIn) -> None:
        page = text(signed_in(paula).get(f"/297/yllapito/kayttajat/?q={'a' * 81}"))
        assert 'id="id_q_error"' in page
        assert "Ketään ei löytynyt" not in page
        assert "/yllapito/kayttajat/kutsu/" in page
        assert f"/yllapito/kayttajat/{paula.pk}/" not in page
