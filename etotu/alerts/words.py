"""Alerts as sentences, the same on the page and in an e-mail: times and days, no name of a person.

The name of a file, in which somebody may have written a client's, stands on the page of whoever brought it in only.
"""

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from etotu.models import Alert

# Finnish and Swedish bend the weekday: a sentence for each
_MISSING = {
    1: _("No batch came from Kela on Monday %(day)s."),
    2: _("No batch came from Kela on Tuesday %(day)s."),
    3: _("No batch came from Kela on Wednesday %(day)s."),
    4: _("No batch came from Kela on Thursday %(day)s."),
    5: _("No batch came from Kela on Friday %(day)s."),
    6: _("No batch came from Kela on Saturday %(day)s."),
    7: _("No batch came from Kela on Sunday %(day)s."),
}
_OF_BATCH = {
    Alert.Kind.REJECTED: _("The file that arrived %(time)s was rejected: no notice of it was taken."),
    Alert.Kind.INCOMPLETE: _("The batch that arrived %(time)s is incomplete: ask Kela for what is missing."),
    Alert.Kind.QUARANTINED: _("The batch that arrived %(time)s has rows to correct."),
    Alert.Kind.CLAIMED: _(
        "A notice of the file that was uploaded %(time)s has a number that Kela has given to another one. Check it."
    ),
}
_OWN_REJECTED = _("Your file %(file)s, which arrived %(time)s, was rejected: no notice of it was taken.")


def missing_words(day: datetime.date) -> str:
    """ "Kelalta ei tullut erää torstaina 11.10."."""
    # the sentence ends with the day's own full stop where the language has one
    text = str(_MISSING[day.isoweekday()]) % {"day": date_format(day, "MONTH_DAY_FORMAT")}
    return text.replace("..", ".")


def alert_words(alert: Alert, reader_id: int | None = None) -> str:
    """To this reader of the page; None for an e-mail."""
    if alert.day is not None:
        return missing_words(alert.day)
    if alert.batch is None:
        return str(Alert.Kind(alert.kind).label)
    time = date_format(timezone.localtime(alert.batch.received_at), "SHORT_DATETIME_FORMAT")
    words = _OF_BATCH[Alert.Kind(alert.kind)]
    if alert.kind == Alert.Kind.REJECTED and alert.batch.delivered_by_id == reader_id is not None:
        words = _OWN_REJECTED
    return str(words) % {"time": time, "file": alert.batch.file_name}
