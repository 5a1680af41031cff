"""What is said of deadlines that are over: "tehty" only where the duty was done, else what ended it."""

import datetime
import re

import pytest

from accounts.models import User
from cases.acts.verbs import record_act
from cases.contacts.verbs import record_contact
from cases.deadlines.settling import settle_deadlines
from cases.information.verbs import ask_for_information
from cases.matters import life as matters
from cases.models import ActKind, Client, Deadline, Matter, MatterKind
from cases.models.contact import Channel, ContactOutcome
from cases.models.matter import Outcome
from cases.transfers import verbs as transfers
from core.row_security import scope
from municipalities.models import LocalSettings, Municipality, Role
from testing.clock import NOW, TODAY
from testing.factories import make_matter
from testing.people import SignIn, person

ARRIVED = datetime.date(2018, 11, 7)


def deadlines(signed_in: SignIn, user: User, matter: Matter) -> str:
    """The section of the deadlines, in words."""
    html = signed_in(user).get(f"/{matter.municipality_id}/tyojono/?avoin={matter.pk}").content.decode()
    section = html.split('<section aria-label="Määräaika">')[1].split("</section>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", section).split())


def contact(by: User, matter: Matter, channel: str, outcome: str) -> None:
    record_contact(by, matter.client, matter=matter, channel=channel, outcome=outcome, at=NOW)


@pytest.fixture
def need(tauno: Client, aino: User) -> Matter:
    """Due on Friday 16.11."""
    return make_matter(tauno, MatterKind.SOCIAL_WORK_NEED, arrived=ARRIVED, assignee=aino)


@pytest.fixture
def asked(tauno: Client, aino: User) -> Matter:
    return make_matter(tauno, arrived=ARRIVED, assignee=aino)


def test_done_in_time_is_said_of_the_act_with_its_day_and_author(signed_in: SignIn, aino: User, need: Matter) -> None:
    record_act(aino, need, ActKind.ASSESSMENT_BEGUN, TODAY, how=Channel.CALL)
    words = deadlines(signed_in, aino, need)
    assert "tehty ti 13.11., ajoissa: palvelutarpeen arviointi aloitettu (puhelu), aino demolainen" in words.lower()
    assert "Päättyi" not in words


def test_a_contact_is_not_said_to_have_done_anything(signed_in: SignIn, aino: User, need: Matter) -> None:
    contact(aino, need, Channel.CALL, ContactOutcome.REACHED)
    assert "tehty" not in deadlines(signed_in, aino, need).lower()


def test_what_a_contact_met_by_the_earlier_rule_says_so(signed_in: SignIn, aino: User, need: Matter) -> None:
    Deadline.objects.filter(matter=need).update(met_on=TODAY, told_before=True)
    settle_deadlines(need)
    words = deadlines(signed_in, aino, need)
    assert "tehty ti 13.11., ajoissa: kirjattu aiemman säännön mukaan" in words


def test_closing_as_not_reached_ends_the_duty_and_does_not_do_it(
    signed_in: SignIn, aino: User, need: Matter, kuopio: Municipality
) -> None:
    LocalSettings.objects.create(municipality=kuopio, attempts_before_letter=1)
    contact(aino, need, Channel.LETTER, ContactOutcome.SENT)
    matters.close(aino, need, Outcome.NOT_REACHED)
    words = deadlines(signed_in, aino, need)
    assert "Päättyi ti 13.11.: asia suljettiin." in words
    assert "tehty" not in words


def test_a_late_end_is_said_to_be_late(signed_in: SignIn, aino: User, tauno: Client) -> None:
    matter = make_matter(tauno, MatterKind.SOCIAL_WORK_NEED, arrived=datetime.date(2018, 10, 15), assignee=aino)
    matters.close(aino, matter, Outcome.DECLINED, "Ei halua.")
    assert "Päättyi ti 13.11., myöhässä: asia suljettiin." in deadlines(signed_in, aino, matter)


def test_a_plan_is_done_only_where_a_plan_was_made(signed_in: SignIn, aino: User, tauno: Client) -> None:
    made, other = (make_matter(tauno, MatterKind.REDUCED_AMOUNT, arrived=ARRIVED, assignee=aino) for _ in range(2))
    matters.close(aino, made, Outcome.PLAN_MADE)
    matters.close(aino, other, Outcome.ALREADY_CLIENT)
    assert "tehty ti 13.11., ajoissa" in deadlines(signed_in, aino, made)
    assert "Päättyi ti 13.11.: asia suljettiin." in deadlines(signed_in, aino, other)


def test_a_discussion_that_was_never_held_ends_with_the_matter(signed_in: SignIn, aino: User, tauno: Client) -> None:
    matter = make_matter(tauno, MatterKind.DISCUSSION, arrived=ARRIVED, assignee=aino)
    matters.close(aino, matter, Outcome.DECLINED, "Ei halua.")
    words = deadlines(signed_in, aino, matter)
    assert "Päättyi ti 13.11.: asia suljettiin." in words
    assert "tehty" not in words


def test_asking_for_information_moves_the_clock_and_decides_nothing(
    signed_in: SignIn, aino: User, asked: Matter
) -> None:
    ask_for_information(aino, asked, ["tiliote"], datetime.date(2018, 11, 23))
    words = deadlines(signed_in, aino, asked)
    assert "Päättyi ti 13.11.: tietoja pyydettiin." in words
    assert "tehty" not in words


def test_the_new_time_says_what_ended_it(signed_in: SignIn, aino: User, asked: Matter) -> None:
    ask_for_information(aino, asked, ["tiliote"], datetime.date(2018, 11, 23))
    matters.close(aino, asked, Outcome.WRONG_OR_WITHDRAWN, "Perui.")
    html = signed_in(aino).get(f"/297/tyojono/?avoin={asked.pk}").content.decode()
    new_time = html.split("Uusi määräaika ratkaisulle</dt><dd>")[1].split("<")[0]
    assert new_time.strip() == "Päättyi ti 13.11.: asia suljettiin"


def test_a_decision_is_done(signed_in: SignIn, aino: User, asked: Matter) -> None:
    matters.close(aino, asked, Outcome.SUPPORT_REFUSED)
    assert "tehty ti 13.11., ajoissa" in deadlines(signed_in, aino, asked)


class TestTransfer:
    @pytest.fixture
    def jorma(self, tampere: Municipality) -> User:
        return person("Jorma Johtaja-Demo", "jorma@tampere.example", Role.SUPERVISOR, tampere)

    def send(self, matter: Matter, actor: User, jorma: User, to: Municipality) -> Matter:
        transfers.request_transfer(actor, matter, to, "Muutti.")
        with scope([to.pk]):
            return Matter.objects.select_related("client").latest("pk")

    def test_a_returned_matter_names_where_it_went_back(
        self, signed_in: SignIn, aino: User, jorma: User, asked: Matter, tampere: Municipality
    ) -> None:
        there = self.send(asked, aino, jorma, tampere)
        with scope([tampere.pk]):
            transfers.give_back(jorma, there, "Ei asu täällä.")
        words = deadlines(signed_in, jorma, there)
        assert "Päättyi ti 13.11.: palautettu kuntaan Kuopio." in words
        assert "tehty" not in words

    def test_a_revoked_matter_was_taken_back(
        self, signed_in: SignIn, aino: User, jorma: User, asked: Matter, tampere: Municipality
    ) -> None:
        there = self.send(asked, aino, jorma, tampere)
        transfers.revoke(aino, asked)
        assert "Päättyi ti 13.11.: kunta Kuopio otti asian takaisin." in deadlines(signed_in, jorma, there)

    def test_an_accepted_matter_went_there(
        self, signed_in: SignIn, aino: User, jorma: User, asked: Matter, tampere: Municipality
    ) -> None:
        there = self.send(asked, aino, jorma, tampere)
        with scope([tampere.pk]):
            transfers.accept(jorma, there)
        assert "Päättyi ti 13.11.: siirretty kuntaan Tampere." in deadlines(signed_in, aino, asked)

    def test_the_place_is_hidden_under_turvakielto(
        self, signed_in: SignIn, aino: User, jorma: User, asked: Matter, tampere: Municipality
    ) -> None:
        asked.client.non_disclosure = True
        asked.client.save()
        there = self.send(asked, aino, jorma, tampere)
        with scope([tampere.pk]):
            transfers.accept(jorma, there)
        words = deadlines(signed_in, aino, asked)
        assert "Päättyi ti 13.11.: siirretty toiseen kuntaan." in words
        assert "Tampere" not in words
