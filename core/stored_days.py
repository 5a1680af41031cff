"""Tables that take no day which nobody could read again."""

from collections.abc import Iterator
from typing import Any

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState

from core.table_days import STORED

CHECK = "days_within_reach"


class DaysWithinReach(migrations.operations.base.Operation):
    """Migration operation: every day and moment of these models (of all of the app) lies within `STORED`.

    A later migration that adds a day to a model does this for it again.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, *models: str) -> None:
        self.models = models

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, list(self.models), {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """One check over several columns of any type of day is left out of Django's picture of a model."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for model in self._models(app_label, to_state):
            table = schema_editor.quote_name(model._meta.db_table)
            schema_editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {CHECK}")
            if rules := [_rule(field) for field in days_of(model)]:
                schema_editor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {CHECK} CHECK ({' AND '.join(rules)})")

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for model in self._models(app_label, from_state):
            table = schema_editor.quote_name(model._meta.db_table)
            schema_editor.execute(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {CHECK}")

    def describe(self) -> str:
        return f"Keep the days of {', '.join(self.models) or 'every model'} within reach"

    def _models(self, app_label: str, state: ProjectState) -> list[type[models.Model]]:
        if self.models:
            return [state.apps.get_model(app_label, name) for name in self.models]
        return list(state.apps.get_app_config(app_label).get_models())


def days_of(model: type[models.Model]) -> Iterator["models.DateField[Any, Any]"]:
    """The columns of the model's own table that hold a day or a moment."""
    # a DateTimeField is a DateField
    return (field for field in model._meta.local_concrete_fields if isinstance(field, models.DateField))


def _rule(field: "models.DateField[Any, Any]") -> str:
    moment = " 00:00+00" if isinstance(field, models.DateTimeField) else ""
    first, last = (f"'{day.isoformat()}{moment}'" for day in STORED)
    return f'"{field.column}" >= {first} AND "{field.column}" < {last}'
