"""An act in words."""

from cases.models import Act, ActKind


def act_words(act: Act) -> str:
    """ "palvelutarpeen arviointi aloitettu (puhelu), Aino Demolainen"."""
    kind = str(ActKind(act.kind).label)
    kind = kind[:1].lower() + kind[1:]
    how = f" ({act.get_how_display()})" if act.how else ""
    return f"{kind}{how}, {act.by.name}"
