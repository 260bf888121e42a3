"""The organization's holidays, and how many places its walls show at most."""

import django.contrib.postgres.fields
import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0009_challenge_recalibration"),
    ]

    operations = [
        migrations.AddField(
            model_name="organization",
            name="holidays",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.DateField(), blank=True, db_default=[], default=list, editable=False, size=None
            ),
        ),
        migrations.AddField(
            model_name="organization",
            name="wall_rows",
            field=models.PositiveSmallIntegerField(
                db_default=8,
                default=8,
                help_text="2 to 8. A wall never shows more than the upper half of a board.",
                validators=[django.core.validators.MinValueValidator(2), django.core.validators.MaxValueValidator(8)],
                verbose_name="places on walls, at most",
            ),
        ),
        migrations.AddConstraint(
            model_name="organization",
            constraint=models.CheckConstraint(
                condition=models.Q(("wall_rows__range", (2, 8))), name="organization_wall_rows_are_2_to_8"
            ),
        ),
    ]
