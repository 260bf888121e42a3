"""Taking a team's data out: its board, every submission, its members, as csv and xlsx."""

from collections.abc import Callable

from django.http import FileResponse, Http404, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from teams.actions import exports
from teams.actions.audit import record
from teams.models import Act, Team
from teams.rules.months import Month
from teams.views.shared.limits import limited, taken_out
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import managed_team

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TABLES: dict[str, Callable[[Team], exports.Table]] = {
    "submissions": exports.submission_rows,
    "months": exports.month_rows,
    "figures": exports.figure_rows,
    "members": exports.member_rows,
}
TITLES = {
    "board": _("Board"),
    "submissions": _("Scores"),
    "months": _("Scores by month"),
    "figures": _("Business figures"),
    "members": _("Members"),
}


@require_safe
@limited("export", when=taken_out)
def export(request: SignedInRequest, team: str) -> HttpResponseBase:
    """What may be taken out; with `what` and `as` the file itself."""
    managed = managed_team(request, team)
    month = _month(request, managed)
    what = request.GET.get("what")
    if what is None:
        months = managed.boards.order_by("-month").values_list("month", flat=True)
        return render(request, "team/export/export.html", {"team": managed, "month": month, "months": months})
    if what not in (*TABLES, "board") or request.GET.get("as") not in ("csv", "xlsx"):
        raise Http404
    rows = exports.board_rows(managed, month) if what == "board" else TABLES[what](managed)
    name = f"{managed.slug}-{month if what == 'board' else what}.{request.GET['as']}"
    record(Act.EXPORTED, teams=[managed], file=name)
    if request.GET["as"] == "xlsx":
        file = exports.as_xlsx(rows, str(TITLES[what]))
        return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(exports.as_csv(rows), content_type=exports.CSV, headers=headers)


def _month(request: SignedInRequest, team: Team) -> Month:
    try:
        return Month.parse(request.GET.get("month", "") or str(Month.of(team.organization.today())))
    except ValueError:
        raise Http404 from None
