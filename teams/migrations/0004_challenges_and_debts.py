"""Challenges, who is in, how they ended and who owes whom."""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

from teams.migrations import BEFORE_0_2


class Migration(migrations.Migration):
    replaces = BEFORE_0_2

    initial = True

    dependencies = [
        ("teams", "0003_boards_and_goals"),
    ]

    operations = [
        migrations.CreateModel(
            name="Challenge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="challenges", to="teams.organization"
                    ),
                ),
                (
                    "maker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="made_challenges", to="teams.member"
                    ),
                ),
                ("title", models.CharField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("gain", "Gain points"),
                            ("reach", "Reach a score"),
                            ("improved", "Most improved"),
                            ("highest", "Highest"),
                            ("teams", "Team against team"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "figure",
                    models.CharField(
                        choices=[
                            ("total", "The score"),
                            ("brand", "Brand"),
                            ("people", "People"),
                            ("insights", "Insights"),
                            ("relationships", "Relationships"),
                        ],
                        default="total",
                        max_length=16,
                    ),
                ),
                ("points", models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "winners",
                    models.CharField(
                        choices=[
                            ("everyone", "Everyone who makes it"),
                            ("top", "The best, ties included"),
                            ("first", "The first to make it"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "winner_count",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, validators=[django.core.validators.MinValueValidator(1)]
                    ),
                ),
                ("is_duel", models.BooleanField(default=False)),
                (
                    "stake_kind",
                    models.CharField(
                        choices=[
                            ("none", "Nothing, for the fun of it"),
                            ("on_me", "On me: I owe each winner"),
                            ("loser", "The loser owes the winner"),
                            ("prize", "A prize that I give"),
                        ],
                        default="none",
                        max_length=8,
                    ),
                ),
                ("stake", models.CharField(blank=True, max_length=120)),
                ("repeats_monthly", models.BooleanField(default=False)),
                (
                    "confirmed_only",
                    models.BooleanField(
                        db_default=False, default=False, help_text="Only readings count that a manager confirmed."
                    ),
                ),
                (
                    "repeats",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="repeated_by",
                        to="teams.challenge",
                    ),
                ),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("voided_at", models.DateTimeField(blank=True, null=True)),
                ("void_reason", models.CharField(blank=True, max_length=200)),
                ("teams", models.ManyToManyField(related_name="challenges", to="teams.team")),
            ],
            options={
                "ordering": ["-ends_on", "-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("sent_at__isnull", False), ("settled_at", None), ("voided_at", None)),
                        fields=["ends_on"],
                        name="challenge_is_open",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="challenge_ends_after_it_began",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind__in", ["gain", "reach"]), ("points__gt", 0)),
                            models.Q(models.Q(("kind__in", ["gain", "reach"]), _negated=True), ("points", None)),
                            _connector="OR",
                        ),
                        name="challenge_has_points_where_it_needs_them",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("winner_count", None), ("winners", "everyone")),
                            models.Q(
                                models.Q(("winners", "everyone"), _negated=True),
                                ("winner_count__gte", 1),
                                ("winner_count__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="challenge_says_how_many_win",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_duel", False), ("kind__in", ["improved", "highest"]), _connector="OR"),
                        name="challenge_of_two_compares",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stake_kind", "loser"), _negated=True), ("is_duel", True), _connector="OR"
                        ),
                        name="challenge_has_a_loser_only_in_a_duel",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("stake", ""), ("stake_kind", "none")),
                            models.Q(
                                models.Q(("stake_kind", "none"), _negated=True), models.Q(("stake", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="challenge_says_what_is_at_stake",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("settled_at", None), ("voided_at", None), _connector="OR"),
                        name="challenge_is_settled_or_void",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "challenge",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="teams.challenge",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="entries",
                        to="teams.member",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="entries",
                        to="teams.team",
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[("invited", "asked"), ("accepted", "in"), ("declined", "not in")],
                        default="invited",
                        max_length=8,
                    ),
                ),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="teams.member",
                    ),
                ),
                ("counts_unconfirmed", models.BooleanField(blank=True, null=True)),
                (
                    "ruled_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="teams.member",
                    ),
                ),
                ("ruled_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["member__name", "team__name", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("challenge", "member"), name="entry_is_one_a_member"),
                    models.UniqueConstraint(fields=("challenge", "team"), name="entry_is_one_a_team"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("member", None), ("team__isnull", False)),
                            models.Q(("member__isnull", False), ("team", None)),
                            _connector="OR",
                        ),
                        name="entry_is_a_member_or_a_team",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "invited"), ("answered_at", None)),
                            models.Q(models.Q(("answer", "invited"), _negated=True), ("answered_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="entry_says_when_it_was_answered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("counts_unconfirmed", None), ("ruled_at", None), ("ruled_by", None)),
                            models.Q(
                                models.Q(("counts_unconfirmed", False), ("ruled_by__isnull", False), _connector="OR"),
                                ("ruled_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="entry_says_who_decided",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Settlement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "challenge",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="settlements",
                        to="teams.challenge",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("settled_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("read_until", models.DateTimeField(help_text="Readings that were typed before this moment count.")),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="teams.member",
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("challenge", "number"), name="settlement_number_is_unique_in_challenge"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Outcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "settlement",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="outcomes",
                        to="teams.settlement",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="outcomes", to="teams.entry"
                    ),
                ),
                ("place", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("won", models.BooleanField()),
                ("baseline", models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True)),
                ("now", models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True)),
                ("gained", models.DecimalField(blank=True, decimal_places=1, max_digits=4, null=True)),
                ("made_on", models.DateField(blank=True, null=True)),
                ("explanation", models.CharField(max_length=400)),
                ("readings", models.JSONField(default=list)),
            ],
            options={
                "ordering": ["-won", "place", "entry__member__name", "entry__team__name"],
                "constraints": [
                    models.UniqueConstraint(fields=("settlement", "entry"), name="outcome_is_one_an_entry")
                ],
            },
        ),
        migrations.CreateModel(
            name="Debt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "settlement",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="debts",
                        to="teams.settlement",
                    ),
                ),
                (
                    "debtor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="debts", to="teams.member"
                    ),
                ),
                (
                    "creditor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="claims", to="teams.member"
                    ),
                ),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("forgiven_at", models.DateTimeField(blank=True, null=True)),
                ("lapsed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("settlement", "debtor", "creditor"), name="debt_is_one_a_pair"),
                    models.CheckConstraint(
                        condition=models.Q(("debtor", models.F("creditor")), _negated=True),
                        name="debt_is_owed_to_somebody_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("forgiven_at", None), ("settled_at", None)),
                            models.Q(("lapsed_at", None), ("settled_at", None)),
                            models.Q(("forgiven_at", None), ("lapsed_at", None)),
                            _connector="OR",
                        ),
                        name="debt_ends_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RecalibrationChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "challenge",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="choices",
                        to="teams.challenge",
                    ),
                ),
                (
                    "recalibration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="choices", to="teams.recalibration"
                    ),
                ),
                (
                    "choice",
                    models.CharField(
                        choices=[
                            ("stand", "Let it stand: every reading counts as read"),
                            ("shift", "Shift: readings before it, the start too, move by the median change"),
                            ("void", "Void: end the challenge, without a result"),
                        ],
                        max_length=5,
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="teams.member",
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("challenge", "recalibration"), name="choice_is_one_a_recalibration"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("by__isnull", False), ("choice", "stand"), _connector="OR"),
                        name="choice_of_nobody_lets_it_stand",
                    ),
                ],
            },
        ),
    ]
