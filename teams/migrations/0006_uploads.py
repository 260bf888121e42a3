"""Uploaded tables on their way to readings, and what answers about them are remembered."""

import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import teams.fields
from teams.migrations import BEFORE_0_2


class Migration(migrations.Migration):
    replaces = BEFORE_0_2

    initial = True

    dependencies = [
        ("teams", "0005_messages"),
    ]

    operations = [
        migrations.CreateModel(
            name="Import",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="imports", to="teams.team"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="teams.member"),
                ),
                ("file_name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("content", models.BinaryField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asking", "needs an answer"),
                            ("reading", "being read"),
                            ("ready", "ready to save"),
                            ("storing", "being saved"),
                            ("done", "saved"),
                            ("failed", "refused"),
                            ("taken_back", "taken back"),
                        ],
                        default="asking",
                        max_length=12,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("counts", models.JSONField(default=dict)),
                ("problem", models.CharField(blank=True, max_length=300)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("touched_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="ImportSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "upload",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sheets",
                        to="teams.import",
                    ),
                ),
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(blank=True, max_length=100)),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("sheet", "One row a rep, one column a month"),
                            ("list", "One row a reading"),
                            ("sales_navigator", "Sales Navigator usage export"),
                        ],
                        max_length=16,
                    ),
                ),
                ("layout", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                (
                    "mended",
                    models.JSONField(default=dict, help_text="What somebody wrote in place of a cell, by its address."),
                ),
                ("chosen", models.BooleanField(default=False)),
                ("rows_total", models.PositiveIntegerField(default=0)),
                ("rows_read", models.PositiveIntegerField(default=0)),
            ],
            options={
                "ordering": ["upload", "number"],
                "constraints": [
                    models.UniqueConstraint(fields=("upload", "number"), name="import_sheet_is_numbered_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "upload",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="people",
                        to="teams.import",
                    ),
                ),
                ("key", models.CharField(max_length=400)),
                ("name", models.CharField(max_length=100)),
                ("email", models.CharField(blank=True, max_length=254)),
                (
                    "member",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="teams.member",
                    ),
                ),
                (
                    "choice",
                    models.CharField(
                        choices=[
                            ("known", "is a member"),
                            ("map", "Is a member by another name"),
                            ("add", "Add as a new member"),
                            ("skip", "Leave out"),
                            ("ask", "is called like several members"),
                        ],
                        default="add",
                        max_length=5,
                    ),
                ),
                ("was_added", models.BooleanField(default=False)),
                (
                    "joined_before",
                    models.DateField(
                        editable=False,
                        help_text="When their membership began before the import moved it to an earlier day.",
                        null=True,
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
                "constraints": [models.UniqueConstraint(fields=("upload", "key"), name="import_person_is_named_once")],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "upload",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="teams.import",
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="teams.importsheet",
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("cell", models.CharField(max_length=12)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="rows",
                        to="teams.importperson",
                    ),
                ),
                ("month", teams.fields.MonthField(null=True)),
                ("taken_on", models.DateField(null=True)),
                ("day_unknown", models.BooleanField(default=False)),
                ("total", models.PositiveSmallIntegerField(null=True)),
                (
                    "is_summed",
                    models.BooleanField(db_default=False, default=False, help_text="Only the parts are there."),
                ),
                ("rounded_from", models.DecimalField(decimal_places=6, max_digits=10, null=True)),
                ("brand", teams.fields.PillarField(blank=True, decimal_places=3, max_digits=5, null=True)),
                ("people", teams.fields.PillarField(blank=True, decimal_places=3, max_digits=5, null=True)),
                ("insights", teams.fields.PillarField(blank=True, decimal_places=3, max_digits=5, null=True)),
                ("relationships", teams.fields.PillarField(blank=True, decimal_places=3, max_digits=5, null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("problem", models.CharField(blank=True, max_length=300)),
                (
                    "action",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("error", "must be corrected"),
                            ("adds", "completes what is saved"),
                            ("part", "joined with another tab"),
                            ("conflict", "differs from what is saved"),
                            ("member", "new member"),
                            ("new", "new reading"),
                            ("same", "saved already"),
                            ("skipped", "left out"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("ask", "It is not sure who this is. Choose above."),
                            (
                                "twice",
                                "This person stands twice for this time, with different scores. Remove one of them.",
                            ),
                            ("closed", "This month is closed: its standings are final. Remove it, or amend the month."),
                            ("no_total", "A score needs its total or all four parts. Write what is missing."),
                            (
                                "not_then",
                                "This person was not in your team then. Who managed them in that month imports it.",
                            ),
                            ("history", "This month is more than three months ago. Ask an admin to import it."),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "text",
                    models.CharField(
                        blank=True, db_default="", help_text="What stands in a cell to correct.", max_length=100
                    ),
                ),
                (
                    "part_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="parts",
                        to="teams.importrow",
                    ),
                ),
                ("replaces", models.BooleanField(default=False)),
                (
                    "stored",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="teams.submission"
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="teams.submission"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["upload", "action"], name="import_row_by_action")],
            },
        ),
        migrations.CreateModel(
            name="RememberedColumns",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="teams.organization",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sheet", "One row a rep, one column a month"),
                            ("list", "One row a reading"),
                            ("sales_navigator", "Sales Navigator usage export"),
                        ],
                        max_length=16,
                    ),
                ),
                ("columns", models.JSONField(default=dict)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organization", "kind"), name="remembered_columns_are_one_a_kind")
                ],
            },
        ),
        migrations.CreateModel(
            name="RememberedTable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="teams.organization",
                    ),
                ),
                ("headings", models.CharField(help_text="A hash of the words of the headings.", max_length=64)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sheet", "One row a rep, one column a month"),
                            ("list", "One row a reading"),
                            ("sales_navigator", "Sales Navigator usage export"),
                        ],
                        max_length=16,
                    ),
                ),
                ("layout", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                ("chosen", models.BooleanField(default=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organization", "headings"), name="remembered_table_is_one_a_heading"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RememberedPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "team",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="teams.team"
                    ),
                ),
                ("key", models.CharField(max_length=64)),
                (
                    "member",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="teams.member"
                    ),
                ),
                (
                    "choice",
                    models.CharField(
                        choices=[
                            ("known", "is a member"),
                            ("map", "Is a member by another name"),
                            ("add", "Add as a new member"),
                            ("skip", "Leave out"),
                            ("ask", "is called like several members"),
                        ],
                        max_length=5,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("team", "key"), name="remembered_person_is_one_a_name")
                ],
            },
        ),
    ]
