"""Every address, asked by everybody: the sign-in for strangers, 404 for what one may not see."""

from copy import deepcopy

import pytest
from django.test import Client
from django.urls import reverse

from tests.roles import FILE, addresses, written

ALL = {"ada", "ben", "vera", "grace", "alan", "sam", "sue", "gil", "gina"}
TEAM = {"ada", "ben", "vera", "grace", "alan"}
MANAGERS = {"grace", "alan"}
ADA_AND_MANAGERS = {"ada", *MANAGERS}
PUBLIC = {"stranger", *ALL}
PAGES = {
    "today": ([], PUBLIC - {"stranger"}),
    "bell": ([], ALL),
    "put_steps_away": ([], ALL),
    "put_offered_words_away": ([], ALL),
    "start": ([], set()),
    "demo_sign_in": ([], set()),
    "submit": ([], {"ada", "ben", "sam", "gil"}),
    "submit_for": (["ada"], MANAGERS),
    "submit_link": (["key"], set()),
    "saved": (["submission"], {"ada"}),
    "correct": (["submission"], ADA_AND_MANAGERS),
    "withdraw": (["submission"], ADA_AND_MANAGERS),
    "board": (["north"], TEAM),
    "board_of_month": (["north", "month"], TEAM),
    "own_part": (["north", "month"], TEAM),
    "counter_board": (["north", "month", "played"], TEAM),
    "own_figures": ([], {"ada", "ben"}),
    "own_figures_of_month": (["month"], {"ada", "ben"}),
    "board_csv": (["north", "month"], TEAM),
    "why": (["north", "month", "ada"], TEAM),
    "month_report": (["north", "closed"], TEAM),
    "podium": (["north", "closed"], TEAM),
    "certificates": (["north", "closed"], TEAM),
    "certificate_picture": (["north", "closed", "former"], TEAM),
    "revisions": (["north", "closed"], TEAM),
    "hall_of_fame": (["north"], TEAM),
    "organization": ([], ALL),
    "organization_of_month": (["month"], ALL),
    "organization_settings": ([], {"alan"}),
    "choose_logo": ([], {"alan"}),
    "logo": (["logo", "small"], {*TEAM, "sam", "sue"}),
    "rep": (["ada"], TEAM),
    "face": (["ada", "face", "small"], {*TEAM, "sam", "sue"}),
    "set_access": (["ada"], ADA_AND_MANAGERS),
    "sign_in_link": (["ada"], set()),
    "invite": (["ada"], MANAGERS),
    "withdraw_invitation": (["jane"], MANAGERS),
    "join_team": (["ada"], {"alan"}),
    "deactivate": (["ada"], MANAGERS),
    "undo_deactivation": (["ada"], MANAGERS),
    "reactivate": (["ada"], MANAGERS),
    "forget_second_factor": (["ada"], MANAGERS),
    "set_admin": (["ada"], {"alan"}),
    "leaves": (["ada"], ADA_AND_MANAGERS),
    "remove_leave": (["leave"], ADA_AND_MANAGERS),
    "accept_invitation": (["key"], set()),
    "people": ([], {"alan"}),
    "holidays": ([], {"alan"}),
    "recalibrations": ([], {"alan"}),
    "answer_suggestion": (["suggestion"], {"alan"}),
    "remove_recalibration": (["recalibration"], {"alan"}),
    "thanks": ([], ALL),
    "agree_to_thanks": (["thanks"], {"ada"}),
    "take_thanks_down": (["thanks"], {"ada", "ben", *MANAGERS}),
    "thank_for_month": (["north", "closed", "ada"], set()),
    "goals": ([], ALL),
    "past_goals": ([], ALL),
    "new_goal": ([], {"ada", "ben", "sam", "gil"}),
    "new_team_goal": (["north"], MANAGERS),
    "edit_goal": (["goal"], MANAGERS),
    "cancel_goal": (["goal"], MANAGERS),
    "challenges": ([], ALL),
    "challenges_over": ([], ALL),
    "new_challenge": ([], {"grace", "alan", "sue", "gina"}),
    "new_duel": ([], {"ada", "ben", "sam", "gil"}),
    "answer_challenge": (["entry"], {"ada"}),
    "challenge": (["challenge"], TEAM),
    "join_challenge": (["challenge"], TEAM),
    "send_challenge": (["challenge"], MANAGERS),
    "edit_challenge": (["challenge"], MANAGERS),
    "cancel_challenge": (["challenge"], MANAGERS),
    "choose": (["challenge"], MANAGERS),
    "decide_unconfirmed": (["entry"], set()),
    "settle_again": (["challenge"], MANAGERS),
    "debts": ([], ALL),
    "end_debt": (["debt"], {"ada"}),
    "me": ([], ALL),
    "choose_face": ([], ALL),
    "remove_face": (["ada"], ADA_AND_MANAGERS),
    "choose_wall_name": ([], ALL),
    "mail_settings": ([], ALL),
    "end_links": ([], ALL),
    "own_data": ([], ALL),
    "change_address": ([], ALL),
    "confirm_address": (["key"], set()),
    "erase": ([], ALL),
    "erase_person": (["ada"], {"alan"}),
    "unsubscribe": (["key"], set()),
    "teams": ([], {"grace", "alan", "sue", "gina"}),
    "team": (["north"], MANAGERS),
    "insights": (["north"], MANAGERS),
    "figures": (["north"], MANAGERS),
    "counter": (["counter"], MANAGERS),
    "set_playable": (["counter"], MANAGERS),
    "import_figures": (["counter"], MANAGERS),
    "figures_of_month": (["counter", "month"], MANAGERS),
    "team_month": (["north", "month"], MANAGERS),
    "enter_scores": (["north", "month"], MANAGERS),
    "nudge_silent": (["north", "month"], MANAGERS),
    "confirm_readings": (["north", "month"], MANAGERS),
    "close_month": (["north", "waiting"], MANAGERS),
    "open_month": (["north", "closed"], MANAGERS),
    "amend": (["north", "closed", "former"], MANAGERS),
    "add_member": (["north"], MANAGERS),
    "paste_members": (["north"], MANAGERS),
    "change_several": (["north"], MANAGERS),
    "membership": (["membership"], MANAGERS),
    "correct_member": (["membership"], MANAGERS),
    "remove_member": (["jane"], MANAGERS),
    "merge_member": (["membership"], MANAGERS),
    "take_apart": (["membership"], MANAGERS),
    "move_member": (["membership"], MANAGERS),
    "end_membership": (["membership"], MANAGERS),
    "team_settings": (["north"], MANAGERS),
    "team_displays": (["north"], MANAGERS),
    "pair_display": ([], {"grace", "alan", "sue", "gina"}),
    "edit_display": (["display"], MANAGERS),
    "celebrate_on_display": (["display"], MANAGERS),
    "unpair_display": (["display"], MANAGERS),
    "remove_display": (["display"], MANAGERS),
    "share_links": (["north"], MANAGERS),
    "renew_share_link": (["share"], MANAGERS),
    "end_share_link": (["share"], MANAGERS),
    "shared_board": (["key"], set()),
    "embedded_board": (["key"], set()),
    "slack_settings": ([], {"alan"}),
    "slack_command": (["key"], set()),
    "slack_link": (["key"], set()),
    "end_slack_user": (["slack_user"], {"ada"}),
    "reminders": (["north"], MANAGERS),
    "add_chat": (["north"], MANAGERS),
    "try_chat": (["chat"], MANAGERS),
    "remove_chat": (["chat"], MANAGERS),
    "choose_weekly": (["chat"], MANAGERS),
    "deliver_again": (["delivery"], MANAGERS),
    "export": (["north"], MANAGERS),
    "team_log": (["north"], MANAGERS),
    "organization_log": ([], {"alan"}),
    "imports": (["north"], MANAGERS),
    "history": (["north"], MANAGERS),
    "import": (["import"], MANAGERS),
    "import_columns": (["import"], MANAGERS),
    "import_table": (["import"], MANAGERS),
    "import_people": (["import"], MANAGERS),
    "import_conflicts": (["import"], MANAGERS),
    "import_confirm": (["import"], MANAGERS),
    "import_cancel": (["import"], MANAGERS),
    "import_mend": (["import"], MANAGERS),
    "import_take_back": (["import"], MANAGERS),
    "import_invite": (["stored"], MANAGERS),
    "ranking": (["north"], MANAGERS),
    "news": (["key"], set()),
    "style": ([], set()),
    "display": ([], PUBLIC),
    "wall_face": (["ada", "face", "small"], set()),
    "display_check": ([], PUBLIC),
    "display_worker": ([], PUBLIC),
    "manifest": ([], PUBLIC),
    "service_worker": ([], PUBLIC),
    "offline": ([], PUBLIC),
    "kept": ([], PUBLIC),
    "help": ([], PUBLIC),
    "api_help": ([], ALL),
    "tokens": ([], ALL),
    "end_token": (["token"], {"ada"}),
    "team_webhooks": (["north"], MANAGERS),
    "organization_webhooks": ([], {"alan"}),
    "webhook": (["endpoint"], MANAGERS),
    "try_webhook": (["endpoint"], MANAGERS),
    "renew_webhook_secret": (["endpoint"], MANAGERS),
    "switch_webhook": (["endpoint"], MANAGERS),
    "remove_webhook": (["endpoint"], MANAGERS),
    "send_webhook_again": (["told"], MANAGERS),
    "calendar": ([], ALL),
    "end_calendar": ([], ALL),
    "calendar_feed": (["key"], set()),
    "theme": ([], PUBLIC),
    "running": ([], {"grace", "alan", "sue", "gina"}),
    "metrics": ([], set()),
    "healthz": ([], PUBLIC),
    "readyz": ([], PUBLIC),
}
"""Each page: what its address names, and who may open it. The objects are Acme's, its team North's, and Ada's."""
OPEN_TO_STRANGERS = {
    "help",
    "theme",
    "demo_sign_in",
    "start",
    "submit_link",
    "accept_invitation",
    "confirm_address",
    "unsubscribe",
    "calendar_feed",
    "news",
    "display",
    "wall_face",
    "shared_board",
    "embedded_board",
    "slack_command",
    "display_check",
    "display_worker",
    "manifest",
    "service_worker",
    "offline",
    "kept",
    "metrics",
    "healthz",
    "readyz",
}


def address(name, arguments, world):
    values = {
        "north": world.north.slug,
        "month": world.month,
        "closed": world.closed,
        "former": world.former.pk,
        "waiting": world.closed + 1,
        "ada": world.ada.pk,
        "face": world.ada.face,
        "logo": world.acme.logo,
        "small": "small",
        "submission": world.submission.pk,
        "display": world.display.pk,
        "challenge": world.challenge.pk,
        "entry": world.challenge.entries.get(member=world.ada).pk,
        "debt": world.debt.pk,
        "thanks": world.thanks.pk,
        "chat": world.chat.pk,
        "share": world.share.pk,
        "slack_user": world.slack_user.pk,
        "delivery": world.delivery.pk,
        "endpoint": world.endpoint.pk,
        "told": world.told.pk,
        "goal": world.goal.pk,
        "jane": world.jane.pk,
        "leave": world.leave.pk,
        "membership": world.ada.memberships.get().pk,
        "recalibration": world.recalibration.pk,
        "counter": world.counter.pk,
        "played": world.played.pk,
        "suggestion": world.suggestion.pk,
        "import": world.upload.pk,
        "stored": world.stored.pk,
        "token": world.token.pk,
        "key": "no-such-key",
    }
    return reverse(name, args=[values[argument] for argument in arguments])


def test_every_address_has_an_entry():
    names = {pattern.name for pattern in addresses()}

    assert names == set(PAGES)


def test_the_written_table_of_who_may_do_what_says_the_same():
    patterns = addresses()

    assert FILE.read_text().startswith(written(PAGES, patterns)), "Run `python -m tests.roles`."


@pytest.fixture(scope="module")
def sessions(made, handler, django_db_blocker):
    """The cookies of everybody, who sign in once for all these tests."""
    with django_db_blocker.unblock():
        return {who: signed_in(member, handler).cookies for who, member in made.people.items()}


def signed_in(member, handler):
    client = Client()
    client.handler = handler
    client.force_login(member.user)
    return client


@pytest.fixture
def ask(browse, sessions):
    """Answers how an address answers somebody: `ask("get", "/", "ada")`, and a stranger without a name."""

    def ask(method, url, who=None):
        client = browse()
        if who:
            client.cookies = deepcopy(sessions[who])
        return getattr(client, method)(url)

    return ask


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_for_those_who_may_see_it_and_does_not_exist_for_others(world, ask, name, method):
    arguments, allowed = PAGES[name]
    url = address(name, arguments, world)
    may = sorted(allowed - {"stranger"})
    asked = [*sorted(ALL - allowed), *(may if method == "get" else may[:1])]  # what is sent changes the world
    if may and method.upper() not in ask("options", url, may[0]).headers.get("Allow", "GET, POST"):
        asked = [*asked[:1], may[0]]  # nobody opens what answers to another method only
    statuses = {who: ask(method, url, who).status_code for who in asked}
    stranger = ask(method, url)

    not_found = {who for who, status in statuses.items() if status == 404}
    opened = {who for who, status in statuses.items() if status in (200, 302)}

    assert opened <= allowed
    if method == "get" and opened:
        assert opened == allowed - {"stranger"}
        assert not_found == ALL - allowed

    if name in OPEN_TO_STRANGERS:
        assert "/accounts/login/" not in stranger.headers.get("Location", "")
    elif name == "today" and method == "post":
        assert stranger.status_code == 405
    else:
        assert (stranger.status_code, stranger.url.split("?")[0]) == (302, "/accounts/login/")
