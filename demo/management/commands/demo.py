"""manage.py demo: invented people and their last 90 days, for trying the program out."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo import ONLY_IN_THE_DEMO
from demo.accounts import accounts_text
from demo.load import load_demo
from demo.scale import DAYS, Scale


class Command(BaseCommand):
    help = "Load the demo data. Run again, it adds nothing and keeps what people have done."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=DAYS, help="how many days back the demo begins")

    def handle(self, *args: Any, days: int, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(ONLY_IN_THE_DEMO)
        loaded = load_demo(Scale(days=days))
        if loaded is None:
            self.stdout.write("The demo data is here already: nothing was added, what people did is kept.")
        else:
            self.stdout.write(
                f"Demo data: {loaded.notices} notices from Kela, {loaded.by_hand} matters opened by hand, "
                f"{loaded.cases} cases, {loaded.measurements} AVAIN measurements, {loaded.notes} notes "
                f"and {loaded.documents} documents, "
                "all of them invented."
            )
        self.stdout.write(accounts_text())
