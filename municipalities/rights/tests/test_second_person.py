"""Who may be the second person, and the ways in which a request ends."""

from typing import Any
from urllib.parse import urlencode

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.apps import apps
from django.core import mail

from accounts.models import SecurityEvent, User
from core.saving import NotPossible
from municipalities.members import verbs as members
from municipalities.models import AdminAction, Membership, Municipality, RightRequest, Role, Unit
from municipalities.rights import verbs
from municipalities.rights.confirmers import confirmers
from municipalities.tasks import let_rights_run_out
from testing.clock import Clock
from testing.people import SignIn, person


@pytest.fixture
def wanted(kuopio: Municipality, paula: User, aino: User, northern: Unit) -> RightRequest:
    """Paula asks another unit for Aino."""
    iida_or_another = User.objects.filter(is_installation_admin=True)
    if not iida_or_another.exists():
        person("Iida Asentaja", "iida@asennus.example", is_installation_admin=True)
    return members.change_unit(paula, aino.memberships.get(), northern, "Siirtyy").wanted


class TestWhoMayConfirm:
    def test_another_admin_or_a_supervisor(
        self, kuopio: Municipality, paula: User, aino: User, pekka: User, sirkka: User
    ) -> None:
        assert set(confirmers(kuopio, paula, aino)) == {pekka, sirkka}

    def test_neither_the_asker_nor_the_person(self, kuopio: Municipality, paula: User, pekka: User) -> None:
        assert pekka not in confirmers(kuopio, paula, pekka)
        assert paula not in confirmers(kuopio, paula, pekka)

    def test_nobody_whose_own_say_comes_from_the_asker_alone(
        self, kuopio: Municipality, paula: User, aino: User, pekka: User, iida: User
    ) -> None:
        pekka.memberships.update(given_by=paula)
        assert confirmers(kuopio, paula, aino) == [iida]
        pekka.memberships.update(given_by=paula, confirmed_by=iida)
        assert confirmers(kuopio, paula, aino) == [pekka]

    def test_the_installation_admin_only_where_there_is_nobody_else(
        self, kuopio: Municipality, paula: User, aino: User, iida: User
    ) -> None:
        assert confirmers(kuopio, paula, aino) == [iida]
        sirkka = person("Sirkka Mallikas", "sirkka@kuopio.example", Role.SUPERVISOR, kuopio)
        assert confirmers(kuopio, paula, aino) == [sirkka]

    def test_not_those_whose_role_has_ended_or_whose_account_is_out_of_use(
        self, kuopio: Municipality, paula: User, aino: User, pekka: User, sirkka: User, iida: User
    ) -> None:
        pekka.memberships.update(ends="2018-11-12")
        User.objects.filter(pk=sirkka.pk).update(is_active=False)
        assert confirmers(kuopio, paula, aino) == [iida]

    def test_without_anybody_the_right_cannot_be_asked_for(
        self, kuopio: Municipality, paula: User, aino: User, northern: Unit
    ) -> None:
        with pytest.raises(NotPossible):
            members.change_unit(paula, aino.memberships.get(), northern, "Siirtyy")


class TestTheBeginning:
    """A municipality without people: the installation admin gives the first admin, and whoever is there confirms."""

    def test_the_only_installation_admin_gives_the_first_admin_alone(self, kuopio: Municipality, iida: User) -> None:
        outcome = members.invite(iida, kuopio, email="eka@kuopio.example", name="Eka Paperinen", role=Role.ADMIN)
        assert outcome.membership is not None
        assert outcome.token

    def test_the_first_admin_confirms_the_first_supervisor(self, kuopio: Municipality, iida: User, paula: User) -> None:
        paula.memberships.update(given_by=iida)
        outcome = members.invite(
            iida, kuopio, email="j@kuopio.example", name="Johtava", role=Role.SUPERVISOR, reason="Aloitus"
        )
        assert outcome.state == "second"
        verbs.confirm(paula, outcome.wanted, "Sovittu")
        assert Membership.objects.filter(user__email="j@kuopio.example", role=Role.SUPERVISOR).exists()

    def test_two_installation_admins_confirm_each_other(self, kuopio: Municipality, iida: User) -> None:
        ilmari = person("Ilmari Asentaja", "ilmari@asennus.example", is_installation_admin=True)
        outcome = members.invite(
            iida, kuopio, email="eka@kuopio.example", name="Eka", role=Role.ADMIN, reason="Aloitus"
        )
        assert outcome.state == "second"
        assert confirmers(kuopio, iida, outcome.wanted.person) == [ilmari]


class TestTheWayOfARequest:
    def test_it_needs_a_reason(self, paula: User, pekka: User, aino: User, northern: Unit) -> None:
        with pytest.raises(NotPossible) as refused:
            members.change_unit(paula, aino.memberships.get(), northern)
        assert refused.value.field == "reason"

    def test_the_same_is_not_asked_for_twice(self, wanted: RightRequest, paula: User, northern: Unit) -> None:
        with pytest.raises(NotPossible):
            members.change_unit(paula, wanted.person.memberships.get(), northern, "Siirtyy")

    def test_it_is_refused_with_a_reason(self, wanted: RightRequest, sirkka: User, southern: Unit) -> None:
        verbs.refuse(sirkka, wanted, "Ei sovittu")
        wanted.refresh_from_db()
        assert (wanted.state, wanted.decided_by, wanted.decision) == ("refused", sirkka, "Ei sovittu")
        assert wanted.person.memberships.get().unit == southern
        with pytest.raises(NotPossible):
            verbs.confirm(sirkka, wanted, "Sittenkin")

    def test_the_asker_withdraws_it_and_nobody_else(self, wanted: RightRequest, paula: User, pekka: User) -> None:
        with pytest.raises(NotPossible):
            verbs.withdraw(pekka, wanted)
        verbs.withdraw(paula, wanted)
        with pytest.raises(NotPossible):
            verbs.confirm(pekka, wanted, "Sovittu")

    def test_it_runs_out_in_seven_days(self, wanted: RightRequest, pekka: User, clock: Clock) -> None:
        clock.shift(days=6, hours=23)
        let_rights_run_out()
        wanted.refresh_from_db()
        assert wanted.state == "second"
        clock.shift(hours=2)
        with pytest.raises(NotPossible):
            verbs.confirm(pekka, wanted, "Sovittu")
        let_rights_run_out()
        wanted.refresh_from_db()
        assert wanted.state == "ran_out"

    def test_it_dies_with_the_role_of_the_asker(self, wanted: RightRequest, paula: User, pekka: User) -> None:
        paula.memberships.update(ends="2018-11-12")
        with pytest.raises(NotPossible):
            verbs.confirm(pekka, wanted, "Sovittu")

    def test_a_second_factor_is_reset_by_two(self, kuopio: Municipality, paula: User, pekka: User, aino: User) -> None:
        TOTP.activate(aino, generate_totp_secret())
        outcome = members.reset_second_factor(paula, kuopio, aino, "Puhelin katosi")
        assert Authenticator.objects.filter(user=aino).exists()
        verbs.confirm(pekka, outcome.wanted, "Tavattu")
        assert not Authenticator.objects.filter(user=aino).exists()

    def test_the_person_is_told_each_time_without_anything_personal(
        self,
        notices: None,
        paula: User,
        pekka: User,
        aino: User,
        northern: Unit,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        User.objects.filter(pk=aino.pk).update(language="sv")
        aino.refresh_from_db()
        with django_capture_on_commit_callbacks(execute=True):
            outcome = members.change_unit(paula, aino.memberships.get(), northern, "Siirtyy")
        with django_capture_on_commit_callbacks(execute=True):
            verbs.confirm(pekka, outcome.wanted, "Sovittu")
        assert [message.to for message in mail.outbox] == [[aino.email]] * 2
        for message in mail.outbox:
            text = f"{message.subject} {message.body}"
            assert "rättighet" in text.lower()
            for word in ("Aino", "Paula", "Pohjoinen", "Siirtyy", aino.email):
                assert word not in text

    def test_it_is_in_both_logs_and_in_the_history(self, wanted: RightRequest, paula: User, pekka: User) -> None:
        verbs.confirm(pekka, wanted, "Sovittu")
        kinds = list(AdminAction.objects.order_by("pk").values_list("kind", "actor"))
        assert kinds == [
            ("asked_right", paula.pk),
            ("confirmed_right", pekka.pk),
            ("changed_unit", pekka.pk),
        ]
        events = dict(SecurityEvent.objects.values_list("kind", "actor"))
        assert events == {"right_asked": paula.pk, "right_given": pekka.pk}
        given = SecurityEvent.objects.get(kind="right_given")
        assert (given.facts["asked_by"], given.facts["confirmed_by"]) == (paula.pk, pekka.pk)
        assert apps.get_model("municipalities", "RightRequestHistory").objects.filter(state="second").exists()


class TestThePages:
    def test_the_list_shows_what_waits_with_the_number_in_the_tab_and_the_menu(
        self, wanted: RightRequest, signed_in: SignIn, paula: User, pekka: User, sirkka: User
    ) -> None:
        page = signed_in(pekka).get("/297/oikeudet/")
        assert [item["wanted"] for item in page.context["for_second"]] == [wanted]
        assert {tab["n"] for tab in page.context["tabs"] if tab["current"]} == {1}
        menu = signed_in(sirkka).get("/297/oikeudet/").context
        assert not menu["tabs"], "Ylläpito is not a supervisor's"
        assert [entry["n"] for entry in menu["nav"] if entry["name"] == "right_requests"] == [1]

    def test_it_says_so_when_nothing_waits(self, signed_in: SignIn, sirkka: User) -> None:
        assert "empty" in signed_in(sirkka).get("/297/oikeudet/").content.decode()

    def test_it_is_confirmed_with_what_one_goes_by(
        self, wanted: RightRequest, signed_in: SignIn, sirkka: User, northern: Unit
    ) -> None:
        browser = signed_in(sirkka)
        path = f"/297/oikeudet/{wanted.pk}/vahvista/"
        assert "decision" in browser.post(path, {"decision": ""}).context["form"].errors
        browser.post(path, {"decision": "Sovittu tiimissä"})
        assert wanted.person.memberships.get().unit == northern

    def test_the_asker_is_offered_withdrawing_only(self, wanted: RightRequest, signed_in: SignIn, paula: User) -> None:
        browser = signed_in(paula)
        html = browser.get("/297/oikeudet/").content.decode()
        assert f"{wanted.pk}/peru/" in html
        assert f"{wanted.pk}/vahvista/" not in html
        browser.post(f"/297/oikeudet/{wanted.pk}/vahvista/", {"decision": "Itse"})
        wanted.refresh_from_db()
        assert wanted.state == "second"
        browser.post(f"/297/oikeudet/{wanted.pk}/peru/")
        wanted.refresh_from_db()
        assert wanted.state == "withdrawn"

    def test_of_another_municipality_it_does_not_exist(
        self, wanted: RightRequest, signed_in: SignIn, tampere: Municipality
    ) -> None:
        tuula = person("Tuula Tampere", "tuula@tampere.example", Role.ADMIN, tampere)
        browser = signed_in(tuula)
        assert browser.post(f"/837/oikeudet/{wanted.pk}/vahvista/", {"decision": "x"}).status_code == 404
        assert browser.post(f"/297/oikeudet/{wanted.pk}/vahvista/", {"decision": "x"}).status_code == 404

    def test_the_installation_admin_is_the_second_person_of_a_small_municipality(
        self, wanted: RightRequest, signed_in: SignIn, northern: Unit
    ) -> None:
        browser = signed_in(User.objects.get(is_installation_admin=True))
        assert [one for one, _ in browser.get("/asennus/oikeudet/").context["waiting"]] == [wanted]
        browser.post(f"/asennus/kunnat/297/oikeudet/{wanted.pk}/vahvista/", {"decision": "Soitettu"})
        assert wanted.person.memberships.get().unit == northern

    def test_some_minutes_after_signing_in_one_says_again_who_one_is(
        self, wanted: RightRequest, signed_in: SignIn, sirkka: User, clock: Clock
    ) -> None:
        sirkka.set_password("korkea kuusi metsän reunassa")
        sirkka.save()
        browser = signed_in(sirkka)
        path = f"/297/oikeudet/{wanted.pk}/vahvista/"
        clock.shift(minutes=5, seconds=1)
        asked = browser.get(path)["Location"]
        assert asked == f"/tili/vahvista/?{urlencode({'next': path})}"
        assert browser.post(asked, {"password": "korkea kuusi metsän reunassa"})["Location"] == path
        assert browser.get(path).status_code == 200
        assert SecurityEvent.objects.filter(kind="confirmed_again", actor=sirkka).exists()
        clock.shift(minutes=16)
        browser.post(path, {"decision": "Sovittu"})
        wanted.refresh_from_db()
        assert wanted.state == "second"
