"""What a note tells of was changed: the time and the place go with it, unless they were written by hand."""

from dataclasses import replace

from django.utils import timezone

from desk.notes.around import Around
from records.notes.entry import Entry


def at_hand(entry: Entry, before: Entry, around: Around) -> Entry:
    """Of a time that was chosen, its own; a call instead of it is now, and not in the room of the meeting."""
    if entry.appointment == before.appointment:
        return entry
    time = around.time(entry.appointment)
    if time is not None:
        return replace(entry, at=timezone.localtime(time.at).isoformat(), until="", place=time.place)
    if entry.moment is None or before.moment is None or not _same_minute(entry, before):
        return entry
    now = timezone.localtime().replace(second=0, microsecond=0).isoformat()
    return replace(entry, at=now, until="", place="" if entry.place == before.place else entry.place)


def _same_minute(entry: Entry, before: Entry) -> bool:
    assert entry.moment is not None and before.moment is not None  # noqa: S101, PT018 - asked above
    return entry.moment.replace(second=0, microsecond=0) == before.moment.replace(second=0, microsecond=0)
