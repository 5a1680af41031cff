"""What a batch leaves behind: notices, people, matters, quarantine and counts."""

import datetime

import pytest

from cases.models import Client, ContactDetail, Deadline, Event, Matter
from cases.models.access_log import AccessLog
from cases.models.contact_detail import DetailKind, DetailSource
from cases.models.matter import MatterState, Outcome
from cases.timeline.sentences import sentence
from core.row_security import set_scope
from etotu.loading.originals import unseal
from etotu.loading.rows import attachment_context
from etotu.models import Attachment, Batch, BatchShare, Notice, QuarantineRow
from etotu.tests.making import LEMPI, RECEIVED, SEIJA, TAUNO, counts, loaded, notice, xml
from municipalities.models import Municipality
from testing.clock import NOW

pytestmark = pytest.mark.django_db
LATER = RECEIVED + datetime.timedelta(days=5)


@pytest.fixture(autouse=True)
def _whole_scope(db: None) -> None:
    set_scope(range(1000))


def states(number: str = "K1") -> list[str]:
    return list(QuarantineRow.objects.filter(number=number).order_by("pk").values_list("state", flat=True))


class TestFirstArrival:
    def test_a_notice_opens_a_matter_for_a_new_client_with_its_deadline(self) -> None:
        batch = loaded(xml(notice(phone="+358401234567")))
        found = Notice.objects.get()
        matter = found.matter
        assert counts(batch) == {"received": 1, "accepted": 1}
        assert (matter.kind, matter.source, matter.arrived, matter.state) == (
            "application",
            "kela",
            batch.arrived,
            "new",
        )
        assert matter.due == datetime.date(2018, 10, 23)
        assert matter.deadlines.get().due == matter.due
        assert matter.client.identity_code() == SEIJA
        assert matter.client.name_tokens.filter(token="demolainen").exists()
        assert (found.batch, found.first_batch, found.received_at) == (batch, batch, RECEIVED)
        assert not Event.objects.exists(), "the matter itself tells of the arrival"

    def test_a_row_of_the_last_day_there_is_does_not_stop_the_others(self) -> None:
        block = '<sosiaalityonTarve toivooKeskustelua="true" keskustelupyyntoPvm="9999-12-31"/>'
        batch = loaded(xml(notice("K1", kind="SOSIAALITYON_TARVE", block=block), notice("K2")))
        assert counts(batch) == {"received": 2, "accepted": 1, "quarantined": 1}

    def test_two_notices_of_one_person_share_the_client(self) -> None:
        loaded(xml(notice("K1"), notice("K2", kind="SOSIAALITYON_TARVE")))
        assert Client.objects.count() == 1
        assert Matter.objects.filter(client=Client.objects.get()).count() == 2

    def test_the_separator_tells_two_people_apart(self) -> None:
        loaded(xml(notice("K1", code="100190-999P"), notice("K2", code="100190Y999P")))
        assert Client.objects.count() == 2

    def test_a_wish_for_a_discussion_has_its_own_deadline(self) -> None:
        block = '<sosiaalityonTarve syy="ASUMINEN" toivooKeskustelua="true" keskustelupyyntoPvm="2018-10-05"/>'
        loaded(xml(notice(kind="SOSIAALITYON_TARVE", block=block)))
        found = dict(Deadline.objects.values_list("duty", "counted_from"))
        assert found == {"assess": datetime.date(2018, 10, 12), "discuss": datetime.date(2018, 10, 5)}

    @pytest.mark.parametrize("files", [1, 2])
    def test_a_wish_that_lost_its_day_counts_from_the_first_day_that_was_known(self, files: int) -> None:
        wish = '<sosiaalityonTarve syy="ASUMINEN" toivooKeskustelua="true"/>'
        dated = wish.replace("/>", ' keskustelupyyntoPvm="2018-10-05"/>')
        first = notice(kind="SOSIAALITYON_TARVE", block=dated, created="2018-10-06T08:00:00+03:00")
        second = notice(version=2, kind="SOSIAALITYON_TARVE", block=wish)
        for number, file in enumerate([[first, second]] if files == 1 else [[first], [second]]):
            loaded(xml(*file, code=f"ERA-{number}"))
        assert Deadline.objects.get(duty="discuss").counted_from == datetime.date(2018, 10, 5)

    def test_attachments_are_kept_encrypted(self) -> None:
        batch = loaded(xml(notice(more='<liite nimi="lasku.txt" mime="text/plain">TGFza3U=</liite>')))
        file = Attachment.objects.get()
        assert (file.name, file.mime, file.size, file.version) == ("lasku.txt", "text/plain", 5, 1)
        assert b"Lasku" not in bytes(file.data)
        from core.encryption import decrypt

        assert decrypt(file.data, attachment_context(batch.sender, "K1", 1, 1)) == b"Lasku"

    def test_an_unknown_code_is_stored_flagged_and_does_not_stop_the_notice(self) -> None:
        batch = loaded(
            xml(notice(kind="ALENNETTU_PERUSOSA", block='<perusosa alennusProsentti="30" alkaa="2018-10-01"/>'))
        )
        assert counts(batch) == {"received": 1, "accepted": 1, "flagged": 1}
        assert Notice.objects.get().flags == [{"field": "perusosa.alennusProsentti", "code": "unknown_percentage"}]


class TestVersions:
    def test_one_that_leaves_a_matter_without_any_date_brings_it_back_on_its_day(self, kuopio: Municipality) -> None:
        wish = '<sosiaalityonTarve syy="ASUMINEN" toivooKeskustelua="{}" keskustelupyyntoPvm="2018-10-11"/>'
        loaded(xml(notice(kind="SOSIAALITYON_TARVE", block=wish.format("true"))))
        Deadline.objects.filter(duty="assess").update(met_on=datetime.date(2018, 10, 12))
        without = wish.format("false").replace(' keskustelupyyntoPvm="2018-10-11"', "")
        batch = loaded(xml(notice(version=2, kind="SOSIAALITYON_TARVE", block=without), code="ERA-2"))
        matter = Matter.objects.get()
        assert list(matter.deadlines.values_list("duty", flat=True)) == ["assess"]
        assert (matter.due, matter.remind_on, matter.next_on) == (None, batch.arrived, batch.arrived)

    def test_the_same_version_again_is_a_duplicate(self) -> None:
        loaded(xml(notice()))
        assert counts(loaded(xml(notice(), notice("K2")))) == {"received": 2, "accepted": 1, "duplicate": 1}
        assert Notice.objects.get(number="K1").flags == []

    def test_a_duplicate_with_another_content_is_flagged(self) -> None:
        loaded(xml(notice()))
        batch = loaded(xml(notice(note="Toinen teksti.")))
        assert counts(batch) == {"received": 1, "duplicate": 1, "flagged": 1}
        assert Notice.objects.get().flags == [{"field": "", "code": "differs"}]
        assert Notice.objects.get().content["note"] == ""

    def test_a_higher_version_replaces_the_content_and_keeps_the_old_readable(self) -> None:
        first = loaded(xml(notice(note="Ensin.")))
        second = loaded(xml(notice(version=2, note="Sitten.")), received_at=LATER)
        found = Notice.objects.get()
        assert counts(second) == {"received": 1, "updated": 1}
        assert (found.content["note"], found.batch, found.first_batch) == ("Sitten.", second, first)
        (old,) = found.history.all()  # type: ignore[attr-defined]
        assert (old.content["note"], old.batch_id) == ("Ensin.", first.pk)

    def test_each_version_of_one_file_leaves_its_content(self) -> None:
        loaded(
            xml(notice(note="1"), notice(version=3, note="3"), notice(version=2, note="2"), notice(version=4, note="4"))
        )
        found = Notice.objects.get()
        assert (found.version, found.content["note"]) == (4, "4")
        assert [old.content["note"] for old in found.history.order_by("pgh_id")] == ["1", "3"]  # type: ignore[attr-defined]

    def test_an_older_version_is_stale_whatever_else_is_wrong_with_it(self) -> None:
        loaded(xml(notice(version=2)))
        assert counts(loaded(xml(notice(version=1, code="wrong")))) == {"received": 1, "stale": 1}

    def test_the_deadline_of_a_new_version_runs_from_the_first_arrival(self) -> None:
        loaded(xml(notice()))
        loaded(xml(notice(version=2, kind="ALENNETTU_PERUSOSA")), received_at=LATER)
        deadline = Deadline.objects.get()
        assert (deadline.duty, deadline.counted_from) == ("plan", datetime.date(2018, 10, 12))
        assert Matter.objects.get().due == deadline.due

    def test_becoming_urgent_starts_the_urgent_clock_from_its_own_arrival(self) -> None:
        loaded(xml(notice()))
        loaded(xml(notice(version=2, urgent=True)), received_at=LATER)
        loaded(xml(notice(version=3, urgent=True)), received_at=LATER + datetime.timedelta(days=1))
        found = dict(Deadline.objects.values_list("duty", "counted_from"))
        assert found == {"decide": datetime.date(2018, 10, 12), "decide_urgent": datetime.date(2018, 10, 17)}
        assert Matter.objects.get().due == datetime.date(2018, 10, 18)

    def test_another_person_or_municipality_is_quarantined(self) -> None:
        loaded(xml(notice()))
        batch = loaded(xml(notice(version=2, code=TAUNO), notice(version=3, kunta="837")))
        assert counts(batch) == {"received": 2, "quarantined": 2}
        found = QuarantineRow.objects.order_by("position").values_list("faults", flat=True)
        assert [(f[0]["code"], f[0]["field"]) for f in found] == [
            ("identity_changed", "henkilo.henkilotunnus"),
            ("identity_changed", "kunta"),
        ]

    def test_a_closed_matter_stays_closed_and_is_marked(self) -> None:
        loaded(xml(notice()))
        Matter.objects.update(state=MatterState.CLOSED, outcome=Outcome.SUPPORT_GRANTED, closed_at=NOW, due=None)
        loaded(xml(notice(version=2, urgent=True)), received_at=LATER)
        matter = Matter.objects.get()
        assert (matter.state, matter.changed_after_closing, matter.due) == ("closed", True, None)
        assert Notice.objects.get().urgent
        assert Event.objects.order_by("pk").last().kind == "notice.changed_after_closing"  # type: ignore[union-attr]


class TestQuarantine:
    def test_all_errors_of_a_row_are_kept_and_the_rest_goes_in(self) -> None:
        batch = loaded(xml(notice("K1", code="100190-999R", family=""), notice("K2")))
        assert counts(batch) == {"received": 2, "accepted": 1, "quarantined": 1}
        row = QuarantineRow.objects.get()
        assert [f["code"] for f in row.faults] == ["missing", "identity_check"]
        original = unseal(row.original, batch.pk, row.position)
        assert original.values["henkilo"]["henkilotunnus"] == "100190-999R"

    def test_the_same_faulty_row_again_makes_no_second_open_one(self) -> None:
        loaded(xml(notice(family="")))
        assert counts(loaded(xml(notice(family=""), notice("K2")))) == {"received": 2, "accepted": 1, "quarantined": 1}
        assert states() == ["open", "repeated"]

    def test_a_row_without_number_is_known_by_its_content(self) -> None:
        loaded(xml(notice(number=None)))  # type: ignore[arg-type]
        loaded(xml(notice(number=None), notice(number=None, note="toinen")))  # type: ignore[arg-type]
        assert states("") == ["open", "repeated", "open"]

    def test_a_good_row_of_equal_or_higher_version_closes_the_open_one(self) -> None:
        loaded(xml(notice("K1", version=2, family=""), notice("K2", version=3, family="")))
        loaded(xml(notice("K1", version=2), notice("K2", version=2)))
        assert (states("K1"), states("K2")) == (["replaced"], ["open"])

    def test_a_later_faulty_version_takes_the_place_of_the_open_one(self) -> None:
        loaded(xml(notice(version=2, family=""), notice(version=3, family=""), notice(version=1, family="")))
        assert states() == ["replaced", "open", "replaced"]

    def test_a_row_that_is_corrected_within_the_file_is_not_left_open(self) -> None:
        batch = loaded(xml(notice(family=""), notice(), notice(family="", version=2)))
        assert counts(batch) == {"received": 3, "accepted": 1, "quarantined": 2}
        assert states() == ["replaced", "open"]


class TestPeople:
    def test_kelas_details_never_overwrite_what_was_entered_here(self) -> None:
        loaded(xml(notice(phone="+358401111111")))
        client = Client.objects.get()
        ContactDetail.objects.create(
            municipality=client.municipality, client=client, kind=DetailKind.PHONE, source=DetailSource.HERE,
            value="+358409999999", known_on="2018-10-12",
        )  # fmt: skip
        loaded(xml(notice("K2", phone="+358402222222", created="2018-10-12T08:00:00+03:00")))
        assert dict(ContactDetail.objects.values_list("source", "value")) == {
            "kela": "+358402222222",
            "here": "+358409999999",
        }

    def test_older_knowledge_that_arrives_later_changes_nothing(self) -> None:
        loaded(xml(notice("K1", phone="+358401111111", created="2018-10-11T08:00:00+03:00")))
        loaded(xml(notice("K2", phone="+358402222222", created="2018-10-01T08:00:00+03:00")))
        assert ContactDetail.objects.get().value == "+358401111111"

    def test_what_is_known_already_is_not_written_again(self) -> None:
        loaded(xml(notice("K1", phone="+358401111111", created="2018-10-11T08:00:00+03:00")))
        [before] = ContactDetail.objects.values()
        loaded(xml(notice("K2", phone="+358401111111", created="2018-10-11T09:00:00+03:00")))
        assert list(ContactDetail.objects.values()) == [before]
        loaded(xml(notice("K3", phone="+358401111111", created="2018-10-12T08:00:00+03:00")))
        assert str(ContactDetail.objects.get().known_on) == "2018-10-12"

    def test_another_value_of_the_same_day_takes_the_place_of_the_first(self) -> None:
        loaded(xml(notice("K1", phone="+358401111111")))
        loaded(xml(notice("K2", phone="+358402222222")))
        assert ContactDetail.objects.get().value == "+358402222222"

    def test_turvakielto_once_set_stays(self) -> None:
        loaded(xml(notice("K1")))
        loaded(xml(notice("K2", non_disclosure="true")))
        loaded(xml(notice("K3", non_disclosure="false")))
        assert Client.objects.get().non_disclosure

    def test_names_of_a_known_client_are_left_as_they_are(self) -> None:
        loaded(xml(notice("K1", family="Demolainen")))
        loaded(xml(notice("K2", family="Testaaja")))
        assert Client.objects.get().family_name == "Demolainen"


class TestWholeFile:
    def test_a_rejected_file_applies_nothing_and_says_where(self) -> None:
        data = xml(notice("K1"), notice("K2"))
        batch = loaded(data[: data.index(b"</etotuEra>") - 30])
        assert (batch.status, batch.batch_code, counts(batch)) == ("rejected", "ERA-1", {})
        assert batch.fault is not None
        assert batch.fault["code"] == "not_well_formed"
        assert batch.fault["line"] >= 3
        assert not Notice.objects.exists()

    def test_a_rejected_file_may_be_run_again(self) -> None:
        for _ in range(2):
            assert loaded(b"<a/>").status == "rejected"

    def test_no_bytes_are_a_rejected_file(self) -> None:
        assert loaded(b"").fault == {"code": "empty", "line": 0, "column": 0, "params": {}}

    def test_a_repeat_names_the_first_and_counts_nothing(self) -> None:
        first = loaded(xml(notice()))
        again = loaded(xml(notice()))
        assert (again.status, again.repeat_of, counts(again)) == ("repeat", first, {})

    def test_another_count_than_declared_is_incomplete(self) -> None:
        batch = loaded(xml(notice(), declared=3))
        assert (batch.status, batch.incomplete, counts(batch)) == ("loaded", True, {"received": 1, "accepted": 1})

    def test_no_notices_are_a_good_batch_of_zero(self) -> None:
        batch = loaded(xml())
        assert (batch.status, batch.incomplete, counts(batch)) == ("loaded", False, {})

    def test_the_bytes_are_stored_encrypted_and_come_back(self) -> None:
        from etotu.loading.pieces import PIECE, stored_pieces
        from etotu.models import BatchPiece
        from etotu.tests.making import stored

        data = xml(notice()) + b" " * PIECE
        batch = stored(data)
        assert b"".join(stored_pieces(batch.pk)) == data
        assert batch.size == len(data)
        assert BatchPiece.objects.filter(batch=batch).count() == 2
        assert b"Demolainen" not in bytes(BatchPiece.objects.get(batch=batch, number=0).data)


class TestShares:
    def shares(self, batch: Batch) -> dict[int, dict[str, int]]:
        return {share.municipality_id: counts(share) for share in BatchShare.objects.filter(batch=batch)}  # type: ignore[arg-type]

    def test_each_municipality_has_the_counts_of_its_own_rows(self) -> None:
        batch = loaded(xml(notice("K1"), notice("K2", kunta="837", code=TAUNO), notice("K3", kunta="837", family="")))
        assert self.shares(batch) == {
            297: {"received": 1, "accepted": 1},
            837: {"received": 2, "accepted": 1, "quarantined": 1},
        }

    def test_the_uploader_sees_the_batch_without_rows_of_its_own(self) -> None:
        batch = loaded(xml(notice(kunta="837")), municipality=Municipality.objects.get(pk=297))
        assert self.shares(batch) == {297: {}, 837: {"received": 1, "accepted": 1}}

    def test_a_row_without_usable_municipality_goes_to_the_uploader(self) -> None:
        batch = loaded(xml(notice(kunta="998")), municipality=Municipality.objects.get(pk=297))
        assert self.shares(batch) == {297: {"received": 1, "quarantined": 1}}

    def test_from_the_folder_it_is_unplaced(self) -> None:
        batch = loaded(xml(notice(kunta="998", code=LEMPI)), via="folder")
        assert self.shares(batch) == {}
        assert counts(batch) == {"received": 1, "quarantined": 1}
        assert QuarantineRow.objects.get().municipality is None


def test_loading_looks_at_nobody(db: None) -> None:
    """Ingestion is no look at a client: the access log stays empty."""
    loaded(xml(notice()))
    assert not AccessLog.objects.exists()


@pytest.mark.at("2018-10-12 23:00")
def test_arrival_is_the_helsinki_day() -> None:
    batch = loaded(xml(notice()), received_at=datetime.datetime(2018, 10, 12, 21, 30, tzinfo=datetime.UTC))
    assert batch.arrived == datetime.date(2018, 10, 13)


def test_the_timeline_tells_what_changed() -> None:
    loaded(xml(notice()))
    loaded(xml(notice(version=2)), received_at=LATER)
    told = [sentence(event) for event in Event.objects.order_by("pk")]
    assert told == ["Kela lähetti ilmoituksesta uuden version: Hakemus, versio 2."]
