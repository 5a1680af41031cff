"""What `manage.py migrate` says of a database of another version of the program."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from core.safe_start.schema import unknown_migrations

pytestmark = pytest.mark.django_db


@pytest.fixture
def of_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """The application's role may not write the list of migrations: it is told to have one more."""
    real = MigrationRecorder.applied_migrations

    def applied(recorder: MigrationRecorder) -> dict[tuple[str, str], object]:
        return real(recorder) | {("cases", "0004_of_another_time"): object()}

    monkeypatch.setattr(MigrationRecorder, "applied_migrations", applied)


def test_the_database_of_the_tests_is_this_programs() -> None:
    assert unknown_migrations(connection.alias) == []


def test_tables_of_another_version_are_left_alone_with_words(of_another: None) -> None:
    with pytest.raises(CommandError, match=r"another version of the program \(cases.0004_of_another_time"):
        call_command("migrate", database=connection.alias, verbosity=0)
