"""`python -m benchmarks NAME [--json]`: ratios and query counts measured in one run. Only those can
fail; times are told.
"""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

NAMES = ("pages", "ingest")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--count", type=int, action="append", help="ingest: notices in a batch; may be repeated")
    parser.add_argument("--whole", action="store_true", help="ingest: up to 1 000 000 notices")
    parser.add_argument("--repeats", type=int, default=3, help="ingest: how often a size is measured")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osallistava.settings")
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        Path(folder).chmod(0o711)
        os.environ["DATA_DIR"] = folder
        from osallistava import embedded

        # what is measured of loading is what a real server would do, its writing to the disk too
        with embedded.servers(durable=asked.name == "ingest"):
            import django

            django.setup()
            result, text = _measure(asked, Path(folder))
    print(json.dumps(result) if asked.json else text)
    return 1 if result["failed"] else 0


def _measure(asked: argparse.Namespace, folder: Path) -> tuple[dict[str, Any], str]:
    if asked.name == "pages":
        from benchmarks import pages

        result = pages.measure()
        return result, pages.as_text(result)
    from django.core.management import call_command

    from benchmarks import ingest

    call_command("migrate", database="owner", verbosity=0)

    counts = tuple(asked.count or (ingest.WHOLE if asked.whole else ingest.COUNTS))
    result = ingest.measure(counts, asked.repeats, folder)
    return result, ingest.as_text(result)


if __name__ == "__main__":
    sys.exit(main())
