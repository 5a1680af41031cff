"""The migrations of the program against those of the database."""

from collections.abc import Iterator

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.loader import MigrationLoader

from core.safe_start.finding import Finding

NEWER = (
    "The database was migrated by a newer version of the program ({name} is unknown here): this one would show less "
    "than there is. Run the version that migrated it, or restore the backup that was taken before."
)
PENDING = "The database lacks {n} migrations of this program, the first {name}. Run migrate with DATABASE_OWNER_URL."
# what changes whenever a migration is recorded
MARK = "SELECT count(*), COALESCE(max(id), 0) FROM public.django_migrations"
Mark = tuple[int, int]


def unknown_migrations(database: str) -> list[tuple[str, str]]:
    """App and name of those that were run on this database and that the program does not have."""
    return _unknown(MigrationLoader(connections[database]))


def pending_migrations(loader: MigrationLoader) -> list[tuple[str, str]]:
    wanted = {node for leaf in loader.graph.leaf_nodes() for node in loader.graph.forwards_plan(leaf)}
    return sorted(wanted - loader.applied_migrations.keys())


def findings() -> Iterator[Finding]:
    loader = MigrationLoader(connections[DEFAULT_DB_ALIAS])
    unknown, pending = _unknown(loader), pending_migrations(loader)
    if unknown:
        yield Finding("newer", NEWER.format(name=".".join(unknown[0])))
    elif pending:
        yield Finding("pending", PENDING.format(n=len(pending), name=".".join(pending[0])))


def mark() -> Mark:
    """One cheap statement."""
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(MARK)
        number, last = cursor.fetchone() or (0, 0)
        return number, last


def _unknown(loader: MigrationLoader) -> list[tuple[str, str]]:
    ours = {label for label, _name in loader.disk_migrations}
    return sorted(key for key in loader.applied_migrations if key[0] in ours and key not in loader.disk_migrations)
