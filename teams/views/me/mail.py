"""What members want to get by mail, and the way off a list that needs no sign-in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import activate
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from teams.actions.messages import links
from teams.actions.reminders.reminders import set_zone
from teams.forms.mail import MailForm
from teams.models import Topic
from teams.views.shared.requests import Request, SignedInRequest
from teams.views.shared.viewer import viewer_of


@require_http_methods(["GET", "HEAD", "POST"])
def mail_settings(request: SignedInRequest) -> HttpResponse:
    """Which topics one gets by mail, and in which zone one's day begins."""
    member = viewer_of(request).member
    unwanted = set(member.unsubscriptions.values_list("topic", flat=True))
    unwanted |= set() if member.wants_weekly else {Topic.WEEKLY.value}
    initial = {"topics": [topic for topic in Topic if topic not in unwanted], "time_zone": member.time_zone}
    form = MailForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        links.choose_topics(member, form.cleaned_data["topics"])
        set_zone(member, form.cleaned_data["time_zone"])
        messages.success(request, _("Saved."))
        return redirect("mail_settings")
    return render(request, "me/mail.html", {"form": form, "address": request.user.email})


@require_POST
def end_links(request: SignedInRequest) -> HttpResponse:
    """The links in one's own mails open no form any more."""
    links.end_submission_links(viewer_of(request).member)
    messages.success(request, _("The links are ended. The next reminder brings a new one."))
    return redirect("mail_settings")


@login_not_required
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: Request, token: str) -> HttpResponse:
    """Asks first when it is opened; a post does it at once, as mail programs do for their reader (RFC 8058)."""
    unsubscriber = links.unsubscriber(token)
    if unsubscriber is None:
        raise Http404
    activate(unsubscriber.member.speaks)
    if request.method == "POST":
        links.unsubscribe(unsubscriber.member, *unsubscriber.topics)
    labels = " · ".join(str(topic.label) for topic in unsubscriber.topics)
    return render(request, "me/unsubscribe.html", {"label": labels, "done": request.method == "POST"})
