"""`python -m benchmarks NAME [--json]`: ratios and query counts measured in one run. Only those can
fail; times are told.
"""

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

NAMES = ("pages",)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osallistava.settings")
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        Path(folder).chmod(0o711)
        os.environ["DATA_DIR"] = folder
        from osallistava import embedded

        with embedded.servers(durable=False):
            import django

            django.setup()
            from benchmarks import pages

            result = {"pages": pages.measure}[asked.name]()
    print(json.dumps(result) if asked.json else pages.as_text(result))
    return 1 if result["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
