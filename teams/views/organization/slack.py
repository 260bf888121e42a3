"""Slack for an admin: the manifest to copy, and the signing secret, which is never shown again."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from teams.actions.slack import remove_slack, save_signing_secret
from teams.forms.slack import SigningSecretForm
from teams.models import SlackApp, SlackUser
from teams.slack.manifest import manifest
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def slack_settings(request: SignedInRequest) -> HttpResponse:
    """How the company's own app in Slack is made, and whether it is."""
    viewer = viewer_of(request)
    if not viewer.member.is_admin:
        raise Http404
    organization = viewer.organization
    if "remove" in request.POST:
        remove_slack(organization, viewer.member)
        messages.success(request, _("Slack is removed: its commands get no answer any more."))
        return redirect("slack_settings")
    form = SigningSecretForm(request.POST or None)
    if form.is_valid():
        save_signing_secret(organization, form.cleaned_data["signing_secret"], viewer.member)
        messages.success(request, _("Saved. Write /ssi in Slack to try it."))
        return redirect("slack_settings")
    context = {
        "form": form,
        "manifest": manifest(organization),
        "app": SlackApp.objects.filter(organization=organization).first(),
        "users": SlackUser.objects.filter(app__organization=organization).count(),
    }
    return render(request, "organization/slack.html", context)
