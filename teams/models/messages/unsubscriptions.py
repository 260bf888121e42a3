"""What a member does not want to get by mail, and the link of a mail by which they say so."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from teams.models.people.members import Member
from teams.models.tokens import hashed


class Topic(models.TextChoices):
    """What mails are about; one may be unsubscribed from without the others."""

    REMINDERS = "reminders", _("Reminders to submit")
    CHALLENGES = "challenges", _("Challenges: invitations, what is still needed, results")
    RESULTS = "results", _("Results of a month, and goals reached")
    DIGESTS = "digests", _("For managers: who is still silent")
    WEEKLY = "weekly", _("For managers: each team's week, on Monday morning")
    WEBHOOKS = "webhooks", _("For managers: a webhook of theirs is off")


class Unsubscription(models.Model):
    """Stands until the member asks for the topic again; nobody else can take it away."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="unsubscriptions", db_index=False)
    topic = models.CharField(max_length=16, choices=Topic)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "topic"], name="unsubscription_is_one_a_topic")]

    def __str__(self) -> str:
        return f"{self.member}: no {self.topic}"


class UnsubscribeLinkQuerySet(models.QuerySet["UnsubscribeLink"]):
    """The links of mails by which somebody ends them, found by their token."""

    def holding(self, token: str) -> Self:
        """The link, if any, that has this token, of somebody who is not deactivated."""
        return self.filter(token_hash=hashed(token), member__deactivated_on=None)


class UnsubscribeLink(models.Model):
    """Each mail has its own, which works for ever: a row stays until its member is erased."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="unsubscribe_links")
    topic = models.CharField(max_length=16, choices=Topic)
    more_topics = ArrayField(models.CharField(max_length=16, choices=Topic), null=True, blank=True)
    token_hash = models.CharField(max_length=64)

    objects = UnsubscribeLinkQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["token_hash"], name="unsubscribe_link_has_its_own_token")]

    def __str__(self) -> str:
        return f"{self.member}: no {', '.join(self.topics)}"

    @property
    def topics(self) -> list[Topic]:
        """What the mail was about: several messages may share one."""
        return [Topic(topic) for topic in [self.topic, *(self.more_topics or [])]]
