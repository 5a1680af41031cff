"""The buttons of an open matter, and the form of the one that is being done."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import Matter, MatterKind
from core import drafts
from desk.open_matter import OpenMatter
from desk.web.addresses import matter_address, queue_address
from desk.web.matter_forms import CloseForm, ContactForm, HandOverForm, MatterForm, ReopenForm, WaitForm
from municipalities.requests import MunicipalRequest

WORDS: dict[str, Promise] = {
    "take": _("Take"),
    "resume": _("Go on"),
    "contact": _("Record a contact"),
    "wait": _("Set waiting…"),
    "hand_over": _("Hand over…"),
    "close": _("Close…"),
    "undo_take": _("Undo taking"),
    "reopen": _("Open again…"),
    "acknowledge": _("Seen, stays closed"),
}
TITLES: dict[str, Promise] = {
    "contact": _("Record a contact"),
    "wait": _("Set waiting"),
    "hand_over": _("Hand over"),
    "close": _("Close the matter"),
    "reopen": _("Open the matter again"),
}
SAVES: dict[str, Promise] = {
    "contact": _("Save the contact"),
    "wait": _("Set waiting"),
    "hand_over": _("Hand over"),
    "close": _("Close the matter"),
    "reopen": _("Open the matter again"),
}
DEEDS = {"contact": "kirjaa", "wait": "odota", "hand_over": "siirra", "close": "sulje", "reopen": "avaa"}
POSTED = {
    "take": "matter_take",
    "resume": "matter_resume",
    "undo_take": "matter_undo_take",
    "acknowledge": "matter_acknowledge",
}
QUIET = ("undo_take", "hand_over", "close")
DECIDE = {"words": _("Decide…"), "title": _("Decide on the application"), "save": _("Save the decision")}


@dataclass(frozen=True, slots=True)
class Button:
    """A link that opens a form, or what posts at once."""

    words: Promise
    url: str
    posts: bool
    css: str
    current: bool


def shown_actions(
    request: MunicipalRequest, shown: OpenMatter, deed: str, form: MatterForm | None = None
) -> dict[str, Any]:
    """For the template: the buttons, and what the form of the deed needs when there is one."""
    # what was written and refused is given back also when the deed has become impossible in the meantime
    action = next((n for n, word in DEEDS.items() if word == deed and (form is not None or n in shown.actions)), "")
    context: dict[str, Any] = {
        "buttons": buttons(request, shown, action),
        "seen_url": matter_address(request, "matter_seen", shown.matter.pk),
        "reveal_url": matter_address(request, "matter_reveal", shown.matter.pk),
    }
    return context | (form_context(request, shown.matter, action, form) if action else {})


def buttons(request: MunicipalRequest, shown: OpenMatter, current: str) -> list[Button]:
    """One primary: the first; none when a form is open, whose own button is it."""
    pk = shown.matter.pk
    decides = shown.matter.kind == MatterKind.APPLICATION
    return [
        Button(
            DECIDE["words"] if decides and name == "close" else WORDS[name],
            matter_address(request, POSTED[name], pk)
            if name in POSTED
            else queue_address(request, avoin=pk, teko=DEEDS[name]) + "#teko",
            name in POSTED,
            "btn-primary" if place == 0 and not current else "btn-text" if name in QUIET and place else "btn-quiet",
            name == current,
        )
        for place, name in enumerate(shown.actions)
    ]


def form_context(request: MunicipalRequest, matter: Matter, action: str, form: MatterForm | None) -> dict[str, Any]:
    """`close_url` leaves the form without doing anything."""
    decides = action == "close" and matter.kind == MatterKind.APPLICATION
    context = {
        "action": action,
        "form": form or new_form(request, matter, action),
        "form_title": DECIDE["title"] if decides else TITLES[action],
        "form_save": DECIDE["save"] if decides else SAVES[action],
        "form_url": matter_address(request, f"matter_{action}", matter.pk),
        "close_url": queue_address(request, avoin=matter.pk, teko=None),
    }
    if action == "contact" and form is None:
        key = (request.user.pk, request.municipality.pk, "contact", draft_object(matter))
        context["draft"] = drafts.load(*key)
    return context | {"draft_object": draft_object(matter)}


def draft_object(matter: Matter) -> str:
    return f"matter:{matter.pk}"


def new_form(request: MunicipalRequest, matter: Matter, action: str, data: Any = None) -> MatterForm:
    match action:
        case "contact":
            return ContactForm(data, matter=matter)
        case "wait":
            return WaitForm(data, matter=matter)
        case "close":
            return CloseForm(data, matter=matter)
        case "reopen":
            return ReopenForm(data, matter=matter)
        case "hand_over":
            return HandOverForm(data, matter=matter, municipality=request.municipality)
    raise ValueError(f"no form for {action}")
