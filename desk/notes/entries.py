"""Notes as they stand in the record: the newest text, the older ones under it, what was agreed, what was asked."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.dates import DAY, moment
from core.models import Code
from desk.notes.asking import PICTURES
from desk.notes.words import Part, kind_words, parts_of, whole_text
from municipalities.requests import MunicipalRequest
from records.documents.rules import can_correct, open_version_of
from records.models import AgreedItem, ColleagueQuestion, Version
from records.notes.entry import Entry, from_json

FOLD: Final = 420
"""Characters; a longer text is cut at the end of a sentence and the rest opens."""
SENTENCE: Final = re.compile(r"(?<=[.!?”])\s+|\n+")
SHORTEST: Final = 4
ENDING: Final = 3
"""Letters at the end of a word that change with its inflection."""


@dataclass(frozen=True, slots=True)
class Text:
    """A part of a note as it is read: the beginning, and the rest if it is long."""

    label: str
    voice: str
    first: SafeString
    rest: SafeString


@dataclass(frozen=True, slots=True)
class Older:
    version: Version
    parts: list[Part]


@dataclass(frozen=True, slots=True)
class Line:
    """One note of the record."""

    version: Version
    entry: Entry
    kind: str
    picture: str
    texts: list[Text]
    late: str
    goals: str
    older: list[Older]
    agreed: list[AgreedItem]
    questions: list[ColleagueQuestion]
    may_correct: bool
    being_written: str
    whole: str

    @property
    def corrected(self) -> bool:
        return self.version.number > 1


@dataclass
class Rest:
    """What hangs on the notes of one page, each kind read once."""

    older: dict[int, list[Version]] = field(default_factory=lambda: defaultdict(list))
    agreed: dict[int, list[AgreedItem]] = field(default_factory=lambda: defaultdict(list))
    questions: dict[int, list[ColleagueQuestion]] = field(default_factory=lambda: defaultdict(list))
    codes: dict[str, str] = field(default_factory=dict)


def lines_of(
    request: MunicipalRequest, versions: Sequence[Version], words: Sequence[str] = (), *, whole: bool = False
) -> list[Line]:
    """`words` are marked where they stand; `whole`: nothing is folded."""
    rest = _rest(versions)
    return [_line(request, one, rest, words, fold=not whole and not words) for one in versions]


def _rest(versions: Sequence[Version]) -> Rest:
    found = Rest()
    pks = [one.document_id for one in versions]
    corrected = [one.document_id for one in versions if one.number > 1]
    if corrected:
        for version in Version.objects.filter(document__in=corrected).order_by("-number"):
            found.older[version.document_id].append(version)
    if pks:
        for item in AgreedItem.objects.filter(document__in=pks).select_related("worker", "done_by"):
            found.agreed[item.document_id].append(item)
        for question in ColleagueQuestion.objects.filter(document__in=pks).select_related("asked_by", "to"):
            found.questions[question.document_id or 0].append(question)
    found.codes = names_of_codes(
        code for one in versions for name in ("goals", "methods") for code in one.aside.get(name, ())
    )
    return found


def names_of_codes(codes: Iterable[str]) -> dict[str, str]:
    wanted = set(codes)
    if not wanted:
        return {}
    rows = Code.objects.filter(list__name__in=("avain.goals", "avain.methods"), code__in=wanted)
    return {row.code: row.label for row in rows.order_by("list__starts", "pk")}


def _line(request: MunicipalRequest, version: Version, rest: Rest, words: Sequence[str], *, fold: bool) -> Line:
    entry, document = from_json(version.aside), version.document
    versions = rest.older.get(document.pk, [])
    first = versions[-1] if versions else version
    agreed = rest.agreed.get(document.pk, [])
    being_written = open_version_of(document)
    names = {item.worker_id: item.worker.name for item in agreed if item.worker_id and item.worker}
    return Line(
        version=version,
        entry=entry,
        kind=kind_words(entry),
        picture=PICTURES[entry.source],
        texts=[_text(part, words, fold=fold) for part in parts_of(version) if part.name != "time"],
        late=_late(entry, first),
        goals=" · ".join(rest.codes[code] for code in (*entry.goals, *entry.methods) if code in rest.codes),
        older=[Older(one, parts_of(version_after(versions, one), one)) for one in versions[1:]],
        agreed=agreed,
        questions=rest.questions.get(document.pk, []),
        may_correct=can_correct(request.user, document) is None,
        being_written=being_written.started_by.name if being_written else "",
        whole=whole_text(version, names),
    )


def version_after(versions: Sequence[Version], one: Version) -> Version:
    return next(version for version in versions if version.number == one.number + 1)


def _late(entry: Entry, first: Version) -> str:
    """When it was recorded, if that was not on the day itself."""
    if entry.moment is None:
        return ""
    days = (timezone.localdate(first.finished_at) - timezone.localdate(entry.moment)) // DAY
    if days < 1:
        return ""
    words = _("Recorded only the next day, %(when)s") if days == 1 else _("Recorded later, %(when)s")
    return words % {"when": moment(first.finished_at)}


def _text(part: Part, words: Sequence[str], *, fold: bool) -> Text:
    first, rest = folded(part.text) if fold else (part.text, "")
    return Text(part.label, part.voice, marked(first, words), marked(rest, words))


def folded(text: str) -> tuple[str, str]:
    """The beginning, whole sentences where it can be, and the rest."""
    if len(text) <= FOLD + FOLD // 2:
        return text, ""
    cuts = [found.end() for found in SENTENCE.finditer(text, FOLD // 2, FOLD)]
    cut = cuts[-1] if cuts else text.rfind(" ", FOLD // 2, FOLD) + 1 or FOLD
    return text[:cut].rstrip(), text[cut:]


def marked(text: str, words: Sequence[str]) -> SafeString:
    """The words that were searched for, in their inflections, as <mark>; everything else as it was written."""
    beginnings = tuple(word[: max(SHORTEST, len(word) - ENDING)] for word in words)
    pieces = re.split(r"(\w+)", text)
    found = (
        format_html("<mark>{}</mark>", one) if beginnings and one.lower().startswith(beginnings) else escape(one)
        for one in pieces
    )
    return SafeString("".join(found))
