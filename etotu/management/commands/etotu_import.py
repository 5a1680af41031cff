"""manage.py etotu_import FILE…: the same way in as an upload, without the queue."""

import datetime
import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from etotu.loading.load import load
from etotu.loading.receive import DEFAULT_SENDER, store
from etotu.loading.report import COUNTS, report
from etotu.models import Batch, BatchStatus
from etotu.models.batch import Via

END_OF_DAY = datetime.time(23, 59, 59)
EARLIEST = datetime.date(2000, 1, 1)


class Command(BaseCommand):
    help = "Load files of eTotu notices. Exit code 1 when a file was rejected."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
        parser.add_argument("--json", action="store_true", help="one JSON object a line for each file")
        parser.add_argument(
            "--received", type=datetime.date.fromisoformat, metavar="YYYY-MM-DD", help="the day of arrival (now)"
        )
        parser.add_argument("--sender", default=DEFAULT_SENDER, help="who sent a CSV file, which does not say it")

    def handle(self, *args: Any, files: list[Path], received: datetime.date | None, **options: Any) -> None:
        if received and not EARLIEST <= received <= timezone.localdate():
            raise CommandError(f"--received is {received}. Give a day from {EARLIEST} to today.")
        at = timezone.make_aware(datetime.datetime.combine(received, END_OF_DAY)) if received else timezone.now()
        missing = [str(path) for path in files if not path.is_file()]
        if missing:
            raise CommandError(_("There is no such file: %(names)s") % {"names": ", ".join(missing)})
        batches = [self.take(path, at, options["sender"], as_json=options["json"]) for path in files]
        if any(batch.status == BatchStatus.REJECTED for batch in batches):
            sys.exit(1)

    def take(self, path: Path, at: datetime.datetime, sender: str, *, as_json: bool) -> Batch:
        with path.open("rb") as stream:
            batch = store(stream, file_name=path.name, via=Via.COMMAND, received_at=at, sender=sender)
        load(batch.pk, wait=True)
        batch.refresh_from_db()
        found = report(batch)
        self.stdout.write(json.dumps(found, ensure_ascii=False) if as_json else in_words(path.name, batch, found))
        return batch


def in_words(name: str, batch: Batch, found: dict[str, Any]) -> str:
    counts = "  ".join(f"{key} {found[key]}" for key in COUNTS)
    lines = [f"{name}: {batch.get_status_display()}  {counts}"]
    if batch.incomplete:
        words = _("INCOMPLETE: the sender declared %(declared)s notices, the file has %(received)s.")
        lines.append(words % {"declared": batch.declared_count, "received": batch.received})
    lines += [f"  {e['tunnus'] or '-'}  {e['field']}: {e['message']}" for e in found["errors"]]
    return "\n".join(lines)
