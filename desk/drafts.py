"""Drafts of the forms, as js/drafts.js saves them: no use of the session, so that it ends when it should."""

import json
import re
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.middleware import does_not_prolong
from core import drafts
from municipalities.draft_forms import OBJECT, found
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles

NAME = re.compile(r"[a-z_]{1,40}")


@does_not_prolong
@roles(*CASEWORK)
@require_http_methods(["POST", "DELETE"])
def draft(request: MunicipalRequest) -> HttpResponse:
    """POST {"form", "object", "body"} keeps the author's draft, DELETE without body throws it away."""
    asked = read(request.body)
    form, what = str(asked.get("form", "")), str(asked.get("object", ""))
    if not NAME.fullmatch(form) or not OBJECT.fullmatch(what):
        return _not_kept(_("There is no such form."), 400)
    if request.method == "DELETE":
        # of whatever record: one's own text, which would fill the quota for ever once one sees the record no more
        drafts.drop(request.user.pk, request.municipality.pk, form, what)
        return HttpResponse(status=204)
    return _keep(request, form, what, asked.get("body"))


def _keep(request: MunicipalRequest, form: str, what: str, body: object) -> HttpResponse:
    """Only of a form that there is, on a record on which the person may fill it in; a refusal is logged as one."""
    known = found(form, what)
    if known is None:
        return _not_kept(_("There is no such form."), 400)
    if not isinstance(body, dict):
        return _not_kept(_("There is nothing to save."), 400)
    one, numbers = known
    try:
        one.gate(request, *numbers)
        saved_at = drafts.save(request.user.pk, request.municipality.pk, form, what, body)
    except Http404 as missing:
        return _not_kept(str(missing), 404)
    except PermissionDenied as refusal:
        return _not_kept(str(refusal) or _("You may not fill in this form."), 403)
    except drafts.NotKept as reason:
        return _not_kept(str(reason), reason.status)
    return JsonResponse({"saved_at": saved_at.isoformat()})


def _not_kept(words: str, status: int) -> HttpResponse:
    return JsonResponse({"error": words}, status=status)


def read(body: bytes) -> dict[str, Any]:
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return asked if isinstance(asked, dict) else {}
