"""`manage.py documents --kunta 297 --out DIR [--structure 15020]`"""

import json
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.db.models import F

from accounts.security_log import Kind, record
from core.row_security import scope
from municipalities.models import Municipality
from records.models import TakingOut, Version, Way
from records.out.checking import faults
from records.out.national import author_of, client_of, national, side_file

AT_ONCE: Final = 200


class Command(BaseCommand):
    help = (
        "Writes the newest finished version of every document of a municipality as national JSON, OID-id.json, and "
        "what is ours beside it as OID-id.side.json. Each is a disclosure and is logged as one."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--kunta", required=True, help="municipality code, such as 297")
        parser.add_argument("--out", required=True, type=Path, help="the folder; it is made if it is not there")
        parser.add_argument("--structure", help="only documents of this structure, such as 15020")

    def handle(self, *args: Any, kunta: str, out: Path, structure: str | None, **options: Any) -> None:
        municipality = Municipality.objects.with_code(kunta).first()
        if municipality is None:
            raise CommandError(f"There is no municipality with the code {kunta}. Give three digits, such as 297.")
        try:
            out.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise CommandError(f"The folder cannot be made: {error.strerror}.") from error
        written, invalid = self._write_all(municipality, out, structure)
        self.stdout.write(f"{written} documents in {out}, {len(invalid)} of them not valid")
        for line in invalid:
            self.stderr.write(line)
        if invalid:
            raise CommandError("Not all documents are valid: see the lines above.")

    def _write_all(self, municipality: Municipality, out: Path, structure: str | None) -> tuple[int, list[str]]:
        written, invalid, last = 0, [], 0
        while True:
            # one transaction for some of them: a stopped command has logged what it has written
            with scope([municipality.pk]), transaction.atomic():
                versions = _newest(structure, last)
                for version in versions:
                    found = _write(version, out)
                    invalid += [f"{_name(version)}: {fault}" for fault in found]
                _log(versions, municipality)
            if not versions:
                return written, invalid
            written, last = written + len(versions), versions[-1].document_id


def _newest(structure: str | None, after: int) -> list[Version]:
    rows = Version.objects.filter(
        number=F("document__latest"), document__cancelled_at=None, document_id__gt=after
    ).select_related("document__client")
    if structure:
        rows = rows.filter(document__number=structure)
    return list(rows.order_by("document_id")[:AT_ONCE])


def _write(version: Version, out: Path) -> list[str]:
    document = national(version, client_of(version.document.client), author_of(version))
    _file(out / f"{_name(version)}.json", document)
    _file(out / f"{_name(version)}.side.json", side_file(version))
    return faults(document, version.structure)


def _name(version: Version) -> str:
    return f"{version.structure}-{version.document_id}"


def _file(path: Path, what: Any) -> None:
    """Readable for whoever runs the command only."""
    text = json.dumps(what, ensure_ascii=False, indent=1)
    path.touch(mode=0o600)
    path.write_text(text + "\n", encoding="utf-8")


def _log(versions: list[Version], municipality: Municipality) -> None:
    """Each is a disclosure of its version; who runs a command at the server is known to the server only."""
    TakingOut.objects.bulk_create(
        TakingOut(municipality=municipality, version=version, way=Way.STRUCTURED) for version in versions
    )
    if versions:
        record(Kind.EXPORTED, municipality_number=municipality.pk, documents=len(versions))
