"""The demo's data is such as the services would have left it, and loading it again changes nothing."""

import datetime
import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from avain.models import Goal, Measurement
from cases.contacts.verbs import OUTCOMES_OF
from cases.deadlines.asked import days_of_asking
from cases.deadlines.attempts import attempts_of
from cases.deadlines.settling import acts_of, facts_of, met_on
from cases.matters.outcomes import NEED_REASON, outcomes_for
from cases.models import AccessLog, Act, Appointment, Case, Client, Contact, Deadline, Event, Handover, Matter
from cases.models.contact import Channel
from cases.models.matter import MatterSource, Outcome
from cases.timeline.sentences import sentence
from core.models import Code
from core.row_security import set_scope
from demo import words
from demo.accounts import ACCOUNTS, INSTALLATION_ADMIN, PASSWORD, accounts_text
from demo.course import TOPICS
from demo.load import Loaded, load_demo
from demo.scale import DAILY, KUOPIO, TAMPERE, Scale
from demo.shares import GOALS, HINDERS, METHODS, SUPPORTS
from demo.words import texts
from etotu.models import Batch
from etotu.routing.route import OWN_WORKER
from municipalities.models import Membership, Municipality
from testing.clock import NOW, TODAY
from testing.people import SignIn

SMALL = Scale(days=45, daily=dict.fromkeys(DAILY, 1) | {KUOPIO: 4, TAMPERE: 2}, people=60)


@pytest.fixture(scope="module")
def loaded(module_db: None) -> Loaded:
    """A small demo, loaded once for these tests and gone after them."""
    numbers = load_demo(SMALL)
    assert numbers
    return numbers


@pytest.fixture
def demo(loaded: Loaded, db: None) -> Loaded:
    set_scope(SMALL.daily)
    return loaded


def counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in apps.get_models()}


def open_and_closed() -> list[Matter]:
    return list(Matter.objects.prefetch_related("deadlines", "contacts").order_by("pk"))


def run(name: str, *args: str, **options: Any) -> str:
    out = io.StringIO()
    call_command(name, *args, stdout=out, **options)
    return out.getvalue()


class TestLoading:
    def test_every_part_of_the_demo_holds_something(self, demo: Loaded) -> None:
        assert demo.notices > 150
        assert min(demo.by_hand, demo.cases, demo.measurements) > 10
        assert not [
            model.__name__ for model in (Contact, Event, AccessLog, Case, Goal) if not model._default_manager.exists()
        ]

    def test_loading_again_adds_nothing_and_keeps_what_people_did(
        self, demo: Loaded, settings: pytest.FixtureRequest
    ) -> None:
        settings.DEMO = True  # type: ignore[attr-defined]
        aino = User.objects.get(email="aino@kuopio.example")
        aino.set_password("uusi salasana demossa")
        aino.save()
        before = counts()
        said = run("demo")
        assert "nothing was added" in said
        assert counts() == before
        aino.refresh_from_db()
        assert aino.check_password("uusi salasana demossa")

    def test_outside_the_demo_nothing_is_loaded(self, db: None, settings: pytest.FixtureRequest) -> None:
        settings.DEMO = False  # type: ignore[attr-defined]
        with pytest.raises(CommandError, match="Nothing was loaded"):
            run("demo")

    def test_each_kind_of_batch_is_there(self, demo: Loaded) -> None:
        assert set(Batch.objects.values_list("status", flat=True)) == {"loaded", "rejected", "repeat"}
        assert Batch.objects.filter(incomplete=True).count() == 1
        assert Batch.objects.filter(quarantined__gt=0).exists()


class TestAccounts:
    def test_everybody_can_sign_in(self, demo: Loaded) -> None:
        emails = [one.email for one in ACCOUNTS] + [INSTALLATION_ADMIN[0]]
        assert all(User.objects.get(email=email).check_password(PASSWORD) for email in emails)
        response = Browser().post(
            reverse("account_login"), {"login": "kaisa@kuopio.example", "password": PASSWORD}, follow=True
        )
        assert response.wsgi_request.user.is_authenticated

    def test_the_password_is_long_enough_for_the_rules(self) -> None:
        assert len(PASSWORD) >= 15

    def test_each_municipality_has_a_worker_a_coordinator_and_an_admin(self, demo: Loaded) -> None:
        for code in DAILY:
            roles = set(Membership.objects.in_force().filter(municipality=code).values_list("role", flat=True))
            assert {"social_worker", "coordinator", "admin"} <= roles

    def test_the_terminal_names_the_accounts_and_the_password(self, demo: Loaded) -> None:
        text = accounts_text()
        assert PASSWORD in text
        assert "aino@kuopio.example" in text
        assert "iida@asennus.example" in text


class TestMatters:
    def test_due_is_the_earliest_unmet_deadline_while_open(self, demo: Loaded) -> None:
        for matter in open_and_closed():
            unmet = [deadline.due for deadline in matter.deadlines.all() if deadline.met_on is None]
            assert matter.due == (min(unmet, default=None) if matter.is_open else None)

    def test_deadlines_and_attempts_follow_from_the_contacts(self, demo: Loaded) -> None:
        for matter in open_and_closed():
            contacts = sorted(matter.contacts.all(), key=lambda contact: contact.at)
            facts = facts_of(matter, acts_of(matter), days_of_asking(matter))
            for row in matter.deadlines.all():
                assert row.met_on == met_on(row.duty, facts, row.counted_from)
            assert matter.attempts == len(attempts_of(contacts))
            assert matter.last_contact_at == (contacts[-1].at if contacts else None)

    def test_the_first_time_that_waits_for_its_mark_brings_its_matter_back(self, demo: Loaded) -> None:
        offered = Appointment.objects.filter(state="offered", matter__closed_at=None, matter__isnull=False)
        first: dict[int | None, datetime.date] = {}
        for time in offered.order_by("-at"):
            first[time.matter_id] = timezone.localdate(time.at)
        assert first == dict(Matter.objects.open().exclude(time_on=None).values_list("pk", "time_on"))

    def test_there_are_acts_of_several_kinds_and_matters_where_one_was_forgotten(self, demo: Loaded) -> None:
        kinds = set(Act.objects.values_list("kind", flat=True))
        assert {"assessment_begun", "plan_begun", "plan_made", "assessment_finished", "discussion_held"} <= kinds
        reached = Matter.objects.open().filter(contacts__outcome="reached", acts=None, due__isnull=False)
        assert reached.exists()

    def test_every_matter_has_a_deadline(self, demo: Loaded) -> None:
        assert not Matter.objects.exclude(pk__in=Deadline.objects.values("matter")).exists()

    def test_outcomes_fit_the_matter(self, demo: Loaded) -> None:
        for matter in Matter.objects.exclude(outcome=""):
            assert matter.outcome in outcomes_for(matter.kind)

    def test_nobody_is_not_reached_without_three_attempts_and_a_letter(self, demo: Loaded) -> None:
        for matter in Matter.objects.filter(outcome=Outcome.NOT_REACHED).prefetch_related("contacts"):
            assert matter.attempts >= 3
            assert Channel.LETTER in {contact.channel for contact in matter.contacts.all()}

    def test_outcomes_that_ask_for_a_reason_have_one(self, demo: Loaded) -> None:
        closings = Event.objects.filter(kind="matter.closed", data__outcome__in=[str(o) for o in NEED_REASON])
        assert all(event.data.get("reason") for event in closings)

    def test_contacts_are_such_as_the_form_lets_through(self, demo: Loaded) -> None:
        assert all(contact.outcome in OUTCOMES_OF[contact.channel] for contact in Contact.objects.all())

    def test_nothing_lies_in_the_future(self, demo: Loaded) -> None:
        assert not Contact.objects.filter(at__gt=NOW).exists()
        assert not Event.objects.filter(at__gt=NOW).exists()
        assert not Matter.objects.filter(created_at__gt=NOW).exists()

    def test_events_of_a_matter_are_stored_in_the_order_of_time(self, demo: Loaded) -> None:
        for matter in Matter.objects.all():
            moments = [event.at for event in Event.objects.filter(matter=matter).order_by("pk")]
            assert moments[1:-1] == sorted(moments[1:-1])

    def test_some_came_by_hand(self, demo: Loaded) -> None:
        assert Matter.objects.exclude(source=MatterSource.KELA).exclude(created_by=None).count() == demo.by_hand

    def test_every_event_has_its_sentence(self, demo: Loaded) -> None:
        assert not [event.kind for event in Event.objects.all() if sentence(event).endswith(event.kind)]

    def test_workers_see_the_matters_they_have(self, demo: Loaded) -> None:
        for code in DAILY:
            municipality = Municipality.objects.get(pk=code)
            for user in User.objects.filter(pk__in=Matter.objects.filter(municipality=code).values("assignee")):
                own = Matter.objects.filter(municipality=code, assignee=user).open().filter(client__restricted=False)
                assert set(own) <= set(Matter.objects.visible_to(user, municipality))


class TestClients:
    def test_one_client_is_restricted_to_named_people(self, demo: Loaded) -> None:
        client = Client.objects.get(municipality=KUOPIO, restricted=True)
        assert client.named_people.filter(user__email="sirkka@kuopio.example").exists()

    def test_some_have_a_turvakielto(self, demo: Loaded) -> None:
        assert Client.objects.filter(municipality=KUOPIO, non_disclosure=True).count() >= 2

    def test_each_measurement_has_goals_and_one_main_goal(self, demo: Loaded) -> None:
        for measurement in Measurement.objects.prefetch_related("goals__factors", "methods"):
            assert sum(goal.main for goal in measurement.goals.all()) == 1
            assert all(goal.factors.all() for goal in measurement.goals.all())
            assert measurement.methods.all()
            assert measurement.together or measurement.why_not_together


class TestWords:
    def test_the_codes_are_on_the_lists(self, db: None) -> None:
        for name, used in (("goals", GOALS), ("factors", SUPPORTS | HINDERS), ("methods", METHODS)):
            assert set(used) <= set(Code.objects.of(f"avain.{name}", TODAY).values_list("code", flat=True))

    def test_every_name_that_the_code_asks_for_has_words(self) -> None:
        folder = Path(words.__file__).parent
        asked = re.findall(
            r'"((?:waiting|hand)\.[a-z]+|follow_up|letter|message|meeting|declined|assign_note)"',
            "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py")),
        )
        asked += [f"{whose}.{topic}" for whose in ("reached", "client") for topic in {*TOPICS.values(), "life"}]
        assert len(asked) > 15
        assert not [name for name in asked if not texts(name)]

    def test_every_goal_has_words_of_clients(self) -> None:
        assert not [code for code in GOALS if not texts(f"goal.{code}")]


class TestPages:
    @pytest.mark.parametrize("name", ["notices_by_type", "open_matters", "deadlines_kept", "goals"])
    def test_figures_have_numbers(self, demo: Loaded, name: str) -> None:
        figure = json.loads(run("figure", name, "--kunta", "297", "--from", "2018-01", "--to", "2018-12", json=True))
        assert figure["n"] != 0, "on some days so small a demo has a total that must stay hidden"
        assert any(row["count"] != 0 for row in figure["rows"])

    @pytest.mark.parametrize(
        ("email", "pages"),
        [
            ("aino@kuopio.example", ["today", "queue"]),
            ("kaisa@kuopio.example", ["dashboard"]),
            ("paula@kuopio.example", ["batches"]),
        ],
    )
    def test_pages_open_on_the_demo(self, demo: Loaded, signed_in: SignIn, email: str, pages: list[str]) -> None:
        browser = signed_in(User.objects.get(email=email))
        for page in pages:
            assert browser.get(reverse(page, kwargs={"code": "297"})).status_code == 200


class TestRouting:
    def test_some_wait_for_capacity_and_some_weeks_have_let_go(self, demo: Loaded) -> None:
        held = Matter.objects.filter(municipality=KUOPIO, held_since__isnull=False)
        assert held.exists()
        assert {(m.state, m.assignee, m.unit, m.urgent) for m in held} == {("new", None, None, False)}
        assert Event.objects.filter(kind="matter.hold_released").exists()

    def test_the_young_of_the_trial_are_proposed_to_their_coaches(self, demo: Loaded) -> None:
        proposed = Handover.objects.filter(municipality=TAMPERE)
        assert proposed.exists()
        for row in proposed.select_related("client", "matter"):
            assert row.client.employment_trial
            assert (row.client.age(row.matter.arrived) or 99) < 25
            assert row.matter.routed

    def test_kuopio_has_partners_who_are_asked_and_answer(self, demo: Loaded) -> None:
        states = Handover.objects.filter(municipality=KUOPIO).values_list("state", flat=True)
        assert sorted(states) == ["accepted", "sent"]

    def test_later_matters_of_a_client_came_to_the_own_worker(self, demo: Loaded) -> None:
        matters = Matter.objects.filter(routed=OWN_WORKER)
        assert matters.exists()
        assert all(matter.assignee for matter in matters)
