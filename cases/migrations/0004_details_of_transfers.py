"""Contact details that came along with a transfer, postal codes abroad, and restrictions that a transfer made."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_self_made_rights"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="transfer",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="transfer",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="transfer",
            name="restricts",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="transferhistory",
            name="restricts",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name="contactdetail",
            name="source",
            field=models.CharField(
                choices=[("kela", "Kela"), ("here", "entered here"), ("transfer", "another municipality")],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="contactdetailhistory",
            name="source",
            field=models.CharField(
                choices=[("kela", "Kela"), ("here", "entered here"), ("transfer", "another municipality")],
                max_length=10,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="transfer",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_transferhistory" ("answer", "answered_at", "answered_by_id", "answered_by_name", "asked_at", "asked_by_id", "asked_by_name", "client_id", "hides_place", "id", "incoming", "matter_id", "municipality_id", "other_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "restricts", "state", "version") SELECT old_values."answer", old_values."answered_at", old_values."answered_by_id", old_values."answered_by_name", old_values."asked_at", old_values."asked_by_id", old_values."asked_by_name", old_values."client_id", old_values."hides_place", old_values."id", old_values."incoming", old_values."matter_id", old_values."municipality_id", old_values."other_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', old_values."id", old_values."public_id", old_values."reason", old_values."restricts", old_values."state", old_values."version" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="f07feabcf822235b0c4e5935667bf60cce488f5b",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_7955f",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="cases_transfer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="transfer",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_transferhistory" ("answer", "answered_at", "answered_by_id", "answered_by_name", "asked_at", "asked_by_id", "asked_by_name", "client_id", "hides_place", "id", "incoming", "matter_id", "municipality_id", "other_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "public_id", "reason", "restricts", "state", "version") SELECT old_values."answer", old_values."answered_at", old_values."answered_by_id", old_values."answered_by_name", old_values."asked_at", old_values."asked_by_id", old_values."asked_by_name", old_values."client_id", old_values."hides_place", old_values."id", old_values."incoming", old_values."matter_id", old_values."municipality_id", old_values."other_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."public_id", old_values."reason", old_values."restricts", old_values."state", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="042710f6a1bfc91c8e79c3a1b34bbfa2262b84af",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a169f",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="cases_transfer",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AlterField(
            model_name="contactdetail",
            name="postal_code",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AlterField(
            model_name="contactdetailhistory",
            name="postal_code",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AlterField(
            model_name="letter",
            name="postal_code",
            field=models.CharField(blank=True, max_length=20),
        ),
        migrations.AlterField(
            model_name="letterhistory",
            name="postal_code",
            field=models.CharField(blank=True, max_length=20),
        ),
    ]
