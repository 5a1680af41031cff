from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS

from core.encryption import key_ring
from core.known_keys import forget_key, missing_keys, record_keys
from core.reencrypting import counted, reencrypt

OWNER_ONLY = "As the owner of the tables only: set DATABASE_OWNER_URL for this command, as for migrate."


class Command(BaseCommand):
    help = "Writes everything encrypted anew under the first of FIELD_KEYS. May be stopped and started at any time."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--count", action="store_true", help="only count what each key has written")

    def handle(self, *args: Any, count: bool, **options: Any) -> None:
        using = "owner" if "owner" in settings.DATABASES else DEFAULT_DB_ALIAS
        if not count:
            if using != "owner":
                raise CommandError(OWNER_ONLY)
            record_keys(using)
            self._write(using)
        self._count(using)

    def _write(self, using: str) -> None:
        unread: dict[str, int] = {}
        for column, written in reencrypt(using):
            if written.rows:
                self.stdout.write(f"{column.name}: {written.rows} written anew")
            if written.unread:
                unread[column.name] = unread.get(column.name, 0) + len(written.unread)
        if unread:
            self._count(using)
            parts = ", ".join(f"{number} in {name}" for name, number in unread.items())
            raise CommandError(
                f"Not readable with FIELD_KEYS, and left as they are: {parts}. Give the keys that wrote them as well "
                "and run this again; until then keep every old key."
            )

        # a key with which nothing is written any more may go from FIELD_KEYS
        for key_id in missing_keys(using):
            if not any(key_id in keys for keys in counted(using).values()):
                forget_key(using, key_id)

    def _count(self, using: str) -> None:
        current = next(iter(key_ring(settings.FIELD_KEYS).ids))
        for name, keys in counted(using).items():
            for key, number in sorted(keys.items()):
                mark = " (the first)" if key == current else ""
                self.stdout.write(f"{name}: {number} under key {key}{mark}")
