"""Why somebody shows the protected details of a client whom nobody else gave to them: asked once, before the first."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.access.reads import chosen_rows, record
from cases.access.rights import may_reveal_details, must_say_why
from cases.models import Client
from cases.models.access_log import Looked
from cases.oversight.verbs import explain_whose as explain
from core.asked_numbers import numbers
from core.saving import save
from desk.oversight.explaining import WhoseForm
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles


@roles(*CASEWORK)
@require_http_methods(["GET", "HEAD", "POST"])
def explain_whose(request: MunicipalRequest) -> HttpResponse:
    """`asiakas` of the address: the clients, each of whom gets a row with the reason."""
    asked = numbers(request.GET.getlist("asiakas"))
    if not asked:
        return redirect("today", code=request.municipality.code)
    named = named_clients(request, asked)
    back = back_to(request, named)
    clients = [client for client in named if must_say_why(request.user, client)]
    if not clients:
        # the second press of a double click
        return redirect(back)
    form = WhoseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if save(request, form, lambda: explain(request.user, clients, reason)).done:
            messages.success(request, _("Thank you. Now you can show the details."))
            return redirect(back)
    context = {
        "question": _("Why these protected details?"),
        "explanation": _(
            "You took the matter or became the own worker by your own decision: %(names)s. Before you show what the "
            "non-disclosure hides, write why your work needs it. It is asked once."
        )
        % {"names": ", ".join(client.name for client in clients)},
        "verb": _("Send and go on"),
        "cancel_url": back,
        "form": form,
    }
    record(request, Looked.OPENED, [client.pk for client in clients])
    return render(request, "confirm.html", context, status=422 if form.errors else 200)


def named_clients(request: MunicipalRequest, asked: list[int]) -> list[Client]:
    """Those of the asked ones whose protected details this person may show. None: 404."""
    found = chosen_rows(Client, request, pk__in=asked).filter(non_disclosure=True)
    named = [client for client in found if may_reveal_details(request.user, client)]
    if not named:
        raise Http404(_("There is no such page."))
    return named


def back_to(request: MunicipalRequest, clients: list[Client]) -> str:
    """Several at once come from letters."""
    here = {"code": request.municipality.code}
    if len(clients) == 1:
        return reverse("client", kwargs=here | {"pk": clients[0].pk})
    return reverse("letters", kwargs=here)
