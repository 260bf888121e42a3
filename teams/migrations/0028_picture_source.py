from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0027_api"),
    ]

    operations = [
        migrations.AlterField(
            model_name="submission",
            name="source",
            field=models.CharField(
                choices=[
                    ("typed", "typed"),
                    ("pasted", "pasted text"),
                    ("json", "pasted JSON"),
                    ("picture", "picture"),
                    ("import", "imported"),
                    ("sales_navigator", "Sales Navigator export"),
                    ("manager", "entered by a manager"),
                    ("api", "sent by a program"),
                ],
                max_length=16,
            ),
        ),
    ]
