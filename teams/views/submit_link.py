"""The form that a reminder's link opens: for one member and one month, without signing in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from teams.actions import submissions
from teams.actions.links import open_submission_link
from teams.actions.refusals import Refused
from teams.forms.submission import SubmissionForm, filled_in
from teams.models import SubmissionLink
from teams.rules.paste import parse
from teams.tasks import nudge


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def submit_link(request: HttpRequest, token: str) -> HttpResponse:
    """Only the form and the member's own name; nothing that is stored can be read here. Opening changes nothing."""
    link = open_submission_link(token, timezone.now())
    if link is None:
        return _dead(request)
    if "stored" in request.GET:
        return render(request, "submit/link_done.html", {"month": link.month})
    reading, initial = None, {"taken_on": link.member.organization.today()}
    if request.method != "POST":
        form = SubmissionForm(initial=initial)
    elif "read" in request.POST:
        pasted = request.POST.get("pasted", "")
        reading = parse(pasted)
        form = SubmissionForm(initial=initial | request.POST.dict() | filled_in(reading, pasted))
    else:
        form = SubmissionForm(request.POST)
        if form.is_valid() and _stored(form, link):
            return redirect(f"{reverse('submit_link', args=[token])}?stored")
    context = {
        "form": form,
        "reading": reading,
        "unsure": dict.fromkeys(reading.unsure, True) if reading else {},
        "pasted": request.POST.get("pasted", ""),
        "member": link.member,
        "month": link.month,
        "linked": True,
    }
    return render(request, "submit/link.html", context)


def _stored(form: SubmissionForm, link: SubmissionLink) -> bool:
    """Whether the reading is stored now, for the link's month whatever was typed; else the form says why."""
    submission = form.submission(link.member, link.member)
    submission.month = link.month
    try:
        stored = submissions.submit(submission)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    nudge(stored.boards)
    return True


def _dead(request: HttpRequest) -> HttpResponse:
    """The same page for every link that is not open. Marked as logged, so that no address with a token is."""
    response = render(request, "submit/link_dead.html", status=404)
    response._has_been_logged = True
    return response
