"""Own worker, case, restriction and contact details."""

import datetime

import pytest

from accounts.models import User
from cases.clients.contact_details import keep_own_detail, set_contact_detail, take_kela_detail
from cases.models import Client, ContactDetail, Event, OwnWorker, RestrictedAccess
from cases.models.contact_detail import DetailKind, DetailSource
from cases.relations.verbs import (
    assign_own_worker,
    caseworkers,
    close_case,
    lift_restriction,
    open_case,
    restrict,
)
from core.saving import NotPossible
from municipalities.models import Municipality
from testing.factories import make_client, make_matter


@pytest.fixture
def client_here(kuopio: Municipality) -> Client:
    client = make_client(kuopio)
    make_matter(client)
    return client


class TestOwnWorker:
    def test_a_change_ends_one_assignment_and_begins_another(
        self, aino: User, eetu: User, sirkka: User, client_here: Client
    ) -> None:
        assign_own_worker(aino, client_here, aino)
        assign_own_worker(sirkka, client_here, eetu)
        history = OwnWorker.objects.filter(client=client_here).order_by("pk")
        assert [(row.user, row.ended is None, row.assigned_by) for row in history] == [
            (aino, False, aino),
            (eetu, True, sirkka),
        ]
        assert client_here.own_worker == history[1]

    def test_naming_the_same_person_again_changes_nothing(self, aino: User, client_here: Client) -> None:
        first = assign_own_worker(aino, client_here, aino)
        assert assign_own_worker(aino, client_here, aino) == first
        assert Event.objects.filter(client=client_here).count() == 1

    def test_the_assignment_may_end_without_a_new_one(self, aino: User, client_here: Client) -> None:
        assign_own_worker(aino, client_here, aino)
        assert assign_own_worker(aino, client_here, None) is None
        assert client_here.own_worker is None

    def test_only_those_who_do_casework_can_be_named(
        self, aino: User, eetu: User, sirkka: User, kaisa: User, paula: User, olli: User, kuopio: Municipality
    ) -> None:
        assert set(caseworkers(kuopio)) == {aino, eetu, sirkka}


class TestCase:
    def test_one_case_is_open_at_a_time(self, aino: User, client_here: Client) -> None:
        open_case(aino, client_here, matter=client_here.matters.get())
        with pytest.raises(NotPossible):
            open_case(aino, client_here)

    def test_it_closes_with_a_ground_and_another_may_open(self, aino: User, client_here: Client) -> None:
        case = close_case(aino, open_case(aino, client_here), "Asiakas muutti pois")
        assert (case.closed_by, case.closing_ground) == (aino, "Asiakas muutti pois")
        assert open_case(aino, client_here).closed_at is None
        assert set(Event.objects.filter(client=client_here).values_list("kind", flat=True)) == {
            "case.opened",
            "case.closed",
        }


class TestRestriction:
    def test_only_named_people_see_the_client(
        self, aino: User, eetu: User, sirkka: User, kuopio: Municipality, client_here: Client
    ) -> None:
        restrict(sirkka, client_here, [aino])
        seen_by = [u for u in (aino, eetu, sirkka) if Client.objects.visible_to(u, kuopio).exists()]
        assert seen_by == [aino]

    def test_the_list_of_names_is_changed_and_keeps_who_was_on_it(
        self, aino: User, eetu: User, sirkka: User, client_here: Client
    ) -> None:
        restrict(sirkka, client_here, [aino, sirkka])
        restrict(sirkka, client_here, [sirkka, eetu])
        named = RestrictedAccess.objects.filter(client=client_here)
        assert {row.user for row in named if row.ended is None} == {sirkka, eetu}
        assert named.get(user=aino).ended is not None

    def test_a_lifted_restriction_ends_the_namings(
        self, aino: User, sirkka: User, kuopio: Municipality, client_here: Client
    ) -> None:
        restrict(sirkka, client_here, [sirkka])
        lift_restriction(sirkka, client_here)
        assert Client.objects.visible_to(aino, kuopio).exists()
        assert not RestrictedAccess.objects.filter(ended=None).exists()


class TestContactDetails:
    def phones(self, client: Client) -> dict[str, str]:
        rows = ContactDetail.objects.filter(client=client, kind=DetailKind.PHONE)
        return dict(rows.values_list("source", "value"))

    @pytest.fixture
    def from_kela(self, client_here: Client) -> ContactDetail:
        return ContactDetail.objects.create(
            municipality_id=client_here.municipality_id,
            client=client_here,
            kind=DetailKind.PHONE,
            source=DetailSource.KELA,
            value="040 000 00 29",
            known_on=datetime.date(2018, 10, 24),
        )

    def test_what_is_entered_here_stands_beside_kelas(
        self, aino: User, client_here: Client, from_kela: ContactDetail
    ) -> None:
        set_contact_detail(aino, client_here, DetailKind.PHONE, " 040 000 00 11 ")
        assert self.phones(client_here) == {"kela": "040 000 00 29", "here": "040 000 00 11"}

    def test_the_same_again_writes_nothing(self, aino: User, client_here: Client) -> None:
        set_contact_detail(aino, client_here, DetailKind.PHONE, "040 000 00 11")
        set_contact_detail(aino, client_here, DetailKind.PHONE, "040 000 00 11")
        assert Event.objects.filter(client=client_here).count() == 1

    def test_an_emptied_value_is_removed(self, aino: User, client_here: Client, from_kela: ContactDetail) -> None:
        set_contact_detail(aino, client_here, DetailKind.PHONE, "040 000 00 11")
        set_contact_detail(aino, client_here, DetailKind.PHONE, "")
        assert self.phones(client_here) == {"kela": "040 000 00 29"}

    def test_kelas_value_is_taken_into_use(self, aino: User, client_here: Client, from_kela: ContactDetail) -> None:
        set_contact_detail(aino, client_here, DetailKind.PHONE, "040 000 00 11")
        take_kela_detail(aino, client_here, DetailKind.PHONE)
        assert self.phones(client_here) == {"kela": "040 000 00 29"}

    def test_or_put_aside(self, aino: User, client_here: Client, from_kela: ContactDetail) -> None:
        keep_own_detail(aino, client_here, DetailKind.PHONE)
        from_kela.refresh_from_db()
        assert from_kela.dismissed
