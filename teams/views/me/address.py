"""Another address to sign in with: asking for it, and the page of the link that is mailed to it."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from teams.actions.people import addresses
from teams.forms.people import AddressForm
from teams.rules.errors import Refused
from teams.views.shared.limits import limited
from teams.views.shared.requests import Request, SignedInRequest


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@limited("change_address")
def change_address(request: SignedInRequest) -> HttpResponse:
    """Ask for another address with one's password: a link goes there, word of it to the address as it is."""
    form = AddressForm(request.POST or None, email=request.user.email)
    if form.is_valid() and _is_their_password(request, form):
        _mail(request, form.cleaned_data["email"])
        sentence = _("A link is on its way to %(email)s. Until you open it, everything stays as it is.")
        messages.success(request, sentence % {"email": form.cleaned_data["email"]})
        return redirect("change_address")
    context = {"form": form, "address": request.user.email, "has_password": request.user.has_usable_password()}
    return render(request, "me/address.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@limited("invitation")
def confirm_address(request: Request, token: str) -> HttpResponse:
    """Ask before the new address is the one to sign in with. A link that does not work says so, and nothing else."""
    change = addresses.open_change(token)
    if change is None:
        return render(request, "me/address_dead.html", status=404)
    if request.method != "POST":
        return render(request, "me/address_confirm.html", {"change": change})
    try:
        user = addresses.change_address(token)
    except Refused:
        return render(request, "me/address_dead.html", status=404)
    if request.user == user:
        update_session_auth_hash(request, user)
    old = {"user": user, "email": user.email}
    get_adapter(request).send_mail("account/email/address_changed", change.user.email, old)
    messages.success(request, _("From now on you sign in with %(email)s.") % old)
    return redirect("today" if request.user == user else "account_login")


def _is_their_password(request: SignedInRequest, form: AddressForm) -> bool:
    try:
        if get_adapter(request).reauthenticate(request.user, form.cleaned_data["password"]):
            return True
    except ValidationError as too_many:
        form.add_error(None, too_many.messages)
        return False
    form.add_error("password", _("This is not your password. Type the one that you sign in with."))
    return False


def _mail(request: SignedInRequest, email: str) -> None:
    """The link to the new address, unless somebody else has it, who is told; and word of it to the old one."""
    adapter, user = get_adapter(request), request.user
    if addresses.is_taken(user, email):
        adapter.send_mail("account/email/address_taken", email, {})
    else:
        signed_values = {"user": user, "rests_on": addresses.ask(user)}
        adapter.send_mail("account/email/address_confirm", email, signed_values)
    adapter.send_mail("account/email/address_asked", user.email, {"user": user, "email": email})
