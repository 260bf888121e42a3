"""What a share link opens: a wall's figures, without a cookie, in the pages of listed hosts alone."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.utils import timezone

from teams.actions.boards.ranking import rank_stale_boards
from teams.models import ShareLink
from tests.makers import make_rep, make_share_link, make_team
from tests.pages.reading import markup

TOKEN = "s" * 43
SHARED, EMBEDDED = f"/share/{TOKEN}/", f"/share/{TOKEN}/embed/"


@pytest.fixture
def link(world):
    """Six are in, so that the upper half are three; walls show Fay's initials, and nothing of Dora."""
    make_rep(world.north, "Cleo", total=70)
    make_rep(world.north, "Dora", total=66, wall_name="out")
    make_rep(world.north, "Fay Lee", total=64, wall_name="initials")
    make_rep(world.north, "Emil", total=30)
    rank_stale_boards()
    ShareLink.objects.all().delete()
    return make_share_link(world.north, world.grace, token=TOKEN)


def text_of(response):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def names_on(response):
    return [name for name in ("Cleo", "Dora", "F. L.", "Fay", "Ada", "Ben", "Emil") if name in text_of(response)]


def test_it_shows_the_upper_half_as_a_wall_names_people_and_the_goal_and_when(link, browse):
    response = browse().get(SHARED)

    page = text_of(response)
    assert (response.status_code, names_on(response)) == (200, ["Cleo", "F. L."])
    assert [words in page for words in ("6 of 6 in", "Target", "As of")] == [True, True, True]


def test_for_the_goal_alone_it_names_nobody(link, browse):
    ShareLink.objects.update(shows_standings=False)

    response = browse().get(SHARED)

    assert (names_on(response), "6 of 6 in" in text_of(response)) == ([], True)
    assert "<table" not in markup(response)


@pytest.mark.parametrize("setting", ["own", "none"])
def test_where_not_everybody_sees_all_places_it_names_nobody(link, world, browse, setting):
    world.acme.rank_visibility = setting
    world.acme.save()

    response = browse().get(SHARED)

    assert (names_on(response), "6 of 6 in" in text_of(response)) == ([], True)


def test_it_sets_no_cookie_runs_no_script_and_tells_no_other_site_its_address(link, world, browse):
    grace = browse(world.grace)
    asked = [browse().get(SHARED), browse().get(EMBEDDED), grace.get(SHARED)]

    for response in asked:
        assert (response.status_code, dict(response.cookies), "<script" in markup(response)) == (200, {}, False)
        assert "script-src" not in response.headers["Content-Security-Policy"]
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.headers["Cache-Control"] == "no-store"
    assert "Grace" not in text_of(asked[2])


def framed_by(response):
    policy = response.headers["Content-Security-Policy"].split("; ")
    ancestors = [part for part in policy if part.startswith("frame-ancestors")]
    return ancestors, response.headers.get("X-Frame-Options")


def test_only_listed_hosts_hold_it_in_a_page_of_theirs_and_only_at_its_own_address(link, world, browse, settings):
    settings.LOCAL = False
    before = browse().get(EMBEDDED, secure=True)
    world.acme.embed_hosts = ["intranet.example.com", "wiki.example.com:8443"]
    world.acme.save()

    after = [browse().get(address, secure=True) for address in (EMBEDDED, SHARED, "/help/")]

    listed = ["frame-ancestors https://intranet.example.com https://wiki.example.com:8443"]
    assert framed_by(before) == (["frame-ancestors 'none'"], None)
    assert [framed_by(response) for response in after] == [
        (listed, None),
        (["frame-ancestors 'none'"], "DENY"),
        (["frame-ancestors 'none'"], "DENY"),
    ]


def test_one_that_ended_says_so_and_nothing_of_the_team(link, browse):
    ShareLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    answers = [browse().get(address) for address in (SHARED, EMBEDDED, f"/share/{'n' * 43}/")]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert {("This link has ended" in text_of(answer), "North" in text_of(answer)) for answer in answers} == {
        (True, False)
    }


def test_a_manager_makes_one_and_its_address_is_shown_once(world, browse):
    grace = browse(world.grace)
    ShareLink.objects.all().delete()

    made = text_of(grace.post("/team/north/share/", {"name": "Intranet", "shows_standings": "on", "days": "90"}))

    address = next(word for word in made.split() if "/share/" in word)
    token = address.split("/share/")[1].strip("/")
    assert list(ShareLink.objects.holding(token)) == [ShareLink.objects.get(name="Intranet", shows_standings=True)]
    assert browse().get(f"/share/{token}/").status_code == 200
    assert token not in text_of(grace.get("/team/north/share/"))


def test_with_a_listed_host_the_address_comes_with_what_its_page_needs(world, browse):
    world.acme.embed_hosts = ["intranet.example.com"]
    world.acme.save()

    renewed = browse(world.grace).post(f"/share-links/{world.share.pk}/renew/").content.decode()

    assert "For a page of intranet.example.com" in renewed
    assert "&lt;iframe src=&quot;http" in renewed
    assert "/embed/&quot; title=&quot;North&quot;" in renewed
    assert "<iframe" not in renewed


def test_an_admin_lists_the_hosts(world, browse):
    alan = browse(world.alan)
    settings = {name: getattr(world.acme, name) for name in ("name", "language", "time_zone", "rank_visibility")}
    settings |= {"wall_names": "name", "wall_rows": 8, "closing_workday": 3, "closing_hour": 18, "retention_months": 36}

    refused = alan.post("/organization/settings/", settings | {"embed_hosts": "a.example; script-src *"})
    taken = alan.post("/organization/settings/", settings | {"embed_hosts": "https://intranet.example.com/sales\n"})

    world.acme.refresh_from_db()
    assert "“a.example; script-src *” is no host." in text_of(refused)
    assert (taken.status_code, world.acme.embed_hosts) == (302, ["intranet.example.com"])


def test_two_teams_are_two_links(link, world, browse):
    make_share_link(make_team("West", world.acme), world.alan, token="w" * 43)

    response = browse().get(f"/share/{'w' * 43}/")

    assert (names_on(response), "North" in text_of(response)) == ([], False)
