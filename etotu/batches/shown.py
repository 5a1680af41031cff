"""A batch as a page shows it: its state in words, its counts as a sum, where it came from, how far it is."""

import datetime
from dataclasses import dataclass
from math import ceil

from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from core.dates import clock
from etotu.loading.progress import State, progress_of
from etotu.loading.report import rejection
from etotu.models import Batch, BatchStatus
from etotu.models.batch import Counts, Via

TAGS = {
    BatchStatus.RECEIVED: ("", "clock"),
    BatchStatus.LOADING: ("", "clock"),
    BatchStatus.LOADED: ("done", "check"),
    BatchStatus.REJECTED: ("late", "x"),
    BatchStatus.REPEAT: ("", ""),
}
VIA = {Via.UPLOAD: _("by browser"), Via.FOLDER: _("from the folder"), Via.COMMAND: _("by command")}
SUMS = (
    ("accepted", _("new")),
    ("updated", _("updated")),
    ("duplicate", _("same again")),
    ("stale", _("older")),
    ("quarantined", _("in quarantine")),
)
SOON_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Sum:
    sign: str
    label: str | Promise
    count: int
    is_rows: bool


@dataclass(frozen=True, slots=True)
class BatchShown:
    """`counts` are those of the reader: a municipality's share, or the batch itself for the installation admin."""

    batch: Batch
    counts: Counts
    url: str
    progress: State | None = None
    # of a rejected file: whether another one was loaded in its place
    corrected: bool = False
    # rows that still wait for correction
    waiting: int = 0

    @property
    def name(self) -> str:
        return self.batch.batch_code or self.batch.file_name

    @property
    def running(self) -> bool:
        return not self.batch.finished

    @property
    def read(self) -> bool:
        return self.batch.status == BatchStatus.LOADED

    @property
    def rejected(self) -> bool:
        return self.batch.status == BatchStatus.REJECTED

    @property
    def repeat(self) -> bool:
        return self.batch.status == BatchStatus.REPEAT

    @property
    def state(self) -> str | Promise:
        if self.corrected:
            return gettext("Rejected, corrected file loaded")
        return gettext("Incomplete") if self.batch.incomplete else BatchStatus(self.batch.status).label

    @property
    def kind(self) -> str:
        if self.corrected:
            return ""
        return "late" if self.batch.incomplete else TAGS[BatchStatus(self.batch.status)][0]

    @property
    def picture(self) -> str:
        return "warn" if self.batch.incomplete else TAGS[BatchStatus(self.batch.status)][1]

    @property
    def rejection(self) -> str:
        return rejection(self.batch) if self.batch.status == BatchStatus.REJECTED else ""

    @property
    def sums(self) -> list[Sum]:
        signs = ("=", "+", "+", "+", "+")
        return [
            Sum(sign, label, getattr(self.counts, name), name == "quarantined")
            for sign, (name, label) in zip(signs, SUMS, strict=True)
        ]

    @property
    def others(self) -> int:
        """Rows of other municipalities, and rows that belong to none."""
        return self.batch.received - self.counts.received

    @property
    def source(self) -> str:
        """ "selaimella, Paula Paperinen · 18 kt · 3 s"."""
        who = self.batch.delivered_by
        parts = [f"{VIA[Via(self.batch.via)]}, {who.name}" if who else str(VIA[Via(self.batch.via)])]
        parts.append(filesizeformat(self.batch.size))
        return " · ".join([*parts, *self.duration])

    @property
    def duration(self) -> list[str]:
        if not (self.batch.started_at and self.batch.finished_at):
            return []
        seconds = ceil((self.batch.finished_at - self.batch.started_at).total_seconds())
        short = seconds < 120
        words = gettext("%(n)s s") % {"n": seconds} if short else gettext("%(n)s min") % {"n": round(seconds / 60)}
        return [words.replace(" ", "\xa0")]

    @property
    def progress_words(self) -> str:
        if self.batch.status == BatchStatus.RECEIVED or self.progress is None:
            return gettext("Waiting for its turn. The file is stored.")
        done, declared = self.progress["done"], self.progress["declared"]
        if declared is None:
            return ngettext("%(n)s notice checked.", "%(n)s notices checked.", done) % {"n": done}
        words = gettext("%(n)s of %(all)s notices checked.") % {"n": done, "all": declared}
        ready = self.ready_at
        estimate = gettext("Estimate: ready %(time)s.") % {"time": clock(ready)} if ready else ""
        return f"{words} {estimate}".rstrip()

    @property
    def ready_at(self) -> datetime.datetime | None:
        """At the pace so far; None when there is too little to tell from."""
        if not (self.progress and self.progress["declared"] and self.progress["done"] and self.batch.started_at):
            return None
        so_far = (timezone.now() - self.batch.started_at).total_seconds()
        left = so_far * (self.progress["declared"] / self.progress["done"] - 1)
        return timezone.now() + datetime.timedelta(seconds=left) if left > SOON_SECONDS else None


def shown(batch: Batch, counts: Counts, url: str, *, corrected: bool = False, waiting: int = 0) -> BatchShown:
    progress = None if batch.finished else progress_of(batch.pk)
    return BatchShown(batch, counts, url, progress, corrected, waiting)
