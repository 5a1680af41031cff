from django import template

register = template.Library()


@register.filter
def ordinal(number: int | str) -> int | str:
    """Goals are counted from one; the copy that a script numbers has none."""
    return number + 1 if isinstance(number, int) else ""
