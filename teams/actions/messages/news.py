"""News of goals and closed months, to managers, chats and whom they concern: found by a sweep, told once."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import partial

from teams.actions.messages.addresses import site_url
from teams.actions.messages.outbox import chats_of, homes_of, managers_of, messages, send_after_all, send_in_hours
from teams.models import Board, Delivery, Goal, MessageKind, Moment, Standing
from teams.queries.displays.walls import shown_name
from teams.queries.goals.progress import figures_of
from teams.queries.moments import is_for_everybody
from teams.rules.goals import Figures
from teams.rules.messages.delivery import Reason
from teams.rules.messages.subjects import About, Subject, Thing
from teams.words import notices
from teams.words.goals import goal_figure, goal_name
from teams.words.notices import Notice

FRESH = timedelta(days=2)
"""What is older is no news; a sweep that was down for a day still tells it."""
PODIUM = 3


def tell_news(now: datetime) -> None:
    """Claim a message for each goal reached and each month closed lately; not for history that an import brought.

    As many queries for a hundred as for one.
    """
    closed = Board.objects.filter(closed_at__gte=now - FRESH, in_history=False, team__organization__is_demo=False)
    _tell_months(list(closed.select_related("team__organization")), now)
    reached = Goal.objects.filter(celebrated_at__gte=now - FRESH, reached_on__isnull=False)
    reached = reached.with_owners().select_related("made_by")
    _tell_goals([goal for goal in reached if not goal.owner.organization.is_demo], now)
    again = Goal.objects.filter(reached_on__gte=(now - FRESH).date()).values_list("pk", flat=True)
    taken_back = Delivery.objects.about(*(Subject(about=About(Thing.GOAL, goal)) for goal in again))
    send_after_all(taken_back.filter(kind=MessageKind.GOAL_REACHED, reason=Reason.TAKEN_BACK), now)
    moments = Moment.objects.for_everybody().holding().filter(noticed_at__gte=now - FRESH)
    _tell_moments(list(moments.with_what().filter(team__organization__is_demo=False)), now)


def _tell_months(boards: list[Board], now: datetime) -> None:
    """To managers with the podium, if they want to see places; to chats only where everybody may see them."""
    subjects = {Subject(board.month) for board in boards}
    told = _told(MessageKind.MONTH_RESULT, subjects, {board.team_id for board in boards})
    untold = [board for board in boards if (Subject(board.month), board.team_id) not in told]
    podiums: dict[int, list[tuple[int, str, int]]] = defaultdict(list)
    best = Standing.objects.filter(board__in=[board.pk for board in untold if board.is_complete], rank__lte=PODIUM)
    for row in best.select_related("member"):
        podiums[row.board_id].append((row.rank, row.member.name, row.total))
    letters = []
    people, chats = managers_of(board.team for board in untold), chats_of(board.team for board in untold)
    for board in untold:
        team, podium = board.team, podiums[board.pk]
        readers = [(Delivery(team=team, member=manager), manager.sees_ranks) for manager in people[team.pk]]
        is_open = team.ranks_shown_to == "all"
        readers += [(Delivery(team=team, webhook=chat), is_open) for chat in chats[team.pk]]
        for delivery, sees_places in readers:
            written = partial(_month, board, podium if sees_places else [])
            letters += messages([delivery], MessageKind.MONTH_RESULT, Subject(board.month), written)
    send_in_hours(letters, now)


def _tell_goals(goals: list[Goal], now: datetime) -> None:
    """A team's goal to its managers and chats, one's own to oneself."""
    told = {subject for subject, _ in _told(MessageKind.GOAL_REACHED, [_subject(goal) for goal in goals])}
    untold = [goal for goal in goals if _subject(goal) not in told]
    teams = [goal.team for goal in untold if goal.team]
    people, chats, homes = managers_of(teams), chats_of(teams), homes_of(goal.member for goal in untold if goal.member)
    letters = []
    reached = [(goal, goal.reached_on) for goal in untold if goal.reached_on]
    for (goal, reached_on), figures in zip(reached, figures_of(reached), strict=True):
        deliveries = []
        if goal.team:
            deliveries = [Delivery(team=goal.team, member=manager) for manager in people[goal.team.pk]]
            deliveries += [Delivery(team=goal.team, webhook=chat) for chat in chats[goal.team.pk]]
        elif goal.member and (home := homes.get(goal.member.pk)):
            deliveries = [Delivery(team=home, member=goal.member)]
        for delivery in deliveries:
            sees_figures = not delivery.webhook or delivery.team.shows_mean(figures.counted)
            written = partial(_goal, goal, reached_on, figures if sees_figures else None)
            letters += messages([delivery], MessageKind.GOAL_REACHED, _subject(goal), written)
    send_in_hours(letters, now)


def _tell_moments(moments: list[Moment], now: datetime) -> None:
    """To the chats of the team, where everybody may see its places, under the name that its walls have for somebody."""
    subjects = [_subject(moment) for moment in moments]
    told = {subject for subject, _ in _told(MessageKind.MOMENT, subjects)}
    untold = [each for each in moments if _subject(each) not in told and is_for_everybody(each)]
    chats = chats_of(moment.team for moment in untold)
    letters = []
    for moment in untold:
        if name := shown_name(moment.member, moment.team):
            posts = [Delivery(team=moment.team, webhook=chat) for chat in chats[moment.team_id]]
            letters += messages(posts, MessageKind.MOMENT, _subject(moment), partial(_moment, moment, name))
    send_in_hours(letters, now)
    taken_back = Delivery.objects.about(*subjects).filter(kind=MessageKind.MOMENT, reason=Reason.TAKEN_BACK)
    send_after_all(taken_back, now)


def _told(kind: MessageKind, subjects: Iterable[Subject], teams: set[int] | None = None) -> set[tuple[Subject, int]]:
    """What of these was told before, as (subject, team)."""
    told = Delivery.objects.about(*subjects).filter(kind=kind)
    told = told if teams is None else told.filter(team__in=teams)
    return {(Subject.parse(subject), team) for subject, team in told.values_list("subject", "team_id").distinct()}


def _subject(told: Goal | Moment) -> Subject:
    return Subject(about=About(Thing.GOAL if isinstance(told, Goal) else Thing.MOMENT, told.pk))


def _month(board: Board, podium: list[tuple[int, str, int]]) -> Notice:
    url = site_url("board_of_month", board.team.slug, board.month)
    return notices.month_result(board.team.name, board.month, podium, board.submitted, board.expected, url)


def _moment(moment: Moment, name: str) -> Notice:
    team, challenge = moment.team, moment.challenge
    if challenge:
        return notices.challenge_made(name, challenge.title, challenge.stake, site_url("challenge", challenge.pk))
    if moment.goal:
        return notices.own_goal_reached(name, moment.goal.text, site_url("rep", moment.member_id))
    url = site_url("board_of_month", team.slug, moment.month)
    return notices.best_month(name, moment.month, moment.gain, url)


def _goal(goal: Goal, reached_on: date, figures: Figures | None) -> Notice:
    """With the way that it came, where its reader sees that, and for a team with who made it."""
    way = []
    if figures:
        start, now = goal_figure(goal.aim(), figures.baseline), goal_figure(goal.aim(), figures.now)
        way.append(notices.goal_way((start, goal.started_on), (now, reached_on)))
    if goal.team:
        way.append(notices.goal_maker(goal.made_by.name, goal.started_on))
    name = goal.team.name if goal.team else None
    return notices.goal_reached(name, goal_name(goal.aim()), way, site_url("goals"))
