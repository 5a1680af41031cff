"""What stands around the program besides its database: static files, the folder of batches, the broker, mail."""

import os
from collections.abc import Iterator
from pathlib import Path

from celery import current_app
from django.conf import settings
from django.core.cache import cache

from core.safe_start.finding import NONE, Finding

STATIC = (
    "There are no collected static files in {folder}: no page could be shown. Run manage.py collectstatic --noinput "
    "with the same DATA_DIR."
)
INBOX = (
    "ETOTU_INBOX is {folder}, which {what}: batches that are put there would wait unseen. Give a folder that the "
    "worker may read and write."
)
BROKER = (
    "The server of {name} does not answer ({error}). Pages work, but batches and e-mails wait until it does: start it, "
    "or correct {name}."
)
OWNER = (
    "DATABASE_OWNER_URL is set for a process that serves: whoever gets into it is the owner of the tables. Set it for "
    "migrate and reencrypt only."
)
MAIL = (
    "EMAIL_URL is not set: nobody is told of batches by e-mail, nor gets links. Give smtp+tls://user:password@host:587."
)


def findings() -> Iterator[Finding]:
    """What can be seen at once."""
    if not settings.DEBUG and not (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file():
        yield Finding("static", STATIC.format(folder=settings.STATIC_ROOT), frozenset({"web"}))
    if settings.ETOTU_INBOX and (what := _wrong_with(Path(settings.ETOTU_INBOX))):
        yield Finding("inbox", INBOX.format(folder=settings.ETOTU_INBOX, what=what), frozenset({"worker"}))
    if not settings.DEMO and settings.EMAIL_BACKEND.endswith(("console.EmailBackend", "dummy.EmailBackend")):
        yield Finding("mail", MAIL, NONE, minor=True)


def servers() -> Iterator[Finding]:
    """What has to be asked, and may take seconds. Without it the program still works."""
    try:
        with current_app.connection_for_write() as connection:
            connection.ensure_connection(max_retries=1, interval_start=0, interval_step=0)
    except Exception as error:
        yield Finding("broker", BROKER.format(name="BROKER_URL", error=type(error).__name__), NONE)
    try:
        cache.get("safe_start")
    except Exception as error:
        yield Finding("cache", BROKER.format(name="CACHE_URL", error=type(error).__name__), NONE)


def owner_in_service() -> Iterator[Finding]:
    if not settings.DEMO and "owner" in settings.DATABASES:
        yield Finding("owner", OWNER, NONE, minor=True)


def _wrong_with(folder: Path) -> str:
    if not folder.is_dir():
        return "is no folder"
    return "" if os.access(folder, os.R_OK | os.W_OK | os.X_OK) else "may not be read and written"
