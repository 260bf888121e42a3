"""Whether everything runs, for managers."""

from datetime import datetime
from typing import Any

from django.db.models import Count, F
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from teams.models import Delivery, Invitation, User
from teams.queries.broker import queue
from teams.queries.health import SiteState, alerts, backups_made, jobs, waiting
from teams.rules.health import Alert
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer_of
from teams.words.health import MEANINGS

JOBS = {
    "rank what is stale": _("Boards are ranked"),
    "notice moments": _("Moments of winning are noticed"),
    "open the month's boards": _("Boards of a new month are opened"),
    "mail invitations": _("Invitations are mailed"),
    "measure recalibrations": _("Changes of LinkedIn's formula are measured"),
    "suggest recalibrations": _("Changes of LinkedIn's formula are suggested"),
    "tell the news": _("News are told"),
    "send what is due": _("Reminders and mails go out"),
    "send webhooks": _("Webhooks are told what happens"),
    "end challenges": _("Challenges are settled"),
    "close the months that are due": _("Months are closed"),
    "erase who asked for it": _("Personal data is deleted for whoever asked"),
    "delete what is old": _("What is older than it is kept is deleted"),
    "go on with imports": _("Imports go on"),
    "back up": _("The database is backed up"),
    "try out the newest backup": _("The newest backup is restored for a try"),
    "forget sessions that ended": _("Sessions that have ended are forgotten"),
    "check all standings": _("All standings are recomputed and compared"),
}


@require_safe
def everything_runs(request: SignedInRequest) -> HttpResponse:
    """Each job of the clock, what waits, and the messages of one's own teams that need a look."""
    if not viewer_of(request).first_managed:
        raise Http404
    now = timezone.now()
    state = SiteState(jobs(now), queue(), waiting(), backups_made())
    stopped = alerts(state, now)
    messages, invitations = _unsettled_messages(request.user), _unsettled_invitations(request.user, now)
    unsettled = {Alert.MESSAGES_FAIL: messages, Alert.INVITATIONS_FAIL: invitations}
    failing = [alert for alert, teams in unsettled.items() if teams]
    return render(
        request,
        "site/running/running.html",
        {
            "jobs": [(JOBS[job.name], job) for job in state.jobs],
            "state": state,
            "all_run": not stopped,
            "meanings": {alert: MEANINGS[alert] for alert in stopped + failing},
            "unsettled_messages": messages,
            "unsettled_invitations": invitations,
        },
    )


def _unsettled_messages(user: User) -> list[dict[str, Any]]:
    """How many messages of each team that one manages are uncertain or failed."""
    unsettled = Delivery.objects.visible_to(user).unsettled().values("team__name", "team__slug")
    return list(unsettled.annotate(count=Count("pk")).order_by("team__name"))


def _unsettled_invitations(user: User, now: datetime) -> list[dict[str, Any]]:
    """How many invitations to each team that one manages are; the team is None of who is in no team any more."""
    unsettled = Invitation.objects.managed_by(user).unsettled(now).filter(member__memberships__left_on=None)
    by_team = unsettled.values(team=F("member__memberships__team__name"), slug=F("member__memberships__team__slug"))
    return list(by_team.annotate(count=Count("pk")).order_by("team"))
