"""Figures of others, wherever they stand: whoever may not see them finds none, at no address, in no mail and no chat.

Each person's figures are numbers that nobody else has, above all that clocks and calendars say.
"""

import re
from datetime import datetime, time, timedelta
from decimal import Decimal
from html import unescape
from itertools import product
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.db import transaction
from django.urls import get_resolver
from django.utils import timezone

from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.challenges import settling
from teams.actions.challenges.news import tell_challenge_news
from teams.actions.messages.news import tell_news
from teams.actions.months.closing import close_month
from teams.models import Board, Challenge, Delivery, Entry, Goal, Member, Submission
from teams.rules.measure import Pillar
from tests.makers import (
    accept,
    make_admin,
    make_challenge,
    make_chat,
    make_display,
    make_goal,
    make_manager,
    make_organization,
    make_rep,
    make_submission,
    make_team,
    make_viewer,
    this_month,
)

SCORES = {"Ada": (83, 62), "Ben": (88, 65), "Cleo": (93, 67), "Dora": (98, 69), "Sam": (79, 71), "Sol": (77, 73)}
"""Last month's total and this one's; the month before that everybody had 0, so that what each gained is their total."""
PEOPLE = ["Ada", "Ben", "Cleo", "Dora"]
"""North's reps. Ada, Ben and Cleo play; Dora does not."""
QUERIES = {
    "board_of_month": ["", *(f"?by={tab}" for tab in ("improved", "brand"))],
    "organization": ["", "?by=teams"],
    "organization_of_month": ["", "?by=teams"],
    "own_data": ["", "?as=json"],
    "export": ["", *(f"?what={what}&as=csv" for what in ("submissions", "members", "board"))],
    "team_log": ["", "?as=csv"],
}
FORMS = {
    "erase",
    "erase_person",
    "new_challenge",
    "new_duel",
    "new_goal",
    "style",
    "metrics",
    "running",
    "display_check",
    "display_worker",
    "healthz",
    "manifest",
    "readyz",
    "service_worker",
}
"""Pages that are the same whoever asks, or whose figures are examples."""


SHOW_FIGURES = {
    *("today", "board", "board_of_month", "own_part", "board_csv", "why", "rep", "goals", "challenges", "challenge"),
    *(
        "month_report",
        "certificate_picture",
        "podium",
        "certificates",
        "revisions",
        "hall_of_fame",
        "organization_of_month",
        "export",
    ),
}
"""The addresses that show figures of others to somebody: the walk through all of them takes longer."""
MEANS = {"90.5", "65.8"}
"""North's of both months: of four."""


def pillars_of(name):
    whole = 10 + list(SCORES).index(name)
    return dict(zip(Pillar, (Decimal(f"{whole}.{n}7") for n in range(6, 10)), strict=True))


def numbers_of(name):
    """Everything that a page could say of somebody: totals, and pillars to one or two decimals."""
    exact = [str(value) for value in pillars_of(name).values()]
    rounded = [str(value.quantize(Decimal("0.1"))) for value in pillars_of(name).values()]
    return {*map(str, SCORES[name]), *exact, *rounded}


@pytest.fixture(scope="module")
def figures(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_figures()
        transaction.set_rollback(True)


def make_figures():
    """North and South with two months of figures, the first closed; goals, challenges and a result in North."""
    acme = make_organization("Acme")
    north, south = make_team("North", acme), make_team("South", acme)
    month = this_month(acme)
    people = {name: make_rep(north if name in PEOPLE else south, name) for name in SCORES}
    people |= {"Vera": make_viewer(north), "Grace": make_manager(north), "Sue": make_manager(south, "Sue")}
    people |= {"Alan": make_admin(acme)}
    for name, (last, now) in SCORES.items():
        make_submission(people[name], 0, month=month - 2)
        days = (month - 1).first_day, acme.today()
        for day, total in zip(days, (last, now), strict=True):
            typed_at = datetime.combine(day, time(), ZoneInfo(acme.time_zone))
            make_submission(people[name], total, taken_on=day, typed_at=typed_at, pillars=pillars_of(name))
    rank_stale_boards()
    for board in Board.objects.filter(month=month - 1):
        close_month(board.pk, timezone.now(), people["Grace"])
    make_goal(north, 60, by=people["Grace"])
    make_goal(people["Ben"], 99, shared=True)
    make_chat(north)
    make_display(north, people["Grace"])
    players = [people[name] for name in ("Ada", "Ben", "Cleo")]
    running = make_challenge(north, people["Grace"], title="Running")
    settled = make_challenge(north, people["Grace"], title="Over", kind="highest")
    for challenge in (running, settled):
        accept(challenge, *players)
    end(settled, month)
    duel = make_challenge(north, people["Ada"], kind="highest", opponent=people["Ben"], title="Duel")
    accept(duel, people["Ben"])
    return SimpleNamespace(acme=acme, north=north, south=south, month=month, people=people)


def end(challenge, month):
    """Settle a challenge that took all of the last month."""
    days, began = (month - 1), timezone.now() - timedelta(days=80)
    Challenge.objects.filter(pk=challenge.pk).update(starts_on=days.first_day, ends_on=days.last_day, sent_at=began)
    challenge.entries.accepted().update(answered_at=began)
    settling.settle(challenge.pk, timezone.now() + timedelta(days=40))


@pytest.fixture
def acme(figures, db):
    cache.clear()
    return figures


def addresses(only=None):
    """Every address that is asked for by GET, of all or of some names, with every object there is."""
    values = {
        "team": ["north", "south"],
        "month": sorted({str(month) for month in Board.objects.values_list("month", flat=True)})[1:],
        "member_id": list(Member.objects.values_list("pk", flat=True)),
        "challenge_id": list(Challenge.objects.values_list("pk", flat=True)),
        "submission_id": list(Submission.objects.values_list("pk", flat=True))[-6:],
        "goal_id": list(Goal.objects.values_list("pk", flat=True)),
        "entry_id": list(Entry.objects.values_list("pk", flat=True))[:2],
    }
    for name, found in get_resolver("teams.urls").reverse_dict.lists():
        [(template, parts)], *_ = found[0]
        wanted = isinstance(name, str) and name not in FORMS and (only is None or name in only)
        if wanted and set(parts) <= set(values):
            for chosen in product(*(values[each] for each in parts)):
                address = "/" + template % dict(zip(parts, chosen, strict=True))
                yield from ((name, address + query) for query in QUERIES.get(name, [""]))


def numbers_in(content):
    """The numbers that somebody reads or hears on a page, or finds in a file."""
    if content.startswith("{"):
        return set(
            re.findall(r'"(?:total|baseline|now|gained|brand|people|insights|relationships)": "?([\d.]+)', content)
        )
    if "<" in content[:200]:
        heard = re.findall(r'(?:aria-label|title|alt|data-news)="([^"]*)"', content)
        content = " ".join([re.sub(r"<(script|style).*?</\1>|<[^>]+>", " ", content, flags=re.DOTALL), *heard])
    return set(re.findall(r"(?<![\w.,:/-])\d+(?:\.\d+)?(?![\w:]|[.,/-]\d)", unescape(content)))


def read(browser, address, **headers):
    answer = browser.get(address, headers=headers)
    if answer.status_code != 200:
        return ""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode(errors="replace")


def whose(numbers, names=SCORES):
    """The names of those of whom one of the numbers tells."""
    return {name for name in names if numbers & numbers_of(name)}


def pages_of(reader, browse, only=None):
    """Each address with all that its page holds for somebody: also the parts that browsers ask for by themselves."""
    browser = browse(reader)
    for name, address in addresses(only):
        pages = [read(browser, address)]
        if name in ("board", "board_of_month") and pages[0]:
            pages.append(read(browser, address, HX_Request="true"))
            pages += [read(browser, key) for key in re.findall(r'hx-get="(/news/[^"]+)"', pages[0])]
        yield address, pages


def found_by(reader, browse, only=None):
    """Whose figures somebody finds on a walk through the site, and at which addresses; "mean" for the team's mean."""
    found = {}
    for address, pages in pages_of(reader, browse, only):
        numbers = set().union(*map(numbers_in, pages))
        for each in whose(numbers) | ({"mean"} if numbers & MEANS else set()):
            found.setdefault(each, set()).add(address)
    return found


def show_to(world, setting):
    """The organization's setting, or the team's where the organization has all."""
    world.acme.rank_visibility = setting if setting in ("all", "own", "none") else "all"
    world.acme.save()
    world.north.rank_visibility = setting.removeprefix("team ") if setting.startswith("team ") else ""
    world.north.save()


STRICT = ["own", "none", "team own", "team none"]
READERS = ["Dora", "Vera", "Ada", "Sam", "Sue"]
SEEN = {"Ada": {"Ada"}, "Dora": {"Dora"}, "Vera": set(), "Sam": {"Sam"}, "Sue": {"Sam", "Sol"}}
"""Whose figures each sees where nobody but managers sees those of others."""
SOUTH = {"Sam", "Sol"}
EVERY = [pytest.param(*each, None, marks=pytest.mark.soak) for each in product(STRICT, READERS)]
QUICK = [pytest.param(*each, SHOW_FIGURES) for each in [("own", "Dora"), ("none", "Vera")]]


@pytest.mark.parametrize(("setting", "who", "only"), QUICK + EVERY)
def test_nobody_finds_a_figure_of_another_at_any_address(acme, browse, setting, who, only):
    show_to(acme, setting)
    in_it = {f"/challenges/{pk}/" for pk in acme.people[who].entries.accepted().values_list("challenge", flat=True)}

    found = found_by(acme.people[who], browse, only)

    elsewhere = {each for each, at in found.items() if at - in_it}
    assert elsewhere == SEEN[who] | (SOUTH if setting.startswith("team ") else set()), found


def test_where_everybody_sees_all_the_same_walk_finds_everybody(acme, browse):
    show_to(acme, "all")

    assert set(found_by(acme.people["Dora"], browse, SHOW_FIGURES)) == {*SCORES, "mean"}


def test_in_a_challenge_everybody_sees_everybody_and_nobody_else_does(acme, browse):
    show_to(acme, "none")
    running, over = (Challenge.objects.get(title=title) for title in ("Running", "Over"))

    seen = {
        (who, challenge.title): whose(numbers_in(read(browse(acme.people[who]), f"/challenges/{challenge.pk}/")))
        for who in ("Ada", "Dora", "Vera", "Grace", "Alan")
        for challenge in (running, over)
    }

    players, nobody = {"Ada", "Ben", "Cleo"}, set()
    sees = {"Ada": players, "Dora": nobody, "Vera": nobody, "Grace": players, "Alan": players}
    assert seen == {(who, title): sees[who] for who in sees for title in ("Running", "Over")}


def test_it_is_said_before_one_joins(acme, browse):
    running = Challenge.objects.get(title="Running")
    sees = "Whoever is in sees everybody's readings in it, and everybody sees theirs."
    tell_challenge_news(timezone.now())

    pages = [read(browse(acme.people["Dora"]), page) for page in (f"/challenges/{running.pk}/", "/challenges/")]
    mail = Delivery.objects.get(member=acme.people["Dora"], subject=f"challenge {running.pk}")

    assert [sees in page for page in pages] == [True, True]
    assert sees in mail.notice["lines"]


@pytest.mark.parametrize("setting", ["all", *STRICT])
def test_mails_and_chats_tell_nobody_a_figure_that_they_may_not_see(acme, setting):
    show_to(acme, setting)
    tell_news(timezone.now())
    tell_challenge_news(timezone.now())

    told = {}
    for delivery in Delivery.objects.exclude(notice=None).select_related("member"):
        numbers = set(re.findall(r"\d+(?:\.\d+)?", " ".join(delivery.notice["lines"])))
        reader = delivery.member.name if delivery.member else "the chat"
        told[reader] = told.get(reader, set()) | whose(numbers)
    chats = " ".join(str(each.notice["lines"]) for each in Delivery.objects.filter(member=None))

    top = {"Ben", "Cleo", "Dora"}
    own = {name: {name} for name in ("Ada", "Ben", "Cleo")} | {"Dora": set(), "Grace": top, "Sue": SOUTH}
    assert told == own | {"the chat": top if setting == "all" else set()}
    assert any(name in chats for name in PEOPLE) == (setting == "all")


RANK = re.compile(r'\b\d+(?:st|nd|rd|th)\b|[Pp]lace \d|class="rank"|<ol class="around"')


@pytest.mark.parametrize("who", ["Ada", pytest.param("Dora", marks=pytest.mark.soak)])
def test_whoever_switched_the_leaderboard_off_sees_no_ranks_anywhere(acme, browse, who):
    show_to(acme, "all")
    reader = acme.people[who]

    def ranked():
        pages = pages_of(reader, browse, SHOW_FIGURES)
        return {address for address, parts in pages if any(map(RANK.search, parts))}

    before = ranked()
    Member.objects.filter(pk=reader.pk).update(sees_ranks=False)

    assert len(before) > 8
    assert ranked() == set()


@pytest.mark.parametrize("setting", ["own", "none"])
def test_a_mean_of_five_is_shown_to_all(acme, browse, setting):
    show_to(acme, setting)
    make_rep(acme.north, "Emil", total=90)
    rank_stale_boards()

    page = read(browse(acme.people["Vera"]), f"/board/north/{acme.month}/")

    assert "Mean 70.6" in page


@pytest.mark.parametrize("setting", STRICT)
def test_managers_and_admins_see_those_of_their_teams(acme, browse, setting):
    show_to(acme, setting)

    seen = {
        who: whose(
            set().union(
                *(numbers_in(read(browse(acme.people[who]), f"/reps/{rep.pk}/")) for rep in acme.people.values())
            )
        )
        for who in ("Grace", "Alan")
    }

    assert seen == {"Grace": set(PEOPLE), "Alan": set(SCORES)}
