"""The sentences of measurements on the timeline; registered by `AvainConfig`."""

import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from avain.models.measurement import MeasurementKind
from cases.models import Event
from cases.timeline.sentences import sentence_for, who, with_reason
from core.dates import short_day


@sentence_for("avain.measured", "flag")
def measured(event: Event) -> str:
    """ "Aino Demolainen ja asiakas asettivat kaksi tavoitetta." """
    n = event.data["goals"]
    if event.data["measured"] == MeasurementKind.CLOSING and not n:
        return _("%(who)s recorded a closing measurement.") % {"who": who(event)}
    words = (
        ngettext(
            "%(who)s and the client set a goal.",
            "%(who)s and the client set %(n)s goals.",
            n,
        )
        if event.data["together"]
        else ngettext(
            "%(who)s recorded a goal without the client.",
            "%(who)s recorded %(n)s goals without the client.",
            n,
        )
    )
    return words % {"who": who(event), "n": in_words(n)}


@sentence_for("avain.corrected", "flag")
def corrected(event: Event) -> str:
    day = short_day(datetime.date.fromisoformat(event.data["day"]))
    return with_reason(_("%(who)s corrected the measurement of %(day)s.") % {"who": who(event), "day": day}, event)


def in_words(n: int) -> str:
    words = {2: _("two"), 3: _("three"), 4: _("four"), 5: _("five")}
    return words.get(n, str(n))
