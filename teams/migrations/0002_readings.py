"""What is submitted: readings, what was withdrawn or confirmed, LinkedIn's new formulas, business figures."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import teams.fields
from teams.migrations import BEFORE_0_2


class Migration(migrations.Migration):
    replaces = BEFORE_0_2

    initial = True

    dependencies = [
        ("teams", "0001_people"),
    ]

    operations = [
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="teams.member",
                    ),
                ),
                ("month", teams.fields.MonthField()),
                ("taken_on", models.DateField()),
                (
                    "day_unknown",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        editable=False,
                        help_text="Imported for a month without a day: `taken_on` is its last.",
                    ),
                ),
                ("total", models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(100)])),
                ("brand", teams.fields.PillarField(blank=True, decimal_places=3, max_digits=5, null=True)),
                ("people", teams.fields.PillarField(blank=True, decimal_places=3, max_digits=5, null=True)),
                ("insights", teams.fields.PillarField(blank=True, decimal_places=3, max_digits=5, null=True)),
                ("relationships", teams.fields.PillarField(blank=True, decimal_places=3, max_digits=5, null=True)),
                (
                    "industry_rank",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                    ),
                ),
                (
                    "network_rank",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                    ),
                ),
                (
                    "industry_average",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, validators=[django.core.validators.MaxValueValidator(100)]
                    ),
                ),
                (
                    "network_average",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, validators=[django.core.validators.MaxValueValidator(100)]
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("typed", "typed"),
                            ("pasted", "pasted text"),
                            ("json", "pasted JSON"),
                            ("import", "imported"),
                            ("sales_navigator", "Sales Navigator export"),
                            ("manager", "entered by a manager"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "typed_by",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="teams.member"
                    ),
                ),
                ("typed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="teams.submission",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["member", "-month", "-taken_on", "-id"],
                        include=("total",),
                        name="submission_newest_first",
                    ),
                    models.Index(
                        condition=models.Q(("replaces__isnull", False)), fields=["replaces"], name="submission_corrects"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("total__isnull", True), ("total__range", (0, 100)), _connector="OR"),
                        name="submission_total_is_0_to_100",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("brand__isnull", True), ("brand__range", (0, 25)), _connector="OR"),
                        name="submission_brand_is_0_to_25",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("people__isnull", True), ("people__range", (0, 25)), _connector="OR"),
                        name="submission_people_is_0_to_25",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("insights__isnull", True), ("insights__range", (0, 25)), _connector="OR"),
                        name="submission_insights_is_0_to_25",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("relationships__isnull", True), ("relationships__range", (0, 25)), _connector="OR"
                        ),
                        name="submission_relationships_is_0_to_25",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("industry_rank__isnull", True), ("industry_rank__range", (1, 100)), _connector="OR"
                        ),
                        name="submission_industry_rank_is_1_to_100",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("network_rank__isnull", True), ("network_rank__range", (1, 100)), _connector="OR"
                        ),
                        name="submission_network_rank_is_1_to_100",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("industry_average__isnull", True), ("industry_average__range", (0, 100)), _connector="OR"
                        ),
                        name="submission_industry_average_is_0_to_100",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("network_average__isnull", True), ("network_average__range", (0, 100)), _connector="OR"
                        ),
                        name="submission_network_average_is_0_to_100",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month", django.db.models.functions.datetime.TruncMonth("month"))),
                        name="submission_month_is_a_first_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month__lte", models.F("taken_on"))), name="submission_not_taken_early"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Withdrawal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="withdrawal", to="teams.submission"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="teams.member"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("reason", models.CharField(blank=True, max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="confirmation", to="teams.submission"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="teams.member"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
        ),
        migrations.CreateModel(
            name="Score",
            fields=[
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="teams.submission",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING, related_name="scores", to="teams.member"
                    ),
                ),
                ("month", teams.fields.MonthField()),
                ("taken_on", models.DateField()),
                ("total", models.PositiveSmallIntegerField()),
                ("brand", teams.fields.PillarField(blank=True, decimal_places=3, max_digits=5, null=True)),
                ("people", teams.fields.PillarField(blank=True, decimal_places=3, max_digits=5, null=True)),
                ("insights", teams.fields.PillarField(blank=True, decimal_places=3, max_digits=5, null=True)),
                ("relationships", teams.fields.PillarField(blank=True, decimal_places=3, max_digits=5, null=True)),
            ],
            options={
                "db_table": "teams_score",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="ScoreCount",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "organization_id",
                        "month",
                        "total",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="teams.organization",
                    ),
                ),
                ("month", teams.fields.MonthField()),
                ("total", models.PositiveSmallIntegerField()),
                ("reps", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Recalibration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recalibrations",
                        to="teams.organization",
                    ),
                ),
                ("day", models.DateField()),
                ("shift", models.SmallIntegerField(default=0)),
                ("measured", models.PositiveIntegerField(db_default=0, default=0, editable=False)),
            ],
            options={
                "ordering": ["day"],
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "day"), name="recalibration_is_marked_once_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="RecalibrationSuggestion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="suggestions",
                        to="teams.organization",
                    ),
                ),
                ("day", models.DateField()),
                ("moved", models.PositiveIntegerField()),
                ("measured", models.PositiveIntegerField()),
                ("shift", models.SmallIntegerField()),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="teams.member",
                    ),
                ),
            ],
            options={
                "ordering": ["-day"],
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "day"), name="suggestion_is_made_once_a_day"),
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at", None)),
                        fields=("organization",),
                        name="suggestion_is_asked_one_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "team",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="counters",
                        to="teams.team",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="What is counted")),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("team", "name"), name="counter_name_is_unique_in_team")
                ],
            },
        ),
        migrations.CreateModel(
            name="Figure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "counter",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="figures",
                        to="teams.counter",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="figures", to="teams.member"
                    ),
                ),
                ("month", teams.fields.MonthField()),
                ("value", models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                (
                    "typed_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="teams.member",
                    ),
                ),
                ("typed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["counter", "member", "month", "-id"], name="figure_is_found_by_month")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("value", None), ("value__gte", 0), _connector="OR"),
                        name="figure_is_not_below_zero",
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="submission",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF current_setting('leaderboard.erasing', true) = 'on' THEN\n        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;\n    END IF;\n    IF TG_OP = 'UPDATE' AND current_setting('leaderboard.moving', true) = 'on'\n       AND to_jsonb(NEW) - '{member_id,replaces_id}'::text[] = to_jsonb(OLD) - '{member_id,replaces_id}'::text[] THEN\n        RETURN NEW;\n    END IF;\n    RAISE EXCEPTION '% is append-only: a correction is a new row', TG_TABLE_NAME\n        USING ERRCODE = 'integrity_constraint_violation';\n",
                    hash="e7290b66210074a9db5809524fc1e0c2c2a68070",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_d2ce5",
                    table="teams_submission",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="withdrawal",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF current_setting('leaderboard.erasing', true) = 'on' THEN\n        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;\n    END IF;\n    IF TG_OP = 'UPDATE' AND current_setting('leaderboard.moving', true) = 'on'\n       AND to_jsonb(NEW) - '{member_id,replaces_id}'::text[] = to_jsonb(OLD) - '{member_id,replaces_id}'::text[] THEN\n        RETURN NEW;\n    END IF;\n    RAISE EXCEPTION '% is append-only: a correction is a new row', TG_TABLE_NAME\n        USING ERRCODE = 'integrity_constraint_violation';\n",
                    hash="6bc2f7eac52bdfa9f4ba32f86e1214119c525004",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_2a27b",
                    table="teams_withdrawal",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="confirmation",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF current_setting('leaderboard.erasing', true) = 'on' THEN\n        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;\n    END IF;\n    IF TG_OP = 'UPDATE' AND current_setting('leaderboard.moving', true) = 'on'\n       AND to_jsonb(NEW) - '{member_id,replaces_id}'::text[] = to_jsonb(OLD) - '{member_id,replaces_id}'::text[] THEN\n        RETURN NEW;\n    END IF;\n    RAISE EXCEPTION '% is append-only: a correction is a new row', TG_TABLE_NAME\n        USING ERRCODE = 'integrity_constraint_violation';\n",
                    hash="4b5bf90f68483ddae001cfe2cb8ec30accf8dc3c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_0471d",
                    table="teams_confirmation",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="figure",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF current_setting('leaderboard.erasing', true) = 'on' THEN\n        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;\n    END IF;\n    IF TG_OP = 'UPDATE' AND current_setting('leaderboard.moving', true) = 'on'\n       AND to_jsonb(NEW) - '{member_id,replaces_id}'::text[] = to_jsonb(OLD) - '{member_id,replaces_id}'::text[] THEN\n        RETURN NEW;\n    END IF;\n    RAISE EXCEPTION '% is append-only: a correction is a new row', TG_TABLE_NAME\n        USING ERRCODE = 'integrity_constraint_violation';\n",
                    hash="c2ac2386b0eddff7539c60307b055128be980a02",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_f8c08",
                    table="teams_figure",
                    when="BEFORE",
                ),
            ),
        ),
    ]
