"""The first steps of a new site: where each is taken, and which comes next after a change."""

from typing import NamedTuple

from django.contrib import messages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teams.models import Team
from teams.queries.people.viewer import Viewer
from teams.queries.today.figures import today_figures
from teams.rules.first_steps import FirstStep
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer_of
from teams.words.translation import Words

LABELS: dict[FirstStep, Words] = {
    FirstStep.PEOPLE: gettext_lazy("Paste a list"),
    FirstStep.HISTORY: gettext_lazy("Import a sheet"),
    FirstStep.WALL: gettext_lazy("Pair a screen"),
    FirstStep.CHALLENGE: gettext_lazy("Choose a challenge"),
}
"""What the button of each says."""


class Next(NamedTuple):
    """A step that is still to be taken: what its button says, and where it leads."""

    label: Words
    address: str


def asks_steps(viewer: Viewer) -> bool:
    """Whether first steps are shown to them: to managers of a real company who have not put them away."""
    return bool(viewer.first_managed) and not (viewer.organization.is_demo or viewer.member.put_first_steps_away)


def addresses_of_steps(team: Team) -> dict[FirstStep, str]:
    """Where each step is taken for a team."""
    return {
        FirstStep.PEOPLE: reverse("paste_members", args=[team.slug]),
        FirstStep.HISTORY: reverse("imports", args=[team.slug]),
        FirstStep.WALL: reverse("pair_display"),
        FirstStep.CHALLENGE: reverse("new_challenge"),
    }


def next_step(viewer: Viewer, team: Team) -> Next | None:
    """The first of the steps that is not taken; None once all are, or where they are not shown. One query."""
    if not asks_steps(viewer):
        return None
    nobody: list[Team] = []
    figures = today_figures(
        viewer.organization,
        viewer.member,
        this_month=viewer.this_month,
        competes_in=None,
        teams=nobody,
        managed=nobody,
        looks_at=nobody,
        asks_steps=True,
    )
    step = next((step for step in FirstStep if step not in (figures.steps or ())), None)
    return Next(LABELS[step], addresses_of_steps(team)[step]) if step else None


def say_with_next_step(request: SignedInRequest, sentence: str, team: Team | None) -> None:
    """Say on the next page what was changed; for a team with a link to the first step that comes next, if any."""
    if team and (step := next_step(viewer_of(request), team)):
        link = format_html('<a href="{}">{}</a>', step.address, step.label)
        sentence = format_html("{} {}", sentence, format_html(_("What comes next: {link}"), link=link))
    messages.success(request, sentence)
