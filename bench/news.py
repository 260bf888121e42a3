"""Asking for news while nothing changes: what every open board and every wall does every three seconds."""

import re
from collections.abc import Callable, Iterator

from bench.compare import Comparison
from bench.load import get, text
from bench.site import Site, Web
from bench.world import Ranked, make_ranked, session_of

LIMIT = "a view behind no middleware that answers a constant 204"
TEAMS = 20


def comparisons(site: Site) -> Iterator[Comparison]:
    teams = [make_ranked(f"Team{number}") for number in range(TEAMS)]
    web = site.web()
    limit = site.limit("bench.bare")

    def at_the_limit() -> float:
        return limit.answers([get("/empty/")], status=204)

    for what, question in [
        ("Open boards that ask for news", board_question),
        ("Walls that ask for news", wall_question),
    ]:

        def answers(question: Callable[[Web, Ranked], bytes] = question) -> float:
            questions = [question(web, each) for each in teams]  # anew: keys get old, and each hour has a version
            return web.answers(questions, status=204)

        yield Comparison(
            what, limit=LIMIT, unit="answers/s of a core", goal=0.8, measure=answers, measure_limit=at_the_limit
        )


def board_question(web: Web, ranked: Ranked) -> bytes:
    """What the open board of a rep asks, with the version that it has."""
    page = text(web.port, get(f"/board/{ranked.team.slug}/", cookie=session_of(ranked.reps[0])))
    address = re.search(r'hx-get="(/news/[^"]+)"', page)[1]
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    return get(f"{address}?version={version}", hx_request="true")


def wall_question(web: Web, ranked: Ranked) -> bytes:
    """What the team's wall asks, with the version that it has."""
    cookie = f"display={ranked.token}"
    page = text(web.port, get("/display/", cookie=cookie))
    address = re.search(r'data-news="(/display/[^"]+)"', page)[1].replace("&amp;", "&")
    return get(address, cookie=cookie, hx_request="true")
