"""Thanks: to a colleague for help, and a manager's word after a closing."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from teams.actions.thanks import dismiss_thanks_suggestions, publish_on_board, take_down, thank, thank_after_closing
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
    """Publish a thanks that one got on the board."""
    received = get_object_or_404(Thanks.objects.standing().filter(receiver__user=request.user), pk=thanks_id)
    publish_on_board(received, timezone.now())
    messages.success(request, _("It stands on the board for a month."))
    return redirect("thanks")


@require_POST
def take_thanks_down(request: SignedInRequest, thanks_id: int) -> HttpResponse:
    """Take a thanks down, as whoever wrote or got it, or as a manager of the team where it stands on the board."""
    thanks = get_object_or_404(Thanks.objects.removable_by(request.user).select_related("team"), pk=thanks_id)
    member = viewer_of(request).member
    take_down(thanks, member, timezone.now())
    messages.success(request, _("Taken down."))
    is_own = member.pk in (thanks.giver_id, thanks.receiver_id)
    return redirect("thanks") if is_own else redirect("board", thanks.team.slug)


@require_POST
def thank_for_month(request: SignedInRequest, team: str, month: Month, member_id: int) -> HttpResponse:
    """Send a manager's thanks to one of those who are suggested after a closing."""
    viewer, now = viewer_of(request), timezone.now()
    managed = get_object_or_404(Team.objects.managed_by(viewer.user), slug=team)
    offer_by_rep = {(each.board.month, each.row.member.pk): each for each in offers([managed], viewer.member, now)}
    offer = offer_by_rep.get((month, member_id))
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
    """Suggest no thanks on one's own Today until a month is closed again."""
    dismiss_thanks_suggestions(viewer_of(request).member, timezone.now())
    return redirect("today")
