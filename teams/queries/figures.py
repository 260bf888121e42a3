"""What a rep enters of what their team counts itself."""

from collections import defaultdict
from collections.abc import Iterable

from teams.models.figures import Counter, CounterQuerySet, Figure
from teams.models.people.members import Member
from teams.models.people.teams import Team, competes_on
from teams.rules.months import Month
from teams.rules.people.days_in_teams import Span


def own_counters(member: Member, month: Month) -> CounterQuerySet:
    """What somebody enters for a month, with their figure: what is played for where they compete on its last day."""
    there = competes_on(month.last_day, "team__memberships")
    counters = Counter.objects.playable().filter(there, team__memberships__member=member)
    return counters.select_related("team__organization").with_figure_of(member, month)


def playable_in(team: Team | None) -> Iterable[Counter]:
    """What may be played for in somebody's own team, as it was read with them; without a query where there is none."""
    return Counter.objects.playable().filter(team=team) if team and team.may_have_playable else ()


def months_to_enter(member: Member, months: Iterable[Month]) -> list[Month]:
    """Those of the months on whose last day somebody competes in a team that plays for something; one query."""
    played = member.memberships.filter(competing=True, team__in=Counter.objects.playable().values("team"))
    spans = [Span(there.joined_on, there.left_on) for there in played]
    return [month for month in months if any(span.holds(month.last_day) for span in spans)]


def own_history(member: Member, counters: list[Counter], month: Month) -> dict[int, list[Figure]]:
    """Every figure that was typed for somebody's month, by the counter's id, the newest first; one query."""
    typed = Figure.objects.filter(counter__in=counters, member=member, month=month).with_typists().order_by("-pk")
    figures_by_counter: dict[int, list[Figure]] = defaultdict(list)
    for figure in typed:
        figures_by_counter[figure.counter_id].append(figure)
    return figures_by_counter
