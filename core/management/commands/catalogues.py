"""`manage.py catalogues`: bring locale/ up to the texts of the program; `--check` only tells what is missing."""

from argparse import ArgumentParser
from importlib.util import find_spec
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core import catalogues


class Command(BaseCommand):
    help = "Updates the Finnish and Swedish catalogues from the code and the templates."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when something is missing")

    def handle(self, *args: Any, check: bool = False, **options: Any) -> None:
        if find_spec("babel") is None:
            raise CommandError("Babel is not installed. Run: pip install -r requirements-dev.txt")
        texts = catalogues.texts()
        if not check:
            for language in catalogues.LANGUAGES:
                catalogues.update(language, texts)
        faults = [line for language in catalogues.LANGUAGES for line in catalogues.gaps(language, texts)]
        for line in faults:
            self.stdout.write(line)
        if check and faults:
            raise CommandError(f"{len(faults)} texts need a translator.")
        self.stdout.write(f"{len(texts)} texts, {len(faults)} of them lack something in a catalogue.")
