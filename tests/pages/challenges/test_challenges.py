"""Challenges on their pages: making one, answering, looking, settling what is owed. Without JavaScript."""

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.cache import cache
from django.utils import timezone

from teams.actions.challenges import settling
from teams.actions.challenges.news import tell_challenge_news
from teams.models import (
    Act,
    AuditEntry,
    Challenge,
    Debt,
    Delivery,
    Member,
    Membership,
    Recalibration,
    Settlement,
    Withdrawal,
)
from teams.models.submissions import Source
from tests.makers import accept, days_ago, make_challenge, make_manager, make_rep, make_submission
from tests.pages.reading import markup


@pytest.fixture
def today(world):
    return world.acme.today()


@pytest.fixture
def written(world, today):
    """What a manager types for "+5, lunch"."""
    return {
        "title": "Plus five",
        "kind": "gain",
        "points": "5",
        "figure": "total",
        "starts_on": today,
        "ends_on": today + timedelta(days=20),
        "stake": "lunch",
        "stake_kind": "on_me",
        "teams": [world.north.pk],
    }


def seen(response):
    """The sentences that the page reads back, as the form sends them again."""
    return unescape(re.search(r'<textarea name="seen"[^>]*>(.*?)</textarea>', response.content.decode(), re.S)[1])


def make(client, written, url="/challenges/new/", button="send"):
    """Read it back, then send it."""
    page = client.post(url, written | {"read": "1"})
    return client.post(url, written | {"seen": seen(page).replace("\n", "\r\n"), button: "1"})


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def settled(challenge):
    settling.settle_due(challenge.grace_ends() + timedelta(hours=1))
    return Settlement.objects.get(challenge=challenge)


# Making


def test_the_rules_are_read_back_before_anything_is_sent(world, browse, written):
    grace, before = browse(world.grace), Challenge.objects.count()

    page = grace.post("/challenges/new/", written | {"read": "1"})

    assert seen(page).startswith("Everyone who gains 5 points from")
    assert "Played for: lunch. Grace owes it to each winner." in seen(page)
    assert Challenge.objects.count() == before


def test_a_challenge_is_sent_once_its_sentences_were_seen(world, browse, written):
    response = make(browse(world.grace), written)

    challenge = Challenge.objects.latest("pk")
    assert (response.status_code, response.url) == (302, f"/challenges/{challenge.pk}/")
    assert (challenge.title, challenge.maker, list(challenge.teams.all())) == ("Plus five", world.grace, [world.north])
    assert sorted(str(entry) for entry in challenge.entries.all()) == ["Ada", "Ben"]


def test_what_was_changed_after_reading_is_read_back_again(world, browse, written):
    grace, before = browse(world.grace), Challenge.objects.count()
    page = grace.post("/challenges/new/", written | {"read": "1"})

    again = grace.post("/challenges/new/", written | {"points": "7", "seen": seen(page), "send": "1"})

    assert (again.status_code, Challenge.objects.count()) == (200, before)
    assert "gains 7 points" in seen(again)
    assert "The form has changed since these sentences were written." in text(again)


def test_htmx_gets_the_sentences_alone(world, browse, written):
    page = browse(world.grace).post("/challenges/new/", written | {"read": "1"}, headers={"HX-Request": "true"})

    assert "<html" not in page.content.decode()
    assert seen(page).startswith("Everyone who gains 5 points")
    assert "HX-Request" in page.headers["Vary"]


@pytest.mark.parametrize("name", ["plus-five", "most-improved", "everybody-at-50", "insights-month"])
def test_a_preset_needs_nothing_but_to_be_sent(world, browse, name):
    grace = browse(world.grace)
    form = grace.get("/challenges/new/", {"preset": name}).context["form"]
    values = {field.name: field.value() for field in form if field.value() not in (None, False)}

    assert make(grace, values).status_code == 302


@pytest.mark.parametrize(
    ("field", "typed", "where"),
    [
        ("points", "", "__all__"),
        ("points", "2.5", "__all__"),
        ("points", "many", "points"),
        ("ends_on", "2020-01-01", "__all__"),
        ("starts_on", "soon", "starts_on"),
        ("stake_kind", "none", "stake_kind"),
        ("stake_kind", "loser", "stake_kind"),
        ("teams", [], "teams"),
        ("teams", [99999], "teams"),
        ("winner_count", "0", "winner_count"),
        ("kind", "luck", "kind"),
    ],
)
def test_bad_input_is_answered_with_a_sentence_and_sends_nothing(world, browse, written, field, typed, where):
    before = Challenge.objects.count()

    page = browse(world.grace).post("/challenges/new/", written | {field: typed, "send": "1", "seen": "anything"})

    assert (page.status_code, list(page.context["form"].errors)) == (200, [where])
    assert Challenge.objects.count() == before


def test_a_manager_asks_only_the_own_team_but_may_play_against_another(world, browse, written):
    grace = browse(world.grace)

    refused = grace.post("/challenges/new/", written | {"teams": [world.south.pk], "read": "1"})
    make(grace, written | {"kind": "teams", "points": "", "teams": [world.north.pk, world.south.pk]})

    assert list(refused.context["form"].errors) == ["teams"]
    entries = {str(entry): entry.answer for entry in Challenge.objects.latest("pk").entries.all()}
    assert entries == {"North": "accepted", "South": "invited"}


def test_the_other_teams_manager_accepts_and_its_reps_cannot(world, browse, written):
    make(browse(world.grace), written | {"kind": "teams", "points": "", "teams": [world.north.pk, world.south.pk]})
    entry = Challenge.objects.latest("pk").entries.get(team=world.south)
    url = f"/challenges/entries/{entry.pk}/answer/"

    assert browse(world.sam).post(url, {"answer": "yes"}).status_code == 404
    browse(world.sue).post(url, {"answer": "yes"})

    entry.refresh_from_db()
    assert entry.answer == "accepted"


def test_a_draft_is_seen_by_nobody_else_until_it_is_sent(world, browse, written):
    grace = browse(world.grace)
    url = make(grace, written, button="draft").url

    assert [browse(who).get(url).status_code for who in (world.grace, world.ada)] == [200, 404]
    grace.post(f"{url}send/")

    assert browse(world.ada).get(url).status_code == 200


@pytest.fixture
def against(world, browse, written):
    """Makes North against South, by Grace of North: sent, or as a draft. Lena manages North too."""
    world.lena = make_manager(world.north, "Lena")

    def against(button):
        both = {"title": "Over the river", "kind": "teams", "points": "", "teams": [world.north.pk, world.south.pk]}
        return make(browse(world.grace), written | both, button=button).url

    return against


WAYS = ["", "send/", "edit/", "cancel/", "choose/", "settle-again/"]
"""What may be asked of a challenge by those who manage it."""


def who_reads(browse, title, *asked):
    """The names of those on whose page the title stands; each asks for one."""
    return [who.name for who, page in asked if title in text(browse(who).get(page))]


def test_a_draft_is_its_makers_alone_on_every_way(world, browse, against):
    url = against("draft")
    others = [world.lena, world.sue, world.alan, world.ada, world.vera]

    asked = {
        getattr(browse(who), method)(url + way).status_code
        for who in others
        for way in WAYS
        for method in ("get", "post")
    }
    copied = {browse(who).get(f"/challenges/new/?from={url.split('/')[2]}").status_code for who in others}
    listed = who_reads(browse, "Over the river", *((who, "/challenges/") for who in (world.grace, *others)))

    assert (asked, copied, listed) == ({404, 405}, {404}, ["Grace"])
    assert Challenge.objects.get(title="Over the river").sent_at is None


def test_the_log_knows_nothing_of_a_draft_until_it_is_sent(world, browse, against):
    logs = [(world.grace, "/team/north/log/"), (world.sue, "/team/south/log/")]
    thrown_away, sent = against("draft"), against("draft")

    browse(world.grace).post(f"{thrown_away}cancel/")
    before = who_reads(browse, "Over the river", *logs)
    browse(world.grace).post(f"{sent}send/")

    assert (before, who_reads(browse, "Over the river", *logs)) == ([], ["Grace", "Sue"])


def test_what_was_sent_is_managed_by_the_managers_of_its_makers_team_and_by_no_others(world, browse, against):
    url = against("send")
    people = [world.grace, world.lena, world.alan, world.sue, world.ada, world.vera]

    edits = [who.name for who in people if browse(who).get(f"{url}edit/").status_code == 200]
    cancels = [who.name for who in people if browse(who).get(f"{url}cancel/").status_code == 200]
    refused = {browse(world.sue).post(url + way).status_code for way in WAYS[1:]}
    seen = [who.name for who in people if browse(who).get(url).status_code == 200]

    assert edits == cancels == ["Grace", "Lena", "Alan"]
    assert (refused, seen) == ({404}, ["Grace", "Lena", "Alan", "Sue", "Ada", "Vera"])


def test_a_maker_who_does_not_manage_the_team_any_more_leaves_it_to_those_who_do(world, browse, against):
    url = against("send")
    world.grace.memberships.update(role="viewer")

    edits = [who.name for who in (world.grace, world.lena) if browse(who).get(f"{url}edit/").status_code == 200]

    assert edits == ["Lena"]


def test_a_team_that_its_maker_comes_to_later_does_not_manage_it(world, browse, against):
    url = against("send")
    tomorrow = world.acme.today() + timedelta(days=5)
    Membership.objects.create(member=world.grace, team=world.south, role="manager", competing=False, joined_on=tomorrow)

    assert browse(world.sue).get(f"{url}edit/").status_code == 404


def test_whoever_manages_the_team_no_more_cannot_send_what_they_kept(world, browse, written):
    grace = browse(world.grace)
    url = make(grace, written, button="draft").url
    world.grace.memberships.update(role="viewer")

    page = grace.post(f"{url}send/", follow=True)

    assert "You do not manage North any more." in text(page)
    assert Challenge.objects.latest("pk").sent_at is None


def test_whoever_competes_elsewhere_by_now_cannot_send_a_duel_that_they_kept(world, browse, duel):
    ada = browse(world.ada)
    url = make(ada, duel, "/challenges/new/duel/", "draft").url
    world.ada.memberships.update(team=world.south)

    assert "You do not compete in North any more." in text(ada.post(f"{url}send/", follow=True))


def test_a_clone_begins_with_the_rules_and_stake_of_the_first(world, browse):
    page = browse(world.grace).get("/challenges/new/", {"from": world.challenge.pk})

    form = page.context["form"]
    assert [form[name].value() for name in ("title", "kind", "points", "stake")] == ["Plus five", "gain", "5", "lunch"]


def test_nobody_clones_what_they_do_not_run(world, browse):
    assert browse(world.sue).get("/challenges/new/", {"from": world.challenge.pk}).status_code == 404


# Duels


@pytest.fixture
def duel(world, today):
    return {
        "opponent": world.ben.pk,
        "kind": "improved",
        "figure": "total",
        "starts_on": today,
        "ends_on": today + timedelta(days=20),
        "stake": "a coffee",
        "stake_kind": "loser",
    }


def test_a_rep_challenges_a_colleague(world, browse, duel):
    make(browse(world.ada), duel, "/challenges/new/duel/")

    made = Challenge.objects.latest("pk")
    assert (made.is_duel, made.title) == (True, "Ada against Ben")
    assert {str(entry): entry.answer for entry in made.entries.all()} == {"Ada": "accepted", "Ben": "invited"}


def test_a_draw_says_so_on_the_page_and_in_the_list(world, browse, today):
    duel = make_challenge(world.north, world.ada, kind="highest", opponent=world.ben, days=0)
    accept(duel, world.ben)
    for rep in (world.ada, world.ben):
        make_submission(rep, 50, taken_on=today)
    settled(duel)
    ada = browse(world.ada)

    page, listed = text(ada.get(f"/challenges/{duel.pk}/")), text(ada.get("/challenges/over/"))

    assert ("It is a draw." in page, page.count("Equal: a draw.")) == (True, 2)
    assert "It is a draw." in listed


def test_what_is_over_is_a_link_of_the_list_and_comes_as_its_part_when_somebody_scrolls_there(world, browse, duel):
    challenge = make_challenge(world.north, world.ada, opponent=world.ben, kind="highest", days=0)
    accept(challenge, world.ben)
    settled(challenge)
    ada = browse(world.ada)

    listed = ada.get("/challenges/").content.decode()
    part = ada.get("/challenges/over/", headers={"HX-Request": "true"})
    page = ada.get("/challenges/over/")

    assert '<a href="/challenges/over/" hx-get="/challenges/over/" hx-trigger="revealed"' in listed
    assert part.content.decode().startswith('<section aria-labelledby="over">')
    assert part.content.decode().strip() in page.content.decode()
    assert "HX-Request" in part.headers["Vary"]


def test_only_colleagues_who_take_part_can_be_challenged(world, browse, duel):
    Member.objects.filter(pk=world.ben.pk).update(accepts_challenges=False)

    pages = [
        browse(world.ada).post("/challenges/new/duel/", duel | {"opponent": who.pk, "read": "1"})
        for who in (world.ben, world.ada, world.sam, world.gil, world.grace)
    ]

    assert [list(page.context["form"].errors) for page in pages] == [["opponent"]] * 5


def test_a_fourth_duel_is_refused_with_a_sentence(world, browse, duel):
    for _ in range(4):
        response = make(browse(world.ada), duel, "/challenges/new/duel/")

    assert response.context["form"].non_field_errors() == ["Ada is in 3 duels already. One has to end first."]
    assert Challenge.objects.filter(is_duel=True).count() == 3


def test_a_manager_sees_a_duel_of_the_team_and_cannot_run_it(world, browse, duel):
    url = make(browse(world.ada), duel, "/challenges/new/duel/").url

    assert browse(world.grace).get(url).status_code == 200
    assert browse(world.grace).post(f"{url}cancel/").status_code == 404


# Answering


def test_an_invitation_waits_first_and_is_accepted(world, browse):
    ada = browse(world.ada)
    asked = text(ada.get("/challenges/"))
    assert "Are you in?" in asked
    assert "No challenge is running" not in asked
    assert asked.count(str(world.challenge)) == 1

    ada.post(f"/challenges/entries/{world.challenge.entries.get(member=world.ada).pk}/answer/", {"answer": "yes"})

    assert world.challenge.entries.get(member=world.ada).answer == "accepted"
    assert "Are you in?" not in text(ada.get("/challenges/"))


def test_a_newcomer_joins_and_who_switched_challenges_off_is_told(world, browse):
    cleo = make_rep(world.north, "Cleo")
    dan = make_rep(world.north, "Dan", accepts_challenges=False)

    pages = [
        browse(who).post(f"/challenges/{world.challenge.pk}/join/", follow=True) for who in (cleo, dan, world.vera)
    ]

    assert ["In. Good luck." in text(page) for page in pages] == [True, False, False]
    assert ["takes part in no challenges" in text(page) for page in pages] == [False, True, False]


def test_a_manager_notes_the_yes_of_somebody_without_a_login(world, browse):
    make_rep(world.north, "Nils", login=False)
    challenge = make_challenge(world.north, world.grace)
    entry = challenge.entries.get(member__name="Nils")

    browse(world.grace).post(f"/challenges/entries/{entry.pk}/answer/", {"answer": "yes"})

    page = text(browse(world.ada).get(f"/challenges/{challenge.pk}/"))
    assert "noted by Grace" in page


def test_a_manager_cannot_answer_for_somebody_with_a_login(world, browse):
    entry = world.challenge.entries.get(member=world.ada)

    assert browse(world.grace).post(f"/challenges/entries/{entry.pk}/answer/", {"answer": "yes"}).status_code == 404


def test_members_switch_challenges_off_for_themselves(world, browse):
    browse(world.ada).post("/me/", {"name": "Ada", "plan": "free", "sees_ranks": "on"})

    world.ada.refresh_from_db()
    assert world.ada.accepts_challenges is False


# Looking


def test_a_running_challenge_shows_what_each_still_needs(world, browse):
    ben = make_rep(world.north, "Cleo")
    make_submission(ben, 40, taken_on=days_ago(world.acme, 1))
    challenge = make_challenge(world.north, world.grace)
    accept(challenge, ben)
    make_submission(ben, 43, taken_on=world.acme.today())

    page = text(browse(world.vera).get(f"/challenges/{challenge.pk}/"))

    assert "Cleo +3 2 40 43 40 on" in page


def test_the_figures_of_a_start_stand_in_one_line_at_the_right(world, browse):
    cleo = make_rep(world.north, "Cleo")
    challenge = make_challenge(world.north, world.grace)
    accept(challenge, cleo)
    make_submission(cleo, 40, taken_on=world.acme.today())

    page = markup(browse(world.vera).get(f"/challenges/{challenge.pk}/"))

    assert "first after accepting</span>40</td>" in page


def test_a_start_without_evidence_is_passed_over_and_the_page_says_so(world, browse):
    cleo = make_rep(world.north, "Cleo")
    make_submission(cleo, 47, taken_on=days_ago(world.acme, 1))
    challenge = make_challenge(world.north, world.grace, stake_kind="on_me", stake="Lunch", evidenced_only=True)
    accept(challenge, cleo)
    make_submission(cleo, 52, taken_on=world.acme.today(), source=Source.PICTURE)

    page = markup(browse(world.vera).get(f"/challenges/{challenge.pk}/"))

    assert "first with evidence</span>52</td>" in page


def test_a_result_is_explained_line_by_line_and_settles_again_after_an_amendment(world, browse):
    cleo = make_rep(world.north, "Cleo")
    make_submission(cleo, 40, taken_on=days_ago(world.acme, 1))
    challenge = make_challenge(world.north, world.grace, stake_kind="on_me", stake="lunch")
    accept(challenge, cleo)
    made = make_submission(cleo, 45, taken_on=world.acme.today())
    settlement, grace = settled(challenge), browse(world.grace)
    url = f"/challenges/{challenge.pk}/"
    page = text(browse(world.ada).get(url))
    assert "Ended at 45" in page
    assert "Lunch, Grace to Cleo" in page
    assert "Settle again" not in text(grace.get(url))

    Withdrawal.objects.create(submission=made, by=cleo, at=settlement.read_until + timedelta(days=1))
    assert "Settle again" in text(grace.get(url))
    grace.post(f"{url}settle-again/")

    page = text(grace.get(url))
    assert ["Earlier result" in page, "No later reading counted" in page, "Ended at 45" in page] == [True, True, True]


def test_a_result_is_explained_in_the_readers_language_on_the_page_in_the_mail_and_in_the_export(world, browse):
    cleo = make_rep(world.north, "Cleo")
    cleo.user.language, world.acme.language = "fr", "de"
    cleo.user.save()
    world.acme.save()
    make_submission(cleo, 40, taken_on=days_ago(world.acme, 1))
    challenge = make_challenge(world.north, world.grace)
    accept(challenge, cleo)
    make_submission(cleo, 45, taken_on=world.acme.today())
    settled(challenge)
    tell_challenge_news(timezone.now())

    french, english = browse(cleo), browse(world.ada)
    mail = Delivery.objects.get(member=cleo, kind="challenge_result").notice["lines"]
    export = json.loads(french.get("/me/data/?as=json").content)["outcomes"][0]["explanation"]

    page = text(french.get(f"/challenges/{challenge.pk}/"))
    assert ["Départ à 40" in said for said in (page, " ".join(mail), export)] == [True] * 3
    assert "Started at 40" in text(english.get(f"/challenges/{challenge.pk}/"))


def test_the_end_may_be_later_and_calling_off_asks_first(world, browse, today):
    grace, url = browse(world.grace), f"/challenges/{world.challenge.pk}/"
    refused = grace.post(f"{url}edit/", {"title": "Plus five", "ends_on": today}, follow=True)
    grace.post(f"{url}edit/", {"title": "Longer", "ends_on": today + timedelta(days=30)})
    assert "may only be later" in text(refused)

    assert grace.get(f"{url}cancel/").status_code == 200
    grace.post(f"{url}cancel/")

    stored = Challenge.objects.get(pk=world.challenge.pk)
    assert (stored.title, stored.ends_on) == ("Longer", today + timedelta(days=30))
    assert stored.why_void == "It was called off."


def test_a_running_challenge_stands_on_today_and_on_the_board(world, browse):
    for path in ("/", "/board/north/"):
        assert "Plus five" in text(browse(world.ada).get(path))
        assert "Plus five" not in text(browse(world.sue).get(path.replace("north", "south")))


def test_markup_in_a_title_and_a_stake_stays_text(world, browse, written):
    make(browse(world.grace), written | {"title": "<b>bold</b>", "stake": "<i>lunch</i>"})

    pages = [
        browse(world.ada).get(path).content.decode()
        for path in ("/challenges/", Challenge.objects.latest("pk").pk and "/")
    ]

    assert [("<b>bold" in page or "<i>lunch" in page) for page in pages] == [False, False]


@pytest.mark.parametrize("path", ["/challenges/", "/", "/board/north/", "/debts/"])
def test_more_challenges_cost_no_more_queries(world, browse, path, django_assert_max_num_queries):
    def queries():
        cache.clear()
        with django_assert_max_num_queries(45) as counted:
            assert browse(world.ada).get(path).status_code == 200
        return len(counted)

    accept(world.challenge, world.ada)
    few = queries()
    for _ in range(3):
        accept(make_challenge(world.north, world.grace, kind="improved"), world.ada)

    assert queries() == few


def test_more_entries_cost_a_challenge_no_more_queries(world, browse, django_assert_max_num_queries):
    def queries():
        with django_assert_max_num_queries(40) as counted:
            assert browse(world.grace).get(f"/challenges/{world.challenge.pk}/").status_code == 200
        return len(counted)

    accept(world.challenge, world.ada)
    few = queries()
    accept(world.challenge, world.ben)

    assert queries() == few


# LinkedIn's new formula


@pytest.fixture
def mark(world, today):
    return Recalibration.objects.create(organization=world.acme, day=today, shift=-4, measured=9)


@pytest.mark.parametrize("path", ["/", "/challenges/{}/"])
def test_a_new_formula_asks_those_who_manage_the_challenge(world, browse, mark, path):
    url = path.format(world.challenge.pk)
    asking = "Choose what counts" if path == "/" else "Save the choice"

    asked = {
        name for name in ("ada", "ben", "vera", "grace", "alan") if asking in text(browse(world.people[name]).get(url))
    }

    assert asked == {"grace", "alan"}


def test_the_choice_is_dated_and_shown_to_all(world, browse, mark, today):
    url = f"/challenges/{world.challenge.pk}/"
    assert "The median change of 9 reps is −4 so far." in text(browse(world.ada).get(url))
    grace, choice = browse(world.grace), {"recalibration": mark.pk, "choice": "shift"}
    grace.post(f"{url}choose/", choice)
    grace.post(f"{url}choose/", choice)

    page = text(browse(world.ada).get(url))

    assert f"Readings before it count 4 points less, as Grace decided. {today:%-d %B %Y}" in page
    assert "Choose what counts" not in text(grace.get("/"))


@pytest.mark.parametrize("who", ["ada", "ben", "vera", "sam", "sue", "gil", "gina"])
def test_only_those_who_manage_the_challenge_choose(world, browse, mark, who):
    url = f"/challenges/{world.challenge.pk}/choose/"

    assert browse(world.people[who]).post(url, {"recalibration": mark.pk, "choice": "void"}).status_code == 404
    assert Challenge.objects.get(pk=world.challenge.pk).voided_at is None


def test_another_organizations_recalibration_cannot_be_chosen_for(world, browse, today):
    theirs = Recalibration.objects.create(organization=world.east.organization, day=today)
    url = f"/challenges/{world.challenge.pk}/choose/"

    for number in (theirs.pk, "", "x"):
        assert browse(world.grace).post(url, {"recalibration": number, "choice": "stand"}).status_code == 404


# Confirmed readings only


@pytest.fixture
def unconfirmed(world, today):
    """A challenge whose grace is over for eight days, and Ada's five points in it that nobody confirmed."""
    challenge = make_challenge(world.north, world.grace, confirmed_only=True)
    accept(challenge, world.ada)
    start, typed = today - timedelta(days=40), timezone.now() - timedelta(days=38)
    for day, total in ((start - timedelta(days=1), 40), (start + timedelta(days=2), 45)):
        make_submission(world.ada, total, taken_on=day, typed_at=typed - timedelta(days=4 if total == 40 else 0))
    Challenge.objects.filter(pk=challenge.pk).update(
        starts_on=start, ends_on=today - timedelta(days=11), sent_at=typed - timedelta(days=3)
    )
    challenge.entries.accepted().update(answered_at=typed - timedelta(days=2))
    return challenge


def test_a_form_says_that_confirmed_readings_count_and_so_does_the_challenge(world, browse, written):
    page = make(browse(world.grace), written | {"confirmed_only": "on"})

    challenge = Challenge.objects.latest("pk")
    assert (page.status_code, challenge.confirmed_only) == (302, True)
    assert "Only readings that a manager confirmed count" in text(browse(world.ada).get(f"/challenges/{challenge.pk}/"))


def test_what_waits_for_confirmation_is_shown_to_all_and_decided_by_managers(world, browse, unconfirmed):
    url = f"/challenges/{unconfirmed.pk}/"
    shown = {name: text(browse(world.people[name]).get(url)) for name in ("ada", "grace")}
    assert ["Waiting for confirmation" in page for page in shown.values()] == [True, True]
    assert ["Count them" in page for page in shown.values()] == [False, True]
    entry = unconfirmed.entries.get(member=world.ada)

    browse(world.grace).post(f"/challenges/entries/{entry.pk}/decide/", {"counts": "yes"})

    entry.refresh_from_db()
    assert (entry.counts_unconfirmed, entry.ruled_by) == (True, world.grace)
    assert AuditEntry.objects.filter(act=Act.CHALLENGE_RULED, actor=world.grace, about=world.ada).count() == 1
    assert "it is settled within five minutes" in text(browse(world.ada).get(url))


def test_a_manager_who_plays_sees_no_buttons_for_their_own_entry(world, browse, unconfirmed):
    world.ada.memberships.update(role="manager")

    page = text(browse(world.ada).get(f"/challenges/{unconfirmed.pk}/"))

    assert ["Count them" in page, "Your own: another manager decides." in page] == [False, True]


@pytest.mark.parametrize("who", ["ada", "ben", "vera", "sam", "sue", "gina"])
def test_only_those_who_manage_the_challenge_decide(world, browse, unconfirmed, who):
    entry = unconfirmed.entries.get(member=world.ada)

    found = browse(world.people[who]).post(f"/challenges/entries/{entry.pk}/decide/", {"counts": "yes"})

    assert found.status_code == 404


def test_after_half_time_nobody_is_asked_any_more(world, browse, today):
    ada = browse(world.ada)
    assert "I am in" in text(ada.get("/challenges/"))

    Challenge.objects.filter(pk=world.challenge.pk).update(starts_on=today - timedelta(days=30))

    page = text(ada.get("/challenges/"))
    assert ["I am in" in page, "are you in?" in page] == [False, False]


def test_whoever_declined_may_come_in_until_half_time(world, browse):
    entry = world.challenge.entries.get(member=world.ada)
    ada, url = browse(world.ada), f"/challenges/entries/{entry.pk}/answer/"
    ada.post(url, {"answer": "no"})
    assert "I am in" in text(ada.get(f"/challenges/{world.challenge.pk}/"))

    ada.post(url, {"answer": "yes"})

    entry.refresh_from_db()
    assert entry.answer == "accepted"


# Owing


def test_whoever_is_owed_ticks_it_and_whoever_owes_cannot(world, browse):
    url = f"/debts/{world.debt.pk}/"
    assert "Coffee from Grace" in text(browse(world.ada).get("/debts/"))
    assert "Coffee to Ada" in text(browse(world.grace).get("/debts/"))
    assert browse(world.grace).post(url).status_code == 404

    browse(world.ada).post(url)

    world.debt.refresh_from_db()
    assert (world.debt.settled_at is not None, world.debt.forgiven_at) == (True, None)
    assert "Coffee from Grace" not in text(browse(world.ada).get("/debts/"))


def test_a_debt_is_forgiven_once(world, browse):
    ada, url = browse(world.ada), f"/debts/{world.debt.pk}/"

    ada.post(url, {"forgive": "yes"})
    ada.post(url)

    world.debt.refresh_from_db()
    assert (world.debt.settled_at, world.debt.forgiven_at is not None) == (None, True)


def test_what_a_later_result_replaced_cannot_be_ticked(world, browse):
    Debt.objects.update(lapsed_at=timezone.now())

    assert browse(world.ada).post(f"/debts/{world.debt.pk}/").status_code == 404
