"""The hand-overs of the municipality: who waits for an answer, the silent first; and what is done to one."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cases.access.reads import access, record
from cases.matters.life import close
from cases.models import Handover, Partner
from cases.models.access_log import Looked
from cases.models.matter import Outcome
from cases.models.partner import OPEN_HANDOVER, HandoverState
from cases.partners import verbs as service
from core.day_field import DayField
from core.saving import ChangedMeanwhile, attempt, save, tell
from desk.matter.forms import VersionField, day_input, set_choices, textarea
from desk.matter.left_open import left_open
from desk.partners.shown import handed, why_not_answer
from municipalities.models import LocalSettings
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles

ROWS = 50
WAITING, ANSWERED, EVERYTHING = "", "vastatut", "kaikki"
STATES: dict[str, tuple[HandoverState, ...]] = {
    WAITING: OPEN_HANDOVER,
    ANSWERED: (HandoverState.ACCEPTED, HandoverState.DECLINED),
    EVERYTHING: tuple(HandoverState),
}


class HandoverFilter(forms.Form):
    """Unknown values in an address filter nothing."""

    kumppani = forms.ChoiceField(label=gettext_lazy("Partner"), required=False)
    tila = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[
            (WAITING, gettext_lazy("Waiting")),
            (ANSWERED, gettext_lazy("Answered")),
            (EVERYTHING, gettext_lazy("All")),
        ],
        required=False,
    )

    def __init__(self, request: MunicipalRequest) -> None:
        super().__init__(request.GET, auto_id="f_%s")
        partners = Partner.objects.filter(municipality=request.municipality)
        named = [(str(pk), name) for pk, name in partners.values_list("pk", "name")]
        set_choices(self, "kumppani", [("", gettext_lazy("All")), *named])
        self.is_valid()

    def queryset(self, visible: QuerySet[Handover]) -> QuerySet[Handover]:
        state = self.cleaned_data.get("tila") or WAITING
        found = visible.filter(state__in=STATES[state])
        if state == WAITING:
            # nobody tells a partner any more what a rule proposed for a matter that has ended
            found = found.exclude(state=HandoverState.PROPOSED, matter__closed_at__isnull=False)
        partner = self.cleaned_data.get("kumppani")
        return found.filter(partner=int(partner)) if partner else found


class AnswerForm(forms.Form):
    """What the partner said; once accepted, the matter may be closed in the same breath."""

    version = VersionField(required=False)
    accepted = forms.ChoiceField(
        label=gettext_lazy("What did the partner answer?"),
        choices=[("yes", pgettext_lazy("hand-over", "Accepted")), ("no", pgettext_lazy("hand-over", "Declined"))],
        widget=forms.RadioSelect,
    )
    answered_on = DayField(label=gettext_lazy("On which day?"), widget=day_input())
    answer = forms.CharField(
        label=gettext_lazy("The answer in words"),
        help_text=gettext_lazy("Needed when the partner declined."),
        max_length=10_000,
        required=False,
        widget=textarea(3),
    )
    close = forms.BooleanField(required=False, help_text=gettext_lazy("Only when the partner accepted."))

    def __init__(self, data: Any = None, *, handover: Handover, outcome: Outcome | None) -> None:
        super().__init__(data, initial={"version": handover.version, "answered_on": timezone.localdate()})
        if outcome is None:
            del self.fields["close"]
        else:
            words = _("Close the matter too: %(outcome)s") % {"outcome": outcome.label}
            self.fields["close"].label = words

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("close") and cleaned.get("accepted") == "no":
            self.add_error("close", _("The matter stays here when the partner declined."))
        return cleaned


@roles(*CASEWORK)
@require_safe
def handovers(request: MunicipalRequest) -> HttpResponse:
    filters = HandoverFilter(request)
    visible = Handover.objects.visible_to(request.user, request.municipality)
    rows = filters.queryset(visible).select_related("partner", "client", "matter__assignee")
    page = Paginator(rows.order_by("last_asked", "pk"), ROWS).get_page(request.GET.get("sivu"))
    record(request, Looked.LISTED, [row.client_id for row in page])
    context = {
        "filters": filters,
        "page": page,
        "rows": handed(request.user, page, LocalSettings.objects.of(request.municipality).partner_silent_days),
        "from_list": "?sivulta=luovutukset",
    }
    return render(request, "desk/partners/handovers.html", context)


@roles(*CASEWORK)
def handover_answer(request: MunicipalRequest, pk: int) -> HttpResponse:
    """The partner's answer, on a page of its own."""
    handover = access(Handover, request, pk)
    if request.method != "POST" and (reason := why_not_answer(request.user, handover)):
        messages.info(request, str(reason))
        return back(request, handover)
    outcome = service.closing_outcome(handover)
    form = AnswerForm(request.POST or None, handover=handover, outcome=outcome)
    if request.method == "POST" and form.is_valid() and _answered(request, form, handover, outcome):
        messages.success(request, _("The answer was saved."))
        return back(request, handover)
    record(request, Looked.OPENED, [handover.client_id])
    shown = handed(request.user, [handover], LocalSettings.objects.of(request.municipality).partner_silent_days)[0]
    code = request.municipality.code
    context = {
        "form": form,
        "one": shown,
        "back_url": address_back(request, handover),
        "leaves": left_open(code, handover.matter, but=handover) if "close" in form.fields else [],
    }
    return render(request, "desk/partners/answer.html", context, status=422 if form.is_bound else 200)


def _answered(request: MunicipalRequest, form: AnswerForm, handover: Handover, outcome: Outcome | None) -> bool:
    values = form.cleaned_data

    def act() -> None:
        service.record_answer(
            request.user,
            handover,
            accepted=values["accepted"] == "yes",
            answered_on=values["answered_on"],
            answer=values["answer"],
            version=values["version"],
        )
        if values.get("close") and outcome:
            close(request.user, handover.matter, outcome)

    result = save(request, form, act)
    if result.done:
        return True
    handover.refresh_from_db()
    if isinstance(result.refusal, ChangedMeanwhile):
        tell(form, result.refusal)
        form.data = {**form.data.dict(), "version": str(handover.version)}  # type: ignore[attr-defined]
    return False


@roles(*CASEWORK)
@require_POST
def handover_again(request: MunicipalRequest, pk: int) -> HttpResponse:
    return at_once(request, pk, service.ask_again, _("The silence is counted from today."))


@roles(*CASEWORK)
@require_http_methods(["GET", "HEAD", "POST"])
def handover_withdraw(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Asked first: what was withdrawn cannot be answered any more."""
    if request.method == "POST":
        return at_once(request, pk, service.withdraw_handover, _("The hand-over was withdrawn."))
    handover = access(Handover, request, pk)
    reason = why_not_answer(request.user, handover)
    if handover.state not in OPEN_HANDOVER:
        reason = _("The hand-over waits for no answer any more.")
    if reason:
        messages.info(request, str(reason))
        return back(request, handover)
    record(request, Looked.OPENED, [handover.client_id])
    context = {
        "question": _("Withdraw the hand-over?"),
        "explanation": _(
            "%(client)s, %(partner)s: no answer can be recorded any more, and this cannot be taken back. Tell the "
            "partner yourself. While the matter is open, the client can be handed over again."
        )
        % {"client": handover.client.name, "partner": handover.partner.name},
        "verb": _("Withdraw the hand-over"),
        "cancel_url": address_back(request, handover),
        "form": None,
    }
    return render(request, "confirm.html", context)


def at_once(request: MunicipalRequest, pk: int, verb: Callable[..., None], done: str) -> HttpResponse:
    handover = access(Handover, request, pk)
    if refusal := attempt(lambda: verb(request.user, handover)).refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return back(request, handover)


def address_back(request: MunicipalRequest, handover: Handover) -> str:
    """To the list if one came from it, to Today, else to the matter."""
    code = request.municipality.code
    match request.GET.get("sivulta"):
        case "luovutukset":
            return reverse("handovers", kwargs={"code": code})
        case "tanaan":
            return reverse("today", kwargs={"code": code})
    return f"{reverse('queue', kwargs={'code': code})}?avoin={handover.matter_id}#avoin"


def back(request: MunicipalRequest, handover: Handover) -> HttpResponse:
    return redirect(address_back(request, handover))
