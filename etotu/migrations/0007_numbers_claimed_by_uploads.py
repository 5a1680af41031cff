import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_days_within_reach"),
        ("etotu", "0006_days_within_reach"),
        ("municipalities", "0005_days_within_reach"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="notice",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="notice",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="notice",
            name="notice_once_in_force",
        ),
        migrations.AddField(
            model_name="notice",
            name="claimed_in",
            field=models.SmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="noticehistory",
            name="claimed_in",
            field=models.SmallIntegerField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="alert",
            name="kind",
            field=models.CharField(
                choices=[
                    ("rejected", "A file was rejected"),
                    ("incomplete", "A batch is incomplete"),
                    ("quarantined", "Rows wait for correction"),
                    ("claimed", "A number belongs to another notice of Kela"),
                    ("missing_day", "No batch came from Kela"),
                ],
                max_length=20,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="notice",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "etotu_noticehistory" ("batch_id", "claimed_in", "content", "content_hash", "first_batch_id", "flags", "id", "matter_id", "municipality_id", "number", "past_hop", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "received_at", "sender", "sent_at", "sent_to", "urgent", "version") SELECT old_values."batch_id", old_values."claimed_in", old_values."content", old_values."content_hash", old_values."first_batch_id", old_values."flags", old_values."id", old_values."matter_id", old_values."municipality_id", old_values."number", old_values."past_hop", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', old_values."id", old_values."position", old_values."received_at", old_values."sender", old_values."sent_at", old_values."sent_to", old_values."urgent", old_values."version" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="970eea1e25f007aeeec9e32c94a4c96ee39d4d3e",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_edf7c",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="etotu_notice",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="notice",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "etotu_noticehistory" ("batch_id", "claimed_in", "content", "content_hash", "first_batch_id", "flags", "id", "matter_id", "municipality_id", "number", "past_hop", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "received_at", "sender", "sent_at", "sent_to", "urgent", "version") SELECT old_values."batch_id", old_values."claimed_in", old_values."content", old_values."content_hash", old_values."first_batch_id", old_values."flags", old_values."id", old_values."matter_id", old_values."municipality_id", old_values."number", old_values."past_hop", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."position", old_values."received_at", old_values."sender", old_values."sent_at", old_values."sent_to", old_values."urgent", old_values."version" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="39a63b783c6256cb5dac9233cfe1f7c2114c343a",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_bdf0e",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="etotu_notice",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(
                fields=("sender", "number", "past_hop", "claimed_in"), name="notice_once_in_force", nulls_distinct=False
            ),
        ),
    ]
