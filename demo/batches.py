"""Kela's mornings: a batch on each of its days, through the same path as a real one."""

import datetime
from dataclasses import dataclass
from io import BytesIO

from accounts.models import User
from demo.calendar import at, working_days
from demo.routing import before_batch
from demo.scale import KUOPIO, Scale
from etotu.generator import GeneratedBatch
from etotu.loading.load import load
from etotu.loading.receive import store
from etotu.models import Alert, Batch, QuarantineRow
from etotu.models.batch import Via
from municipalities.models import Municipality

MORNING, AGAIN, MENDED = 6 * 60 + 31, 7 * 60 + 2, 7 * 60 + 12
SEED = 2018
# which of Kela's days, counted back from the last one, brought something else than a good batch
WITH_ERRORS = {1: 0.12, 3: 0.2, 9: 0.12, 13: 0.1}
INCOMPLETE, REPEATED, CUT_SHORT = 6, 8, 11


@dataclass(frozen=True, slots=True)
class Arrival:
    data: bytes
    at: datetime.datetime
    uploaded_by: User | None = None
    # it comes in the place of the one before it
    corrects: bool = False


def kela_days(scale: Scale, now: datetime.datetime, today: datetime.date) -> list[datetime.date]:
    """The days of the demo on which a batch has come by now."""
    days = working_days(today - datetime.timedelta(days=scale.days - 1), today)
    return [day for day in days if at(day, MENDED) <= now]


def load_batches(scale: Scale, days: list[datetime.date], admin: User, installer: User) -> None:
    """In the order of the days; between them stands what people and weeks did to where matters begin."""
    for back, day in reversed(list(enumerate(reversed(days)))):
        before_batch(day, back)
        before: Batch | None = None
        for arrival in arrivals(scale, day, back, admin, installer):
            before = load_one(day, arrival, before if arrival.corrects else None)


def arrivals(scale: Scale, day: datetime.date, back: int, admin: User, installer: User) -> list[Arrival]:
    """What came on a day: nearly always one good file. What holds all municipalities the installation admin mends."""
    data = file_of(scale, day, back)
    if back == REPEATED:
        return [Arrival(data, at(day, MORNING)), Arrival(data, at(day, AGAIN), admin)]
    if back == CUT_SHORT:
        cut = Arrival(data[: len(data) * 2 // 3], at(day, AGAIN), admin)
        return [cut, Arrival(data, at(day, MENDED), installer, corrects=True)]
    return [Arrival(data, at(day, MORNING))]


def file_of(scale: Scale, day: datetime.date, back: int) -> bytes:
    count = sum(scale.daily.values())
    batch = GeneratedBatch(
        scale.codes,
        count,
        day,
        SEED,
        errors=WITH_ERRORS.get(back, 0),
        versions=0.02,
        duplicates=0.01,
        people=scale.people,
    )
    data = b"".join(batch.chunks())
    if back == INCOMPLETE:
        return data.replace(b'ilmoitustenMaara="%d"' % count, b'ilmoitustenMaara="%d"' % (count + 1))
    return data


def load_one(day: datetime.date, arrival: Arrival, corrects: Batch | None = None) -> Batch:
    """Received and loaded then, not now. The bytes are read at once, so no worker is told."""
    batch = store(
        BytesIO(arrival.data),
        file_name=f"KELA-{day:%Y%m%d}.xml",
        via=Via.UPLOAD if arrival.uploaded_by else Via.FOLDER,
        received_at=arrival.at,
        actor=arrival.uploaded_by,
        municipality=Municipality.objects.get(pk=KUOPIO) if arrival.uploaded_by else None,
        corrects=corrects,
    )
    load(batch.pk)
    took = datetime.timedelta(seconds=2)
    Batch.objects.filter(pk=batch.pk).update(
        created_at=arrival.at, started_at=arrival.at, finished_at=arrival.at + took
    )
    QuarantineRow.objects.filter(batch=batch.pk).update(created_at=arrival.at)
    Alert.objects.filter(batch=batch.pk).update(created_at=arrival.at)
    return batch
