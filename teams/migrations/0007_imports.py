"""Imports: their files, the people they name and their rows, and readings whose day is unknown."""

import django.core.serializers.json
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import teams.fields


class Migration(migrations.Migration):
    dependencies = [("teams", "0006_people")]
    operations = [
        migrations.AddField(
            model_name="submission",
            name="day_unknown",
            field=models.BooleanField(
                db_default=False,
                default=False,
                editable=False,
                help_text="Imported for a month without a day: `taken_on` is its last.",
            ),
        ),
        migrations.CreateModel(
            name="Import",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file_name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("content", models.BinaryField(null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("sheet", "One row a rep, one column a month"),
                            ("list", "One row a reading"),
                            ("sales_navigator", "Sales Navigator usage export"),
                        ],
                        default="sheet",
                        max_length=16,
                    ),
                ),
                ("sheet", models.PositiveSmallIntegerField(default=0)),
                ("layout", models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asking", "needs an answer"),
                            ("reading", "being read"),
                            ("ready", "ready to store"),
                            ("storing", "being stored"),
                            ("done", "stored"),
                            ("failed", "refused"),
                            ("taken_back", "taken back"),
                        ],
                        default="asking",
                        max_length=12,
                    ),
                ),
                ("rows_total", models.PositiveIntegerField(default=0)),
                ("rows_read", models.PositiveIntegerField(default=0)),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("counts", models.JSONField(default=dict)),
                ("joined_before", models.JSONField(default=dict)),
                ("problem", models.CharField(blank=True, max_length=300)),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("touched_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="teams.member"),
                ),
                (
                    "team",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="imports", to="teams.team"
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="ImportPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=400)),
                ("name", models.CharField(max_length=100)),
                ("email", models.CharField(blank=True, max_length=254)),
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
                    "upload",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="people",
                        to="teams.import",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ImportRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("cell", models.CharField(max_length=12)),
                ("month", teams.fields.MonthField(null=True)),
                ("taken_on", models.DateField(null=True)),
                ("day_unknown", models.BooleanField(default=False)),
                ("total", models.PositiveSmallIntegerField(null=True)),
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
                            ("conflict", "differs from what is stored"),
                            ("member", "new member"),
                            ("new", "new reading"),
                            ("same", "stored already"),
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
                            ("ask", "Several members are called so. Choose one above."),
                            (
                                "twice",
                                "This person stands twice for this time, with different scores. Remove one of them.",
                            ),
                            ("closed", "This month is closed: its standings are final. Remove it, or amend the month."),
                            ("history", "This month is more than three months ago. Ask an admin to import it."),
                        ],
                        max_length=8,
                    ),
                ),
                ("replaces", models.BooleanField(default=False)),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="rows",
                        to="teams.importperson",
                    ),
                ),
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
                (
                    "upload",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="teams.import",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="RememberedColumns",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
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
                (
                    "organization",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="teams.organization",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="importperson",
            constraint=models.UniqueConstraint(fields=("upload", "key"), name="import_person_is_named_once"),
        ),
        migrations.AddIndex(
            model_name="importrow",
            index=models.Index(fields=["upload", "action"], name="import_row_by_action"),
        ),
        migrations.AddConstraint(
            model_name="rememberedcolumns",
            constraint=models.UniqueConstraint(
                fields=("organization", "kind"), name="remembered_columns_are_one_a_kind"
            ),
        ),
    ]
