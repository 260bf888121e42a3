"""Thanks: to a colleague for help, and a manager's word after a closing."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from teams.actions.thanks import agree, put_words_away, take_down, thank, thank_after_closing
from teams.forms.thanks import ThanksForm, WordForm
from teams.models import Team, Thanks
from teams.queries.thanks import colleagues, offers
from teams.rules.errors import Refused
from teams.rules.months import Month
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer_of

SHOWN = 20
"""How many of each a page shows."""


@require_http_methods(["GET", "HEAD", "POST"])
def thanks(request: SignedInRequest) -> HttpResponse:
    """What somebody got and wrote, and a form to write to one of their teams; `to` chooses whom."""
    member = viewer_of(request).member
    people = colleagues(member)
    form = ThanksForm(request.POST or None, colleagues=people, initial={"to": request.GET.get("to", "")})
    if form.is_valid():
        receiver = next(each for each in people if str(each.pk) == form.cleaned_data["to"])
        try:
            thank(member, receiver, form.cleaned_data["text"], timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("%(name)s has your thanks.") % {"name": receiver})
            return redirect("thanks")
    context = {
        "form": form if people else None,
        "received": Thanks.objects.standing().filter(receiver=member)[:SHOWN],
        "given": Thanks.objects.standing().filter(giver=member)[:SHOWN],
    }
    return render(request, "thanks/thanks.html", context)


@require_POST
def agree_to_thanks(request: SignedInRequest, thanks_id: int) -> HttpResponse:
    """Have what somebody got stand on the board."""
    got = get_object_or_404(Thanks.objects.standing().filter(receiver__user=request.user), pk=thanks_id)
    agree(got, timezone.now())
    messages.success(request, _("It stands on the board for a month."))
    return redirect("thanks")


@require_POST
def take_thanks_down(request: SignedInRequest, thanks_id: int) -> HttpResponse:
    """Taken down by whoever wrote or got it; what stands on a board, by whoever manages the team."""
    found = get_object_or_404(Thanks.objects.removable_by(request.user).select_related("team"), pk=thanks_id)
    member = viewer_of(request).member
    take_down(found, member, timezone.now())
    messages.success(request, _("Taken down."))
    is_own = member.pk in (found.giver_id, found.receiver_id)
    return redirect("thanks") if is_own else redirect("board", found.team.slug)


@require_POST
def thank_for_month(request: SignedInRequest, team: str, month: Month, member_id: int) -> HttpResponse:
    """A manager's word to one of those to whom it is offered after a closing."""
    viewer, now = viewer_of(request), timezone.now()
    managed = get_object_or_404(Team.objects.managed_by(viewer.user), slug=team)
    offered = {(each.board.month, each.row.member.pk): each for each in offers([managed], viewer.member, now)}
    offer = offered.get((month, member_id))
    if offer is None:
        raise Http404
    form = WordForm(request.POST)
    if form.is_valid():
        receiver = managed.organization.members.get(pk=member_id)
        thank_after_closing(offer.board, viewer.member, receiver, form.cleaned_data["text"], now)
        messages.success(request, _("%(name)s has your word.") % {"name": receiver})
    else:
        messages.error(request, _("Write what for, in a sentence."))
    return redirect("today")


@require_POST
def put_offered_words_away(request: SignedInRequest) -> HttpResponse:
    """No word is offered on one's own Today until a month is closed again."""
    put_words_away(viewer_of(request).member, timezone.now())
    return redirect("today")
