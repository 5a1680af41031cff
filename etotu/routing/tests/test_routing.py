"""Where new matters begin: the client's own worker, else the municipality's rules in their order."""

import datetime
from typing import Any

import pytest

from accounts.models import User
from cases.models import Client, Event, Handover, Matter, OwnWorker, Partner, RestrictedAccess
from cases.models.contact_detail import DetailKind, DetailSource
from cases.timeline.sentences import sentence
from core.row_security import set_scope
from etotu.models import RoutingRule
from etotu.routing.route import OWN_WORKER
from etotu.tests.making import RECEIVED, SEIJA, TAUNO, loaded, notice, xml
from municipalities.models import Membership, Municipality, Unit
from testing.factories import identity_code

pytestmark = pytest.mark.django_db
ARRIVED = RECEIVED.date()
DAY = datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def _whole_scope(kuopio: Municipality) -> None:
    set_scope(range(1000))


def rule(municipality: Municipality, position: int = 1, **fields: Any) -> RoutingRule:
    """Switched on since 2018; holds for everything and holds it, unless told otherwise."""
    target = next((f"{name}" for name in ("unit", "user", "partner") if f"to_{name}" in fields), "hold")
    usual = {"active": True, "starts": "2018-01-01", "reason": "Syy", "target": {"user": "person"}.get(target, target)}
    return RoutingRule.objects.create(municipality=municipality, position=position, **usual | fields)


def came(*notices: str, **values: Any) -> Matter:
    """The matter of the last notice that was loaded."""
    loaded(xml(*(notices or (notice(kind="ALENNETTU_PERUSOSA"),)), code=str(Matter.objects.count())), **values)
    return Matter.objects.order_by("-pk")[0]


def known_client(**fields: Any) -> Client:
    came(notice("E1"))
    client = Client.objects.get()
    for name, value in fields.items():
        setattr(client, name, value)
    client.save()
    return client


class TestOwnWorker:
    def give(self, client: Client, worker: User) -> None:
        OwnWorker.objects.create(municipality=client.municipality, client=client, user=worker, assigned_by=worker)

    def test_an_own_worker_wins_over_every_rule(self, kuopio: Municipality, aino: User, southern: Unit) -> None:
        self.give(known_client(), aino)
        rule(kuopio)
        matter = came()
        assert (matter.assignee, matter.unit, matter.routed) == (aino, southern, OWN_WORKER)
        assert (matter.held_since, matter.seen_by_assignee, matter.assigned_at) == (None, False, RECEIVED)

    def test_one_whose_work_here_has_ended_is_passed_by(self, kuopio: Municipality, aino: User, northern: Unit) -> None:
        self.give(known_client(), aino)
        Membership.objects.filter(user=aino).update(ends="2018-06-30")
        rule(kuopio, to_unit=northern)
        matter = came()
        assert (matter.assignee, matter.unit) == (None, northern)

    def test_an_earlier_own_worker_is_not_asked(self, kuopio: Municipality, aino: User) -> None:
        client = known_client()
        self.give(client, aino)
        OwnWorker.objects.update(ended="2018-09-01")
        assert came().assignee is None

    def test_a_restricted_client_goes_to_a_named_own_worker_only(self, kuopio: Municipality, aino: User) -> None:
        client = known_client(restricted=True)
        self.give(client, aino)
        rule(kuopio, to_user=aino)
        first = came()
        RestrictedAccess.objects.create(municipality=kuopio, client=client, user=aino, named_by=aino)
        second = came(notice("K2", kind="ALENNETTU_PERUSOSA"))
        assert (first.assignee, first.routed, second.assignee) == (None, "", aino)

    def test_only_new_matters_are_routed(self, kuopio: Municipality, aino: User) -> None:
        client = known_client()
        self.give(client, aino)
        rule(kuopio)
        came(notice("E1", version=2))
        assert Matter.objects.get().assignee is None


class TestTargets:
    def test_a_unit(self, kuopio: Municipality, southern: Unit) -> None:
        rule(kuopio, to_unit=southern, reason="Nuorten tiimi hoitaa")
        matter = came()
        assert (matter.unit, matter.assignee, matter.routed) == (southern, None, "Nuorten tiimi hoitaa")

    def test_a_person_with_the_unit_and_told_of_it(self, kuopio: Municipality, eetu: User, northern: Unit) -> None:
        rule(kuopio, to_user=eetu)
        matter = came()
        assert (matter.assignee, matter.unit, matter.seen_by_assignee) == (eetu, northern, False)
        assert matter in Matter.objects.visible_to(eetu, kuopio)

    def test_a_partner_is_proposed_and_the_matter_stays_in_the_queue(self, kuopio: Municipality) -> None:
        partner = Partner.objects.create(municipality=kuopio, kind="own_coach", name="Omavalmentajat")
        rule(kuopio, to_partner=partner)
        matter = came()
        proposed = Handover.objects.get()
        assert (proposed.matter, proposed.client, proposed.state) == (matter, matter.client, "proposed")
        assert (proposed.created_by, proposed.created_at, proposed.consent) == (None, RECEIVED, None)
        assert (matter.state, matter.assignee, matter.unit) == ("new", None, None)

    def test_a_proposal_is_told_in_the_timeline(self, kuopio: Municipality) -> None:
        partner = Partner.objects.create(municipality=kuopio, kind="own_coach", name="Omavalmentajat")
        rule(kuopio, to_partner=partner)
        matter = came()
        told = Event.objects.get(kind="handover.proposed")
        assert (told.matter, told.client, told.actor, told.at) == (matter, matter.client, None, RECEIVED)
        assert told.data["handover"] == Handover.objects.get().pk
        assert sentence(told) == "Osallistava ehdotti ohjausta kumppanille: Omavalmentajat."

    def test_a_hold_leaves_the_deadlines_running(self, kuopio: Municipality) -> None:
        rule(kuopio)
        matter = came()
        assert (matter.held_since, matter.state) == (matter.arrived, "new")
        assert matter.due == matter.deadlines.get().due

    @pytest.mark.parametrize(
        "what",
        [
            notice(kind="HAKEMUS"),
            notice(kind="ALENNETTU_PERUSOSA", urgent=True),
            notice(
                kind="SOSIAALITYON_TARVE",
                block='<sosiaalityonTarve toivooKeskustelua="true" keskustelupyyntoPvm="2018-10-10"/>',
            ),
            notice(kind="SOSIAALITYON_TARVE", code=identity_code(datetime.date(1930, 1, 1), 0)),
        ],
    )
    def test_what_has_a_deadline_of_the_law_is_never_held(
        self, kuopio: Municipality, southern: Unit, what: str
    ) -> None:
        rule(kuopio, 1)
        rule(kuopio, 2, to_unit=southern)
        matter = came(what)
        assert (matter.held_since, matter.unit) == (None, southern)


class TestOrder:
    def test_the_first_that_holds_wins(self, kuopio: Municipality, southern: Unit, northern: Unit) -> None:
        rule(kuopio, 1, to_unit=southern, kinds=["immigrant"])
        rule(kuopio, 3, to_unit=southern)
        rule(kuopio, 2, to_unit=northern)
        assert came().unit == northern

    @pytest.mark.parametrize(
        ("fields", "holds"),
        [
            ({"active": False}, False),
            ({"starts": ARRIVED}, True),
            ({"starts": ARRIVED + DAY}, False),
            ({"ends": ARRIVED}, True),
            ({"ends": ARRIVED - DAY}, False),
        ],
    )
    def test_a_rule_is_applied_on_its_days(
        self, kuopio: Municipality, southern: Unit, fields: dict[str, Any], holds: bool
    ) -> None:
        rule(kuopio, to_unit=southern, **fields)
        assert (came().unit == southern) is holds

    def test_a_broken_rule_is_passed_by(
        self, kuopio: Municipality, southern: Unit, northern: Unit, kaisa: User, aino: User
    ) -> None:
        Unit.objects.filter(pk=southern.pk).update(ended="2018-06-01")
        gone = Partner.objects.create(municipality=kuopio, kind="other", name="Entinen", ended="2018-06-01")
        rule(kuopio, 1, to_unit=southern)
        rule(kuopio, 2, to_user=kaisa)
        rule(kuopio, 3, to_partner=gone)
        rule(kuopio, 4, to_user=aino, area=southern)
        rule(kuopio, 5, to_unit=northern)
        matter = came()
        assert (matter.unit, matter.assignee) == (northern, None)
        assert not Handover.objects.exists()

    def test_the_rules_of_another_municipality_are_not_applied(
        self, kuopio: Municipality, tampere: Municipality, southern: Unit
    ) -> None:
        rule(kuopio, to_unit=southern)
        assert came(notice(kunta="837")).unit is None


class TestConditions:
    @pytest.fixture(autouse=True)
    def _unit(self, southern: Unit) -> None:
        Unit.objects.filter(pk=southern.pk).update(postal_codes=["70100"])
        self.unit = southern

    def held(self, kuopio: Municipality, what: str = "", **conditions: Any) -> bool:
        rule(kuopio, to_unit=self.unit, **conditions)
        return came(what or notice(kind="ALENNETTU_PERUSOSA")).unit == self.unit

    def test_age_is_that_on_the_day_of_arrival(self, kuopio: Municipality) -> None:
        # born 17.8.1963: 55 on the day
        assert self.held(kuopio, notice(code=TAUNO), age_from=55, age_to=55)

    def test_language(self, kuopio: Municipality) -> None:
        assert self.held(kuopio, notice(language="sv"), languages=["sv"])

    def test_another_language(self, kuopio: Municipality) -> None:
        assert not self.held(kuopio, notice(language="fi"), languages=["sv", "se"])

    def test_the_mark_of_the_employment_trial(self, kuopio: Municipality) -> None:
        known_client(employment_trial=True)
        assert self.held(kuopio, employment_trial=True, kinds=["reduced_amount"])

    def test_one_without_own_worker(self, kuopio: Municipality) -> None:
        assert self.held(kuopio, has_own_worker=False)

    def address(self, client: Client, source: str, code: str) -> None:
        client.contact_details.create(
            municipality=client.municipality, kind=DetailKind.ADDRESS, source=source, postal_code=code,
            known_on="2018-10-01",
        )  # fmt: skip

    def test_the_area_follows_the_address_that_was_entered_here(self, kuopio: Municipality) -> None:
        client = known_client()
        self.address(client, DetailSource.KELA, "70100")
        self.address(client, DetailSource.HERE, "70900")
        assert not self.held(kuopio, area=self.unit)

    def test_the_area_of_kelas_address_when_there_is_no_other(self, kuopio: Municipality) -> None:
        self.address(known_client(), DetailSource.KELA, "70100")
        assert self.held(kuopio, area=self.unit)

    def test_under_turvakielto_no_area_is_looked_at(self, kuopio: Municipality) -> None:
        self.address(known_client(non_disclosure=True), DetailSource.KELA, "70100")
        assert not self.held(kuopio, area=self.unit)


class TestChange:
    def test_a_version_that_makes_it_urgent_ends_the_hold_and_is_told(self, kuopio: Municipality) -> None:
        rule(kuopio)
        came(notice(kind="ALENNETTU_PERUSOSA"))
        matter = came(notice(kind="ALENNETTU_PERUSOSA", version=2, urgent=True))
        assert (matter.urgent, matter.held_since) == (True, None)
        told = [sentence(event) for event in Event.objects.filter(kind="matter.hold_released")]
        assert told == ["Asia ei ole enää pidossa: Kelan uusi versio teki siitä kiireisen tai toi lain määräajan."]

    def test_a_version_that_changes_nothing_of_it_leaves_it_held(self, kuopio: Municipality) -> None:
        rule(kuopio)
        came(notice(kind="ALENNETTU_PERUSOSA"))
        assert came(notice(kind="ALENNETTU_PERUSOSA", version=2)).held_since


def test_both_are_looked_at_in_few_statements(kuopio: Municipality, southern: Unit, query_count: Any) -> None:
    """As many for one notice as for many, and for one rule as for many."""
    rule(kuopio, 1, to_unit=southern)
    first = query_count(lambda: came(notice("K1")))
    for n in range(2, 9):
        rule(kuopio, n, to_unit=southern)
    many = [notice(f"M{n}", code=(SEIJA, TAUNO)[n % 2]) for n in range(12)]
    assert query_count(lambda: came(*many)) <= first + 2
