"""Writing one letter about an open matter: its words are made, looked at, changed if needed, and kept."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cases.access.reads import access_matter, record
from cases.access.rights import may_reveal_details
from cases.clients.addresses import postal_addresses
from cases.letters.choice import written_about
from cases.letters.printing import unprintable
from cases.letters.verbs import draft_letter, letter_text, make_letter, pdf_of
from cases.models import Appointment, InformationRequest, Letter, Matter
from cases.models.access_log import Looked
from cases.models.appointment import AppointmentState
from cases.models.information_request import RequestState
from cases.models.letter import LetterKind, LetterLanguage
from desk.letters.new import own_phone
from desk.letters.pdf import pdf
from desk.matter.deeds import Deed, Situation, always, register
from desk.matter.forms import MatterForm
from desk.queue.pages import queue_page
from desk.shell import by_form
from municipalities.models import LocalSettings
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles

KINDS = {
    "letter": LetterKind.NOT_REACHED,
    "request_letter": LetterKind.INFORMATION_REQUEST,
    "invitation": LetterKind.APPOINTMENT,
}
WORDS = {"letter": "kirje", "request_letter": "kirje-tiedoista", "invitation": "kutsu"}


class LetterForm(MatterForm):
    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=200)
    body = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 18, "autocomplete": "off"}),
    )
    language = forms.ChoiceField(choices=LetterLanguage.choices, widget=forms.HiddenInput)

    def __init__(self, data: Any, *, matter: Matter, request: MunicipalRequest, name: str) -> None:
        initial: dict[str, Any] = {}
        if data is None:
            language, subject, body = text_of(matter, name, request)
            initial = {"language": language, "subject": subject, "body": body}
        super().__init__(data, matter=matter, initial=initial)
        self.preview_url = reverse("matter_letter_preview", kwargs={"code": request.municipality.code, "pk": matter.pk})
        self.deed = name
        self.address = postal_addresses([matter.client_id]).get(matter.client_id)
        self.protected = matter.client.non_disclosure
        # what was written already is given back, also when the address has gone in the meantime
        self.impossible = self.address is None and data is None

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


def text_of(matter: Matter, name: str, request: MunicipalRequest) -> tuple[str, str, str]:
    return letter_text(
        matter,
        KINDS[name],
        request.user,
        phone=own_phone(request),
        request=asked(matter) if name == "request_letter" else None,
        appointment=ahead(matter) if name == "invitation" else None,
    )


def asked(matter: Matter) -> InformationRequest | None:
    return InformationRequest.objects.filter(matter=matter, state=RequestState.OPEN).first()


def ahead(matter: Matter) -> Appointment | None:
    return Appointment.objects.filter(matter=matter, state=AppointmentState.OFFERED).select_related("worker").first()


def may_write(here: Situation) -> bool:
    client = here.matter.client
    return here.matter.is_open and (not client.non_disclosure or may_reveal_details(here.access, here.user, client))


def place_of_letter(here: Situation) -> int | None:
    """Before all else once enough was tried in vain; after the contact when something was."""
    if not here.matter.attempts or not may_write(here):
        return None
    needed = LocalSettings.objects.of(here.matter.municipality_id).attempts_before_letter
    return 35 if here.matter.attempts >= needed and not written_about([here.matter]) else 65


def place_of_request_letter(here: Situation) -> int | None:
    request = asked(here.matter) if may_write(here) else None
    if request is None:
        return None
    written = Letter.objects.filter(
        matter=here.matter, kind=LetterKind.INFORMATION_REQUEST, made_at__gte=request.recorded_at
    )
    return None if written.exists() else 15


def place_of_invitation(here: Situation) -> int | None:
    time = ahead(here.matter) if may_write(here) else None
    if time is None:
        return None
    written = Letter.objects.filter(matter=here.matter, kind=LetterKind.APPOINTMENT, made_at__gte=time.recorded_at)
    return None if written.exists() else 45


def make_form(name: str) -> Any:
    return lambda data, matter, request: LetterForm(data, matter=matter, request=request, name=name)


for _name, _place, _words, _title in (
    ("letter", place_of_letter, gettext_lazy("Write a letter…"), gettext_lazy("Letter: we tried to reach you")),
    (
        "request_letter",
        place_of_request_letter,
        gettext_lazy("Letter of the request…"),
        gettext_lazy("Letter: request for missing information"),
    ),
    ("invitation", place_of_invitation, gettext_lazy("Invitation letter…"), gettext_lazy("Letter: invitation")),
):
    register(
        Deed(
            _name,
            always(_words),
            _place,
            word=WORDS[_name],
            title=always(_title),
            save=always(gettext_lazy("Make the letter")),
            make=make_form(_name),
            fields="desk/letters/fields.html",
        )
    )


@roles(*CASEWORK)
@require_POST
def matter_letter(request: MunicipalRequest, pk: int) -> HttpResponseBase:
    return write(request, pk, "letter")


@roles(*CASEWORK)
@require_POST
def matter_request_letter(request: MunicipalRequest, pk: int) -> HttpResponseBase:
    return write(request, pk, "request_letter")


@roles(*CASEWORK)
@require_POST
def matter_invitation(request: MunicipalRequest, pk: int) -> HttpResponseBase:
    return write(request, pk, "invitation")


def write(request: MunicipalRequest, pk: int, name: str) -> HttpResponseBase:
    def act(matter: Matter, values: dict[str, Any]) -> None:
        must_reveal(request, matter)
        words = {key: values[key] for key in ("language", "subject", "body")}
        make_letter(request.user, matter, KINDS[name], **words)

    return by_form(request, pk, name, act, _("The letter was made. Print it and mark it as sent below."))


@roles(*CASEWORK)
@require_POST
def matter_letter_preview(request: MunicipalRequest, pk: int) -> HttpResponse:
    """The words of the form as they will look; nothing is kept. A protected address is left out."""
    matter = access_matter(request, pk)
    must_reveal(request, matter)
    name = request.POST.get("kirje", "letter")
    form = LetterForm(request.POST, matter=matter, request=request, name=name if name in KINDS else "letter")
    if not form.is_valid():
        return queue_page(request, matter, deed=WORDS[form.deed], form=form)
    values = {key: form.cleaned_data[key] for key in ("language", "subject", "body")}
    address = None if form.protected else form.address
    record(request, Looked.PRINTED, [matter.client_id], "letter")
    letter = draft_letter(matter, KINDS[form.deed], **values, address=address)
    return pdf(pdf_of([letter], request.municipality), inline=True)


def must_reveal(request: MunicipalRequest, matter: Matter) -> None:
    """Whoever makes a letter to a protected client learns the address."""
    if matter.client.non_disclosure and not may_reveal_details(request.access, request.user, matter.client):
        raise PermissionDenied(_("Only the own worker, who has the matter, or the supervisor may show these."))
