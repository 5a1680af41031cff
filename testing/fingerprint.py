import hashlib
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# what a migrated database depends on, besides the key: the migrations, the data they load, and what they and
# post_migrate call
PATTERNS = ("*/migrations/*.py", "*/data/**/*", "core/**/*.py", "osallistava/settings.py", "*/apps.py")


def fingerprint() -> str:
    """A short text that changes when a migrated database would."""
    digest = hashlib.sha256(os.environ.get("INDEX_KEY", "").encode())
    for pattern in PATTERNS:
        for file in sorted(ROOT.glob(pattern)):
            if file.is_file() and "tests" not in file.parts and "__pycache__" not in file.parts:
                digest.update(str(file.relative_to(ROOT)).encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
