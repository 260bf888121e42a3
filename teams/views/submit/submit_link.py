"""The form that a reminder's link opens: for one member and one month, without signing in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import activate
from django.views.decorators.http import require_http_methods

from teams.actions.messages.links import open_submission_link
from teams.forms.submission import SubmissionForm, filled_in, marked, read
from teams.models import Submission, SubmissionLink
from teams.views.shared.limits import limited
from teams.views.shared.requests import Request
from teams.views.shared.unlogged import unlogged
from teams.views.submit.submit import stored


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("submission_link")
def submit_link(request: Request, token: str) -> HttpResponse:
    """Only the form and the member's own name; nothing that is stored can be read here. Opening changes nothing."""
    link = open_submission_link(token, timezone.now())
    if link is None:
        return _dead(request)
    activate(link.member.speaks)
    if "stored" in request.GET:
        return render(request, "submit/link_done.html", {"month": link.month})
    reading, initial = None, {"taken_on": link.member.organization.today()}
    if request.method != "POST":
        form = SubmissionForm(initial=initial)
    elif "read" in request.POST:
        reading = read(request.POST)
        form = SubmissionForm(initial=initial | request.POST.dict() | filled_in(reading, request.POST))
    else:
        form = SubmissionForm(request.POST)
        if form.is_valid() and stored(form, _submission(form, link)):
            return redirect(f"{reverse('submit_link', args=[token])}?stored")
    context = {
        "form": form,
        "reading": reading,
        "doubtful": marked(form, reading),
        "pasted": request.POST.get("pasted", ""),
        "words": request.POST.get("words", ""),
        "member": link.member,
        "month": link.month,
        "linked": True,
    }
    return render(request, "submit/link.html", context)


def _submission(form: SubmissionForm, link: SubmissionLink) -> Submission:
    """The member's own reading, for the link's month whatever was typed."""
    submission = form.submission(link.member, link.member)
    submission.month = link.month
    return submission


def _dead(request: Request) -> HttpResponse:
    """The same page for every link that is not open."""
    return unlogged(render(request, "submit/link_dead.html", status=404))
