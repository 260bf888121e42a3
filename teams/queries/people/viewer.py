"""Whoever looks, by a page or by a program: their member, their teams and what they see of boards."""

from datetime import datetime
from functools import cached_property

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled

from teams.models import Member, Membership, Role, Team, User
from teams.models.people.members import MemberQuerySet
from teams.rules.months import Month
from teams.rules.months_open import FIRST_DAY
from teams.rules.scores import REACH_BACK
from teams.rules.visibility import Audience, audience

TEAMS = 20
"""How many teams a page shows to whoever manages more; the organization's board has all."""


class Viewer:
    """The signed-in member and their teams; each is read once a request."""

    def __init__(self, user: User, member: Member) -> None:
        self.user, self.member = user, member
        self.organization = member.organization

    @property
    def memberships(self) -> list[Membership]:
        """The member's own memberships, by the team's name."""
        return self.member.active_memberships

    @cached_property
    def competing(self) -> Membership | None:
        """The membership in which they compete, if any."""
        return next((membership for membership in self.memberships if membership.competing), None)

    @cached_property
    def managed_teams(self) -> list[Team]:
        """The teams they manage; all of the organization's for an admin."""
        if self.member.is_admin:
            return list(self.organization.teams.all())
        return [membership.team for membership in self.memberships if membership.role == Role.MANAGER]

    @cached_property
    def first_managed(self) -> list[Team]:
        """The first of the teams they manage: an admin may have thousands."""
        return list(self.organization.teams.all()[:TEAMS]) if self.member.is_admin else self.managed_teams[:TEAMS]

    @cached_property
    def team(self) -> Team | None:
        """The team whose board is theirs first: where they compete, else belong, else manage."""
        own = [self.competing.team] if self.competing else [membership.team for membership in self.memberships]
        return next(iter(own or self.first_managed), None)

    @property
    def erased_at(self) -> datetime | None:
        """When they are to be erased, as long as that can be taken back."""
        return self.member.erased_at

    @property
    def unread(self) -> str:
        """How many new things the bell has; nothing for none."""
        return str(self.member.unread or "")

    @property
    def unread_in_title(self) -> str:
        """The same as a page's title begins with it."""
        return f"({self.unread}) " if self.unread else ""

    def may_open(self, month: Month) -> bool:
        """Whether the month has begun, and is not from before LinkedIn showed anybody an index."""
        return Month.of(FIRST_DAY) <= month <= Month.of(self.organization.today())

    @property
    def this_month(self) -> Month:
        """The company's month."""
        return Month.of(self.organization.today())

    @property
    def sees_organization_board(self) -> bool:
        """Admins, and others as the organization has it where all see all places; nobody who wants to see none."""
        is_shown = self.organization.shows_organization_board and self.organization.rank_visibility == "all"
        return self.member.sees_ranks and (self.member.is_admin or is_shown)

    @cached_property
    def needs_second_factor(self) -> bool:
        """Whether their organization asks them for a second factor, and they have set none up yet."""
        is_demanded = self.organization.managers_need_second_factor and (
            self.member.is_admin or bool(self.managed_teams)
        )
        return is_demanded and not is_mfa_enabled(self.user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN])

    def managed_lately(self) -> MemberQuerySet:
        """Whom they manage, or managed in a month that may still be filled."""
        months = [self.this_month - back for back in range(REACH_BACK + 1)]
        return Member.objects.managed_in(self.user, months)

    def manages(self, team: Team) -> bool:
        """Whether they manage the team: admins every one of the organization."""
        if self.member.is_admin:
            return team.organization_id == self.organization.pk
        return team in self.managed_teams

    def manages_member(self, member: Member) -> bool:
        """Whether the member is in a team that they manage, or in the company as they are its admin."""
        if self.member.is_admin:
            return member.organization_id == self.organization.pk
        teams = self.managed_teams
        return bool(teams) and member.memberships.active().filter(team__in=teams).exists()

    def sees_mean(self, team: Team, reps: int) -> bool:
        """Whether they see a mean of so many of a team's reps."""
        return team.shows_mean(reps, manages=self.manages(team))

    def audience(self, team: Team) -> Audience:
        """What they may see of a team's board."""
        return audience(
            team.ranks_shown_to,
            manages=self.manages(team),
            competes=self.competing is not None and self.competing.team_id == team.pk,
            sees_ranks=self.member.sees_ranks,
        )
