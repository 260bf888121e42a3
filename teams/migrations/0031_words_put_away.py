from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0030_choices_by_code"),
    ]

    operations = [
        migrations.AddField(
            model_name="member",
            name="put_words_away_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
    ]
