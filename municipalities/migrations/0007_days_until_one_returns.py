import django.core.validators
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("municipalities", "0006_events_of_before"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="localsettings",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="localsettings",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="localsettings",
            name="return_days",
            field=models.PositiveSmallIntegerField(
                default=10,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)],
                verbose_name="working days until one returns to a matter",
            ),
        ),
        migrations.AddField(
            model_name="localsettings",
            name="return_days_urgent",
            field=models.PositiveSmallIntegerField(
                default=1,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)],
                verbose_name="working days until one returns to an urgent matter",
            ),
        ),
        migrations.AddField(
            model_name="localsettingshistory",
            name="return_days",
            field=models.PositiveSmallIntegerField(
                default=10,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)],
                verbose_name="working days until one returns to a matter",
            ),
        ),
        migrations.AddField(
            model_name="localsettingshistory",
            name="return_days_urgent",
            field=models.PositiveSmallIntegerField(
                default=1,
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(60)],
                verbose_name="working days until one returns to an urgent matter",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="localsettings",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "municipalities_localsettingshistory" ("attempts_before_letter", "held_per_week", "kela_days", "letter_contact", "letter_sender", "municipality_id", "partner_silent_days", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "return_days", "return_days_urgent", "silent_days", "version", "working_days") SELECT old_values."attempts_before_letter", old_values."held_per_week", old_values."kela_days", old_values."letter_contact", old_values."letter_sender", old_values."municipality_id", old_values."partner_silent_days", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', old_values."municipality_id", old_values."return_days", old_values."return_days_urgent", old_values."silent_days", old_values."version", old_values."working_days" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."municipality_id") = (new_values."municipality_id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="e081d88af717f66d2ddacf84b1e1676493c705e8",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_781c8",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="municipalities_localsettings",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="localsettings",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "municipalities_localsettingshistory" ("attempts_before_letter", "held_per_week", "kela_days", "letter_contact", "letter_sender", "municipality_id", "partner_silent_days", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "return_days", "return_days_urgent", "silent_days", "version", "working_days") SELECT old_values."attempts_before_letter", old_values."held_per_week", old_values."kela_days", old_values."letter_contact", old_values."letter_sender", old_values."municipality_id", old_values."partner_silent_days", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."municipality_id", old_values."return_days", old_values."return_days_urgent", old_values."silent_days", old_values."version", old_values."working_days" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="b11b99ea676df73f06f6a14ea079da3d32600fd4",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_97c13",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="municipalities_localsettings",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="localsettings",
            constraint=models.CheckConstraint(
                condition=models.Q(("return_days_urgent__lte", models.F("return_days"))),
                name="urgent_returns_no_later",
                violation_error_message="An urgent matter cannot be returned to later than another.",
            ),
        ),
    ]
