"""`manage.py recount --kunta 837 --from 2018-01-01 --to 2018-12-31`"""

import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from municipalities.models import Municipality
from reports.flows.recounting import Recounted, recount


class Command(BaseCommand):
    help = "Count the daily flows again from the rows, of one municipality or of all. Harmless at any time."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kunta", help="municipality code, such as 837; without it every municipality")
        parser.add_argument("--from", required=True, dest="first", type=datetime.date.fromisoformat, help="YYYY-MM-DD")
        parser.add_argument("--to", required=True, dest="last", type=datetime.date.fromisoformat, help="YYYY-MM-DD")

    def handle(self, *args: Any, kunta: str | None, first: datetime.date, last: datetime.date, **options: Any) -> None:
        if last < first:
            raise CommandError("The last day is before the first.")
        chosen = Municipality.objects.with_code(kunta) if kunta else Municipality.objects.all()
        if not chosen:
            raise CommandError(f"There is no municipality with the code {kunta}. Give three digits, such as 837.")
        total = sum((recount(one.pk, first, last) for one in chosen.order_by("pk")), Recounted())
        self.stdout.write(f"{total.days} days counted, {total.differing} differed")
