import datetime
from pathlib import Path

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from core.models.codes import load_code_list

DATA = Path(__file__).resolve().parent.parent / "data"
# since then Kela decides on basic social assistance and sends the rest on; the codes carry their own days
SINCE = datetime.date(2017, 1, 1)


def load_lists(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Load the code lists of notices: reference data, no client's rows."""
    lists = apps.get_model("core", "CodeList")
    codes = apps.get_model("core", "Code")
    for path in sorted(DATA.glob("*.csv")):
        load_code_list(
            lists,
            codes,
            path,
            f"etotu.{path.stem}",
            "1",
            SINCE,
            using=schema_editor.connection.alias,
        )


class Migration(migrations.Migration):
    dependencies = [("core", "0001_tables"), ("etotu", "0002_fences")]

    operations = [migrations.RunPython(load_lists, migrations.RunPython.noop, elidable=False)]
