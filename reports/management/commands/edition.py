"""`manage.py edition --kunta 837 --from 2018-10 --to 2018-10 --json`, or `manage.py edition 837 2018-H2 --preview`"""

import json
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.csv_export import BYTE_ORDER_MARK
from core.periods import PeriodError
from core.row_security import scope
from core.saving import NotPossible
from municipalities.models import Municipality
from reports.models import Edition
from reports.publishing.draft import draft_of
from reports.publishing.earlier import tables_of
from reports.publishing.files import draft_csv, draft_json, edition_csv, edition_json, words_of
from reports.publishing.periods import EditionPeriod, read_key, read_months
from reports.publishing.tables import Table, here
from reports.publishing.verbs import publish, refuse_open, refuse_telling
from reports.publishing.written_out import written_out

NOT_PUBLISHED: Final = 2
"""The exit code when the period has no edition and gets none; 1 is a question that cannot be answered."""


class Command(BaseCommand):
    help = (
        "Print the published numbers of a closed period of a municipality: a month, a quarter, a half-year, a year or "
        "the trial. One that the worker has not published yet is published now, as it would at night."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", nargs="?", help="municipality code, such as 837")
        parser.add_argument("key", nargs="?", help="2018-10, 2018-Q4, 2018-H2, 2018 or trial")
        parser.add_argument("--kunta", help="municipality code, such as 837")
        parser.add_argument("--from", dest="first", help="first month, YYYY-MM")
        parser.add_argument("--to", dest="last", help="last month, YYYY-MM")
        parser.add_argument("--preview", action="store_true", help="what would be published now; publishes nothing")
        form = parser.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true")
        form.add_argument("--csv", action="store_true")
        form.add_argument("--audit", action="store_true", help="the audit, written out in Markdown")

    def handle(self, *args: Any, **options: Any) -> None:
        municipality = _municipality(options["kunta"] or options["code"] or "")
        with scope([municipality.pk]):
            period = _period(municipality, **{name: options[name] for name in ("key", "first", "last")})
            try:
                refuse_open(period)
                told = self._preview if options["preview"] else self._published
                text = told(municipality, period, options)
            except NotPossible as refusal:
                raise CommandError(str(refusal), returncode=NOT_PUBLISHED) from refusal
        self.stdout.write(text)

    def _preview(self, municipality: Municipality, period: EditionPeriod, options: dict[str, Any]) -> str:
        draft = draft_of(municipality, period)
        if options["audit"]:
            return written_out(municipality, period, draft.tables)
        refuse_telling(draft.audit)
        if options["csv"]:
            return draft_csv(draft).decode().removeprefix(BYTE_ORDER_MARK)
        if options["json"]:
            return json.dumps(draft_json(draft), ensure_ascii=False)
        return _text(period, draft.tables, draft.smallest)

    def _published(self, municipality: Municipality, period: EditionPeriod, options: dict[str, Any]) -> str:
        edition, made = publish(None, municipality, period)
        if made:
            self.stderr.write(f"published now: {period.key}")
        if options["audit"]:
            return written_out(municipality, period, tables_of(edition), edition)
        if options["csv"]:
            return edition_csv(edition).decode().removeprefix(BYTE_ORDER_MARK)
        if options["json"]:
            return json.dumps(edition_json(edition), ensure_ascii=False)
        return _text(period, tables_of(edition), edition.smallest, edition)


def _municipality(code: str) -> Municipality:
    found = Municipality.objects.with_code(code).first()
    if found is None:
        raise CommandError(f"There is no municipality with the code {code}. Give three digits, such as 837.")
    return found


def _period(municipality: Municipality, key: str | None, first: str | None, last: str | None) -> EditionPeriod:
    try:
        if first and last:
            return read_months(first, last, municipality)
        if key:
            return read_key(key, municipality)
    except PeriodError as error:
        raise CommandError(str(error)) from error
    raise CommandError("Give the period: 2018-10, 2018-Q4, 2018-H2, 2018 or trial; or --from and --to.")


def _text(period: EditionPeriod, tables: list[Table], smallest: int, edition: Edition | None = None) -> str:
    head = f"{period.label}: {edition.made_at:%Y-%m-%d}, {edition.version}" if edition else period.label
    lines = [head]
    for table in tables:
        least = table.smallest or smallest
        lines += ["", f"{here(table.title)}, {table.period.label} (N = {words_of(table.n, least)})"]
        for row in table.rows:
            base = "" if row.base is None else f" / {words_of(row.base, least)}"
            lines.append(f"{here(row.label)}: {words_of(row.count, least)}{base}")
    return "\n".join(lines)
