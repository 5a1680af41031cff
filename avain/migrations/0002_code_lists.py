import datetime
from pathlib import Path

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from core.models.codes import load_code_list

DATA = Path(__file__).resolve().parent.parent / "data"
TRIAL = datetime.date(2018, 1, 1)
LISTS = [
    (
        "goals_2014",
        "avain.goals",
        "2014",
        datetime.date(2014, 1, 1),
        datetime.date(2017, 12, 31),
    ),
    ("goals_trial_2018", "avain.goals", "trial_2018", TRIAL, None),
    ("factors", "avain.factors", "trial_2018", TRIAL, None),
    ("methods", "avain.methods", "trial_2018", TRIAL, None),
    ("services", "avain.services", "trial_2018", TRIAL, None),
    ("attainment", "avain.attainment", "trial_2018", TRIAL, None),
]


def load_code_lists(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Load the AVAIN code lists: reference data, no client's rows."""
    lists, codes = apps.get_model("core", "CodeList"), apps.get_model("core", "Code")
    using = schema_editor.connection.alias
    for file, name, version, starts, ends in LISTS:
        load_code_list(lists, codes, DATA / f"{file}.csv", name, version, starts, ends, using)


class Migration(migrations.Migration):
    dependencies = [("avain", "0001_tables"), ("core", "0001_tables")]

    operations = [migrations.RunPython(load_code_lists, migrations.RunPython.noop, elidable=False)]
