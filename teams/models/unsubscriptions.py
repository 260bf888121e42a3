"""What a member does not want to get by mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from teams.models.members import Member


class Topic(models.TextChoices):
    """What mails are about; one may be unsubscribed from without the others."""

    REMINDERS = "reminders", _("Reminders to submit")
    CHALLENGES = "challenges", _("Challenges: invitations, what is still needed, results")
    RESULTS = "results", _("Results of a month, and goals reached")
    DIGESTS = "digests", _("For managers: who is still silent")


class Unsubscription(models.Model):
    """Stands until the member asks for the topic again; nobody else can take it away."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="unsubscriptions", db_index=False)
    topic = models.CharField(max_length=16, choices=Topic)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "topic"], name="unsubscription_is_one_a_topic")]

    def __str__(self) -> str:
        return f"{self.member}: no {self.topic}"
