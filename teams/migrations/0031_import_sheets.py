"""All tabs of a workbook as one import, what was said of a table or a name, and rows that are part of another.

What an import said of its one sheet leaves the models only: the release before this one still reads it.
"""

import django.core.serializers.json
import django.db.models.deletion
from django.db import migrations, models

KINDS = [
    ("sheet", "One row a rep, one column a month"),
    ("list", "One row a reading"),
    ("sales_navigator", "Sales Navigator usage export"),
]
CHOICES = [
    ("known", "is a member"),
    ("map", "Is a member by another name"),
    ("add", "Add as a new member"),
    ("skip", "Leave out"),
    ("ask", "is called like several members"),
]
ACTIONS = [
    ("error", "must be corrected"),
    ("adds", "completes what is stored"),
    ("part", "joined with another tab"),
    ("conflict", "differs from what is stored"),
    ("member", "new member"),
    ("new", "new reading"),
    ("same", "stored already"),
    ("skipped", "left out"),
]
REASONS = [
    ("ask", "Several members are called so. Choose one above."),
    ("twice", "This person stands twice for this time, with different scores. Remove one of them."),
    ("closed", "This month is closed: its standings are final. Remove it, or amend the month."),
    ("no_total", "A score needs its total or all four parts. Write what is missing."),
    ("history", "This month is more than three months ago. Ask an admin to import it."),
]
ONE_SHEET_EACH = """
INSERT INTO teams_importsheet (upload_id, number, name, kind, layout, mended, chosen, rows_total, rows_read)
SELECT id, sheet, coalesce(layout -> 'sheets' ->> sheet, ''), kind, layout || '{"measure": "total"}', '{}', true,
       rows_total, rows_read
FROM teams_import
WHERE layout <> '{}';
UPDATE teams_importrow AS row
SET sheet_id = sheet.id
FROM teams_importsheet AS sheet
WHERE sheet.upload_id = row.upload_id;
"""


class Migration(migrations.Migration):
    dependencies = [("teams", "0030_history")]

    operations = [
        migrations.CreateModel(
            name="ImportSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(blank=True, max_length=100)),
                ("kind", models.CharField(blank=True, choices=KINDS, max_length=16)),
                (
                    "layout",
                    models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
                ),
                (
                    "mended",
                    models.JSONField(default=dict, help_text="What somebody wrote in place of a cell, by its address."),
                ),
                ("chosen", models.BooleanField(default=False)),
                ("rows_total", models.PositiveIntegerField(default=0)),
                ("rows_read", models.PositiveIntegerField(default=0)),
                (
                    "upload",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sheets",
                        to="teams.import",
                    ),
                ),
            ],
            options={"ordering": ["upload", "number"]},
        ),
        migrations.AddConstraint(
            model_name="importsheet",
            constraint=models.UniqueConstraint(fields=("upload", "number"), name="import_sheet_is_numbered_once"),
        ),
        migrations.CreateModel(
            name="RememberedTable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("headings", models.CharField(help_text="A hash of the words of the headings.", max_length=64)),
                ("kind", models.CharField(choices=KINDS, max_length=16)),
                (
                    "layout",
                    models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder),
                ),
                ("chosen", models.BooleanField(default=True)),
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
            model_name="rememberedtable",
            constraint=models.UniqueConstraint(
                fields=("organization", "headings"), name="remembered_table_is_one_a_heading"
            ),
        ),
        migrations.CreateModel(
            name="RememberedPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64)),
                ("choice", models.CharField(choices=CHOICES, max_length=5)),
                (
                    "member",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="teams.member",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="teams.team",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="rememberedperson",
            constraint=models.UniqueConstraint(fields=("team", "key"), name="remembered_person_is_one_a_name"),
        ),
        migrations.AddField(
            model_name="importrow",
            name="sheet",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="teams.importsheet",
            ),
        ),
        migrations.AddField(
            model_name="importrow",
            name="part_of",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="parts",
                to="teams.importrow",
            ),
        ),
        migrations.AddField(
            model_name="importrow",
            name="is_summed",
            field=models.BooleanField(db_default=False, default=False, help_text="Only the parts are there."),
        ),
        migrations.AddField(
            model_name="importrow",
            name="rounded_from",
            field=models.DecimalField(decimal_places=6, max_digits=10, null=True),
        ),
        migrations.AddField(
            model_name="importrow",
            name="text",
            field=models.CharField(
                blank=True, db_default="", help_text="What stands in a cell to correct.", max_length=100
            ),
        ),
        migrations.AlterField(
            model_name="importrow",
            name="action",
            field=models.CharField(blank=True, choices=ACTIONS, max_length=8),
        ),
        migrations.AlterField(
            model_name="importrow", name="why", field=models.CharField(blank=True, choices=REASONS, max_length=8)
        ),
        migrations.RunSQL(ONE_SHEET_EACH, migrations.RunSQL.noop),
        migrations.AlterField("import", "kind", models.CharField(db_default="sheet", default="sheet", max_length=16)),
        migrations.AlterField("import", "sheet", models.PositiveSmallIntegerField(db_default=0, default=0)),
        migrations.AlterField("import", "layout", models.JSONField(db_default={}, default=dict)),
        migrations.AlterField("import", "rows_total", models.PositiveIntegerField(db_default=0, default=0)),
        migrations.AlterField("import", "rows_read", models.PositiveIntegerField(db_default=0, default=0)),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveField("import", "kind"),
                migrations.RemoveField("import", "sheet"),
                migrations.RemoveField("import", "layout"),
                migrations.RemoveField("import", "rows_total"),
                migrations.RemoveField("import", "rows_read"),
            ]
        ),
    ]
