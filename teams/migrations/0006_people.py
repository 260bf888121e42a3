"""Invitations, people who were deactivated, settings of walls and of closing, and what a recalibration rests on."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("teams", "0005_reminders")]
    operations = [
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("first_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("due_at", models.DateTimeField(null=True)),
                ("started_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("problem", models.CharField(blank=True, max_length=300)),
            ],
        ),
        migrations.AddField(
            model_name="member",
            name="deactivated_on",
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name="member",
            name="wall_name",
            field=models.CharField(
                choices=[("name", "My name"), ("initials", "My initials"), ("out", "Leave my row out")],
                db_default="name",
                default="name",
                max_length=8,
                verbose_name="on walls",
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="paused",
            field=models.BooleanField(db_default=False, default=False, editable=False),
        ),
        migrations.AddField(
            model_name="organization",
            name="closing_hour",
            field=models.PositiveSmallIntegerField(
                db_default=18,
                default=18,
                help_text="0 to 23.",
                validators=[django.core.validators.MaxValueValidator(23)],
                verbose_name="at this hour",
            ),
        ),
        migrations.AddField(
            model_name="organization",
            name="closing_workday",
            field=models.PositiveSmallIntegerField(
                db_default=3,
                default=3,
                help_text="Counted from the month's end. From then on its standings are final.",
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(15)],
                verbose_name="a month closes on working day",
            ),
        ),
        migrations.AddField(
            model_name="organization",
            name="wall_names",
            field=models.CharField(
                choices=[("name", "Names"), ("initials", "Initials")],
                db_default="name",
                default="name",
                help_text="Everybody may ask for less, for themselves.",
                max_length=8,
                verbose_name="walls show",
            ),
        ),
        migrations.AddField(
            model_name="recalibration",
            name="measured",
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddField(
            model_name="user",
            name="sessions_ended",
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.CheckConstraint(
                condition=models.Q(("paused", False), ("left_on__isnull", False), _connector="OR"),
                name="membership_that_is_paused_has_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="organization",
            constraint=models.CheckConstraint(
                condition=models.Q(("closing_workday__range", (1, 15))),
                name="organization_closes_on_working_day_1_to_15",
            ),
        ),
        migrations.AddConstraint(
            model_name="organization",
            constraint=models.CheckConstraint(
                condition=models.Q(("closing_hour__lte", 23)), name="organization_closing_hour_is_0_to_23"
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="invited_by",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="teams.member"
            ),
        ),
        migrations.AddField(
            model_name="invitation",
            name="member",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE, related_name="invitation", to="teams.member"
            ),
        ),
        migrations.AddIndex(
            model_name="invitation",
            index=models.Index(
                condition=models.Q(("due_at__isnull", False)), fields=["due_at"], name="invitation_waits"
            ),
        ),
    ]
