"""No upload, correction or release changes a row of a municipality in which whoever made it has no role (rule 12)."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from accounts.models import User
from cases.models import Client, ContactDetail, Matter
from cases.transfers import verbs as transfers
from core.row_security import scope
from etotu.loading.load import load
from etotu.models import Alert, Batch, BatchShare, Notice, QuarantineRow
from etotu.repair import verbs as repair
from etotu.tests.making import LEMPI, RECEIVED, SEIJA, TAUNO, counts, everything, loaded, notice, stored, xml
from municipalities.models import Membership, Municipality, Role
from testing.clock import at
from testing.fence import changed, rows_of
from testing.people import SignIn, person

pytestmark = pytest.mark.django_db
KUOPIO, TAMPERE = 297, 837
MOST = 2_147_483_647
HOSTILE: dict[str, Callable[[], str]] = {
    "a new address of a known notice": lambda: notice("T1", 2, kunta="837", street="Vieras tie 1"),
    "a turvakielto": lambda: notice("T1", 2, kunta="837", non_disclosure="true"),
    "the highest version": lambda: notice("T1", MOST, kunta="837"),
    "the same version with another content": lambda: notice("T1", 1, kunta="837", note="toinen"),
    "an older version": lambda: notice("T1", 1, kunta="837", family=""),
    "a new matter of a client there": lambda: notice("T9", kunta="837"),
    "a new person": lambda: notice("T9", kunta="837", code=TAUNO),
    "the number under the own municipality": lambda: notice("T1", MOST, kunta="297", code=LEMPI),
    "the number and the person under the own municipality": lambda: notice("T1", 2, kunta="297"),
    "a faulty row in the place of one that waits there": lambda: notice("T2", MOST, kunta="837", family=""),
    "a good row in the place of one that waits there": lambda: notice("T2", 3, kunta="837"),
    "the number that waits there under the own municipality": lambda: notice("T2", MOST, kunta="297"),
    "a faulty one of these": lambda: notice("T2", MOST, kunta="297", family=""),
}


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with at(RECEIVED):
        yield


@pytest.fixture
def before(kuopio: Municipality) -> dict[str, int]:
    """Tampere's rows: a matter, and a faulty row that waits."""
    data = xml(notice("T1", kunta="837", phone="040 000 0001"), notice("T2", 2, kunta="837", family=""), code="T")
    loaded(data, received_at=RECEIVED - datetime.timedelta(days=1))
    return rows_of(TAMPERE)


def upload(paula: User, kuopio: Municipality, *rows: str, **values: Any) -> Batch:
    return loaded(xml(*rows), municipality=kuopio, actor=paula, **values)


@pytest.mark.parametrize("what", HOSTILE)
def test_an_upload_changes_nothing_of_another_municipality(
    what: str, before: dict[str, int], paula: User, kuopio: Municipality
) -> None:
    batch = upload(paula, kuopio, HOSTILE[what](), notice("K1", code=TAUNO))
    assert changed(before, TAMPERE) == []
    found = counts(batch)
    assert (found["received"], found.pop("accepted") + found.get("quarantined", 0)) == (2, 2)
    assert {share.municipality_id for share in BatchShare.objects.filter(batch=batch)} == {KUOPIO}
    later = loaded(xml(notice("T1", 2, kunta="837", note="Kelalta")), received_at=RECEIVED)
    assert counts(later) == {"received": 1, "updated": 1}, "Kela's own next version is not blocked"


def test_rows_of_others_wait_unread_for_the_installation_admin(
    before: dict[str, int], paula: User, iida: User, kuopio: Municipality, signed_in: SignIn
) -> None:
    batch = upload(paula, kuopio, notice("T1", 2, kunta="837", street="Vieras tie 1"), notice("K1", code=TAUNO))
    with scope([KUOPIO]):
        assert not QuarantineRow.objects.filter(batch=batch).exists()
    with scope([0]):
        row = QuarantineRow.objects.get(batch=batch)
        assert (row.municipality_id, row.of_others) == (None, True)
        assert [fault["code"] for fault in row.faults] == ["other_municipality"]
        assert Alert.objects.filter(municipality=None, kind="quarantined", batch=batch).exists()
    page = signed_in(paula).get(f"/297/erat/{batch.public_id}/").content.decode()
    assert "muun kunnan rivi" in page
    assert "Demolainen" not in page
    pages = signed_in(iida)
    assert "toisen kunnan" in pages.get("/asennus/rivit/").content.decode()
    assert 'value="837" selected' in pages.get(f"/asennus/rivit/{row.pk}/").content.decode()
    pages.post(f"/asennus/rivit/{row.pk}/", {"do": "place", "place-municipality": 837, "place-edits": 0})
    with scope([TAMPERE]):
        row.refresh_from_db()
        assert (row.municipality_id, row.of_others, row.faults) == (TAMPERE, False, [])
        admin = person("Tiina Pääkäyttäjä-Demo", "tiina@tampere.example", Role.ADMIN, Municipality.objects.get(pk=837))
        assert [one.outcome for one in repair.release(admin, [row.pk])] == [repair.Outcome.RELEASED]
        assert ContactDetail.objects.filter(kind="address", value="Vieras tie 1").exists()


def test_an_admin_of_both_uploads_for_both(before: dict[str, int], paula: User, kuopio: Municipality) -> None:
    Membership.objects.create(user=paula, municipality_id=TAMPERE, role=Role.ADMIN, starts="2018-01-01")
    assert counts(upload(paula, kuopio, notice("T1", 2, kunta="837"))) == {"received": 1, "updated": 1}


def test_another_role_there_is_not_enough(before: dict[str, int], paula: User, kuopio: Municipality) -> None:
    Membership.objects.create(user=paula, municipality_id=TAMPERE, role=Role.SUPERVISOR, starts="2018-01-01")
    assert counts(upload(paula, kuopio, notice("T1", 2, kunta="837"))) == {"received": 1, "quarantined": 1}


def test_a_role_that_ended_before_the_load_opens_nothing(paula: User, kuopio: Municipality) -> None:
    batch = stored(xml(notice("K1")), municipality=kuopio, actor=paula)
    Membership.objects.filter(user=paula).update(ends="2018-10-01")
    assert load(batch.pk)
    batch.refresh_from_db()
    assert counts(batch) == {"received": 1, "quarantined": 1}
    assert not Client.objects.exists()


@pytest.mark.parametrize("values", [{"via": "folder"}, {"via": "command"}])
def test_folder_and_command_are_kelas_channel(values: dict[str, Any], before: dict[str, int]) -> None:
    assert counts(loaded(xml(notice("T1", 2, kunta="837")), **values)) == {"received": 1, "updated": 1}


def test_so_is_what_the_installation_admin_uploads(before: dict[str, int], iida: User, kuopio: Municipality) -> None:
    batch = loaded(xml(notice("T1", 2, kunta="837")), municipality=kuopio, actor=iida)
    assert counts(batch) == {"received": 1, "updated": 1}


def test_kelas_own_file_is_no_repeat_of_an_upload_that_came_before_it(
    before: dict[str, int], paula: User, kuopio: Municipality
) -> None:
    data = xml(notice("K1", code=TAUNO), notice("T1", 2, kunta="837", note="Kelalta"))
    assert counts(loaded(data, municipality=kuopio, actor=paula)) == {"received": 2, "accepted": 1, "quarantined": 1}
    again = loaded(data, via="folder")
    assert (again.status, counts(again)) == ("loaded", {"received": 2, "duplicate": 1, "updated": 1})
    third = loaded(data, via="folder")
    assert (third.status, third.repeat_of) == ("repeat", again)
    assert loaded(data, municipality=kuopio, actor=paula).status == "repeat"


class TestRepair:
    def test_a_row_that_is_corrected_to_another_municipality_waits_for_the_installation_admin(
        self, before: dict[str, int], paula: User, kuopio: Municipality
    ) -> None:
        batch = upload(paula, kuopio, notice("T1", 2, kunta="999", street="Vieras tie 1"))
        row = QuarantineRow.objects.get(batch=batch)
        repair.save(paula, repair.Change(row.pk, 0, {"kunta": "837"}))
        assert repair.release(paula, [row.pk])[0].outcome == repair.Outcome.SETTLED
        assert changed(before, TAMPERE) == []
        with scope([0]):
            row.refresh_from_db()
            assert (row.municipality_id, row.of_others) == (None, True)

    def test_a_number_that_is_typed_closes_nothing_there(
        self, before: dict[str, int], paula: User, kuopio: Municipality
    ) -> None:
        batch = upload(paula, kuopio, notice("", 3, kunta="297"))
        row = QuarantineRow.objects.get(batch=batch)
        repair.save(paula, repair.Change(row.pk, 0, {"tunnus": "T2"}))
        repair.release(paula, [row.pk])
        assert changed(before, TAMPERE) == []

    @pytest.fixture
    def moved(self, aino: User, olli: User, tampere: Municipality) -> dict[str, int]:
        """A notice of Kuopio that Tampere has now."""
        loaded(xml(notice("K1"), code="K"))
        transfers.request_transfer(aino, Matter.objects.get(notice__number="K1"), tampere, "Muutti.")
        with scope([TAMPERE]):
            transfers.accept(olli, Matter.objects.get(notice__number="K1"))
        return rows_of(TAMPERE)

    @pytest.mark.parametrize("version", [1, 2, MOST])
    def test_a_notice_that_was_transferred_is_not_changed_by_an_upload(
        self, version: int, moved: dict[str, int], paula: User, kuopio: Municipality
    ) -> None:
        batch = upload(paula, kuopio, notice("K1", version, street="Vieras tie 1", note="toinen"))
        assert counts(batch) == {"received": 1, "quarantined": 1}
        assert changed(moved, TAMPERE) == []

    def test_nor_by_what_was_typed_over_kelas_row(
        self, moved: dict[str, int], paula: User, iida: User, kuopio: Municipality
    ) -> None:
        loaded(xml(notice("K1", 2, family=""), code="K2"))
        row = QuarantineRow.objects.get()
        typed = {"henkilo.sukunimi": "Demolainen", "henkilo.lahiosoite": "Vieras tie 1"}
        repair.save(paula, repair.Change(row.pk, 0, typed))
        assert repair.release(paula, [row.pk])[0].outcome == repair.Outcome.HANDED_OVER
        assert changed(moved, TAMPERE) == []
        with scope([0]):
            repair.place(iida, row.pk, 1, Municipality.objects.get(pk=TAMPERE))
        with scope([TAMPERE]):
            admin = person("Tiina Pääkäyttäjä-Demo", "t@tampere.example", Role.ADMIN, Municipality.objects.get(pk=837))
            assert [one.faults for one in repair.recheck(admin, [row.pk])] == [[]]
            assert [one.outcome for one in repair.release(admin, [row.pk])] == [repair.Outcome.RELEASED]
            assert Notice.objects.get(number="K1").version == 2


def test_who_knows_only_the_number_learns_nothing_of_the_person(
    before: dict[str, int], paula: User, kuopio: Municipality
) -> None:
    """Whether the code that one types is that of the client there: the answer is the same."""
    told = []
    for code in (SEIJA, LEMPI):
        batch = upload(paula, kuopio, notice("T1", 2, kunta="297", code=code))
        with everything():
            told.append(QuarantineRow.objects.get(batch=batch).faults)
    assert told[0] == told[1]


PLANTED: dict[str, Callable[[], str]] = {
    "another person of the own municipality": lambda: notice("T5", code=LEMPI),
    "the same person in the own municipality": lambda: notice("T5"),
    "the highest version": lambda: notice("T5", MOST),
    "a faulty row of the same name with the highest version": lambda: notice("T5", MOST, created="eilen"),
    "a faulty row with a number of its own": lambda: notice("T5", 1, created="eilen", code=LEMPI),
}


@pytest.mark.parametrize("what", PLANTED)
@pytest.mark.parametrize("wrong", [{}, {"created": "eilen"}], ids=["good", "faulty"])
def test_a_number_claimed_by_an_upload_stops_nothing_that_kela_sends_elsewhere(
    what: str, wrong: dict[str, Any], paula: User, kuopio: Municipality
) -> None:
    upload(paula, kuopio, PLANTED[what]())
    later = loaded(xml(notice("T5", kunta="837", **wrong), notice("T6", kunta="837"), code="T"))
    assert counts(later) == (
        {"received": 2, "accepted": 1, "quarantined": 1} if wrong else {"received": 2, "accepted": 2}
    )
    with everything():
        if wrong:
            row = QuarantineRow.objects.get(batch=later)
            assert (row.state, row.municipality_id, [f["code"] for f in row.faults]) == (
                "open",
                TAMPERE,
                ["unreadable"],
            )
        else:
            notice_there = Notice.objects.get(number="T5", municipality=TAMPERE)
            assert (notice_there.claimed_in, notice_there.flags) == (None, [])


def test_nor_a_row_of_somebody_else_in_the_own_municipality(paula: User, kuopio: Municipality) -> None:
    batch = upload(paula, kuopio, notice("K5", 7, code=LEMPI, note="keksitty"))
    assert counts(loaded(xml(notice("K5"), code="K"))) == {"received": 1, "accepted": 1}
    assert counts(loaded(xml(notice("K5", 2), code="K2"))) == {"received": 1, "updated": 1}
    with everything():
        planted, true = Notice.objects.filter(number="K5").order_by("pk")
        assert (planted.content["note"], [flag["code"] for flag in planted.flags]) == ("keksitty", ["number_of_kela"])
        assert (true.version, true.flags, true.claimed_in) == (2, [], None)
        told = Alert.objects.filter(kind="claimed", batch=batch).values_list("municipality", flat=True)
        assert set(told) == {KUOPIO, None}
    again = upload(paula, kuopio, notice("K5", 8, code=LEMPI))
    assert counts(again) == {"received": 1, "quarantined": 1}, "what is Kela's is no longer claimed"


def test_what_an_office_uploaded_first_is_kelas_once_kela_sends_it(paula: User, kuopio: Municipality) -> None:
    upload(paula, kuopio, notice("K5"), notice("K6"))
    with everything():
        assert set(Notice.objects.values_list("claimed_in", flat=True)) == {KUOPIO}
    later = loaded(xml(notice("K5"), notice("K6", 2), code="K"))
    assert counts(later) == {"received": 2, "duplicate": 1, "updated": 1}
    with everything():
        assert list(Notice.objects.values_list("claimed_in", "flags")) == [(None, []), (None, [])]
        assert not Alert.objects.filter(kind="claimed").exists()


def test_offices_do_not_stop_each_others_uploads(paula: User, kuopio: Municipality) -> None:
    tampere = Municipality.objects.get(pk=TAMPERE)
    admin = person("Tiina Pääkäyttäjä-Demo", "tiina@tampere.example", Role.ADMIN, tampere)
    upload(paula, kuopio, notice("T5", 9, code=LEMPI))
    batch = loaded(xml(notice("T5", kunta="837")), municipality=tampere, actor=admin)
    assert counts(batch) == {"received": 1, "accepted": 1}
    assert counts(loaded(xml(notice("T5", 2, kunta="837"), code="T"))) == {"received": 1, "updated": 1}
    with everything():
        found = Notice.objects.filter(number="T5").order_by("municipality")
        assert [(one.municipality_id, one.claimed_in, len(one.flags)) for one in found] == [
            (KUOPIO, KUOPIO, 1),
            (TAMPERE, None, 0),
        ]


def test_a_claimed_notice_that_was_transferred_gives_way_and_comes_back(
    paula: User, aino: User, olli: User, kuopio: Municipality, tampere: Municipality
) -> None:
    upload(paula, kuopio, notice("K5", note="keksitty"))
    with scope([KUOPIO]):
        transfers.request_transfer(aino, Matter.objects.get(notice__number="K5"), tampere, "Muutti.")
    assert counts(loaded(xml(notice("K5", kunta="837", code=LEMPI), code="T"))) == {"received": 1, "accepted": 1}
    with scope([TAMPERE]):
        transfers.give_back(olli, Matter.objects.get(notice__claimed_in=KUOPIO), "Ei kuulu meille.")
    assert counts(loaded(xml(notice("K5", 2, kunta="837", code=LEMPI), code="T2"))) == {"received": 1, "updated": 1}
    with everything():
        in_force = Notice.objects.filter(number="K5", past_hop=None).order_by("municipality")
        assert [(one.municipality_id, one.claimed_in, one.version) for one in in_force] == [
            (KUOPIO, KUOPIO, 1),
            (TAMPERE, None, 2),
        ]


def test_the_admin_there_releases_kelas_row_under_a_claimed_number(paula: User, kuopio: Municipality) -> None:
    upload(paula, kuopio, notice("T5", code=LEMPI))
    admin = person("Tiina Pääkäyttäjä-Demo", "t@tampere.example", Role.ADMIN, Municipality.objects.get(pk=TAMPERE))
    loaded(xml(notice("T5", kunta="837", created="eilen"), code="T"))
    with scope([TAMPERE]):
        row = QuarantineRow.objects.get(number="T5", state="open")
        repair.save(admin, repair.Change(row.pk, row.edits, {"luotu": "2018-10-11T08:00:00+03:00"}))
        assert repair.release(admin, [row.pk])[0].outcome == repair.Outcome.RELEASED
        assert Notice.objects.get(number="T5").version == 1
