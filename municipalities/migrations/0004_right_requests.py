import django.db.models.deletion
import django.utils.timezone
import pghistory.utils
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from core.row_security import AppendOnly


class Migration(migrations.Migration):
    dependencies = [
        ("municipalities", "0003_fences"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RightRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("role", "a role"),
                            ("unit", "another unit"),
                            ("longer", "a later end"),
                            ("second_factor", "a reset of the two-step sign-in"),
                            ("restore", "an account back into use"),
                        ],
                        max_length=14,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("second", "waits for a second person"),
                            ("person", "waits for the person's confirmation"),
                            ("done", "in force"),
                            ("refused", "refused"),
                            ("declined", "refused by the person"),
                            ("withdrawn", "withdrawn"),
                            ("ran_out", "ran out of time"),
                        ],
                        default="second",
                        max_length=10,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("social_worker", "social worker"),
                            ("social_counsellor", "social counsellor"),
                            ("supervisor", "supervisor of social work"),
                            ("coordinator", "coordinator"),
                            ("admin", "admin"),
                            ("researcher", "researcher"),
                        ],
                        max_length=20,
                    ),
                ),
                ("starts", models.DateField(blank=True, null=True)),
                ("ends", models.DateField(blank=True, null=True)),
                ("must_accept", models.BooleanField(default=False)),
                ("new_account", models.BooleanField(default=False)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decision", models.CharField(blank=True, max_length=300)),
                ("offered_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-asked_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="RightRequestHistory",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("pgh_context", pghistory.utils.JSONField(null=True)),
                ("pgh_context_id", models.UUIDField(null=True)),
                ("id", models.BigIntegerField()),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("role", "a role"),
                            ("unit", "another unit"),
                            ("longer", "a later end"),
                            ("second_factor", "a reset of the two-step sign-in"),
                            ("restore", "an account back into use"),
                        ],
                        max_length=14,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("second", "waits for a second person"),
                            ("person", "waits for the person's confirmation"),
                            ("done", "in force"),
                            ("refused", "refused"),
                            ("declined", "refused by the person"),
                            ("withdrawn", "withdrawn"),
                            ("ran_out", "ran out of time"),
                        ],
                        default="second",
                        max_length=10,
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("social_worker", "social worker"),
                            ("social_counsellor", "social counsellor"),
                            ("supervisor", "supervisor of social work"),
                            ("coordinator", "coordinator"),
                            ("admin", "admin"),
                            ("researcher", "researcher"),
                        ],
                        max_length=20,
                    ),
                ),
                ("starts", models.DateField(blank=True, null=True)),
                ("ends", models.DateField(blank=True, null=True)),
                ("must_accept", models.BooleanField(default=False)),
                ("new_account", models.BooleanField(default=False)),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decision", models.CharField(blank=True, max_length=300)),
                ("offered_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="membership",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="membership",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="membership",
            name="confirmed_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="membershiphistory",
            name="confirmed_by",
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
        migrations.AlterField(
            model_name="adminaction",
            name="kind",
            field=models.CharField(
                choices=[
                    ("invited", "Invited"),
                    ("gave_membership", "Gave a role"),
                    ("ended_membership", "Ended a role"),
                    ("changed_unit", "Changed the unit"),
                    ("made_link", "Made a new sign-in link"),
                    ("deactivated", "Deactivated the account"),
                    ("reactivated", "Took the account into use again"),
                    ("reset_second_factor", "Reset the second factor"),
                    ("added_unit", "Added a unit"),
                    ("renamed_unit", "Renamed a unit"),
                    ("ended_unit", "Ended a unit"),
                    ("reopened_unit", "Took a unit into use again"),
                    ("changed_area", "Changed the postal codes of a unit"),
                    ("asked_right", "Asked for another to confirm"),
                    ("confirmed_right", "Confirmed what another asked for"),
                    ("refused_right", "Refused what was asked for"),
                    ("withdrew_right", "Withdrew what was asked for"),
                    ("accepted_right", "Accepted the offered role"),
                    ("declined_right", "Refused the offered role"),
                    ("extended_membership", "Gave a role a later end"),
                    ("changed_settings", "Changed the settings"),
                ],
                max_length=24,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "municipalities_membershiphistory" ("confirmed_by_id", "ends", "given_by_id", "id", "municipality_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts", "unit_id", "user_id") SELECT old_values."confirmed_by_id", old_values."ends", old_values."given_by_id", old_values."id", old_values."municipality_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', old_values."id", old_values."role", old_values."starts", old_values."unit_id", old_values."user_id" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="19ff5e7a794352d52550332b8c69026d21441e63",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_d9095",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="municipalities_membership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="membership",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "municipalities_membershiphistory" ("confirmed_by_id", "ends", "given_by_id", "id", "municipality_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "role", "starts", "unit_id", "user_id") SELECT old_values."confirmed_by_id", old_values."ends", old_values."given_by_id", old_values."id", old_values."municipality_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."role", old_values."starts", old_values."unit_id", old_values."user_id" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="16d381352f0d1241c67153f1e36120c739045b09",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_dc054",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="municipalities_membership",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="rightrequest",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="rightrequest",
            name="decided_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="rightrequest",
            name="membership",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="municipalities.membership",
            ),
        ),
        migrations.AddField(
            model_name="rightrequest",
            name="municipality",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="right_requests",
                to="municipalities.municipality",
            ),
        ),
        migrations.AddField(
            model_name="rightrequest",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="right_requests", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="rightrequest",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="municipalities.unit",
            ),
        ),
        migrations.AddField(
            model_name="rightrequesthistory",
            name="asked_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="rightrequesthistory",
            name="decided_by",
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
        migrations.AddField(
            model_name="rightrequesthistory",
            name="membership",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="municipalities.membership",
            ),
        ),
        migrations.AddField(
            model_name="rightrequesthistory",
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
            model_name="rightrequesthistory",
            name="person",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="rightrequesthistory",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="history",
                to="municipalities.rightrequest",
            ),
        ),
        migrations.AddField(
            model_name="rightrequesthistory",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="municipalities.unit",
            ),
        ),
        migrations.AddIndex(
            model_name="rightrequest",
            index=models.Index(fields=["municipality", "state", "-asked_at"], name="right_request_of_place"),
        ),
        migrations.AddIndex(
            model_name="rightrequest",
            index=models.Index(fields=["person", "state"], name="right_request_of_person"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rightrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "municipalities_rightrequesthistory" ("answered_at", "asked_at", "asked_by_id", "decided_at", "decided_by_id", "decision", "ends", "id", "membership_id", "municipality_id", "must_accept", "new_account", "offered_at", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "role", "starts", "state", "unit_id", "what") SELECT old_values."answered_at", old_values."asked_at", old_values."asked_by_id", old_values."decided_at", old_values."decided_by_id", old_values."decision", old_values."ends", old_values."id", old_values."membership_id", old_values."municipality_id", old_values."must_accept", old_values."new_account", old_values."offered_at", old_values."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'update\', old_values."id", old_values."reason", old_values."role", old_values."starts", old_values."state", old_values."unit_id", old_values."what" FROM ( SELECT old_values.* FROM old_values JOIN new_values ON (old_values."id") = (new_values."id") WHERE (old_values.* IS DISTINCT FROM new_values.*) ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="c2d3ad587e960dd47c9f5da7ab7150f7fec0d249",
                    level="STATEMENT",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_dfc2a",
                    referencing="REFERENCING OLD TABLE AS old_values  NEW TABLE AS new_values ",
                    table="municipalities_rightrequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="rightrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='WITH _pgh_attached_context AS ( SELECT _pgh_attach_context() AS value ) INSERT INTO "municipalities_rightrequesthistory" ("answered_at", "asked_at", "asked_by_id", "decided_at", "decided_by_id", "decision", "ends", "id", "membership_id", "municipality_id", "must_accept", "new_account", "offered_at", "person_id", "pgh_context", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "role", "starts", "state", "unit_id", "what") SELECT old_values."answered_at", old_values."asked_at", old_values."asked_by_id", old_values."decided_at", old_values."decided_by_id", old_values."decision", old_values."ends", old_values."id", old_values."membership_id", old_values."municipality_id", old_values."must_accept", old_values."new_account", old_values."offered_at", old_values."person_id", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_id\', TRUE), \'\'), NULL)::UUID, NOW(), \'delete\', old_values."id", old_values."reason", old_values."role", old_values."starts", old_values."state", old_values."unit_id", old_values."what" FROM ( SELECT old_values.* FROM old_values  ) AS old_values, _pgh_attached_context; RETURN NULL;',
                    hash="c5185c77f1aae1ccb15f83dbd9ce506a12118d24",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b20c5",
                    referencing="REFERENCING OLD TABLE AS old_values ",
                    table="municipalities_rightrequest",
                    when="AFTER",
                ),
            ),
        ),
        AppendOnly("RightRequestHistory"),
    ]
