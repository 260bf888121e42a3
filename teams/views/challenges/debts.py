"""What is owed: to me, and by me."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from teams.actions.challenges.settling import close_debt
from teams.models import Debt
from teams.views.shared.requests import SignedInRequest

DONE_SHOWN = 10


@require_safe
def debts(request: SignedInRequest) -> HttpResponse:
    """Open debts first, then the last that were settled or forgiven."""
    own_debts = Debt.objects.of(request.user).filter(lapsed_at=None)
    own_debts = own_debts.select_related("settlement__challenge", "debtor__user", "creditor__user")
    context = {
        "to_me": own_debts.open().filter(creditor__user=request.user),
        "by_me": own_debts.open().filter(debtor__user=request.user),
        "done": (own_debts.exclude(settled_at=None) | own_debts.exclude(forgiven_at=None))[:DONE_SHOWN],
    }
    return render(request, "challenges/debts.html", context)


@require_POST
def end_debt(request: SignedInRequest, debt_id: int) -> HttpResponse:
    """Tick it, or forgive it (`forgive=yes`); only whoever is owed may."""
    debt = get_object_or_404(Debt.objects.owed_to(request.user).select_related("debtor"), pk=debt_id, lapsed_at=None)
    forgiven = request.POST.get("forgive") == "yes"
    close_debt(debt, timezone.now(), forgiven=forgiven)
    messages.success(
        request, _("Forgiven. %(debtor)s owes you nothing.") % {"debtor": debt.debtor} if forgiven else _("Settled.")
    )
    return redirect("debts")
