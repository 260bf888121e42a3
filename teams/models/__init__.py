"""Tables, constraints and QuerySets; one file a noun."""

from teams.models.account_mails import AccountMail
from teams.models.audit import Act, AuditEntry, AuditTopic
from teams.models.boards import Board
from teams.models.challenges import Answer, Challenge, StakeKind
from teams.models.confirmations import Confirmation
from teams.models.deliveries import Delivery, Kind
from teams.models.displays import Display
from teams.models.entries import Entry
from teams.models.erasures import Erasure
from teams.models.figures import Counter, Figure
from teams.models.former_names import FormerName
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
from teams.models.invitations import Invitation
from teams.models.leaves import Leave
from teams.models.members import Member, Plan, WallChoice
from teams.models.memberships import Membership, Role
from teams.models.merges import Merge
from teams.models.organizations import Organization, RankVisibility
from teams.models.recalibration_choices import RecalibrationChoice
from teams.models.recalibrations import Recalibration, RecalibrationSuggestion
from teams.models.revisions import RevisedStanding, Revision
from teams.models.scores import Score
from teams.models.settlements import Debt, Outcome, Settlement
from teams.models.standings import ScoreCount, Standing
from teams.models.submission_links import SubmissionLink
from teams.models.submissions import Source, Submission, Withdrawal
from teams.models.sweeps import Sweep
from teams.models.teams import Team
from teams.models.unsubscribe_links import UnsubscribeLink
from teams.models.unsubscriptions import Topic, Unsubscription
from teams.models.users import User
from teams.models.webhooks import Service, Webhook

__all__ = [
    "AccountMail",
    "Act",
    "Answer",
    "AuditEntry",
    "AuditTopic",
    "Board",
    "Challenge",
    "Confirmation",
    "Counter",
    "Debt",
    "Delivery",
    "Display",
    "Entry",
    "Erasure",
    "Figure",
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
    "Kind",
    "Leave",
    "Member",
    "Membership",
    "Merge",
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
    "Source",
    "StakeKind",
    "Standing",
    "Submission",
    "SubmissionLink",
    "Sweep",
    "Team",
    "Topic",
    "UnsubscribeLink",
    "Unsubscription",
    "User",
    "WallChoice",
    "Webhook",
    "Withdrawal",
]
