"""What `/ssi` does for whoever it is: the same as the pages, in their language."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from teams.actions import slack as actions
from teams.actions.boards.ranking import rank_stale_boards
from teams.actions.people.memberships import deactivate
from teams.actions.privacy import erasures
from teams.actions.slack import Asker
from teams.models import AuditEntry, SlackApp, SlackUser, Submission
from teams.rules.errors import Refused
from teams.slack.commands import answer, later
from teams.slack.manifest import address_of, manifest, organization_of
from tests.makers import make_manager, make_organization, make_rep, make_team, make_viewer
from tests.slack_client import SECRET

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_cached():
    cache.clear()


@pytest.fixture
def team():
    team = make_team()
    SlackApp.objects.create(organization=team.organization, signing_secret=SECRET)
    return team


@pytest.fixture
def ada(team):
    return make_rep(team, "Ada")


def asker_of(member, slack_user="U1"):
    return Asker(member.organization_id, "T1", slack_user, "ada.l", "acme")


def say(member, text):
    """What Slack shows to a member who is tied."""
    app = member.organization.slack_app
    SlackUser.objects.get_or_create(app=app, workspace="T1", slack_user=f"U{member.pk}", defaults={"member": member})
    shown = answer(asker_of(member, f"U{member.pk}"), text).payload()
    assert shown["response_type"] == "ephemeral"
    elements = [part for element in shown["blocks"][0]["elements"] for part in element["elements"]]
    return "\n".join(part["text"] for part in elements)


def readings():
    fields = ("total", "brand", "people", "insights", "relationships", "source")
    return [tuple(map(str, row)) for row in Submission.objects.values_list(*fields)]


def test_a_score_is_filed_for_the_day_and_twice_is_once(ada):
    first, second = say(ada, "63"), say(ada, "63")

    assert first.startswith("Saved: 63 for ")
    assert second == first
    assert readings() == [("63", "None", "None", "None", "None", "slack")]
    assert Submission.objects.get().taken_on == ada.organization.today()


def test_a_score_with_its_pillars(ada):
    say(ada, "63 21 6,4 10.3 25")

    assert readings() == [("63", "21.000", "6.400", "10.300", "25.000", "slack")]


def test_pillars_that_do_not_add_up_are_saved_only_when_it_is_said_twice(ada):
    doubtful = say(ada, "63 21 6.4 10.3 20")
    before = readings()
    say(ada, "63 21 6.4 10.3 20!")

    assert doubtful.splitlines() == [
        "The pillars add up to 57.7, not 63.",
        "Nothing was saved. If it is right so, send it again with ! at its end.",
    ]
    assert (before, [row[0] for row in readings()]) == ([], ["63"])


@pytest.mark.parametrize("text", ["101", "63 26 6.4 10.3 25", "63 21", "sixty 3", "-5"])
def test_what_is_no_score_is_not_saved_and_said_to_be_none(ada, text):
    said = say(ada, text)

    assert readings() == []
    assert "Saved" not in said


def test_whoever_does_not_compete_files_nothing(team):
    assert say(make_viewer(team), "63") == "You compete in no team, so nothing was saved."
    assert readings() == []


def test_a_stranger_is_asked_who_they_are_and_nothing_is_saved(team):
    payload = answer(Asker(team.organization_id, "T1", "U9", "eve", "acme"), "63").payload()

    link = payload["blocks"][0]["elements"][1]["elements"][0]
    assert payload["text"].startswith("First say once who you are.")
    assert "/slack/link/" in link["url"]
    assert readings() == []


def test_whoever_opens_the_link_is_the_one_in_slack_from_then_on_and_the_link_is_used_up(ada):
    token = actions.one_time_token(asker_of(ada))

    actions.tie(token, ada)

    assert list(SlackUser.objects.values_list("workspace", "slack_user", "name", "member")) == [
        ("T1", "U1", "ada.l", ada.pk)
    ]
    with pytest.raises(Refused, match="This link was used or is too old"):
        actions.tie(token, ada)
    assert AuditEntry.objects.get().sentence == "Ada is “ada.l” in Slack from now on."


def test_nobody_of_another_company_is_tied_by_the_link(ada):
    other = make_rep(make_team("East", make_organization("Globex")), "Gil")
    token = actions.one_time_token(asker_of(ada))

    with pytest.raises(Refused):
        actions.tie(token, other)

    assert actions.asker_of(token, ada.organization) == asker_of(ada)


def test_whoever_is_deactivated_is_nobody_in_slack(team, ada):
    say(ada, "board")
    deactivate(ada, make_manager(team), team.organization.today())

    assert "First say once who you are" in say(ada, "board")


def test_erasing_somebody_forgets_who_they_are_in_slack(team, ada):
    make_manager(team)
    say(ada, "board")

    erasures.ask(ada, ada, timezone.now())
    erasures.erase(ada.pk, timezone.now() + timedelta(days=8))

    assert SlackUser.objects.count() == 0


@pytest.fixture
def ranked(team, ada):
    """Three are in: Ada 61, Ben 70, Cleo 40."""
    say(ada, "61")
    for name, total in [("Ben", 70), ("Cleo", 40)]:
        make_rep(team, name, total=total)
    rank_stale_boards()
    return ada


def names_in(text):
    return [name for name in ("Ben", "Ada", "Cleo") if name in text]


@pytest.mark.parametrize(("setting", "names"), [("all", ["Ben", "Ada", "Cleo"]), ("own", ["Ada"]), ("none", [])])
def test_the_board_shows_what_the_page_would(ranked, team, setting, names):
    team.organization.rank_visibility = setting
    team.organization.save()

    said = say(ranked, "board")

    assert (names_in(said), "3 of 3 in" in said, "Mean" in said) == (names, True, setting == "all")


def test_a_manager_sees_all_places_whatever_the_setting(ranked, team):
    team.organization.rank_visibility = "none"
    team.organization.save()

    assert names_in(say(make_manager(team), "board")) == ["Ben", "Ada", "Cleo"]


def test_answers_are_in_the_askers_language_also_when_nothing_else_is_known(ada):
    ada.user.language = "de"
    ada.user.save()

    said = say(ada, "63")
    late = later(asker_of(ada, f"U{ada.pk}"), "63").payload()["text"]

    assert said.startswith("Gespeichert: 63 für ")
    assert late.startswith("Leaderboard antwortet gerade nicht.")


def test_what_could_not_be_saved_is_handed_back_to_send_again(ada):
    shown = later(asker_of(ada), "63 21 6.4 10.3 25").payload()

    assert shown["blocks"][0]["elements"][1]["elements"][0]["text"] == "/ssi 63 21 6.4 10.3 25"


def test_the_signing_secret_is_stored_encrypted(team):
    with connection.cursor() as cursor:
        cursor.execute("SELECT signing_secret FROM teams_slackapp")
        [(stored,)] = cursor.fetchall()

    assert (SECRET in stored, SlackApp.objects.get().signing_secret) == (False, SECRET)


def test_a_secret_of_another_key_is_none(team, settings):
    settings.SECRET_KEY = "another key of the site, as long as it has to be for this"

    assert SlackApp.objects.get().signing_secret == ""


def test_the_manifest_names_the_companys_own_address(team):
    address = address_of(team.organization)

    assert f"/slack/{address}/" in manifest(team.organization)
    assert [organization_of(each) for each in (address, f"{team.organization.pk}.guess", "x", "")] == [
        team.organization.pk,
        None,
        None,
        None,
    ]
