"""Of somebody in doubt an import says that it is not sure who they are."""

from django.db import migrations, models

WHY = [
    ("ask", "It is not sure who this is. Choose above."),
    ("twice", "This person stands twice for this time, with different scores. Remove one of them."),
    ("closed", "This month is closed: its standings are final. Remove it, or amend the month."),
    ("no_total", "A score needs its total or all four parts. Write what is missing."),
    ("not_then", "This person was not in your team then. Who managed them in that month imports it."),
    ("history", "This month is more than three months ago. Ask an admin to import it."),
]


class Migration(migrations.Migration):
    dependencies = [
        ("teams", "0043_declared_triggers"),
    ]

    operations = [
        migrations.AlterField("importrow", "why", models.CharField(blank=True, choices=WHY, max_length=8)),
    ]
