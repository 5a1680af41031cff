"""Drafts of the forms, as js/drafts.js saves them: no use of the session, so that it ends when it should."""

import json
import re
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.middleware import does_not_prolong
from core import drafts
from desk.matter.deeds import with_forms
from municipalities.models.membership import CASEWORK
from municipalities.requests import MunicipalRequest, roles

FORMS = frozenset({"contact", "measurement", "person", "matter"})
"""Those that have drafts besides the deeds' own."""
# a record or nothing: the pages that list drafts read the number out of it
OBJECT = re.compile(r"((client|matter):[0-9]{1,18}(:[0-9]{1,18})?)?")


@does_not_prolong
@roles(*CASEWORK)
@require_http_methods(["POST", "DELETE"])
def draft(request: MunicipalRequest) -> HttpResponse:
    """POST {"form", "object", "body"} keeps the author's draft, DELETE without body throws it away."""
    asked = read(request.body)
    form, what = str(asked.get("form", "")), str(asked.get("object", ""))
    if form not in FORMS | with_forms() or not OBJECT.fullmatch(what):
        return JsonResponse({"error": _("There is no such form.")}, status=400)
    if request.method == "DELETE":
        drafts.drop(request.user.pk, request.municipality.pk, form, what)
        return HttpResponse(status=204)
    body = asked.get("body")
    if not isinstance(body, dict):
        return JsonResponse({"error": _("There is nothing to save.")}, status=400)
    try:
        saved_at = drafts.save(request.user.pk, request.municipality.pk, form, what, body)
    except drafts.DraftTooLarge:
        return JsonResponse({"error": _("The text is too long for a draft.")}, status=413)
    return JsonResponse({"saved_at": saved_at.isoformat()})


def read(body: bytes) -> dict[str, Any]:
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return asked if isinstance(asked, dict) else {}
