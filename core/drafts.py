"""Drafts of long forms on the server: what somebody typed and has not saved. Encrypted, for the author only.

A draft is known by user, municipality, form and object; `object` names the record ("matter:12") or is empty.
"""

import datetime
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from core.encryption import DecryptionError, decrypt, encrypt, place
from core.models import Draft
from core.sealed_columns import SealedColumn, register

if TYPE_CHECKING:
    from collections.abc import Mapping

LARGEST = 500_000
"""Bytes of one draft as JSON; the longest forms stay far below."""

Fields = dict[str, Any]
register(SealedColumn("core_draft", "body", ("one.user_id", "one.municipality_id", "one.form", "one.object")))


class DraftTooLarge(ValueError):
    """The text is larger than any form of ours."""


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """`fields`: the name of each field and its value or values, as the page sent them."""

    form: str
    object: str
    fields: Fields
    saved_at: datetime.datetime


def save(user_id: int, municipality_id: int, form: str, object: str, fields: "Mapping[str, Any]") -> datetime.datetime:
    """Keep the fields in place of the author's earlier draft of the same form and object; when it was saved."""
    # a browser may send half of a character that has two parts; no page could show it
    body = json.dumps(dict(fields), ensure_ascii=False).encode(errors="replace")
    if len(body) > LARGEST:
        raise DraftTooLarge
    draft, _ = Draft.objects.update_or_create(
        user_id=user_id,
        municipality_id=municipality_id,
        form=form,
        object=object,
        defaults={"body": encrypt(body, _context(user_id, municipality_id, form, object))},
    )
    return draft.saved_at


def load(user_id: int, municipality_id: int, form: str, object: str = "") -> SavedDraft | None:
    """The author's draft, or None; one whose key is gone cannot be given back."""
    draft = Draft.objects.filter(
        user_id=user_id, municipality_id=municipality_id, form=form, object=object, saved_at__gte=oldest()
    ).first()
    return _open(draft) if draft else None


def drop(user_id: int, municipality_id: int, form: str, object: str = "") -> None:
    """The form was saved, or its author threw the draft away."""
    Draft.objects.filter(user_id=user_id, municipality_id=municipality_id, form=form, object=object).delete()


def unfinished(user_id: int, municipality_id: int, limit: int = 20) -> list[tuple[str, str, datetime.datetime]]:
    """Form, object and time of the author's drafts, the latest first, without opening them."""
    return list(
        Draft.objects.filter(user_id=user_id, municipality_id=municipality_id, saved_at__gte=oldest()).values_list(
            "form", "object", "saved_at"
        )[:limit]
    )


def oldest() -> datetime.datetime:
    """Drafts saved before this are gone."""
    return timezone.now() - datetime.timedelta(days=settings.DRAFT_DAYS)


def clean() -> None:
    """Delete what is too old to be given back, in the scope that is set."""
    Draft.objects.filter(saved_at__lt=oldest()).delete()


def _open(draft: Draft) -> SavedDraft | None:
    context = _context(draft.user_id, draft.municipality_id, draft.form, draft.object)
    try:
        fields = json.loads(decrypt(draft.body, context))
    except DecryptionError:
        return None
    return SavedDraft(draft.form, draft.object, fields, draft.saved_at)


def _context(user_id: int, municipality_id: int, form: str, object: str) -> bytes:
    return place("core_draft", "body", user_id, municipality_id, form, object)
