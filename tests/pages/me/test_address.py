"""Somebody changes the address that they sign in with."""

import re
import time

import pytest
from allauth.account.models import EmailAddress
from django.core import signing

from teams.actions.people.addresses import SALT
from teams.models import Act, AuditEntry, User
from tests.makers import PASSWORD, mail_accounts

pytestmark = pytest.mark.django_db
NEW = "ada.king@example.net"


def said(response):
    return [str(message) for message in response.context["messages"]]


def ask(browser, email=NEW, password=PASSWORD):
    page = browser.post("/me/address/", {"email": email, "password": password}, follow=True)
    mail_accounts()
    return page


def link_in(mail):
    return re.search(r"http://[^/]+(/address/\S+/)", mail.body)[1]


def signed_a_day_ago(token):
    """The same token as if it had been asked for a little over a day ago."""
    signer = signing.TimestampSigner(salt=SALT)
    signer.timestamp = lambda: signing.b62_encode(int(time.time()) - 86_500)
    return signer.sign_object(signing.loads(token, salt=SALT))


def by_reader(mailbox):
    return {mail.to[0]: mail.subject.rpartition("] ")[2] for mail in mailbox}


def test_a_link_goes_to_the_new_address_and_word_of_it_to_the_old_which_stays(world, browse, mailoutbox):
    page = ask(browse(world.ada))

    world.ada.user.refresh_from_db()
    assert said(page) == [f"A link is on its way to {NEW}. Until you open it, everything stays as it is."]
    assert by_reader(mailoutbox) == {
        NEW: "Your new address for Leaderboard",
        "ada@example.org": "Your address for Leaderboard is to change",
    }
    assert (world.ada.user.email, NEW in mailoutbox[1].body) == ("ada@example.org", True)


def test_the_link_asks_and_then_makes_it_so_once(world, browse, mailoutbox):
    here, elsewhere = browse(world.ada), browse(world.ada)
    ask(here)
    link = link_in(mailoutbox[0])

    shown = here.get(link)
    done = here.post(link, follow=True)
    mail_accounts()

    user = User.objects.get(pk=world.ada.user.pk)
    assert (f"Sign in with {NEW} from now on?" in shown.content.decode(), said(done)) == (
        True,
        [f"From now on you sign in with {NEW}."],
    )
    assert (user.email, list(EmailAddress.objects.filter(user=user).values_list("email", "verified"))) in [
        (NEW, [(NEW, True)]), (NEW, []),
    ]  # fmt: skip
    assert [here.get("/me/").status_code, elsewhere.get("/me/").status_code] == [200, 302]
    assert (mailoutbox[-1].to, NEW in mailoutbox[-1].body) == (["ada@example.org"], True)
    assert list(world.ada.former_names.values_list("name", flat=True)) == ["ada@example.org"]
    assert [here.get(link).status_code, here.post(link).status_code] == [404, 404]
    noted = AuditEntry.objects.filter(act__in=[Act.ADDRESS_ASKED, Act.ADDRESS_CHANGED]).order_by("pk")
    assert list(noted.values_list("act", "actor__name")) == [
        ("sign_in.ask_address", "Ada"), ("sign_in.address", "Ada"),
    ]  # fmt: skip


def test_whoever_is_not_signed_in_opens_it_too_and_signs_in_with_the_new_one(world, browse, mailoutbox):
    ask(browse(world.ada))

    stranger = browse()
    assert stranger.post(link_in(mailoutbox[0])).url == "/accounts/login/"
    stranger.post("/accounts/login/", {"login": NEW, "password": PASSWORD})

    assert stranger.get("/me/").status_code == 200


def test_links_of_before_are_dead(world, browse, mailoutbox):
    ada = browse(world.ada)
    ask(ada)
    ask(ada, "another@example.net")
    browse().post("/accounts/password/reset/", {"email": "ada@example.org"})
    mail_accounts()
    reset = re.search(r"(/accounts/password/reset/key/\S+/)", mailoutbox[-1].body)[1]

    browse().post(link_in(mailoutbox[2]))

    assert browse().get(link_in(mailoutbox[0])).status_code == 404
    assert "account/password_reset_from_key.html" in [t.name for t in browse().get(reset, follow=True).templates]
    assert browse().get(reset, follow=True).context["token_fail"] is True


@pytest.mark.parametrize("when", ["a new password", "a day later", "another link", "signed out everywhere"])
def test_a_link_dies(world, browse, mailoutbox, when):
    ask(browse(world.ada))
    link, user = link_in(mailoutbox[0]), world.ada.user
    if when == "a new password":
        user.set_password("nine blue otters sing")
    if when == "signed out everywhere":
        user.sessions_ended += 1
    user.save()
    if when == "another link":
        link = link[:-3] + "xx/"

    if when == "a day later":
        link = f"/address/{signed_a_day_ago(link.split('/')[2])}/"

    assert [browse().get(link).status_code, browse().post(link).status_code] == [404, 404]


@pytest.mark.parametrize(
    ("email", "password", "field"),
    [(NEW, "wrong", "password"), ("ADA@example.org", PASSWORD, "email"), ("no address", PASSWORD, "email")],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_is_sent(world, browse, mailoutbox, email, password, field):
    page = ask(browse(world.ada), email, password)

    assert (list(page.context["form"].errors), mailoutbox) == ([field], [])


def test_an_address_that_somebody_has_is_told_nothing_but_to_its_owner(world, browse, mailoutbox):
    page = ask(browse(world.ada), "Gil@example.org")

    assert said(page) == ["A link is on its way to gil@example.org. Until you open it, everything stays as it is."]
    assert by_reader(mailoutbox) == {
        "gil@example.org": "Your address for Leaderboard",
        "ada@example.org": "Your address for Leaderboard is to change",
    }
    assert "/address/" not in mailoutbox[0].body


def test_an_address_that_somebody_took_meanwhile_is_not_taken_from_them(world, browse, mailoutbox):
    ask(browse(world.ada))
    User.objects.filter(pk=world.ben.user.pk).update(email=NEW)

    answer = browse().post(link_in(mailoutbox[0]))

    world.ada.user.refresh_from_db()
    assert (answer.status_code, world.ada.user.email) == (404, "ada@example.org")


def test_the_pages_that_add_an_unchecked_address_are_closed(world, browse):
    ada = browse(world.ada)

    assert [
        ada.get("/accounts/email/").status_code,
        ada.post("/accounts/email/", {"email": NEW, "action_add": ""}).status_code,
    ] == [404, 404]
