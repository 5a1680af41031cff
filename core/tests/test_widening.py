"""Only an allow-list of services may widen the row-security scope."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ALLOWED = {
    "cases/information/expiring.py",
    "cases/holds/release_all.py",
    "cases/transfers/verbs.py",
    "core/row_security.py",
    "core/tasks.py",
    # everything encrypted is written anew, or looked for under a key
    "core/reencrypting.py",
    "demo/load.py",
    "etotu/alerts/mail.py",
    "etotu/alerts/verbs.py",
    "etotu/code_lists/checking_again.py",
    "etotu/loading/destruction.py",
    # the number of the next hop of a notice
    "etotu/hops.py",
    "etotu/installation/scope.py",
    "etotu/loading/load.py",
    "etotu/alerts/missing_days.py",
    "etotu/loading/receive.py",
    "etotu/repair/checks.py",
    "etotu/repair/placing.py",
    "etotu/repair/release.py",
    "etotu/loading/report.py",
    "municipalities/admin_log.py",
    "reports/flows/recounting.py",
    "reports/publishing/nightly.py",
}
ONE_MUNICIPALITY = {
    "municipalities/middleware.py",
    "records/management/commands/documents.py",
    "reports/management/commands/edition.py",
    "reports/management/commands/figure.py",
}
"""They enter the one municipality that the request or the command names."""


def test_only_the_listed_modules_widen_the_scope() -> None:
    apps = [p for p in ROOT.iterdir() if (p / "apps.py").exists()]
    callers = {
        str(path.relative_to(ROOT))
        for app in apps
        for path in app.rglob("*.py")
        if "tests" not in path.parts
        and path.name != "conftest.py"
        and "migrations" not in path.parts
        and re.search(r"\b(across_municipalities|set_scope|scope_values|scope)\(", path.read_text(encoding="utf-8"))
    }
    assert callers == ALLOWED | ONE_MUNICIPALITY
