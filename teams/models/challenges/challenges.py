"""What a team plays for: a challenge with its rules and stake."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Count, Exists, F, FilteredRelation, Max, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teams.fields import WrittenField, codes
from teams.models.boards.boards import Board
from teams.models.challenges.makers import of_the_maker
from teams.models.figures import Counter
from teams.models.goals import OVERLAP
from teams.models.people.members import Member
from teams.models.people.organizations import Organization
from teams.models.people.teams import Team
from teams.models.people.users import User
from teams.rules.challenges import stages, terms
from teams.rules.months import Month, days_left
from teams.words import challenges as wording


class Answer(models.TextChoices):
    """What somebody said to an invitation. No answer is not in."""

    INVITED = "invited", _("asked")
    ACCEPTED = "accepted", _("in")
    DECLINED = "declined", _("not in")


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    """Challenges by who sees, runs and decides them, and by the stage that they are in."""

    def visible_to(self, user: User) -> Self:
        """The challenges of the teams somebody may see; of drafts one's own."""
        in_visible_teams = self.model.teams.through.objects.filter(team__in=Team.objects.visible_to(user)).values(
            "challenge"
        )
        return self.filter(Q(pk__in=in_visible_teams, sent_at__isnull=False) | Q(maker__user=user, sent_at=None))

    def run_by(self, user: User) -> Self:
        """One's own drafts and duels; of what was sent for teams, that of a maker whose team one manages."""
        own = Q(Q(sent_at=None) | Q(is_duel=True), maker__user=user)
        return self.filter(own | Q(pk__in=self.managed_by(user).values("pk"), is_duel=False))

    def decided_by(self, user: User) -> Self:
        """Those for which somebody may choose what a new formula does: never a duel that they are in themselves."""
        playing = self.model.objects.filter(entries__member__user=user, is_duel=True).values("pk")
        return self.managed_by(user).exclude(pk__in=playing)

    def managed_by(self, user: User) -> Self:
        """What was sent, by a maker whose team somebody manages; for an admin, all of the organization.

        A team that is merely asked to play is not the maker's.
        """
        teams = self.model.teams.through.objects.filter(team__in=Team.objects.managed_by(user))
        of_makers_teams = teams.filter(of_the_maker()).values("challenge")
        return self.filter(Q(pk__in=of_makers_teams) | Q(organization__in=user.administers), sent_at__isnull=False)

    def open(self) -> Self:
        """Sent, and neither settled nor void."""
        return self.unfinished().filter(sent_at__isnull=False)

    def unfinished(self) -> Self:
        """Drafts, and those that are open."""
        return self.filter(settled_at=None, voided_at=None)

    def over(self) -> Self:
        """Settled, or ended without a result."""
        return self.filter(Q(settled_at__isnull=False) | Q(voided_at__isnull=False))

    def waiting_for_confirmation(self, today: date) -> Self:
        """Those that count confirmed readings only and whose grace is over: what is not confirmed holds them up."""
        return self.open().filter(confirmed_only=True, ends_on__lt=today - stages.GRACE)

    def of_teams(self, teams: Iterable[Team]) -> Self:
        """Those that a team of these plays, once each."""
        return self.filter(pk__in=self.model.teams.through.objects.filter(team__in=list(teams)).values("challenge"))

    def to_check(self, now: datetime) -> Self:
        """Those that run and that everybody wins who makes them, if something was ranked since they were looked at."""
        ranked = Board.objects.filter(team__challenges=OuterRef("pk"), ranked_at__gte=OuterRef("checked_at") - OVERLAP)
        return self.open().filter(
            Q(checked_at=None) | Q(Exists(ranked), checked_at__lt=now),
            kind__in=terms.MADE,
            winners=terms.Winners.EVERYONE,
            starts_on__lte=(now + timedelta(days=1)).date(),
        )

    def with_entry_of(self, member: Member) -> Self:
        """With `own_entry`, somebody's own; those without one have no such attribute."""
        own = FilteredRelation("entries", condition=Q(entries__member=member))
        return self.annotate(own_entry=own).select_related("own_entry")

    def open_duels_of(self, member: Member) -> Self:
        """The open duels that somebody is in."""
        return self.open().filter(is_duel=True, entries__member=member, entries__answer=Answer.ACCEPTED)

    def settled_since(self, moment: datetime) -> Self:
        """Those with a result of since then; `result` is its number."""
        return self.filter(settlements__settled_at__gte=moment).annotate(result=Max("settlements__number"))

    def with_accepted(self) -> Self:
        """With `accepted`, how many are in, who made it, and what it counts."""
        accepted = Count("entries", filter=Q(entries__answer=Answer.ACCEPTED), distinct=True)
        return self.select_related("organization", "maker", "counter").annotate(accepted=accepted)


class Challenge(models.Model):
    """Rules are fixed once it is sent; after that only the title and a later end may be edited."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="challenges")
    teams = models.ManyToManyField(Team, related_name="challenges")
    maker = models.ForeignKey(Member, models.RESTRICT, related_name="made_challenges")
    title = WrittenField(max_length=80)
    kind = models.CharField(max_length=8, choices=codes(terms.ChallengeKind))
    figure = models.CharField(max_length=16, choices=codes(terms.FIGURES), default=terms.TOTAL)
    counter = models.ForeignKey(Counter, models.RESTRICT, related_name="challenges", null=True, blank=True)
    points = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField()
    winners = models.CharField(max_length=8, choices=codes(terms.Winners))
    winner_count = models.PositiveSmallIntegerField(null=True, blank=True, validators=[MinValueValidator(1)])
    is_duel = models.BooleanField(default=False)
    stake_kind = models.CharField(max_length=8, choices=codes(terms.StakeKind), default=terms.StakeKind.NONE.value)
    stake = WrittenField(max_length=120, blank=True)
    repeats_monthly = models.BooleanField(default=False)
    confirmed_only = models.BooleanField(
        default=False, db_default=False, help_text=_("Only readings count that a manager confirmed.")
    )
    evidenced_only = models.BooleanField(
        default=False,
        db_default=False,
        help_text=_("Where something is played for, only readings with evidence count."),
    )
    series_ended_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When no further edition was made, as its maker left the team."
    )
    repeats = models.OneToOneField("self", models.SET_NULL, null=True, blank=True, related_name="repeated_by")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    voided_at = models.DateTimeField(null=True, blank=True)
    void_reason = models.CharField(max_length=200, blank=True)
    void_values = models.JSONField(null=True, blank=True)
    checked_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When it was last asked who has made it."
    )
    accepted: int  # of those that were read `with_accepted`
    result: int  # of those `settled_since`

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        ordering = ["-ends_on", "-pk"]
        indexes = [
            models.Index(
                fields=["ends_on"],
                condition=Q(sent_at__isnull=False, settled_at=None, voided_at=None),
                name="challenge_is_open",
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="challenge_ends_after_it_began"),
            models.CheckConstraint(
                condition=Q(kind__in=["gain", "reach"], points__gt=0)
                | (~Q(kind__in=["gain", "reach"]) & Q(points=None)),
                name="challenge_has_points_where_it_needs_them",
            ),
            models.CheckConstraint(
                condition=Q(figure="counter", counter__isnull=False) | (~Q(figure="counter") & Q(counter=None)),
                name="challenge_on_a_counter_names_it",
            ),
            models.CheckConstraint(
                condition=Q(counter=None) | (Q(confirmed_only=False) & ~Q(kind="teams") & ~Q(winners="first")),
                name="challenge_on_a_counter_goes_by_month",
            ),
            models.CheckConstraint(
                condition=Q(winners="everyone", winner_count=None)
                | (~Q(winners="everyone") & Q(winner_count__gte=1, winner_count__isnull=False)),
                name="challenge_says_how_many_win",
            ),
            models.CheckConstraint(
                condition=Q(is_duel=False) | Q(kind__in=["improved", "highest"]), name="challenge_of_two_compares"
            ),
            models.CheckConstraint(
                condition=~Q(stake_kind="loser") | Q(is_duel=True), name="challenge_has_a_loser_only_in_a_duel"
            ),
            models.CheckConstraint(
                condition=Q(stake_kind="none", stake="") | (~Q(stake_kind="none") & ~Q(stake="")),
                name="challenge_says_what_is_at_stake",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None) | Q(voided_at=None), name="challenge_is_settled_or_void"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def zone(self) -> ZoneInfo:
        """The organization's zone."""
        return ZoneInfo(self.organization.time_zone)

    @property
    def wins_when_made(self) -> bool:
        """Whether somebody has won at the reading that makes it, and not only when it is settled."""
        return self.kind in terms.MADE and self.winners == terms.Winners.EVERYONE

    def terms(self) -> terms.Terms:
        """The plain value that rules work with."""
        return terms.Terms(
            kind=terms.ChallengeKind(self.kind),
            starts_on=self.starts_on,
            ends_on=self.ends_on,
            points=self.points,
            figure=self.figure,
            winners=terms.Winners(self.winners),
            count=self.winner_count,
            is_duel=self.is_duel,
            stake=terms.StakeKind(self.stake_kind),
            confirmed_only=self.confirmed_only,
            evidenced_only=self.evidenced_only,
            counter=self.counter.counted() if self.counter else None,
        )

    def facts(self) -> stages.Facts:
        """What decides the stage; of challenges that were read `with_accepted`."""
        return stages.Facts(
            sent=self.sent_at is not None,
            settled=self.settled_at is not None,
            voided=self.voided_at is not None,
            accepted=self.accepted,
        )

    @property
    def why_void(self) -> str:
        """Why it ended without a result, in the reader's language; empty where it did not."""
        return wording.why_void(self.void_reason, self.void_values)

    @property
    def stage(self) -> stages.Stage:
        """Where it stands today."""
        return stages.stage(self.terms(), self.facts(), self.organization.today())

    @property
    def days_left(self) -> int:
        """Days on which a reading can still be taken."""
        return days_left(self.ends_on, self.organization.today(), self.starts_on)

    @property
    def half_time(self) -> date:
        """The day in the middle of the challenge, the last on which one may join."""
        return self.terms().half_time

    @property
    def what_it_takes(self) -> str:
        """The rule in a few words."""
        return wording.what_it_takes(self.terms())

    def grace_ends(self) -> datetime:
        """The moment until which readings may be typed; two queries."""
        return grace_ends_of([self])[self.pk]

    @property
    def may_be_joined(self) -> bool:
        """Whether an answer still comes in time."""
        return stages.may_join(self.terms(), self.organization.today())

    @property
    def waits_for_confirmation(self) -> bool:
        """Whether its grace is over, so that only readings to confirm, or to decide about, can hold it up."""
        over = self.organization.today() > self.typed_until
        return self.confirmed_only and over and self.stage == stages.Stage.GRACE

    @property
    def typed_until(self) -> date:
        """The last day on which its readings may be typed, unless its month is closed earlier."""
        return self.ends_on + timedelta(days=stages.GRACE.days)


def grace_ends_of(challenges: Collection[Challenge]) -> dict[int, datetime]:
    """The moment, by challenge, until which readings may be typed; two queries for any number of them."""
    teams = defaultdict(set)
    playing = Challenge.teams.through.objects.filter(challenge__in=[each.pk for each in challenges])
    for challenge, team in playing.values_list("challenge_id", "team_id"):
        teams[challenge].add(team)
    closings = Board.objects.filter(
        team__in=set().union(*teams.values()),
        month__in={Month.of(each.ends_on) for each in challenges},
        closed_at__isnull=False,
    )
    closed_at = {(team, month): at for team, month, at in closings.values_list("team_id", "month", "closed_at")}
    end_by_challenge = {}
    for each in challenges:
        closed = [at for team in teams[each.pk] if (at := closed_at.get((team, Month.of(each.ends_on))))]
        are_closed = bool(closed) and len(closed) == len(teams[each.pk])
        end_by_challenge[each.pk] = stages.grace_ends(each.ends_on, each.zone, max(closed) if are_closed else None)
    return end_by_challenge
