"""The filters of the list of batches: all in the address, and the queryset that follows from them."""

import datetime

from django import forms
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.filter_form import FilterForm
from etotu.corrected_files import is_corrected
from etotu.models import Batch, BatchShare, BatchStatus, QuarantineRow, QuarantineState
from etotu.models.batch import UNFINISHED, Via
from municipalities.models import Municipality

ALL = [("", _("All"))]
ADDRESS = {"state": "tila", "source": "lahde", "month": "kuukausi", "order": "jarjestys"}
ATTENTION, WITH_ROWS, READY, INCOMPLETE, REJECTED, REPEAT, RUNNING = (
    "huomio", "korjattavia", "valmiit", "vajaat", "hylatyt", "toistot", "kesken",
)  # fmt: skip
STANDS_OUT = Q(incomplete=True) | Q(status=BatchStatus.REJECTED, corrected=False) | Q(waiting__gt=0)
STATES = {
    ATTENTION: STANDS_OUT,
    WITH_ROWS: Q(waiting__gt=0),
    READY: Q(status=BatchStatus.LOADED),
    INCOMPLETE: Q(incomplete=True),
    REJECTED: Q(status=BatchStatus.REJECTED),
    REPEAT: Q(status=BatchStatus.REPEAT),
    RUNNING: Q(status__in=UNFINISHED),
}
SOURCES = {"selain": Via.UPLOAD, "kansio": Via.FOLDER, "komento": Via.COMMAND}
NEWEST, OLDEST, MOST, ROWS = "", "vanhin", "eniten", "korjattavat"
# the newest first among equals
ORDERS = {NEWEST: (), OLDEST: ("received_at", "pk"), MOST: ("-count",), ROWS: ("-waiting",)}
MOST_MONTHS = 60


class BatchFilter(FilterForm):
    """Unknown values in an address filter nothing. Without a municipality: all batches, rows that belong to none."""

    address = ADDRESS

    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            *ALL,
            (ATTENTION, _("Needs attention")),
            (WITH_ROWS, _("Rows to correct")),
            (READY, _("Ready")),
            (INCOMPLETE, _("Incomplete")),
            (REJECTED, _("Rejected")),
            (REPEAT, _("Same file again")),
            (RUNNING, pgettext_lazy("batches", "In progress")),
        ],
        required=False,
    )
    source = forms.ChoiceField(
        label=_("Source"),
        choices=[*ALL, ("selain", _("by browser")), ("kansio", _("from the folder")), ("komento", _("by command"))],
        required=False,
    )
    month = forms.ChoiceField(label=_("Month"), required=False)
    order = forms.ChoiceField(
        label=_("Order"),
        choices=[
            (NEWEST, _("Newest first")),
            (OLDEST, _("Oldest first")),
            (MOST, _("Most notices")),
            (ROWS, _("Most rows to correct")),
        ],
        required=False,
    )

    def __init__(self, data: QueryDict, municipality: Municipality | None) -> None:
        super().__init__(data, auto_id="f_%s")
        self.municipality = municipality
        field = self.fields["month"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        field.choices = [*ALL, *((f"{day:%Y-%m}", f"{MONTHS[day.month]} {day.year}") for day in self._months())]
        self.is_valid()

    @property
    def chosen(self) -> bool:
        return any(self.value(name) for name in ("state", "source", "month"))

    def queryset(self) -> QuerySet[Batch]:
        """Batches with `count` (notices of the reader), `waiting` (rows to correct) and `corrected`."""
        found = self._annotated().filter(STATES.get(self.value("state"), Q()))
        if self.value("source"):
            found = found.filter(via=SOURCES[self.value("source")])
        if self.value("month"):
            first = datetime.date.fromisoformat(f"{self.value('month')}-01")
            next_month = (first + datetime.timedelta(days=31)).replace(day=1)
            found = found.filter(arrived__gte=first, arrived__lt=next_month)
        return found.select_related("delivered_by").order_by(*ORDERS[self.value("order")], "-received_at", "-pk")

    def _annotated(self) -> QuerySet[Batch]:
        found = self._seen().annotate(waiting=waiting_rows(self.municipality), corrected=is_corrected())
        if self.municipality is None:
            return found.annotate(count=F("received"))
        share = BatchShare.objects.filter(municipality=self.municipality, batch=OuterRef("pk"))
        return found.annotate(count=Subquery(share.values("received")[:1]))

    def _seen(self) -> QuerySet[Batch]:
        if self.municipality is None:
            return Batch.objects.all()
        return Batch.objects.filter(shares__municipality=self.municipality)

    def _months(self) -> list[datetime.date]:
        return list(self._seen().dates("arrived", "month", order="DESC")[:MOST_MONTHS])


def waiting_rows(municipality: Municipality | None) -> Coalesce:
    """The open rows of each batch that are the reader's."""
    rows = QuarantineRow.objects.filter(municipality=municipality, batch=OuterRef("pk"), state=QuarantineState.OPEN)
    return Coalesce(Subquery(rows.order_by().values("batch").annotate(n=Count("pk")).values("n")), 0)
