"""Goals and challenges, as they stand for whoever asks."""

from django.http import HttpResponse
from ninja import Router, Schema

from teams.api.access import ApiRequest, Bearer
from teams.api.paging import page_of
from teams.api.values import number
from teams.models import Challenge, Goal
from teams.queries.challenges.table import Card, cards_of
from teams.queries.goals.progress import Progress, progress_of, without_means_of_few
from teams.rules.api import Scope

router = Router(tags=["goals and challenges"])


class GoalOut(Schema):
    """What is to be reached by when. `now` and `percent` are missing where they would tell of too few.

    `counter` and `counted` are the id and the name of what the team counts itself, where it is about that.
    """

    id: int
    kind: str
    pillar: str | None
    counter: int | None
    counted: str | None
    team: str | None
    member: int | None
    target: float
    started_on: str
    due_on: str
    state: str
    now: float | None
    percent: int | None
    text: str


class ChallengeOut(Schema):
    """What is played for, one's own answer and way, and who has won.

    Where `figure` is `counter`, `counter` and `counted` are the id and the name of what the team counts itself.
    """

    id: int
    title: str
    kind: str
    figure: str
    counter: int | None
    counted: str | None
    points: float | None
    teams: list[str]
    starts_on: str
    ends_on: str
    stage: str
    stake: str
    answer: str | None
    percent: int | None
    winners: list[str]


@router.get("/goals", response=list[GoalOut], auth=Bearer(Scope.READ), summary="Goals")
def goals(request: ApiRequest, response: HttpResponse, before: int | None = None) -> list[GoalOut]:
    """One's own, one's teams', and what colleagues share; the newest first."""
    viewer = request.viewer
    page = page_of(request, response, Goal.objects.visible_to(viewer.user).with_owners(), before)
    return [
        _goal(row) for row in without_means_of_few(progress_of(page, viewer.organization.today()), viewer.sees_mean)
    ]


@router.get("/challenges", response=list[ChallengeOut], auth=Bearer(Scope.READ), summary="Challenges")
def challenges(request: ApiRequest, response: HttpResponse, before: int | None = None) -> list[ChallengeOut]:
    """Those of one's teams, and one's duels; the newest first."""
    viewer = request.viewer
    visible = Challenge.objects.visible_to(viewer.user).with_accepted().with_entry_of(viewer.member)
    page = page_of(request, response, visible.prefetch_related("teams"), before)
    own = {each.pk: entry for each in page if (entry := getattr(each, "own_entry", None))}
    return [_challenge(card) for card in cards_of(page, own, viewer.member)]


def _goal(row: Progress) -> GoalOut:
    goal = row.goal
    return GoalOut(
        id=goal.pk,
        kind=goal.kind,
        pillar=goal.pillar or None,
        counter=goal.counter_id,
        counted=goal.counter.name if goal.counter else None,
        team=goal.team.slug if goal.team else None,
        member=goal.member_id,
        target=float(goal.target),
        started_on=goal.started_on.isoformat(),
        due_on=goal.due_on.isoformat(),
        state=row.state.value,
        now=None if row.is_hidden else number(row.figures.now),
        percent=None if row.is_hidden else row.percent,
        text=goal.text,
    )


def _challenge(card: Card) -> ChallengeOut:
    challenge = card.challenge
    return ChallengeOut(
        id=challenge.pk,
        title=challenge.title,
        kind=challenge.kind,
        figure=challenge.figure,
        counter=challenge.counter_id,
        counted=challenge.counter.name if challenge.counter else None,
        points=number(challenge.points),
        teams=[team.slug for team in challenge.teams.all()],
        starts_on=challenge.starts_on.isoformat(),
        ends_on=challenge.ends_on.isoformat(),
        stage=challenge.stage.value,
        stake=challenge.stake,
        answer=card.entry.answer if card.entry else None,
        percent=card.percent,
        winners=card.winners,
    )
