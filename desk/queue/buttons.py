"""The buttons of an open matter, and the form of the deed that is being done."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from core import drafts
from core.saving import offered_draft
from desk.matter.addresses import matter_address, queue_address
from desk.matter.deeds import Deed, Situation, deed_of_word, new_form, offered, situation
from desk.matter.forms import MatterForm
from desk.matter.left_open import left_open
from desk.queue.open_matter import OpenMatter
from municipalities.requests import MunicipalRequest

# more at once are hard to choose from: what is least probable goes under "More"
BUTTONS = 4


@dataclass(frozen=True, slots=True)
class Button:
    """A link that opens a form, or what posts at once."""

    words: Promise
    url: str
    posts: bool
    css: str
    current: bool
    more: bool


def shown_actions(
    request: MunicipalRequest, shown: OpenMatter, word: str, form: MatterForm | None = None
) -> dict[str, Any]:
    """For the template: the buttons, and what the form of the deed needs when there is one."""
    here = situation(request, shown.file)
    possible = offered(here)
    # what was written and refused is given back also when the deed has become impossible in the meantime
    asked = deed_of_word(word)
    doing = asked if asked and asked.form and (form is not None or asked in possible) else None
    shown_buttons = buttons(request, here, possible, doing)
    context: dict[str, Any] = {
        "buttons": [button for button in shown_buttons if not button.more],
        "more_buttons": [button for button in shown_buttons if button.more],
        "action": "",
        "draft": None,
        "draft_left": None,
        "leaves": [],
        "seen_url": matter_address(request, "matter_seen", shown.matter.pk),
        "reveal_url": matter_address(request, "matter_reveal", shown.matter.pk),
    }
    return context | (form_context(request, here, doing, form) if doing else draft_left(request, here, asked))


def buttons(request: MunicipalRequest, here: Situation, possible: list[Deed], doing: Deed | None) -> list[Button]:
    """One primary: the first; none when a form is open, whose own button is it. Then buttons, then quieter links."""
    pk = here.matter.pk
    first, rest = possible[:1], possible[1:]
    loud = [one for one in rest if one.shape == "button"]
    quiet = [one for one in rest if one.shape == "quiet"]
    more = [*loud[BUTTONS - 1 :], *(one for one in rest if one.shape == "more")]
    return [
        Button(
            one.button_words(here),
            queue_address(request, avoin=pk, teko=one.word) + "#teko"
            if one.form
            else matter_address(request, one.url_name, pk),
            one.form is None,
            "btn-primary" if one in first and doing is None else "btn-text" if one in quiet else "btn-quiet",
            one is doing,
            one in more,
        )
        for one in [*first, *loud[: BUTTONS - 1], *quiet, *more]
    ]


def form_context(request: MunicipalRequest, here: Situation, doing: Deed, form: MatterForm | None) -> dict[str, Any]:
    """`close_url` leaves the form without doing anything."""
    matter = here.matter
    context = {
        "action": doing.name,
        "fields": doing.template,
        "form": form or new_form(request, matter, doing.name),
        "form_title": doing.form_title(here),
        "form_save": doing.save_words(here),
        "form_url": matter_address(request, doing.url_name, matter.pk),
        "close_url": queue_address(request, avoin=matter.pk, teko=None),
    }
    mine = doing.drafts.draft(request, matter.pk)
    context |= {"draft": offered_draft(request, mine, sent=form is not None), "draft_object": mine.object}
    if doing.ends:
        context["leaves"] = left_open(request.municipality.code, matter)
    return context


def draft_left(request: MunicipalRequest, here: Situation, asked: Deed | None) -> dict[str, Any]:
    """What the person wrote for a deed that cannot be done any more, to be copied or thrown away."""
    if asked is None or asked.form is None:
        return {}
    mine = asked.drafts.draft(request, here.matter.pk)
    draft = offered_draft(request, mine, sent=False)
    if draft is None:
        return {}
    texts = [text for name in asked.form.free_texts() for text in written(draft, name)]
    title = asked.form_title(here)
    return {
        "draft_left": {"form": asked.name, "title": title, "texts": texts, "saved_at": draft.saved_at},
        "draft_object": mine.object,
    }


def written(draft: drafts.SavedDraft, name: str) -> list[str]:
    given = draft.fields.get(name, [])
    return [str(text) for text in (given if isinstance(given, list) else [given]) if str(text).strip()]
