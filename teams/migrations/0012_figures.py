"""Business figures by rep and month: append-only."""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import teams.fields

APPEND_ONLY = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON teams_figure
    FOR EACH ROW EXECUTE FUNCTION teams_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0011_months_closed_with_imports"),
    ]

    operations = [
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="What is counted")),
                (
                    "team",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="counters",
                        to="teams.team",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Figure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", teams.fields.MonthField()),
                ("value", models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                ("typed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
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
                (
                    "typed_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="+",
                        to="teams.member",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="counter",
            constraint=models.UniqueConstraint(fields=("team", "name"), name="counter_name_is_unique_in_team"),
        ),
        migrations.AddIndex(
            model_name="figure",
            index=models.Index(fields=["counter", "member", "month", "-id"], name="figure_is_found_by_month"),
        ),
        migrations.AddConstraint(
            model_name="figure",
            constraint=models.CheckConstraint(
                condition=models.Q(("value", None), ("value__gte", 0), _connector="OR"), name="figure_is_not_below_zero"
            ),
        ),
        migrations.RunSQL(APPEND_ONLY, "DROP TRIGGER append_only ON teams_figure;"),
    ]
