"""One way to save a form: once, over what the page showed, all of it or nothing, and with words when it is refused.

A verb raises NotPossible, or ChangedMeanwhile when somebody saved in between. A page calls `save` and shows the form
again when it was refused, or `attempt` where there is no form.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db import models, transaction
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core import drafts
from core.models import Submission


class Versioned(Protocol):
    version: int


M = TypeVar("M", bound=models.Model)
T = TypeVar("T")


class NotPossible(Exception):
    """The action does not fit the record as it is now. `words` say why; `field` names the input they belong to."""

    def __init__(self, words: str | Promise, field: str | None = None) -> None:
        super().__init__(words)
        self.words = words
        self.field = field

    def __str__(self) -> str:
        return str(self.words)


class ChangedMeanwhile(NotPossible):
    """Somebody saved after this person had opened the form: nothing is written over.

    `current` is the record as it is now, where the verb had it.
    """

    def __init__(self, current: models.Model | None = None) -> None:
        super().__init__(
            _("Somebody has changed this meanwhile. Nothing was saved: look at the change, then save again if needed.")
        )
        self.current: Any = current


def claim(rows: models.QuerySet[M], pk: int, version: int | None) -> M:
    """The row, locked for this transaction, its version moved on; the caller changes and saves it.

    Raises ChangedMeanwhile when `version` is not the current one; None comes from no form.
    """
    row = rows.select_for_update(of=("self",)).get(pk=pk)
    refuse_older(row, version)
    held: Versioned = row  # type: ignore[assignment]
    held.version += 1
    return row


def refuse_older(row: models.Model, version: int | None) -> None:
    """Raises ChangedMeanwhile when `version` is not that of the locked row; None comes from no form."""
    held: Versioned = row  # type: ignore[assignment]
    if version is not None and held.version != version:
        raise ChangedMeanwhile(row)


def posted_version(request: HttpRequest) -> int:
    """The version that the form was made from; 0, which no record has, when it is missing."""
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def check_row(row: models.Model, *, constraints: bool = True) -> None:
    """The rules of the model itself. Raises NotPossible with their words, beside the field if there is only one."""
    try:
        row.full_clean(validate_constraints=constraints)
    except ValidationError as error:
        fields = list(error.message_dict) if hasattr(error, "error_dict") else [NON_FIELD_ERRORS]
        alone = fields[0] if len(fields) == 1 and fields[0] != NON_FIELD_ERRORS else None
        raise NotPossible(" ".join(error.messages), alone) from None


@dataclass(frozen=True, slots=True)
class DraftOf:
    """The draft that is gone once the form is saved."""

    municipality_id: int
    form: str
    object: str = ""


NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "once", "version", "password"})
"""As in js/drafts.js."""


def offered_draft(request: HttpRequest, draft: DraftOf, *, sent: bool) -> drafts.SavedDraft | None:
    """What is offered above a form: the stored draft, beside a form that was `sent` none.

    A form is shown again when it was refused. What was typed is kept then, so that it is there when one goes elsewhere.
    """
    who = _who(request)
    if not sent:
        return drafts.load(who, draft.municipality_id, draft.form, draft.object)
    fields = {name: values for name, values in request.POST.lists() if name not in NEVER_KEPT}
    try:
        drafts.save(who, draft.municipality_id, draft.form, draft.object, fields)
    except drafts.NotKept as reason:
        messages.warning(request, str(reason))
    return None


def first_press(request: HttpRequest) -> bool:
    """Whether this form was not sent before: the second press of a double click makes nothing."""
    return Submission.objects.spend(request.POST.get("once", ""), _who(request), request.path)


@dataclass(frozen=True, slots=True)
class Result(Generic[T]):
    """Done, or refused with words. `value` is what the verb gave, None for the second press of a double click."""

    value: T | None = None
    refusal: NotPossible | None = None

    @property
    def done(self) -> bool:
        return self.refusal is None

    @property
    def changed_meanwhile(self) -> bool:
        return isinstance(self.refusal, ChangedMeanwhile)


def save(
    request: HttpRequest,
    form: BaseForm,
    act: Callable[[], T],
    *,
    draft: DraftOf | None = None,
    fields: Mapping[str, str] | None = None,
) -> Result[T]:
    """Do it once: the second press of a double click counts as done.

    What is refused stands in the form, beside its field; `fields` translates a verb's names into the form's. A change
    by somebody else is left to the page, which shows what is saved now.
    """
    result = attempt(lambda: once(request, act, draft))
    if result.refusal is not None and not result.changed_meanwhile:
        tell(form, result.refusal, fields)
    return result


def attempt(act: Callable[[], T | None]) -> Result[T]:
    """Do all of it or nothing."""
    try:
        with transaction.atomic():
            return Result(act())
    except NotPossible as refusal:
        return Result(refusal=refusal)


def tell(form: BaseForm, refusal: NotPossible, fields: Mapping[str, str] | None = None) -> None:
    """Put the words beside the field that they belong to, else above the form."""
    name = (fields or {}).get(refusal.field or "", refusal.field)
    form.add_error(name if name in form.fields else None, str(refusal))


def once(request: HttpRequest, act: Callable[[], T], draft: DraftOf | None) -> T | None:
    """The verb, unless the form was sent before; its draft is gone with it."""
    if not first_press(request):
        return None
    value = act()
    if draft is not None:
        drop_draft(request, draft)
    return value


def drop_draft(request: HttpRequest, draft: DraftOf) -> None:
    """Its form was saved."""
    drafts.drop(_who(request), draft.municipality_id, draft.form, draft.object)


def _who(request: HttpRequest) -> int:
    """Forms are saved by those who have signed in."""
    user_id = request.user.pk
    if user_id is None:
        raise PermissionDenied
    return user_id
