"""Webhooks of a team or of the company: addresses that are told what happens, and what became of each message."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from teams.actions import endpoints as actions
from teams.forms.endpoints import EndpointForm, EventsForm
from teams.models import Delivery, Endpoint, Team
from teams.rules.messages.webhooks import WebhookEvent
from teams.tasks import deliver_to_endpoint_soon
from teams.views.shared.changes import refusal_in
from teams.views.shared.limits import limited
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import managed_team, viewer_of

SHOWN = 100
"""How many of the last messages the page shows."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def team_webhooks(request: SignedInRequest, team: str) -> HttpResponse:
    """The team's addresses, and a form for one more; a new one's secret is in the answer to the form alone."""
    return _addresses(request, managed_team(request, team))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def organization_webhooks(request: SignedInRequest) -> HttpResponse:
    """The same for all teams of the company, for admins."""
    if not viewer_of(request).member.is_admin:
        raise Http404
    return _addresses(request, None)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def webhook(request: SignedInRequest, endpoint_id: int) -> HttpResponse:
    """One address: what it is told, which is posted, and what became of the last messages."""
    endpoint = _endpoint(request, endpoint_id)
    form = EventsForm(request.POST or None, initial={"events": endpoint.events})
    if form.is_valid():
        actions.choose_events(endpoint, form.cleaned_data["events"])
        messages.success(request, _("Saved."))
        return redirect("webhook", endpoint.pk)
    return _page(request, endpoint, form=form)


@never_cache
@require_POST
def renew_webhook_secret(request: SignedInRequest, endpoint_id: int) -> HttpResponse:
    """Another secret, which is in this answer alone; for a day the one before it signs too."""
    endpoint = _endpoint(request, endpoint_id)
    secret = actions.renew_secret(endpoint, timezone.now())
    return _page(request, endpoint, secret=secret)


@require_POST
@limited("try_chat")
def try_webhook(request: SignedInRequest, endpoint_id: int) -> HttpResponse:
    """Have a worker send a test; the page shows what was answered when it has."""
    endpoint = _endpoint(request, endpoint_id)
    actions.try_endpoint(endpoint, timezone.now())
    deliver_to_endpoint_soon(endpoint.pk)
    messages.success(request, _("The test is on its way. What became of it stands below."))
    return redirect("webhook", endpoint.pk)


@require_POST
def switch_webhook(request: SignedInRequest, endpoint_id: int) -> HttpResponse:
    """Send what happens there from now on (`on=yes`), or nothing any more."""
    endpoint = _endpoint(request, endpoint_id)
    actions.switch_endpoint(endpoint, timezone.now(), on=request.POST.get("on") == "yes")
    return redirect("webhook", endpoint.pk)


@require_POST
def remove_webhook(request: SignedInRequest, endpoint_id: int) -> HttpResponse:
    """Send nothing there any more, and forget the address."""
    endpoint = _endpoint(request, endpoint_id)
    actions.remove_endpoint(endpoint, timezone.now())
    messages.success(request, _("The address is removed."))
    return redirect("team_webhooks", endpoint.team.slug) if endpoint.team else redirect("organization_webhooks")


@require_POST
def send_webhook_again(request: SignedInRequest, delivery_id: int) -> HttpResponse:
    """Send a message once more that has ended, with the same id and body."""
    theirs = Delivery.objects.filter(endpoint__in=Endpoint.objects.editable_by(request.user))
    delivery = get_object_or_404(theirs.select_related("team", "endpoint"), pk=delivery_id)
    if actions.send_webhook_again(delivery, timezone.now()) and delivery.endpoint_id:
        deliver_to_endpoint_soon(delivery.endpoint_id)
        messages.success(request, _("It is on its way again, with the same id."))
    return redirect("webhook", delivery.endpoint_id)


def _addresses(request: SignedInRequest, team: Team | None) -> HttpResponse:
    member, secret = viewer_of(request).member, ""
    form = EndpointForm(request.POST or None, initial={"events": list(WebhookEvent)})
    if form.is_valid():
        with refusal_in(form, "url"):
            data = form.cleaned_data
            _added, secret = actions.add_endpoint(member, team, data["url"], data["events"], timezone.now())
            form = EndpointForm(initial={"events": list(WebhookEvent)})
    endpoints = Endpoint.objects.editable_by(request.user).filter(team=team).select_related("member")
    context = {"team": team, "endpoints": endpoints, "form": form, "secret": secret}
    return render(request, "webhooks/webhooks.html", context)


def _page(request: SignedInRequest, endpoint: Endpoint, **shown: Any) -> HttpResponse:
    context = {
        "team": endpoint.team,
        "endpoint": endpoint,
        "is_usable": Endpoint.objects.usable().filter(pk=endpoint.pk).exists(),
        "deliveries": endpoint.deliveries.order_by("-pk")[:SHOWN],
        "form": EventsForm(initial={"events": endpoint.events}),
        **shown,
    }
    return render(request, "webhooks/webhook.html", context)


def _endpoint(request: SignedInRequest, endpoint_id: int) -> Endpoint:
    theirs = Endpoint.objects.editable_by(request.user).select_related("organization", "team", "member")
    return get_object_or_404(theirs, pk=endpoint_id)
