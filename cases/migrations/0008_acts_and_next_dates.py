import django.db.models.deletion
import django.db.models.functions.comparison
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from core.row_security import AppendOnly, SecureRows
from core.stored_days import DaysWithinReach


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_reveal_for_a_reason"),
        ("municipalities", "0007_days_until_one_returns"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Act",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("assessment_begun", "Service-need assessment begun"),
                            ("assessment_booked", "Service-need assessment booked"),
                            ("assessment_finished", "Service-need assessment finished"),
                            ("assessment_unneeded", "Service-need assessment found unnecessary"),
                            ("plan_begun", "Plan begun with the client"),
                            ("plan_booked", "Planning booked"),
                            ("plan_made", "Plan made"),
                            ("multisector_plan", "Multi-sector plan made"),
                            ("discussion_held", "Discussion held"),
                            ("kela_meeting", "Joint meeting with Kela held"),
                            ("integration_joined", "Took part in the integration assessment"),
                        ],
                        max_length=20,
                        verbose_name="what was done",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                (
                    "how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("call", "call"),
                            ("message", "message"),
                            ("letter", "letter"),
                            ("visit", "visit"),
                            ("meeting", "meeting"),
                        ],
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="note")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                ("taken_back_why", models.TextField(blank=True, max_length=1000)),
            ],
            options={
                "ordering": ["-day", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="ActHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("assessment_begun", "Service-need assessment begun"),
                            ("assessment_booked", "Service-need assessment booked"),
                            ("assessment_finished", "Service-need assessment finished"),
                            ("assessment_unneeded", "Service-need assessment found unnecessary"),
                            ("plan_begun", "Plan begun with the client"),
                            ("plan_booked", "Planning booked"),
                            ("plan_made", "Plan made"),
                            ("multisector_plan", "Multi-sector plan made"),
                            ("discussion_held", "Discussion held"),
                            ("kela_meeting", "Joint meeting with Kela held"),
                            ("integration_joined", "Took part in the integration assessment"),
                        ],
                        max_length=20,
                        verbose_name="what was done",
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                (
                    "how",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("call", "call"),
                            ("message", "message"),
                            ("letter", "letter"),
                            ("visit", "visit"),
                            ("meeting", "meeting"),
                        ],
                        max_length=10,
                        verbose_name="how",
                    ),
                ),
                ("note", models.TextField(blank=True, max_length=2000, verbose_name="note")),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                ("taken_back_why", models.TextField(blank=True, max_length=1000)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AlterModelOptions(
            name="matter",
            options={"ordering": ["next_on", "pk"]},
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="matter",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="matter",
            name="delete_delete",
        ),
        migrations.RemoveIndex(
            model_name="matter",
            name="matter_open_by_due",
        ),
        migrations.RemoveIndex(
            model_name="matter",
            name="matter_open_mine",
        ),
        migrations.AddField(
            model_name="deadline",
            name="told_before",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="matter",
            name="remind_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="matter",
            name="time_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="matterhistory",
            name="remind_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="matterhistory",
            name="time_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="matter",
            name="next_on",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.comparison.Least("due", "waiting_until", "remind_on", "time_on"),
                output_field=models.DateField(null=True),
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("closed_at", None)),
                fields=["municipality", "next_on", "id"],
                name="matter_open_by_next",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("closed_at", None)),
                fields=["municipality", "assignee", "next_on", "id"],
                name="matter_mine_by_next",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="matter",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_matterhistory" ("arrived", "assigned_at", "assignee_id", "attempts", "changed_after_closing", "client_id", "closed_at", "closed_by_id", "created_at", "created_by_id", "description", "due", "held_since", "id", "kind", "last_contact_at", "municipality_id", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remind_on", "routed", "seen_by_assignee", "source", "state", "summary", "time_on", "unit_id", "urgent", "version", "waiting_until") SELECT old_values."arrived", old_values."assigned_at", old_values."assignee_id", old_values."attempts", old_values."changed_after_closing", old_values."client_id", old_values."closed_at", old_values."closed_by_id", old_values."created_at", old_values."created_by_id", old_values."description", old_values."due", old_values."held_since", old_values."id", old_values."kind", old_values."last_contact_at", old_values."municipality_id", old_values."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', old_values."id", old_values."remind_on", old_values."routed", old_values."seen_by_assignee", old_values."source", old_values."state", old_values."summary", old_values."time_on", old_values."unit_id", old_values."urgent", old_values."version", old_values."waiting_until" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values."arrived" IS DISTINCT FROM (new_values."arrived") OR old_values."assigned_at" IS DISTINCT FROM (new_values."assigned_at") OR old_values."assignee_id" IS DISTINCT FROM (new_values."assignee_id") OR old_values."attempts" IS DISTINCT FROM (new_values."attempts") OR old_values."changed_after_closing" IS DISTINCT FROM (new_values."changed_after_closing") OR old_values."client_id" IS DISTINCT FROM (new_values."client_id") OR old_values."closed_at" IS DISTINCT FROM (new_values."closed_at") OR old_values."closed_by_id" IS DISTINCT FROM (new_values."closed_by_id") OR old_values."created_at" IS DISTINCT FROM (new_values."created_at") OR old_values."created_by_id" IS DISTINCT FROM (new_values."created_by_id") OR old_values."description" IS DISTINCT FROM (new_values."description") OR old_values."due" IS DISTINCT FROM (new_values."due") OR old_values."held_since" IS DISTINCT FROM (new_values."held_since") OR old_values."id" IS DISTINCT FROM (new_values."id") OR old_values."kind" IS DISTINCT FROM (new_values."kind") OR old_values."last_contact_at" IS DISTINCT FROM (new_values."last_contact_at") OR old_values."municipality_id" IS DISTINCT FROM (new_values."municipality_id") OR old_values."outcome" IS DISTINCT FROM (new_values."outcome") OR old_values."remind_on" IS DISTINCT FROM (new_values."remind_on") OR old_values."routed" IS DISTINCT FROM (new_values."routed") OR old_values."seen_by_assignee" IS DISTINCT FROM (new_values."seen_by_assignee") OR old_values."source" IS DISTINCT FROM (new_values."source") OR old_values."state" IS DISTINCT FROM (new_values."state") OR old_values."summary" IS DISTINCT FROM (new_values."summary") OR old_values."time_on" IS DISTINCT FROM (new_values."time_on") OR old_values."unit_id" IS DISTINCT FROM (new_values."unit_id") OR old_values."urgent" IS DISTINCT FROM (new_values."urgent") OR old_values."version" IS DISTINCT FROM (new_values."version") OR old_values."waiting_until" IS DISTINCT FROM (new_values."waiting_until")) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="1a8caff0f091a885ba71ca8f5b1ab5df8194d615",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f7cb0",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="cases_matter",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="matter",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_matterhistory" ("arrived", "assigned_at", "assignee_id", "attempts", "changed_after_closing", "client_id", "closed_at", "closed_by_id", "created_at", "created_by_id", "description", "due", "held_since", "id", "kind", "last_contact_at", "municipality_id", "outcome", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "remind_on", "routed", "seen_by_assignee", "source", "state", "summary", "time_on", "unit_id", "urgent", "version", "waiting_until") SELECT old_values."arrived", old_values."assigned_at", old_values."assignee_id", old_values."attempts", old_values."changed_after_closing", old_values."client_id", old_values."closed_at", old_values."closed_by_id", old_values."created_at", old_values."created_by_id", old_values."description", old_values."due", old_values."held_since", old_values."id", old_values."kind", old_values."last_contact_at", old_values."municipality_id", old_values."outcome", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."remind_on", old_values."routed", old_values."seen_by_assignee", old_values."source", old_values."state", old_values."summary", old_values."time_on", old_values."unit_id", old_values."urgent", old_values."version", old_values."waiting_until" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="673b921172064f9b249770d751b436cf553b02d7",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_aed1a",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="cases_matter",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="act",
            name="appointment",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="acts",
                to="cases.appointment",
            ),
        ),
        migrations.AddField(
            model_name="act",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="act",
            name="client",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="acts", to="cases.client"
            ),
        ),
        migrations.AddField(
            model_name="act",
            name="matter",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="acts", to="cases.matter"
            ),
        ),
        migrations.AddField(
            model_name="act",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="municipalities.municipality",
            ),
        ),
        migrations.AddField(
            model_name="act",
            name="taken_back_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="acthistory",
            name="appointment",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="cases.appointment",
            ),
        ),
        migrations.AddField(
            model_name="acthistory",
            name="by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="acthistory",
            name="client",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="cases.client",
            ),
        ),
        migrations.AddField(
            model_name="acthistory",
            name="matter",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="cases.matter",
            ),
        ),
        migrations.AddField(
            model_name="acthistory",
            name="municipality",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="municipalities.municipality",
            ),
        ),
        migrations.AddField(
            model_name="acthistory",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="history",
                to="cases.act",
            ),
        ),
        migrations.AddField(
            model_name="acthistory",
            name="taken_back_by",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="act",
            index=models.Index(fields=["matter", "day"], name="act_of_matter"),
        ),
        migrations.AddIndex(
            model_name="act",
            index=models.Index(fields=["client", "-day"], name="act_of_client"),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("taken_back_at", None), ("taken_back_by", None), ("taken_back_why", "")),
                    models.Q(
                        ("taken_back_at__isnull", False),
                        ("taken_back_by__isnull", False),
                        models.Q(("taken_back_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="taken_back_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="act",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "assessment_unneeded"), _negated=True),
                    models.Q(("note", ""), _negated=True),
                    _connector="OR",
                ),
                name="unneeded_has_grounds",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="act",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_acthistory" ("appointment_id", "by_id", "client_id", "day", "how", "id", "kind", "matter_id", "municipality_id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "taken_back_at", "taken_back_by_id", "taken_back_why") SELECT old_values."appointment_id", old_values."by_id", old_values."client_id", old_values."day", old_values."how", old_values."id", old_values."kind", old_values."matter_id", old_values."municipality_id", old_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', old_values."id", old_values."recorded_at", old_values."taken_back_at", old_values."taken_back_by_id", old_values."taken_back_why" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="474b503810b361dfbfac970f2b33f341aa6a8d41",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_7318e",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="cases_act",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="act",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "cases_acthistory" ("appointment_id", "by_id", "client_id", "day", "how", "id", "kind", "matter_id", "municipality_id", "note", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "taken_back_at", "taken_back_by_id", "taken_back_why") SELECT old_values."appointment_id", old_values."by_id", old_values."client_id", old_values."day", old_values."how", old_values."id", old_values."kind", old_values."matter_id", old_values."municipality_id", old_values."note", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."recorded_at", old_values."taken_back_at", old_values."taken_back_by_id", old_values."taken_back_why" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="e157b76cf35cbccf81ca1f2998bba3a9e5e056e5",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_cfbc8",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="cases_act",
                    when="AFTER",
                ),
            ),
        ),
        SecureRows("Act", "ActHistory"),
        AppendOnly("ActHistory"),
        DaysWithinReach("Act", "ActHistory", "Matter", "MatterHistory"),
    ]
