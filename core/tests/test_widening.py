"""Only an allow-list of services may widen the row-security scope."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ALLOWED = {
    "cases/services/expiring.py",
    "cases/services/release_all.py",
    "cases/services/transfers.py",
    "core/row_security.py",
    "core/tasks.py",
    "desk/demo/load.py",
    "etotu/services/alert_mail.py",
    "etotu/services/alerts.py",
    "etotu/services/checking_again.py",
    "etotu/services/destruction.py",
    # the number of the next hop of a notice
    "etotu/services/hops.py",
    "etotu/services/installation.py",
    "etotu/services/load.py",
    "etotu/services/missing_days.py",
    "etotu/services/receive.py",
    "etotu/services/repair_checks.py",
    "etotu/services/repair_placing.py",
    "etotu/services/repair_release.py",
    "etotu/services/report.py",
    "municipalities/services/admin_log.py",
    "reports/services/recounting.py",
}
ONE_MUNICIPALITY = {"municipalities/middleware.py", "reports/management/commands/figure.py"}
"""They enter the one municipality that the request or the command names."""


def test_only_the_listed_modules_widen_the_scope() -> None:
    apps = [p for p in ROOT.iterdir() if (p / "apps.py").exists()]
    callers = {
        str(path.relative_to(ROOT))
        for app in apps
        for path in app.rglob("*.py")
        if "tests" not in path.parts
        and "migrations" not in path.parts
        and re.search(r"\b(across_municipalities|set_scope|scope)\(", path.read_text(encoding="utf-8"))
    }
    assert callers == ALLOWED | ONE_MUNICIPALITY
