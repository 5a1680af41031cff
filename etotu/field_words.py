"""Fields of a row in words, and what of their values an admin may see: nothing that tells of the person."""

from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.identity_code import mask

NAMES: Final = {
    "tunnus": _("Notice number"),
    "versio": _("Version"),
    "tyyppi": _("Type of notice"),
    "kunta": _("Municipality"),
    "kiireellinen": _("Urgent"),
    "luotu": _("Made by Kela"),
    "henkilo": _("Person"),
    "henkilo.henkilotunnus": _("Personal identity code"),
    "henkilo.sukunimi": _("Family name"),
    "henkilo.etunimet": _("Given names"),
    "henkilo.asiointikieli": _("Service language"),
    "henkilo.puhelin": _("Phone"),
    "henkilo.lahiosoite": _("Street address"),
    "henkilo.postinumero": _("Postal code"),
    "henkilo.postitoimipaikka": _("Post office"),
    "henkilo.kotikunta": _("Municipality of residence"),
    "henkilo.turvakielto": _("Non-disclosure"),
    "hakemus": _("Application"),
    "hakemus.saapunut": _("Application received"),
    "hakemus.paatospvm": _("Kela's decision"),
    "hakemus.kausiAlkaa": _("Period begins"),
    "hakemus.kausiPaattyy": _("Period ends"),
    "hakemus.meno": _("Expense"),
    "hakemus.meno.laji": _("Kind of expense"),
    "hakemus.meno.euroa": _("Amount of the expense"),
    "perusosa": _("Reduction of the basic amount"),
    "perusosa.alennusProsentti": _("Reduction, %"),
    "perusosa.alkaa": _("Reduction begins"),
    "perusosa.paattyy": _("Reduction ends"),
    "perusosa.peruste": _("Ground of the reduction"),
    "sosiaalityonTarve": _("Need for social work"),
    "sosiaalityonTarve.syy": _("Reason of the need"),
    "sosiaalityonTarve.toivooKeskustelua": _("Wish for a discussion"),
    "sosiaalityonTarve.keskustelupyyntoPvm": _("Day of the request"),
    "tyottomyys": _("Unemployment"),
    "tyottomyys.kuukausia": _("Months"),
    "lisatieto": _("Further information"),
    "liite": _("Attachment"),
    "liite.nimi": _("Name of the attachment"),
    "liite.mime": _("Type of the attachment"),
    "": _("The whole row"),
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
    return public_text(field, _value(values, field))


def public_text(field: str, text: str) -> str:
    if not text:
        return gettext("empty")
    if field == IDENTITY_CODE:
        return mask(text) if text[:6].isdigit() else gettext("not shown")
    if field.split(".")[0] in HIDDEN:
        return gettext("not shown")
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
