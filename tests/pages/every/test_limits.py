"""Too often: what is counted by whom, whom it locks out and whom not, and what the page says."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from teams.actions import displays, limits
from teams.actions.people import invitations
from teams.models import Act, AuditEntry, Delivery
from tests.codes import SECRET, code
from tests.makers import PASSWORD, mail_accounts, make_manager

TOO_MANY = "Too many wrong tries. Wait five minutes, or choose a new password by mail."
TOO_MANY_CODES = "Too many wrong codes. Wait an hour, then try again."


@pytest.fixture
def proxied(settings):
    """One proxy of ours in front, which says for whom it asks; the answer is a browser's from some address."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1


def sign_in(client, member, password=PASSWORD, *, claims="203.0.113.7"):
    """The page that follows, for somebody from an address; before the proxy's word stands what they claim."""
    said = {"login": member.user.email, "password": password}
    return client.post("/accounts/login/", said, headers={"X-Forwarded-For": claims})


def guess(client, member, times, claims="203.0.113.66"):
    """What the last of so many wrong tries is answered."""
    for _ in range(times):
        answer = sign_in(client, member, "a guess", claims=claims)
    return answer.content.decode()


def test_wrong_tries_are_stopped_and_lock_nobody_out_who_comes_from_elsewhere(world, browse, proxied):
    thief = browse()

    assert TOO_MANY not in guess(thief, world.ada, 5)
    assert TOO_MANY in guess(thief, world.ada, 1)
    assert TOO_MANY in sign_in(thief, world.ada, claims="203.0.113.66").content.decode()

    assert sign_in(browse(), world.ada).url == "/"


def test_whoever_has_a_whole_ipv6_network_is_one_visitor_and_their_neighbours_are_others(world, browse, proxied):
    for number in range(5):
        guess(browse(), world.ada, 1, claims=f"2001:db8:0:7::{number + 1:x}")

    assert TOO_MANY in guess(browse(), world.ada, 1, claims="2001:db8:0:7:ffff::9")
    assert TOO_MANY not in guess(browse(), world.ada, 1, claims="2001:db8:0:8::1")


def test_a_forged_address_does_not_begin_the_count_anew(world, browse, proxied):
    thief = browse()

    for forged in ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5"]:
        guess(thief, world.ada, 1, claims=f"{forged}, 203.0.113.66")

    assert TOO_MANY in guess(thief, world.ada, 1, claims="10.0.0.6, 203.0.113.66")


def test_without_a_proxy_of_ours_nobody_is_believed_about_their_address(world, browse):
    thief = browse()

    for number in range(5):
        guess(thief, world.ada, 1, claims=f"10.0.0.{number}")

    assert TOO_MANY in guess(thief, world.ada, 1, claims="10.0.0.99")


def test_one_address_cannot_try_many_accounts(world, browse, proxied, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed_address": "3/m/ip"}
    thief = browse()

    for member in [world.ada, world.ben, world.vera]:
        guess(thief, member, 1)

    assert TOO_MANY in guess(thief, world.grace, 1)


def test_one_account_cannot_be_tried_from_everywhere_and_a_link_by_mail_opens_it(
    world, browse, proxied, settings, mailoutbox
):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed_anywhere": "3/h/key"}
    for number in range(3):
        guess(browse(), world.ada, 1, claims=f"203.0.113.{number}")
    assert TOO_MANY in sign_in(browse(), world.ada).content.decode()

    ada, new = browse(), "another long sentence"
    ada.post("/accounts/password/reset/", {"email": world.ada.user.email})
    mail_accounts()
    link = re.search(r"https?://[^/]+(/\S+)", mailoutbox[0].body)[1]
    form = ada.get(link, follow=True).redirect_chain[-1][0]
    ada.post(form, {"password1": new, "password2": new})

    assert sign_in(browse(), world.ada, new).url == "/"


def second_step(client, member, typed, *, claims="203.0.113.7"):
    """The page that follows a code, in a new browser that knows the password."""
    sign_in(client, member, claims=claims)
    return client.post("/accounts/second-factor/authenticate/", {"code": typed}, headers={"X-Forwarded-For": claims})


@pytest.fixture
def careful(world):
    """Ada, with an app."""
    TOTP.activate(world.ada.user, SECRET)
    return world.ada


def test_codes_of_one_account_cannot_be_guessed_from_everywhere(careful, world, browse, proxied, monkeypatch):
    TOTP.activate(world.ben.user, SECRET)

    for number in range(10):
        wrong = second_step(browse(), careful, "000000", claims=f"203.0.113.{number}").content.decode()
        assert (TOO_MANY_CODES in wrong, "This code is wrong or too old." in wrong) == (False, True)

    assert TOO_MANY_CODES in second_step(browse(), careful, code(), claims="203.0.113.99").content.decode()
    assert second_step(browse(), world.ben, code()).url == "/"
    now = time.time
    monkeypatch.setattr(time, "time", lambda: now() + 3601)
    assert second_step(browse(), careful, code()).url == "/"


def test_whoever_does_not_know_the_password_keeps_nobody_from_their_second_step(careful, browse, proxied):
    for number in range(12):
        guess(browse(), careful, 1, claims=f"203.0.113.{number}")

    assert second_step(browse(), careful, code(), claims="198.51.100.7").url == "/"


def test_a_right_code_of_ones_own_clears_no_wrong_passwords_of_others(careful, world, browse, proxied, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login_failed_address": "2/m/ip"}
    guess(browse(), world.ben, 1)
    guess(browse(), world.vera, 1)

    TOTP.activate(world.grace.user, SECRET)
    grace = browse(world.grace)
    confirmed = grace.post(
        "/accounts/second-factor/reauthenticate/", {"code": code()}, headers={"X-Forwarded-For": "203.0.113.66"}
    )

    assert confirmed.status_code == 302
    assert TOO_MANY in guess(browse(), world.sam, 1)


def test_wrong_codes_are_noted_at_a_sign_in_and_when_something_is_confirmed(careful, browse):
    second_step(browse(), careful, "000000")
    browse(careful).post("/accounts/second-factor/reauthenticate/", {"code": "000000"})

    noted = AuditEntry.objects.filter(act=Act.SECOND_STEP_FAILED)
    assert [(entry.about, entry.actor, entry.address, entry.team.name, entry.sentence) for entry in noted] == [
        (careful, None, "127.0.0.1", "North", "Somebody tried to sign in as Ada with a wrong code or passkey."),
        (careful, careful, "127.0.0.1", "North", "Somebody tried to sign in as Ada with a wrong code or passkey."),
    ]


def test_mails_with_links_are_not_sent_without_end(world, client, mailoutbox):
    for _ in range(5):
        client.post("/accounts/password/reset/", {"email": "ada@example.org"})

    refused = client.post("/accounts/password/reset/", {"email": "ADA@example.org"})
    mail_accounts()

    assert (refused.status_code, refused.headers["Retry-After"], len(mailoutbox)) == (429, "3600", 5)
    assert "Try again in 60 minutes at the latest." in refused.content.decode()


def test_whoever_sends_a_form_too_often_loses_nothing_that_they_typed(world, browse, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"paste": "1/m/user"}
    ada, typed = browse(world.ada), {"pasted": "61 <out>\nof 100", "read": "1"}
    ada.post("/submit/", typed)

    refused = ada.post("/submit/", typed)

    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    page = refused.content.decode()
    assert "Try again in 1 minute." in page
    assert '<input type="hidden" name="pasted" value="61 &lt;out&gt;\nof 100">' in page
    assert browse(world.ben).post("/submit/", typed).status_code == 200


def test_no_password_is_written_into_a_page(world, client, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "1/m/ip"}
    sign_in(client, world.ada, "once")

    refused = sign_in(client, world.ada, "a very secret one")

    assert refused.status_code == 429
    assert "secret" not in refused.content.decode()


LINKS = [("submission_link", "/submit/link/no-such-key/"), ("invitation", "/invitation/no-such-key/")]


@pytest.mark.parametrize(("action", "path"), LINKS)
def test_links_without_a_sign_in_are_limited_by_address(world, browse, proxied, settings, action, path):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {action: "1/m/ip,9/h/key"}

    here, there = {"X-Forwarded-For": "203.0.113.7"}, {"X-Forwarded-For": "203.0.113.8"}
    assert [browse().post(path, headers=headers).status_code for headers in (here, here, there)] == [404, 429, 404]


@pytest.mark.parametrize(("action", "path"), LINKS)
def test_a_link_is_limited_from_wherever_it_is_used(world, browse, proxied, settings, action, path):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {action: "9/m/ip,2/h/key"}

    asked = [browse().post(path, headers={"X-Forwarded-For": f"203.0.113.{number}"}).status_code for number in range(3)]

    assert (asked, browse().post(path.replace("no-such", "another")).status_code) == ([404, 404, 429], 404)


EXPORTS = [
    "/team/north/export/?what=members&as=csv",
    "/team/north/export/?what=board&as=csv",
    "/team/north/log/?as=csv",
    "/me/data/?as=json",
]


@pytest.mark.parametrize("rate", ["{}/h/user,9/h/ip", "9/h/user,{}/h/ip"])
def test_files_are_taken_out_so_often_and_pages_that_offer_them_are_not_counted(world, browse, settings, rate):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"export": rate.format(len(EXPORTS))}
    grace = browse(world.grace)
    pages = ["/team/north/export/", "/team/north/log/", "/me/data/"]

    assert [grace.get(path).status_code for path in [*pages, *EXPORTS, *pages]] == [200] * 10
    refused = [grace.get(path) for path in EXPORTS]

    assert [(answer.status_code, answer.headers.get("Retry-After")) for answer in refused] == [(429, "3600")] * 4
    assert "Try again in 60 minutes at the latest." in refused[0].content.decode()
    others = browse(world.sue).get("/team/south/export/?what=members&as=csv").status_code
    assert others == (200 if rate.startswith("{}") else 429)


def test_a_board_is_taken_out_so_often(world, browse, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"download": "2/m/user,3/m/ip"}
    ada, ben, file = browse(world.ada), browse(world.ben), f"/board/north/{world.month}/csv/"

    assert [ada.get(file).status_code for _ in range(3)] == [200, 200, 429]
    assert ben.get(file).status_code == 429


def test_a_chats_test_is_sent_only_so_often(world, browse, settings):
    grace, test = browse(world.grace), f"/chats/{world.chat.pk}/test/"
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"try_chat": "2/m/user,9/m/ip"}

    assert [grace.post(test).status_code for _ in range(3)] == [302, 302, 429]
    assert Delivery.objects.filter(kind="chat_test").count() == 2


def test_reading_pastes_is_limited_by_address_too_and_submitting_is_not(world, browse, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"paste": "9/m/user,1/m/ip"}
    pasted, typed = {"pasted": "61 out of 100", "read": "1"}, {"total": ""}

    answers = [browse(who).post("/submit/", pasted).status_code for who in (world.ada, world.ben)]

    assert (answers, browse(world.ben).post("/submit/", typed).status_code) == ([200, 429], 200)


def test_files_invitations_and_codes_of_screens_are_limited_by_address_too(world, browse, proxied, monkeypatch):
    monkeypatch.setattr(limits, "AN_OFFICE", 1)
    for module, name in ((limits, "FILES"), (invitations, "AN_HOUR"), (displays, "TRIES")):
        monkeypatch.setattr(module, name, 1)
    office, home = "203.0.113.7", "198.51.100.7"
    code = {"code": "BCDF-GHJK", "name": "Hall", "team": world.north.pk}

    def said(who, address, path="/team/north/import/"):
        sent = browse(who), {"X-Forwarded-For": address}
        return [
            post(*sent, path, {"file": SimpleUploadedFile("scores.csv", b"\n")}, "files within an hour"),
            post(*sent, f"/reps/{world.jane.pk}/invite/", {"invite-email": f"{who}@example.net"}, "within an hour"),
            post(*sent, "/displays/pair/", code, "Wait ten minutes"),
        ]

    def post(browser, headers, path, form, refusal):
        return refusal in browser.post(path, form, headers=headers, follow=True).content.decode()

    assert said(world.grace, office) == [False] * 3
    assert said(world.alan, office) == [True] * 3
    assert said(make_manager(world.north, "Gus"), home, f"/figures/{world.counter.pk}/import/") == [False] * 3
    assert said(world.grace, home, f"/figures/{world.counter.pk}/import/") == [True] * 3


@pytest.fixture
def hashed(monkeypatch):
    """How often a password was hashed, whoever it was for."""
    calls, encode = [], Argon2PasswordHasher.encode
    monkeypatch.setattr(Argon2PasswordHasher, "encode", lambda *args: calls.append(1) or encode(*args))
    verify = Argon2PasswordHasher.verify
    monkeypatch.setattr(Argon2PasswordHasher, "verify", lambda *args: calls.append(1) or verify(*args))
    return calls


def test_a_wrong_password_costs_the_same_work_and_says_the_same_for_known_and_unknown(world, browse, hashed):
    said = {}
    for email in ["ada@example.org", "nobody@example.org"]:
        hashed.clear()
        page = browse().post("/accounts/login/", {"login": email, "password": "a guess"}).content.decode()
        said[email] = (len(hashed), re.findall(r'<ul class="errorlist.*?</ul>', page, re.S))

    assert said["ada@example.org"] == said["nobody@example.org"]
    assert said["ada@example.org"][0] == 1


def test_asking_for_a_new_password_does_the_same_and_says_the_same(world, browse, mailoutbox):
    answers = []
    for email in ["ada@example.org", "nobody@example.org"]:
        asked = browse().post("/accounts/password/reset/", {"email": email}, follow=True)
        answers.append((asked.redirect_chain, re.sub(r'value="\w{64}"', "", asked.content.decode())))

    assert answers[0] == answers[1]
    mail_accounts()
    assert [letter.to for letter in mailoutbox] == [["ada@example.org"], ["nobody@example.org"]]


def test_an_invitation_says_nothing_about_logins_of_other_organizations(world, browse):
    said, grace = [], browse(world.grace)
    for email in ["gil@example.org", "nobody@example.org"]:
        invited = grace.post(f"/reps/{world.jane.pk}/invite/", {"invite-email": email}, follow=True)
        said.append([str(message).replace(email, "…") for message in invited.context["messages"]])

    assert said == [["An invitation is on its way to …."]] * 2


@pytest.mark.parametrize("away", [False, True])
def test_a_limit_counts_for_as_long_as_it_says_also_while_the_cache_is_away(monkeypatch, away):
    monkeypatch.setattr("leaderboard.patches.cache.away_until", time.monotonic() + 60 if away else 0.0)

    both = {"an-hour": 3600, "a-second": 1}
    assert [cache.counted({"an-hour": 3600}), cache.counted(both), cache.counted(both)] == [[1], [2, 1], [3, 2]]
    time.sleep(1.1)
    assert cache.counted(both) == [4, 1]
