"""Letters: their words, who gets one, what sending means, and the file that is printed."""

import datetime
import io
from typing import Any

import pikepdf
import pytest

from accounts.models import User
from cases.contacts.verbs import record_contact
from cases.letters.choice import Without, candidates
from cases.letters.fields import faults, fill
from cases.letters.own_words import save_template, use_program_words, words_in_use
from cases.letters.printing import Page, print_letters, printable, unprintable
from cases.letters.values import letter_language
from cases.letters.verbs import delete_letters, letter_text, make_letter, make_letters, mark_sent, pdf_of
from cases.letters.words import WORDS
from cases.matters import life as matters
from cases.models import (
    Client,
    Contact,
    ContactDetail,
    Event,
    InformationRequest,
    Letter,
    LetterTemplate,
    Matter,
    MatterKind,
    MatterState,
)
from cases.models.contact import Channel, ContactOutcome
from cases.models.contact_detail import DetailKind, DetailSource
from cases.models.letter import LetterKind, LetterLanguage
from cases.models.matter import Outcome
from cases.timeline.sentences import sentence
from core.saving import ChangedMeanwhile, NotPossible
from municipalities.models import LocalSettings, Municipality
from testing.clock import NOW, TODAY
from testing.factories import make_client, make_matter

HOSTILE = '#eval("1") \\ "q" $x^2$ *b* _i_ `c` <a> @ref // /* */ #panic() = {name} 😀 مرحبا שלום ÄÖÅ äöå \u202e \x00'


def address(client: Client, source: str = DetailSource.KELA, **fields: Any) -> ContactDetail:
    values = {"value": "Mallikatu 4 B 12", "postal_code": "70100", "post_office": "Kuopio"} | fields
    return ContactDetail.objects.create(
        municipality=client.municipality,
        client=client,
        kind=DetailKind.ADDRESS,
        source=source,
        known_on=TODAY,
        **values,
    )


def sought(client: Client, by: User, times: int = 3, **fields: Any) -> Matter:
    """A matter in which the client was called in vain on the last days."""
    matter = make_matter(
        client,
        MatterKind.REDUCED_AMOUNT,
        arrived=datetime.date(2018, 11, 1),
        assignee=by,
        **{"state": "in_progress"} | fields,
    )
    for n in range(times):
        at = NOW - datetime.timedelta(days=n + 1)
        record_contact(by, client, matter=matter, channel=Channel.CALL, outcome=ContactOutcome.NO_ANSWER, at=at)
    matter.refresh_from_db()
    return matter


@pytest.fixture
def tauno(kuopio: Municipality) -> Client:
    client = make_client(kuopio, given_names="Tauno Olavi", family_name="Ylämalli")
    address(client)
    return client


@pytest.fixture
def letter(tauno: Client, aino: User, kuopio: Municipality) -> Letter:
    make_letters(aino, kuopio, [sought(tauno, aino)])
    return Letter.objects.get()


class TestWords:
    @pytest.mark.parametrize("kind", LetterKind.values)
    @pytest.mark.parametrize("language", LetterLanguage.values)
    def test_the_programs_own_words_are_whole_in_every_language(self, kind: str, language: str) -> None:
        words = WORDS[kind, language]
        assert faults(kind, words.body) == []
        assert unprintable(words.subject + words.body) == []
        assert "{where_to_turn}" in words.body

    def test_a_fault_names_the_field(self) -> None:
        assert "{telephone}" in " ".join(faults(LetterKind.NOT_REACHED, "{telephone} {where_to_turn}"))
        assert "{where_to_turn}" in " ".join(faults(LetterKind.NOT_REACHED, "Hei {name}"))
        assert faults(LetterKind.NOT_REACHED, "{where_to_turn} {") != []
        assert faults(LetterKind.NOT_REACHED, "{items} {where_to_turn}") != []

    def test_a_line_whose_field_is_empty_is_left_out(self) -> None:
        assert fill("Soita:\nPuhelin: {phone}\n\n{note}\n\nTerveisin {worker}", {"worker": "Aino"}) == (
            "Soita:\n\nTerveisin Aino"
        )

    def test_what_a_field_holds_is_not_filled_in_again(self) -> None:
        assert fill("{name}", {"name": "{worker}", "worker": "Aino"}) == "{worker}"

    @pytest.mark.parametrize(("asked", "written"), [("sv", "sv"), ("en", "en"), ("fi", "fi"), ("ar", "fi"), ("", "fi")])
    def test_the_clients_language_decides_and_else_that_of_the_majority(
        self, asked: str, written: str, kuopio: Municipality
    ) -> None:
        assert letter_language(Client(language=asked), kuopio) == written

    def test_one_letter_says_when_one_was_tried_and_by_whom(self, tauno: Client, aino: User) -> None:
        language, subject, body = letter_text(sought(tauno, aino), LetterKind.NOT_REACHED, aino, phone="017 000 000")
        assert (language, subject) == ("fi", "Yritimme tavoittaa sinua")
        for words in ("Hei Tauno Ylämalli", "10.11.2018, 11.11.2018 ja 12.11.2018", "Puhelin: 017 000 000", aino.name):
            assert words in body

    def test_a_request_for_information_is_itemised(self, tauno: Client, aino: User, kuopio: Municipality) -> None:
        matter = make_matter(tauno, arrived=datetime.date(2018, 11, 5))
        asked = InformationRequest.objects.create(
            municipality=kuopio,
            client=tauno,
            matter=matter,
            items=["tiliote", "vuokrasopimus"],
            limit=datetime.date(2018, 11, 23),
            by=aino,
        )
        _, _, body = letter_text(matter, LetterKind.INFORMATION_REQUEST, aino, request=asked)
        assert "– tiliote\n– vuokrasopimus" in body
        assert "viimeistään 23.11.2018" in body
        with pytest.raises(NotPossible):
            letter_text(matter, LetterKind.INFORMATION_REQUEST, aino)


class TestTemplates:
    def save(self, actor: User, municipality: Municipality, version: int = 0, body: str = "{where_to_turn}") -> Any:
        return save_template(
            actor, municipality, LetterKind.NOT_REACHED, "fi", subject="Hei", body=body, version=version
        )

    def test_a_municipality_writes_its_own_and_goes_back(self, paula: User, kuopio: Municipality) -> None:
        self.save(paula, kuopio)
        own = words_in_use(kuopio)[LetterKind.NOT_REACHED, "fi"]
        assert (own.subject, own.version) == ("Hei", 1)
        use_program_words(paula, kuopio, LetterKind.NOT_REACHED, "fi", version=1)
        assert words_in_use(kuopio)[LetterKind.NOT_REACHED, "fi"].version == 0

    def test_nothing_is_written_over(self, paula: User, kuopio: Municipality) -> None:
        self.save(paula, kuopio)
        with pytest.raises(ChangedMeanwhile):
            self.save(paula, kuopio, version=0)
        self.save(paula, kuopio, version=1)
        with pytest.raises(ChangedMeanwhile):
            use_program_words(paula, kuopio, LetterKind.NOT_REACHED, "fi", version=1)

    def test_faulty_words_are_refused_beside_the_text(self, paula: User, kuopio: Municipality) -> None:
        with pytest.raises(NotPossible) as refusal:
            self.save(paula, kuopio, body="Hei {nimi} {where_to_turn}")
        assert (refusal.value.field, "{nimi}" in str(refusal.value)) == ("body", True)
        with pytest.raises(NotPossible, match="😀"):
            self.save(paula, kuopio, body="😀 {where_to_turn}")
        assert not LetterTemplate.objects.exists()

    def test_letters_use_the_municipalitys_words(
        self, paula: User, aino: User, kuopio: Municipality, tauno: Client
    ) -> None:
        self.save(paula, kuopio, body="Moi {name}! {where_to_turn}")
        LocalSettings.objects.create(municipality=kuopio, letter_contact="Neuvonta 017 111")
        assert (
            letter_text(sought(tauno, aino), LetterKind.NOT_REACHED, aino)[2] == "Moi Tauno Ylämalli! Neuvonta 017 111"
        )


class TestChoice:
    def why(self, matter: Matter, kuopio: Municipality) -> Without | None:
        return candidates([Matter.objects.select_related("client").get(pk=matter.pk)], kuopio)[0].without

    def test_whoever_was_sought_often_enough_and_has_an_address_gets_one(
        self, tauno: Client, aino: User, kuopio: Municipality
    ) -> None:
        assert self.why(sought(tauno, aino), kuopio) is None

    def test_the_others_are_listed_with_the_reason(self, tauno: Client, aino: User, kuopio: Municipality) -> None:
        few = sought(tauno, aino, times=2)
        assert self.why(few, kuopio) == Without.TOO_FEW
        LocalSettings.objects.create(municipality=kuopio, attempts_before_letter=2)
        assert self.why(few, kuopio) is None
        record_contact(aino, tauno, matter=few, channel=Channel.CALL, outcome=ContactOutcome.REACHED, at=NOW)
        assert self.why(few, kuopio) == Without.REACHED

    def test_without_an_address_no_letter_is_made(self, aino: User, kuopio: Municipality) -> None:
        client = make_client(kuopio)
        matter = sought(client, aino)
        assert self.why(matter, kuopio) == Without.NO_ADDRESS
        address(client, postal_code="")
        assert self.why(matter, kuopio) == Without.NO_ADDRESS
        assert make_letters(aino, kuopio, [matter]) is None
        assert not Letter.objects.exists()

    def test_turvakielto_is_never_in_a_bulk(self, tauno: Client, aino: User, kuopio: Municipality) -> None:
        matter = sought(tauno, aino)
        Client.objects.filter(pk=tauno.pk).update(non_disclosure=True)
        found = candidates([Matter.objects.select_related("client").get(pk=matter.pk)], kuopio)[0]
        assert (found.without, found.address) == (Without.PROTECTED, None)

    def test_one_client_gets_one_letter(self, tauno: Client, aino: User, kuopio: Municipality) -> None:
        both = [sought(tauno, aino), sought(tauno, aino)]
        assert [one.without for one in candidates(both, kuopio)] == [None, Without.TWICE]

    def test_of_two_who_write_to_the_same_clients_at_once_one_does(
        self, tauno: Client, aino: User, kuopio: Municipality
    ) -> None:
        chosen_by_both = [sought(tauno, aino)]
        assert make_letters(aino, kuopio, chosen_by_both)
        assert make_letters(aino, kuopio, chosen_by_both) is None
        assert Letter.objects.count() == 1

    def test_a_second_letter_is_not_made_of_itself(self, letter: Letter, kuopio: Municipality) -> None:
        assert letter.matter
        assert self.why(letter.matter, kuopio) == Without.WRITTEN

    def test_what_was_entered_here_goes_before_kelas_address(
        self, tauno: Client, aino: User, kuopio: Municipality
    ) -> None:
        address(tauno, DetailSource.HERE, value="Uusikatu 1")
        make_letters(aino, kuopio, [sought(tauno, aino)])
        assert Letter.objects.get().street == "Uusikatu 1"

    def test_nothing_is_posted_to_an_address_that_was_left_or_put_aside(
        self, tauno: Client, aino: User, kuopio: Municipality
    ) -> None:
        matter = sought(tauno, aino)
        own = address(tauno, DetailSource.HERE, value="c/o Turvakoti", postal_code="")
        assert self.why(matter, kuopio) == Without.NO_ADDRESS
        own.delete()
        ContactDetail.objects.filter(client=tauno).update(dismissed=True)
        assert self.why(matter, kuopio) == Without.NO_ADDRESS

    def test_a_hundred_letters_take_as_many_queries_as_one(
        self, aino: User, kuopio: Municipality, query_count: Any
    ) -> None:
        found = []
        for _ in range(12):
            client = make_client(kuopio)
            address(client)
            found.append(sought(client, aino, times=3))
        rows = list(Matter.objects.select_related("client", "assignee").filter(pk__in=[m.pk for m in found]))
        make_letters(aino, kuopio, [])  # who may see what is asked once
        one = query_count(lambda: make_letters(aino, kuopio, rows[:1]))
        many = query_count(lambda: make_letters(aino, kuopio, rows[1:]))
        assert one == many


class TestSending:
    def test_a_sent_letter_is_a_contact_and_an_attempt(self, letter: Letter, aino: User) -> None:
        assert mark_sent(aino, [letter], TODAY) == 1
        letter.refresh_from_db()
        assert letter.contact
        assert (letter.contact.channel, letter.contact.outcome) == (Channel.LETTER, ContactOutcome.SENT)
        assert letter.matter
        letter.matter.refresh_from_db()
        assert letter.matter.attempts == 4
        matters.close(aino, letter.matter, Outcome.NOT_REACHED)
        assert letter.matter.state == MatterState.CLOSED

    def test_an_invitation_does_not_say_where_to_turn(self, letter: Letter, aino: User) -> None:
        Letter.objects.update(kind=LetterKind.APPOINTMENT)
        letter.refresh_from_db()
        mark_sent(aino, [letter], TODAY)
        assert letter.matter
        letter.matter.refresh_from_db()
        with pytest.raises(NotPossible) as refusal:
            matters.close(aino, letter.matter, Outcome.NOT_REACHED)
        assert refusal.value.field == "outcome"

    def test_it_is_sent_once(self, letter: Letter, aino: User) -> None:
        mark_sent(aino, [letter], TODAY)
        assert mark_sent(aino, [letter], TODAY) == 0
        assert Contact.objects.filter(channel=Channel.LETTER).count() == 1

    @pytest.mark.parametrize("days", [1, -1])
    def test_the_day_is_not_in_the_future_nor_before_the_letter(self, days: int, letter: Letter, aino: User) -> None:
        with pytest.raises(NotPossible) as refusal:
            mark_sent(aino, [letter], TODAY + datetime.timedelta(days=days))
        assert refusal.value.field == "day"
        assert not Contact.objects.filter(channel=Channel.LETTER).exists()

    def test_an_unsent_letter_is_deleted_and_a_sent_one_stays(self, letter: Letter, aino: User) -> None:
        mark_sent(aino, [letter], TODAY)
        assert delete_letters(aino, [letter]) == 0
        Letter.objects.update(sent_on=None, sent_by=None, contact=None)
        assert delete_letters(aino, [letter]) == 1
        told = [sentence(event) for event in Event.objects.filter(kind__startswith="letter.").order_by("pk")]
        assert len(told) == 2
        assert all(aino.name in words for words in told)

    def test_a_letter_of_ones_own_words_needs_an_address_and_printable_words(
        self, tauno: Client, aino: User, kuopio: Municipality
    ) -> None:
        matter = sought(tauno, aino)
        with pytest.raises(NotPossible, match="😀"):
            make_letter(aino, matter, LetterKind.NOT_REACHED, language="fi", subject="Hei", body="Moi 😀")
        ContactDetail.objects.all().delete()
        with pytest.raises(NotPossible):
            make_letter(aino, matter, LetterKind.NOT_REACHED, language="fi", subject="Hei", body="Moi")


class TestFile:
    def page(self, **fields: Any) -> Page:
        values: dict[str, Any] = {
            "language": "fi",
            "day": TODAY,
            "sender": ["Kuopion kaupunki"],
            "recipient": ["Tauno Ylämalli", "Mallikatu 4", "70100 KUOPIO"],
            "subject": "Yritimme tavoittaa sinua",
            "body": "Hei\n\nÄäkköset: ä ö å",
        }
        return Page(**values | fields)

    def opened(self, data: bytes) -> pikepdf.Pdf:
        return pikepdf.open(io.BytesIO(data))

    def test_the_file_is_tagged_and_tells_its_language(self) -> None:
        pdf = self.opened(print_letters([self.page(language="sv")]))
        assert pdf.Root.MarkInfo.Marked
        assert "/StructTreeRoot" in pdf.Root
        assert str(pdf.Root.Lang) == "sv"
        with pdf.open_metadata() as metadata:
            assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
            assert metadata["dc:title"] == "Brev"

    def test_nothing_of_the_client_stands_around_the_pages(self, letter: Letter, kuopio: Municipality) -> None:
        pdf = self.opened(pdf_of([letter], kuopio))
        around = str(pdf.docinfo) + pdf.Root.Metadata.read_bytes().decode() + str(pdf.Root.get("/Outlines", ""))
        assert "Ylämalli" not in around
        assert "Mallikatu" not in around
        assert "Yritimme" not in around

    def test_every_letter_begins_a_page(self) -> None:
        assert len(self.opened(print_letters([self.page()] * 3)).pages) == 3

    def test_what_people_wrote_is_never_read_as_markup(self) -> None:
        hostile = self.page(
            subject=HOSTILE,
            body=f"{HOSTILE}\n\n{'x' * 10_000}\n\n{HOSTILE}",
            recipient=[HOSTILE],
            sender=[HOSTILE] * 20,
        )
        pdf = self.opened(print_letters([hostile]))
        assert len(pdf.pages) > 2
        assert printable('#eval("1") \\ *b*') == '#eval("1") \\ *b*'

    def test_what_no_font_has_becomes_a_question_mark(self) -> None:
        assert printable("Hei 😀 ä\u0308 \x07!") == "Hei ? ä\u0308 !"
        assert unprintable("Hei 😀😀 漢") == ["😀", "漢"]

    def test_a_word_of_any_length_stays_on_the_paper(self) -> None:
        assert max(map(len, printable("x" * 500).split("\u200b"))) == 40
