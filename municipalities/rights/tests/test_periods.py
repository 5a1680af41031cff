"""When somebody had a role is history: no admin writes the past anew, alone or with another."""

import datetime
from importlib import import_module

import pytest
from django.db import connections
from django.test import Client as Browser

from accounts import security_log
from accounts.models import SecurityEvent, User
from accounts.security_log import Kind
from core.saving import NotPossible
from municipalities.members import verbs as members
from municipalities.models import Membership, Municipality, RightRequest, Role, Unit
from municipalities.rights import verbs
from testing.clock import TODAY, Clock
from testing.people import SignIn

LOG = "/297/yllapito/tietoturvaloki/"
ENDED = datetime.date(2018, 3, 1)


@pytest.fixture
def admin(signed_in: SignIn, paula: User) -> Browser:
    return signed_in(paula)


@pytest.fixture
def ended(kuopio: Municipality, olli: User) -> Membership:
    """What Olli, who works in Tampere, once was in Kuopio."""
    return Membership.objects.create(
        user=olli, municipality=kuopio, role=Role.COORDINATOR, starts="2018-01-01", ends=ENDED
    )


@pytest.mark.parametrize("form", [{"when": "now"}, {"when": "day", "last_day": "31.12.2018", "reason": "Jatkuu"}])
def test_a_role_that_is_over_is_not_ended_again(admin: Browser, ended: Membership, form: dict[str, str]) -> None:
    answer = admin.post(f"/297/yllapito/kayttajat/{ended.user_id}/rooli/{ended.pk}/paata/", form)
    assert "Rooli on jo päättynyt" in answer.content.decode()
    ended.refresh_from_db()
    assert ended.ends == ENDED
    assert not RightRequest.objects.exists()


def test_a_role_that_is_over_moves_to_no_other_unit(paula: User, ended: Membership, northern: Unit) -> None:
    with pytest.raises(NotPossible, match="päättynyt"):
        members.change_unit(paula, ended, northern, "Siirtyy")


def test_a_role_is_not_given_from_before_today(admin: Browser, aino: User) -> None:
    form = {"role": Role.COORDINATOR, "starts": "12.11.2018"}
    answer = admin.post(f"/297/yllapito/kayttajat/{aino.pk}/rooli/", form)
    assert answer.context["form"].errors["starts"]
    assert aino.memberships.count() == 1


def test_a_role_that_waited_begins_when_it_is_confirmed(
    kuopio: Municipality, paula: User, pekka: User, kaisa: User, clock: Clock
) -> None:
    wanted = members.give_role(paula, kuopio, kaisa, role=Role.SOCIAL_WORKER, reason="Sijainen").wanted
    clock.shift(days=3)
    verbs.confirm(pekka, wanted, "Sovittu")
    given = kaisa.memberships.get(role=Role.SOCIAL_WORKER)
    assert given.starts == TODAY + datetime.timedelta(days=3)
    wanted.refresh_from_db()
    assert wanted.starts == given.starts


def test_a_role_that_passed_while_it_waited_is_not_given(
    kuopio: Municipality, paula: User, pekka: User, kaisa: User, clock: Clock
) -> None:
    wanted = members.give_role(paula, kuopio, kaisa, role=Role.SOCIAL_WORKER, ends=TODAY, reason="Sijainen").wanted
    clock.shift(days=1)
    with pytest.raises(NotPossible, match="on jo mennyt"):
        verbs.confirm(pekka, wanted, "Sovittu")


def test_a_role_that_ended_while_more_was_asked_stays_ended(
    paula: User, pekka: User, aino: User, northern: Unit, clock: Clock
) -> None:
    wanted = members.change_unit(paula, aino.memberships.get(), northern, "Siirtyy").wanted
    members.end_role(paula, aino.memberships.get())
    with pytest.raises(NotPossible, match="päättynyt"):
        verbs.confirm(pekka, wanted, "Sovittu")


def test_a_day_that_was_asked_for_makes_no_role_shorter(paula: User, pekka: User, aino: User) -> None:
    aino.memberships.update(ends="2018-12-31")
    role = aino.memberships.get()
    first = members.end_role(paula, role, datetime.date(2019, 3, 31), "Jatkuu")
    aino.memberships.update(ends="2019-12-31")
    assert first is not None
    with pytest.raises(NotPossible, match="yhtä pitkään"):
        verbs.confirm(pekka, first.wanted, "Sovittu")


class TestTheLog:
    """What was written of somebody's people stays where it was, and opens to nobody else."""

    def test_ending_a_role_at_once_hides_no_row(self, admin: Browser, aino: User) -> None:
        security_log.record(Kind.SIGN_IN_FAILED, person=aino)
        page = f"{LOG}?kuka={aino.pk}"
        assert "Kirjautuminen epäonnistui" in admin.get(page).content.decode()
        role = aino.memberships.get()
        admin.post(f"/297/yllapito/kayttajat/{aino.pk}/rooli/{role.pk}/paata/", {"when": "now"})
        assert aino.memberships.get().ends == TODAY - datetime.timedelta(days=1)
        assert "Kirjautuminen epäonnistui" in admin.get(page).content.decode()

    def test_a_role_of_today_that_is_taken_away_hides_no_row_and_no_person(
        self, admin: Browser, paula: User, kuopio: Municipality, olli: User
    ) -> None:
        here = Membership.objects.create(user=olli, municipality=kuopio, role=Role.COORDINATOR)
        security_log.record(Kind.SIGN_IN_FAILED, person=olli)
        members.end_role(paula, here)
        assert not Membership.objects.filter(pk=here.pk).exists()
        answer = admin.get(f"{LOG}?mita=kirjautuminen&kuka={olli.pk}")
        assert [event.person for event, *_ in answer.context["rows"]] == [olli]

    def test_no_change_of_days_opens_what_happened_elsewhere(
        self, admin: Browser, ended: Membership, olli: User
    ) -> None:
        security_log.record(Kind.SIGN_IN_FAILED, person=olli)
        Membership.objects.filter(pk=ended.pk).update(ends="2018-12-31")
        Membership.objects.create(user=olli, municipality_id=297, role=Role.SOCIAL_WORKER, starts="2018-01-01")
        assert not admin.get(f"{LOG}?mita=kirjautuminen&kuka={olli.pk}").context["rows"]


@pytest.mark.django_db(databases=["default", "owner"])
def test_rows_of_before_are_told_where_people_worked_that_day() -> None:
    user = User.objects.using("owner").create(email="aino@kuopio.example", name="Aino Demolainen")
    for place, ends in ((297, None), (837, ENDED)):
        Membership.objects.using("owner").create(
            user=user, municipality_id=place, role=Role.COORDINATOR, starts="2018-01-01", ends=ends
        )
    rows = SecurityEvent.objects.using("owner")
    before = rows.create(kind="signed_in", actor=user, at="2018-03-01T23:30+02:00")
    now, elsewhere = rows.create(kind="signed_in", person=user), rows.create(kind="exported", municipality_number=5)
    with connections["owner"].cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(import_module("municipalities.migrations.0006_events_of_before").TELL)
    assert [rows.get(pk=event.pk).told_in for event in (before, now, elsewhere)] == [[297, 837], [297], []]
