"""Accepting and revoking at the same moment: one of them counts, the other hears so."""

import pytest
from django.db import transaction

from accounts.models import User
from cases.matters.tests.test_two_at_once import PATIENCE, in_own_connection, wait_until_somebody_waits
from cases.models import Client, Matter, Transfer
from cases.models.matter import Outcome
from cases.models.transfer import TransferState
from cases.transfers import verbs as transfers
from core.row_security import across_municipalities, scope
from core.saving import NotPossible
from municipalities.models import Municipality, Role
from testing.factories import identity_code, make_client, make_matter
from testing.people import person


@pytest.mark.parametrize("first", ["accept", "revoke"])
def test_of_two_answers_at_once_one_counts(first: str, committed_db: None) -> None:
    kuopio, tampere = (Municipality.objects.get(pk=pk) for pk in (297, 837))
    with scope([kuopio.pk]):
        aino = person("Aino Demolainen", "aino@kuopio.example", Role.SOCIAL_WORKER, kuopio)
        olli = person("Olli Harjoitus", "olli@tampere.example", Role.SOCIAL_WORKER, tampere)
        sent = make_matter(make_client(kuopio))
        transfers.request_transfer(aino, sent, tampere, "Muutti.")
    with scope([tampere.pk]):
        arrived = Matter.objects.get()
    heard: list[str] = []

    def answer(how: str) -> None:
        matter, actor = (arrived, olli) if how == "accept" else (sent, aino)
        verb = transfers.accept if how == "accept" else transfers.revoke
        with scope([matter.municipality_id]):
            verb(User.objects.get(pk=actor.pk), Matter.objects.get(pk=matter.pk))

    def answer_too() -> None:
        try:
            answer("revoke" if first == "accept" else "accept")
        except NotPossible as refusal:
            heard.append(str(refusal))

    with transaction.atomic():
        answer(first)
        other = in_own_connection(answer_too)
        wait_until_somebody_waits(other)
    other.join(PATIENCE)
    with across_municipalities("a test looks at both sides"):
        states = {(t.state, t.answered_by_name) for t in Transfer.objects.all()}
        outcomes = dict(Matter.objects.values_list("municipality_id", "outcome"))
    if first == "accept":
        assert heard == ["Toinen kunta on jo hyväksynyt siirron."]
        assert states == {(TransferState.ACCEPTED, "Olli Harjoitus")}
        assert outcomes == {297: Outcome.TRANSFERRED, 837: ""}
    else:
        assert heard == ["Toinen kunta on jo perunut siirron."]
        assert states == {(TransferState.REVOKED, "Aino Demolainen")}
        assert outcomes == {297: "", 837: Outcome.WRONG_OR_WITHDRAWN}


def test_a_person_who_is_edited_there_meanwhile_keeps_the_edit_and_its_version(committed_db: None) -> None:
    kuopio, tampere = (Municipality.objects.get(pk=pk) for pk in (297, 837))
    code = identity_code()
    with scope([kuopio.pk]):
        aino = person("Aino Demolainen", "aino@kuopio.example", Role.SOCIAL_WORKER, kuopio)
        olli = person("Olli Harjoitus", "olli@tampere.example", Role.SOCIAL_WORKER, tampere)
        sent = make_matter(make_client(kuopio, code, non_disclosure=True))
    with scope([tampere.pk]):
        there = make_client(tampere, code)
    with scope([kuopio.pk]):
        transfers.request_transfer(aino, Matter.objects.get(pk=sent.pk), tampere, "Muutti.")

    def accept() -> None:
        with scope([tampere.pk]):
            transfers.accept(olli, Matter.objects.get(client=there.pk))

    with transaction.atomic(), scope([tampere.pk]):
        Client.objects.filter(pk=there.pk).update(family_name="Toisniminen", version=there.version + 1)
        other = in_own_connection(accept)
        wait_until_somebody_waits(other)
    other.join(PATIENCE)
    with scope([tampere.pk]):
        now = Client.objects.get(pk=there.pk)
    assert (now.family_name, now.non_disclosure, now.version) == ("Toisniminen", True, there.version + 2)
