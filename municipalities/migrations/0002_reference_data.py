import csv
import datetime
from pathlib import Path

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

DATA = Path(__file__).resolve().parent.parent / "data" / "municipalities.csv"
TRIAL = {
    211: None,
    297: None,
    320: None,
    680: None,
    837: None,
    851: datetime.date(2018, 5, 31),
}


def load_municipalities(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Load the 311 municipalities of 2018 and the periods of the trial: reference data, no client's rows."""
    county_model = apps.get_model("municipalities", "WellbeingCounty")
    municipality_model = apps.get_model("municipalities", "Municipality")
    period_model = apps.get_model("municipalities", "TrialPeriod")
    using = schema_editor.connection.alias
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    counties = {r["county_code"]: (r["county_fi"], r["county_sv"]) for r in rows if r["county_code"].isdigit()}
    county_model.objects.using(using).bulk_create(
        county_model(code=code, name_fi=fi, name_sv=sv) for code, (fi, sv) in sorted(counties.items())
    )
    municipality_model.objects.using(using).bulk_create(
        municipality_model(
            id=int(r["code"]),
            name_fi=r["name_fi"],
            name_sv=r["name_sv"] or r["name_fi"],
            county_id=r["county_code"] if r["county_code"].isdigit() else None,
            languages=r["languages"].replace(" ", ""),
            in_2018=r["in_2018"] == "1",
            in_2026=r["in_2026"] == "1",
        )
        for r in rows
    )
    period_model.objects.using(using).bulk_create(
        period_model(
            municipality_id=code,
            starts=datetime.date(2018, 1, 1),
            ends=end or datetime.date(2019, 12, 31),
        )
        for code, end in TRIAL.items()
    )


class Migration(migrations.Migration):
    dependencies = [("municipalities", "0001_tables")]

    operations = [migrations.RunPython(load_municipalities, migrations.RunPython.noop, elidable=False)]
