"""Discarding a faulty row: asked first, with a reason that stays with the row."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from etotu.models import QuarantineRow, QuarantineState
from etotu.repair.protected import may_look
from etotu.repair.verbs import SettledError, discard
from municipalities.models import Role
from municipalities.requests import MunicipalRequest, roles
from municipalities.rows import own_row


class DiscardForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=500,
        help_text=gettext_lazy("Such as: Kela will send a corrected notice. Write nothing that tells of the person."),
        error_messages={"required": gettext_lazy("Write why the row is discarded.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    edits = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def clean_reason(self) -> str:
        """What nobody can see is no reason."""
        text = "".join(c for c in self.cleaned_data["reason"] if c.isprintable() or c.isspace()).strip()
        if not text:
            raise forms.ValidationError(self.fields["reason"].error_messages["required"])
        return text


@roles(Role.ADMIN, Role.SUPERVISOR)
def repair_discard(request: MunicipalRequest, pk: int) -> HttpResponse:
    row = own_row(QuarantineRow.objects.select_related("batch"), request, pk=pk)
    back = reverse("repair", kwargs={"code": request.municipality.code})
    if not may_look(request.access, row):
        messages.warning(request, _("The row is of a protected person: a supervisor or somebody named handles it."))
        return redirect(back)
    if row.state != QuarantineState.OPEN:
        messages.info(request, _("The row has been settled already."))
        return redirect(back)
    form = DiscardForm(request.POST if request.method == "POST" else None, initial={"edits": row.edits})
    if request.method == "POST" and form.is_valid() and discarded(form, row, request):
        messages.success(request, _("The row was discarded. What came is kept, and the reason with it."))
        return redirect(back)
    return render(request, "confirm.html", {"form": form, "cancel_url": back} | discard_words(row))


def discarded(form: DiscardForm, row: QuarantineRow, request: MunicipalRequest) -> bool:
    try:
        discard(request.user, row.pk, form.cleaned_data["edits"], form.cleaned_data["reason"])
    except SettledError as conflict:
        # what was written stays; discarding it all the same means the row as it is now
        given = request.POST.copy()
        given["edits"] = str(conflict.row.edits)
        form.data = given
        form.add_error(None, changed_words(conflict.row))
        return False
    return True


def changed_words(row: QuarantineRow) -> str:
    if row.state != QuarantineState.OPEN:
        return _("The row has been settled already.")
    return _("Somebody corrected the row while you were here. Look at it again, or discard it all the same.")


def discard_words(row: QuarantineRow) -> dict[str, str]:
    return {
        "question": _("Discard row %(position)s of the batch %(batch)s?")
        % {"position": row.position, "batch": row.batch},
        "explanation": _(
            "No matter is opened of it, and it cannot be taken back here. If Kela sends the notice again, it is "
            "handled as any other. The counts of the batch stay as they are."
        ),
        "verb": _("Discard the row"),
    }
