"""Row security in PostgreSQL: the first fence around client data. All there is of it stands in this module.

Every table that holds rows of a municipality has a forced policy that looks its municipality up in a set that lives as
long as the transaction. No set, no rows. A web request sets it once (`set_scope`); work that serves
several municipalities widens it with `across_municipalities`, which only an allow-list of services may call.
"""

import inspect
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import DEFAULT_DB_ALIAS, connections, migrations, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState

from core.history_fences import guard_history
from core.key_columns import grant_update
from core.known_keys import record_keys
from core.transaction_settings import set_for_transaction

SCOPE = "osallistava.scope"
ANY_MUNICIPALITY = range(1000)
"""Municipality codes have three digits; 0 stands for rows that are not placed in a municipality yet."""

# One bit for each code, so that a row costs one look and not a comparison with each municipality of the scope, which
# took a tenth of a load. The sub-select reads the bits once for a statement. As a cast to bool, of which the planner
# knows nothing, it guesses that a third of the rows are in the scope; a comparison it takes for one row in two hundred.
POLICY = "get_bit((SELECT NULLIF(current_setting('" + SCOPE + "', true), '')::bytea), {column})::bool"
APPEND_ONLY_TRIGGER = "append_only"


def policy_rule(column: str, *, nullable: bool) -> str:
    """The condition of a policy; of rows that belong to no municipality `nullable` makes rows of scope 0."""
    return POLICY.format(column=f"COALESCE({column}, 0)" if nullable else column)


def make_policy(table: str, rule: str) -> str:
    return f"CREATE POLICY municipality ON {table} USING ({rule}) WITH CHECK ({rule})"


def scope_values(municipality_ids: Iterable[int]) -> dict[str, str]:
    """The setting that makes these municipalities the scope; whoever sets it says who it is for (`set_scope`)."""
    ids = {int(i) for i in municipality_ids}
    if not ids.issubset(ANY_MUNICIPALITY):
        raise ValueError("no municipality has such a number")
    bits = sum(1 << i for i in ids).to_bytes(len(ANY_MUNICIPALITY) // 8, "little")
    return {SCOPE: f"\\x{bits.hex()}"}


def set_scope(municipality_ids: Iterable[int], using: str = DEFAULT_DB_ALIAS) -> None:
    """Set the municipalities whose rows this transaction may see and write. Needs an open transaction.

    ValueError: a number that is no municipality's.
    """
    set_for_transaction(scope_values(municipality_ids), using)


@contextmanager
def scope(municipality_ids: Iterable[int], using: str = DEFAULT_DB_ALIAS) -> Iterator[None]:
    """Open a transaction (or a savepoint) whose scope is these municipalities; the former scope comes back after."""
    with transaction.atomic(using=using):
        with connections[using].cursor() as cursor:
            cursor.execute("SELECT current_setting(%s, true)", [SCOPE])
            row = cursor.fetchone()
        set_scope(municipality_ids, using)
        yield
        set_for_transaction({SCOPE: (row and row[0]) or ""}, using)


@contextmanager
def across_municipalities(
    reason: str,
    municipality_ids: Iterable[int] = ANY_MUNICIPALITY,
    using: str = DEFAULT_DB_ALIAS,
) -> Iterator[None]:
    """Widen the scope for a service that serves several municipalities; `reason` says why to the reader.

    Only the modules that a test lists may call it.
    """
    if not reason:
        raise ValueError("say why the scope is widened")
    with scope(municipality_ids, using):
        yield


class SecureRows(migrations.operations.base.Operation):
    """Migration operation: force the policy on the tables of these models (of the migration's app).

    `column` names the municipality; rows where it is null belong to no municipality and are seen in scope 0.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, *models: str, column: str = "municipality_id") -> None:
        self.models = models
        self.column = column

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, list(self.models), {"column": self.column}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Row security is no part of Django's picture of a model."""

    def _tables(self, app_label: str, state: ProjectState) -> list[tuple[str, bool]]:
        models = [state.apps.get_model(app_label, name) for name in self.models]
        return [
            (m._meta.db_table, field.null) for m in models for field in m._meta.fields if field.column == self.column
        ]

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for table, nullable in self._tables(app_label, to_state):
            rule = policy_rule(self.column, nullable=nullable)
            schema_editor.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
            schema_editor.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
            schema_editor.execute(make_policy(table, rule))

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for table, _ in self._tables(app_label, from_state):
            schema_editor.execute(f"DROP POLICY municipality ON {table}")
            schema_editor.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
            schema_editor.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")

    def describe(self) -> str:
        return f"Force row security on {', '.join(self.models)}"


class AppendOnly(migrations.operations.base.Operation):
    """Migration operation: nobody changes, deletes or truncates rows of these log tables."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, *models: str) -> None:
        self.models = models

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, list(self.models), {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Triggers are no part of Django's picture of a model."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' is append-only', ERRCODE = 'insufficient_privilege'; "
            "END $$"
        )
        for name in self.models:
            table = to_state.apps.get_model(app_label, name)._meta.db_table
            schema_editor.execute(
                f"CREATE TRIGGER {APPEND_ONLY_TRIGGER} BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for name in self.models:
            table = from_state.apps.get_model(app_label, name)._meta.db_table
            schema_editor.execute(f"DROP TRIGGER {APPEND_ONLY_TRIGGER} ON {table}")

    def describe(self) -> str:
        return f"Make {', '.join(self.models)} append-only"


def grant_application_role(using: str) -> None:
    """Give the application's role what it needs of every table and no more.

    No DDL, no TRUNCATE, logs append-only, and no key is changed (`key_columns`).
    """
    role = connections[DEFAULT_DB_ALIAS].settings_dict["USER"]
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT current_user, EXISTS (SELECT FROM pg_roles WHERE rolname = %s)",
            [role],
        )
        row = cursor.fetchone()
        if row is None or row[0] == role or not row[1]:
            return
        name = connections[using].ops.quote_name(role)
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {name}")
        cursor.execute(f"GRANT SELECT, INSERT, DELETE ON ALL TABLES IN SCHEMA public TO {name}")
        grant_update(cursor, name)
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}")
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s "
            "UNION VALUES ('django_migrations'), ('core_keyfingerprint')",
            [APPEND_ONLY_TRIGGER],
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"REVOKE UPDATE, DELETE ON {table} FROM {name}")
        cursor.execute(f"REVOKE INSERT ON django_migrations FROM {name}")


def grant_after_migrate(sender: AppConfig, using: str, **kwargs: object) -> None:
    """Grants follow each migration; they are made once, after the last app."""
    with_models = [config for config in apps.get_app_configs() if config.models_module is not None]
    if sender == with_models[-1]:
        # at once: whoever is at work meanwhile has neither too few rights nor too many
        with transaction.atomic(using=using):
            grant_application_role(using)
            guard_history(using)
        record_keys(using)


def check_data_migrations_widen(*, app_configs: object = None, **kwargs: object) -> list[CheckMessage]:
    """A data migration that does not widen the scope sees no rows and says nothing: find it before it runs."""
    from django.db.migrations.loader import MigrationLoader

    own = {app.split(".")[0] for app in settings.INSTALLED_APPS if "." not in app}
    found: list[CheckMessage] = []
    for (label, name), migration in MigrationLoader(None, ignore_no_migrations=True).disk_migrations.items():
        module = inspect.getmodule(type(migration))
        if label not in own or module is None or not module.__file__ or "site-packages" in module.__file__:
            continue
        for operation in migration.operations:
            if isinstance(operation, migrations.RunPython):
                source = inspect.getsource(operation.code)
                if "across_municipalities" not in source and "reference data" not in source:
                    step = getattr(operation.code, "__name__", "a step")
                    found.append(
                        Error(
                            f"{label}.{name}: {step} does not widen the row-security scope",
                            hint="Use across_municipalities(…), or say in its docstring that it loads reference data.",
                            id="core.E001",
                        )
                    )
    return found
