"""What Slack asks, with its signature; and the page by which somebody says who they are there."""

import time
from http import HTTPStatus
from urllib.parse import parse_qs

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import DatabaseError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from teams.actions import slack as actions
from teams.actions.slack import Asker, asker_of
from teams.models import SlackApp, SlackUser
from teams.network.in_time import in_time
from teams.rules.errors import Refused
from teams.rules.slack import MOST_BYTES, OLDEST, SIGNATURE, is_recent, is_signed
from teams.slack.commands import answer, later
from teams.slack.manifest import organization_of
from teams.views.shared.requests import Request, SignedInRequest
from teams.views.shared.viewer import viewer_of

SECONDS = 2.4
"""Slack waits for three, the way there and back included."""
SECRET_KNOWN_FOR = 30
"""Seconds for which a process knows a signing secret, so that what is not signed asks the database nothing."""
_secrets: dict[int, tuple[float, str]] = {}


@csrf_exempt
@login_not_required
@require_POST
def slack_command(request: Request, address: str) -> HttpResponse:
    """Answer `/ssi` of an organization's own app within three seconds, to whoever asked alone.

    What is not from Slack is refused by its address, its time and its length before anything is read or looked up.
    """
    organization = organization_of(address)
    timestamp = request.headers.get("X-Slack-Request-Timestamp", "")
    given = request.headers.get("X-Slack-Signature", "")
    if organization is None:
        raise Http404
    if not is_recent(timestamp, time.time()) or not SIGNATURE.fullmatch(given):
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
    if not (request.META.get("CONTENT_LENGTH") or "").isdecimal() or int(request.META["CONTENT_LENGTH"]) > MOST_BYTES:
        return HttpResponse(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    asker, text = _asked(organization, request.body)
    until = time.monotonic() + SECONDS
    try:
        secret = _secret_of(organization)
        if not is_signed(secret, timestamp, request.body, given) or not _is_first(given):
            return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
        said = in_time(lambda: answer(asker, text), until - time.monotonic())
    except (TimeoutError, DatabaseError):
        said = later(asker, text)
    return JsonResponse(said.payload())


@require_http_methods(["GET", "HEAD", "POST"])
def slack_link(request: SignedInRequest, token: str) -> HttpResponse:
    """Say that it is oneself who asks in Slack, after a question; a link is for one answer."""
    member = viewer_of(request).member
    asker = asker_of(token, member.organization)
    if asker and request.method == "POST":
        try:
            tied = actions.tie(token, member)
            messages.success(request, _("In Slack you are “%(name)s”. Send your /ssi there again.") % {"name": tied})
        except Refused as refused:
            messages.error(request, str(refused))
        return redirect("tokens")
    return render(request, "slack/link.html", {"asker": asker}, status=200 if asker else 404)


@require_POST
def end_slack_user(request: SignedInRequest, slack_user_id: int) -> HttpResponse:
    """Be nobody in Slack from now on."""
    actions.untie(get_object_or_404(SlackUser.objects.of(request.user), pk=slack_user_id), viewer_of(request).member)
    return redirect("tokens")


def _asked(organization: int, body: bytes) -> tuple[Asker, str]:
    """Who asks and what, as the body says; to be believed once its signature is."""
    fields = {name: values[0] for name, values in parse_qs(body.decode(errors="replace"), max_num_fields=40).items()}
    names = ("team_id", "user_id", "user_name", "team_domain")
    workspace, slack_user, name, domain = (fields.get(each, "").replace("\0", "")[:80] for each in names)
    return Asker(organization, workspace[:30], slack_user[:30], name, domain), fields.get("text", "").strip()[:300]


def _secret_of(organization: int) -> str:
    """The signing secret, asked for in time and at most twice a minute."""
    known_until, secret = _secrets.get(organization, (0.0, ""))
    if time.monotonic() < known_until:
        return secret
    secret = in_time(lambda: _stored_secret(organization), SECONDS / 2)
    _secrets[organization] = (time.monotonic() + SECRET_KNOWN_FOR, secret)
    return secret


def _stored_secret(organization: int) -> str:
    return SlackApp.objects.filter(organization=organization).values_list("signing_secret", flat=True).first() or ""


def _is_first(given: str) -> bool:
    """Whether a signature comes for the first time."""
    return cache.add(f"slack-signature:{given}", 1, 2 * OLDEST)
