"""Own worker, case, non-disclosure and restriction of one client."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.access.reads import access, record
from cases.access.rights import answers_for, has_given_relation
from cases.clients.contact_details import set_non_disclosure
from cases.models import Case, Client, Matter, OwnWorker, RestrictedAccess
from cases.models.access_log import Looked
from cases.relations.verbs import (
    HAS_OPEN_CASE,
    assign_own_worker,
    caseworkers,
    close_case,
    has_open_case,
    lift_restriction,
    open_case,
    restrict,
)
from core.saving import attempt, posted_version, save
from desk.client.relation_forms import CloseCaseForm, NonDisclosureForm, OpenCaseForm, OwnWorkerForm, RestrictionForm
from municipalities.models import Role
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles

Differences = list[tuple[str, str]]
"""Label and present value of what somebody else has changed."""


@roles(*CASEWORK)
def own_worker(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Name or end the own worker; who has been it stays readable."""
    client = access(Client, request, pk)
    people = caseworkers(request.municipality)
    if client.restricted:
        named = RestrictedAccess.objects.filter(client=client, ended=None)
        people = people.filter(pk__in=named.values("user"))
    form = OwnWorkerForm(
        _posted(request),
        people=people,
        asks_reason=not has_given_relation(request.user, client),
        initial={"worker": _own_worker_id(client)},
    )
    if not form.is_valid():
        return _own_worker_page(request, client, form)
    worker, version = form.cleaned_data["worker"], posted_version(request)
    reason = form.cleaned_data.get("reason", "")
    outcome = save(
        request, form, lambda: assign_own_worker(request.user, client, worker, reason=reason, version=version)
    )
    if outcome.changed_meanwhile:
        client.refresh_from_db()
        now = OwnWorker.objects.filter(client=client, ended=None).select_related("user").first()
        changed = [(str(form.fields["worker"].label), now.user.name if now else _("Nobody for now"))]
        return _own_worker_page(request, client, form, changed)
    if not outcome.done:
        return _own_worker_page(request, client, form)
    messages.success(request, _("The own worker was saved."))
    return _back(request, pk)


@roles(*CASEWORK)
def case_open(request: MunicipalRequest, pk: int) -> HttpResponse:
    client = access(Client, request, pk)
    if has_open_case(client):
        messages.info(request, str(HAS_OPEN_CASE))
        return _back(request, pk)
    matters = Matter.objects.visible_to(request.user, request.municipality).filter(client=client).order_by("-arrived")
    form = OpenCaseForm(request.POST or None, matters=matters)
    if request.method == "POST" and form.is_valid():
        matter = form.cleaned_data["matter"]
        if refusal := attempt(lambda: open_case(request.user, client, matter=matter)).refusal:
            messages.info(request, str(refusal))
        else:
            messages.success(request, _("The case was opened."))
        return _back(request, pk)
    record(request, Looked.OPENED, [pk])
    return render(request, "desk/client/case_open.html", {"client": client, "form": form, "matters": matters})


@roles(*CASEWORK)
def case_close(request: MunicipalRequest, pk: int) -> HttpResponse:
    client = access(Client, request, pk)
    case = Case.objects.filter(client=client, closed_at=None).first()
    if case is None:
        messages.info(request, _("The client has no open case."))
        return _back(request, pk)
    form = CloseCaseForm(_posted(request))
    same = request.POST.get("case") == str(case.pk)
    if request.method == "POST" and not same:
        messages.warning(request, _("This page was old. Check that the case shown here is the one to close."))
    elif (
        form.is_valid()
        and save(request, form, lambda: close_case(request.user, case, form.cleaned_data["ground"])).done
    ):
        messages.success(request, _("The case was closed."))
        return _back(request, pk)
    record(request, Looked.OPENED, [pk])
    context = {"client": client, "form": form, "case": case, "not_mine": answers_for(request.user, client)}
    return render(request, "desk/client/case_close.html", context)


@roles(*CASEWORK)
def client_non_disclosure(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Turvakielto: anybody who works with the client may record it, only the supervisor lifts it."""
    client = access(Client, request, pk)
    on = _posted_intent(request) if request.method == "POST" else not client.non_disclosure
    if not on and not request.access.all_units:
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, "non_disclosure", client, NonDisclosureForm(), on=on)
    if client.non_disclosure == on:
        return _protected_so_already(request, pk, on=on)
    form = NonDisclosureForm(request.POST)
    if not form.is_valid():
        return _page(request, "non_disclosure", client, form, on=on)
    reason, version = form.cleaned_data["reason"], posted_version(request)
    outcome = save(request, form, lambda: set_non_disclosure(request.user, client, on, reason, version=version))
    if not outcome.done:
        client.refresh_from_db()
        return _page(request, "non_disclosure", client, form, [], on=on)
    if not outcome.value:
        return _protected_so_already(request, pk, on=on)
    messages.success(request, _("The change was saved."))
    return _back(request, pk)


def _posted_intent(request: MunicipalRequest) -> bool:
    """What the form was shown for. Never worked out from the record: a form sent twice would lift what it recorded."""
    on = request.POST.get("on", "")
    if on not in ("yes", "no"):
        raise BadRequest
    return on == "yes"


def _protected_so_already(request: MunicipalRequest, pk: int, *, on: bool) -> HttpResponse:
    words = _("The client is already under non-disclosure.") if on else _("The non-disclosure has already been lifted.")
    messages.info(request, words)
    return _back(request, pk)


@roles(Role.SUPERVISOR)
def client_restriction(request: MunicipalRequest, pk: int) -> HttpResponse:
    """Who may see a client that is a colleague, a colleague's relative, or asked for it."""
    client = access(Client, request, pk)
    named = RestrictedAccess.objects.filter(client=client, ended=None).select_related("user")
    initial = {
        "restricted": client.restricted,
        "people": [row.user_id for row in named] or at_work_with(client) | {request.user.pk},
    }
    form = RestrictionForm(_posted(request), client=client, people=caseworkers(request.municipality), initial=initial)
    if not form.is_valid():
        return _page(request, "restriction", client, form)
    outcome = save(request, form, lambda: _restrict(request, client, form))
    if outcome.changed_meanwhile:
        client.refresh_from_db()
        return _page(request, "restriction", client, form, _restricted_now(form, client))
    if not outcome.done:
        return _page(request, "restriction", client, form)
    if not form.cleaned_data["restricted"]:
        messages.success(request, _("The client is seen by the ordinary rule."))
        return _back(request, client.pk)
    messages.success(request, _("From now on only the named people see the client."))
    if request.user in form.cleaned_data["people"]:
        return _back(request, client.pk)
    return redirect("client_search", code=request.municipality.code)


def at_work_with(client: Client) -> set[int]:
    """Own worker and whoever has an open matter: left out, they would lose the client without a word."""
    own = OwnWorker.objects.filter(client=client, ended=None).values_list("user", flat=True)
    matters = client.matters.filter(closed_at=None, assignee__isnull=False).values_list("assignee", flat=True)
    return {*own, *matters}


def _restrict(request: MunicipalRequest, client: Client, form: RestrictionForm) -> None:
    version = posted_version(request)
    if form.cleaned_data["restricted"]:
        restrict(request.user, client, form.cleaned_data["people"], version=version)
    else:
        lift_restriction(request.user, client, version=version)


def _restricted_now(form: RestrictionForm, client: Client) -> Differences:
    """What is stored now and differs from what was chosen."""
    found: Differences = []
    if form.cleaned_data["restricted"] != client.restricted:
        now = pgettext("answer", "Yes") if client.restricted else pgettext("answer", "No")
        found.append((str(form.fields["restricted"].label), now))
    named = RestrictedAccess.objects.filter(client=client, ended=None).select_related("user")
    if {row.user_id for row in named} != {person.pk for person in form.cleaned_data["people"]}:
        found.append((str(form.fields["people"].label), ", ".join(row.user.name for row in named)))
    return found


def _posted(request: MunicipalRequest) -> QueryDict | None:
    """An empty POST is a form too: the page comes back with what it lacks."""
    return request.POST if request.method == "POST" else None


def own_workers(client: Client) -> QuerySet[OwnWorker]:
    return OwnWorker.objects.filter(client=client).select_related("user", "assigned_by")


def _own_worker_page(
    request: MunicipalRequest, client: Client, form: Form, changed: Differences | None = None
) -> HttpResponse:
    not_mine = answers_for(request.user, client)
    return _page(request, "own_worker", client, form, changed, history=own_workers(client), not_mine=not_mine)


def _own_worker_id(client: Client) -> int | None:
    return OwnWorker.objects.filter(client=client, ended=None).values_list("user_id", flat=True).first()


def _page(
    request: MunicipalRequest, name: str, client: Client, form: Form, changed: Differences | None = None, **own: Any
) -> HttpResponse:
    """A form that comes back with an error stays as old as it was; after a conflict it is made anew from what is."""
    record(request, Looked.OPENED, [client.pk])
    as_old = request.method == "POST" and changed is None
    version = posted_version(request) if as_old else client.version
    context = {"client": client, "form": form, "changed": changed, "version": version, **own}
    return render(request, f"desk/client/{name}.html", context)


def _back(request: MunicipalRequest, pk: int) -> HttpResponseRedirect:
    return redirect("client", code=request.municipality.code, pk=pk)
