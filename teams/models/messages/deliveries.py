"""Every message to somebody, or to a chat: the unique row is the claim that it goes out once."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.fields import codes
from teams.models.messages.endpoints import Endpoint
from teams.models.messages.unsubscriptions import Topic
from teams.models.messages.webhooks import Webhook
from teams.models.people.members import Member
from teams.models.people.teams import Team
from teams.models.people.users import User
from teams.rules.messages.delivery import STUCK_AFTER, DeliveryState
from teams.rules.messages.subjects import Subject
from teams.rules.months import Month
from teams.words.delivery_reasons import reason_words
from teams.words.notices import Notice


class MessageKind(models.TextChoices):
    """What a message is."""

    REMINDER = "reminder", _("Reminder to submit")
    READ_AGAIN = "read_again", _("Reminder to read again")
    DIGEST = "digest", _("Who is still silent")
    WEEKLY = "weekly", _("The team's week")
    MONTH_RESULT = "month_result", _("Result of the month")
    GOAL_REACHED = "goal_reached", _("Goal reached")
    CHALLENGE_INVITATION = "challenge_invitation", _("Invitation to a challenge")
    CHALLENGE_HALF_TIME = "challenge_half_time", _("Half-time of a challenge")
    CHALLENGE_LAST_DAYS = "challenge_last_days", _("Last days of a challenge")
    CHALLENGE_RESULT = "challenge_result", _("Result of a challenge")
    CHALLENGE_NEWS = "challenge_news", _("News of a challenge")
    MOMENT = "moment", _("Moment of winning")
    CHAT_TEST = "chat_test", _("Test of a chat")
    WEBHOOK = "webhook", _("Webhook")
    WEBHOOK_TEST = "webhook_test", _("Test of a webhook")
    WEBHOOK_OFF = "webhook_off", _("A webhook is off")


TOPICS = {
    MessageKind.REMINDER: Topic.REMINDERS,
    MessageKind.READ_AGAIN: Topic.REMINDERS,
    MessageKind.DIGEST: Topic.DIGESTS,
    MessageKind.WEEKLY: Topic.WEEKLY,
    MessageKind.MONTH_RESULT: Topic.RESULTS,
    MessageKind.GOAL_REACHED: Topic.RESULTS,
    MessageKind.WEBHOOK_OFF: Topic.WEBHOOKS,
}
"""What each kind is about, for unsubscribing; all others are about challenges."""


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Messages by where they are: due, being sent for too long, or to be looked at by a manager."""

    def visible_to(self, user: User) -> Self:
        """Those of the teams that somebody manages."""
        return self.filter(team__in=Team.objects.managed_by(user))

    def due(self, now: datetime) -> Self:
        """Mails and posts that wait and whose time has come, the longest waiting first."""
        return self.filter(endpoint=None, state=DeliveryState.WAITING, due_at__lte=now).order_by("due_at")

    def about(self, *subjects: Subject) -> Self:
        """Those that are about one of these."""
        return self.filter(subject__in=[str(subject) for subject in subjects])

    def stuck(self, now: datetime) -> Self:
        """Mails and posts whose hand-over began so long ago that whoever began it has died."""
        return self.filter(endpoint=None, state=DeliveryState.SENDING, started_at__lte=now - STUCK_AFTER)

    def stuck_on_the_way_to_endpoints(self, now: datetime) -> Self:
        """The same of what endpoints are told."""
        return self.filter(endpoint__isnull=False, state=DeliveryState.SENDING, started_at__lte=now - STUCK_AFTER)

    def unsettled(self) -> Self:
        """Those that a manager should know of: nobody knows whether they arrived, or they did not.

        What became of a chat's test stands beside the chat, and what endpoints were told on their own pages.
        """
        unsettled = self.filter(endpoint=None, state__in=[DeliveryState.UNCERTAIN, DeliveryState.FAILED])
        return unsettled.exclude(kind=MessageKind.CHAT_TEST)

    def last_tests(self) -> "dict[int, Delivery]":
        """The newest test of each chat, by the chat's key."""
        tests = self.filter(kind=MessageKind.CHAT_TEST).order_by("webhook_id", "-pk").distinct("webhook_id")
        return {test.webhook_id: test for test in tests if test.webhook_id is not None}


class Delivery(models.Model):
    """One message to one member by mail, to one chat, or to one endpoint.

    `subject` says what it is about, as `Subject` writes it; of what an endpoint is told, which event of what.

    `notice` is what it says; empty where that is decided when it is handed over. `good_until` is when it stops
    being true. `reason` is why it is in its state, in a column as wide as the sentences that stood there before, and
    `said` is what the other side said.
    """

    team = models.ForeignKey(Team, models.CASCADE, related_name="deliveries", db_index=False)
    member = models.ForeignKey(Member, models.CASCADE, null=True, blank=True, related_name="deliveries", db_index=False)
    webhook = models.ForeignKey(
        Webhook, models.CASCADE, null=True, blank=True, related_name="deliveries", db_index=False
    )
    endpoint = models.ForeignKey(
        Endpoint, models.CASCADE, null=True, blank=True, related_name="deliveries", db_index=False
    )
    kind = models.CharField(max_length=24, choices=MessageKind)
    subject = models.CharField(max_length=80)
    notice = models.JSONField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=codes(DeliveryState), default=DeliveryState.WAITING.value)
    reason = models.CharField(max_length=300, blank=True)
    said = models.CharField(max_length=300, blank=True, default="", db_default="")
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    first_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    good_until = models.DateTimeField(null=True, blank=True)
    written: Callable[[], Notice] | None
    from_day: date
    """What writes the notice, and before which day it does not go; of one that is not stored yet."""

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state="waiting"), name="delivery_waits"),
            models.Index(fields=["started_at"], condition=Q(state="sending"), name="delivery_is_being_sent"),
            models.Index(fields=["team", "-created_at", "-id"], name="delivery_of_team_newest_first"),
            models.Index(fields=["subject", "kind"], name="delivery_of_subject"),
            models.Index(
                fields=["endpoint", "due_at"],
                condition=Q(endpoint__isnull=False, state__in=["waiting", "sending"]),
                name="delivery_waits_for_endpoint",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(member=None, webhook__isnull=False, endpoint=None)
                | Q(member__isnull=False, webhook=None, endpoint=None)
                | Q(member=None, webhook=None, endpoint__isnull=False),
                name="delivery_goes_to_one_reader",
            ),
            models.UniqueConstraint(
                fields=["member", "kind", "subject"],
                condition=Q(member__isnull=False),
                name="delivery_is_claimed_once_a_member",
            ),
            models.UniqueConstraint(
                fields=["webhook", "kind", "subject"],
                condition=Q(webhook__isnull=False),
                name="delivery_is_claimed_once_a_chat",
            ),
            models.UniqueConstraint(
                fields=["endpoint", "kind", "subject"],
                condition=Q(endpoint__isnull=False),
                name="delivery_is_claimed_once_an_endpoint",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} to {self.member or self.webhook or self.endpoint}, {self.state}"

    @property
    def reader(self) -> Member:
        """To whom a mail goes; a constraint keeps that what goes to no chat has one."""
        assert self.member is not None
        return self.member

    @property
    def topic(self) -> Topic:
        """Under which topic its reader may unsubscribe from it."""
        return TOPICS.get(MessageKind(self.kind), Topic.CHALLENGES)

    @property
    def language(self) -> str:
        """Its reader's; a chat is written to in its organization's."""
        return self.member.speaks if self.member else self.team.organization.language

    @property
    def why(self) -> str:
        """Why it is in its state, in the language of whoever reads it here."""
        return reason_words(self.reason, self.said, is_webhook=self.endpoint_id is not None)

    @property
    def has_ended(self) -> bool:
        """Whether it arrived, or is not tried any more."""
        return self.state in (DeliveryState.SENT, DeliveryState.FAILED)

    @property
    def about(self) -> Month | str:
        """What tells it from others of its kind: its title, or the period; nothing of a goal, which may be private."""
        if self.kind == MessageKind.GOAL_REACHED and self.member_id:
            return ""
        if self.notice and self.endpoint_id:
            return str(self.notice["type"])
        return self.notice["title"] if self.notice else self.parsed_subject.month or self.parsed_subject.week

    @property
    def parsed_subject(self) -> Subject:
        """What it is about, in its parts."""
        return Subject.parse(self.subject)

    @property
    def month(self) -> Month:
        """The month that it is about; the kinds of whom this is asked have one."""
        month = self.parsed_subject.month
        assert month is not None
        return month

    @property
    def about_pk(self) -> int:
        """The id of the challenge, goal, moment or mark that it is about; the kinds of whom this is asked have one."""
        about = self.parsed_subject.about
        assert about is not None
        return about.pk
