from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS

from core.known_keys import refuse_wrong_keys
from core.safe_start.schema import unknown_migrations

OF_ANOTHER = (
    "The tables of this database were made by another version of the program ({name} and {n} others are unknown here), "
    "so nothing was changed. Run the version that made them. If it is the demo's and may go, stop the program, remove "
    "the data folder ({folder}) and start again."
)


class Command(migrate.Command):
    """Migrations run as the owner of the tables: the application's role has no DDL."""

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.set_defaults(database="owner" if "owner" in settings.DATABASES else DEFAULT_DB_ALIAS)

    def handle(self, *args: Any, **options: Any) -> None:
        unknown = unknown_migrations(options["database"])
        if unknown:
            label, name = unknown[0]
            words = OF_ANOTHER.format(name=f"{label}.{name}", n=len(unknown) - 1, folder=settings.DATA_DIR)
            raise CommandError(words)
        # before anything is changed under them
        refuse_wrong_keys(options["database"])
        super().handle(*args, **options)
