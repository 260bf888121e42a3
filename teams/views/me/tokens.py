"""One's tokens of the API, for admins the company's too: making one, which is shown once, and ending one."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from teams.actions import api_tokens as actions
from teams.forms.tokens import SCOPES, TokenForm
from teams.models import ApiToken, SlackUser
from teams.views.shared.changes import refusal_in
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: SignedInRequest) -> HttpResponse:
    """Those that are there, and a form for one more; a new one's secret is in the answer to the form alone."""
    member, now = viewer_of(request).member, timezone.now()
    form = TokenForm(request.POST or None, member=member)
    secret = ""
    if form.is_valid():
        with refusal_in(form):
            _token, secret = actions.make_token(member, **form.given(now))
            form = TokenForm(member=member)
    open_tokens = ApiToken.objects.editable_by(request.user).filter(ended_at=None, expires_at__gt=now)
    labels = dict(SCOPES)
    rows = [(token, [labels[scope] for scope in token.scopes]) for token in open_tokens]
    context = {"form": form, "secret": secret, "rows": rows, "slack_users": SlackUser.objects.of(request.user)}
    return render(request, "me/tokens.html", context)


@require_POST
def end_token(request: SignedInRequest, token_id: int) -> HttpResponse:
    """It opens nothing from now on."""
    token = get_object_or_404(ApiToken.objects.editable_by(request.user), pk=token_id)
    actions.end_token(token, viewer_of(request).member, timezone.now())
    return redirect("tokens")
