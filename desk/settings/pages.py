"""The settings of a municipality, for its admins."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cases.local_settings import change_settings
from core.saving import posted_version, save
from desk.settings.form import FIELDS, SettingsForm
from municipalities.members.action_words import action_words
from municipalities.models import AdminAction, LocalSettings, Role
from municipalities.requests import MunicipalRequest, roles
from municipalities.tabs import municipal_tabs

CHANGES_SHOWN = 10


@roles(Role.ADMIN)
def local_settings(request: MunicipalRequest) -> HttpResponse:
    stored = LocalSettings.objects.of(request.municipality)
    version = stored.version
    if request.method != "POST":
        return _page(request, SettingsForm(instance=stored), version)
    # the form writes into the instance it is given: a copy keeps what is stored
    form = SettingsForm(request.POST, instance=LocalSettings.objects.of(request.municipality))
    if not form.is_valid():
        return _page(request, form, posted_version(request))
    values = {name: form.cleaned_data[name] for name in FIELDS}
    sent = posted_version(request)
    outcome = save(request, form, lambda: change_settings(request.user, request.municipality, sent, values))
    if not outcome.done:
        return _page(request, form, version, changed=_differences(form, stored))
    messages.success(request, _("The settings were saved.") if outcome.value else _("Nothing was changed."))
    return redirect("local_settings", code=request.municipality.code)


def _differences(form: SettingsForm, stored: LocalSettings) -> list[tuple[str, object]]:
    """Label and present value of the settings that differ from what was typed."""
    there = SettingsForm(instance=stored)
    return [
        (str(form.fields[name].label), _in_words(there, name))
        for name in FIELDS
        if getattr(stored, name) != form.cleaned_data[name]
    ]


def _in_words(form: SettingsForm, name: str) -> object:
    field, value = form.fields[name], form[name].value()
    choices = dict(getattr(field, "choices", ()))
    if isinstance(value, list):
        return ", ".join(str(choices[one]) for one in value)
    return choices.get(value, value)


def _page(
    request: MunicipalRequest, form: SettingsForm, version: int, changed: list[tuple[str, object]] | None = None
) -> HttpResponse:
    actions = AdminAction.objects.filter(
        municipality=request.municipality, kind=AdminAction.Kind.CHANGED_SETTINGS
    ).select_related("actor")
    context = {
        "form": form,
        "version": version,
        "changed": changed,
        "changes": [(action, action_words(action)) for action in actions[:CHANGES_SHOWN]],
        "tabs": municipal_tabs(request.municipality.code, "local_settings"),
    }
    return render(request, "desk/settings/settings.html", context)
