"""Ylläpito: the routing rules of the municipality, in their order."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.saving import attempt, posted_version, save
from etotu.models import RoutingRule
from etotu.routing import verbs as service
from etotu.routing.form import RuleForm
from etotu.routing.words import rules_shown
from municipalities.elsewhere import SETTINGS
from municipalities.models import LocalSettings, Role
from municipalities.requests import MunicipalRequest, roles
from municipalities.rows import own_row
from municipalities.tabs import municipal_tabs


@roles(Role.ADMIN)
@require_safe
def routing_rules(request: MunicipalRequest) -> HttpResponse:
    context = {
        "shown": rules_shown(list(rules_of(request)), timezone.localdate()),
        "held_per_week": LocalSettings.objects.of(request.municipality).held_per_week,
        "tabs": municipal_tabs(request.municipality.code, "routing_rules"),
        "settings_url": SETTINGS.url(request.municipality.code),
    }
    return render(request, "etotu/routing/rules.html", context)


@roles(Role.ADMIN)
def routing_rule_new(request: MunicipalRequest) -> HttpResponse:
    rule = RoutingRule(municipality=request.municipality, starts=timezone.localdate())
    form = RuleForm(request.municipality, request.POST or None, instance=rule)
    if request.method != "POST" or not form.is_valid():
        return rule_page(request, form, None)
    if save(request, form, lambda: service.add_rule(request.municipality, form.values())).done:
        messages.success(request, _("The rule was added. It is not in use before you switch it on."))
        return back(request)
    return rule_page(request, form, None)


@roles(Role.ADMIN)
def routing_rule(request: MunicipalRequest, pk: int) -> HttpResponse:
    rule = own_row(rules_of(request), request, pk=pk)
    form = RuleForm(request.municipality, request.POST or None, instance=rule)
    if request.method != "POST" or not form.is_valid():
        return rule_page(request, form, rule, version=posted_version(request) if form.is_bound else rule.version)
    if not save(request, form, lambda: service.edit_rule(rule, posted_version(request), form.values())).done:
        stored = own_row(rules_of(request), request, pk=pk)
        now = rules_shown([stored], timezone.localdate())[0]
        return rule_page(request, form, rule, version=stored.version, changed=now)
    messages.success(request, _("The rule was saved."))
    return back(request)


@roles(Role.ADMIN)
@require_POST
def routing_rule_switch(request: MunicipalRequest, pk: int) -> HttpResponse:
    on = request.POST.get("on") == "yes"
    service.switch_rule(own_row(rules_of(request), request, pk=pk), on=on)
    words = _("The rule is in use for what comes from now on.") if on else _("The rule is not in use any more.")
    messages.success(request, words)
    return back(request)


@roles(Role.ADMIN)
@require_POST
def routing_rule_move(request: MunicipalRequest, pk: int) -> HttpResponse:
    rule = own_row(rules_of(request), request, pk=pk)
    moved = attempt(lambda: service.move_rule(rule, up=request.POST.get("way") == "up"))
    if moved.refusal:
        messages.error(request, str(moved.refusal))
    elif moved.value:
        messages.success(request, _("The order was changed."))
    else:
        messages.info(request, _("The rule cannot be moved further."))
    return redirect(f"{reverse('routing_rules', kwargs={'code': request.municipality.code})}#saanto-{pk}")


@roles(Role.ADMIN)
@require_POST
def routing_rule_copy(request: MunicipalRequest, pk: int) -> HttpResponse:
    rule = own_row(rules_of(request), request, pk=pk)
    copy = attempt(lambda: service.copy_rule(rule))
    if copy.value is None:
        messages.error(request, str(copy.refusal))
        return back(request)
    messages.success(request, _("This is the copy. It is not in use before you switch it on."))
    return redirect("routing_rule", code=request.municipality.code, pk=copy.value.pk)


@roles(Role.ADMIN)
def routing_rule_delete(request: MunicipalRequest, pk: int) -> HttpResponse:
    rule = own_row(rules_of(request), request, pk=pk)
    if request.method == "POST":
        if refusal := attempt(lambda: service.delete_rule(rule)).refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The rule was deleted. Matters that it sent keep its reason."))
        return back(request)
    context = {
        "question": _("Delete the rule?"),
        "explanation": _("“%(reason)s” is deleted. Matters that it sent stay where they are and keep its reason.")
        % {"reason": rule.reason},
        "verb": _("Delete"),
        "cancel_url": reverse("routing_rules", kwargs={"code": request.municipality.code}),
        "form": None,
    }
    return render(request, "confirm.html", context)


def rules_of(request: MunicipalRequest) -> QuerySet[RoutingRule]:
    rules = RoutingRule.objects.filter(municipality=request.municipality)
    return rules.select_related("area", "to_unit", "to_user", "to_partner").order_by("position", "pk")


def rule_page(
    request: MunicipalRequest, form: RuleForm, rule: RoutingRule | None, *, version: int = 0, changed: Any = None
) -> HttpResponse:
    context = {"form": form, "rule": rule, "version": version, "changed": changed}
    status = 422 if form.is_bound else 200
    return render(request, "etotu/routing/rule.html", context, status=status)


def back(request: MunicipalRequest) -> HttpResponse:
    return redirect("routing_rules", code=request.municipality.code)
