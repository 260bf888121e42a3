"""Whoever signs in and submits: companies, teams, members, logins, what was done by whom."""

import django.contrib.postgres.fields
import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import teams.fields
import teams.models.people.organizations
import teams.models.people.teams
from teams.migrations import BEFORE_0_2


class Migration(migrations.Migration):
    replaces = BEFORE_0_2

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail")),
                ("is_active", models.BooleanField(default=True)),
                ("date_joined", models.DateTimeField(auto_now_add=True)),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=[("en", "English"), ("de", "Deutsch"), ("fr", "Français"), ("es", "Español")],
                        db_default="",
                        default="",
                        max_length=5,
                    ),
                ),
                ("sessions_ended", models.PositiveIntegerField(db_default=0, default=0, editable=False)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                        name="user_email_is_lower_case",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AccountMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="account_mails",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("email", models.EmailField(max_length=254)),
                ("template", models.CharField(max_length=80)),
                ("facts", models.JSONField(default=dict)),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("de", "Deutsch"), ("fr", "Français"), ("es", "Español")],
                        max_length=2,
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("due_at", models.DateTimeField(null=True)),
                ("started_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="account_mail_waits"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Organization",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100)),
                (
                    "time_zone",
                    models.CharField(
                        default="UTC", max_length=64, validators=[teams.models.people.organizations.validate_zone]
                    ),
                ),
                (
                    "rank_visibility",
                    models.CharField(
                        choices=[
                            ("all", "Everybody sees all places"),
                            ("own", "Reps see only their own place"),
                            ("none", "Reps see no places"),
                        ],
                        default="all",
                        help_text="Managers always see all.",
                        max_length=4,
                    ),
                ),
                (
                    "shows_organization_board",
                    models.BooleanField(
                        default=True,
                        help_text="Name, score and place of everybody.",
                        verbose_name="members see the company's board",
                    ),
                ),
                (
                    "wall_names",
                    models.CharField(
                        choices=[("name", "Names"), ("initials", "Initials")],
                        db_default="name",
                        default="name",
                        help_text="Everybody may ask for less, for themselves.",
                        max_length=8,
                        verbose_name="walls show",
                    ),
                ),
                (
                    "closing_workday",
                    models.PositiveSmallIntegerField(
                        db_default=3,
                        default=3,
                        help_text="Counted from the month's end. From then on its standings are final.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(15),
                        ],
                        verbose_name="a month closes on working day",
                    ),
                ),
                (
                    "closing_hour",
                    models.PositiveSmallIntegerField(
                        db_default=18,
                        default=18,
                        help_text="0 to 23.",
                        validators=[django.core.validators.MaxValueValidator(23)],
                        verbose_name="at this hour",
                    ),
                ),
                (
                    "holidays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DateField(),
                        blank=True,
                        db_default=[],
                        default=list,
                        editable=False,
                        size=None,
                    ),
                ),
                (
                    "wall_rows",
                    models.PositiveSmallIntegerField(
                        db_default=8,
                        default=8,
                        help_text="2 to 8. A wall never shows more than the upper half of a board.",
                        validators=[
                            django.core.validators.MinValueValidator(2),
                            django.core.validators.MaxValueValidator(8),
                        ],
                        verbose_name="places on walls, at most",
                    ),
                ),
                (
                    "managers_need_second_factor",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="An app's code or a passkey besides the password. Whoever has none yet is led to set one up.",
                        verbose_name="managers and admins need two-step sign-in",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("de", "Deutsch"), ("fr", "Français"), ("es", "Español")],
                        db_default="en",
                        default="en",
                        max_length=5,
                    ),
                ),
                (
                    "retention_months",
                    models.PositiveSmallIntegerField(
                        db_default=36,
                        default=36,
                        help_text="15 to 120. Each night, whatever is from earlier months is deleted for good: boards, readings, challenges, goals, messages and the log. What is imported for earlier months goes too.",
                        validators=[
                            django.core.validators.MinValueValidator(15),
                            django.core.validators.MaxValueValidator(120),
                        ],
                        verbose_name="months that are kept",
                    ),
                ),
                ("is_demo", models.BooleanField(default=False, editable=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("closing_workday__range", (1, 15))),
                        name="organization_closes_on_working_day_1_to_15",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("closing_hour__lte", 23)), name="organization_closing_hour_is_0_to_23"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("wall_rows__range", (2, 8))), name="organization_wall_rows_are_2_to_8"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("retention_months__range", (15, 120))),
                        name="organization_keeps_15_to_120_months",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="teams", to="teams.organization"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                (
                    "slug",
                    models.CharField(
                        max_length=80,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^(?!\\d{4}-\\d{2}$)[a-z0-9]+(?:-[a-z0-9]+)*$", "Use small letters, digits and hyphens."
                            )
                        ],
                    ),
                ),
                (
                    "rank_visibility",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("all", "Everybody sees all places"),
                            ("own", "Reps see only their own place"),
                            ("none", "Reps see no places"),
                        ],
                        help_text="Empty: as in the company. A team may only be stricter.",
                        max_length=4,
                    ),
                ),
                ("reminds", models.BooleanField(default=True, verbose_name="send reminders")),
                (
                    "reminder_steps",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SmallIntegerField(),
                        blank=True,
                        default=teams.models.people.teams.every_step,
                        size=None,
                    ),
                ),
                (
                    "reminder_hour",
                    models.PositiveSmallIntegerField(
                        default=9, validators=[django.core.validators.MaxValueValidator(23)]
                    ),
                ),
                (
                    "digest_at",
                    models.DateTimeField(
                        blank=True,
                        default=django.utils.timezone.now,
                        editable=False,
                        help_text="When to look whether a digest is due.",
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("digest_at__isnull", False)),
                        fields=["digest_at"],
                        name="team_gets_a_digest",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "slug"), name="team_slug_is_unique_in_organization"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reminder_hour__lte", 23)), name="team_reminder_hour_is_0_to_23"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="members", to="teams.organization"
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="member",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("name", teams.fields.NameField(max_length=100)),
                (
                    "is_admin",
                    models.BooleanField(
                        default=False, help_text="Runs the company's site: teams and settings.", verbose_name="admin"
                    ),
                ),
                (
                    "plan",
                    models.CharField(
                        choices=[("free", "LinkedIn"), ("sales_navigator", "Sales Navigator")],
                        default="free",
                        max_length=16,
                    ),
                ),
                (
                    "no_access_since",
                    models.DateField(
                        blank=True,
                        help_text="LinkedIn has withdrawn the page: not expected, ranked or reminded.",
                        null=True,
                    ),
                ),
                ("sees_ranks", models.BooleanField(default=True, verbose_name="show me places")),
                (
                    "time_zone",
                    models.CharField(
                        blank=True,
                        help_text="Empty: the company's.",
                        max_length=64,
                        validators=[teams.models.people.organizations.validate_zone],
                    ),
                ),
                (
                    "accepts_challenges",
                    models.BooleanField(
                        db_default=True,
                        default=True,
                        help_text="Off: nobody can enter you, not even a manager.",
                        verbose_name="ask me to challenges",
                    ),
                ),
                (
                    "wall_name",
                    models.CharField(
                        choices=[("name", "My name"), ("initials", "My initials"), ("out", "Leave my row out")],
                        db_default="name",
                        default="name",
                        max_length=8,
                        verbose_name="on walls",
                    ),
                ),
                ("deactivated_on", models.DateField(blank=True, editable=False, null=True)),
            ],
            options={
                "ordering": ["name", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("no_access_since__isnull", False)),
                        fields=["id"],
                        name="member_without_access",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to="teams.member"
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="memberships", to="teams.team"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("rep", "Rep"), ("manager", "Manager"), ("viewer", "Viewer")],
                        default="rep",
                        max_length=8,
                    ),
                ),
                ("competing", models.BooleanField(default=True, help_text="Ranked on the team's board.")),
                ("joined_on", models.DateField()),
                ("left_on", models.DateField(blank=True, null=True)),
                ("paused", models.BooleanField(db_default=False, default=False, editable=False)),
                (
                    "remind_at",
                    models.DateTimeField(
                        blank=True,
                        default=django.utils.timezone.now,
                        editable=False,
                        help_text="When to look whether a reminder is due.",
                        null=True,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("remind_at__isnull", False)),
                        fields=["remind_at"],
                        name="membership_is_reminded",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left_on", None)),
                        fields=("team", "member"),
                        name="membership_is_active_once_a_team",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("competing", True), ("left_on", None)),
                        fields=("member",),
                        name="member_competes_in_one_team",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("left_on", None), ("left_on__gte", models.F("joined_on")), _connector="OR"),
                        name="membership_ends_after_it_began",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("paused", False), ("left_on__isnull", False), _connector="OR"),
                        name="membership_that_is_paused_has_ended",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("competing", True), ("role", "viewer"), _negated=True),
                        name="membership_of_a_viewer_does_not_compete",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Leave",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="leaves", to="teams.member"
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="leave_ends_after_it_began"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FormerName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="former_names", to="teams.member"
                    ),
                ),
                ("name", models.CharField(max_length=254)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("member", "name"), name="former_name_is_noted_once")],
            },
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kept",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="merges", to="teams.member"
                    ),
                ),
                (
                    "gone",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="merged_as", to="teams.member"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="teams.member",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("moved", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
            ],
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="invitation", to="teams.member"
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("token_hash", models.CharField(max_length=64, null=True, unique=True)),
                (
                    "invited_by",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="teams.member"
                    ),
                ),
                ("first_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("due_at", models.DateTimeField(null=True)),
                ("started_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("problem", models.CharField(blank=True, max_length=300)),
                ("said", models.CharField(blank=True, db_default="", default="", max_length=300)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="invitation_waits"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SubmissionLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="submission_links", to="teams.member"
                    ),
                ),
                ("month", teams.fields.MonthField()),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "member",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="erasure", to="teams.member"
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        help_text="Empty: the clock, for somebody who left longer ago than anything is kept.",
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="teams.member",
                    ),
                ),
                ("asked_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("due_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("done_at", None)), fields=["due_at"], name="erasure_is_open")
                ],
            },
        ),
        migrations.CreateModel(
            name="AuditEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organization",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="teams.organization",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="teams.team",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="teams.member",
                    ),
                ),
                ("act", models.CharField(max_length=24)),
                (
                    "about",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="teams.member",
                    ),
                ),
                (
                    "details",
                    models.JSONField(blank=True, default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
                ),
                ("reason", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("address", models.GenericIPAddressField(blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "audit entries",
                "indexes": [
                    models.Index(fields=["organization", "-id"], name="audit_of_organization"),
                    models.Index(fields=["team", "-id"], name="audit_of_team"),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="user",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_former_name",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."email" IS DISTINCT FROM (NEW."email"))',
                    func="\n    IF coalesce(current_setting('leaderboard.erasing', true), 'off') <> 'on' THEN\n        INSERT INTO teams_formername (member_id, name) SELECT id, OLD.email FROM teams_member WHERE user_id = OLD.id ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n",
                    hash="80614327455d28443fbed645be63fb682eb151ce",
                    operation='UPDATE OF "email"',
                    pgid="pgtrigger_keep_former_name_9d390",
                    table="teams_user",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="member",
            trigger=pgtrigger.compiler.Trigger(
                name="keep_former_name",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."name" IS DISTINCT FROM (NEW."name"))',
                    func="\n    IF coalesce(current_setting('leaderboard.erasing', true), 'off') <> 'on' THEN\n        INSERT INTO teams_formername (member_id, name) VALUES (OLD.id, OLD.name) ON CONFLICT DO NOTHING;\n    END IF;\n    RETURN NULL;\n",
                    hash="35aec301cac85ee715bbfe15bfbe2be51ec31cf5",
                    operation='UPDATE OF "name"',
                    pgid="pgtrigger_keep_former_name_60c9a",
                    table="teams_member",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="auditentry",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n    IF current_setting('leaderboard.erasing', true) = 'on' THEN\n        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;\n    END IF;\n    IF TG_OP = 'UPDATE' AND current_setting('leaderboard.moving', true) = 'on'\n       AND to_jsonb(NEW) - '{member_id,replaces_id}'::text[] = to_jsonb(OLD) - '{member_id,replaces_id}'::text[] THEN\n        RETURN NEW;\n    END IF;\n    RAISE EXCEPTION '% is append-only: a correction is a new row', TG_TABLE_NAME\n        USING ERRCODE = 'integrity_constraint_violation';\n",
                    hash="8091a069e20ecabc0f70a93f6ffd8fd9bb1e72a2",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_9883a",
                    table="teams_auditentry",
                    when="BEFORE",
                ),
            ),
        ),
    ]
