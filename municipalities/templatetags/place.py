from typing import Any

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def place_url(context: template.Context, name: str, **kwargs: Any) -> str:
    """The address of a page that a municipality's admin and the installation admin both have, for this reader."""
    url: str = context["place"].url(name, **kwargs)
    return url
