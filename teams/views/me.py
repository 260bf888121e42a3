"""What members decide for themselves."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from teams.forms.people import MemberForm
from teams.views.viewer import viewer


@require_http_methods(["GET", "HEAD", "POST"])
def me(request: HttpRequest) -> HttpResponse:
    """One's name, plan, and whether one wants to see places."""
    who = viewer(request)
    form = MemberForm(request.POST or None, instance=who.member)
    if form.is_valid():
        form.save()
        messages.success(request, "Stored.")
        return redirect("me")
    return render(request, "me/me.html", {"form": form})
