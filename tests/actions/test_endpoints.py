"""Endpoints: what they are told, signed as the standard says, to a real receiver that answers as it likes."""

import json
import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils import timezone
from standardwebhooks import Webhook as StandardWebhook

from leaderboard.local.site import ROOT
from teams.actions.audit import record
from teams.actions.challenges.settling import settle
from teams.actions.endpoints import (
    add_endpoint,
    remove_endpoint,
    renew_secret,
    send_webhook_again,
    switch_endpoint,
    try_endpoint,
)
from teams.actions.messages.deliveries import due_deliveries
from teams.actions.months.closing import close_month
from teams.actions.people.members import add_member
from teams.actions.people.memberships import change_membership, deactivate, move_member
from teams.actions.privacy.scrubbing import drop_webhooks_that_name, scrub
from teams.actions.submissions import submit, withdraw
from teams.actions.webhooks import deliver_next, due_endpoints, take_up_the_stuck, tell_endpoints
from teams.models import Act, Delivery, Endpoint, MessageKind, Role, Submission, Team
from teams.rules.errors import Refused
from teams.rules.messages.delivery import STUCK_AFTER, DeliveryState
from teams.rules.messages.webhooks import BOTH_VALID, TRIED_FOR, TRY_AGAIN_AFTER, WebhookEvent
from tests.makers import (
    accept,
    days_ago,
    make_admin,
    make_challenge,
    make_goal,
    make_manager,
    make_organization,
    make_rep,
    make_submission,
    make_team,
    ranked_board,
    this_month,
)

pytestmark = pytest.mark.django_db
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def north():
    return make_team("North", make_organization("Acme", created_at=timezone.now() - timedelta(days=90)))


@pytest.fixture
def grace(north):
    return make_manager(north)


@pytest.fixture
def ada(north):
    return make_rep(north, "Ada")


@pytest.fixture
def told(north, grace, ada, chat):
    """An endpoint of North that is told everything, and its secret."""
    return add_endpoint(grace, north, chat.url, list(WebhookEvent), timezone.now())


def sent(endpoint, now=None):
    """Have everything that waits handed over; how it went."""
    now = now or timezone.now()
    tell_endpoints(now)
    states = []
    while (state := deliver_next(endpoint.pk, now)) is not None:
        states.append(state)
    return states


def filed(member, total, **fields):
    return submit(
        Submission(
            member=member,
            month=this_month(member.organization),
            taken_on=member.organization.today(),
            total=total,
            typed_by=member,
            source="typed",
            **fields,
        )
    ).submission


def types(chat):
    return [body["type"] for _path, _host, body in chat.posts]


def test_a_receiver_verifies_what_it_is_told_as_the_standard_says(told, ada, chat):
    endpoint, secret = told
    reading = filed(ada, 61)

    assert sent(endpoint) == [DeliveryState.SENT]

    [(headers, raw)] = chat.requests
    body = StandardWebhook(secret).verify(raw, headers)
    assert body["type"] == "reading.submitted"
    assert body["data"] == {
        "reading": reading.pk,
        "member": ada.pk,
        "month": str(reading.month),
        "team": "north",
        "url": f"http://127.0.0.1:8000/api/v1/readings/{reading.pk}",
    }


def test_the_example_of_the_documents_verifies_it_and_refuses_what_is_not_ours(told, ada, chat):
    endpoint, secret = told
    filed(ada, 61)
    sent(endpoint)
    example = {}
    exec(re.search(r"```python\n(.*?)```", (ROOT / "docs/webhooks.md").read_text(), re.DOTALL)[1], example)
    [(headers, raw)] = chat.requests

    assert example["verified"](secret, headers, raw)["type"] == "reading.submitted"
    with pytest.raises(ValueError, match="somebody else"):
        example["verified"](secret, headers, raw + b" ")
    with pytest.raises(ValueError, match="too old"):
        example["verified"](secret, headers | {"webhook-timestamp": "1700000000"}, raw)


def test_what_is_told_once_is_told_no_more_however_often_one_looks(told, ada, chat):
    filed(ada, 61)
    now = timezone.now()

    for minutes in range(4):
        sent(told[0], now + A_MINUTE * minutes)

    assert types(chat) == ["reading.submitted"]


def test_every_event_is_told_with_ids_and_an_address_and_no_name_or_figure(told, north, grace, ada, chat):
    endpoint, now = told[0], timezone.now()
    south = make_team("South", north.organization)
    first = filed(ada, 61)
    second = filed(ada, 62, replaces=first)
    withdraw(second, ada)
    ben = add_member(north, name="Ben")
    move_member(ben.memberships.get(), south, north.organization.today())
    goal = make_goal(north, 40, by=grace, reached_on=days_ago(north.organization, 1), celebrated_at=now)
    challenge = make_challenge(north, grace, now=now)
    record(Act.REOPENED, by=grace, teams=[north], reason="typo", month=str(first.month))

    sent(endpoint, timezone.now())

    found = [(body["type"], {key: value for key, value in body["data"].items() if key not in ("url", "month")})
             for _path, _host, body in chat.posts]  # fmt: skip
    assert sorted(found, key=str) == sorted([
        ("reading.submitted", {"reading": first.pk, "member": ada.pk, "team": "north"}),
        ("reading.corrected", {"reading": second.pk, "corrects": first.pk, "member": ada.pk, "team": "north"}),
        ("reading.withdrawn", {"reading": second.pk, "member": ada.pk, "team": "north"}),
        ("member.joined", {"member": ben.pk, "team": "north"}),
        ("member.left", {"member": ben.pk, "team": "north"}),
        ("goal.reached", {"goal": goal.pk, "member": None, "team": "north"}),
        ("challenge.started", {"challenge": challenge.pk, "team": "north"}),
        ("month.reopened", {"team": "north"}),
    ], key=str)  # fmt: skip
    said = json.dumps([body for _path, _host, body in chat.posts])
    assert not any(word in said for word in ("Ada", "Ben", "Grace", "total"))


def test_a_closing_and_a_settlement_are_told_with_the_address_that_answers(told, north, grace, ada, chat):
    endpoint, now = told[0], timezone.now()
    challenge = make_challenge(north, grace, starts_on=days_ago(north.organization, 0), days=0)
    accept(challenge, ada)
    month = this_month(north.organization) - 1
    make_submission(ada, 50, month=month, typed_at=now - timedelta(days=1))
    close_month(ranked_board(north, month).pk, now)
    later = now + timedelta(days=30)
    settle(challenge.pk, later)

    sent(endpoint, later + A_MINUTE)

    urls = {body["type"]: body["data"]["url"] for _path, _host, body in chat.posts}
    assert urls == {
        "month.closed": f"http://127.0.0.1:8000/api/v1/boards/north/{month}",
        "challenge.started": "http://127.0.0.1:8000/api/v1/challenges",
        "challenge.settled": "http://127.0.0.1:8000/api/v1/challenges",
    }


def test_a_teams_address_is_told_of_no_other_team_and_the_companys_of_all(told, north, chat):
    south = make_team("South", north.organization)
    sue, sam = make_manager(south, "Sue"), make_rep(south, "Sam")
    alan = make_admin(north.organization)
    company, _secret = add_endpoint(alan, None, chat.url, [WebhookEvent.READING_SUBMITTED], timezone.now())
    filed(sam, 50)

    assert (sent(told[0]), sent(company)) == ([], [DeliveryState.SENT])
    assert sue.pk != sam.pk


def test_ones_own_goal_is_told_where_it_is_shared_and_nowhere_else(told, ada, chat):
    reached = {"reached_on": days_ago(ada.organization, 1), "celebrated_at": timezone.now()}
    make_goal(ada, 30, **reached)
    shared = make_goal(ada, 40, shared=True, **reached)

    sent(told[0])

    assert [body["data"]["goal"] for _path, _host, body in chat.posts] == [shared.pk]


@pytest.mark.parametrize("change", ["demoted", "deactivated"])
def test_nothing_is_told_once_its_maker_may_not_see_it_any_more(told, north, grace, ada, chat, change):
    hopper, today = make_manager(north, "Hopper"), north.organization.today()
    filed(ada, 61)
    tell_endpoints(timezone.now())

    if change == "demoted":
        change_membership(grace.memberships.get(), role=Role.VIEWER, competing=False, today=today)
    else:
        deactivate(grace, hopper, today)

    assert sent(told[0]) == []
    assert chat.posts == []


def test_what_was_not_taken_is_tried_after_the_standards_waits_with_the_same_id_and_body(told, ada, chat):
    endpoint, now = told[0], timezone.now()
    filed(ada, 61)
    chat.status = 500

    tries, moment = [], now
    tell_endpoints(now)
    while deliver_next(endpoint.pk, moment) == DeliveryState.WAITING:
        tries.append(moment)
        moment = max(Delivery.objects.get().due_at, Endpoint.objects.get().paused_until)

    waits = [later - earlier for earlier, later in pairwise(tries)]
    assert waits[: len(TRY_AGAIN_AFTER)] == [*TRY_AGAIN_AFTER]
    assert len({(headers["webhook-id"], raw) for headers, raw in chat.requests}) == 1
    assert len({headers["webhook-timestamp"] for headers, _raw in chat.requests}) == len(chat.requests)


def test_five_days_without_anything_taken_switch_it_off_and_its_owner_gets_a_mail(told, grace, ada, chat):
    endpoint, now = told[0], timezone.now()
    chat.status = 500
    filed(ada, 61)
    sent(endpoint, now)
    Endpoint.objects.update(paused_until=None)
    Delivery.objects.update(due_at=now)

    sent(endpoint, now + TRIED_FOR)

    endpoint.refresh_from_db()
    assert endpoint.off_at == now + TRIED_FOR
    mail = Delivery.objects.get(kind=MessageKind.WEBHOOK_OFF)
    assert (mail.member, mail.notice["title"]) == (grace, "Your webhook is off")
    assert Delivery.objects.get(endpoint=endpoint).state == DeliveryState.FAILED


def test_one_that_was_taken_in_between_begins_the_five_days_anew(told, ada, chat):
    endpoint, now = told[0], timezone.now()
    chat.status = 500
    filed(ada, 61)
    sent(endpoint, now)
    chat.status = 200

    sent(endpoint, now + timedelta(days=2))

    endpoint.refresh_from_db()
    assert (endpoint.failing_since, endpoint.failures, endpoint.paused_until) == (None, 0, None)


def test_a_receiver_that_is_gone_is_asked_once(told, ada, chat):
    chat.status = 410
    filed(ada, 61)

    sent(told[0])

    assert Endpoint.objects.get().off_at is not None
    assert len(chat.posts) == 1


def test_others_wait_while_one_is_not_taken(told, ada, chat):
    endpoint, now = told[0], timezone.now()
    chat.status = 503
    first = filed(ada, 61)
    filed(ada, 62, replaces=first)

    assert sent(endpoint, now + A_MINUTE) == [DeliveryState.WAITING]

    assert len(chat.posts) == 1
    assert due_endpoints(now + A_MINUTE) == []


def test_what_a_worker_died_over_is_sent_again_under_the_same_id(told, ada, chat):
    endpoint, now = told[0], timezone.now()
    filed(ada, 61)
    sent(endpoint, now)
    Delivery.objects.update(state=DeliveryState.SENDING, started_at=now)  # killed before it could be noted
    later = now + STUCK_AFTER + A_MINUTE

    assert deliver_next(endpoint.pk, later) is None
    assert take_up_the_stuck(later) == 1
    assert deliver_next(endpoint.pk, later) == DeliveryState.SENT

    first, second = chat.requests
    assert (first[0]["webhook-id"], first[1]) == (second[0]["webhook-id"], second[1])


def test_for_a_day_both_secrets_sign(told, ada, chat):
    endpoint, former = told
    now = timezone.now()
    new = renew_secret(endpoint, now)
    filed(ada, 61)

    sent(endpoint, timezone.now())

    [(headers, raw)] = chat.requests
    assert StandardWebhook(new).verify(raw, headers) == StandardWebhook(former).verify(raw, headers)
    endpoint.refresh_from_db()
    assert endpoint.secrets(now + BOTH_VALID) == [new]


def test_no_secret_stands_in_the_database(told):
    endpoint, former = told
    new = renew_secret(endpoint, timezone.now())

    [stored] = Endpoint.objects.annotate(raw=Cast("secret", TextField()), old=Cast("former_secret", TextField()))

    assert (new in stored.raw, former in stored.old) == (False, False)
    assert stored.secrets(timezone.now()) == [new, former]


def test_under_another_key_nothing_is_sent_until_another_secret_is_taken(told, ada, chat, settings):
    endpoint, _secret = told
    filed(ada, 61)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another" * 10, []

    assert sent(endpoint) == [DeliveryState.WAITING]
    assert Delivery.objects.get().why == "the site has another key since; take another secret"
    assert chat.posts == []

    new = renew_secret(endpoint, timezone.now())
    assert sent(endpoint, timezone.now() + timedelta(hours=1)) == [DeliveryState.SENT]
    [(headers, raw)] = chat.requests
    assert headers["webhook-signature"] == StandardWebhook(new).sign(
        headers["webhook-id"], datetime.fromtimestamp(int(headers["webhook-timestamp"]), UTC), raw.decode()
    )


def test_a_test_is_sent_once_and_says_what_was_answered(told, chat):
    endpoint, now = told[0], timezone.now()
    chat.status, chat.words = 404, "no such hook"

    test = try_endpoint(endpoint, now)
    deliver_next(endpoint.pk, now)

    test.refresh_from_db()
    assert (test.state, test.why) == (DeliveryState.FAILED, "it answered “404 no such hook”")
    assert Endpoint.objects.get().failing_since is None
    assert types(chat) == ["test"]


def test_what_has_ended_is_sent_again_with_the_same_id_when_somebody_asks(told, ada, chat):
    endpoint = told[0]
    filed(ada, 61)
    sent(endpoint)

    done = send_webhook_again(Delivery.objects.get(), timezone.now())

    assert done
    assert sent(endpoint) == [DeliveryState.SENT]
    first, second = chat.requests
    assert first[0]["webhook-id"] == second[0]["webhook-id"]


def test_what_happens_while_it_is_off_is_not_told_afterwards(told, ada, chat):
    endpoint = told[0]
    switch_endpoint(endpoint, timezone.now(), on=False)
    first = filed(ada, 61)
    off = sent(endpoint)
    switch_endpoint(endpoint, timezone.now(), on=True)

    filed(ada, 62, replaces=first)

    assert (off, sent(endpoint)) == ([], [DeliveryState.SENT])
    assert types(chat) == ["reading.corrected"]


def test_a_removed_address_is_forgotten(told, ada, chat):
    remove_endpoint(told[0], timezone.now())
    filed(ada, 61)

    assert sent(told[0]) == []
    assert Endpoint.objects.values_list("url", "secret", "former_secret").get() == ("", "", "")


@pytest.mark.parametrize("url", ["http://example.org/", "https://user:pass@example.org/", "no address"])
def test_an_address_that_the_site_would_not_post_to_is_refused(north, grace, url):
    with pytest.raises(Refused):
        add_endpoint(grace, north, url, [WebhookEvent.MONTH_CLOSED], timezone.now())


def test_a_private_address_is_not_asked_whatever_name_it_has(told, ada, chat, settings):
    settings.ALLOW_PRIVATE_WEBHOOKS = False
    Endpoint.objects.update(url="https://localhost/hook")
    filed(ada, 61)

    sent(told[0])

    assert "not an address on the public internet" in Delivery.objects.get().why
    assert chat.posts == []


def test_mails_are_not_held_up_by_what_waits_for_endpoints(told, ada):
    filed(ada, 61)
    tell_endpoints(timezone.now())

    assert due_deliveries(timezone.now() + A_MINUTE) == []


def test_history_is_no_news(told, north, ada, chat):
    month = this_month(north.organization) - 2
    north.boards.update_or_create(month=month, defaults={"in_history": True})
    make_submission(ada, 50, month=month)

    assert sent(told[0]) == []


def test_what_waits_and_names_who_is_erased_does_not_go_out_and_nothing_sent_keeps_the_name(told, ada, chat):
    endpoint, now = told[0], timezone.now()
    Team.objects.filter(pk=endpoint.team_id).update(slug="ada-lovelace", name="Ada Lovelace")
    filed(ada, 61)
    sent(endpoint)
    try_endpoint(endpoint, now)
    Delivery.objects.filter(kind="webhook_test").update(notice={"type": "test", "data": {"team": "ada-lovelace"}})

    drop_webhooks_that_name(endpoint.organization, ["Ada Lovelace"], now)
    scrub(endpoint.organization, ["Ada Lovelace"])

    states = dict(Delivery.objects.values_list("kind", "state"))
    assert states == {"webhook": DeliveryState.SENT, "webhook_test": DeliveryState.DROPPED}
    assert not any("lovelace" in json.dumps(each.notice) for each in Delivery.objects.all())
    assert deliver_next(endpoint.pk, timezone.now()) is None
