"""Drafts of long forms on the server: what somebody typed and has not saved. Encrypted, for the author only.

A draft is known by user, municipality, form and object; `object` names the record ("matter:12") or is empty. Each
person has room for so many of so many bytes in each municipality (`DRAFTS` and the others in the settings).
"""

import datetime
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.encryption import DecryptionError, decrypt, encrypt, place
from core.models import Draft
from core.sealed_columns import SealedColumn, register

if TYPE_CHECKING:
    from collections.abc import Mapping

Fields = dict[str, Any]
register(SealedColumn("core_draft", "body", ("one.user_id", "one.municipality_id", "one.form", "one.object")))


# One statement, since a page that is written on sends it several times a minute. The length of a stored value is told
# without reading the value.
SAVE = """
WITH others AS (
    SELECT count(*) AS number, coalesce(sum(octet_length(body)), 0) AS bytes FROM core_draft
    WHERE user_id = %(user)s AND municipality_id = %(municipality)s AND saved_at >= %(oldest)s
        AND (form, object) <> (%(form)s, %(object)s)
)
INSERT INTO core_draft (user_id, municipality_id, form, object, body, saved_at)
SELECT %(user)s, %(municipality)s, %(form)s, %(object)s, %(body)s, %(now)s FROM others
WHERE number < %(most)s AND bytes + %(size)s <= %(room)s
ON CONFLICT (user_id, municipality_id, form, object)
DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at
"""


class NotKept(Exception):
    """The draft is not stored, for the reason that its words tell the person; `status` tells it the page's script."""

    words: Promise
    status: int

    def __str__(self) -> str:
        return str(self.words)


class DraftTooLarge(NotKept):
    """The text is larger than any form of ours."""

    words = _(
        "The text is so long that it is not kept as a draft. It stays on this page: save it before you leave the page."
    )
    status = 413


class QuotaFull(NotKept):
    """The person has as many drafts, or as long ones, as are kept."""

    words = _(
        "You have so many unfinished texts that this one is not kept as a draft. It stays on this page: save it, or "
        "discard texts that you do not need under Left unfinished on the page Today."
    )
    status = 409


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """`fields`: the name of each field and its value or values, as the page sent them."""

    form: str
    object: str
    fields: Fields
    saved_at: datetime.datetime

    @property
    def kept_until(self) -> datetime.date:
        """The last day on which it can be given back, if nothing is added."""
        return timezone.localdate(self.saved_at) + datetime.timedelta(days=settings.DRAFT_DAYS)


def save(user_id: int, municipality_id: int, form: str, object: str, fields: "Mapping[str, Any]") -> datetime.datetime:
    """Keep the fields in place of the author's earlier draft of the same form and object; when it was saved.

    Raises DraftTooLarge or QuotaFull; the earlier draft stays then. Two saves at one moment may both find the last
    room.
    """
    # a browser may send half of a character that has two parts; no page could show it
    body = json.dumps(dict(fields), ensure_ascii=False).encode(errors="replace")
    if len(body) > settings.DRAFT_BYTES:
        raise DraftTooLarge
    sealed, now = encrypt(body, _context(user_id, municipality_id, form, object)), timezone.now()
    values: dict[str, int | str | bytes | datetime.datetime] = {
        "user": user_id,
        "municipality": municipality_id,
        "form": form,
        "object": object,
        "body": sealed,
        "size": len(sealed),
        "now": now,
        "oldest": oldest(),
        "most": settings.DRAFTS,
        "room": settings.DRAFTS_BYTES,
    }
    with connection.cursor() as cursor:
        cursor.execute(SAVE, values)
        if not cursor.rowcount:
            raise QuotaFull
    return now


def load(user_id: int, municipality_id: int, form: str, object: str = "") -> SavedDraft | None:
    """The author's draft, or None; one whose key is gone cannot be given back."""
    draft = Draft.objects.filter(
        user_id=user_id, municipality_id=municipality_id, form=form, object=object, saved_at__gte=oldest()
    ).first()
    return _open(draft) if draft else None


def drop(user_id: int, municipality_id: int, form: str, object: str = "") -> None:
    """The form was saved, or its author threw the draft away."""
    Draft.objects.filter(user_id=user_id, municipality_id=municipality_id, form=form, object=object).delete()


def unfinished(user_id: int, municipality_id: int) -> list[tuple[str, str, datetime.datetime]]:
    """Form, object and time of the author's drafts, the latest first, without opening them; the quota bounds them."""
    return list(
        Draft.objects.filter(user_id=user_id, municipality_id=municipality_id, saved_at__gte=oldest()).values_list(
            "form", "object", "saved_at"
        )
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
