"""What a result rests on, from which its sentences are made where they are read."""

import django.core.serializers.json
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0012_problem_values"),
    ]

    operations = [
        migrations.AddField(
            model_name="outcome",
            name="grounds",
            field=models.JSONField(blank=True, encoder=django.core.serializers.json.DjangoJSONEncoder, null=True),
        ),
        migrations.AlterField(
            model_name="outcome",
            name="explanation",
            field=models.CharField(blank=True, max_length=400),
        ),
    ]
