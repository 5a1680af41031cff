"""The folder into which batches are put (rule 13): a file is taken when it has been still for a while.

Once its bytes are stored, encrypted, no plain copy of them stays: in `done/` there is a receipt under the file's name.
"""

import datetime
import logging
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from etotu.loading.receive import receive
from etotu.locks import INBOX, session_lock
from etotu.models import Batch
from etotu.models.batch import Via

log = logging.getLogger(__name__)
STILL_SECONDS = 10
REMEMBERED_SECONDS = 24 * 3600
DONE = "done"

Look = tuple[int, int]


def read_inbox(folder: Path | None = None) -> int:
    """Store every file of the folder that is still; gives how many. Two readers at once: the later does nothing."""
    folder = folder or (Path(settings.ETOTU_INBOX) if settings.ETOTU_INBOX else None)
    if folder is None:
        return 0
    with session_lock(INBOX) as held:
        return sum(take_quietly(path, folder / DONE) for path in still_files(folder)) if held else 0


def still_files(folder: Path) -> Iterator[Path]:
    """Plain files, oldest first. Hidden ones are somebody's who is still writing; links are not followed."""
    try:
        found = [path for path in folder.iterdir() if not path.name.startswith(".")]
    except OSError as error:
        log.error("the folder ETOTU_INBOX cannot be read (%s)", type(error).__name__)
        return
    files = [path for path in found if path.is_file() and not path.is_symlink()]
    for path in sorted(files, key=lambda path: (path.stat().st_mtime, path.name)):
        if is_still(path):
            yield path


def is_still(path: Path) -> bool:
    """Whether size and time are those of a look at least ten seconds ago."""
    key = f"etotu:inbox:{path.name.encode().hex()[:200]}"
    now = timezone.now().timestamp()
    status = path.stat()
    look: Look = (status.st_size, status.st_mtime_ns)
    seen = cache.get(key)
    if seen is None or tuple(seen[0]) != look:
        cache.set(key, (look, now), REMEMBERED_SECONDS)
        return False
    return bool(now - seen[1] >= STILL_SECONDS)


def take_quietly(path: Path, done: Path) -> bool:
    """One file that cannot be taken does not stop the others."""
    try:
        take(path, done)
    except OSError as error:
        log.error("a file of ETOTU_INBOX cannot be taken (%s)", type(error).__name__)
        return False
    return True


def take(path: Path, done: Path) -> None:
    """Store the bytes, leave the receipt, remove the file. If that fails, the same file comes again and is a repeat."""
    changed = datetime.datetime.fromtimestamp(path.stat().st_mtime, tz=datetime.UTC)
    done.mkdir(exist_ok=True)
    with path.open("rb") as stream:
        batch = receive(stream, file_name=path.name, via=Via.FOLDER, received_at=min(changed, timezone.now()))
    free = free_name(done / path.name)
    if batch.finished:
        # over the size limit: its bytes are here only
        path.rename(free)
        return
    free.write_text(receipt(batch), encoding="utf-8")
    path.unlink()


def receipt(batch: Batch) -> str:
    """What an operator compares with the sender's: nothing of what the file said."""
    return f"Stored as batch {batch.public_id}. Size {batch.size} bytes, SHA-256 {batch.sha256.hex()}.\n"


def free_name(path: Path) -> Path:
    """The path, or one with a number when there is such a file already."""
    number = 2
    free = path
    while free.exists():
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
        number += 1
    return free
