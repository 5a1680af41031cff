"""Valvonta: what people opened for themselves, for the supervisor to look at; and the question that comes first."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from cases.access.reads import record
from cases.models import SelfMadeRight
from cases.models.access_log import Looked
from cases.oversight import verbs
from core.asked_numbers import number
from core.saving import attempt, save
from desk.matter.forms import set_choices
from desk.oversight.explaining import CAME_FROM, ManyForm
from desk.oversight.shown import ROW, shown_rows
from municipalities.models import Membership, Role
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles
from municipalities.rows import own_row

ROWS = 50
WAITING, LOOKED, EVERYTHING = "", "katsotut", "kaikki"


class OversightFilter(forms.Form):
    """Unknown values in an address filter nothing."""

    tila = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[
            (WAITING, gettext_lazy("Not looked at yet")),
            (LOOKED, gettext_lazy("Looked at")),
            (EVERYTHING, gettext_lazy("All")),
        ],
        required=False,
    )
    kuka = forms.ChoiceField(label=gettext_lazy("Who"), required=False)

    def __init__(self, request: MunicipalRequest, rows: QuerySet[SelfMadeRight]) -> None:
        super().__init__(request.GET, auto_id="f_%s")
        people = User.objects.filter(pk__in=rows.values("user")).order_by("name", "pk")
        named = [(str(pk), name) for pk, name in people.values_list("pk", "name")]
        set_choices(self, "kuka", [("", gettext_lazy("All")), *named])
        self.is_valid()

    @property
    def is_all_that_waits(self) -> bool:
        return not any(self.cleaned_data.values())

    def of(self, rows: QuerySet[SelfMadeRight]) -> QuerySet[SelfMadeRight]:
        state, who = self.cleaned_data.get("tila") or WAITING, self.cleaned_data.get("kuka")
        if state != EVERYTHING:
            rows = rows.filter(looked_at__isnull=state == WAITING)
        return rows.filter(user=int(who)) if who else rows


@roles(Role.SUPERVISOR)
@require_safe
def oversight(request: MunicipalRequest) -> HttpResponse:
    every = SelfMadeRight.objects.filter(municipality=request.municipality)
    filters = OversightFilter(request, every)
    rows = filters.of(every).select_related("user", "client", "looked_by")
    page = Paginator(rows, ROWS).get_page(request.GET.get("sivu"))
    shown = shown_rows(request, list(page.object_list))
    record(request, Looked.LISTED, [client.pk for one in shown for client in one.named])
    context = {
        "filters": filters,
        "page": page,
        "rows": shown,
        "alone": any(one.own for one in shown) and is_alone(request),
        "all_looked_at": not page.paginator.count and filters.is_all_that_waits and every.exists(),
        "any": bool(page.paginator.count) or every.exists(),
    }
    return render(request, "desk/oversight/oversight.html", context)


def is_alone(request: MunicipalRequest) -> bool:
    """Whether there is no other supervisor, who could look at this one's own rows."""
    supervisors = Membership.objects.in_force().filter(municipality=request.municipality, role=Role.SUPERVISOR)
    return not supervisors.filter(user__is_active=True).exclude(user=request.user).exists()


@roles(Role.SUPERVISOR)
@require_POST
def oversight_look(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Back to the same place: where the row was, the next one has come."""
    row = own_row(SelfMadeRight, request, pk=pk)
    remark = request.POST.get("remark", "")[:1000]
    if refusal := attempt(lambda: verbs.look_at(request.user, row, remark)).refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Marked as looked at."))
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    following = number(request.POST.get("next", ""))
    anchor = f"#{ROW}{following}" if following is not None else ""
    return redirect(reverse("oversight", kwargs={"code": request.municipality.code}) + query + anchor)


@roles(*CASEWORK)
@require_http_methods(["GET", "HEAD", "POST"])
def explain_many(request: MunicipalRequest) -> HttpResponse:
    """Asked where it would be many: with a reason as many again can be shown, on the page where it was asked for."""
    form = ManyForm(request.POST or None)
    came_from = request.session.get(CAME_FROM, "")
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if save(request, form, lambda: verbs.explain_many(request.user, request.municipality, reason)).done:
            messages.success(request, _("Thank you. You can show the details now."))
            return redirect(came_from or reverse("client_search", kwargs={"code": request.municipality.code}))
    context = {
        "question": _("Why so many?"),
        "explanation": _(
            "Protected details and personal identity codes that you have shown within an hour: %(n)s. When they come "
            "to more than %(limit)s, write why your work needs it: your supervisor sees it together with the clients "
            "whose details were shown. If it was not you, tell your administrator at once."
        )
        % {
            "n": verbs.shown_lately(request.user, request.municipality),
            "limit": verbs.limit_now(request.user, request.municipality),
        },
        "verb": _("Send and go on"),
        "cancel_url": came_from or reverse("today", kwargs={"code": request.municipality.code}),
        "form": form,
    }
    return render(request, "confirm.html", context, status=422 if form.errors else 200)
