"""Who asks: the member whose token was sent, as if they had signed in, with no more than the token is for."""

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from teams.actions import api_tokens
from teams.actions.audit import act_as
from teams.actions.limits import are_within
from teams.api.problems import Problem
from teams.models import ApiToken
from teams.queries.people.viewer import Viewer
from teams.rules.api import PER_MINUTE, Scope


class ApiRequest(HttpRequest):
    """A request with a token."""

    token: ApiToken
    viewer: Viewer


class Bearer(HttpBearer):
    """Let in whoever sends a token with this scope."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """The token; None for one that opens nothing. Problem where it is for something else, or asks too often."""
        now = timezone.now()
        usable = ApiToken.objects.usable(now).holding(token)
        token_row = usable.select_related("member__user", "member__organization").first()
        if token_row is None or token_row.member.user is None:
            return None
        if not are_within({f"api.{token_row.pk}": (PER_MINUTE, 60)}):
            detail = _("A token may ask %(most)d times a minute. Wait a minute.") % {"most": PER_MINUTE}
            raise Problem(429, "too-many", detail, {"Retry-After": "60"})
        if self.scope not in token_row.scopes:
            detail = _("This token is not for that: it lacks the scope “%(scope)s”.") % {"scope": self.scope}
            raise Problem(403, "scope", detail)
        api_tokens.note_use(token_row, now)
        act_as(token_row.member.user)
        request.user = token_row.member.user
        request.token = token_row  # type: ignore[attr-defined]  # an ApiRequest from here on
        request.viewer = Viewer(token_row.member.user, token_row.member)  # type: ignore[attr-defined]
        return token_row
