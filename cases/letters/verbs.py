"""Letters: made with their finished words and address, printed, marked as sent, which is the contact."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.clients.addresses import postal_addresses
from cases.contacts.verbs import record_contact
from cases.letters.choice import candidates
from cases.letters.fields import fill
from cases.letters.own_words import check_printable, words_in_use
from cases.letters.printing import Page, print_letters
from cases.letters.rules import can_be_deleted, can_be_posted, require
from cases.letters.values import (
    appointment_fields,
    common_fields,
    letter_language,
    not_reached_fields,
    request_fields,
)
from cases.matters import rules
from cases.matters.file import MatterFile
from cases.models import Appointment, Contact, ContactDetail, Event, InformationRequest, Letter, Matter
from cases.models.contact import Channel, ContactOutcome
from cases.models.letter import LetterKind
from cases.timeline.events import record_event
from core.saving import NotPossible
from municipalities.models import LocalSettings, Municipality

LONGEST = 20_000
NOON = datetime.time(12)


def letter_text(
    matter: Matter,
    kind: str,
    maker: User,
    *,
    phone: str = "",
    request: InformationRequest | None = None,
    appointment: Appointment | None = None,
) -> tuple[str, str, str]:
    """(language, subject, body) of one letter as the words in use make it; nothing is stored."""
    municipality = matter.municipality
    language = letter_language(matter.client, municipality)
    words = words_in_use(municipality)[kind, language]
    attempts = list(matter.contacts.all()) if kind == LetterKind.NOT_REACHED else []
    own = own_fields(matter, kind, language, attempts, request, appointment)
    worker = appointment.worker if appointment else matter.assignee or maker
    common = common_fields(
        matter.client,
        municipality,
        LocalSettings.objects.of(municipality),
        language=language,
        worker=worker.name,
        phone=phone,
    )
    return language, words.subject, fill(words.body, {**common, **own})


def own_fields(
    matter: Matter,
    kind: str,
    language: str,
    attempts: Iterable[Contact],
    request: InformationRequest | None,
    appointment: Appointment | None,
) -> dict[str, str]:
    if kind == LetterKind.INFORMATION_REQUEST:
        if request is None:
            raise NotPossible(_("No information has been asked for in this matter."))
        return request_fields(matter, request, language)
    if kind == LetterKind.APPOINTMENT:
        if appointment is None:
            raise NotPossible(_("No time has been offered in this matter."))
        return appointment_fields(appointment, language)
    return not_reached_fields(attempts, language)


@transaction.atomic
def make_letter(actor: User, matter: Matter, kind: str, *, language: str, subject: str, body: str) -> Letter:
    """One letter with words that a person has looked at. Raises NotPossible beside the field."""
    for field, text in (("subject", subject), ("body", body)):
        if not text.strip():
            raise NotPossible(_("This field is required."), field)
        check_printable(text, field)
    rules.require(rules.LETTERS[kind], actor, MatterFile(_locked(matter)))
    address = postal_addresses([matter.client_id]).get(matter.client_id)
    if address is None:
        raise NotPossible(_("No postal address is known. Record the address on the client's page first."))
    letter = new_letter(actor, matter, kind, language, subject, body, address, uuid.uuid4())
    letter.save()
    record_event("letter.made", client=matter.client, actor=actor, matter=matter, letter=letter.pk, letter_kind=kind)
    return letter


@transaction.atomic
def make_letters(
    actor: User, municipality: Municipality, matters: Sequence[Matter], *, phone: str = ""
) -> uuid.UUID | None:
    """ "We tried to reach you" to all who may get it; the letters share the batch that is returned, None for none.

    Who may is asked with the matters locked: somebody else may have written, reached the client, or recorded a
    turvakielto a moment ago.
    """
    keys = [matter.pk for matter in matters]
    here = Matter.objects.filter(municipality=municipality, pk__in=keys)
    locked = list(here.select_for_update().order_by("pk").values_list("pk", flat=True))
    # read after the wait, the client too: a join beside the lock would still give the client of before it
    rows = Matter.objects.visible_to(actor, municipality).filter(pk__in=locked).select_related("client", "assignee")
    fresh = {matter.pk: matter for matter in rows}
    found = candidates([fresh[key] for key in keys if key in fresh], municipality)
    chosen = [one for one in found if one.without is None and one.address is not None]
    batch = uuid.uuid4()
    words = words_in_use(municipality)
    settings = LocalSettings.objects.of(municipality)
    attempts: dict[int, list[Contact]] = defaultdict(list)
    for contact in Contact.objects.filter(matter__in=[one.matter.pk for one in chosen]):
        attempts[contact.matter_id or 0].append(contact)
    letters = []
    for one in chosen:
        worker = (one.matter.assignee or actor).name
        common = common_fields(
            one.matter.client, municipality, settings, language=one.language, worker=worker, phone=phone
        )
        own = not_reached_fields(attempts[one.matter.pk], one.language)
        text = words[LetterKind.NOT_REACHED, one.language]
        assert one.address is not None  # noqa: S101 - chosen so above
        body = fill(text.body, {**common, **own})
        letters.append(
            new_letter(actor, one.matter, LetterKind.NOT_REACHED, one.language, text.subject, body, one.address, batch)
        )
    Letter.objects.bulk_create(letters)
    Event.objects.bulk_create(_made(letter) for letter in letters)
    return batch if letters else None


def _locked(matter: Matter) -> Matter:
    """As it is now: somebody else may have reached the client while the letter was written."""
    return Matter.objects.select_for_update().get(pk=matter.pk)


def new_letter(
    actor: User,
    matter: Matter,
    kind: str,
    language: str,
    subject: str,
    body: str,
    address: ContactDetail,
    batch: uuid.UUID,
) -> Letter:
    if len(body) > LONGEST:
        raise NotPossible(_("The letter is too long."), "body")
    return Letter(
        municipality_id=matter.municipality_id,
        client=matter.client,
        matter=matter,
        kind=kind,
        language=language,
        batch=batch,
        recipient=matter.client.full_name[:400],
        street=address.value,
        postal_code=address.postal_code,
        post_office=address.post_office,
        subject=subject.strip(),
        body=body.replace("\r\n", "\n").strip(),
        made_by=actor,
    )


def mark_sent(actor: User, letters: Iterable[Letter], day: datetime.date) -> int:
    """Each letter becomes a contact on the day on which it was posted; those sent already stay as they are."""
    if day > timezone.localdate():
        raise NotPossible(_("The day cannot be in the future."), "day")
    keys = [letter.pk for letter in letters]
    with transaction.atomic():
        found = _claim_unsent(keys)
        require(can_be_posted, actor, found)
        for letter in found:
            if day < timezone.localdate(letter.made_at):
                raise NotPossible(_("A letter cannot have been sent before it was made."), "day")
            letter.contact = record_contact(
                actor,
                letter.client,
                matter=letter.matter,
                channel=Channel.LETTER,
                outcome=ContactOutcome.SENT,
                # a letter that was made after the client was reached is an attempt after that
                at=max(moment_of(day), letter.made_at),
            )
            letter.sent_on, letter.sent_by = day, actor
        Letter.objects.bulk_update(found, ["sent_on", "sent_by", "contact"])
    return len(found)


@transaction.atomic
def delete_letters(actor: User, letters: Iterable[Letter]) -> int:
    """Letters that were not sent; the change history keeps them."""
    unsent = _claim_unsent([letter.pk for letter in letters])
    require(can_be_deleted, actor, unsent)
    for letter in unsent:
        record_event(
            "letter.deleted",
            client=letter.client,
            actor=actor,
            matter=letter.matter,
            letter=letter.pk,
            letter_kind=letter.kind,
        )
    Letter.objects.filter(pk__in=[letter.pk for letter in unsent]).delete()
    return len(unsent)


def _claim_unsent(keys: list[int]) -> list[Letter]:
    """Locked: matters before letters and in one order, so that two who have the same letters in hand wait in turn."""
    list(Matter.objects.select_for_update().filter(letters__in=keys).order_by("pk").values_list("pk"))
    unsent = Letter.objects.select_for_update(of=("self",)).filter(pk__in=keys, sent_on=None)
    return list(unsent.select_related("client", "matter").order_by("pk"))


def pdf_of(letters: Iterable[Letter], municipality: Municipality) -> bytes:
    """The letters as one file, in the order given."""
    settings = LocalSettings.objects.of(municipality)
    return print_letters([page_of(letter, municipality, settings) for letter in letters])


def page_of(letter: Letter, municipality: Municipality, settings: LocalSettings) -> Page:
    place = " ".join(filter(None, (letter.postal_code, letter.post_office.upper())))
    return Page(
        language=letter.language,
        day=timezone.localdate(letter.made_at),
        sender=sender_lines(municipality, settings),
        recipient=[line for line in (letter.recipient, letter.street, place) if line],
        subject=letter.subject,
        body=letter.body,
    )


def sender_lines(municipality: Municipality, settings: LocalSettings) -> list[str]:
    return settings.letter_sender.strip().splitlines() or [municipality.name]


def draft_letter(
    matter: Matter, kind: str, language: str, subject: str, body: str, address: ContactDetail | None
) -> Letter:
    """For a preview: a letter that is not stored, with the address if it may be shown."""
    shown = address or ContactDetail()
    return new_letter(User(), matter, kind, language, subject, body, shown, uuid.uuid4())


def moment_of(day: datetime.date) -> datetime.datetime:
    now = timezone.now()
    return now if day == timezone.localdate(now) else timezone.make_aware(datetime.datetime.combine(day, NOON))


def _made(letter: Letter) -> Event:
    data: Mapping[str, object] = {"letter": letter.pk, "letter_kind": str(letter.kind)}
    return Event(
        municipality_id=letter.municipality_id,
        client_id=letter.client_id,
        matter_id=letter.matter_id,
        kind="letter.made",
        actor_id=letter.made_by_id,
        at=letter.made_at,
        data=data,
    )
