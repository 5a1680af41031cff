"""Writing one letter about an open matter."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from cases.access.reads import record
from cases.letters.choice import written_about
from cases.letters.verbs import draft_letter, make_letter, pdf_of
from cases.matters import rules
from cases.matters.file import MatterFile
from cases.models import Matter
from cases.models.access_log import Looked
from desk.letters.forms import InvitationForm, LetterForm, RequestLetterForm
from desk.letters.pdf import pdf
from desk.matter.deeds import Deed, Place, Situation, Values, register
from desk.matter.forms import MatterForm
from municipalities.requests import MunicipalRequest

WORDS = ("language", "subject", "body")


def place_of_letter(here: Situation) -> int:
    """Before all else once enough was tried in vain; after the contact when something was."""
    enough = here.matter.attempts >= here.file.settings.attempts_before_letter
    return 35 if enough and not written_about([here.matter]) else 65


def preview(request: MunicipalRequest, matter: Matter, form: MatterForm) -> HttpResponse:
    """The words of the form as they will look; nothing is kept. A protected address is left out."""
    if reason := rules.may_write(request.user, MatterFile(matter)):
        raise PermissionDenied(reason)
    assert isinstance(form, LetterForm)  # noqa: S101 - the deeds below have no other
    values = {key: form.cleaned_data[key] for key in WORDS}
    address = None if form.protected else form.address
    record(request, Looked.PRINTED, [matter.client_id], "letter")
    letter = draft_letter(matter, form.kind, **values, address=address)
    return pdf(pdf_of([letter], request.municipality), inline=True)


def letter_deed(form: type[LetterForm], path: str, word: str, place: Place, words: Promise, title: Promise) -> Deed:
    def act(request: MunicipalRequest, matter: Matter, values: Values) -> None:
        make_letter(request.user, matter, form.kind, **{key: values[key] for key in WORDS})

    return register(
        Deed(
            form.deed,
            path,
            words,
            rules.LETTERS[form.kind],
            place,
            act,
            gettext_lazy("The letter was made. Print it and mark it as sent below."),
            word=word,
            title=title,
            save=gettext_lazy("Make the letter"),
            form=form,
            template="desk/letters/fields.html",
            preview=preview,
        )
    )


letter_deed(
    LetterForm,
    "kirje",
    "kirje",
    place_of_letter,
    gettext_lazy("Write a letter…"),
    gettext_lazy("Letter: we tried to reach you"),
)
letter_deed(
    RequestLetterForm,
    "kirje/tiedoista",
    "kirje-tiedoista",
    15,
    gettext_lazy("Letter of the request…"),
    gettext_lazy("Letter: request for missing information"),
)
letter_deed(
    InvitationForm,
    "kirje/kutsu",
    "kutsu",
    45,
    gettext_lazy("Invitation letter…"),
    gettext_lazy("Letter: invitation"),
)
