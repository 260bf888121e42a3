"""One's own place among everybody in the organization."""

from collections.abc import Mapping

from teams.models import Standing
from teams.queries.people.viewer import Viewer
from teams.rules.months import Month
from teams.rules.standings import Place, places
from teams.rules.visibility import Audience


def place_in_organization(viewer: Viewer, month: Month, counts: Mapping[int, int]) -> Place | None:
    """The viewer's place by how many have each score; None without one, or where their team shows them none."""
    standings = Standing.objects.filter(
        member=viewer.member, board__team__memberships__member=viewer.member, board__month=month
    )
    own = standings.select_related("board__team__organization").first()
    if own is None or viewer.audience(own.board.team) not in (Audience.RANKS, Audience.OWN):
        return None
    return Place(places(counts).get(own.total, 1), sum(counts.values()))
