"""Every event of a client is told as a sentence."""

import pytest

from accounts.models import User
from cases.clients.contact_details import (
    keep_own_detail,
    set_contact_detail,
    set_non_disclosure,
    take_kela_detail,
)
from cases.models import Client, Event
from cases.models.contact_detail import DetailKind
from cases.relations.verbs import assign_own_worker, close_case, lift_restriction, open_case, restrict
from cases.timeline.sentences import sentences
from municipalities.models import Municipality
from testing.factories import make_client


@pytest.fixture
def told(aino: User, eetu: User, sirkka: User, kuopio: Municipality) -> dict[str, str]:
    """All that the services do to a client, each event's kind with its sentence."""
    client: Client = make_client(kuopio)
    assign_own_worker(sirkka, client, aino)
    assign_own_worker(sirkka, client, None)
    close_case(aino, open_case(aino, client), "Tuen tarve on päättynyt")
    restrict(sirkka, client, [aino])
    restrict(sirkka, client, [eetu])
    lift_restriction(sirkka, client)
    set_non_disclosure(aino, client, True, "Asiakas kertoi")
    set_non_disclosure(sirkka, client, False)
    for kind in DetailKind.values:
        set_contact_detail(aino, client, kind, "040 111 11 11")
        set_contact_detail(aino, client, kind, "")
        take_kela_detail(aino, client, kind)
        keep_own_detail(aino, client, kind)
    return {line.event.kind: line.text for line in sentences(Event.objects.filter(client=client))}


def test_no_kind_lacks_its_words(told: dict[str, str]) -> None:
    assert len(told) == 14
    assert [kind for kind, text in told.items() if kind in text] == []


def test_the_first_phone_number_is_added_and_the_next_one_changes_it(aino: User, kuopio: Municipality) -> None:
    client = make_client(kuopio)
    for number in ("040 111 11 11", "040 222 22 22"):
        set_contact_detail(aino, client, DetailKind.PHONE, number)
    assert sorted(line.text for line in sentences(Event.objects.filter(client=client))) == [
        "Aino Demolainen lisäsi puhelinnumeron.",
        "Aino Demolainen muutti puhelinnumeron.",
    ]


def test_the_sentences_are_finnish_and_name_who_did_it(told: dict[str, str]) -> None:
    assert told["own_worker.assigned"] == "Sirkka Mallikas nimesi omatyöntekijäksi: Aino Demolainen."
    assert told["case.closed"] == "Aino Demolainen päätti asiakkuuden. ”Tuen tarve on päättynyt”"
    assert told["client.naming_ended"] == "Sirkka Mallikas päätti oikeuden nähdä asiakkaan tiedot: Aino Demolainen."
