"""One's own calendar: which days stand in it for whom, in which words, and who may still ask."""

from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from teams.actions.calendar_feeds import calendar_of, end_calendar_address, make_calendar_address
from teams.actions.people.members import set_language
from teams.actions.people.memberships import change_membership, deactivate, reactivate
from teams.models import AuditEntry, CalendarFeed, Challenge, Role
from teams.rules.calendar import AHEAD, REMINDS, WINDOW
from tests.makers import (
    accept,
    days_ago,
    make_admin,
    make_challenge,
    make_goal,
    make_leave,
    make_manager,
    make_organization,
    make_rep,
    make_submission,
    make_team,
    make_viewer,
    this_month,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def acme():
    return make_organization("Acme", created_at=timezone.now() - timedelta(days=1), time_zone="Europe/Berlin")


@pytest.fixture
def north(acme):
    return make_team("North", acme)


@pytest.fixture
def ada(north):
    return make_rep(north, "Ada")


def asked(member, now=None):
    """What stands in somebody's calendar, by the key of each entry; None where it does not open."""
    feed = CalendarFeed.objects.filter(member=member).first() or make_calendar_address(member, timezone.now())
    text = calendar_of(feed.token, now or timezone.now())
    return text and {event["uid"].split(".")[0]: event for event in Calendar.from_ical(text).events}


def test_a_rep_has_the_time_to_submit_and_the_closing_of_each_month_and_is_reminded_of_it(acme, ada):
    month = acme.first_month

    found = asked(ada)

    months = [month + n for n in range(this_month(acme).since(month) + AHEAD + 1)]
    assert set(found) == {f"{kind}-{each}" for kind in ("submit", "closing") for each in months}
    submit, closing = found[f"submit-{months[-1]}"], found[f"closing-{months[-1]}"]
    assert submit.start == months[-1].last_day - WINDOW
    assert submit.end == acme.local(acme.closes(months[-1])).date() + timedelta(days=1)
    assert closing.start == acme.closes(months[-1])
    assert [alarm.TRIGGER for alarm in closing.subcomponents] == [-before for before in REMINDS]


def test_who_has_submitted_is_asked_for_nothing_more(acme, ada):
    month = this_month(acme)
    make_submission(ada, 50, taken_on=acme.today())

    found = asked(ada)

    assert f"submit-{month}" not in found
    assert found[f"closing-{month}"].subcomponents == []
    assert found[f"submit-{month + 1}"].start == (month + 1).last_day - WINDOW


def test_nothing_is_asked_of_the_away_nor_of_those_without_access(acme, ada):
    month = this_month(acme) + 2
    make_leave(ada, month.first_day, month.last_day)
    ada.no_access_since = (month + 2).first_day
    ada.save()

    months = {key for key in asked(ada) if key.startswith("submit-")}

    assert months & {f"submit-{month + n}" for n in range(4)} == {f"submit-{month + 1}"}


def test_a_month_that_was_closed_by_hand_is_over_at_that_moment(acme, north, ada):
    month, closed_at = this_month(acme), timezone.now().replace(microsecond=0)
    north.boards.update_or_create(month=month, defaults={"closed_at": closed_at, "rules_version": 1})

    found = asked(ada)

    assert f"submit-{month}" not in found
    assert (found[f"closing-{month}"].start, found[f"closing-{month}"].subcomponents) == (closed_at, [])


def test_managers_and_admins_are_reminded_of_closings_and_viewers_see_them(acme, north, ada):
    month = this_month(acme) + 1
    people = [make_manager(north), make_admin(acme), make_viewer(north)]

    found = [asked(each) for each in people]

    assert [len(each[f"closing-{month}"].subcomponents) for each in found] == [2, 2, 0]
    assert not any(key.startswith("submit-") for each in found for key in each)


def test_challenges_that_one_is_in_stand_there_by_their_rule_and_goals_by_theirs(acme, north, ada):
    ben, grace = make_rep(north, "Ben"), make_manager(north)
    challenge = make_challenge(north, grace, title="Beat Ben", stake_kind="on_me", stake="lunch with Ben")
    accept(challenge, ada)
    own = make_goal(ada, 70, text="for Ben")
    team = make_goal(north, 60, by=grace, text="for Grace")
    reached = make_goal(ada, 20, reached_on=days_ago(acme, 1), celebrated_at=timezone.now())
    keys = [f"challenge-{challenge.pk}", f"goal-{own.pk}", f"goal-{team.pk}", f"goal-{reached.pk}"]

    hers, his = asked(ada), asked(ben)

    assert [(str(hers[key]["summary"]), hers[key].start) for key in keys[:3]] == [
        ("Last day of a challenge: gain 5 points", challenge.ends_on),
        ("Your goal: Score 70", own.due_on),
        ("The team's goal: Mean score 60", team.due_on),
    ]
    assert [key for key in keys if key in his] == [f"goal-{team.pk}"]
    assert keys[3] not in hers


def test_nobody_elses_name_stands_in_it(acme, north, ada):
    ben = make_rep(north, "Ben")
    duel = make_challenge(north, ada, kind="improved", opponent=ben, title="Ada and Ben")
    accept(duel, ben)
    feed = make_calendar_address(ada, timezone.now())

    text = calendar_of(feed.token, timezone.now()).decode()

    assert f"challenge-{duel.pk}" in text
    assert "Ben" not in text


def test_a_later_end_counts_the_sequence_up_and_nothing_else(acme, north, ada):
    challenge = make_challenge(north, make_manager(north))
    accept(challenge, ada)
    before = asked(ada)
    Challenge.objects.filter(pk=challenge.pk).update(ends_on=challenge.ends_on + timedelta(days=3))

    after = asked(ada, timezone.now() + timedelta(minutes=1))

    changed = {key for key in after if after[key]["sequence"] != before[key]["sequence"]}
    assert changed == {f"challenge-{challenge.pk}"}
    assert after[f"challenge-{challenge.pk}"]["sequence"] == 1
    assert {key: event["uid"] for key, event in before.items()} == {key: event["uid"] for key, event in after.items()}


def test_it_is_written_in_its_owners_language(acme, ada):
    set_language(ada.user, "de")

    found = asked(ada)

    assert {str(event["summary"]).split(":")[0] for key, event in found.items() if key.startswith("submit-")} == {
        "Wert eintragen"
    }


def test_another_address_ends_the_old_one_and_keeps_what_entries_are_called(acme, ada):
    before, old = asked(ada), CalendarFeed.objects.get().token

    make_calendar_address(ada, timezone.now())

    assert calendar_of(old, timezone.now()) is None
    assert {event["uid"] for event in asked(ada).values()} == {event["uid"] for event in before.values()}
    assert AuditEntry.objects.filter(act="setting.calendar", actor=ada).count() == 2


def test_an_ended_address_opens_nothing_and_leaves_nothing(ada):
    token = make_calendar_address(ada, timezone.now()).token

    end_calendar_address(ada)

    assert calendar_of(token, timezone.now()) is None
    assert CalendarFeed.objects.count() == 0


def test_it_ends_with_a_deactivation_and_goes_on_when_they_are_back(acme, north, ada):
    grace, today = make_manager(north), acme.today()
    token = make_calendar_address(ada, timezone.now()).token

    deactivate(ada, grace, today)
    gone = calendar_of(token, timezone.now())
    reactivate(ada, today)

    assert gone is None
    assert calendar_of(token, timezone.now()) is not None


def test_who_is_demoted_sees_less_from_then_on(acme, north):
    make_manager(north, "Grace")
    hopper = make_manager(north, "Hopper")
    reminded = f"closing-{this_month(acme) + 1}"
    before = asked(hopper)[reminded].subcomponents

    change_membership(hopper.memberships.get(), role=Role.VIEWER, competing=False, today=acme.today())

    assert (len(before), asked(hopper)[reminded].subcomponents) == (2, [])


def test_who_owes_a_second_factor_has_none_until_it_is_set_up(acme, north):
    grace = make_manager(north)
    token = make_calendar_address(grace, timezone.now()).token
    acme.managers_need_second_factor = True
    acme.save()

    assert calendar_of(token, timezone.now()) is None


def test_with_another_key_calendars_go_on_and_nobody_can_show_the_address(ada, settings):
    token = make_calendar_address(ada, timezone.now()).token
    settings.SECRET_KEY = "another" * 10

    feed = CalendarFeed.objects.get()

    assert feed.token == ""
    assert calendar_of(token, timezone.now()) is not None


def test_asking_twice_in_an_hour_writes_once(ada):
    noon = timezone.now().replace(hour=12, minute=0)
    feed = make_calendar_address(ada, noon)
    calendar_of(feed.token, noon)
    first = CalendarFeed.objects.get()

    calendar_of(feed.token, noon + timedelta(minutes=59))

    assert CalendarFeed.objects.get().used_at == first.used_at == noon


def test_joining_later_asks_only_for_months_after(acme, north):
    month = this_month(acme)
    ida = make_rep(north, "Ida", joined_on=(month + 2).first_day)

    assert min(key for key in asked(ida) if key.startswith("submit-")) == f"submit-{month + 2}"
