"""What happened that an endpoint may be told of, as whoever made it may see it: ids, and the address to ask.

It is found in what is stored, so that whatever changes it, by page, file or program, is told. Nothing here tells a
figure or a name.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, Q

from teams.models import (
    Act,
    AuditEntry,
    Board,
    Challenge,
    Entry,
    Goal,
    Membership,
    Revision,
    Settlement,
    Submission,
    Team,
    User,
)
from teams.models.challenges.challenges import ChallengeQuerySet
from teams.models.messages.endpoints import Endpoint
from teams.models.people.teams import TeamOf
from teams.rules.messages.webhooks import WebhookEvent
from teams.rules.months import Month

A_DAY = timedelta(days=1)
JOINED = [Act.ADDED, Act.REACTIVATED, Act.DEACTIVATION_TAKEN_BACK]
LEFT = [Act.TAKEN_OUT, Act.DEACTIVATED, Act.REMOVED]


@dataclass(frozen=True)
class Happening:
    """What happened when in which team; `subject` tells it from whatever else happened."""

    event: WebhookEvent
    subject: str
    at: datetime
    team: int
    data: dict[str, object]


@dataclass(frozen=True)
class _Asked:
    """By whom it is asked, of which teams (slugs by id), and from which moment on."""

    user: User
    teams: dict[int, str]
    zone: ZoneInfo
    since: datetime
    now: datetime

    @property
    def days(self) -> tuple[date, date]:
        """The days in the company's zone."""
        return self.since.astimezone(self.zone).date(), self.now.astimezone(self.zone).date()


def happenings(endpoint: Endpoint, since: datetime, now: datetime) -> list[Happening]:
    """Those of the events that an endpoint is for, since a moment, the oldest first; a query or two for each kind."""
    user = endpoint.member.user
    assert user is not None, "nothing is told to whoever cannot sign in"
    managed = Team.objects.managed_by(user)
    own = (
        managed.filter(pk=endpoint.team_id) if endpoint.team_id else managed.filter(organization=endpoint.organization)
    )
    teams = dict(own.values_list("pk", "slug"))
    asked = _Asked(user, teams, ZoneInfo(endpoint.organization.time_zone), since, now)
    wanted = set(endpoint.events)
    found = [each for events, find in SOURCES if events & wanted for each in find(asked) if each.event in wanted]
    return sorted((each for each in found if each.team in teams), key=lambda each: (each.at, each.subject))


def _readings(asked: _Asked) -> Iterator[Happening]:
    """Filed and corrected; nothing of months that are filled as history, which are no news."""
    history = Board.objects.filter(team=OuterRef("team"), month=OuterRef("month"), in_history=True)
    visible = Submission.objects.editable_by(asked.user).annotate(team=TeamOf("member_id", "month"))
    fresh = visible.filter(typed_at__gte=asked.since, team__in=list(asked.teams)).exclude(Exists(history))
    for pk, member, month, team, at, replaces in fresh.values_list(
        "pk", "member_id", "month", "team", "typed_at", "replaces_id"
    ):
        event = WebhookEvent.READING_CORRECTED if replaces else WebhookEvent.READING_SUBMITTED
        corrects = {"corrects": replaces} if replaces else {}
        yield Happening(event, str(pk), at, team, _reading(asked, pk, member, month, team) | corrects)


def _withdrawals(asked: _Asked) -> Iterator[Happening]:
    visible = Submission.objects.editable_by(asked.user).annotate(team=TeamOf("member_id", "month"))
    fresh = visible.filter(withdrawal__at__gte=asked.since, team__in=list(asked.teams))
    for pk, member, month, team, at in fresh.values_list("pk", "member_id", "month", "team", "withdrawal__at"):
        yield Happening(WebhookEvent.READING_WITHDRAWN, str(pk), at, team, _reading(asked, pk, member, month, team))


def _reading(asked: _Asked, pk: int, member: int, month: Month, team: int) -> dict[str, object]:
    address = _api("readings", pk)
    return {"reading": pk, "member": member, "month": str(month), "team": asked.teams[team], "url": address}


def _closings(asked: _Asked) -> Iterator[Happening]:
    closed = Board.objects.filter(team__in=list(asked.teams), closed_at__gte=asked.since, in_history=False)
    for board in closed:
        at, told = board.closed_at or asked.now, _month(asked, board.team_id, board.month)
        subject = f"{board.team_id} {board.month} {at.isoformat()}"
        yield Happening(WebhookEvent.MONTH_CLOSED, subject, at, board.team_id, told)


def _amendments(asked: _Asked) -> Iterator[Happening]:
    revised = Revision.objects.filter(board__team__in=list(asked.teams), at__gte=asked.since)
    found = revised.values("board__team_id", "board__month", "at").annotate(last=Max("pk")).order_by("at")
    for each in found:
        team, month = each["board__team_id"], each["board__month"]
        yield Happening(WebhookEvent.MONTH_AMENDED, str(each["last"]), each["at"], team, _month(asked, team, month))


def _acts(asked: _Asked) -> Iterator[Happening]:
    """What stands in the log alone: months that were opened again, and who came and went."""
    noted = AuditEntry.objects.filter(
        team__in=list(asked.teams), at__gte=asked.since, act__in=[Act.REOPENED, Act.MOVED, *JOINED, *LEFT]
    )
    entries = list(noted.values_list("pk", "act", "team_id", "about_id", "details", "at"))
    active = _active({(team, about) for _pk, act, team, about, _details, _at in entries if act == Act.MOVED})
    for pk, act, team, about, details, at in entries:
        if act == Act.REOPENED:
            told = _month(asked, team, Month.parse(details["month"]))
            yield Happening(WebhookEvent.MONTH_REOPENED, str(pk), at, team, told)
            continue
        joined = act in JOINED or (team, about) in active
        event = WebhookEvent.MEMBER_JOINED if joined else WebhookEvent.MEMBER_LEFT
        url = f"{_api('members')}?team={asked.teams[team]}"
        yield Happening(event, str(pk), at, team, {"member": about, "team": asked.teams[team], "url": url})


def _active(pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those of teams with members who are in them now: whoever has moved has left the other."""
    teams, members = {team for team, _ in pairs}, {member for _, member in pairs}
    there = Membership.objects.active().filter(team__in=teams, member__in=members)
    return set(there.values_list("team_id", "member_id"))


def _goals(asked: _Asked) -> Iterator[Happening]:
    """A team's, and what its reps share; nobody else hears of one's own."""
    reached = Goal.objects.visible_to(asked.user).filter(celebrated_at__gte=asked.since, reached_on__isnull=False)
    shown = reached.filter(Q(team__in=list(asked.teams)) | Q(shared=True))
    competing = Membership.objects.active().filter(competing=True, team__in=list(asked.teams))
    homes = dict(competing.filter(member__goals__in=shown).values_list("member_id", "team_id"))
    for goal in shown:
        if team := goal.team_id or homes.get(goal.member_id or 0):
            told = {"goal": goal.pk, "team": asked.teams[team], "member": goal.member_id, "url": _api("goals")}
            yield Happening(WebhookEvent.GOAL_REACHED, str(goal.pk), goal.celebrated_at or asked.now, team, told)


def _starts(asked: _Asked) -> Iterator[Happening]:
    """Those whose first day has come since; a duel, once both are in."""
    first, last = asked.days
    days = (first - A_DAY * 31, last)
    begun = _challenges(asked).filter(starts_on__range=days, sent_at__isnull=False, voided_at=None).with_accepted()
    accepted = Entry.objects.accepted().filter(challenge__in=begun.values("pk")).values_list("challenge")
    last_answers = dict(accepted.annotate(Max("answered_at")))
    for challenge in begun:
        at = max(datetime.combine(challenge.starts_on, time(), asked.zone), challenge.sent_at or asked.now)
        if challenge.is_duel:
            at = max(at, last_answers.get(challenge.pk, asked.now))
        if at >= asked.since and challenge.accepted >= (2 if challenge.is_duel else 0):
            yield from _challenge(asked, WebhookEvent.CHALLENGE_STARTED, challenge, str(challenge.pk), at)


def _settlements(asked: _Asked) -> Iterator[Happening]:
    settled = Settlement.objects.filter(settled_at__gte=asked.since, challenge__in=_challenges(asked))
    for each in settled.select_related("challenge"):
        subject = f"{each.challenge_id} {each.number}"
        yield from _challenge(asked, WebhookEvent.CHALLENGE_SETTLED, each.challenge, subject, each.settled_at)


def _challenges(asked: _Asked) -> ChallengeQuerySet:
    """Those that whoever asks sees, and that one of the teams plays."""
    return Challenge.objects.visible_to(asked.user).filter(teams__in=list(asked.teams)).distinct()


def _challenge(
    asked: _Asked, event: WebhookEvent, challenge: Challenge, subject: str, at: datetime
) -> Iterator[Happening]:
    playing = challenge.teams.filter(pk__in=list(asked.teams)).order_by("pk").values_list("pk", flat=True)
    if team := playing.first():
        told = {"challenge": challenge.pk, "team": asked.teams[team], "url": _api("challenges")}
        yield Happening(event, subject, at, team, told)


def _month(asked: _Asked, team: int, month: Month) -> dict[str, object]:
    slug = asked.teams[team]
    return {"team": slug, "month": str(month), "url": _api("boards", slug, month)}


def _api(*parts: object) -> str:
    return "/".join([f"{settings.SITE_URL}/api/v1", *map(str, parts)])


SOURCES: list[tuple[set[str], Callable[[_Asked], Iterator[Happening]]]] = [
    ({WebhookEvent.READING_SUBMITTED, WebhookEvent.READING_CORRECTED}, _readings),
    ({WebhookEvent.READING_WITHDRAWN}, _withdrawals),
    ({WebhookEvent.MONTH_CLOSED}, _closings),
    ({WebhookEvent.MONTH_AMENDED}, _amendments),
    ({WebhookEvent.MONTH_REOPENED, WebhookEvent.MEMBER_JOINED, WebhookEvent.MEMBER_LEFT}, _acts),
    ({WebhookEvent.GOAL_REACHED}, _goals),
    ({WebhookEvent.CHALLENGE_STARTED}, _starts),
    ({WebhookEvent.CHALLENGE_SETTLED}, _settlements),
]
"""Where each kind of event is found."""
