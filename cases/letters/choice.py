"""Who of many gets a letter now, and why the others do not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from cases.clients.addresses import postal_addresses
from cases.deadlines.attempts import NotSought, not_sought, since_reached
from cases.letters.values import letter_language
from cases.models import ContactDetail, Letter, Matter
from cases.models.letter import LetterKind
from municipalities.models import LocalSettings, Municipality


class Without(TextChoices):
    """Why somebody gets no letter in a bulk."""

    CLOSED = "closed", _("The matter is closed.")
    REACHED = NotSought.REACHED.value, NotSought.REACHED.label
    UNTRIED = NotSought.UNTRIED.value, NotSought.UNTRIED.label
    TOO_FEW = NotSought.TOO_FEW.value, NotSought.TOO_FEW.label
    WRITTEN = "written", _("A letter has been made already.")
    PROTECTED = "protected", _("Non-disclosure: make it one by one, by those who may show the address.")
    NO_ADDRESS = "no_address", _("No postal address is known.")
    TWICE = "twice", _("The client gets the letter about another matter of this choice.")


@dataclass(frozen=True, slots=True)
class Candidate:
    matter: Matter
    language: str
    address: ContactDetail | None
    without: Without | None

    @property
    def own_language(self) -> bool:
        """Whether the letter is in the language that the client asked for."""
        return self.matter.client.language.lower()[:2] == self.language


def candidates(matters: Iterable[Matter], municipality: Municipality) -> list[Candidate]:
    """One for each matter, in the order given, each with its `client` read; for "we tried to reach you"."""
    matters = list(matters)
    settings = LocalSettings.objects.of(municipality)
    addresses = postal_addresses({matter.client_id for matter in matters})
    written = written_about(matters)
    found: list[Candidate] = []
    taken: set[int] = set()
    for matter in matters:
        address = addresses.get(matter.client_id)
        without = reason(matter, settings, address, matter.pk in written)
        if without is None and matter.client_id in taken:
            without = Without.TWICE
        if without is None:
            taken.add(matter.client_id)
        language = letter_language(matter.client, municipality)
        found.append(Candidate(matter, language, None if matter.client.non_disclosure else address, without))
    return found


def reason(matter: Matter, settings: LocalSettings, address: ContactDetail | None, written: bool) -> Without | None:
    if not matter.is_open:
        return Without.CLOSED
    if early := not_sought(matter, settings.attempts_before_letter):
        return Without(early.value)
    for applies, why in (
        (written, Without.WRITTEN),
        (matter.client.non_disclosure, Without.PROTECTED),
        (address is None, Without.NO_ADDRESS),
    ):
        if applies:
            return why
    return None


def written_about(matters: Sequence[Matter]) -> set[int]:
    """The matters that have their letter: one from before the client was reached is not of these attempts."""
    rows = Letter.objects.filter(matter__in=[m.pk for m in matters], kind=LetterKind.NOT_REACHED)
    return {pk for pk in since_reached(rows).values_list("matter_id", flat=True) if pk}
