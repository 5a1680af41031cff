"""A notice whose matter goes to another municipality: where later versions go, and where they are counted."""

import datetime
from collections.abc import Iterator
from typing import Any

import pytest

from accounts.models import User
from cases.models import Client, ContactDetail, Event, Matter, MatterState, Transfer
from cases.models.deadline import Duty
from cases.models.matter import Outcome
from cases.transfers import verbs as transfers
from core.encryption import decrypt
from core.row_security import scope
from etotu.loading.rows import attachment_context
from etotu.models import Attachment, BatchShare, Notice, QuarantineRow
from etotu.repair import verbs as repair
from etotu.tests.making import LEMPI, RECEIVED, SEIJA, TAUNO, counts, everything, loaded, notice, xml
from municipalities.models import Municipality, Role
from testing.clock import at
from testing.people import person

pytestmark = pytest.mark.django_db
KUOPIO, TAMPERE, RAISIO = 297, 837, 680
LETTER = '<liite nimi="lasku.txt" mime="text/plain">TGFza3U=</liite>'


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with at(RECEIVED):
        yield


@pytest.fixture
def raija(db: None) -> User:
    """Social worker, Raisio."""
    return person("Raija Kokeilija", "raija@raisio.example", Role.SOCIAL_WORKER, Municipality.objects.get(pk=RAISIO))


def matter_in(place: int) -> Matter:
    with scope([place]):
        return Matter.objects.select_related("client", "municipality").filter(municipality=place).latest("pk")


def send(actor: User, place: int, to: int) -> None:
    with scope([place]):
        transfers.request_transfer(actor, matter_in(place), Municipality.objects.get(pk=to), "Muutti.")


def accept(actor: User, place: int) -> None:
    with scope([place]):
        transfers.accept(actor, matter_in(place))


def give_back(actor: User, place: int) -> None:
    with scope([place]):
        transfers.give_back(actor, matter_in(place), "Ei kuulu meille.")


def rows(number: str = "K1") -> dict[int, tuple[int | None, int, str]]:
    """By municipality: past hop, version and note of the latest row there."""
    with everything():
        found = Notice.objects.filter(number=number).order_by("pk")
        return {n.municipality_id: (n.past_hop, n.version, n.content["note"]) for n in found}


def load_version(version: int, *, days: int = 0, **fields: Any) -> Any:
    """The version in a batch that arrived so many days after the first."""
    data = xml(notice("K1", version, **({"note": f"v{version}"} | fields)), code=f"ERA-{version}")
    return loaded(data, received_at=RECEIVED + datetime.timedelta(days=days))


def released(actor: User) -> list[repair.Outcome]:
    """The one row that waits, with its name corrected."""
    row = QuarantineRow.objects.get(state="open")
    repair.save(actor, repair.Change(row.pk, row.edits, {"henkilo.sukunimi": "Demolainen"}))
    return [one.outcome for one in repair.release(actor, [row.pk])]


class TestGoing:
    def test_the_receiver_gets_the_notice_and_the_sender_keeps_a_past_one(self, aino: User, olli: User) -> None:
        load_version(1, more=LETTER)
        send(aino, KUOPIO, TAMPERE)
        assert rows() == {KUOPIO: (0, 1, "v1"), TAMPERE: (None, 1, "v1")}
        with scope([TAMPERE]):
            new = Notice.objects.get()
            assert (new.sent_to, new.sender, new.received_at) == (KUOPIO, "KELA", RECEIVED)
            file = Attachment.objects.get()
            assert decrypt(file.data, attachment_context("KELA", "K1", 1, 1)) == b"Lasku"

    def test_a_later_version_goes_to_the_receiver_and_counts_where_it_was_addressed(
        self, aino: User, olli: User
    ) -> None:
        load_version(1)
        send(aino, KUOPIO, TAMPERE)
        batch = load_version(2, urgent=True, phone="040 000 0001", more=LETTER)
        assert counts(batch) == {"received": 1, "updated": 1}
        assert rows() == {KUOPIO: (0, 1, "v1"), TAMPERE: (None, 2, "v2")}
        with everything():
            assert [share.municipality_id for share in BatchShare.objects.filter(batch=batch)] == [KUOPIO]
            assert ContactDetail.objects.get().municipality_id == TAMPERE
            assert Client.objects.count() == 2
            assert Attachment.objects.get().municipality_id == TAMPERE
        assert matter_in(TAMPERE).urgent
        assert not matter_in(KUOPIO).urgent
        with scope([KUOPIO]):
            assert not Event.objects.filter(kind__startswith="notice.").exists()

    def test_after_a_double_hop_it_goes_to_the_last(self, aino: User, olli: User, raija: User) -> None:
        load_version(1)
        send(aino, KUOPIO, TAMPERE)
        accept(olli, TAMPERE)
        send(olli, TAMPERE, RAISIO)
        assert counts(load_version(2)) == {"received": 1, "updated": 1}
        assert rows() == {KUOPIO: (0, 1, "v1"), TAMPERE: (1, 1, "v1"), RAISIO: (None, 2, "v2")}

    def test_a_batch_that_also_names_the_receiver_finds_the_same_row(self, aino: User, olli: User) -> None:
        load_version(1)
        send(aino, KUOPIO, TAMPERE)
        other = notice("K9", kunta="837", code=LEMPI)
        batch = loaded(xml(other, notice("K1", 2, note="v2"), notice("K1", 3, note="v3"), code="ERA-2"))
        assert counts(batch) == {"received": 3, "accepted": 1, "updated": 2}
        assert rows()[TAMPERE] == (None, 3, "v3")
        with everything():
            shares = {s.municipality_id: counts(s) for s in BatchShare.objects.filter(batch=batch)}  # type: ignore[arg-type]
        assert shares == {TAMPERE: {"received": 1, "accepted": 1}, KUOPIO: {"received": 2, "updated": 2}}

    def test_repeated_and_older_versions_are_told_against_the_row_in_force(self, aino: User, olli: User) -> None:
        load_version(2)
        send(aino, KUOPIO, TAMPERE)
        load_version(3)
        again = loaded(xml(notice("K1", 3, note="toinen"), notice("K1", 2), notice("K1", 1), code="ERA-9"))
        assert counts(again) == {"received": 3, "duplicate": 1, "stale": 2, "flagged": 1}
        with scope([TAMPERE]):
            assert Notice.objects.get().flags == [{"field": "", "code": "differs"}]

    @pytest.mark.parametrize(
        ("changed", "name"), [({"code": TAUNO}, "henkilo.henkilotunnus"), ({"kunta": "837"}, "kunta")]
    )
    def test_another_person_or_municipality_than_was_addressed_is_quarantined(
        self, changed: dict[str, Any], name: str, aino: User, olli: User
    ) -> None:
        load_version(1)
        send(aino, KUOPIO, TAMPERE)
        assert counts(load_version(2, **changed)) == {"received": 1, "quarantined": 1}
        with everything():
            row = QuarantineRow.objects.get()
            assert [fault["field"] for fault in row.faults] == [name]
            assert row.municipality_id == int(changed.get("kunta", KUOPIO))
        assert counts(load_version(3)) == {"received": 1, "updated": 1}
        with everything():
            # a row of another person stays to be looked at
            assert QuarantineRow.objects.get().state == ("open" if "code" in changed else "replaced")


class TestReleasedFromQuarantine:
    """A faulty later version of a notice that was transferred is corrected where it was addressed."""

    def test_it_goes_to_the_receiver_and_counts_where_it_was_addressed(
        self, aino: User, olli: User, paula: User, iida: User
    ) -> None:
        load_version(1)
        send(aino, KUOPIO, TAMPERE)
        batch = load_version(2, family="", phone="040 000 0001", more=LETTER)
        assert counts(batch) == {"received": 1, "quarantined": 1}
        assert rows() == {KUOPIO: (0, 1, "v1"), TAMPERE: (None, 1, "v1")}
        with scope([KUOPIO]):
            pk = QuarantineRow.objects.get().pk
            assert released(paula) == [repair.Outcome.HANDED_OVER], "what was typed is not Kela's word"
        assert rows() == {KUOPIO: (0, 1, "v1"), TAMPERE: (None, 1, "v1")}
        with scope([0]):
            repair.place(iida, pk, 1, Municipality.objects.get(pk=TAMPERE))
        with scope([TAMPERE]):
            assert [one.outcome for one in repair.release(None, [pk])] == [repair.Outcome.RELEASED]
        assert rows() == {KUOPIO: (0, 1, "v1"), TAMPERE: (None, 2, "v2")}
        with everything():
            shares = BatchShare.objects.filter(batch=batch)
            assert {share.municipality_id: share.received for share in shares} == {KUOPIO: 1, TAMPERE: 0}
            assert ContactDetail.objects.get().municipality_id == TAMPERE
            assert Attachment.objects.get().municipality_id == TAMPERE
            assert Client.objects.count() == 2
            row = QuarantineRow.objects.get()
            assert (row.state, row.municipality_id) == ("released", TAMPERE)
        with scope([TAMPERE]):
            assert Event.objects.filter(kind="notice.released", matter=matter_in(TAMPERE)).exists()
        with scope([KUOPIO]):
            assert not Event.objects.filter(kind="notice.released").exists(), "nothing happened to the sender's matter"

    def test_after_a_return_it_goes_to_the_sender(self, aino: User, olli: User, paula: User) -> None:
        load_version(1)
        send(aino, KUOPIO, TAMPERE)
        load_version(2, family="")
        give_back(olli, TAMPERE)
        with scope([KUOPIO]):
            assert released(paula) == [repair.Outcome.RELEASED]
        assert rows() == {KUOPIO: (None, 2, "v2"), TAMPERE: (1, 1, "v1")}


class TestComingBack:
    def test_the_senders_row_is_in_force_again(self, aino: User, olli: User) -> None:
        load_version(1)
        send(aino, KUOPIO, TAMPERE)
        give_back(olli, TAMPERE)
        assert rows() == {KUOPIO: (None, 1, "v1"), TAMPERE: (1, 1, "v1")}
        assert counts(load_version(2)) == {"received": 1, "updated": 1}
        assert rows() == {KUOPIO: (None, 2, "v2"), TAMPERE: (1, 1, "v1")}
        assert matter_in(TAMPERE).state == MatterState.CLOSED
        assert not matter_in(TAMPERE).changed_after_closing

    def test_the_versions_that_came_in_between_come_along(self, aino: User, olli: User) -> None:
        load_version(1)
        send(aino, KUOPIO, TAMPERE)
        load_version(2)
        load_version(3, days=1, urgent=True, phone="040 000 0001", non_disclosure="true", more=LETTER)
        with scope([KUOPIO]):
            transfers.revoke(aino, matter_in(KUOPIO))
        assert rows()[KUOPIO] == (None, 3, "v3")
        with scope([KUOPIO]):
            matter = matter_in(KUOPIO)
            assert matter.urgent
            assert set(matter.deadlines.values_list("duty", flat=True)) == {Duty.DECIDE, Duty.DECIDE_URGENT}
            assert matter.due == matter.deadlines.get(duty=Duty.DECIDE_URGENT).due
            assert matter.client.non_disclosure
            assert ContactDetail.objects.get().value == "040 000 0001"
            assert Attachment.objects.get().version == 3
            history = Notice.objects.get().history.order_by("pgh_id")  # type: ignore[attr-defined]
            assert list(dict(history.values_list("version", "content__note")).items()) == [(1, "v1"), (2, "v2")]
            told = Event.objects.filter(kind="notice.changed").get()
            assert told.data["version"] == 3

    def test_where_another_notice_tells_that_the_person_lives_does_not_come_back(self, aino: User, olli: User) -> None:
        load_version(1, phone="040 000 0001", created="2018-10-09T08:00:00+03:00")
        send(aino, KUOPIO, TAMPERE)
        hidden = {"phone": "050 000 0009", "street": "Piilokuja 3", "non_disclosure": "true"}
        other = notice("K9", kunta="837", created="2018-10-10T08:00:00+03:00", **hidden)
        loaded(xml(other, code="ERA-9"), received_at=RECEIVED + datetime.timedelta(hours=1))
        load_version(2, days=1)
        with scope([TAMPERE]):
            transfers.give_back(olli, Transfer.objects.get().matter, "Ei kuulu meille.")
        with scope([KUOPIO]):
            assert ContactDetail.objects.get().value == "040 000 0001"
            assert matter_in(KUOPIO).client.non_disclosure

    def test_only_the_last_hop_comes_back(self, aino: User, olli: User, raija: User) -> None:
        load_version(1)
        send(aino, KUOPIO, TAMPERE)
        accept(olli, TAMPERE)
        send(olli, TAMPERE, RAISIO)
        give_back(raija, RAISIO)
        assert rows() == {KUOPIO: (0, 1, "v1"), TAMPERE: (None, 1, "v1"), RAISIO: (2, 1, "v1")}
        assert counts(load_version(2)) == {"received": 1, "updated": 1}
        assert rows()[TAMPERE] == (None, 2, "v2")

    def test_it_may_go_back_to_where_it_was_addressed(self, aino: User, olli: User) -> None:
        load_version(1)
        send(aino, KUOPIO, TAMPERE)
        accept(olli, TAMPERE)
        send(olli, TAMPERE, KUOPIO)
        assert counts(load_version(2)) == {"received": 1, "updated": 1}
        assert rows()[KUOPIO] == (None, 2, "v2")
        with scope([KUOPIO]):
            first, second = Matter.objects.order_by("pk")
        assert (first.outcome, second.state) == (Outcome.TRANSFERRED, MatterState.NEW)
        assert (first.client_id, first.changed_after_closing) == (second.client_id, False)


def test_the_person_is_the_same_client_there(aino: User, olli: User) -> None:
    with scope([TAMPERE]):
        loaded(xml(notice("K7", kunta="837", code=SEIJA), code="ERA-0"))
    load_version(1)
    send(aino, KUOPIO, TAMPERE)
    with everything():
        assert Client.objects.filter(municipality=TAMPERE).count() == 1
