"""Wall screens: paired by a code, with slides, celebrations and a contact."""

import django.contrib.postgres.fields
import django.core.validators
from django.db import migrations, models

import teams.models.displays


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0019_erasures"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="display",
            options={"ordering": ["name", "pk"]},
        ),
        migrations.AddField(
            model_name="display",
            name="also_shows",
            field=models.ManyToManyField(blank=True, related_name="guest_displays", to="teams.team"),
        ),
        migrations.AddField(
            model_name="display",
            name="bright_from",
            field=models.PositiveSmallIntegerField(
                db_default=7, default=7, validators=[django.core.validators.MaxValueValidator(23)]
            ),
        ),
        migrations.AddField(
            model_name="display",
            name="bright_until",
            field=models.PositiveSmallIntegerField(
                db_default=19, default=19, validators=[django.core.validators.MaxValueValidator(23)]
            ),
        ),
        migrations.AddField(
            model_name="display",
            name="celebrated",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="display",
            name="paired_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="display",
            name="seconds",
            field=models.PositiveSmallIntegerField(
                db_default=15,
                default=15,
                validators=[django.core.validators.MinValueValidator(10), django.core.validators.MaxValueValidator(60)],
            ),
        ),
        migrations.AddField(
            model_name="display",
            name="seen_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="display",
            name="slides",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=12),
                blank=True,
                default=teams.models.displays.every_slide,
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="display",
            name="tested_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="display",
            name="token_hash",
            field=models.CharField(max_length=64, null=True, unique=True),
        ),
        migrations.RunSQL(
            "UPDATE teams_display SET token_hash = NULL WHERE revoked_at IS NOT NULL", migrations.RunSQL.noop
        ),
        migrations.AddConstraint(
            model_name="display",
            constraint=models.CheckConstraint(
                condition=models.Q(("bright_from__lte", 23), ("bright_until__lte", 23)),
                name="display_is_bright_from_0_to_23",
            ),
        ),
        migrations.AddConstraint(
            model_name="display",
            constraint=models.CheckConstraint(
                condition=models.Q(("seconds__range", (1, 600))), name="display_turns_its_slides"
            ),
        ),
    ]
