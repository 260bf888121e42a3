"""All that is stored about a member, by table. A test holds this list against every table that names people."""

from collections.abc import Iterator
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from teams.models.api_tokens import ApiToken
from teams.models.audit import AuditEntry
from teams.models.boards.standings import RevisedStanding, Revision, Standing
from teams.models.calendar_feeds import CalendarFeed
from teams.models.challenges.challenges import Challenge
from teams.models.challenges.entries import Entry
from teams.models.challenges.settlements import Debt, Outcome
from teams.models.figures import Figure
from teams.models.goals import Goal, GoalStart
from teams.models.imports import ImportPerson, RememberedPerson
from teams.models.messages.account_mails import AccountMail
from teams.models.messages.deliveries import Delivery
from teams.models.messages.endpoints import Endpoint
from teams.models.messages.unsubscriptions import UnsubscribeLink, Unsubscription
from teams.models.moments import Moment
from teams.models.people.erasures import Erasure
from teams.models.people.invitations import Invitation
from teams.models.people.leaves import Leave
from teams.models.people.members import FormerName, Member
from teams.models.people.memberships import Membership
from teams.models.people.merges import Merge
from teams.models.people.pictures import Face
from teams.models.people.users import User
from teams.models.slack import SlackUser
from teams.models.submission_links import SubmissionLink
from teams.models.submissions import Confirmation, Submission, Withdrawal
from teams.models.thanks import Thanks

ABOUT: list[tuple[str, Promise, type[Model], str]] = [
    ("person", _("Name and settings"), Member, "pk"),
    ("face", _("Picture"), Face, "member"),
    ("former_names", _("Earlier names and addresses"), FormerName, "member"),
    ("login", _("Login"), User, "member"),
    ("addresses", _("E-mail addresses"), EmailAddress, "user__member"),
    ("second_factors", _("Two-step sign-in"), Authenticator, "user__member"),
    ("other_sign_ins", _("Sign-ins with another provider"), SocialAccount, "user__member"),
    ("sessions", _("Browsers that are signed in"), UserSession, "user__member"),
    ("memberships", _("Teams, with role and days"), Membership, "member"),
    ("submissions", _("Readings, with source and days"), Submission, "member"),
    ("withdrawals", _("Readings that were withdrawn"), Withdrawal, "submission__member"),
    ("confirmations", _("Readings that were confirmed"), Confirmation, "submission__member"),
    ("standings", _("Places on boards"), Standing, "member"),
    ("amendments", _("Amendments of closed months"), Revision, "member"),
    ("earlier_standings", _("Places as they were before an amendment"), RevisedStanding, "member"),
    ("figures", _("Business figures"), Figure, "member"),
    ("goals", _("Own goals"), Goal, "member"),
    ("goal_starts", _("Where goals began that I count towards"), GoalStart, "member"),
    ("challenges", _("Challenges made"), Challenge, "maker"),
    ("entries", _("Challenges entered"), Entry, "member"),
    ("outcomes", _("Results in challenges"), Outcome, "entry__member"),
    ("moments", _("Moments of winning"), Moment, "member"),
    ("debts", _("What I owe or owed"), Debt, "debtor"),
    ("claims", _("What I am or was owed"), Debt, "creditor"),
    ("thanks_given", _("What I thanked for"), Thanks, "giver"),
    ("thanks_received", _("What I was thanked for"), Thanks, "receiver"),
    ("merges", _("Whoever turned out to be me"), Merge, "kept"),
    ("merged", _("Whom I turned out to be"), Merge, "gone"),
    ("leaves", _("Absences"), Leave, "member"),
    ("messages", _("Reminders and other messages"), Delivery, "member"),
    ("tokens", _("API tokens"), ApiToken, "member"),
    ("webhooks", _("Webhooks that I added"), Endpoint, "member"),
    ("calendar", _("Address of one's calendar"), CalendarFeed, "member"),
    ("slack", _("Who I am in Slack"), SlackUser, "member"),
    ("links", _("Links to submit from a mail"), SubmissionLink, "member"),
    ("unsubscribe_links", _("Links to unsubscribe from a mail"), UnsubscribeLink, "member"),
    ("unsubscriptions", _("Mails that are not wanted"), Unsubscription, "member"),
    ("login_mails", _("Mails about the login that are under way"), AccountMail, "user__member"),
    ("invitation", _("Open invitation"), Invitation, "member"),
    ("imported", _("Lines of imported files"), ImportPerson, "member"),
    ("remembered", _("Names in files that were said to be me"), RememberedPerson, "member"),
    ("erasure", _("Deletion that is asked for"), Erasure, "member"),
    ("done", _("What I did, in the log"), AuditEntry, "actor"),
    ("done_to", _("What was done about me, in the log"), AuditEntry, "about"),
]
"""A word for files, words for people, the table, and how its rows name the member."""
NOT_ABOUT = {
    "Submission.typed_by", "Withdrawal.by", "Confirmation.by", "Revision.by", "Figure.typed_by", "Board.closed_by",
    "Display.created_by", "Goal.made_by", "Import.by", "Entry.recorded_by", "Entry.ruled_by", "Settlement.settled_by",
    "RecalibrationChoice.by", "Merge.by", "Invitation.invited_by", "Erasure.asked_by",
    "RecalibrationSuggestion.answered_by", "Display.chosen_by", "ShareLink.made_by",
}  # fmt: skip
"""Who did something to a row that is about somebody or something else: each such act stands in the log."""
THE_SAME = {"Score.member": "a view of the submissions"}
SECRET = {"password", "token_hash", "salt", "secret", "former_secret", "session_key", "data", "sessions_ended"}
"""What proves who one is, to oneself of no use."""
MADE_INTO_WORDS = {"grounds"}
"""What stands in the file as the sentence that is made of it."""
OTHERS = {"done": {"details", "reason", "about"}, "done_to": {"address"}}
"""What may tell of somebody else, such as from where a manager did something."""


DRAFTS = Entry.objects.filter(challenge__sent_at=None)
"""Whom somebody has in mind for a challenge, of which its maker alone knows until it is sent."""


def rows_of(member: Member) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Each table's word and rows, as plain values."""
    for word, _label, model, path in ABOUT:
        left_out = SECRET | MADE_INTO_WORDS | OTHERS.get(word, set())
        fields = [field.attname for field in model._meta.concrete_fields if field.name not in left_out]
        fields = [field for field in fields if field != "pk"]
        yield word, _in_words(list(_rows(model, path, member).values(*fields)), model)


def counts_of(member: Member) -> list[tuple[Promise, int]]:
    """What there is, in words, and how much of it."""
    counted = [(label, _rows(model, path, member).count()) for _w, label, model, path in ABOUT]
    return [(label, count) for label, count in counted if count]


def _rows(model: type[Model], path: str, member: Member) -> QuerySet[Any]:
    rows = model._default_manager.filter(**{path: member.pk})
    return rows.exclude(pk__in=DRAFTS) if model is Entry else rows


def _in_words(rows: list[dict[str, Any]], model: type[Model]) -> list[dict[str, Any]]:
    """The rows, with the reader's own sentence where only what it is made of is stored."""
    if model is not Outcome:
        return rows
    outcomes = Outcome.objects.select_related("settlement__challenge__counter").in_bulk([row["id"] for row in rows])
    return [row | {"explanation": outcomes[row["id"]].why} for row in rows]
