"""The log: who did what, to whom, when and from where; for a team's managers, and for admins of all teams."""

from collections.abc import Iterable

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from teams.actions import exports
from teams.actions.audit import record
from teams.forms.audit import LogForm
from teams.models import Act, AuditEntry, Organization, Team
from teams.models.audit import AuditQuerySet
from teams.views.shared.limits import limited, taken_out
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import managed_team, viewer_of

ROWS_A_PAGE = 50


@require_safe
@limited("export", when=taken_out)
def team_log(request: SignedInRequest, team: str) -> HttpResponseBase:
    """What was done in a team; with `as=csv` the whole of it as a file."""
    managed = managed_team(request, team)
    entries = AuditEntry.objects.visible_to(request.user).filter(team=managed)
    return _log(request, entries, managed.organization, managed)


@require_safe
@limited("export", when=taken_out)
def organization_log(request: SignedInRequest) -> HttpResponseBase:
    """What was done in the organization, for its admins."""
    viewer = viewer_of(request)
    if not viewer.member.is_admin:
        raise Http404
    return _log(request, AuditEntry.objects.visible_to(request.user), viewer.organization)


def _log(
    request: SignedInRequest, entries: AuditQuerySet, organization: Organization, team: Team | None = None
) -> HttpResponseBase:
    form = LogForm(request.GET)
    filtered_entries = form.filtered(entries).for_pages()
    if request.GET.get("as") == "csv":
        return _download(exports.as_csv(exports.audit_rows(filtered_entries)), organization, team)
    rows = list(filtered_entries[: ROWS_A_PAGE + 1])
    context = {
        "form": form,
        "team": team,
        "organization": organization,
        "entries": rows[:ROWS_A_PAGE],
        "older": form.query(before=rows[ROWS_A_PAGE - 1].pk) if len(rows) > ROWS_A_PAGE else "",
        "newest": form.query() if "before" in request.GET else "",
        "file": form.query(**{"as": "csv"}),
    }
    return render(request, "organization/log/log.html", context)


def _download(
    lines: Iterable[str], organization: Organization, team: Team | None
) -> HttpResponse | StreamingHttpResponse:
    record(Act.LOG_EXPORTED, teams=[team] if team else [], organization=organization)
    headers = {"Content-Disposition": f'attachment; filename="{team.slug if team else "organization"}-log.csv"'}
    return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)
