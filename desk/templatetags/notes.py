"""`{% load notes %}`: the button that begins a note."""

from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("desk/notes/begin.html", takes_context=True)
def begin_note(
    context: template.Context,
    client_pk: int,
    words: str,
    of: str = "",
    *,
    time: int | None = None,
    matter: int | None = None,
    kind: str = "",
    shape: str = "btn-sm btn-quiet",
) -> dict[str, Any]:
    """Of a `time`, of a `matter` and a `kind` of work, or of what is at hand. `of` is said to readers only."""
    return {
        "municipality": context["municipality"],
        "csrf_token": context.get("csrf_token"),
        "client_pk": client_pk,
        "words": words,
        "of": of,
        "time": time,
        "matter": matter,
        "kind": kind,
        "shape": shape,
    }
