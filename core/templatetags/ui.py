"""The parts of a page as template tags; what each looks like is in templates/components/. See docs/interface.md."""

import json
import re
import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.contrib.messages import constants as levels
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page
from django.forms import BaseForm
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core.figures import Figure
from core.templatetags.icons import icon

register = template.Library()
register.simple_tag(icon)

DUE_ICONS = {"late": "warn", "soon": "clock"}
NOTE_ICONS = {"late": "warn", "soon": "info", "done": "check", "": "info"}
TAG_ICONS = {"late": "warn", "done": "check"}
# of a draft, what is no text: codes of lists as their values stand in a page, days, numbers and times
NO_TEXT = re.compile(r"[a-z0-9_:.-]*")
LEVELS = {levels.SUCCESS: "done", levels.WARNING: "soon", levels.ERROR: "late"}


@register.filter
def message_class(message: Message) -> str:
    kind = LEVELS.get(message.level, "")
    return f"note-{kind}" if kind else ""


@register.filter
def message_icon(message: Message) -> str:
    return NOTE_ICONS[LEVELS.get(message.level, "")]


@register.filter
def as_json(value: object) -> str:
    """JSON text for a data attribute (the template escapes it)."""
    return json.dumps(value, ensure_ascii=False)


@register.inclusion_tag("components/due.html")
def due(words: str, state: str = "", why: str = "", shape: str = "") -> dict[str, Any]:
    """A deadline in words. `state`: "late", "soon" or "". `why` is its title; `shape`: "head" or ""."""
    return {
        "words": words,
        "state": state,
        "why": why,
        "shape": shape,
        "icon": DUE_ICONS.get(state, ""),
    }


@register.inclusion_tag("components/due_why.html")
def due_why(words: str, why: str, state: str = "") -> dict[str, Any]:
    """A deadline that stands alone and opens its reason."""
    return {"words": words, "state": state, "why": why}


@register.inclusion_tag("components/tag.html")
def tag(words: str, kind: str = "", picture: str = "") -> dict[str, Any]:
    """A state. `kind`: "done", "late" or ""."""
    return {"words": words, "kind": kind, "icon": picture or TAG_ICONS.get(kind, "")}


@register.inclusion_tag("components/empty.html")
def empty(fact: str, text: str = "", url: str = "", link: str = "") -> dict[str, Any]:
    """Nothing to show: the fact, and what to do next."""
    return {"fact": fact, "text": text, "url": url, "link": link}


@register.inclusion_tag("components/tabs.html")
def tabs(items: Sequence[dict[str, Any]], label: str) -> dict[str, Any]:
    """Items are mappings of `label`, `url`, `current` and, if wanted, `n`."""
    return {"items": [{"n": None} | item for item in items], "label": label}


@register.inclusion_tag("components/section_head.html")
def section_head(id: str, title: str, note: str = "", url: str = "") -> dict[str, Any]:
    """The heading of a section, with a remark at its right that is a link when it has a `url`."""
    return {"id": id, "title": title, "note": note, "url": url}


@register.simple_block_tag
def note(content: str, kind: str = "", picture: str = "") -> SafeString:
    """Something to decide. `kind`: "late", "soon", "done" or ""."""
    shape = f"note note-{kind}" if kind else "note"
    return format_html(
        '<div class="{}">{}<div>{}</div></div>',
        shape,
        icon(picture or NOTE_ICONS[kind]),
        content,
    )


@register.simple_block_tag
def line(content: str, picture: str) -> SafeString:
    """One event of a timeline: its icon, then a paragraph and perhaps voices."""
    return format_html('<li class="line">{}{}</li>', icon(picture), content)


@register.simple_block_tag
def day(content: str, heading: str, remark: str = "", state: str = "", id: str = "") -> SafeString:
    """A day of an agenda or timeline, in the margin once; the work beside it is the content (a list)."""
    head = render_to_string(
        "components/day_head.html",
        {
            "heading": heading,
            "remark": remark,
            "state": state,
            "icon": DUE_ICONS.get(state, ""),
            "id": id,
        },
    )
    return format_html('<section class="day"{}>{}{}</section>', labelled_by(id), head, content)


@register.simple_block_tag
def voice(content: str, whose: str, words: str) -> SafeString:
    """What somebody said or wrote. `whose`: "client" or "pro"; `words` label it."""
    head = format_html(
        '<p class="voice-tag">{} {}</p>',
        icon("bubble" if whose == "client" else "pen"),
        words,
    )
    return format_html('<div class="voice {} s">{}{}</div>', whose, head, content)


def labelled_by(id: str) -> SafeString:
    return format_html(' aria-labelledby="{}"', id) if id else SafeString("")


@register.inclusion_tag("components/bar.html")
def bar(share: float | None, kind: str = "") -> dict[str, Any]:
    """A bar of 0–100 %, beside the same number in words. `kind`: "2" for the other side. None (hidden) draws none."""
    return {
        "share": None if share is None else f"{max(0.0, min(100.0, float(share))):.1f}",
        "kind": kind,
    }


@register.inclusion_tag("components/figure.html")
def figure(
    figure: Figure[Any], id: str, rows_are: str, counts_are: str, csv_url: str = "", remark: str = ""
) -> dict[str, Any]:
    """A figure as a table with bars. `rows_are` and `counts_are` head the first two columns."""
    return {
        "figure": figure,
        "id": id,
        "rows_are": rows_are,
        "counts_are": counts_are,
        "csv_url": csv_url,
        "remark": remark,
    }


@register.inclusion_tag("components/pager.html", takes_context=True)
def pager(context: template.Context, page: Page[Any], parameter: str = "sivu") -> dict[str, Any]:
    """Links to the pages of a list; the other parameters of the address stay."""

    def address(number: int) -> str:
        query = context["request"].GET.copy()
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    return {
        "page": page,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """All errors of a form at its top, in the order of its fields and each a link to one; takes the focus."""
    found = [
        {
            "to": f"div_{form[name].auto_id}" if form[name].use_fieldset else form[name].id_for_label,
            "label": form[name].label,
            "words": words,
        }
        for name in form.fields
        for words in form.errors.get(name, [])
    ]
    return {"errors": found, "general": form.non_field_errors()}


@register.inclusion_tag("components/filter_form.html")
def filter_form(form: BaseForm, label: str, part: str = "") -> dict[str, Any]:
    """The filters of a list: a GET form, so that they are in the address.

    `part` is the id of the part of the page that alone is renewed where there is a script.
    """
    return {"form": form, "label": label, "part": part}


@register.inclusion_tag("components/draft_offer.html")
def draft_offer(form: str, object: str, draft: Any, what: str = "") -> dict[str, Any]:
    """Offers a stored draft back. `draft` has `fields` (name → value or values) and `saved_at`; None shows nothing."""
    return {
        "form": form,
        "object": object,
        "draft": draft,
        "what": what,
        "texts": texts_of(draft.fields if draft else {}),
    }


def texts_of(fields: Mapping[str, Any]) -> list[str]:
    """What was written, for a browser without script; neither codes that were chosen nor days and numbers."""
    values = [str(one) for given in fields.values() for one in (given if isinstance(given, list) else [given])]
    return [value for value in values if not NO_TEXT.fullmatch(value)]


@register.inclusion_tag("components/draft_state.html")
def draft_state() -> dict[str, Any]:
    """Where js/drafts.js tells that a draft is saved, or that it is not. Inside the form."""
    return {}


@register.inclusion_tag("components/save_or_cancel.html")
def save_or_cancel(cancel_url: str, verb: str = "") -> dict[str, Any]:
    """The buttons under a form; `verb` is what the form does, "Save" unless told otherwise."""
    return {"verb": verb or _("Save"), "cancel_url": cancel_url}


@register.simple_tag
def once() -> SafeString:
    """A token that the server spends when the form's record is made, so that a double click makes one."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid.uuid4())
