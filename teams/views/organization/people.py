"""Everybody of the company, for its admins to find one by name or address."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from teams.forms.people import SearchForm
from teams.models import Erasure, Membership, Merge
from teams.models.people.members import called
from teams.views.shared.id_params import number
from teams.views.shared.requests import SignedInRequest
from teams.views.shared.viewer import viewer_of

ROWS_A_PAGE = 50
LAST_PAGE = 10_000
MERGED = Exists(Merge.objects.filter(gone=OuterRef("pk")))
ERASED = Exists(Erasure.objects.filter(member=OuterRef("pk"), done_at__isnull=False))
"""Who is nobody's to find; asked so that PostgreSQL takes members in the order of names until a page is full."""


@require_safe
@vary_on_headers("HX-Request")
def people(request: SignedInRequest) -> HttpResponse:
    """A page of people by name, in one query; the only one who is looked for opens at once."""
    viewer = viewer_of(request)
    if not viewer.member.is_admin:
        raise Http404
    search = SearchForm(request.GET)
    page = min(max(number(request.GET.get("page", "")) or 1, 1), LAST_PAGE)
    first = (page - 1) * ROWS_A_PAGE
    teams = Membership.objects.active().filter(member=OuterRef("pk")).order_by("team__name").values("team__name")
    everybody = viewer.organization.members.filter(~MERGED, ~ERASED, called(search.words()))
    named = everybody.select_related("user").annotate(team_names=ArraySubquery(teams))
    page_and_one_more = list(named.order_by("name__alphabetical", "pk")[first : first + ROWS_A_PAGE + 1])
    if search.words() and len(page_and_one_more) == page == 1 and not request.htmx:
        return redirect("rep", page_and_one_more[0].pk)
    context = {
        "search": search,
        "people": page_and_one_more[:ROWS_A_PAGE],
        "earlier": page - 1,
        "later": page + 1 if len(page_and_one_more) > ROWS_A_PAGE else 0,
    }
    return render(request, "organization/_found.html" if request.htmx else "organization/people.html", context)
