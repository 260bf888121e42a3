"""What readings are made into: boards, their revisions, walls that show them, goals."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import teams.fields
import teams.models.displays
from teams.migrations import BEFORE_0_2


class Migration(migrations.Migration):
    replaces = BEFORE_0_2

    initial = True

    dependencies = [
        ("teams", "0002_readings"),
    ]

    operations = [
        migrations.CreateModel(
            name="Board",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "team",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="boards",
                        to="teams.team",
                    ),
                ),
                ("month", teams.fields.MonthField()),
                ("version", models.PositiveBigIntegerField(default=0)),
                ("stale_since", models.DateTimeField(blank=True, null=True)),
                ("ranked_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="Empty: closed by the clock.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="teams.member",
                    ),
                ),
                (
                    "in_history",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="Filled by imports after its time: closes with the rest of the history, and is no news to anybody.",
                    ),
                ),
                ("rules_version", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("submitted", models.PositiveIntegerField(default=0)),
                ("expected", models.PositiveIntegerField(default=0)),
                ("mean", models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                (
                    "best",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="The highest score; empty: nobody is in.", null=True
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("closed_at", None), ("stale_since__isnull", False)),
                        fields=["stale_since"],
                        name="board_is_stale",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("team", "month"), name="board_is_one_a_team_and_month")
                ],
            },
        ),
        migrations.CreateModel(
            name="Standing",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "board_id", "member_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "board",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="standings",
                        to="teams.board",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="standings",
                        to="teams.member",
                    ),
                ),
                ("rank", models.PositiveIntegerField()),
                ("total", models.PositiveSmallIntegerField()),
                ("climb", models.IntegerField(null=True)),
                (
                    "submission",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="teams.submission",
                    ),
                ),
                (
                    "previous",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="teams.submission",
                    ),
                ),
            ],
            options={
                "ordering": ["rank", "member__name", "member_id"],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "board",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="teams.board",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="teams.member"
                    ),
                ),
                ("total_before", models.PositiveSmallIntegerField(help_text="Empty: was silent.", null=True)),
                ("total_after", models.PositiveSmallIntegerField(help_text="Empty: is silent.", null=True)),
                ("reason", models.CharField(max_length=200)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="teams.member"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("submitted", models.PositiveIntegerField()),
                ("expected", models.PositiveIntegerField()),
                ("mean", models.DecimalField(decimal_places=2, max_digits=5, null=True)),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(fields=("board", "number"), name="revision_is_numbered_once_a_board")
                ],
            },
        ),
        migrations.CreateModel(
            name="RevisedStanding",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "revision_id", "member_id", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="standings",
                        to="teams.revision",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="teams.member"
                    ),
                ),
                ("rank", models.PositiveIntegerField()),
                ("total", models.PositiveSmallIntegerField()),
                ("climb", models.IntegerField(null=True)),
                (
                    "submission",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="teams.submission",
                    ),
                ),
                (
                    "previous",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="teams.submission",
                    ),
                ),
            ],
            options={
                "ordering": ["rank", "member__name", "member_id"],
            },
        ),
        migrations.CreateModel(
            name="Display",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="displays", to="teams.team"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("token_hash", models.CharField(max_length=64, null=True, unique=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="teams.member"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("paired_at", models.DateTimeField(blank=True, null=True)),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                ("tested_at", models.DateTimeField(blank=True, null=True)),
                (
                    "celebrated",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                    ),
                ),
                (
                    "slides",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12),
                        blank=True,
                        default=teams.models.displays.every_slide,
                        size=None,
                    ),
                ),
                (
                    "seconds",
                    models.PositiveSmallIntegerField(
                        db_default=15,
                        default=15,
                        validators=[
                            django.core.validators.MinValueValidator(10),
                            django.core.validators.MaxValueValidator(60),
                        ],
                    ),
                ),
                (
                    "bright_from",
                    models.PositiveSmallIntegerField(
                        db_default=7, default=7, validators=[django.core.validators.MaxValueValidator(23)]
                    ),
                ),
                (
                    "bright_until",
                    models.PositiveSmallIntegerField(
                        db_default=19, default=19, validators=[django.core.validators.MaxValueValidator(23)]
                    ),
                ),
                ("sound", models.BooleanField(db_default=False, default=False)),
                ("also_shows", models.ManyToManyField(blank=True, related_name="guest_displays", to="teams.team")),
            ],
            options={
                "ordering": ["name", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("bright_from__lte", 23), ("bright_until__lte", 23)),
                        name="display_is_bright_from_0_to_23",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("seconds__range", (1, 600))), name="display_turns_its_slides"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Goal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "team",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="goals", to="teams.team"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="goals", to="teams.member"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("score", "score"),
                            ("mean", "mean"),
                            ("everybody", "everybody"),
                            ("coverage", "coverage"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "pillar",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("brand", "brand"),
                            ("people", "people"),
                            ("insights", "insights"),
                            ("relationships", "relationships"),
                        ],
                        max_length=13,
                    ),
                ),
                (
                    "target",
                    models.DecimalField(
                        decimal_places=1,
                        max_digits=4,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(100),
                        ],
                    ),
                ),
                ("started_on", models.DateField()),
                ("due_on", models.DateField(verbose_name="by")),
                ("text", models.CharField(blank=True, max_length=200, verbose_name="what for")),
                ("shared", models.BooleanField(default=False, verbose_name="my team sees it")),
                (
                    "made_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="teams.member",
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("cancelled_on", models.DateField(blank=True, null=True)),
                ("reached_on", models.DateField(blank=True, null=True)),
                ("celebrated_at", models.DateTimeField(blank=True, null=True)),
                (
                    "taken_back_on",
                    models.DateField(
                        blank=True,
                        help_text="The day it was reached on, by what is now known to be LinkedIn's new formula.",
                        null=True,
                    ),
                ),
                ("checked_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "readings",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), db_default=[], default=list, editable=False, size=None
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "pk"],
                "indexes": [
                    models.Index(condition=models.Q(("cancelled_on", None)), fields=["due_on"], name="goal_is_due")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "score"), ("member__isnull", False), ("team", None)),
                            models.Q(
                                ("member", None),
                                ("shared", False),
                                ("team__isnull", False),
                                models.Q(("kind", "score"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="goal_is_of_a_team_or_a_member",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("pillar", ""), models.Q(("kind", "mean"), ("target__lte", 25)), _connector="OR"
                        ),
                        name="goal_of_a_pillar",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("target__range", (1, 100))), name="goal_target_is_1_to_100"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gt", models.F("started_on"))), name="goal_is_due_after_it_began"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reached_on", None),
                            models.Q(("celebrated_at__isnull", False), ("reached_on__lte", models.F("due_on"))),
                            _connector="OR",
                        ),
                        name="goal_is_reached_in_time",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_on", None)),
                        fields=("team", "kind", "pillar", "target", "due_on"),
                        name="goal_of_a_team_is_set_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("cancelled_on", None)),
                        fields=("member", "target", "due_on"),
                        name="goal_of_a_member_is_set_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GoalStart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "goal",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="starts",
                        to="teams.goal",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="teams.member"),
                ),
                ("value", models.DecimalField(decimal_places=3, max_digits=6, null=True)),
                ("taken_on", models.DateField(null=True)),
                ("month", teams.fields.MonthField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("goal", "member"), name="goal_starts_once_from_a_member")
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="revision",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF current_setting('leaderboard.erasing', true) = 'on' THEN\n        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;\n    END IF;\n    IF TG_OP = 'UPDATE' AND current_setting('leaderboard.moving', true) = 'on'\n       AND to_jsonb(NEW) - '{member_id,replaces_id}'::text[] = to_jsonb(OLD) - '{member_id,replaces_id}'::text[] THEN\n        RETURN NEW;\n    END IF;\n    RAISE EXCEPTION '% is append-only: a correction is a new row', TG_TABLE_NAME\n        USING ERRCODE = 'integrity_constraint_violation';\n",
                    hash="11826b0861885ade0ca8062f981d93fa739476d8",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_6f0ae",
                    table="teams_revision",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="revisedstanding",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF current_setting('leaderboard.erasing', true) = 'on' THEN\n        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;\n    END IF;\n    IF TG_OP = 'UPDATE' AND current_setting('leaderboard.moving', true) = 'on'\n       AND to_jsonb(NEW) - '{member_id,replaces_id}'::text[] = to_jsonb(OLD) - '{member_id,replaces_id}'::text[] THEN\n        RETURN NEW;\n    END IF;\n    RAISE EXCEPTION '% is append-only: a correction is a new row', TG_TABLE_NAME\n        USING ERRCODE = 'integrity_constraint_violation';\n",
                    hash="d3417d5fd6b2ed1a4d2f72b524464583bfcdc223",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_77106",
                    table="teams_revisedstanding",
                    when="BEFORE",
                ),
            ),
        ),
    ]
