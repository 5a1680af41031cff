import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.apps import apps
from django.core import mail
from django.test import Client as Browser

from accounts.models import OneTimeLink, User
from core.saving import NotPossible
from municipalities.access import access_of, forget_memberships
from municipalities.members import verbs as members
from municipalities.models import AdminAction, Membership, Municipality, RightRequest, Role, Unit
from testing.clock import TODAY, Clock
from testing.people import SignIn

INVITATION = {
    "email": "Uusi@kuopio.example",
    "name": "Uusi Näytekoski",
    "title": "sosiaaliohjaaja",
    "role": Role.COORDINATOR,
    "starts": "13.11.2018",
    "ends": "",
    "unit": "",
}


@pytest.fixture
def admin(signed_in: SignIn, paula: User) -> Browser:
    return signed_in(paula)


@pytest.fixture
def second_admin(kuopio: Municipality) -> User:
    user = User.objects.create_user("pekka@kuopio.example", name="Pekka Paperinen")
    Membership.objects.create(user=user, municipality=kuopio, role=Role.ADMIN, starts="2018-01-01")
    return user


def roles_of(user: User, municipality: Municipality) -> set[str]:
    forget_memberships(user)
    return set(access_of(user, municipality).roles)


def page(person: User, what: str = "") -> str:
    return f"/297/yllapito/kayttajat/{person.pk}/{what}"


class TestInviting:
    def test_makes_an_account_a_role_and_a_link_by_e_mail(
        self, admin: Browser, kuopio: Municipality, southern: Unit, paula: User
    ) -> None:
        answer = admin.post("/297/yllapito/kayttajat/kutsu/", INVITATION | {"unit": southern.pk})
        person = User.objects.get(email="uusi@kuopio.example")
        assert answer["Location"] == page(person)
        assert not person.has_signed_in
        membership = person.memberships.get()
        assert (membership.role, membership.unit, membership.given_by) == (Role.COORDINATOR, southern, paula)
        (message,) = mail.outbox
        assert message.to == ["uusi@kuopio.example"]
        assert "Näytekoski" not in f"{message.subject} {message.body}"
        assert "/linkki/" in message.body

    def test_waits_for_a_second_person_where_the_role_opens_casework(self, admin: Browser, second_admin: User) -> None:
        answer = admin.post("/297/yllapito/kayttajat/kutsu/", INVITATION | {"role": Role.SOCIAL_COUNSELLOR})
        assert "reason" in answer.context["form"].errors
        form = INVITATION | {"role": Role.SOCIAL_COUNSELLOR, "reason": "Uusi työntekijä"}
        answer = admin.post("/297/yllapito/kayttajat/kutsu/", form)
        assert answer["Location"] == "/297/oikeudet/"
        assert not Membership.objects.filter(user__email="uusi@kuopio.example").exists()
        assert not mail.outbox

    def test_offers_somebody_with_an_account_a_role_only(
        self, admin: Browser, olli: User, kuopio: Municipality, tampere: Municipality
    ) -> None:
        admin.post("/297/yllapito/kayttajat/kutsu/", INVITATION | {"email": olli.email, "name": "Toinen Nimi"})
        assert roles_of(olli, kuopio) == set()
        assert roles_of(olli, tampere) == {Role.SOCIAL_WORKER}
        olli.refresh_from_db()
        assert olli.name == "Olli Harjoitus"
        assert OneTimeLink.objects.get().purpose == OneTimeLink.Purpose.OFFER

    @pytest.mark.parametrize("role", ["researcher", "installation_admin", ""])
    def test_gives_no_role_beyond_the_municipality(self, admin: Browser, role: str) -> None:
        answer = admin.post("/297/yllapito/kayttajat/kutsu/", INVITATION | {"role": role})
        assert "role" in answer.context["form"].errors
        assert not User.objects.filter(email="uusi@kuopio.example").exists()

    def test_gives_no_unit_of_another_municipality(self, admin: Browser, tampere: Municipality) -> None:
        unit = Unit.objects.create(municipality=tampere, name="Hatanpää")
        answer = admin.post("/297/yllapito/kayttajat/kutsu/", INVITATION | {"unit": unit.pk})
        assert "unit" in answer.context["form"].errors

    def test_the_summary_leads_to_what_is_wrong_in_the_order_of_the_fields(self, admin: Browser) -> None:
        wrong = INVITATION | {"starts": "31.2.2018", "email": ""}
        html = admin.post("/297/yllapito/kayttajat/kutsu/", wrong).content.decode()
        assert re.findall(r'<li><a href="#(\w+)">', html) == ["id_email", "id_starts"]

    def test_says_when_the_last_day_is_before_the_first(self, admin: Browser) -> None:
        answer = admin.post("/297/yllapito/kayttajat/kutsu/", INVITATION | {"ends": "12.11.2018"})
        assert answer.context["form"].errors["ends"]
        assert not User.objects.filter(email="uusi@kuopio.example").exists()

    def test_is_logged_with_who_and_when(self, admin: Browser, paula: User, kuopio: Municipality) -> None:
        admin.post("/297/yllapito/kayttajat/kutsu/", INVITATION)
        kinds = {(a.kind, a.actor_id) for a in AdminAction.objects.all()}
        assert kinds == {("invited", paula.pk), ("gave_membership", paula.pk)}


class TestEndingARole:
    def test_at_once(self, admin: Browser, aino: User, kuopio: Municipality) -> None:
        role = aino.memberships.get()
        admin.post(page(aino, f"rooli/{role.pk}/paata/"), {"when": "now"})
        assert roles_of(aino, kuopio) == set()

    def test_after_the_last_day(self, admin: Browser, aino: User, kuopio: Municipality, clock: Clock) -> None:
        role = aino.memberships.get()
        admin.post(page(aino, f"rooli/{role.pk}/paata/"), {"when": "day", "last_day": "14.11.2018"})
        clock.move_to("2018-11-14")
        assert roles_of(aino, kuopio) == {Role.SOCIAL_WORKER}
        clock.move_to("2018-11-15")
        assert roles_of(aino, kuopio) == set()

    def test_never_in_the_past(self, admin: Browser, aino: User, kuopio: Municipality) -> None:
        role = aino.memberships.get()
        answer = admin.post(page(aino, f"rooli/{role.pk}/paata/"), {"when": "day", "last_day": "12.11.2018"})
        assert answer.context["form"].errors["last_day"]

    def test_that_began_today_leaves_its_row_in_the_history(
        self, kuopio: Municipality, aino: User, paula: User
    ) -> None:
        role = members.give_role(paula, kuopio, aino, role=Role.COORDINATOR).membership
        assert role is not None
        members.end_role(paula, role)
        assert roles_of(aino, kuopio) == {Role.SOCIAL_WORKER}
        old = apps.get_model("municipalities", "MembershipHistory").objects.get(role=Role.COORDINATOR)
        assert old.pgh_context["user"] == paula.pk

    def test_an_admin_cannot_end_the_last_own_admin_role(
        self, admin: Browser, paula: User, kuopio: Municipality
    ) -> None:
        role = paula.memberships.get()
        answer = admin.post(page(paula, f"rooli/{role.pk}/paata/"), {"when": "now"})
        assert answer.context["form"].non_field_errors()
        assert roles_of(paula, kuopio) == {Role.ADMIN}

    def test_another_admin_can(self, paula: User, second_admin: User, kuopio: Municipality) -> None:
        members.end_role(second_admin, paula.memberships.get())
        assert roles_of(paula, kuopio) == set()


class TestRolesAndUnits:
    def test_a_role_is_given_to_a_member(self, admin: Browser, aino: User, kuopio: Municipality) -> None:
        admin.post(page(aino, "rooli/"), {"role": "coordinator", "starts": "13.11.2018"})
        assert roles_of(aino, kuopio) == {Role.SOCIAL_WORKER, Role.COORDINATOR}

    def test_the_same_role_is_not_given_twice(
        self, aino: User, paula: User, kuopio: Municipality, southern: Unit
    ) -> None:
        with pytest.raises(NotPossible):
            members.give_role(paula, kuopio, aino, role=Role.SOCIAL_WORKER, unit=southern, reason="Uudelleen")

    def test_the_unit_of_a_coordinator_changes(self, admin: Browser, kaisa: User, northern: Unit) -> None:
        role = kaisa.memberships.get()
        admin.post(page(kaisa, f"rooli/{role.pk}/yksikko/"), {"unit": northern.pk})
        role.refresh_from_db()
        assert role.unit == northern


class TestTheAccount:
    def test_deactivating_ends_the_sessions_at_once(self, admin: Browser, aino: User, signed_in: SignIn) -> None:
        browser = signed_in(aino)
        assert browser.get("/tili/").status_code == 200
        assert admin.get(page(aino, "pois/")).status_code == 200, "it is asked first"
        admin.post(page(aino, "pois/"))
        assert browser.get("/tili/").status_code == 302
        aino.refresh_from_db()
        assert not aino.is_active

    def test_it_can_be_taken_into_use_again(self, admin: Browser, kaisa: User) -> None:
        admin.post(page(kaisa, "pois/"))
        admin.post(page(kaisa, "kayttoon/"), {"reason": "Palasi vapaalta"})
        kaisa.refresh_from_db()
        assert kaisa.is_active

    def test_a_reset_forgets_the_second_factor_and_ends_the_sessions(
        self, admin: Browser, aino: User, second_admin: User, signed_in: SignIn
    ) -> None:
        TOTP.activate(aino, generate_totp_secret())
        browser = signed_in(aino)
        assert "confirm.html" in [t.name for t in admin.get(page(aino, "kaksivaiheinen/")).templates]
        admin.post(page(aino, "kaksivaiheinen/"), {"reason": "Puhelin katosi"})
        assert browser.get("/tili/").status_code == 200, "it waits for a second person"
        wanted = RightRequest.objects.get()
        signed_in(second_admin).post(f"/297/oikeudet/{wanted.pk}/vahvista/", {"decision": "Tavattu"})
        assert not Authenticator.objects.filter(user=aino).exists()
        assert browser.get("/tili/").status_code == 302

    def test_a_new_link_is_sent(self, admin: Browser, aino: User) -> None:
        admin.post(page(aino, "linkki/"))
        assert mail.outbox[0].to == [aino.email]

    @pytest.mark.parametrize("what", ["pois/", "kaksivaiheinen/", "linkki/"])
    def test_nobody_does_it_to_the_own_account(self, admin: Browser, paula: User, what: str) -> None:
        admin.post(page(paula, what), {"reason": "Pyydetty"})
        paula.refresh_from_db()
        assert paula.is_active
        assert not AdminAction.objects.exists()

    @pytest.mark.parametrize("what", ["pois/", "kaksivaiheinen/", "linkki/"])
    def test_the_account_of_somebody_who_works_elsewhere_too_is_left_alone(
        self, admin: Browser, olli: User, kuopio: Municipality, paula: User, what: str
    ) -> None:
        Membership.objects.create(user=olli, municipality=kuopio, role=Role.SOCIAL_WORKER)
        admin.post(page(olli, what), {"reason": "Pyydetty"})
        olli.refresh_from_db()
        assert olli.is_active
        assert not OneTimeLink.objects.exists()
        assert admin.get(page(olli)).context["refusal"]

    def test_an_installation_admin_is_left_alone(
        self, admin: Browser, iida: User, kuopio: Municipality, paula: User
    ) -> None:
        Membership.objects.create(user=iida, municipality=kuopio, role=Role.SUPERVISOR)
        admin.post(page(iida, "pois/"))
        iida.refresh_from_db()
        assert iida.is_active

    def test_what_was_done_is_told_on_the_page(self, admin: Browser, aino: User) -> None:
        admin.post(page(aino, "pois/"))
        assert [words for _, words in admin.get(page(aino)).context["actions"]]

    def test_the_log_cannot_be_changed(self, admin: Browser, aino: User) -> None:
        from django.db import InternalError, ProgrammingError

        admin.post(page(aino, "pois/"))
        with pytest.raises((ProgrammingError, InternalError)):
            AdminAction.objects.update(kind="invited")


class TestTheList:
    def test_shows_who_works_here_now(self, admin: Browser, aino: User, olli: User, paula: User) -> None:
        found = admin.get("/297/yllapito/kayttajat/").context["page"].object_list
        assert {person.name for person in found} == {"Aino Demolainen", "Paula Paperinen"}

    @pytest.mark.parametrize(
        ("query", "names"),
        [
            ("q=demo", {"Aino Demolainen"}),
            ("q=PAULA@", {"Paula Paperinen"}),
            ("role=admin", {"Paula Paperinen"}),
            ("state=off", {"Eetu Esimerkki"}),
            ("state=ended", {"Kaisa Kuvittelu"}),
            ("state=all", {"Aino Demolainen", "Paula Paperinen", "Eetu Esimerkki", "Kaisa Kuvittelu"}),
            ("role=nonsense&unit=x", {"Aino Demolainen", "Paula Paperinen", "Eetu Esimerkki"}),
        ],
    )
    def test_is_filtered_by_the_address(
        self, admin: Browser, aino: User, eetu: User, kaisa: User, query: str, names: set[str]
    ) -> None:
        User.objects.filter(pk=eetu.pk).update(is_active=False)
        kaisa.memberships.update(ends="2018-11-12")
        if "nonsense" in query:
            User.objects.filter(pk=eetu.pk).update(is_active=True)
        found = admin.get(f"/297/yllapito/kayttajat/?{query}").context["page"].object_list
        assert {person.name for person in found} == names

    def test_costs_the_same_for_one_and_for_many(
        self, admin: Browser, kuopio: Municipality, southern: Unit, django_assert_num_queries: Any
    ) -> None:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        def count() -> int:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                assert admin.get("/297/yllapito/kayttajat/").status_code == 200
            return len(queries)

        count()
        few = count()
        for n in range(40):
            user = User.objects.create_user(f"t{n}@kuopio.example", name=f"Testaaja {n}")
            Membership.objects.create(user=user, municipality=kuopio, role="social_worker", unit=southern)
        assert count() == few


class TestUnits:
    def test_are_added_and_renamed(self, admin: Browser, kuopio: Municipality) -> None:
        admin.post("/297/yllapito/yksikot/", {"name": "Läntinen tiimi"})
        unit = Unit.objects.get(name="Läntinen tiimi")
        admin.post(f"/297/yllapito/yksikot/{unit.pk}/", {"name": "Lännen tiimi"})
        unit.refresh_from_db()
        assert unit.name == "Lännen tiimi"

    def test_have_different_names(self, admin: Browser, southern: Unit) -> None:
        answer = admin.post("/297/yllapito/yksikot/", {"name": southern.name})
        assert answer.context["form"].non_field_errors()

    def test_end_when_nobody_is_in_them(self, admin: Browser, southern: Unit, northern: Unit, aino: User) -> None:
        for unit in (southern, northern):
            admin.post(f"/297/yllapito/yksikot/{unit.pk}/paata/")
            unit.refresh_from_db()
        assert southern.ended is None
        assert northern.ended == TODAY
        admin.post(f"/297/yllapito/yksikot/{northern.pk}/avaa/")
        northern.refresh_from_db()
        assert northern.ended is None

    def test_of_another_municipality_do_not_exist(self, admin: Browser, tampere: Municipality) -> None:
        unit = Unit.objects.create(municipality=tampere, name="Hatanpää")
        assert admin.post(f"/297/yllapito/yksikot/{unit.pk}/paata/").status_code == 404
        assert admin.get(f"/297/yllapito/yksikot/{unit.pk}/").status_code == 404
