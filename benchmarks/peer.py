"""The peer: django-import-export at its best bulk settings puts the same rows into one bare table.

lxml reads its rows from the file, as the floor does; its table has neither row security nor an index.
"""

from pathlib import Path
from typing import Any

from django.db import connections, models
from import_export.resources import ModelResource, modelresource_factory
from tablib import Dataset

from benchmarks import floor

TABLE = "benchmark_peer"


def load(file: Path, most: int) -> None:
    """The first rows of the file, into an empty table."""
    enter(read(file, most))


def enter(data: Dataset) -> None:
    owner = connections["owner"]
    with owner.schema_editor() as editor:
        editor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        editor.create_model(PeerNotice)
        role = owner.ops.quote_name(connections["default"].settings_dict["USER"])
        editor.execute(f"GRANT SELECT, INSERT ON {TABLE} TO {role}")
        editor.execute(f"GRANT USAGE, UPDATE ON SEQUENCE {TABLE}_id_seq TO {role}")
    result = _resource()().import_data(data, dry_run=False, raise_errors=True, use_transactions=True)
    assert result.totals["new"] == len(data)


def read(file: Path, most: int) -> Dataset:
    return Dataset(*([text or "" for text in row] for row in floor.rows(file, most)), headers=list(floor.COLUMNS))


def _model() -> type[models.Model]:
    columns: dict[str, Any] = {name: models.TextField() for name in floor.COLUMNS}
    meta = type("Meta", (), {"app_label": "benchmarks", "db_table": TABLE})
    return type("PeerNotice", (models.Model,), columns | {"__module__": __name__, "Meta": meta})


def _resource() -> type[ModelResource]:
    """No look-up of what is there, no comparison, no report of a row, inserts of many rows in one transaction."""
    best = {
        "use_bulk": True,
        "batch_size": 2000,
        "use_transactions": True,
        "force_init_instance": True,
        "skip_diff": True,
        "skip_html_diff": True,
        "report_skipped": False,
        "exclude": ("id",),
        "import_id_fields": ("tunnus",),
    }
    made: type[ModelResource] = modelresource_factory(PeerNotice, meta_options=best)
    return made


PeerNotice = _model()
