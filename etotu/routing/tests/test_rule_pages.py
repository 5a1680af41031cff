"""Ylläpito: the routing rules as the admin makes, orders, tries and switches them."""

import datetime
from typing import Any

import pytest
from django.test import Client as Browser

from accounts.models import User
from cases.models import Matter, Partner
from core.row_security import set_scope
from core.saving import NotPossible
from etotu.models import RoutingRule
from etotu.routing.trial_page import size_words
from etotu.routing.verbs import copy_rule, delete_rule, move_rule, switch_rule
from municipalities.models import Membership, Municipality, Role, Unit
from testing.clock import TODAY
from testing.factories import make_client, make_matter
from testing.people import QueryCount, SignIn, person

RULES = "/297/yllapito/saannot/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(paula: User, signed_in: SignIn) -> Browser:
    return signed_in(paula)


def made(municipality: Municipality, reason: str = "Ruuhka", **fields: Any) -> RoutingRule:
    last = RoutingRule.objects.count()
    usual = {"starts": TODAY, "target": "hold", "position": last + 1}
    return RoutingRule.objects.create(municipality=municipality, reason=reason, **usual | fields)


def posted(**fields: Any) -> dict[str, Any]:
    return {"reason": "Ruuhka", "target": "hold", "starts": f"{TODAY:%d.%m.%Y}"} | fields


def texts(admin: Browser, path: str = RULES) -> str:
    return " ".join(admin.get(path).content.decode().split())


class TestMaking:
    def test_a_new_rule_is_last_and_not_in_use(self, admin: Browser, kuopio: Municipality, southern: Unit) -> None:
        made(kuopio)
        answer = admin.post(
            f"{RULES}uusi/",
            posted(kinds=["young_unemployed"], age_to="24", target="unit", to_unit=southern.pk, reason="Nuoret"),
        )
        assert answer.status_code == 302
        rule = RoutingRule.objects.get(reason="Nuoret")
        assert (rule.position, rule.active, rule.kinds, rule.to_unit) == (2, False, ["young_unemployed"], southern)
        shown = texts(admin)
        assert "Kun tyyppi on Nuori työtön, 4 kk ja asiakas on enintään 24-vuotias: yksikköön Eteläinen tiimi." in shown
        assert "Ei käytössä" in shown

    @pytest.mark.parametrize(
        ("fields", "field", "words"),
        [
            ({"target": "unit"}, "to_unit", "Valitse yksikkö."),
            ({"target": "person"}, "to_user", "Valitse henkilö."),
            ({"target": "partner"}, "to_partner", "Valitse kumppani."),
            ({"age_from": "30", "age_to": "20"}, "age_to", "Yläikäraja"),
            ({"ends": "1.1.2018"}, "ends", "Viimeinen päivä"),
            ({"reason": ""}, "reason", ""),
            ({"kinds": ["kahvi"]}, "kinds", ""),
        ],
    )
    def test_an_error_stands_beside_its_field(
        self, admin: Browser, kuopio: Municipality, fields: dict[str, Any], field: str, words: str
    ) -> None:
        answer = admin.post(f"{RULES}uusi/", posted(**fields))
        assert answer.status_code == 422
        assert words in " ".join(answer.context["form"].errors[field])
        assert not RoutingRule.objects.exists()

    def test_what_belongs_to_another_target_is_not_kept(
        self, admin: Browser, kuopio: Municipality, southern: Unit, aino: User
    ) -> None:
        admin.post(f"{RULES}uusi/", posted(target="person", to_user=aino.pk, to_unit=southern.pk))
        rule = RoutingRule.objects.get()
        assert (rule.to_user, rule.to_unit) == (aino, None)

    def test_only_people_of_casework_and_what_is_in_use_can_be_chosen(
        self, admin: Browser, kuopio: Municipality, kaisa: User, southern: Unit
    ) -> None:
        Unit.objects.filter(pk=southern.pk).update(ended=TODAY)
        gone = Partner.objects.create(municipality=kuopio, kind="other", name="Entinen", ended=TODAY)
        for target, name, pk in (
            ("person", "to_user", kaisa),
            ("unit", "to_unit", southern),
            ("partner", "to_partner", gone),
        ):
            assert admin.post(f"{RULES}uusi/", posted(target=target, **{name: pk.pk})).status_code == 422

    def test_sent_twice_it_is_made_once(self, admin: Browser, kuopio: Municipality) -> None:
        once = admin.get(f"{RULES}uusi/").content.decode().split('name="once" value="')[1].split('"')[0]
        for _ in range(2):
            assert admin.post(f"{RULES}uusi/", posted(once=once)).status_code == 302
        assert RoutingRule.objects.count() == 1


class TestEditing:
    def test_a_later_save_of_an_old_form_is_refused_with_the_text_given_back(
        self, admin: Browser, kuopio: Municipality
    ) -> None:
        rule = made(kuopio)
        admin.post(f"{RULES}{rule.pk}/", posted(reason="Ensin", version=1))
        answer = admin.post(f"{RULES}{rule.pk}/", posted(reason="Sitten", version=1))
        shown = answer.content.decode()
        rule.refresh_from_db()
        assert (answer.status_code, rule.reason, rule.version) == (422, "Ensin", 2)
        assert 'value="Sitten"' in shown
        assert "Ensin" in shown
        assert admin.post(f"{RULES}{rule.pk}/", posted(reason="Sitten", version=2)).status_code == 302

    def test_the_former_rule_stays_in_the_history(self, admin: Browser, kuopio: Municipality) -> None:
        rule = made(kuopio)
        admin.post(f"{RULES}{rule.pk}/", posted(reason="Toinen", version=1))
        assert [row.reason for row in rule.history.all()] == ["Ruuhka"]  # type: ignore[attr-defined]

    def test_order(self, admin: Browser, kuopio: Municipality) -> None:
        a, b, c = (made(kuopio, name) for name in "abc")

        def move(rule: RoutingRule, way: str) -> str:
            admin.post(f"{RULES}{rule.pk}/jarjestys/", {"way": way})
            return "".join(RoutingRule.objects.order_by("position").values_list("reason", flat=True))

        assert [move(c, "up"), move(c, "up"), move(c, "up"), move(a, "down"), move(b, "down")] == [
            "acb", "cab", "cab", "cba", "cab",
        ]  # fmt: skip

    def test_a_copy_stands_after_its_model_and_is_not_in_use(self, admin: Browser, kuopio: Municipality) -> None:
        first = made(kuopio, active=True)
        made(kuopio, "Toinen")
        answer = admin.post(f"{RULES}{first.pk}/kopioi/")
        assert list(RoutingRule.objects.order_by("position").values_list("reason", "active")) == [
            ("Ruuhka", True),
            ("Ruuhka", False),
            ("Toinen", False),
        ]
        assert answer["Location"].endswith(f"/{RoutingRule.objects.order_by('-pk')[0].pk}/")

    def test_switching_on_and_off(self, admin: Browser, kuopio: Municipality) -> None:
        rule = made(kuopio)
        for word, on in (("yes", True), ("yes", True), ("no", False)):
            admin.post(f"{RULES}{rule.pk}/kaytto/", {"on": word})
            rule.refresh_from_db()
            assert rule.active is on
        assert rule.version == 3

    def test_switching_from_an_older_page_counts_the_version_on(self, admin: Browser, kuopio: Municipality) -> None:
        rule = made(kuopio)
        RoutingRule.objects.filter(pk=rule.pk).update(version=5)
        switch_rule(rule, on=True)
        rule.refresh_from_db()
        assert (rule.active, rule.version) == (True, 6)

    def test_a_rule_in_use_is_not_deleted(self, admin: Browser, kuopio: Municipality) -> None:
        rule = made(kuopio, active=True)
        admin.post(f"{RULES}{rule.pk}/poista/")
        assert RoutingRule.objects.exists()
        admin.post(f"{RULES}{rule.pk}/kaytto/", {"on": "no"})
        assert "Poistetaanko sääntö?" in texts(admin, f"{RULES}{rule.pk}/poista/")
        admin.post(f"{RULES}{rule.pk}/poista/")
        assert not RoutingRule.objects.exists()

    def test_the_rules_of_another_municipality_are_not_found(self, admin: Browser, tampere: Municipality) -> None:
        set_scope([297, 837])
        rule = made(tampere)
        for path in ("", "poista/", "kokeile/"):
            assert admin.get(f"{RULES}{rule.pk}/{path}").status_code == 404


class TestStates:
    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({"active": True}, "Käytössä"),
            ({"active": False}, "Ei käytössä"),
            ({"active": True, "starts": "2030-01-01"}, "Alkaa"),
            ({"active": True, "starts": "2018-01-01", "ends": "2018-02-01"}, "Päättynyt"),
        ],
    )
    def test_in_use_or_why_not(self, admin: Browser, kuopio: Municipality, fields: dict[str, Any], words: str) -> None:
        made(kuopio, **fields)
        assert admin.get(RULES).context["shown"][0].state.startswith(words)

    def test_a_rule_whose_person_has_left_is_broken(self, admin: Browser, kuopio: Municipality, aino: User) -> None:
        made(kuopio, target="person", to_user=aino, active=True)
        assert "Käytössä" in texts(admin)
        Membership.objects.filter(user=aino).update(ends="2018-06-01")
        assert "Rikki, ohitetaan" in texts(admin)

    def test_as_many_queries_for_one_rule_as_for_many(
        self, admin: Browser, kuopio: Municipality, aino: User, southern: Unit, query_count: QueryCount
    ) -> None:
        made(kuopio, target="person", to_user=aino)
        few = query_count(lambda: admin.get(RULES))
        partner = Partner.objects.create(municipality=kuopio, kind="other", name="Kumppani")
        for n in range(6):
            other = person(f"Testi {n}", f"t{n}@kuopio.example", Role.SOCIAL_WORKER, kuopio)
            made(kuopio, target="person", to_user=other)
            made(kuopio, target="unit", to_unit=southern, area=southern)
            made(kuopio, target="partner", to_partner=partner)
        assert query_count(lambda: admin.get(RULES)) == few


@pytest.mark.parametrize(
    ("n", "words"),
    [
        (5, "5–9"),
        (9, "5–9"),
        (10, "10–19"),
        (19, "10–19"),
        (20, "20–49"),
        (50, "50–99"),
        (100, "100–199"),
        (2600, "2000–4999"),
    ],
)
def test_a_size_lies_between_two_steps(n: int, words: str) -> None:
    assert size_words(n) == words


class TestTrial:
    def came(self, kuopio: Municipality, kind: str, n: int = 1, **fields: Any) -> None:
        for day in range(1, n + 1):
            make_matter(make_client(kuopio), kind, datetime.date(2018, 10, day), **fields)

    def test_it_says_how_many_would_move_from_where_to_where(
        self, admin: Browser, kuopio: Municipality, southern: Unit, northern: Unit
    ) -> None:
        made(kuopio, target="unit", to_unit=northern, kinds=["immigrant"], active=True)
        self.came(kuopio, "immigrant", 2)
        self.came(kuopio, "reduced_amount", 3)
        self.came(kuopio, "application", 4)
        tried = made(kuopio, target="unit", to_unit=southern, kinds=["immigrant", "reduced_amount"], position=0)
        answer = admin.get(f"{RULES}{tried.pk}/kokeile/?kuukausi=2018-10")
        assert answer.context["rows"] == [
            ("yhteiseen työjonoon", "yksikköön Eteläinen tiimi", 3),
            ("yksikköön Pohjoinen tiimi", "yksikköön Eteläinen tiimi", 2),
        ]
        assert (answer.context["trial"].total, answer.context["trial"].moved) == (9, 5)

    def test_a_narrow_rule_does_not_tell_of_the_one_person_whom_it_meets(
        self, admin: Browser, kuopio: Municipality
    ) -> None:
        self.came(kuopio, "immigrant", 2)
        self.came(kuopio, "reduced_amount", 2)
        narrow = made(kuopio, kinds=["immigrant"], age_from=18)
        nobody = made(kuopio, kinds=["immigrant"], age_from=99)
        for rule in (narrow, nobody):
            answer = admin.get(f"{RULES}{rule.pk}/kokeile/?kuukausi=2018-10")
            assert answer.context["rows"] == []
            assert "alle 5" in answer.content.decode(), "two, or none at all: it says the same"
        self.came(kuopio, "immigrant", 3)
        wide = admin.get(f"{RULES}{narrow.pk}/kokeile/?kuukausi=2018-10")
        assert [n for _from, _to, n in wide.context["rows"]] == ["5–9"]
        assert "<b>5</b>" not in wide.content.decode()

    def test_beside_a_rule_that_asks_traits_no_rule_tells_its_rest(
        self, admin: Browser, kuopio: Municipality, northern: Unit
    ) -> None:
        made(kuopio, target="unit", to_unit=northern, kinds=["immigrant"], age_from=60, active=True)
        self.came(kuopio, "immigrant", 12)
        plain = made(kuopio, kinds=["immigrant"], position=0)
        answer = admin.get(f"{RULES}{plain.pk}/kokeile/?kuukausi=2018-10")
        assert [n for _from, _to, n in answer.context["rows"]] == ["10–19"]

    def test_a_restricted_client_is_in_no_number(self, admin: Browser, kuopio: Municipality) -> None:
        self.came(kuopio, "immigrant", 6)
        make_matter(make_client(kuopio, restricted=True), "immigrant", datetime.date(2018, 10, 9))
        answer = admin.get(f"{RULES}{made(kuopio).pk}/kokeile/?kuukausi=2018-10")
        assert (answer.context["trial"].total, answer.context["trial"].moved, answer.context["apart"]) == (6, 6, 0)

    def test_a_rule_in_use_is_compared_with_being_without_it(self, admin: Browser, kuopio: Municipality) -> None:
        self.came(kuopio, "reduced_amount", 2)
        rule = made(kuopio, active=True, starts="2018-01-01")
        answer = admin.get(f"{RULES}{rule.pk}/kokeile/")
        assert answer.context["trial"].moved == 2
        assert "Ilman tätä sääntöä" in answer.content.decode()

    def test_nothing_of_it_is_written_and_no_client_is_named(self, admin: Browser, kuopio: Municipality) -> None:
        client = make_client(kuopio, family_name="Näytekoski")
        make_matter(client, "immigrant", datetime.date(2018, 10, 3))
        rule = made(kuopio)
        before = list(Matter.objects.values())
        shown = admin.get(f"{RULES}{rule.pk}/kokeile/").content.decode()
        assert list(Matter.objects.values()) == before
        assert "Näytekoski" not in shown

    def test_only_the_chosen_month_of_this_municipality_counts(
        self, admin: Browser, kuopio: Municipality, tampere: Municipality
    ) -> None:
        set_scope([297, 837])
        make_matter(make_client(kuopio), "immigrant", datetime.date(2018, 9, 30))
        make_matter(make_client(tampere), "immigrant", datetime.date(2018, 10, 3))
        make_matter(make_client(kuopio), "immigrant", datetime.date(2018, 10, 3), source="phone")
        rule = made(kuopio)
        assert admin.get(f"{RULES}{rule.pk}/kokeile/?kuukausi=2018-10").context["trial"].total == 0
        assert admin.get(f"{RULES}{rule.pk}/kokeile/?kuukausi=2018-09").context["trial"].total == 1


def test_a_rule_that_somebody_deleted_meanwhile_is_neither_moved_nor_copied(kuopio: Municipality) -> None:
    rule = made(kuopio)
    delete_rule(RoutingRule.objects.get(pk=rule.pk))
    with pytest.raises(NotPossible):
        move_rule(rule, up=True)
    with pytest.raises(NotPossible):
        copy_rule(rule)
