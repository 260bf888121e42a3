"""Closing, amendments and confirmations; what is decided there is append-only."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

APPEND_ONLY = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON teams_confirmation
    FOR EACH ROW EXECUTE FUNCTION teams_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON teams_revision
    FOR EACH ROW EXECUTE FUNCTION teams_refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON teams_revisedstanding
    FOR EACH ROW EXECUTE FUNCTION teams_refuse_change();
"""
CHANGEABLE = """
DROP TRIGGER append_only ON teams_confirmation;
DROP TRIGGER append_only ON teams_revision;
DROP TRIGGER append_only ON teams_revisedstanding;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0007_imports"),
    ]

    operations = [
        migrations.AddField(
            model_name="board",
            name="closed_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                help_text="Empty: closed by the clock.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="teams.member",
            ),
        ),
        migrations.AddField(
            model_name="board",
            name="rules_version",
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="teams.member"
                    ),
                ),
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="confirmation", to="teams.submission"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("total_before", models.PositiveSmallIntegerField(help_text="Empty: was silent.", null=True)),
                ("total_after", models.PositiveSmallIntegerField(help_text="Empty: is silent.", null=True)),
                ("reason", models.CharField(max_length=200)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("submitted", models.PositiveIntegerField()),
                ("expected", models.PositiveIntegerField()),
                ("mean", models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                (
                    "board",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="revisions",
                        to="teams.board",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="teams.member"
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="teams.member"
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
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
                ("rank", models.PositiveIntegerField()),
                ("total", models.PositiveSmallIntegerField()),
                ("climb", models.IntegerField(null=True)),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="teams.member"
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
                    "revision",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="standings",
                        to="teams.revision",
                    ),
                ),
            ],
            options={
                "ordering": ["rank", "member__name", "member_id"],
            },
        ),
        migrations.AddConstraint(
            model_name="revision",
            constraint=models.UniqueConstraint(fields=("board", "number"), name="revision_is_numbered_once_a_board"),
        ),
        migrations.RunSQL(APPEND_ONLY, CHANGEABLE),
    ]
