"""Fields of a row in words, and what of their values an admin may see: nothing that tells of the person."""

from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from core.identity_code import mask

NAMES: Final = {
    "tunnus": _l("Notice number"),
    "versio": _l("Version"),
    "tyyppi": _l("Type of notice"),
    "kunta": _l("Municipality"),
    "kiireellinen": _l("Urgent"),
    "luotu": _l("Made by Kela"),
    "henkilo": _l("Person"),
    "henkilo.henkilotunnus": _l("Personal identity code"),
    "henkilo.sukunimi": _l("Family name"),
    "henkilo.etunimet": _l("Given names"),
    "henkilo.asiointikieli": _l("Service language"),
    "henkilo.puhelin": _l("Phone"),
    "henkilo.lahiosoite": _l("Street address"),
    "henkilo.postinumero": _l("Postal code"),
    "henkilo.postitoimipaikka": _l("Post office"),
    "henkilo.kotikunta": _l("Municipality of residence"),
    "henkilo.turvakielto": _l("Non-disclosure"),
    "hakemus": _l("Application"),
    "hakemus.saapunut": _l("Application received"),
    "hakemus.paatospvm": _l("Kela's decision"),
    "hakemus.kausiAlkaa": _l("Period begins"),
    "hakemus.kausiPaattyy": _l("Period ends"),
    "hakemus.meno": _l("Expense"),
    "hakemus.meno.laji": _l("Kind of expense"),
    "hakemus.meno.euroa": _l("Amount of the expense"),
    "perusosa": _l("Reduction of the basic amount"),
    "perusosa.alennusProsentti": _l("Reduction, %"),
    "perusosa.alkaa": _l("Reduction begins"),
    "perusosa.paattyy": _l("Reduction ends"),
    "perusosa.peruste": _l("Ground of the reduction"),
    "sosiaalityonTarve": _l("Need for social work"),
    "sosiaalityonTarve.syy": _l("Reason of the need"),
    "sosiaalityonTarve.toivooKeskustelua": _l("Wish for a discussion"),
    "sosiaalityonTarve.keskustelupyyntoPvm": _l("Day of the request"),
    "tyottomyys": _l("Unemployment"),
    "tyottomyys.kuukausia": _l("Months"),
    "lisatieto": _l("Further information"),
    "liite": _l("Attachment"),
    "liite.nimi": _l("Name of the attachment"),
    "liite.mime": _l("Type of the attachment"),
    "": _l("The whole row"),
}
IDENTITY_CODE: Final = "henkilo.henkilotunnus"
# free text and names of files may tell of the person too
HIDDEN: Final = ("henkilo", "lisatieto", "liite")
LONGEST: Final = 60


def field_name(field: str) -> str:
    """ "Menon määrä 2" for `hakemus.meno.2.euroa`; an unknown path as it is."""
    parts = field.split(".")
    numbers = [part for part in parts if part.isdigit()]
    name = NAMES.get(".".join(part for part in parts if not part.isdigit()))
    return " ".join([str(name), *numbers]) if name else field


def shown_value(values: dict[str, Any], field: str) -> str:
    """What stands in the field; the identity code masked; of the person's other details only that they are there."""
    text = _value(values, field)
    if not text:
        return _("empty")
    if field == IDENTITY_CODE:
        return mask(text) if text[:6].isdigit() else _("not shown")
    if field.split(".")[0] in HIDDEN:
        return _("not shown")
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def _value(values: dict[str, Any], field: str) -> str:
    found: Any = values
    for part in field.split("."):
        if part.isdigit() and isinstance(found, list) and int(part) <= len(found):
            found = found[int(part) - 1]
        elif isinstance(found, dict):
            found = found.get(part)
        else:
            return ""
    return found.strip() if isinstance(found, str) else ""
