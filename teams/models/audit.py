"""Who did what, to whom, when and from where. Append-only: the database refuses changes."""

from datetime import date
from typing import Any, Self

from django.contrib.postgres.indexes import BrinIndex
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from teams.models.people.members import Member
from teams.models.people.memberships import Role
from teams.models.people.organizations import Organization
from teams.models.people.teams import Team
from teams.models.people.users import User
from teams.models.triggers import append_only
from teams.rules.months import Month
from teams.words.figures import day, month_name


class AuditTopic(models.TextChoices):
    """What an entry is about: the first word of its act."""

    SIGN_IN = "sign_in", _("Signing in")
    PEOPLE = "people", _("People and roles")
    READING = "reading", _("Readings and figures")
    MONTH = "month", _("Months")
    CHALLENGE = "challenge", _("Challenges and goals")
    FILE = "file", _("Imports and exports")
    SETTING = "setting", _("Settings, screens and messages")
    PRIVACY = "privacy", _("Privacy")


class Act(models.TextChoices):
    """What was done, and the sentence that says so. What stands in braces is a name, or stands in `details`."""

    SIGNED_IN = "sign_in.done", _("{actor} signed in.")
    SIGN_IN_FAILED = "sign_in.failed", _("Somebody tried to sign in as {about} with a wrong password.")
    SIGN_IN_UNKNOWN = "sign_in.unknown", _("Somebody tried to sign in with an address that nobody has.")
    SECOND_STEP_FAILED = "sign_in.second", _("Somebody tried to sign in as {about} with a wrong code or passkey.")
    SIGNED_OUT = "sign_in.out", _("{actor} signed out.")
    FACTOR_ADDED = "sign_in.factor_on", _("{actor} added a way of two-step sign-in.")
    FACTOR_REMOVED = "sign_in.factor_off", _("{actor} removed a way of two-step sign-in.")
    PASSWORD_CHOSEN = "sign_in.password", _("{actor} chose a new password.")
    ADDRESS_ASKED = "sign_in.ask_address", _("{actor} asked for another address to sign in with.")
    ADDRESS_CHANGED = "sign_in.address", _("{actor} changed the address they sign in with.")
    FACTOR_FORGOTTEN = "sign_in.factor", _("{actor} switched off the two-step sign-in of {about}.")
    SIGN_IN_LINK = "sign_in.link", _("{actor} was shown a sign-in link for {about}.")

    ADDED = "people.added", _("{actor} added {about} to {team}.")
    INVITED = "people.invited", _("{actor} invited {about}.")
    INVITATION_WITHDRAWN = "people.uninvited", _("{actor} withdrew the invitation of {about}.")
    INVITATION_ACCEPTED = "people.accepted", _("{actor} accepted an invitation.")
    CHANGED = "people.changed", _("{actor} set what {about} does in {team}: {role}, {competing}.")
    NAME_CORRECTED = "people.name", _("{actor} corrected the name of {about}.")
    DAYS_CORRECTED = "people.days", _("{actor} corrected the days of {about} in {team}: {start} to {end}.")
    DAY_JOINED_CORRECTED = "people.joined", _("{actor} corrected since when {about} is in {team}: {start}.")
    THANKS_TAKEN_DOWN = "people.thanks", _("{actor} took down what {about} had thanked a colleague for.")
    MERGED = "people.merged", _("{actor} merged {other} with {about}.")
    MERGE_TAKEN_BACK = "people.apart", _("{actor} took back that {other} is {about}.")
    REMOVED = "people.removed", _("{actor} removed {about}, who was added by mistake.")
    MOVED = "people.moved", _("{actor} moved {about} from {left} to {joined}.")
    TAKEN_OUT = "people.taken_out", _("{actor} took {about} out of {team}.")
    DEACTIVATED = "people.deactivated", _("{actor} deactivated {about}.")
    REACTIVATED = "people.reactivated", _("{actor} brought {about} back.")
    DEACTIVATION_TAKEN_BACK = "people.undone", _("{actor} took back the deactivation of {about}.")
    MADE_ADMIN = "people.admin", _("{actor} made {about} an admin.")
    MADE_NO_ADMIN = "people.no_admin", _("{actor} took the admin's rights from {about}.")
    ACCESS_LOST = "people.access_lost", _("{actor} noted that LinkedIn shows {about} no score any more.")
    ACCESS_BACK = "people.access_back", _("{actor} noted that LinkedIn shows {about} a score again.")
    LEAVE_NOTED = "people.leave", _("{actor} added an absence of {about}, {start} to {end}.")
    LEAVE_REMOVED = "people.no_leave", _("{actor} removed an absence of {about}, {start} to {end}.")
    LINKS_ENDED = "people.links", _("{actor} ended the links to submit in their mails.")
    FACE_REMOVED = "people.face", _("{actor} removed the picture of {about}.")
    OWN_SETTINGS = "people.own", _("{actor} changed their own settings.")

    SUBMITTED = "reading.submitted", _("{actor} submitted {total} for {about}, {month}.")
    CORRECTED = "reading.corrected", _("{actor} corrected {about}'s reading of {month} from {before} to {total}.")
    WITHDREW = "reading.withdrew", _("{actor} withdrew {about}'s reading of {month}.")
    CONFIRMED = "reading.confirmed", _("{actor} confirmed readings of {month}: {count}.")
    COUNTER_MADE = "reading.counter", _("{actor} has {team} count: {counter}.")
    COUNTER_RENAMED = "reading.renamed", _("{actor} renamed what {team} counts: {counter}.")
    COUNTER_PLAYED = "reading.played", _("{actor} made “{counter}” something that {team} plays for.")
    COUNTER_NOT_PLAYED = "reading.unplayed", _("{actor} ended that {team} plays for “{counter}”.")
    FIGURE_ENTERED = "reading.figure", _("{actor} entered {value} of “{counter}” for {about}, {month}.")
    FIGURE_TAKEN_BACK = "reading.no_figure", _("{actor} took back the figure of “{counter}” for {about}, {month}.")
    FIGURES_STORED = "reading.figures", _("{actor} saved figures of “{counter}”: {count}.")

    CLOSED = "month.closed", _("{actor} closed {month}.")
    REOPENED = "month.reopened", _("{actor} opened {month} again.")
    CLOSED_WITH_FILE = "month.file", _("{actor} closed months with the file “{file}”: {months}.")
    HISTORY_COMPLETE = "month.history", _("{actor} closed the history: {months}.")
    HISTORY_OPENED = "month.history_open", _("{actor} opened the history again: {months}.")
    AMENDED = "month.amended", _("{actor} amended {about}'s score of {month}, which was closed.")

    CHALLENGE_MADE = "challenge.made", _("{actor} made the challenge “{title}”.")
    CHALLENGE_SENT = "challenge.sent", _("{actor} sent the challenge “{title}”.")
    CHALLENGE_EDITED = "challenge.edited", _("{actor} edited the challenge “{title}”.")
    CHALLENGE_CANCELLED = "challenge.cancelled", _("{actor} called off the challenge “{title}”.")
    CHALLENGE_ACCEPTED = "challenge.accepted", _("{actor} accepted the challenge “{title}” for {who}.")
    CHALLENGE_DECLINED = "challenge.declined", _("{actor} declined the challenge “{title}” for {who}.")
    CHALLENGE_SETTLED = "challenge.settled", _("{actor} settled the challenge “{title}” again.")
    CHALLENGE_CHOICE = "challenge.choice", _("{actor} decided what a new formula does to the challenge “{title}”.")
    CHALLENGE_RULED = "challenge.ruled", _("{actor} decided about {who}’s unconfirmed readings in “{title}”.")
    DEBT_SETTLED = "challenge.debt", _("{actor} noted that {about} paid what they owed.")
    DEBT_FORGIVEN = "challenge.forgiven", _("{actor} forgave {about} what they owed.")
    GOAL_MADE = "challenge.goal", _("{actor} set a goal of {target} by {day}.")
    GOAL_CHANGED = "challenge.goal_text", _("{actor} changed what is said of the goal of {target} by {day}.")
    GOAL_CANCELLED = "challenge.no_goal", _("{actor} cancelled the goal of {target} by {day}.")

    FILE_CHOSEN = "file.chosen", _("{actor} chose the file “{file}” to import.")
    FILE_CONFIRMED = "file.confirmed", _("{actor} had the file “{file}” saved.")
    FILE_FORGOTTEN = "file.forgotten", _("{actor} had the file “{file}” forgotten.")
    FILE_TAKEN_BACK = "file.taken_back", _("{actor} took back the import of “{file}”.")
    EXPORTED = "file.exported", _("{actor} exported a file of {team}: {file}.")

    LOG_EXPORTED = "file.log", _("{actor} exported the log.")

    ERASURE_ASKED = "privacy.asked", _("{actor} asked to have the personal data of {about} deleted on {day}.")
    ERASURE_TAKEN_BACK = "privacy.taken_back", _("{actor} took back the deletion of {about}.")
    ERASED = "privacy.erased", _("{actor} deleted the personal data of {about}.")
    ERASURE_WAITS = (
        "privacy.waits",
        _("{actor} has not deleted {about} yet: first somebody else must manage the team, or be an admin."),
    )
    RETENTION = "privacy.old", _("{actor} deleted what was from before {month}: it was kept as long as it should be.")
    DATA_TAKEN_OUT = "privacy.taken_out", _("{actor} exported their personal data.")

    ORGANIZATION_CHANGED = "setting.organization", _("{actor} changed the company's settings.")
    TEAM_MADE = "setting.team_made", _("{actor} made the team {team}.")
    TEAM_CHANGED = "setting.team", _("{actor} changed the settings of {team}.")
    REMINDERS_CHANGED = "setting.reminders", _("{actor} changed when {team} is reminded.")
    REMINDED = "setting.reminded", _("{actor} reminded the silent of {month}: {count}.")
    SENT_AGAIN = "setting.sent_again", _("{actor} had a message sent again.")
    TOKEN_MADE = "setting.token", _("{actor} made a token of the API: {token}.")
    TOKEN_ENDED = "setting.no_token", _("{actor} ended a token of the API: {token}.")
    CALENDAR_MADE = "setting.calendar", _("{actor} made an address for their calendar.")
    CALENDAR_ENDED = "setting.no_calendar", _("{actor} ended the address of their calendar.")
    WEBHOOK_ADDED = "setting.webhook", _("{actor} added the webhook {webhook}.")
    WEBHOOK_CHANGED = "setting.webhook_events", _("{actor} chose what the webhook {webhook} is told.")
    WEBHOOK_SECRET = "setting.webhook_secret", _("{actor} took another secret for the webhook {webhook}.")
    WEBHOOK_TRIED = "setting.webhook_test", _("{actor} sent a test to the webhook {webhook}.")
    WEBHOOK_ON = "setting.webhook_on", _("{actor} switched the webhook {webhook} on.")
    WEBHOOK_OFF = "setting.webhook_off", _("{actor} switched the webhook {webhook} off.")
    WEBHOOK_REMOVED = "setting.no_webhook", _("{actor} removed the webhook {webhook}.")
    CHAT_ADDED = "setting.chat", _("{actor} set up a chat for {team}: {chat}.")
    CHAT_REMOVED = "setting.no_chat", _("{actor} removed a chat of {team}: {chat}.")
    CHAT_TRIED = "setting.chat_tried", _("{actor} sent a test to a chat of {team}: {chat}.")
    SLACK_SET_UP = "setting.slack", _("{actor} set up Slack for the company.")
    SLACK_REMOVED = "setting.no_slack", _("{actor} removed Slack from the company.")
    SLACK_TIED = "sign_in.slack", _("{actor} is “{name}” in Slack from now on.")
    SLACK_UNTIED = "sign_in.no_slack", _("{actor} is “{name}” in Slack no more.")
    SHARE_LINK_MADE = "setting.share", _("{actor} made a share link of {team}: {link}.")
    SHARE_LINK_RENEWED = "setting.share_again", _("{actor} gave a share link of {team} a new address: {link}.")
    SHARE_LINK_ENDED = "setting.no_share", _("{actor} ended a share link of {team}: {link}.")
    SCREEN_ADDED = "setting.screen", _("{actor} added the wall screen “{screen}”.")
    SCREEN_REVOKED = "setting.no_screen", _("{actor} revoked the wall screen “{screen}”.")
    FORMULA_MARKED = "setting.formula", _("{actor} marked {day} as a day on which LinkedIn's formula changed.")
    FORMULA_DISMISSED = (
        "setting.not_formula",
        _("{actor} dismissed the suggestion that LinkedIn's formula changed on {day}."),
    )
    FORMULA_UNMARKED = "setting.no_formula", _("{actor} removed the mark of {day}, a change of LinkedIn's formula.")


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """What the log shows to whom, of whom and of what."""

    def visible_to(self, user: User) -> Self:
        """Those of the teams that somebody manages; for an admin, all of the organization."""
        return self.filter(Q(team__in=Team.objects.managed_by(user)) | Q(organization__in=user.administers))

    def of_somebody_called(self, name: str) -> Self:
        """What somebody of that name did, and what was done to them."""
        return self.filter(Q(actor__name__icontains=name) | Q(about__name__icontains=name))

    def of_topic(self, topic: AuditTopic) -> Self:
        """Those of one topic."""
        return self.filter(act__startswith=f"{topic}.")

    def for_pages(self) -> Self:
        """With the names that their sentences need, the newest first."""
        return self.select_related("actor", "about", "team").order_by("-pk")


class AuditEntry(models.Model):
    """One act. It names people by their rows only, so that whoever is erased is nameless here too.

    Without an `actor` the site did it by itself, or, where there is an `address`, somebody who was not signed in.
    `details` are plain values for the sentence; `reason` is what the actor wrote.
    """

    organization = models.ForeignKey(
        Organization, models.CASCADE, null=True, blank=True, related_name="+", db_index=False
    )
    team = models.ForeignKey(Team, models.RESTRICT, null=True, blank=True, related_name="+", db_index=False)
    actor = models.ForeignKey(Member, models.RESTRICT, null=True, blank=True, related_name="+")
    act = models.CharField(max_length=24)
    about = models.ForeignKey(Member, models.RESTRICT, null=True, blank=True, related_name="+")
    details = models.JSONField(default=dict, blank=True, encoder=DjangoJSONEncoder)
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)
    address = models.GenericIPAddressField(null=True, blank=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        triggers = [append_only()]
        verbose_name_plural = "audit entries"
        indexes = [
            models.Index(fields=["organization", "-id"], name="audit_of_organization"),
            models.Index(fields=["team", "-id"], name="audit_of_team"),
            BrinIndex(fields=["at"], name="audit_in_order"),
        ]

    def __str__(self) -> str:
        return self.sentence

    @property
    def who(self) -> str:
        """Who did it, as the sentence begins."""
        return str(self.actor or (gettext("Somebody") if self.address else gettext("The clock")))

    @property
    def sentence(self) -> str:
        """What was done, in a sentence."""
        values = {name: _shown(name, value) for name, value in self.details.items()}
        team, about = self.team or "", self.about or gettext("somebody")
        return str(Act(self.act).label).format(actor=self.who, about=about, team=team, who=self.about or team, **values)


def _shown(name: str, value: Any) -> str:
    """A value of `details` as people read it."""
    if name == "month":
        return month_name(Month.parse(value))
    if name == "months":
        return ", ".join(_shown("month", month) for month in value)
    if name in ("day", "start", "end"):
        return day(date.fromisoformat(value))
    if name == "role":
        return str(Role(value).label)
    if name == "competing":
        return gettext("competing") if value else gettext("not competing")
    return str(value)
