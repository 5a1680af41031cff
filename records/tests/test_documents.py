"""The life of a document."""

import datetime
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from accounts.models import User
from cases.models import Client, Event
from cases.timeline.sentences import sentence
from core.saving import ChangedMeanwhile, NotPossible
from records.documents.verbs import (
    Text,
    Unfinished,
    begin,
    cancel,
    correct,
    finish,
    is_whole,
    save_text,
    take_over,
    throw_away,
)
from records.models import Document, OpenVersion, Version
from records.models.document import VersionText
from testing.factories import make_client, make_matter

NOTE = "19013"  # another entry than those that have a structure of their own


@pytest.fixture
def veera(kuopio: Any, southern: Any, aino: User) -> Client:
    client = make_client(kuopio, given_names="Veera", family_name="Mallinen")
    make_matter(client, assignee=aino, unit=southern)
    return client


@pytest.fixture
def draft(aino: User, veera: Client) -> Document:
    return begin(aino, veera, NOTE)


def write(actor: User, document: Document, **content: Any) -> OpenVersion:
    return save_text(actor, document, text(**content), document.open_version.saves)


def text(**content: Any) -> Text:
    event = {"kuvaus": content.pop("kuvaus", "")}
    return Text({"asiakaskertomusmerkinta": {"tapahtuma": event, **content}}, {})


def words_of(version: VersionText | None) -> Any:
    return version.content["asiakaskertomusmerkinta"]["tapahtuma"]["kuvaus"] if version else None


@pytest.fixture
def finished(aino: User, draft: Document) -> Document:
    written = write(aino, draft, palvelutehtava="16", kuvaus="Rahat riittivät kuun loppuun.")
    finish(aino, draft, written.saves)
    return draft


class TestADraft:
    def test_is_written_in_the_structure_of_the_day(self, draft: Document) -> None:
        assert draft.open_version.structure == "1.2.246.537.6.1506.19013.2022.1.10"

    def test_keeps_what_is_written(self, aino: User, draft: Document) -> None:
        write(aino, draft, kuvaus="  Rahat riittivät.  ", palvelutehtava="")
        assert words_of(OpenVersion.objects.get()) == "Rahat riittivät."

    def test_is_not_written_over_from_an_older_page(self, aino: User, draft: Document) -> None:
        older = draft.open_version.saves
        write(aino, draft, kuvaus="Uudempi")
        with pytest.raises(ChangedMeanwhile) as refusal:
            save_text(aino, draft, text(kuvaus="Vanhempi"), older)
        assert words_of(refusal.value.current) == "Uudempi"
        assert words_of(OpenVersion.objects.get()) == "Uudempi"

    def test_the_same_text_sent_again_is_saved_already(self, aino: User, draft: Document) -> None:
        before = draft.open_version.saves
        write(aino, draft, kuvaus="Sama")
        assert save_text(aino, draft, text(kuvaus="Sama"), before).saves == before + 1

    def test_is_not_written_by_a_colleague(self, leo: User, draft: Document) -> None:
        with pytest.raises(NotPossible, match="Aino Demolainen"):
            write(leo, draft, kuvaus="Toisen teksti")

    def test_is_taken_over_by_the_supervisor(self, sirkka: User, draft: Document) -> None:
        take_over(sirkka, draft)
        write(sirkka, draft, kuvaus="Jatkettu")
        assert OpenVersion.objects.get().started_by == sirkka

    def test_is_not_taken_over_by_any_colleague(self, leo: User, draft: Document) -> None:
        with pytest.raises(NotPossible):
            take_over(leo, draft)

    def test_thrown_away_is_gone_with_its_document(self, aino: User, draft: Document) -> None:
        throw_away(aino, draft)
        assert not Document.objects.exists()
        assert Event.objects.filter(kind="document.thrown_away").exists()

    def test_with_a_field_that_does_not_exist_is_refused(self, aino: User, draft: Document) -> None:
        with pytest.raises(NotPossible):
            write(aino, draft, keksitty="x")
        assert OpenVersion.objects.get().content == {}


class TestFinishing:
    def test_locks_the_text_with_author_and_time(self, aino: User, finished: Document) -> None:
        version = finished.versions.get()
        assert (version.number, version.author, version.author_title) == (1, aino, "sosiaalityöntekijä")
        assert finished.latest == 1
        assert is_whole(version)
        assert not OpenVersion.objects.exists()

    def test_without_what_the_structure_asks_for_names_the_gaps(self, aino: User, draft: Document) -> None:
        written = write(aino, draft, kuvaus="Rahat riittivät.")
        with pytest.raises(Unfinished) as refusal:
            finish(aino, draft, written.saves)
        assert [gap.name for gap in refusal.value.gaps] == ["asiakaskertomusmerkinta.palvelutehtava"]
        assert words_of(OpenVersion.objects.get()) == "Rahat riittivät."

    def test_from_an_older_page_is_refused(self, aino: User, draft: Document) -> None:
        write(aino, draft, palvelutehtava="16", kuvaus="Rahat riittivät.")
        with pytest.raises(ChangedMeanwhile):
            finish(aino, draft, 0)

    def test_cannot_be_done_twice(self, aino: User, finished: Document) -> None:
        with pytest.raises(NotPossible):
            finish(aino, finished, 1)


class TestAFinishedVersion:
    @pytest.mark.parametrize("change", [{"content": {}}, {"author_name": "Joku Muu"}, {"reason": "x"}])
    def test_is_not_changed_by_the_application(self, finished: Document, change: dict[str, Any]) -> None:
        with pytest.raises(DatabaseError), transaction.atomic():
            Version.objects.update(**change)

    def test_is_not_deleted(self, finished: Document) -> None:
        with pytest.raises(DatabaseError), transaction.atomic():
            Version.objects.all().delete()

    def test_that_was_changed_does_not_match_its_digest(self, finished: Document) -> None:
        version = finished.versions.get()
        version.content["asiakaskertomusmerkinta"]["tapahtuma"]["kuvaus"] = "Rahat eivät riittäneet."
        assert not is_whole(version)


class TestACorrection:
    def test_is_a_new_version_with_a_reason_and_the_old_stays(self, aino: User, finished: Document) -> None:
        correct(aino, finished)
        written = write(aino, finished, palvelutehtava="16", kuvaus="Rahat eivät riittäneet.")
        finish(aino, finished, written.saves, reason="Kuukausi oli väärä.")
        versions = finished.versions.order_by("number")
        assert [(version.number, version.reason, words_of(version)) for version in versions] == [
            (1, "", "Rahat riittivät kuun loppuun."),
            (2, "Kuukausi oli väärä.", "Rahat eivät riittäneet."),
        ]

    def test_without_a_reason_is_refused_beside_it(self, aino: User, finished: Document) -> None:
        open_version = correct(aino, finished)
        with pytest.raises(NotPossible) as refusal:
            finish(aino, finished, open_version.saves, reason="  ")
        assert refusal.value.field == "reason"

    def test_is_one_at_a_time(self, aino: User, sirkka: User, finished: Document) -> None:
        correct(aino, finished)
        with pytest.raises(NotPossible, match="Aino Demolainen"):
            correct(sirkka, finished)
        with pytest.raises(IntegrityError), transaction.atomic():
            OpenVersion.objects.create(
                municipality_id=finished.municipality_id, document=finished, structure="x", started_by=sirkka
            )

    def test_thrown_away_leaves_the_finished_one(self, aino: User, finished: Document) -> None:
        correct(aino, finished)
        throw_away(aino, finished)
        assert Document.objects.get().latest == 1
        assert finished.versions.count() == 1


class TestCancelling:
    def test_keeps_the_text_with_the_reason(self, aino: User, finished: Document) -> None:
        cancel(aino, finished, "Väärä asiakas.")
        assert (finished.cancel_reason, finished.cancelled_by) == ("Väärä asiakas.", aino)
        assert finished.versions.count() == 1

    def test_needs_a_reason(self, aino: User, finished: Document) -> None:
        with pytest.raises(NotPossible):
            cancel(aino, finished, " ")

    def test_is_the_end(self, aino: User, finished: Document) -> None:
        cancel(aino, finished, "Väärä asiakas.")
        with pytest.raises(NotPossible):
            correct(aino, finished)


class TestWhoSees:
    def test_a_colleague_without_relation_none(self, eetu: User, kuopio: Any, finished: Document) -> None:
        assert not Document.objects.visible_to(eetu, kuopio).exists()
        assert not Version.objects.visible_to(eetu, kuopio).exists()

    def test_who_works_with_the_client_all(self, aino: User, kuopio: Any, finished: Document) -> None:
        assert Document.objects.visible_to(aino, kuopio).exists()
        assert Version.objects.visible_to(aino, kuopio).exists()


def test_the_timeline_tells_of_it(aino: User, finished: Document) -> None:
    texts = [sentence(event) for event in Event.objects.filter(kind__startswith="document.").order_by("pk")]
    assert texts == [
        "Aino Demolainen aloitti asiakirjan ”Muu asiakaskertomusmerkintä”.",
        "Aino Demolainen teki valmiiksi asiakirjan ”Muu asiakaskertomusmerkintä”.",
    ]


def test_a_note_knows_when_it_happened(aino: User, veera: Client) -> None:
    at = datetime.datetime(2018, 11, 12, 10, tzinfo=datetime.UTC)
    assert begin(aino, veera, "19005", happened_at=at).happened_at == at
