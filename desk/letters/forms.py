"""The form of one letter: its words are made, looked at, changed if needed, and kept."""

from typing import Any, Self

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cases.clients.addresses import postal_addresses
from cases.letters.printing import unprintable
from cases.letters.verbs import letter_text
from cases.matters.file import MatterFile
from cases.models import Matter
from cases.models.letter import LetterKind, LetterLanguage
from desk.letters.new import own_phone
from desk.matter.forms import MatterForm
from municipalities.requests import MunicipalRequest


class LetterForm(MatterForm):
    """To a client who was tried and not reached; the other kinds say what is theirs."""

    kind = LetterKind.NOT_REACHED
    deed = "letter"
    texts = ("subject",)
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    body = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 18, "autocomplete": "off"}),
    )
    language = forms.ChoiceField(choices=LetterLanguage.choices, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, matter: Matter, request: MunicipalRequest) -> None:
        super().__init__(data, matter=matter, initial=self.words(matter, request) if data is None else {})
        self.preview_url = reverse("matter_letter_preview", kwargs={"code": request.municipality.code, "pk": matter.pk})
        self.address = postal_addresses([matter.client_id]).get(matter.client_id)
        self.protected = matter.client.non_disclosure
        # what was written already is given back, also when the address has gone in the meantime
        self.impossible = self.address is None and data is None

    @classmethod
    def of(cls, data: Any, matter: Matter, request: MunicipalRequest) -> Self:
        return cls(data, matter=matter, request=request)

    def words(self, matter: Matter, request: MunicipalRequest) -> dict[str, Any]:
        file = MatterFile(matter)
        language, subject, body = letter_text(
            matter,
            self.kind,
            request.user,
            phone=own_phone(request),
            request=file.open_request if self.kind == LetterKind.INFORMATION_REQUEST else None,
            appointment=file.offered_time if self.kind == LetterKind.APPOINTMENT else None,
        )
        return {"language": language, "subject": subject, "body": body}

    @property
    def language_words(self) -> str:
        return str(dict(LetterLanguage.choices).get(self["language"].value(), ""))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for field in ("subject", "body"):
            missing = unprintable(cleaned.get(field, ""))
            if missing:
                words = _("These characters cannot be printed in a letter: %(characters)s")
                self.add_error(field, words % {"characters": " ".join(missing[:5])})
        return cleaned


class RequestLetterForm(LetterForm):
    kind = LetterKind.INFORMATION_REQUEST
    deed = "request_letter"


class InvitationForm(LetterForm):
    kind = LetterKind.APPOINTMENT
    deed = "invitation"
