"""Tables, constraints and QuerySets; one file a noun."""

from teams.models.api_tokens import ApiAnswer, ApiToken
from teams.models.audit import Act, AuditEntry, AuditTopic
from teams.models.boards.boards import Board
from teams.models.boards.recalibrations import Recalibration, RecalibrationSuggestion
from teams.models.boards.standings import RevisedStanding, Revision, ScoreCount, Standing
from teams.models.calendar_feeds import CalendarFeed
from teams.models.challenges.challenges import Answer, Challenge
from teams.models.challenges.entries import Entry
from teams.models.challenges.recalibration_choices import RecalibrationChoice
from teams.models.challenges.settlements import Debt, Outcome, Settlement
from teams.models.displays import Display
from teams.models.figures import Counter, Figure, FigureSource
from teams.models.goals import Goal, GoalStart
from teams.models.imports import (
    Import,
    ImportKind,
    ImportPerson,
    ImportRow,
    ImportSheet,
    ImportState,
    RememberedColumns,
    RememberedPerson,
    RememberedTable,
)
from teams.models.messages.account_mails import AccountMail
from teams.models.messages.deliveries import Delivery, MessageKind
from teams.models.messages.endpoints import Endpoint
from teams.models.messages.unsubscriptions import Topic, UnsubscribeLink, Unsubscription
from teams.models.messages.webhooks import Service, Webhook
from teams.models.moments import Moment
from teams.models.people.erasures import Erasure
from teams.models.people.invitations import Invitation
from teams.models.people.leaves import Leave
from teams.models.people.members import FormerName, Member, Plan, WallChoice
from teams.models.people.memberships import Membership, Role
from teams.models.people.merges import Merge
from teams.models.people.organizations import Organization, RankVisibility
from teams.models.people.pictures import Face, Logo
from teams.models.people.teams import Team
from teams.models.people.users import User
from teams.models.share_links import ShareLink
from teams.models.slack import SlackApp, SlackUser
from teams.models.submission_links import SubmissionLink
from teams.models.submissions import Confirmation, Score, Source, Submission, Withdrawal
from teams.models.sweeps import Sweep
from teams.models.thanks import Thanks

__all__ = [
    "AccountMail",
    "Act",
    "Answer",
    "ApiAnswer",
    "ApiToken",
    "AuditEntry",
    "AuditTopic",
    "Board",
    "CalendarFeed",
    "Challenge",
    "Confirmation",
    "Counter",
    "Debt",
    "Delivery",
    "Display",
    "Endpoint",
    "Entry",
    "Erasure",
    "Face",
    "Figure",
    "FigureSource",
    "FormerName",
    "Goal",
    "GoalStart",
    "Import",
    "ImportKind",
    "ImportPerson",
    "ImportRow",
    "ImportSheet",
    "ImportState",
    "Invitation",
    "Leave",
    "Logo",
    "Member",
    "Membership",
    "Merge",
    "MessageKind",
    "Moment",
    "Organization",
    "Outcome",
    "Plan",
    "RankVisibility",
    "Recalibration",
    "RecalibrationChoice",
    "RecalibrationSuggestion",
    "RememberedColumns",
    "RememberedPerson",
    "RememberedTable",
    "RevisedStanding",
    "Revision",
    "Role",
    "Score",
    "ScoreCount",
    "Service",
    "Settlement",
    "ShareLink",
    "SlackApp",
    "SlackUser",
    "Source",
    "Standing",
    "Submission",
    "SubmissionLink",
    "Sweep",
    "Team",
    "Thanks",
    "Topic",
    "UnsubscribeLink",
    "Unsubscription",
    "User",
    "WallChoice",
    "Webhook",
    "Withdrawal",
]
