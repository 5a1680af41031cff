"""Accepting and revoking at the same moment: one of them counts, the other hears so."""

import datetime

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cases.errors import NotPossible
from cases.models import Matter, Transfer
from cases.models.matter import Outcome
from cases.models.transfer import TransferState
from cases.services import transfers
from cases.tests.test_two_at_once import in_own_connection, somebody_waits
from core.row_security import across_municipalities, scope
from municipalities.models import Municipality, Role
from testing.factories import make_client, make_matter
from testing.people import person

PATIENCE = datetime.timedelta(seconds=20)


@pytest.mark.parametrize("first", ["accept", "revoke"])
def test_of_two_answers_at_once_one_counts(first: str, committed_db: None) -> None:
    kuopio, tampere = (Municipality.objects.get(pk=pk) for pk in (297, 837))
    with scope([kuopio.pk]):
        aino = person("Aino Demolainen", "aino@kuopio.example", Role.SOCIAL_WORKER, kuopio)
        olli = person("Olli Harjoitus", "olli@tampere.example", Role.SOCIAL_WORKER, tampere)
        sent = make_matter(make_client(kuopio))
        transfers.request_transfer(sent, aino, tampere, "Muutti.")
    with scope([tampere.pk]):
        arrived = Matter.objects.get()
    heard: list[str] = []

    def answer(how: str) -> None:
        matter, actor = (arrived, olli) if how == "accept" else (sent, aino)
        verb = transfers.accept if how == "accept" else transfers.revoke
        with scope([matter.municipality_id]):
            verb(Matter.objects.get(pk=matter.pk), User.objects.get(pk=actor.pk))

    def answer_too() -> None:
        try:
            answer("revoke" if first == "accept" else "accept")
        except NotPossible as refusal:
            heard.append(str(refusal))

    with transaction.atomic():
        answer(first)
        other = in_own_connection(answer_too)
        limit = timezone.now() + PATIENCE
        while not somebody_waits():
            assert other.is_alive(), "the other one did not wait"
            assert timezone.now() < limit
    other.join(PATIENCE.total_seconds())
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
