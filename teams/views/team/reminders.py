"""The manager's page of reminders: when, what would go out, what went out, and the team's chats."""

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from teams.actions.messages import chats
from teams.actions.messages.deliveries import send_again
from teams.actions.reminders.forecast import forecast
from teams.actions.reminders.reminders import set_policy
from teams.actions.reminders.weekly import set_chat_weekly
from teams.forms.mail import ReminderForm, WebhookForm
from teams.models import Delivery, Team, Webhook
from teams.tasks import deliver_soon
from teams.views.shared.changes import refusal_in
from teams.views.shared.limits import limited
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import managed_team

SHOWN = 100
"""How many of the last messages the page shows."""


@require_http_methods(["GET", "HEAD", "POST"])
def reminders(request: SignedInRequest, team: str) -> HttpResponse:
    """When the team is reminded, and what that means for the next two weeks; to htmx only its chats."""
    managed = managed_team(request, team)
    if request.htmx and request.method == "GET":
        return render(request, "team/reminders/_chats.html", {"team": managed, "tested_chats": _tested_chats(managed)})
    form = ReminderForm(request.POST or None, instance=managed)
    if form.is_valid():
        set_policy(managed)
        messages.success(request, _("Saved."))
        return redirect("reminders", managed.slug)
    return _page(request, managed, form=form) if form.is_bound else _page(request, managed)


@require_POST
def deliver_again(request: SignedInRequest, delivery_id: int) -> HttpResponse:
    """Send a message once more that failed, or of which nobody knows."""
    delivery = get_object_or_404(Delivery.objects.visible_to(request.user).select_related("team"), pk=delivery_id)
    if send_again(delivery, timezone.now()):
        messages.success(request, _("It goes out within five minutes, unless it is no longer true."))
    return redirect("reminders", delivery.team.slug)


@require_POST
def add_chat(request: SignedInRequest, team: str) -> HttpResponse:
    """A chat for the team, or another address for the one it has."""
    managed = managed_team(request, team)
    form = WebhookForm(request.POST)
    if form.is_valid():
        with refusal_in(form, "url"):
            chat = chats.set_up_chat(managed, form.cleaned_data["service"], form.cleaned_data["url"])
            messages.success(request, _("%(chat)s is set up. Send a test to see whether it works.") % {"chat": chat})
            return redirect("reminders", managed.slug)
    return _page(request, managed, chat_form=form)


@require_POST
@limited("try_chat")
def try_chat(request: SignedInRequest, webhook_id: int) -> HttpResponse:
    """Have a worker post a test; the page shows what the other side answered when it has."""
    chat = _chat(request, webhook_id)
    deliver_soon([chats.try_chat(chat, timezone.now()).pk])
    return redirect(f"{reverse('reminders', args=[chat.team.slug])}#chats")


@require_POST
def choose_weekly(request: SignedInRequest, webhook_id: int) -> HttpResponse:
    """Have each week posted there on Monday (`weekly=yes`), or no more."""
    chat, wanted = _chat(request, webhook_id), request.POST.get("weekly") == "yes"
    set_chat_weekly(chat, wanted=wanted)
    sentence = (
        _("The week is posted to %(chat)s on Mondays.") if wanted else _("The week is posted to %(chat)s no more.")
    )
    messages.success(request, sentence % {"chat": chat})
    return redirect("reminders", chat.team.slug)


@require_POST
def remove_chat(request: SignedInRequest, webhook_id: int) -> HttpResponse:
    """Remove one of a team's chats: nothing is posted there any more."""
    chat = _chat(request, webhook_id)
    chats.remove_chat(chat)
    messages.success(request, _("%(chat)s is removed.") % {"chat": chat})
    return redirect("reminders", chat.team.slug)


def _chat(request: SignedInRequest, webhook_id: int) -> Webhook:
    chats_managed = Webhook.objects.active().filter(team__in=Team.objects.managed_by(request.user))
    return get_object_or_404(chats_managed.select_related("team"), pk=webhook_id)


def _tested_chats(team: Team) -> list[tuple[Webhook, Delivery | None]]:
    """The team's chats, each with its last test, if any."""
    chats = list(team.webhooks.active())
    tests = team.deliveries.last_tests() if chats else {}
    return [(chat, tests.get(chat.pk)) for chat in chats]


def _page(request: SignedInRequest, managed: Team, **forms: BaseForm) -> HttpResponse:
    """The page, with whatever form has errors. What it forecasts is what is stored, not what was typed."""
    stored = Team.objects.select_related("organization").get(pk=managed.pk) if "form" in forms else managed
    deliveries = stored.deliveries.filter(endpoint=None).select_related("member", "webhook")
    tested_chats = _tested_chats(stored)
    context = {
        "team": stored,
        "form": ReminderForm(instance=stored),
        "chat_form": WebhookForm(),
        "chats": [chat for chat, _test in tested_chats],
        "tested_chats": tested_chats,
        "planned": forecast(stored, timezone.now()),
        "unsettled": deliveries.unsettled()[:SHOWN],
        "deliveries": deliveries.exclude(state__in=["uncertain", "failed"])[:SHOWN],
        **forms,
    }
    return render(request, "team/reminders/reminders.html", context)
