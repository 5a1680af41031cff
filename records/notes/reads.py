"""The finished notes of a client: in their order, filtered, searched."""

import re
from collections.abc import Sequence
from typing import Final

from django.db.models import BooleanField, F, QuerySet
from django.db.models.expressions import RawSQL

from cases.models import Client
from records.models import Version
from records.notes.content import NOTES

MOST_WORDS: Final = 8
WORDS: Final = "records_version.words"


def notes_of(client: Client) -> QuerySet[Version]:
    """The version that holds of each finished note, the latest event first; cancelled ones too, which say so."""
    rows = Version.objects.filter(
        document__client=client, document__number__in=NOTES, number=F("document__latest"),
        municipality=client.municipality_id,
    )  # fmt: skip
    rows = rows.select_related("document__contact", "document__cancelled_by", "document__open_version")
    return rows.order_by(F("document__happened_at").desc(nulls_last=True), "-document__pk")


def words_of(text: str) -> list[str]:
    """What is searched for, word by word."""
    return re.findall(r"\w+", text.lower())[:MOST_WORDS]


def with_words(rows: QuerySet[Version], words: Sequence[str]) -> QuerySet[Version]:
    """Those in which each word stands, in another inflection too, or as the beginning of a word."""
    for word in words:
        one = (
            f"{WORDS} @@ (plainto_tsquery('finnish', %s) || plainto_tsquery('swedish', %s) || to_tsquery('simple', %s))"
        )
        rows = rows.filter(RawSQL(one, [word, word, f"{word}:*"], output_field=BooleanField()))  # noqa: S611
    return rows
