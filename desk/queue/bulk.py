"""Several matters of the queue at once: taken, or given to a colleague."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from cases.access.reads import record
from cases.matters import life as verbs
from cases.matters.several import for_each
from cases.models import Matter
from cases.models.access_log import Looked
from cases.relations.verbs import caseworkers
from core.saving import first_press
from desk.matter.addresses import DEED, OPENED, queue_address
from desk.matter.forms import textarea
from desk.matter.several import asked_ids, chosen, tell
from desk.matter.words import state_words, what
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles


class GiveForm(forms.Form):
    to = forms.ModelChoiceField(
        label=gettext_lazy("To whom?"), queryset=User.objects.none(), empty_label=gettext_lazy("Choose a colleague")
    )
    note = forms.CharField(
        label=gettext_lazy("Message"),
        help_text=gettext_lazy("May be left empty. Shown on every one of the matters."),
        max_length=1000,
        required=False,
        widget=textarea(),
    )

    def __init__(self, data: Any, request: MunicipalRequest) -> None:
        super().__init__(data)
        self.fields["to"].queryset = caseworkers(request.municipality)  # type: ignore[attr-defined]


@roles(*CASEWORK)
@require_POST
def queue_chosen(request: MunicipalRequest) -> HttpResponse:
    """Take the chosen matters at once, or go on to the page where they are given to somebody."""
    if not asked_ids(request.POST):
        messages.warning(request, _("No matter was chosen. Choose one or more from the list first."))
        return redirect(queue_address(request, teko=None))
    if request.POST.get("teko") == "anna":
        return redirect(give_address(request, asked_ids(request.POST)))
    if first_press(request):
        found = for_each(chosen(request, request.POST), lambda matter: verbs.take(request.user, matter))
        tell(request, found, lambda n: ngettext("%(n)s matter is now yours.", "%(n)s matters are now yours.", n))
    return redirect(queue_address(request, teko=None))


@roles(*CASEWORK)
@require_http_methods(["GET", "HEAD", "POST"])
def queue_give(request: MunicipalRequest) -> HttpResponse:
    """Who is given the matters that the address names; supervisors assign, others hand over."""
    found = chosen(request, request.GET)
    back = queue_address(request, matter=None, teko=None)
    if not found:
        messages.warning(request, _("No matter was chosen. Choose one or more from the list first."))
        return redirect(back)
    form = GiveForm(request.POST if request.method == "POST" else None, request)
    if request.method == "POST" and form.is_valid():
        if first_press(request):
            give(request, found, form.cleaned_data["to"], form.cleaned_data["note"])
        return redirect(back)
    record(request, Looked.LISTED, [matter.client_id for matter in found])
    rows = [{"name": m.client.full_name, "what": what(m), "state": state_words(m, whose=True)} for m in found]
    context = {"form": form, "rows": rows, "back_url": back}
    return render(request, "desk/queue/give.html", context, status=422 if form.is_bound else 200)


def give_address(request: MunicipalRequest, keys: list[int]) -> str:
    """The page where these are given; it carries the view and the filters of the queue along."""
    query = request.GET.copy()
    for name in (OPENED, DEED):
        # the matter that is open may be out of sight once it has been given
        query.pop(name, None)
    query.setlist("matter", [str(key) for key in keys])
    return f"{reverse('queue_give', kwargs={'code': request.municipality.code})}?{query.urlencode()}"


def give(request: MunicipalRequest, found: list[Matter], to: User, note: str) -> None:
    verb = verbs.assign if request.access.all_units else verbs.hand_over
    done = for_each(found, lambda matter: verb(request.user, matter, to, note))
    tell(
        request,
        done,
        lambda n: ngettext("%(n)s matter is now with %(name)s.", "%(n)s matters are now with %(name)s.", n),
        name=to.name,
    )
