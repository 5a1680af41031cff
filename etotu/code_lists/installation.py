"""Koodistot of the installation: codes are added and ended here, for all municipalities."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from accounts.middleware import does_not_prolong
from core.day_field import DayField
from core.models import Code
from core.saving import save
from etotu.code_lists.checking_again import EVERYWHERE, waiting_everywhere
from etotu.code_lists.pages import start_check
from etotu.code_lists.shown import NAMES, kinds_shown, lists_shown, waiting_words
from etotu.codes.lists import CodeList
from etotu.codes.stored import PREFIX
from etotu.codes.verbs import add_code, end_code, latest_changes
from municipalities.requests import installation_admin
from municipalities.tabs import installation_tabs


class NewCodeForm(forms.Form):
    code = forms.CharField(label=gettext_lazy("Code"), max_length=60, help_text=gettext_lazy("As in Kela's notices."))
    fi = forms.CharField(label=gettext_lazy("In Finnish"), max_length=200)
    sv = forms.CharField(label=gettext_lazy("In Swedish"), max_length=200)
    en = forms.CharField(label=gettext_lazy("In English"), max_length=200)
    starts = DayField(
        label=gettext_lazy("First day"), help_text=gettext_lazy("Notices that Kela made from this day on may use it.")
    )
    ends = DayField(label=gettext_lazy("Last day, if it is known"), required=False)


class EndCodeForm(forms.Form):
    last_day = DayField(label=gettext_lazy("Last day"))


@installation_admin
@require_GET
def installation_code_lists(request: HttpRequest) -> HttpResponse:
    context = {
        "lists": lists_shown(),
        "kinds": kinds_shown(),
        "changes": latest_changes(),
        "editing": True,
        "tabs": installation_tabs("installation_code_lists"),
    }
    return render(request, "etotu/codes/code_lists.html", context | waiting())


@does_not_prolong
@installation_admin
@require_GET
def installation_check_again_progress(request: HttpRequest) -> HttpResponse:
    return render(request, "etotu/codes/checking_again.html", waiting())


@installation_admin
@require_POST
def installation_check_again(request: Any) -> HttpResponse:
    start_check(request, EVERYWHERE, waiting_everywhere(), request.user)
    return redirect("installation_code_lists")


@installation_admin
def installation_code_new(request: Any, name: str) -> HttpResponse:
    if name not in NAMES:
        raise Http404
    form = NewCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and added(request, CodeList(name), form):
        messages.success(request, _("The code was added. Notices that have it are no longer marked as odd."))
        return redirect("installation_code_lists")
    context = {
        "form": form,
        "question": _("Add a code: %(list)s") % {"list": NAMES[CodeList(name)]},
        "explanation": _("It holds in every municipality. Its words cannot be changed afterwards, only its end."),
        "verb": _("Add"),
        "cancel_url": reverse("installation_code_lists"),
    }
    return render(request, "etotu/codes/code_form.html", context)


@installation_admin
def installation_code_end(request: Any, pk: int) -> HttpResponse:
    code = get_object_or_404(Code.objects.select_related("list"), pk=pk, list__name__startswith=PREFIX)
    form = EndCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and ended(request, code, form):
        messages.success(request, _("The code has a last day. Older notices go on being shown with its words."))
        return redirect("installation_code_lists")
    context = {
        "form": form,
        "question": _("End the code %(code)s?") % {"code": code.code},
        "explanation": _("Notices that Kela makes after the last day are marked as odd when they have it."),
        "verb": _("End the code"),
        "cancel_url": reverse("installation_code_lists"),
    }
    return render(request, "etotu/codes/code_form.html", context)


def added(request: Any, name: CodeList, form: NewCodeForm) -> bool:
    data = form.cleaned_data
    words = {language: data[language].strip() for language in ("fi", "sv", "en")}
    code, starts, ends = data["code"].strip(), data["starts"], data["ends"]
    return save(request, form, lambda: add_code(request.user, name, code, words, starts, ends)).done


def ended(request: Any, code: Code, form: EndCodeForm) -> bool:
    return save(request, form, lambda: end_code(request.user, code, form.cleaned_data["last_day"])).done


def waiting() -> dict[str, Any]:
    return {
        "waiting": waiting_words(EVERYWHERE, waiting_everywhere()),
        "progress_name": "installation_check_again_progress",
    }
