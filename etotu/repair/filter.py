"""The filters of the grid: batch, error and state, all in the address."""

from typing import Any, Final
from uuid import UUID

from django import forms
from django.db import connection
from django.db.models import Case, Count, F, Func, IntegerField, Q, QuerySet, Sum, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.filter_form import FilterForm
from etotu.faults import RowFaultCode
from etotu.models import Batch, QuarantineRow, QuarantineState
from municipalities.models import Municipality

ADDRESS: Final = {"batch": "era", "code": "virhe", "state": "tila"}
OPEN, READY, SETTLED, EVERY = "", "valmiit", "kasitellyt", "kaikki"
BATCHES: Final = 200
NO_ERRORS: Final = Q(faults=[])
CODES = """
    SELECT DISTINCT fault->>'code' FROM etotu_quarantinerow q, jsonb_array_elements(q.faults) fault
    WHERE q.municipality_id = %s AND q.state = 'open'
"""


class RepairFilter(FilterForm):
    """Unknown values in an address filter nothing."""

    address = ADDRESS

    state = forms.ChoiceField(
        label=_("State"),
        choices=[
            (OPEN, pgettext_lazy("rows", "Open")),
            (READY, _("Ready to be released")),
            (SETTLED, pgettext_lazy("rows", "Settled")),
            (EVERY, pgettext_lazy("rows", "All")),
        ],
        required=False,
    )
    code = forms.ChoiceField(label=_("Error"), required=False, widget=forms.Select(attrs={"class": "wide"}))
    batch = forms.ChoiceField(label=_("Batch"), required=False, widget=forms.Select(attrs={"class": "wide"}))

    def __init__(self, given: Any, municipality: Municipality) -> None:
        super().__init__(given)
        self.municipality = municipality
        self.fields["code"].choices = [("", _("All")), *codes(municipality)]  # type: ignore[attr-defined]
        self.fields["batch"].choices = [("", _("All")), *batches(municipality, given.get("era", ""))]  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def rows(self) -> QuerySet[QuarantineRow]:
        """Those with errors first, the oldest of them before the others."""
        found = QuarantineRow.objects.filter(municipality=self.municipality)
        state = self.value("state")
        if state in (OPEN, READY):
            found = found.filter(state=QuarantineState.OPEN)
        if state == READY:
            found = found.filter(NO_ERRORS)
        if state == SETTLED:
            found = found.exclude(state=QuarantineState.OPEN)
        if batch := self.value("batch"):
            found = found.filter(batch__public_id=batch)
        if code := self.value("code"):
            found = found.filter(faults__contains=[{"code": code}])
        if state == SETTLED:
            return found.order_by(F("settled_at").desc(nulls_last=True), "-pk")
        ready = Case(When(NO_ERRORS, then=Value(1)), default=Value(0), output_field=IntegerField())
        return found.order_by(ready, "created_at", "pk")

    @property
    def ready(self) -> QuerySet[QuarantineRow]:
        """What "release all" means here: under the filters of batch, without errors."""
        found = QuarantineRow.objects.filter(NO_ERRORS, municipality=self.municipality, state=QuarantineState.OPEN)
        batch = self.value("batch")
        return (found.filter(batch__public_id=batch) if batch else found).order_by("created_at", "pk")


def codes(municipality: Municipality) -> list[tuple[str, Any]]:
    """The errors that open rows have."""
    with connection.cursor() as cursor:
        cursor.execute(CODES, [municipality.pk])
        found = {row[0] for row in cursor.fetchall()}
    return [(code.value, short(code)) for code in RowFaultCode if code.value in found]


def short(code: RowFaultCode) -> Any:
    """The words of an error without what differs from row to row."""
    return SHORT.get(code, code.label)


SHORT: Final = {
    RowFaultCode.TOO_LONG: _("The text is too long"),
    RowFaultCode.UNREADABLE: _("The value cannot be read"),
    RowFaultCode.OUT_OF_RANGE: _("The number is out of its limits"),
    RowFaultCode.TOO_MANY: _("Too many parts of a kind"),
    RowFaultCode.FIELD_COUNT: _("Wrong number of fields"),
    RowFaultCode.UNKNOWN_KIND: _("The type is not known"),
    RowFaultCode.VERSION_JUMP: _("The version is far above the stored one"),
    RowFaultCode.VERSION_RAISED: _("The version is too high"),
    RowFaultCode.VERSION_STORED: _("The version has come already"),
    RowFaultCode.AGE_CONTRADICTS: _("The age does not fit the type"),
    RowFaultCode.ATTACHMENT_TOO_LARGE: _("The attachment is too large"),
    RowFaultCode.ATTACHMENT_TYPE: _("The attachment's type is not allowed"),
}


def batches(municipality: Municipality, chosen: str) -> list[tuple[str, str]]:
    """Those that have open rows here, the newest first, and the one that is chosen."""
    waiting = QuarantineRow.objects.filter(municipality=municipality, state=QuarantineState.OPEN).values("batch")
    wanted = Q(pk__in=waiting)
    if is_uuid(chosen):
        wanted |= Q(public_id=chosen, shares__municipality=municipality)
    found = Batch.objects.filter(wanted).distinct().order_by("-received_at", "-pk")[:BATCHES]
    return [(str(batch.public_id), str(batch)) for batch in found]


def is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def sums(municipality: Municipality) -> dict[str, int]:
    """How many rows wait, how many errors they have, how many are ready."""
    found = QuarantineRow.objects.filter(municipality=municipality, state=QuarantineState.OPEN).aggregate(
        waiting=Count("pk"),
        errors=Sum(Func(F("faults"), function="jsonb_array_length", output_field=IntegerField()), default=0),
        ready=Count("pk", filter=NO_ERRORS),
    )
    return {name: int(value) for name, value in found.items()}
