"""Values of a faulty row as people write them: Finnish days and times, yes and no; and back into the row's dialect."""

import datetime
import re
from typing import Final

from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from cases.models import MatterKind
from etotu.kinds import MATTER_KINDS
from etotu.parsing.attachments import TYPES
from etotu.parsing.fields import NOTE
from etotu.parsing.values import HELSINKI, finnish_date, finnish_time, iso_date, iso_time

DAYS: Final = frozenset({
    "hakemus.saapunut", "hakemus.paatospvm", "hakemus.kausiAlkaa", "hakemus.kausiPaattyy", "perusosa.alkaa",
    "perusosa.paattyy", "sosiaalityonTarve.keskustelupyyntoPvm",
})  # fmt: skip
TIMES: Final = frozenset({"luotu"})
TRUTHS: Final = frozenset({"kiireellinen", "henkilo.turvakielto", "sosiaalityonTarve.toivooKeskustelua"})
EUROS: Final = re.compile(r"hakemus\.meno\.\d+\.euroa")
MIME: Final = re.compile(r"liite\.\d+\.mime")
TRUE, FALSE = {"xml": "true", "csv": "K"}, {"xml": "false", "csv": "E"}
Option = tuple[str, str]


def shown(path: str, text: str) -> str:
    """As an input shows it; what cannot be read stays as it is. A browser takes the ends of lines out of one line."""
    stripped = text.strip() if path == NOTE else " ".join(text.split())
    if path in DAYS and (day := iso_date(stripped)):
        return f"{day.day}.{day.month}.{day.year}"
    if path in TIMES and (moment := iso_time(stripped)):
        clock = moment.astimezone(HELSINKI)
        return f"{clock.day}.{clock.month}.{clock.year} {clock.hour}.{clock.minute:02d}"
    if path in TRUTHS:
        return {"1": "true", "0": "false", "K": "true", "k": "true", "E": "false", "e": "false"}.get(stripped, stripped)
    return stripped


def in_dialect(path: str, text: str, dialect: str) -> str:
    """As the row itself would have it; what cannot be read stays as it is, for the checks to tell."""
    stripped = text.strip()
    if path in DAYS:
        day = finnish_date(stripped) or iso_date(stripped)
        return _day(day, dialect) if day else stripped
    if path in TIMES:
        moment = finnish_time(stripped.replace(":", ".")) or iso_time(stripped)
        return _time(moment, dialect) if moment else stripped
    if path in TRUTHS:
        return {"true": TRUE[dialect], "false": FALSE[dialect]}.get(stripped, stripped)
    if EUROS.fullmatch(path):
        return stripped.replace(",", ".").replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
    return stripped


def _day(day: datetime.date, dialect: str) -> str:
    return day.isoformat() if dialect == "xml" else f"{day.day}.{day.month}.{day.year}"


def _time(moment: datetime.datetime, dialect: str) -> str:
    clock = moment.astimezone(HELSINKI)
    return clock.isoformat() if dialect == "xml" else f"{_day(clock.date(), 'csv')} {clock.hour}.{clock.minute:02d}"


def options(path: str, current: str) -> list[Option]:
    """What may be chosen, with what stands there when it is none of them; empty where one writes."""
    if path == "tyyppi":
        known = [(code, str(MatterKind(kind).label)) for code, kind in MATTER_KINDS.items()]
    elif path in TRUTHS:
        known = [("true", pgettext("answer", "Yes")), ("false", pgettext("answer", "No"))]
    elif MIME.fullmatch(path):
        known = [(mime, mime) for mime in TYPES]
    else:
        return []
    if current not in dict(known):
        odd = gettext("%(value)s (not known)") % {"value": current} if current else gettext("not given")
        return [(current, odd), *known]
    return known if path == "tyyppi" else [("", gettext("not given")), *known]


HINTS: Final = {
    "luotu": _("Day and time, such as 12.10.2018 8.05"),
    "kunta": _("Three digits, such as 297 for Kuopio"),
    "henkilo.kotikunta": _("Three digits"),
    "henkilo.postinumero": _("Five digits"),
    "henkilo.henkilotunnus": _("Such as 131052-308T"),
}


def hint(path: str) -> str:
    if path in DAYS:
        return gettext("Day, such as 12.10.2018")
    return str(HINTS.get(path, ""))
