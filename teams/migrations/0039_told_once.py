from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0038_webhooks"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                condition=models.Q(("endpoint__isnull", False)),
                fields=("endpoint", "kind", "subject"),
                name="delivery_is_claimed_once_an_endpoint",
            ),
        ),
    ]
