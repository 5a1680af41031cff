"""Attempts: counted since the client was last reached, for the letter and for the closing alike."""

import datetime

import pytest
from django.utils import translation

from accounts.models import User
from cases.contacts.verbs import record_contact
from cases.letters.choice import Without, candidates
from cases.letters.verbs import letter_text, make_letter, make_letters, mark_sent
from cases.matters import life as matters
from cases.models import ContactDetail, Letter, Matter, MatterKind
from cases.models.contact import Channel, ContactOutcome
from cases.models.contact_detail import DetailKind, DetailSource
from cases.models.letter import LetterKind
from cases.models.matter import Outcome
from core.saving import NotPossible
from municipalities.models import LocalSettings, Municipality
from testing.clock import DAY, NOW, TODAY, at
from testing.factories import make_client, make_matter

IN_VAIN, REACHED = ContactOutcome.NO_ANSWER, ContactOutcome.REACHED
TEXT = {"language": "fi", "subject": "Hei", "body": "Moi"}


@pytest.fixture
def matter(kuopio: Municipality, aino: User) -> Matter:
    client = make_client(kuopio, given_names="Tauno Olavi", family_name="Ylämalli")
    ContactDetail.objects.create(
        municipality=kuopio,
        client=client,
        kind=DetailKind.ADDRESS,
        source=DetailSource.KELA,
        known_on=TODAY,
        value="Mallikatu 4 B 12",
        postal_code="70100",
        post_office="Kuopio",
    )
    return make_matter(client, MatterKind.REDUCED_AMOUNT, arrived=datetime.date(2018, 11, 1), assignee=aino)


def tries(matter: Matter, by: User, *outcomes: str) -> None:
    """Calls, one a day, the last one yesterday."""
    for n, outcome in enumerate(outcomes):
        at = NOW - (len(outcomes) - n) * DAY
        record_contact(by, matter.client, matter=matter, channel=Channel.CALL, outcome=outcome, at=at)
    matter.refresh_from_db()


def without(matter: Matter, municipality: Municipality) -> Without | None:
    return candidates([matter], municipality)[0].without


def test_attempts_are_counted_since_the_client_was_reached(aino: User, matter: Matter) -> None:
    tries(matter, aino, IN_VAIN, IN_VAIN, REACHED, IN_VAIN)
    assert matter.attempts == 1


def test_a_contact_that_is_recorded_late_counts_by_its_own_time(aino: User, matter: Matter) -> None:
    tries(matter, aino, IN_VAIN, IN_VAIN, IN_VAIN)
    at = NOW - 2 * DAY + datetime.timedelta(hours=1)
    record_contact(aino, matter.client, matter=matter, channel=Channel.CALL, outcome=REACHED, at=at)
    assert matter.attempts == 1


def test_who_was_reached_gets_the_letter_only_after_enough_attempts_since(
    aino: User, matter: Matter, kuopio: Municipality
) -> None:
    tries(matter, aino, IN_VAIN, IN_VAIN, IN_VAIN, REACHED)
    assert without(matter, kuopio) == Without.REACHED
    with pytest.raises(NotPossible):
        make_letter(aino, matter, LetterKind.NOT_REACHED, **TEXT)
    record_contact(aino, matter.client, matter=matter, channel=Channel.CALL, outcome=IN_VAIN, at=NOW)
    assert without(matter, kuopio) == Without.TOO_FEW
    with translation.override("en"), pytest.raises(NotPossible, match="not yet enough attempts"):
        make_letter(aino, matter, LetterKind.NOT_REACHED, **TEXT)
    for _n in range(2):
        record_contact(aino, matter.client, matter=matter, channel=Channel.CALL, outcome=IN_VAIN, at=NOW)
    assert without(matter, kuopio) is None
    make_letter(aino, matter, LetterKind.NOT_REACHED, **TEXT)
    body = letter_text(matter, LetterKind.NOT_REACHED, aino)[2]
    # true also of somebody who was reached before these days
    assert "Emme saaneet sinuun yhteyttä näinä päivinä: 13.11.2018" in body


def test_the_letter_names_the_days_since_the_client_was_reached(aino: User, matter: Matter) -> None:
    tries(matter, aino, IN_VAIN, REACHED, IN_VAIN, IN_VAIN)
    body = letter_text(matter, LetterKind.NOT_REACHED, aino)[2]
    assert "11.11.2018 ja 12.11.2018" in body
    assert "9.11.2018" not in body


def test_not_reached_is_refused_to_who_was_reached_and_says_when(aino: User, matter: Matter) -> None:
    tries(matter, aino, IN_VAIN, IN_VAIN, REACHED, IN_VAIN)
    with (
        translation.override("en"),
        pytest.raises(NotPossible, match=r"was reached in this matter Sun 11 Nov\. .*There is 1\."),
    ):
        matters.close(aino, matter, Outcome.NOT_REACHED)
    with translation.override("fi"), pytest.raises(NotPossible, match=r"su 11\.11\. Ei tavoitettu on"):
        matters.close(aino, matter, Outcome.NOT_REACHED)


def test_a_letter_from_before_the_client_was_reached_is_none_of_these_attempts(
    aino: User, matter: Matter, kuopio: Municipality
) -> None:
    tries(matter, aino, IN_VAIN, IN_VAIN, IN_VAIN)
    make_letters(aino, kuopio, [matter])
    mark_sent(aino, Letter.objects.all(), TODAY)
    hour = datetime.timedelta(hours=1)
    with at(NOW + hour):
        record_contact(aino, matter.client, matter=matter, channel=Channel.CALL, outcome=REACHED, at=NOW + hour)
    with at(NOW + DAY):
        for _n in range(3):
            record_contact(aino, matter.client, matter=matter, channel=Channel.CALL, outcome=IN_VAIN, at=NOW + DAY)
        with translation.override("en"), pytest.raises(NotPossible, match="letter"):
            matters.close(aino, matter, Outcome.NOT_REACHED)
        assert without(matter, kuopio) is None
        make_letters(aino, kuopio, [matter])
        mark_sent(aino, Letter.objects.filter(sent_on=None), TODAY + DAY)
        matters.close(aino, matter, Outcome.NOT_REACHED)


def test_a_letter_made_after_the_client_was_reached_is_an_attempt_after_it_also_when_marked_later(
    aino: User, matter: Matter
) -> None:
    LocalSettings.objects.create(municipality=matter.municipality, attempts_before_letter=1)
    hour = datetime.timedelta(hours=1)
    with at(NOW + 2 * hour):
        tries(matter, aino, REACHED)
        record_contact(aino, matter.client, matter=matter, channel=Channel.CALL, outcome=REACHED, at=NOW + hour)
        record_contact(aino, matter.client, matter=matter, channel=Channel.CALL, outcome=IN_VAIN, at=NOW + 2 * hour)
        letter = make_letter(aino, matter, LetterKind.NOT_REACHED, **TEXT)
    with at(NOW + DAY):
        mark_sent(aino, [letter], TODAY)
    matter.refresh_from_db()
    assert matter.attempts == 2
