"""The link of a mail by which its reader gets no more mails about its topics."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from teams.models.members import Member
from teams.models.tokens import hashed
from teams.models.unsubscriptions import Topic


class UnsubscribeLinkQuerySet(models.QuerySet["UnsubscribeLink"]):
    """Which links of mails that end them."""

    def holding(self, token: str) -> Self:
        """The link, if any, that has this token, of somebody who is not deactivated."""
        return self.filter(token_hash=hashed(token), member__deactivated_on=None)


class UnsubscribeLink(models.Model):
    """Each mail has its own, which works for ever: a row stays until its member is deactivated or erased."""

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
