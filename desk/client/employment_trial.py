"""The mark of the employment trial: on one client, and from a list that a supervisor brings."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.access.reads import access, record
from cases.clients.employment_trial import LINES, Listed, mark_client, mark_listed
from cases.models import Client
from cases.models.access_log import Looked
from municipalities.models import Role
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles

LARGEST = 1024 * 1024
SHOWN = 50


class TrialListForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("Text, one personal identity code on each line."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".txt,.csv,text/plain,text/csv"}),
    )
    text = forms.CharField(
        label=gettext_lazy("or paste the list here"),
        required=False,
        strip=False,
        max_length=LARGEST,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
    )
    on = forms.ChoiceField(
        label=gettext_lazy("What is done with those on the list?"),
        choices=[
            ("yes", gettext_lazy("They are marked as being in the employment trial")),
            ("no", gettext_lazy("The mark is removed from them")),
        ],
        widget=forms.RadioSelect,
        initial="yes",
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        file, text = cleaned.get("file"), cleaned.get("text") or ""
        if file and file.size > LARGEST:
            self.add_error("file", _("The file is too large. Bring the list in parts."))
        elif not file and not text.strip():
            self.add_error("text", _("Choose a file or paste the list."))
        else:
            lines = (file.read().decode("utf-8-sig", "replace") if file else text).splitlines()
            if len(lines) > LINES:
                self.add_error("file" if file else "text", _("The list is too long. Bring it in parts."))
            cleaned["lines"] = lines
        return cleaned


@roles(*CASEWORK)
def client_employment_trial(request: MunicipalRequest, pk: int) -> HttpResponse:
    client = access(Client, request, pk)
    if request.method == "POST":
        if mark_client(request.user, client, on=request.POST.get("on") == "yes"):
            messages.success(request, _("The change was saved."))
        else:
            messages.info(request, _("Somebody had already changed it so."))
        return redirect("client", code=request.municipality.code, pk=pk)
    record(request, Looked.OPENED, [pk])
    return render(request, "desk/client/employment_trial.html", {"client": client})


@roles(Role.SUPERVISOR)
def employment_trial_list(request: MunicipalRequest) -> HttpResponse:
    """The answer to the list is shown at once and is kept nowhere: neither are those whom nobody here knows."""
    form = TrialListForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form, "told": []}
    if request.method == "POST" and form.is_valid():
        on = form.cleaned_data["on"] == "yes"
        found = mark_listed(request.user, request.municipality, form.cleaned_data["lines"], on=on)
        record(request, Looked.LISTED, [*found.changed, *found.already])
        context = {"form": TrialListForm(), "told": told(found, on=on)}
    status = 422 if context["form"].errors else 200
    return render(request, "desk/client/employment_trial_list.html", context, status=status)


def told(found: Listed, *, on: bool) -> list[str]:
    n = len(found.changed)
    words = (
        ngettext("%(n)s client was marked.", "%(n)s clients were marked.", n)
        if on
        else ngettext("The mark was removed from %(n)s client.", "The mark was removed from %(n)s clients.", n)
    )
    lines = [words % {"n": n}]
    if found.already:
        n = len(found.already)
        lines.append(ngettext("%(n)s client was so already.", "%(n)s clients were so already.", n) % {"n": n})
    if found.unknown:
        lines.append(
            _("Not found among the clients that you may see, lines: %(lines)s") % {"lines": numbers(found.unknown)}
        )
    if found.wrong:
        lines.append(_("Not a personal identity code, lines: %(lines)s") % {"lines": numbers(found.wrong)})
    return lines


def numbers(lines: list[int]) -> str:
    """At most `SHOWN` of them; then how many more."""
    words = ", ".join(str(number) for number in lines[:SHOWN])
    rest = len(lines) - SHOWN
    more = ngettext("%(lines)s and %(n)s other", "%(lines)s and %(n)s others", rest)
    return more % {"lines": words, "n": rest} if rest > 0 else words
