"""Repair of quarantined rows: corrected, checked again, released as if they had been good, or discarded."""

import datetime
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from cases.models import Client, ContactDetail, Event, Matter
from cases.models.deadline import Deadline
from core.row_security import set_scope
from etotu.alerts.verbs import mark_seen, standing
from etotu.models import Attachment, Batch, BatchShare, Notice, QuarantineAction, QuarantineRow
from etotu.repair.verbs import Change, Outcome, SettledError, discard, place, recheck, release, save
from etotu.tests.making import LEMPI, SEIJA, TAUNO, counts, everything, loaded, notice, xml
from etotu.tests.notices import csv_batch
from municipalities.models import Membership, Municipality, Role
from testing.clock import NOW
from testing.people import QueryCount

WRONG = "100190-999R"
NAME = "henkilo.sukunimi"
CODE = "henkilo.henkilotunnus"
PDF = '<liite nimi="lasku.pdf" mime="application/pdf">JVBERi0xLjcKSGVp</liite>'


def row(**more: Any) -> QuarantineRow:
    return QuarantineRow.objects.get(state="open", **more)


def correct(it: QuarantineRow, actor: User, **texts: str) -> QuarantineRow:
    fields = {name.replace("__", "."): text for name, text in texts.items()}
    return save(actor, Change(it.pk, it.edits, fields))


def picture() -> dict[str, Any]:
    """What a load leaves, without ids, times of handling and the batch's own rows."""
    with everything():
        notices = Notice.objects.order_by("number").values_list(
            "number", "version", "position", "sent_at", "received_at", "urgent", "content", "flags", "content_hash"
        )
        return {
            "people": [(c.identity_code(), c.family_name, c.language) for c in Client.objects.order_by("sort_key")],
            "details": sorted(ContactDetail.objects.values_list("kind", "value", "known_on", "source")),
            "notices": [(*one[:-1], bytes(one[-1])) for one in notices],
            "matters": sorted(Matter.objects.values_list("kind", "arrived", "urgent", "due", "state", "source")),
            "deadlines": sorted(Deadline.objects.values_list("duty", "counted_from", "due")),
            "files": sorted(Attachment.objects.values_list("name", "mime", "size", "version")),
            "open": list(QuarantineRow.objects.filter(state="open").values_list("number")),
        }


def undisturbed(data: bytes, **values: Any) -> dict[str, Any]:
    """The same, of the row as it should have been: loaded, looked at, and taken back."""
    with transaction.atomic():
        loaded(data, **values)
        seen = picture()
        transaction.set_rollback(True)
    return seen


class TestReleaseIsAsIfTheRowHadBeenGood:
    @pytest.mark.parametrize(
        ("faulty", "texts", "good"),
        [
            ({"family": ""}, {NAME: "Demolainen", "henkilo.etunimet": "Seija Hilja"}, {}),
            ({"code": WRONG, "created": "eilen"}, {CODE: SEIJA, "luotu": "2018-10-11T08:00:00+03:00"}, {}),
            ({"kind": "TUNTEMATON", "block": ""}, {"tyyppi": "MAAHANMUUTTAJA"}, {"kind": "MAAHANMUUTTAJA"}),
            (
                {"kind": "ALENNETTU_PERUSOSA", "block": '<perusosa alkaa="2018-10-01"/>'},
                {"perusosa.alennusProsentti": "40"},
                {"kind": "ALENNETTU_PERUSOSA"},
            ),
            ({"kind": "PITKAAN_TYOTON", "block": ""}, {"tyottomyys.kuukausia": "12"}, {"kind": "PITKAAN_TYOTON"}),
            (
                {"block": '<hakemus saapunut="2018-10-09"><meno laji="VUOKRARASTI" euroa="paljon"/></hakemus>'},
                {"hakemus.meno.1.euroa": "416.90"},
                {},
            ),
        ],
    )
    def test_xml(
        self, kuopio: Municipality, paula: User, faulty: dict[str, str], texts: dict[str, str], good: dict[str, str]
    ) -> None:
        odd = {"more": PDF + "<uutta>jotain</uutta>", "phone": "+358 50 000", "urgent": True}
        expected = undisturbed(xml(notice(**(odd | good))))  # type: ignore[arg-type]
        loaded(xml(notice(**(odd | faulty))))  # type: ignore[arg-type]
        save(paula, Change(row().pk, 0, texts))
        assert [one.outcome for one in release(paula, [row().pk])] == [Outcome.RELEASED]
        assert picture() == expected

    @pytest.mark.parametrize(
        ("faulty", "texts", "good"),
        [
            ({"sukunimi": ""}, {NAME: "Mäkimalli"}, {}),
            ({"tyyppi": "NUORI"}, {"tyyppi": "PITKAAN_TYOTON"}, {"tyyppi": "PITKAAN_TYOTON"}),
            ({"sukunimi": "Mäki\x00malli"}, {NAME: "Mäkimalli"}, {}),
        ],
    )
    def test_csv(
        self, kuopio: Municipality, paula: User, faulty: dict[str, str], texts: dict[str, str], good: dict[str, str]
    ) -> None:
        plain = {"kunta": "297", "saapunut": "", "lisatieto": "Soitettu"}
        expected = undisturbed(csv_batch(plain | good).encode(), file_name="a.csv")
        loaded(csv_batch(plain | faulty).encode(), file_name="a.csv")
        save(paula, Change(row().pk, 0, texts))
        release(paula, [row().pk])
        assert picture() == expected

    def test_a_row_with_a_field_too_many_is_put_right_in_its_columns(self, kuopio: Municipality, paula: User) -> None:
        broken = csv_batch({"kunta": "297", "lisatieto": "Soitettu; ei vastannut"}).encode()
        good = csv_batch({"kunta": "297", "lisatieto": '"Soitettu; ei vastannut"'}).encode()
        expected = undisturbed(good, file_name="a.csv")
        loaded(broken, file_name="a.csv", municipality=kuopio)
        saved = save(paula, Change(row().pk, 0, {}, accepted={"field_count:"}))
        assert saved.faults == []
        release(paula, [saved.pk])
        assert picture() == expected

    def test_a_part_that_came_twice_is_accepted_as_its_first(self, kuopio: Municipality, paula: User) -> None:
        expected = undisturbed(xml(notice(note="Eka")))
        loaded(xml(notice(note="Eka", more="<lisatieto>Toka</lisatieto>")))
        save(paula, Change(row().pk, 0, {}, accepted={"repeated:lisatieto"}))
        release(paula, [row().pk])
        assert picture() == expected

    def test_an_attachment_that_cannot_be_read_is_left_out(self, kuopio: Municipality, paula: User) -> None:
        bad = '<liite nimi="x.png" mime="image/png">%%%</liite>'
        expected = undisturbed(xml(notice(more=PDF)))
        loaded(xml(notice(more=bad + PDF)))
        assert [fault["field"] for fault in row().faults] == ["liite.1"]
        save(paula, Change(row().pk, 0, {}, left_out={"liite.1"}))
        release(paula, [row().pk])
        assert picture() == expected

    def test_a_later_version_changes_the_matter_that_is_there(self, kuopio: Municipality, paula: User) -> None:
        loaded(xml(notice()))
        loaded(xml(notice(version=2, family="", urgent=True), code="ERA-2"))
        correct(row(), paula, henkilo__sukunimi="Demolainen")
        assert release(paula, [row().pk])[0].outcome == Outcome.RELEASED
        assert Notice.objects.values_list("version", "urgent").get() == (2, True)
        assert Matter.objects.count() == 1

    def test_it_arrived_when_its_batch_did_and_says_that_it_is_late(self, kuopio: Municipality, paula: User) -> None:
        received = NOW - datetime.timedelta(days=20)
        loaded(xml(notice(family="")), received_at=received)
        correct(row(), paula, henkilo__sukunimi="Demolainen")
        (done,) = release(paula, [row().pk])
        assert done.late
        assert Matter.objects.get().arrived == timezone.localdate(received)

    def test_the_same_version_from_kela_is_a_duplicate_afterwards(self, kuopio: Municipality, paula: User) -> None:
        batch = loaded(xml(notice(family="")))
        correct(row(), paula, henkilo__sukunimi="Demolainen")
        release(paula, [row().pk])
        again = loaded(xml(notice(family=""), code="ERA-2"))
        assert counts(again) == {"received": 1, "duplicate": 1, "flagged": 1}
        batch.refresh_from_db()
        assert counts(batch) == {"received": 1, "quarantined": 1}
        assert BatchShare.objects.get(batch=batch).quarantined == 1


class TestChecks:
    def test_all_errors_are_told_anew(self, kuopio: Municipality, paula: User) -> None:
        loaded(xml(notice(family="", code=WRONG, kunta="297", created="eilen")))
        saved = correct(row(), paula, henkilo__sukunimi="Demolainen", luotu="2019-12-01T08:00:00+02:00")
        assert {(f["field"], f["code"]) for f in saved.faults} == {(CODE, "identity_check"), ("luotu", "in_future")}
        assert release(paula, [saved.pk])[0].outcome == Outcome.FAULTY
        assert not Notice.objects.exists()

    def test_what_was_typed_can_be_taken_back(self, kuopio: Municipality, paula: User) -> None:
        loaded(xml(notice(family="")))
        saved = correct(row(), paula, henkilo__sukunimi="Demolainen")
        assert saved.faults == []
        assert correct(saved, paula, henkilo__sukunimi="").faults[0]["code"] == "missing"
        assert row().corrected is None

    def test_the_original_stays_and_both_are_encrypted(self, kuopio: Municipality, paula: User) -> None:
        loaded(xml(notice(code=WRONG)))
        before = bytes(row().original)
        saved = correct(row(), paula, henkilo__henkilotunnus=SEIJA)
        assert bytes(row().original) == before
        assert SEIJA.encode() not in bytes(saved.corrected or b"")

    def test_a_later_version_of_another_person_is_told_before_and_at_release(
        self, kuopio: Municipality, paula: User
    ) -> None:
        loaded(xml(notice()))
        loaded(xml(notice(version=2, code=TAUNO), code="ERA-2"))
        assert recheck(paula, [row().pk]) == []
        assert [fault["code"] for fault in row().faults] == ["identity_changed"]
        assert release(paula, [row().pk])[0].outcome == Outcome.FAULTY
        saved = correct(row(), paula, henkilo__henkilotunnus=SEIJA)
        assert saved.faults == []
        assert release(paula, [saved.pk])[0].outcome == Outcome.RELEASED
        assert Notice.objects.get().version == 2

    def test_checking_again_keeps_what_the_form_had(self, kuopio: Municipality, paula: User) -> None:
        loaded(xml(notice(note="Eka", family="", more="<lisatieto>Toka</lisatieto>")))
        QuarantineRow.objects.update(faults=[{"field": "lisatieto", "code": "repeated", "params": {}}])
        recheck(None, [row().pk])
        assert [fault["code"] for fault in row().faults] == ["repeated", "missing"]
        recheck(None, [row().pk])
        assert [fault["code"] for fault in row().faults] == ["repeated", "missing"]


class TestConflicts:
    def test_a_save_of_an_older_form_is_refused(self, kuopio: Municipality, paula: User) -> None:
        loaded(xml(notice(family="", code=WRONG)))
        old = row()
        correct(row(), paula, henkilo__sukunimi="Ensimmäinen")
        with pytest.raises(SettledError):
            correct(old, paula, henkilo__sukunimi="Toinen")

    def test_a_second_release_finds_it_settled(self, kuopio: Municipality, paula: User) -> None:
        loaded(xml(notice(family="")))
        saved = correct(row(), paula, henkilo__sukunimi="Demolainen")
        assert [release(paula, [saved.pk])[0].outcome for _ in range(2)] == [Outcome.RELEASED, Outcome.SETTLED]
        assert Notice.objects.count() == Matter.objects.count() == 1
        with pytest.raises(SettledError):
            correct(saved, paula, henkilo__sukunimi="Toinen")

    def test_a_number_that_is_stored_already_makes_no_second_notice(self, kuopio: Municipality, paula: User) -> None:
        loaded(xml(notice("K1"), notice(number="")))
        saved = correct(row(), paula, tunnus="K1")
        assert release(paula, [saved.pk])[0].outcome == Outcome.REPLACED
        saved.refresh_from_db()
        assert (saved.state, saved.settled_by) == ("replaced", paula)
        assert Notice.objects.count() == 1

    def test_a_released_row_closes_the_open_one_of_its_number(self, kuopio: Municipality, paula: User) -> None:
        loaded(xml(notice("K1", family=""), notice(number="", version=2)))
        nameless = row(number="")
        correct(nameless, paula, tunnus="K1")
        release(paula, [nameless.pk])
        assert QuarantineRow.objects.get(number="K1").state == "replaced"


class TestManyAndOthers:
    def test_a_typed_number_closes_no_row_of_another_municipality(self, kuopio: Municipality, paula: User) -> None:
        loaded(xml(notice("K1", family=""), notice("K7", kunta="837", code=TAUNO, family="")))
        it = row(municipality=kuopio)
        saved = correct(it, paula, tunnus="K7", henkilo__sukunimi="Demolainen")
        assert [one.outcome for one in release(paula, [saved.pk])] == [Outcome.RELEASED]
        with everything():
            assert row().municipality_id == 837

    @pytest.mark.parametrize("other", [{"kunta": "837"}, {"code": TAUNO}])
    def test_a_typed_number_that_is_somebody_elses_is_a_fault_and_loses_no_row(
        self, kuopio: Municipality, paula: User, other: dict[str, str]
    ) -> None:
        loaded(xml(notice("K7", 3, **other), notice("K1", family=""), code="A"))
        set_scope([297])
        saved = correct(row(), paula, tunnus="K7", henkilo__sukunimi="Demolainen")
        assert [fault["code"] for fault in saved.faults] == ["identity_changed"]
        assert [one.outcome for one in release(paula, [saved.pk])] == [Outcome.FAULTY]
        assert row().number == "K1"

    def test_many_of_several_batches_at_once(self, kuopio: Municipality, paula: User, query_count: QueryCount) -> None:
        def make(n: int, code: str) -> list[int]:
            loaded(xml(*(notice(f"{code}-{i}", family="") for i in range(n)), code=code))
            ids = list(QuarantineRow.objects.filter(state="open").values_list("pk", flat=True))
            for pk in ids:
                save(paula, Change(pk, 0, {NAME: "Demolainen"}))
            return ids

        release(paula, make(1, "A"))  # from now on the person is known
        few = make(2, "B")
        one = query_count(lambda: release(paula, few))
        many = make(40, "C")
        assert query_count(lambda: release(paula, many)) <= one + 1
        assert Notice.objects.count() == 43
        assert QuarantineAction.objects.filter(kind="released").count() == 43

    def test_a_row_of_another_municipality_is_out_of_reach(
        self, kuopio: Municipality, tampere: Municipality, paula: User
    ) -> None:
        loaded(xml(notice(kunta="837", family="")))
        with everything():
            other = row()
        set_scope([297])
        assert release(paula, [other.pk])[0].outcome == Outcome.SETTLED
        with pytest.raises(QuarantineRow.DoesNotExist):
            correct(other, paula, henkilo__sukunimi="Demolainen")

    def test_a_corrected_municipality_sends_the_row_there_by_way_of_the_installation_admin(
        self, kuopio: Municipality, tampere: Municipality, paula: User, iida: User
    ) -> None:
        batch = loaded(xml(notice(kunta="999")), municipality=kuopio)
        saved = correct(row(), paula, kunta="837")
        assert not QuarantineRow.objects.exists()
        assert release(paula, [saved.pk])[0].outcome == Outcome.SETTLED
        set_scope([837])
        assert not QuarantineRow.objects.exists(), "the installation admin passes it on"
        set_scope([0])
        place(iida, saved.pk, 1, tampere)
        set_scope([837])
        assert release(paula, [saved.pk])[0].outcome == Outcome.RELEASED
        assert BatchShare.objects.get(batch=batch, municipality=tampere).received == 0

    def test_the_admins_to_whom_a_row_was_sent_are_told_also_when_they_had_seen_the_batch(
        self, kuopio: Municipality, tampere: Municipality, paula: User
    ) -> None:
        Membership.objects.create(user=paula, municipality=tampere, role=Role.ADMIN, starts="2018-01-01")
        loaded(xml(notice(kunta="999"), notice("K2", kunta="998")), municipality=kuopio)
        first, second = QuarantineRow.objects.order_by("position")
        correct(first, paula, kunta="837")
        with everything():
            assert mark_seen(paula, standing(tampere)) == 1
        correct(second, paula, kunta="837")
        with everything():
            alert = standing(tampere).get()
        assert (alert.kind, alert.seen_by, alert.emailed_at) == ("quarantined", None, None)

    def test_what_was_done_is_told_without_values(self, kuopio: Municipality, paula: User) -> None:
        loaded(xml(notice(family="", code=LEMPI)))
        correct(row(), paula, henkilo__sukunimi="Demolainen")
        release(paula, [row().pk])
        told = list(QuarantineAction.objects.values_list("kind", "fields", "actor"))
        assert told == [("corrected", [NAME], paula.pk), ("released", [NAME], paula.pk)]
        event = Event.objects.get(kind="notice.released")
        assert (event.actor, event.data["fields"]) == (paula, [NAME])

    def test_a_discard_has_a_reason_and_stays_readable(self, kuopio: Municipality, paula: User) -> None:
        loaded(xml(notice(family="")))
        with pytest.raises(ValueError, match="reason"):
            discard(paula, row().pk, 0, " ")
        gone = discard(paula, row().pk, 0, "Kela lähettää uuden")
        assert (gone.state, gone.discard_reason, gone.settled_by) == ("discarded", "Kela lähettää uuden", paula)
        assert Batch.objects.get().quarantined == 1
