"""The municipality's own words of the letters: kept one for each kind and language, and taken away again."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from cases.letters.fields import faults, faults_of_subject
from cases.letters.printing import unprintable
from cases.letters.words import WORDS
from cases.models import LetterTemplate
from core.history import remember_actor
from core.saving import ChangedMeanwhile, NotPossible
from municipalities.models import Municipality


@dataclass(frozen=True, slots=True)
class InUse:
    """The words that letters are made of now. `template` is None while they are the program's."""

    subject: str
    body: str
    template: LetterTemplate | None

    @property
    def version(self) -> int:
        """0 stands for the program's words."""
        return self.template.version if self.template else 0


def words_in_use(municipality: Municipality) -> dict[tuple[str, str], InUse]:
    """Of every kind and language, in one query."""
    own = {(row.kind, row.language): row for row in LetterTemplate.objects.filter(municipality=municipality)}
    found = {}
    for key, words in WORDS.items():
        row = own.get(key)
        found[key] = InUse(row.subject, row.body, row) if row else InUse(words.subject, words.body, None)
    return found


@transaction.atomic
def save_template(
    actor: User, municipality: Municipality, kind: str, language: str, *, subject: str, body: str, version: int
) -> LetterTemplate:
    """Raises NotPossible beside the field, ChangedMeanwhile when `version` is not the one in use."""
    check(kind, subject, body)
    remember_actor(actor.pk)
    row = of(municipality, kind, language)
    if (row.version if row else 0) != version:
        raise ChangedMeanwhile
    if row is None:
        row = LetterTemplate(municipality=municipality, kind=kind, language=language)
    else:
        row.version += 1
    row.subject, row.body = subject.strip(), body.replace("\r\n", "\n").strip()
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # two wrote the first one at once
        raise ChangedMeanwhile from None
    return row


@transaction.atomic
def use_program_words(actor: User, municipality: Municipality, kind: str, language: str, *, version: int) -> None:
    """The municipality's words go; the change history keeps them."""
    remember_actor(actor.pk)
    row = of(municipality, kind, language)
    if row is None or row.version != version:
        raise ChangedMeanwhile
    row.delete()


def check(kind: str, subject: str, body: str) -> None:
    for field, text, found in (
        ("subject", subject, faults_of_subject(subject)),
        ("body", body, faults(kind, body)),
    ):
        if not text.strip():
            raise NotPossible(_("This field is required."), field)
        if found:
            raise NotPossible(" ".join(found), field)
        check_printable(text, field)


def check_printable(text: str, field: str) -> None:
    missing = unprintable(text)
    if missing:
        shown = " ".join(missing[:5])
        raise NotPossible(
            _("These characters cannot be printed in a letter: %(characters)s") % {"characters": shown}, field
        )


def of(municipality: Municipality, kind: str, language: str) -> LetterTemplate | None:
    rows = LetterTemplate.objects.select_for_update()
    return rows.filter(municipality=municipality, kind=kind, language=language).first()
