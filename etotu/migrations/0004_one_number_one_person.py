"""Faulty rows of several people under one number, rows of others, and how versions follow each other."""

from django.conf import settings
from django.db import migrations, models

# The version in force after a row: one that is more than 1 000 above it is no version of that notice (rule 14). Where
# nothing is stored yet, the first version counts as it is.
FOLLOWED = """
    CREATE FUNCTION etotu_version_after(current int, stored int, version int) RETURNS int
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
    BEGIN
        current := COALESCE(current, stored);
        IF version IS NULL OR version <= current OR version::bigint > current::bigint + 1000 THEN
            RETURN current;
        END IF;
        RETURN version;
    END $$;
    CREATE AGGREGATE etotu_version(int, int) (SFUNC = etotu_version_after, STYPE = int)
"""
FORGOTTEN = "DROP AGGREGATE etotu_version(int, int); DROP FUNCTION etotu_version_after(int, int, int)"


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_fences"),
        ("etotu", "0003_code_lists"),
        ("municipalities", "0003_fences"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(FOLLOWED, FORGOTTEN),
        migrations.RemoveConstraint(
            model_name="quarantinerow",
            name="open_quarantine_row_once",
        ),
        migrations.RemoveConstraint(
            model_name="quarantinerow",
            name="open_unnumbered_row_once",
        ),
        migrations.AddField(
            model_name="quarantinerow",
            name="names",
            field=models.BinaryField(max_length=32, null=True),
        ),
        migrations.AddField(
            model_name="quarantinerow",
            name="of_others",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="quarantinerow",
            name="person",
            field=models.BinaryField(max_length=32, null=True),
        ),
        migrations.AddConstraint(
            model_name="quarantinerow",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open"), models.Q(("number", ""), _negated=True)),
                fields=("sender", "number", "municipality", "content_hash", "version", "of_others"),
                name="open_quarantine_row_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="quarantinerow",
            constraint=models.UniqueConstraint(
                condition=models.Q(("number", ""), ("state", "open")),
                fields=("sender", "content_hash", "municipality", "of_others"),
                name="open_unnumbered_row_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AlterField(
            model_name="quarantineaction",
            name="kind",
            field=models.CharField(
                choices=[
                    ("corrected", "Corrected"),
                    ("released", "Released"),
                    ("discarded", "Discarded"),
                    ("placed", "Placed in a municipality"),
                    ("handed_over", "Given to the installation admin, for another municipality"),
                    ("checked_again", "Checked again after a code list was extended"),
                ],
                max_length=20,
            ),
        ),
    ]
