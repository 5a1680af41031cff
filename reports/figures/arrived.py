"""The notices from Kela by the day of their arrival. Figures of them have the same N."""

from dataclasses import dataclass
from typing import ClassVar, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from cases.models import Matter, MatterKind
from cases.models.matter import MatterSource
from reports.figures.keys import RowKey
from reports.figures.matters import arrived_matters
from reports.figures.question import Question

NOTICE_KINDS: Final = tuple(k for k in MatterKind if k not in {MatterKind.DISCUSSION, MatterKind.CONTACT})


@dataclass(frozen=True, slots=True)
class NoticeKey(RowKey):
    VALUES: ClassVar = (NOTICE_KINDS,)

    kind: MatterKind | None = None


def notices(question: Question, kind: MatterKind | None = None) -> QuerySet[Matter]:
    """Matters that a Kela notice opened in the period, each notice once; of one type, or of all."""
    found = arrived_matters(question).filter(source=MatterSource.KELA)
    return found.filter(kind=kind) if kind else found


def denominator() -> str:
    return _("notices that arrived in the period, each once")
