"""The log: whatever somebody does leaves an entry, which nobody changes, and which only managers read."""

import csv
from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.hashers import make_password
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.utils.formats import date_format

from teams.actions.audit import record
from teams.actions.figures import store_figures
from teams.actions.imports import intake, storing
from teams.actions.messages.links import make_submission_link
from teams.actions.people.invitations import make_invitation_link
from teams.models import Act, AuditEntry, Board, Challenge, Invitation, Member, Membership, User, Withdrawal
from tests.makers import (
    LONG_AGO,
    PASSWORD,
    accept,
    days_ago,
    make_challenge,
    make_manager,
    make_recalibration,
    make_rep,
    make_submission,
)
from tests.pages.challenges.test_challenges import make as make_by_form
from tests.pages.challenges.test_challenges import settled
from tests.pages.every.test_access import PAGES, address

pytestmark = pytest.mark.django_db
READING = {"taken_on": "", "total": "55"}
REASON = {"reason": "typo"}
A_MEMBER = {"role": "rep", "plan": "free", "competing": "on"}
MOVE = {"move-team": ""}

POSTS = {
    "submit": ("ada", READING, Act.SUBMITTED),
    "submit_for": ("grace", READING, Act.SUBMITTED),
    "correct": ("grace", READING | REASON, Act.CORRECTED),
    "withdraw": ("grace", REASON, Act.WITHDREW),
    "organization_settings": (
        "alan",
        {"name": "Acme", "time_zone": "UTC", "rank_visibility": "all", "wall_names": "name"}
        | {"closing_workday": "3", "closing_hour": "18", "wall_rows": "8", "retention_months": "36"},
        Act.ORGANIZATION_CHANGED,
    ),
    "holidays": ("alan", {"holidays": "2019-12-25"}, Act.ORGANIZATION_CHANGED),
    "recalibrations": ("alan", {"day": "2019-10-05"}, Act.FORMULA_MARKED),
    "answer_suggestion": ("alan", {"answer": "dismiss"}, Act.FORMULA_DISMISSED),
    "remove_recalibration": ("alan", {}, Act.FORMULA_UNMARKED),
    "set_access": ("grace", {"access": "no"}, Act.ACCESS_LOST),
    "withdraw_invitation": ("grace", {}, Act.INVITATION_WITHDRAWN),
    "deactivate": ("grace", {}, Act.DEACTIVATED),
    "forget_second_factor": ("grace", {}, Act.FACTOR_FORGOTTEN),
    "set_admin": ("alan", {"admin": "yes"}, Act.MADE_ADMIN),
    "leaves": ("grace", {"starts_on": "2021-12-01", "ends_on": "2021-12-31"}, Act.LEAVE_NOTED),
    "remove_leave": ("grace", {}, Act.LEAVE_REMOVED),
    "new_team_goal": ("grace", {"what": "mean", "target": "80", "due_on": ""}, Act.GOAL_MADE),
    "edit_goal": ("grace", {"text": "Cake"}, Act.GOAL_CHANGED),
    "cancel_goal": ("grace", {}, Act.GOAL_CANCELLED),
    "take_thanks_down": ("grace", {}, Act.THANKS_TAKEN_DOWN),
    "answer_challenge": ("ada", {"answer": "yes"}, Act.CHALLENGE_ACCEPTED),
    "join_challenge": ("ada", {}, Act.CHALLENGE_ACCEPTED),
    "edit_challenge": ("grace", {"title": "Plus six", "ends_on": ""}, Act.CHALLENGE_EDITED),
    "cancel_challenge": ("grace", {}, Act.CHALLENGE_CANCELLED),
    "end_debt": ("ada", {"forgive": "yes"}, Act.DEBT_FORGIVEN),
    "me": ("grace", {"name": "Grace", "plan": "free"}, Act.OWN_SETTINGS),
    "remove_face": ("grace", {}, Act.FACE_REMOVED),
    "choose_logo": ("alan", {"remove": "yes"}, Act.ORGANIZATION_CHANGED),
    "choose_wall_name": ("grace", {"wall_name": "initials"}, Act.OWN_SETTINGS),
    "mail_settings": ("grace", {"topics": ["results"]}, Act.OWN_SETTINGS),
    "end_links": ("ada", {}, Act.LINKS_ENDED),
    "tokens": ("ada", {"name": "Robot", "scopes": ["read"], "days": "90"}, Act.TOKEN_MADE),
    "end_token": ("ada", {}, Act.TOKEN_ENDED),
    "calendar": ("ada", {}, Act.CALENDAR_MADE),
    "webhook": ("grace", {"events": ["goal.reached"]}, Act.WEBHOOK_CHANGED),
    "try_webhook": ("grace", {}, Act.WEBHOOK_TRIED),
    "renew_webhook_secret": ("grace", {}, Act.WEBHOOK_SECRET),
    "switch_webhook": ("grace", {"on": "no"}, Act.WEBHOOK_OFF),
    "remove_webhook": ("grace", {}, Act.WEBHOOK_REMOVED),
    "send_webhook_again": ("grace", {}, Act.SENT_AGAIN),
    "team_webhooks": ("grace", {"url": "https://example.org/h", "events": ["goal.reached"]}, Act.WEBHOOK_ADDED),
    "organization_webhooks": (
        "alan",
        {"url": "https://example.org/h", "events": ["month.closed"]},
        Act.WEBHOOK_ADDED,
    ),
    "teams": ("alan", {"name": "West"}, Act.TEAM_MADE),
    "add_member": ("grace", {"name": "Joan", "role": "rep"}, Act.ADDED),
    "paste_members": ("grace", {"people": "Roe, Mia", "line": "0", "add": "yes"}, Act.ADDED),
    "membership": ("grace", A_MEMBER, Act.CHANGED),
    "correct_member": ("grace", {"name": "Ada", "joined_on": "2019-12-01"}, Act.DAY_JOINED_CORRECTED),
    "remove_member": ("grace", {}, Act.REMOVED),
    "move_member": ("alan", MOVE, Act.MOVED),
    "figures": ("grace", {"name": "Calls"}, Act.COUNTER_MADE),
    "counter": ("grace", {"name": "Calls"}, Act.COUNTER_RENAMED),
    "set_playable": ("grace", {"playable": "1"}, Act.COUNTER_PLAYED),
    "team_settings": ("grace", {"name": "North"}, Act.TEAM_CHANGED),
    "unpair_display": ("grace", {}, Act.SCREEN_REVOKED),
    "remove_display": ("grace", {}, Act.SCREEN_REVOKED),
    "share_links": ("grace", {"name": "Intranet", "days": "90"}, Act.SHARE_LINK_MADE),
    "renew_share_link": ("grace", {}, Act.SHARE_LINK_RENEWED),
    "end_share_link": ("grace", {}, Act.SHARE_LINK_ENDED),
    "slack_settings": ("alan", {"signing_secret": "f" * 32}, Act.SLACK_SET_UP),
    "end_slack_user": ("ada", {}, Act.SLACK_UNTIED),
    "reminders": ("grace", {"reminder_hour": "8"}, Act.REMINDERS_CHANGED),
    "try_chat": ("grace", {}, Act.CHAT_TRIED),
    "choose_weekly": ("grace", {"weekly": "yes"}, Act.REMINDERS_CHANGED),
    "remove_chat": ("grace", {}, Act.CHAT_REMOVED),
    "deliver_again": ("grace", {}, Act.SENT_AGAIN),
    "close_month": ("grace", {}, Act.CLOSED),
    "amend": ("grace", READING | REASON | {"taken_on": "2019-11-30"}, Act.AMENDED),
    "confirm_readings": ("grace", {"reading": ""}, Act.CONFIRMED),
    "imports": ("grace", {"file": ""}, Act.FILE_CHOSEN),
    "import_confirm": ("grace", {"leave_out": "on"}, Act.FILE_CONFIRMED),
    "import_cancel": ("grace", {}, Act.FILE_FORGOTTEN),
}
"""What somebody posts to each address, and the act that this is. What is empty here is filled in by the world."""
ELSEWHERE = {
    "start", "choose_face", "erase", "erase_person", "undo_deactivation", "invite", "change_several", "join_team",
    "demo_sign_in", "accept_invitation", "slack_link", "slack_command",
    "change_address", "confirm_address", "merge_member", "take_apart",
    "nudge_silent", "open_month", "submit_link", "sign_in_link", "reactivate", "end_membership", "add_chat",
    "figures_of_month", "own_figures", "own_figures_of_month", "enter_scores", "import_figures", "pair_display",
    "decide_unconfirmed",
    "new_challenge", "new_duel", "send_challenge", "settle_again", "choose", "import_take_back",
    "history", "import_invite", "end_calendar",
}  # fmt: skip
"""Those that need something to have happened before: tested one by one, here, or beside erasures, faces, challenges."""
QUIET = {
    "theme": "colours of one's own device",
    "new_goal": "one's own goal is nobody else's business",
    "thanks": "a word between two, which both have among their own data",
    "agree_to_thanks": "the same",
    "thank_for_month": "the same",
    "put_steps_away": "hides a list on one's own Today, and changes nothing else",
    "put_offered_words_away": "the same",
    "unsubscribe": "stands in the member's own unsubscriptions, with its moment",
    "edit_display": "turns slides on a screen that is noted when it is added",
    "celebrate_on_display": "changes nothing",
    "import_columns": "answers a question about a file of which nothing is stored yet",
    "import_table": "the same",
    "import_people": "the same",
    "import_mend": "the same",
    "import_conflicts": "the same",
}


def posted(world, name):
    """The form of POSTS with what the world knows."""
    form = dict(POSTS[name][1])
    fill = {
        "taken_on": world.acme.today(),
        "due_on": world.acme.today() + timedelta(days=30),
        "ends_on": world.challenge.ends_on + timedelta(days=1),
        "move-team": world.south.pk,
        "reading": world.submission.pk,
        "file": SimpleUploadedFile("more.csv", f"Name,{world.month}\nAda,70\n".encode()),
    }
    return {field: fill[field] if value == "" else value for field, value in form.items()}


def entries():
    """Who did what to whom, the oldest first."""
    return [
        (entry.actor and entry.actor.name, Act(entry.act), entry.about and entry.about.name)
        for entry in AuditEntry.objects.select_related("actor", "about").order_by("pk")
    ]


def forget():
    """As if nothing had happened yet; what else is tested is not its business."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL leaderboard.erasing = 'on'")
        cursor.execute("DELETE FROM teams_auditentry")
        cursor.execute("SET LOCAL leaderboard.erasing = 'off'")


@pytest.fixture
def clean(world):
    forget()
    return world


def test_every_address_that_takes_a_post_is_listed(world, browse):
    alan = browse(world.alan)
    answers = {name: alan.options(address(name, arguments, world)) for name, (arguments, _) in PAGES.items()}

    takes_posts = {name for name, answer in answers.items() if "POST" in answer.headers["Allow"]}

    assert takes_posts == {*POSTS, *ELSEWHERE, *QUIET}


@pytest.mark.parametrize("name", POSTS)
def test_every_post_leaves_an_entry(clean, browse, name):
    who, _, act = POSTS[name]
    browser = browse(clean.people[who])
    if name in {"forget_second_factor", "set_admin"}:
        browser.post("/accounts/reauthenticate/", {"password": PASSWORD})

    response = browser.post(address(name, PAGES[name][0], clean), posted(clean, name))

    found = AuditEntry.objects.filter(act=act, actor=clean.people[who], address="127.0.0.1")
    assert (response.status_code in (200, 302), found.exists()) == (True, True), entries()
    assert all(entry.sentence.startswith(clean.people[who].name) for entry in found)


def test_an_invitation_is_noted_from_its_mail_to_its_password(clean, browse):
    browse(clean.grace).post(f"/reps/{clean.jane.pk}/invite/", {"invite-email": "jane.again@example.org"})

    token = make_invitation_link(Invitation.objects.get())
    browse().post(f"/invitation/{token}/", {"password": "a long enough password"})

    assert entries() == [
        ("Grace", Act.INVITED, "Jane"),
        ("Jane", Act.INVITATION_ACCEPTED, None),
        ("Jane", Act.SIGNED_IN, None),
    ]


def test_a_reading_from_a_reminders_link_is_noted_as_its_members(clean, browse):
    token = make_submission_link(clean.ben, clean.month)

    browse().post(f"/submit/link/{token}/", {"taken_on": clean.acme.today(), "total": "47"})

    entry = AuditEntry.objects.get()
    month = date_format(clean.month.first_day, "F Y")
    assert (entry.sentence, entry.address, entry.team) == (
        f"Ben submitted 47 for Ben, {month}.",
        "127.0.0.1",
        clean.north,
    )


def test_a_sign_in_link_is_noted(clean, browse):
    User.objects.filter(pk=clean.ada.user_id).update(password=make_password(None))

    browse(clean.grace).post(f"/reps/{clean.ada.pk}/sign-in-link/")

    assert entries() == [("Grace", Act.SIGN_IN_LINK, "Ada")]


def test_somebody_taken_out_deactivated_and_brought_back_is_noted(clean, browse):
    grace, ada = browse(clean.grace), f"/reps/{clean.ada.pk}/"
    second = Membership.objects.create(
        member=clean.ada, team=clean.south, role="viewer", competing=False, joined_on=LONG_AGO
    )
    browse(clean.alan).post(f"/memberships/{second.pk}/end/")
    grace.post(f"{ada}deactivate/")
    grace.post(f"{ada}reactivate/")

    assert entries() == [
        ("Alan", Act.TAKEN_OUT, "Ada"),
        ("Grace", Act.DEACTIVATED, "Ada"),
        ("Grace", Act.REACTIVATED, "Ada"),
    ]


def test_somebody_who_was_in_no_team_is_added(clean, browse):
    form = {f"join-{clean.former.pk}-team": clean.south.pk, f"join-{clean.former.pk}-role": "rep"}
    browse(clean.alan).post(f"/reps/{clean.former.pk}/join/", form)

    assert [entry.sentence for entry in AuditEntry.objects.all()] == ["Alan added Otto to South."]


def test_figures_are_noted_once_for_all_of_them(clean):
    cells = {(clean.ada.pk, clean.month): Decimal(3), (clean.ben.pk, clean.month): Decimal(4)}
    store_figures(clean.counter, cells, clean.grace)
    store_figures(clean.counter, cells, clean.grace)

    assert [entry.sentence for entry in AuditEntry.objects.all()] == [f"Grace saved figures of “{clean.counter}”: 2."]


def test_reminding_the_silent_is_noted(clean, browse):
    make_rep(clean.north, "Cleo")

    browse(clean.grace).post(f"/team/north/{clean.month}/nudge/")

    assert entries() == [("Grace", Act.REMINDED, None)]


def test_a_chat_is_noted_without_its_secret_address(clean, browse, settings):
    settings.ALLOW_PRIVATE_WEBHOOKS = True
    form = {"chat-service": "teams", "chat-url": "https://127.0.0.1:1/secret"}

    browse(clean.grace).post("/team/north/chats/", form)

    assert entries() == [("Grace", Act.CHAT_ADDED, None)]
    assert "secret" not in str(list(AuditEntry.objects.values()))


def test_making_and_sending_a_challenge_and_a_duel_are_noted(clean, browse):
    today, grace = clean.acme.today(), browse(clean.grace)
    days = {"starts_on": today, "ends_on": today + timedelta(days=20), "figure": "total"}
    written = {"title": "Lunch", "kind": "gain", "points": "5", "teams": [clean.north.pk], **days}
    make_by_form(grace, written, button="draft")
    grace.post(f"/challenges/{Challenge.objects.get(title='Lunch').pk}/send/")
    duel = {"title": "Us two", "kind": "highest", "opponent": clean.ben.pk, **days}
    make_by_form(browse(clean.ada), duel, url="/challenges/new/duel/")

    assert [entry.sentence for entry in AuditEntry.objects.for_pages()][::-1] == [
        "Grace made the challenge “Lunch”.",
        "Grace sent the challenge “Lunch”.",
        "Ada made the challenge “Us two”.",
        "Ada sent the challenge “Us two”.",
    ]


def test_a_choice_after_a_new_formula_is_noted(clean, browse):
    mark = make_recalibration(clean.acme, clean.acme.today())

    answer = {"recalibration": mark.pk, "choice": "stand"}
    browse(clean.grace).post(f"/challenges/{clean.challenge.pk}/choose/", answer)

    assert entries() == [("Grace", Act.CHALLENGE_CHOICE, None)]


def test_settling_again_is_noted(clean, browse):
    cleo = make_rep(clean.north, "Cleo")
    make_submission(cleo, 40, taken_on=days_ago(clean.acme, 1))
    challenge = make_challenge(clean.north, clean.grace)
    accept(challenge, cleo)
    made = make_submission(cleo, 45, taken_on=clean.acme.today())
    settlement = settled(challenge)
    Withdrawal.objects.create(submission=made, by=cleo, at=settlement.read_until + timedelta(days=1))
    forget()

    browse(clean.grace).post(f"/challenges/{challenge.pk}/settle-again/")

    assert entries() == [("Grace", Act.CHALLENGE_SETTLED, None)]


def test_history_that_closes_is_noted_once(clean, browse):
    earlier = [clean.month - 5, clean.month - 4]
    Board.objects.bulk_create([Board(team=clean.north, month=month, in_history=True) for month in earlier])
    forget()

    browse(clean.alan).post("/team/north/history/")

    months = ", ".join(date_format(month.first_day, "F Y") for month in earlier)
    assert [entry.sentence for entry in AuditEntry.objects.all()] == [f"Alan closed the history: {months}."]


def test_taking_an_import_back_is_noted(clean, browse):
    intake.confirm(clean.upload, leaving_out_errors=True)
    storing.store(clean.upload.pk)
    forget()

    browse(clean.grace).post(f"/imports/{clean.upload.pk}/take-back/")

    assert entries() == [("Grace", Act.FILE_TAKEN_BACK, None)]


def test_taking_out_a_file_is_noted(clean, browse):
    browse(clean.grace).get("/team/north/export/?what=members&as=csv")
    browse(clean.ada).get(f"/board/north/{clean.month}/csv/")
    browse(clean.grace).get("/team/north/log/?as=csv")

    assert [entry.sentence for entry in AuditEntry.objects.for_pages()] == [
        "Grace exported the log.",
        f"Ada exported a file of North: north-{clean.month}.csv.",
        "Grace exported a file of North: north-members.csv.",
    ]


def test_signing_in_and_wrong_passwords_are_noted_and_no_password_is(clean, browse):
    User.objects.filter(pk=clean.ada.user_id).update(password=make_password(PASSWORD))
    people = [("ada@example.org", "wrong"), ("nobody@example.org", "wrong"), ("ada@example.org", PASSWORD)]
    for email, password in people:
        browse().post("/accounts/login/", {"login": email, "password": password})

    assert entries() == [
        (None, Act.SIGN_IN_FAILED, "Ada"),
        (None, Act.SIGN_IN_UNKNOWN, None),
        ("Ada", Act.SIGNED_IN, None),
    ]
    assert [entry.sentence for entry in AuditEntry.objects.for_pages()] == [
        "Ada signed in.",
        "Somebody tried to sign in with an address that nobody has.",
        "Somebody tried to sign in as Ada with a wrong password.",
    ]


def test_signing_out_is_noted_and_only_of_who_was_signed_in(clean, browse):
    browse(clean.ada).post("/accounts/logout/")
    browse().post("/accounts/logout/")

    assert entries() == [("Ada", Act.SIGNED_OUT, None)]


def test_a_new_password_is_noted(clean, browse):
    User.objects.filter(pk=clean.ada.user_id).update(password=make_password(PASSWORD))
    clean.ada.user.refresh_from_db()
    passwords = {"oldpassword": PASSWORD, "password1": "another long password", "password2": "another long password"}
    browse(clean.ada).post("/accounts/password/change/", passwords)

    assert entries() == [("Ada", Act.PASSWORD_CHOSEN, None)]


@pytest.mark.parametrize(
    ("proxies", "header", "seen"),
    [
        (0, "198.51.100.7", "127.0.0.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (2, "192.0.2.1, 203.0.113.9, 198.51.100.7", "203.0.113.9"),
        (1, None, "127.0.0.1"),
    ],
)
def test_the_address_is_the_one_that_our_own_proxies_saw(clean, browse, settings, proxies, header, seen):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    headers = {"X-Forwarded-For": header} if header else {}

    browse(clean.grace).post(f"/reps/{clean.ada.pk}/access/", {"access": "no"}, headers=headers)

    assert AuditEntry.objects.get().address == seen


def test_what_is_refused_leaves_no_entry(clean, browse):
    browse(clean.grace).post(f"/memberships/{clean.grace.memberships.get().pk}/", {"role": "viewer", "plan": "free"})

    assert entries() == []


def test_what_the_clock_does_is_the_clocks(clean):
    record(Act.CLOSED, teams=[clean.north], month="2019-10")

    entry = AuditEntry.objects.get()
    assert (entry.sentence, entry.address, entry.organization) == ("The clock closed October 2019.", None, clean.acme)


@pytest.mark.parametrize("change", ["UPDATE teams_auditentry SET act = 'x'", "DELETE FROM teams_auditentry"])
def test_nobody_changes_an_entry(clean, change):
    record(Act.SIGNED_IN, by=clean.ada)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)

    assert entries() == [("Ada", Act.SIGNED_IN, None)]


def shown(response):
    return [entry.sentence for entry in response.context["entries"]]


def test_managers_read_of_their_team_and_admins_of_all(clean, browse):
    for member in (clean.ada, clean.sam, clean.gil, clean.alan):
        record(Act.SIGNED_IN, by=member)

    assert shown(browse(clean.grace).get("/team/north/log/")) == ["Ada signed in."]
    assert shown(browse(clean.alan).get("/team/north/log/")) == ["Ada signed in."]
    assert shown(browse(clean.sue).get("/team/south/log/")) == ["Sam signed in."]
    assert shown(browse(clean.alan).get("/organization/log/")) == [
        "Alan signed in.",
        "Sam signed in.",
        "Ada signed in.",
    ]


def test_moving_somebody_stands_in_both_teams_logs(clean, browse):
    browse(clean.alan).post(f"/memberships/{clean.ben.memberships.get().pk}/move/", {"move-team": clean.south.pk})

    said = ["Alan moved Ben from North to South."]
    assert shown(browse(clean.grace).get("/team/north/log/")) == said
    assert shown(browse(clean.sue).get("/team/south/log/")) == said


def test_one_finds_a_person_a_topic_and_what_is_older(clean, browse):
    grace = browse(clean.grace)
    for _ in range(60):
        record(Act.SIGNED_IN, by=clean.ben)
    record(Act.SIGNED_IN, by=clean.ada)
    record(Act.ACCESS_LOST, clean.ben, by=clean.grace)

    assert shown(grace.get("/team/north/log/?name=ada")) == ["Ada signed in."]
    assert shown(grace.get("/team/north/log/?topic=people")) == [
        "Grace noted that LinkedIn shows Ben no score any more."
    ]
    first = grace.get("/team/north/log/?topic=sign_in")
    older = grace.get("/team/north/log/" + first.context["older"])
    assert (len(shown(first)), len(shown(older)), older.context["older"]) == (50, 11, "")
    assert len(shown(grace.get("/team/north/log/?topic=nonsense&before=x"))) == 50


def test_the_reason_is_shown_and_is_only_text(clean, browse):
    grace = browse(clean.grace)
    grace.post(f"/readings/{clean.submission.pk}/withdraw/", {"reason": "<b>typo</b>"})

    assert "<q>&lt;b&gt;typo&lt;/b&gt;</q>" in grace.get("/team/north/log/").content.decode()


def test_the_log_is_a_file_without_formulas(clean, browse):
    Member.objects.filter(pk=clean.ada.pk).update(name="=1+1")
    browse(clean.grace).post(f"/readings/{clean.submission.pk}/withdraw/", {"reason": "typo"})

    response = browse(clean.grace).get("/team/north/log/?as=csv")

    entry = AuditEntry.objects.get(act=Act.WITHDREW)
    lines = list(csv.reader(b"".join(response.streaming_content).decode("utf-8-sig").splitlines()))
    assert response.headers["Content-Disposition"] == 'attachment; filename="north-log.csv"'
    assert lines[0] == ["At (UTC)", "Who", "What", "Reason", "About", "Team", "Address"]
    at = f"{entry.at:%Y-%m-%d %H:%M:%S}"
    assert lines[2] == [at, "Grace", str(entry.sentence), "typo", "'=1+1", "North", "127.0.0.1"]


def test_more_entries_cost_no_more_queries(clean, browse, django_assert_max_num_queries):
    grace = browse(clean.grace)
    for number in range(5):
        record(Act.ADDED, make_manager(clean.north, f"Gus {number}"), by=clean.grace, teams=[clean.north])
    grace.get("/team/north/log/")

    with django_assert_max_num_queries(8):
        grace.get("/team/north/log/")


def test_a_screen_that_is_paired_is_noted(clean, browse):
    screen = browse()
    code = screen.get("/display/").context["code"]
    browse(clean.grace).post("/displays/pair/", {"code": code, "name": "Hall", "team": clean.north.pk})

    assert entries() == [("Grace", Act.SCREEN_ADDED, None)]
