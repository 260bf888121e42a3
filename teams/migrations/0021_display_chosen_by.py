"""Who chose the teams that a screen shows beside its own."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0020_weekly"),
    ]

    operations = [
        migrations.AddField(
            model_name="display",
            name="chosen_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="teams.member",
            ),
        ),
    ]
