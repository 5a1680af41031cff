"""One row that belongs to no municipality: the installation admin places it, or discards it."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from etotu.batches.rows import rows_shown
from etotu.installation.scope import own_scope
from etotu.models import QuarantineRow, QuarantineState
from etotu.repair.checks import check_again
from etotu.repair.discard import DiscardForm
from etotu.repair.verbs import SettledError, discard, place
from municipalities.models import Municipality
from municipalities.requests import installation_admin
from municipalities.tabs import installation_tabs


class PlaceForm(forms.Form):
    municipality = forms.ModelChoiceField(
        Municipality.objects.order_by("name_fi"),
        label=gettext_lazy("Municipality"),
        help_text=gettext_lazy("The row goes to the admin of this municipality, who corrects and releases it."),
        error_messages={"required": gettext_lazy("Choose the municipality.")},
    )
    edits = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


@installation_admin
def installation_row(request: HttpRequest, pk: int) -> HttpResponse:
    """`do` of the form says which of the two is asked."""
    with own_scope():
        row = QuarantineRow.objects.filter(municipality=None, pk=pk).select_related("batch").first()
        if row is None:
            raise Http404(_("There is no such row."))
        if row.state != QuarantineState.OPEN:
            messages.info(request, _("The row has been settled already."))
            return redirect("installation_unplaced")
        asked = request.POST.get("do", "")
        start = {"edits": row.edits}
        chosen = request.POST if asked == "place" else None
        placing = PlaceForm(chosen, initial=start | {"municipality": named(row)}, prefix="place")
        away = DiscardForm(request.POST if asked == "discard" else None, initial=start, prefix="discard")
        if asked and done(request, row, placing, away):
            return redirect("installation_unplaced")
        context = {
            "row": row,
            "rows": rows_shown([row]),
            "place": placing,
            "away": away,
            "tabs": installation_tabs("installation_unplaced"),
        }
    return render(request, "etotu/installation/row.html", context)


def named(row: QuarantineRow) -> Municipality | None:
    """The one that a row of others names, or where its notice is now."""
    if not row.of_others:
        return None
    (checked,) = check_again([row])
    owner = checked.owner
    code = f"{owner.place:03d}" if owner and f"{owner.addressed:03d}" == checked.municipality else checked.municipality
    return Municipality.objects.filter(pk=int(code)).first() if code.isascii() and code.isdigit() else None


def done(request: HttpRequest, row: QuarantineRow, placing: PlaceForm, away: DiscardForm) -> bool:
    form = placing if placing.is_bound else away
    if not form.is_valid():
        return False
    try:
        if form is placing:
            municipality = form.cleaned_data["municipality"]
            place(request.user, row.pk, form.cleaned_data["edits"], municipality)  # type: ignore[arg-type]
            messages.success(request, _("The row went to %(municipality)s.") % {"municipality": municipality.name})
        else:
            discard(request.user, row.pk, form.cleaned_data["edits"], form.cleaned_data["reason"])  # type: ignore[arg-type]
            messages.success(request, _("The row was discarded. What came is kept, and the reason with it."))
    except SettledError:
        messages.warning(request, _("Somebody else has handled the row in the meantime."))
    return True
