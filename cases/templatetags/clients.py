"""`{% load clients %}`: where clients, matters and drafts are found, for templates of apps that do not serve them."""

from typing import Any

from django import template

from cases.addresses import CLIENT, DRAFTS, MATTER
from cases.models import Client

register = template.Library()


@register.simple_tag(takes_context=True)
def client_url(context: template.Context, pk: int) -> str:
    return CLIENT.url(context["municipality"].code, pk)


@register.simple_tag(takes_context=True)
def matter_url(context: template.Context, pk: int) -> str:
    """The queue with the matter open in it."""
    return MATTER.url(context["municipality"].code, pk)


@register.simple_tag(takes_context=True)
def drafts_url(context: template.Context) -> str:
    return DRAFTS.url(context["municipality"].code)


@register.inclusion_tag("cases/client_line.html", takes_context=True)
def client_line(context: template.Context, client: Client) -> dict[str, Any]:
    """Whose page this is, above the heading of a form; leads back to the client."""
    return {"client": client, "url": client_url(context, client.pk)}
