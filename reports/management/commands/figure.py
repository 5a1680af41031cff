"""`manage.py figure NAME --kunta 837 --from 2018-10 --to 2018-10 --json`"""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.periods import Period, PeriodError
from core.row_security import scope
from municipalities.models import Municipality
from reports.figures.question import Question
from reports.figures.registry import FIGURES


class Command(BaseCommand):
    help = (
        "Print a figure of a municipality, exact: for internal use by those who work there, never to be passed on. "
        "The two months are the first and the last of the period."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", choices=sorted(FIGURES))
        parser.add_argument("--kunta", required=True, help="municipality code, such as 837")
        parser.add_argument("--from", required=True, dest="first", help="first month, YYYY-MM")
        parser.add_argument("--to", required=True, dest="last", help="last month, YYYY-MM")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, name: str, kunta: str, first: str, last: str, **options: Any) -> None:
        municipality = Municipality.objects.with_code(kunta).first()
        if municipality is None:
            raise CommandError(f"There is no municipality with the code {kunta}. Give three digits, such as 837.")
        try:
            period = Period.of_months(first, last)
        except PeriodError as error:
            raise CommandError(str(error)) from error
        with scope([municipality.pk]):
            figure = FIGURES[name].exact(Question(municipality, period))
        # beside the numbers, so that a script reads what it did
        self.stderr.write("For internal use: exact numbers. What may be passed on is published numbers.")
        if options["json"]:
            self.stdout.write(json.dumps(figure.as_json(), ensure_ascii=False))
            return
        self.stdout.write(figure.heading)
        for row in figure.rows:
            self.stdout.write(f"{row.label}: {row.count_words}")
