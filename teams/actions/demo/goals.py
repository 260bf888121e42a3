"""The demo's goals: what its teams, by score and by what they count, and two of its reps want to reach."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from teams.actions.demo.figures import COUNTED
from teams.actions.demo.people import REP
from teams.actions.goals import store_starts
from teams.models import Counter, Goal, Member, Organization, Role, Team
from teams.queries.goals.progress import figures_of
from teams.rules.goals import is_reached
from teams.rules.months import Month

TEAM_BEGAN, REP_BEGAN = 3, 1
"""Months ago on whose first day the running goals were set."""
ALL_AT = 30
SHARES = "Aisha Rahman"


def fill_goals(organization: Organization, now: datetime) -> None:
    """Set goals where none is running: a little above where everybody is now."""
    zone = ZoneInfo(organization.time_zone)
    today = now.astimezone(zone).date()
    if Goal.objects.filter(made_by__organization=organization, due_on__gte=today).exists():
        return
    goals = [goal for team in organization.teams.all() for goal in _of_team(team, today, zone)]
    counters = Counter.objects.filter(team__organization=organization, name=COUNTED).select_related("team")
    goals += [_of_counter(counter, today) for counter in counters]
    for member in organization.members.filter(name__in=[REP.name, SHARES]).select_related("organization"):
        goals += _of_rep(member, today)
    Goal.objects.bulk_create(goals, ignore_conflicts=True)
    store_starts(Goal.objects.of_organization(organization).filter(starts=None).with_owners())


def _of_team(team: Team, today: date, zone: ZoneInfo) -> list[Goal]:
    """A mean by the end of next month, everybody at a score half a year from now, and a mean that is in the past."""
    this = Month.of(today)
    manager = Member.objects.filter(memberships__team=team, memberships__role=Role.MANAGER).first()
    began = (this - TEAM_BEGAN).first_day
    mean = Goal(team=team, kind="mean", made_by=manager, started_on=began, due_on=(this + 1).last_day)
    mean.text = "Then the whole team goes out for dinner."
    everybody = Goal(team=team, kind="everybody", made_by=manager, started_on=began, due_on=(this + 6).last_day)
    everybody.target = ALL_AT
    past = Goal(team=team, kind="mean", made_by=manager)
    past.started_on, past.due_on = (this - 12).first_day, (this - 8).last_day
    mean.target = past.target = 1
    now, then = figures_of([(mean, today), (past, past.due_on)])
    mean.target, past.target = int(now.now or 0) + 2, int(then.now or 0)
    if is_reached(past.aim(), then):
        past.reached_on = past.due_on
        past.celebrated_at = datetime.combine(past.due_on, time(12), zone)
    return [mean, everybody, past]


def _of_counter(counter: Counter, today: date) -> Goal:
    """A mean of the meetings a little above where the team began and is now, two months from now."""
    this, team = Month.of(today), counter.team
    manager = Member.objects.filter(memberships__team=team, memberships__role=Role.MANAGER).earliest("pk")
    goal = Goal(team=team, kind="mean", counter=counter, target=1, made_by=manager)
    goal.started_on, goal.due_on = (this - TEAM_BEGAN).first_day, (this + 2).last_day
    [figures] = figures_of([(goal, today)])
    goal.target = int(max(figures.baseline or 0, figures.now or 0)) + 2
    return goal


def _of_rep(member: Member, today: date) -> list[Goal]:
    """Two milestones, the later one for the team to see."""
    this = Month.of(today)
    latest = member.scores.filter(month__lte=this).order_by("-month")[0].total
    near, far = latest // 5 * 5 + 5, min(latest // 5 * 5 + 20, 95)
    whose = {"member": member, "kind": "score", "made_by": member, "started_on": (this - REP_BEGAN).first_day}
    return [
        Goal(target=near, due_on=today.replace(day=1) + timedelta(days=75), text="One step at a time.", **whose),
        Goal(target=far, due_on=(this + 9).last_day, text="Among the best in the industry.", shared=True, **whose),
    ]
