"""Tables, constraints and QuerySets; one file a noun."""

from teams.models.boards import Board
from teams.models.displays import Display
from teams.models.leaves import Leave
from teams.models.members import Member, Plan
from teams.models.memberships import Membership, Role
from teams.models.organizations import Organization, RankVisibility
from teams.models.recalibrations import Recalibration
from teams.models.scores import Score
from teams.models.standings import ScoreCount, Standing
from teams.models.submissions import Source, Submission, Withdrawal
from teams.models.teams import Team
from teams.models.users import User

__all__ = [
    "Board",
    "Display",
    "Leave",
    "Member",
    "Membership",
    "Organization",
    "Plan",
    "RankVisibility",
    "Recalibration",
    "Role",
    "Score",
    "ScoreCount",
    "Source",
    "Standing",
    "Submission",
    "Team",
    "User",
    "Withdrawal",
]
