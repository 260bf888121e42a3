"""What goes out, to whom not, and what the clock has done."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from teams.migrations import BEFORE_0_2


class Migration(migrations.Migration):
    replaces = BEFORE_0_2

    initial = True

    dependencies = [
        ("teams", "0004_challenges_and_debts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Webhook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="webhooks", to="teams.team"
                    ),
                ),
                ("service", models.CharField(choices=[("slack", "Slack"), ("teams", "Microsoft Teams")], max_length=8)),
                ("url", models.CharField(blank=True, max_length=2000)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["service"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("removed_at", None)),
                        fields=("team", "service"),
                        name="webhook_is_one_a_team_and_service",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "team",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="teams.team",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="teams.member",
                    ),
                ),
                (
                    "webhook",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="teams.webhook",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reminder", "Reminder to submit"),
                            ("read_again", "Reminder to read again"),
                            ("digest", "Who is still silent"),
                            ("month_result", "Result of the month"),
                            ("goal_reached", "Goal reached"),
                            ("challenge_invitation", "Invitation to a challenge"),
                            ("challenge_half_time", "Half-time of a challenge"),
                            ("challenge_last_days", "Last days of a challenge"),
                            ("challenge_result", "Result of a challenge"),
                            ("challenge_news", "News of a challenge"),
                            ("chat_test", "Test of a chat"),
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
                ("said", models.CharField(blank=True, db_default="", default="", max_length=300)),
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
                "indexes": [
                    models.Index(condition=models.Q(("state", "waiting")), fields=["due_at"], name="delivery_waits"),
                    models.Index(
                        condition=models.Q(("state", "sending")), fields=["started_at"], name="delivery_is_being_sent"
                    ),
                    models.Index(fields=["team", "-created_at", "-id"], name="delivery_of_team_newest_first"),
                    models.Index(fields=["subject", "kind"], name="delivery_of_subject"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("member", None), ("webhook__isnull", False)),
                            models.Q(("member__isnull", False), ("webhook", None)),
                            _connector="OR",
                        ),
                        name="delivery_goes_to_a_member_or_a_chat",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("member__isnull", False)),
                        fields=("member", "kind", "subject"),
                        name="delivery_is_claimed_once_a_member",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("webhook__isnull", False)),
                        fields=("webhook", "kind", "subject"),
                        name="delivery_is_claimed_once_a_chat",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Unsubscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="unsubscriptions",
                        to="teams.member",
                    ),
                ),
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
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("member", "topic"), name="unsubscription_is_one_a_topic")
                ],
            },
        ),
        migrations.CreateModel(
            name="UnsubscribeLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="unsubscribe_links", to="teams.member"
                    ),
                ),
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
                (
                    "more_topics",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("reminders", "Reminders to submit"),
                                ("challenges", "Challenges: invitations, what is still needed, results"),
                                ("results", "Results of a month, and goals reached"),
                                ("digests", "For managers: who is still silent"),
                            ],
                            max_length=16,
                        ),
                        blank=True,
                        null=True,
                        size=None,
                    ),
                ),
                ("token_hash", models.CharField(max_length=64)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("token_hash",), name="unsubscribe_link_has_its_own_token")
                ],
            },
        ),
        migrations.CreateModel(
            name="Sweep",
            fields=[
                ("name", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("ended_at", models.DateTimeField()),
                ("first_at", models.DateTimeField(auto_now_add=True)),
            ],
        ),
    ]
