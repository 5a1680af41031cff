"""What people call the fields that faults and flags name by their paths."""

from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

_LABELS: Final = {
    "": _("The row"),
    "tunnus": _("Number of the notice"),
    "versio": _("Version"),
    "tyyppi": _("Type of the notice"),
    "kunta": _("Municipality"),
    "kiireellinen": _("Urgent"),
    "luotu": _("Time of making"),
    "henkilo": _("Person"),
    "henkilo.henkilotunnus": _("Personal identity code"),
    "henkilo.sukunimi": _("Family name"),
    "henkilo.etunimet": _("Given names"),
    "henkilo.asiointikieli": _("Language"),
    "henkilo.puhelin": _("Telephone"),
    "henkilo.lahiosoite": _("Street address"),
    "henkilo.postinumero": _("Postal code"),
    "henkilo.postitoimipaikka": _("Post office"),
    "henkilo.kotikunta": _("Home municipality"),
    "henkilo.turvakielto": _("Non-disclosure for personal safety"),
    "hakemus": _("Application"),
    "hakemus.saapunut": _("Application received"),
    "hakemus.paatospvm": _("Date of Kela's decision"),
    "hakemus.kausiAlkaa": _("Beginning of the period"),
    "hakemus.kausiPaattyy": _("End of the period"),
    "hakemus.meno": _("Expense"),
    "hakemus.meno.laji": _("Kind of expense"),
    "hakemus.meno.euroa": _("Amount of the expense"),
    "perusosa": _("Reduction of the basic amount"),
    "perusosa.alennusProsentti": _("Percentage of the reduction"),
    "perusosa.alkaa": _("Beginning of the reduction"),
    "perusosa.paattyy": _("End of the reduction"),
    "perusosa.peruste": _("Ground of the reduction"),
    "sosiaalityonTarve": _("Need for social work"),
    "sosiaalityonTarve.syy": _("Reason of the need"),
    "sosiaalityonTarve.toivooKeskustelua": _("Wish for a discussion"),
    "sosiaalityonTarve.keskustelupyyntoPvm": _("Day of the request for a discussion"),
    "tyottomyys": _("Unemployment"),
    "tyottomyys.kuukausia": _("Months of unemployment"),
    "lisatieto": _("Further information"),
    "liite": _("Attachment"),
    "liite.nimi": _("Name of the attachment"),
    "liite.mime": _("Type of the attachment"),
}


def field_label(path: str) -> str:
    """The name of a field in the language that is on, a repeated one with its number; unknown ones as they are."""
    parts = path.split(".")
    number = next((part for part in parts if part.isdigit()), "")
    label = _LABELS.get(".".join(part for part in parts if not part.isdigit()))
    if label is None:
        return path
    return gettext("%(label)s, no. %(number)s") % {"label": label, "number": number} if number else str(label)
