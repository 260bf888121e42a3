"""Reminders, deliveries and links."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import teams.fields
import teams.models.organizations
import teams.models.teams


class Migration(migrations.Migration):
    dependencies = [("teams", "0004_challenges")]
    operations = [
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reminder", "Reminder to submit"),
                            ("digest", "Who is still silent"),
                            ("month_result", "Result of the month"),
                            ("goal_reached", "Goal reached"),
                            ("challenge_invitation", "Invitation to a challenge"),
                            ("challenge_half_time", "Half-time of a challenge"),
                            ("challenge_last_days", "Last days of a challenge"),
                            ("challenge_result", "Result of a challenge"),
                            ("challenge_news", "News of a challenge"),
                        ],
                        max_length=24,
                    ),
                ),
                ("subject", models.CharField(max_length=80)),
                ("notice", models.JSONField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("sending", "sending"),
                            ("sent", "sent"),
                            ("uncertain", "uncertain"),
                            ("failed", "failed"),
                            ("dropped", "dropped"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("first_at", models.DateTimeField(blank=True, null=True)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("good_until", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "deliveries",
                "ordering": ["-created_at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="SubmissionLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", teams.fields.MonthField()),
                ("token_hash", models.CharField(max_length=64, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="Unsubscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("reminders", "Reminders to submit"),
                            ("challenges", "Challenges: invitations, what is still needed, results"),
                            ("results", "Results of a month, and goals reached"),
                            ("digests", "For managers: who is still silent"),
                        ],
                        max_length=16,
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name="Webhook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("service", models.CharField(choices=[("slack", "Slack"), ("teams", "Microsoft Teams")], max_length=8)),
                ("url", models.CharField(blank=True, max_length=2000)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["service"],
            },
        ),
        migrations.AddField(
            model_name="member",
            name="time_zone",
            field=models.CharField(
                blank=True,
                help_text="Empty: the organization's.",
                max_length=64,
                validators=[teams.models.organizations.validate_zone],
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="remind_at",
            field=models.DateTimeField(
                blank=True,
                default=django.utils.timezone.now,
                editable=False,
                help_text="When to look whether a reminder is due.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="team",
            name="digest_at",
            field=models.DateTimeField(
                blank=True,
                default=django.utils.timezone.now,
                editable=False,
                help_text="When to look whether a digest is due.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="team",
            name="reminder_hour",
            field=models.PositiveSmallIntegerField(
                default=9, validators=[django.core.validators.MaxValueValidator(23)]
            ),
        ),
        migrations.AddField(
            model_name="team",
            name="reminder_steps",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.SmallIntegerField(), blank=True, default=teams.models.teams.every_step, size=None
            ),
        ),
        migrations.AddField(
            model_name="team",
            name="reminds",
            field=models.BooleanField(default=True, verbose_name="send reminders"),
        ),
        migrations.AddIndex(
            model_name="membership",
            index=models.Index(
                condition=models.Q(("remind_at__isnull", False)), fields=["remind_at"], name="membership_is_reminded"
            ),
        ),
        migrations.AddIndex(
            model_name="team",
            index=models.Index(
                condition=models.Q(("digest_at__isnull", False)), fields=["digest_at"], name="team_gets_a_digest"
            ),
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.CheckConstraint(
                condition=models.Q(("reminder_hour__lte", 23)), name="team_reminder_hour_is_0_to_23"
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="member",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="deliveries",
                to="teams.member",
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="team",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="deliveries", to="teams.team"
            ),
        ),
        migrations.AddField(
            model_name="submissionlink",
            name="member",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="submission_links", to="teams.member"
            ),
        ),
        migrations.AddField(
            model_name="unsubscription",
            name="member",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="unsubscriptions",
                to="teams.member",
            ),
        ),
        migrations.AddField(
            model_name="webhook",
            name="team",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="webhooks", to="teams.team"
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="webhook",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="deliveries",
                to="teams.webhook",
            ),
        ),
        migrations.AddConstraint(
            model_name="unsubscription",
            constraint=models.UniqueConstraint(fields=("member", "topic"), name="unsubscription_is_one_a_topic"),
        ),
        migrations.AddConstraint(
            model_name="webhook",
            constraint=models.UniqueConstraint(
                condition=models.Q(("removed_at", None)),
                fields=("team", "service"),
                name="webhook_is_one_a_team_and_service",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(condition=models.Q(("state", "waiting")), fields=["due_at"], name="delivery_waits"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state", "sending")), fields=["started_at"], name="delivery_is_being_sent"
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["team", "-created_at", "-id"], name="delivery_of_team_newest_first"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("member", None), ("webhook__isnull", False)),
                    models.Q(("member__isnull", False), ("webhook", None)),
                    _connector="OR",
                ),
                name="delivery_goes_to_a_member_or_a_chat",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                condition=models.Q(("member__isnull", False)),
                fields=("member", "kind", "subject"),
                name="delivery_is_claimed_once_a_member",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                condition=models.Q(("webhook__isnull", False)),
                fields=("webhook", "kind", "subject"),
                name="delivery_is_claimed_once_a_chat",
            ),
        ),
    ]
