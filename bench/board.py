"""The board page of somebody who is signed in: unchanged, and the first time after a change."""

from collections.abc import Iterator

from bench.compare import Comparison
from bench.load import get, text
from bench.site import Site
from bench.world import make_ranked, session_of

TEAMS = 4


def comparisons(site: Site) -> Iterator[Comparison]:
    teams = [make_ranked(f"Team{number}") for number in range(TEAMS)]
    web = site.web()
    pages = [get(f"/board/{each.team.slug}/", cookie=session_of(rep)) for each in teams for rep in each.reps[:4]]
    page = site.var / "page.html"
    page.write_text(text(web.port, pages[0]))
    limit = site.limit("bench.limits", PAGE=str(page))
    constant = [page.replace(b"/board/team", b"/page/?team") for page in pages]
    yield Comparison(
        what="Board page, signed in, unchanged",
        limit="a constant page of the same bytes behind the same middleware",
        unit="answers/s of a core",
        goal=0.75,
        measure=lambda: web.answers(pages),
        measure_limit=lambda: limit.answers(constant),
    )
