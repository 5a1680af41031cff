import re
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterable
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from etotu.generator import GeneratedBatch


class Command(BaseCommand):
    help = "Write a batch of made-up eTotu notices of any size. The same arguments give the same bytes."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("out", metavar="OUT", help="file to write, - for standard output")
        parser.add_argument("--kunta", required=True, type=_codes, help="codes of municipalities: 837,211")
        parser.add_argument("--count", required=True, type=_number, help="how many notices")
        parser.add_argument("--date", type=_day, default=None, help="day of sending, YYYY-MM-DD; default today")
        parser.add_argument("--seed", type=int, default=0)
        parser.add_argument("--errors", type=_share, default=0.0, help="share of rows with a fault, 0 to 1")
        parser.add_argument("--versions", type=_share, default=0.0, help="share of later versions of earlier rows")
        parser.add_argument("--duplicates", type=_share, default=0.0, help="share of repeats of earlier rows")
        parser.add_argument("--format", choices=["xml", "csv"], default=None, help="default: by the name of OUT")
        parser.add_argument("--people", type=_number, default=None, help="people of working age in a municipality")

    def handle(self, *args: Any, **options: Any) -> None:
        out: str = options["out"]
        if options["errors"] + options["versions"] + options["duplicates"] > 1:
            raise CommandError("The shares of errors, versions and duplicates may together be 1 at most.")
        batch = GeneratedBatch(
            codes=options["kunta"],
            count=options["count"],
            day=options["date"] or timezone.localdate(),
            seed=options["seed"],
            errors=options["errors"],
            versions=options["versions"],
            duplicates=options["duplicates"],
            form=options["format"] or ("csv" if out.lower().endswith(".csv") else "xml"),
            people=options["people"] or None,
        )
        try:
            with nullcontext(sys.stdout.buffer) if out == "-" else Path(out).open("wb") as file:
                _write(file, batch.chunks())
        except BrokenPipeError:
            # the reader has had enough; nothing more can be said to it when the program ends
            sys.stdout = sys.__stdout__ = None  # type: ignore[misc]
        except OSError as error:
            raise CommandError(f"{out} cannot be written: {error.strerror}.") from error


def _write(file: BinaryIO, chunks: Iterable[bytes]) -> None:
    file.writelines(chunks)
    file.flush()


def _codes(text: str) -> list[str]:
    codes = [code.strip() for code in text.split(",")]
    if not all(re.fullmatch(r"[0-9]{3}", code, re.ASCII) for code in codes):
        raise ArgumentTypeError("give codes of three digits, separated by commas: 837,211")
    return codes


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError("give a day as YYYY-MM-DD") from None
    if not 2000 <= day.year <= 2100:
        raise ArgumentTypeError("give a day of the years 2000–2100")
    return day


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1
    if not 0 <= share <= 1:
        raise ArgumentTypeError("give a share between 0 and 1, such as 0.02")
    return share


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise ArgumentTypeError("give a whole number")
    return int(text)
