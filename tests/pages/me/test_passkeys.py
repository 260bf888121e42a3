"""Passkeys: a key of plain Python signs in, and what is no key's answer is refused with a sentence."""

import json
import re
import resource
from random import Random

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.html import escape

from teams.accounts.passkeys import LONGEST_NAME, REFUSED, PasskeyField
from teams.models import Act, AuditEntry
from tests.makers import PASSWORD
from tests.pages.me.passkeys import THERE, Key, changed, wrong_answers

PAGES = "/accounts/second-factor/webauthn/"
ADD, SIGN_IN, SECOND_STEP = f"{PAGES}add/", f"{PAGES}login/", "/accounts/second-factor/authenticate/"
CONFIRM = f"{PAGES}reauthenticate/"
CHALLENGE = "AAAA"


def challenge(browser, page):
    """What a page wants to be signed."""
    cache.clear()
    if page == SIGN_IN:
        options = browser.get(page, headers={"X-Requested-With": "XMLHttpRequest"}).json()["request_options"]
    else:
        script = re.search(r'id="js_data" type="application/json">(.*?)</script>', browser.get(page).content.decode())
        options = next(iter(json.loads(script[1]).values()))
    return options["publicKey"]["challenge"]


def told(browser, page, answer, **more):
    """How a page takes what is said of a passkey."""
    text = answer if isinstance(answer, str) else json.dumps(answer)
    return browser.post(page, {"credential": text} | more)


@pytest.fixture
def ada(world, browse):
    """Her browser; she has just typed her password."""
    browser = browse(world.ada)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return browser


@pytest.fixture
def key(ada, world):
    """Her key, which the site knows."""
    key = Key(world.ada.user)
    told(ada, ADD, key.added(challenge(ada, ADD)), name="Laptop", passwordless="on")
    return key


def by_password(browser, member):
    browser.post("/accounts/login/", {"login": member.user.email, "password": PASSWORD})
    return browser


@pytest.mark.django_db
def test_a_key_signs_in_alone_and_after_a_password_and_confirms(world, browse, key, ada):
    alone, second = browse(), by_password(browse(), world.ada)

    assert told(alone, SIGN_IN, key.signed(challenge(alone, SIGN_IN))).url == "/"
    assert told(second, SECOND_STEP, key.signed(challenge(second, SECOND_STEP))).url == "/"
    assert told(ada, CONFIRM, key.signed(challenge(ada, CONFIRM)), next="/me/").url == "/me/"
    assert [browser.get("/").status_code for browser in (alone, second, ada)] == [200, 200, 200]


@pytest.mark.django_db
def test_a_wrong_key_after_a_password_and_before_something_is_confirmed_is_noted(world, browse, key, ada):
    second = by_password(browse(), world.ada)
    for browser, page in [(second, SECOND_STEP), (ada, CONFIRM)]:
        old = challenge(browser, page)
        challenge(browser, page)
        told(browser, page, key.signed(old))

    noted = AuditEntry.objects.filter(act=Act.SECOND_STEP_FAILED)
    assert [(entry.about, entry.actor) for entry in noted] == [(world.ada, None), (world.ada, world.ada)]


@pytest.mark.django_db
def test_only_what_is_read_of_a_new_key_is_kept(world, ada, key):
    told_more = key.added(challenge(ada, ADD)) | {"more": ["\0", "\ud800", float("nan"), 10**400]}

    told(ada, ADD, told_more, name="Phone")

    kept = Authenticator.objects.get(data__name="Phone").data["credential"]
    assert sorted(kept) == ["clientExtensionResults", "id", "rawId", "response"]
    assert sorted(kept["response"]) == ["attestationObject", "clientDataJSON"]
    assert kept["clientExtensionResults"] == {"credProps": {"rk": True}}
    assert ada.get(PAGES).content.decode().count("signs in without a password") == 2


@pytest.mark.django_db
@pytest.mark.parametrize("many", [2, pytest.param(None, marks=pytest.mark.soak)])
def test_whatever_is_said_of_a_key_is_answered_with_a_page(world, browse, key, ada, many):
    stranger, second, random = browse(), by_password(browse(), world.ada), Random(20261123)
    for browser, page, status in [(stranger, SIGN_IN, 302), (second, SECOND_STEP, 200), (ada, CONFIRM, 302)]:
        answers = list(wrong_answers(key.signed(challenge(browser, page))))
        for answer in random.sample(answers, many and 4 * many) if many else answers:
            challenge(browser, page)
            assert told(browser, page, answer).status_code == status, answer[:300]
    answers = list(wrong_answers(key.added(challenge(ada, ADD))))
    for answer in random.sample(answers, many) if many else answers:
        challenge(ada, ADD)
        assert told(ada, ADD, answer, name="Phone").status_code == 200, answer[:300]

    assert [each.data["name"] for each in Authenticator.objects.filter(type="webauthn")] == ["Laptop"]


@pytest.mark.django_db
def test_what_cannot_be_read_is_refused_with_a_sentence_on_every_page(world, browse, key, ada):
    stranger, second, sentence = browse(), by_password(browse(), world.ada), escape(str(REFUSED))

    assert sentence in told(stranger, SIGN_IN, "5").client.get("/accounts/login/").content.decode()
    assert sentence in told(second, SECOND_STEP, "5").content.decode()
    assert sentence in told(ada, CONFIRM, "5").client.get("/accounts/login/", follow=True).content.decode()
    assert sentence in told(ada, ADD, "5").content.decode()


class Somebody:
    pk = 7


@pytest.fixture
def device():
    return Key(Somebody())


def refused(added, text):
    """Whether an answer is refused, with the sentence."""
    try:
        PasskeyField(added=added).clean(text)
    except ValidationError as error:
        return error.messages == [str(REFUSED)]
    return False


def most_memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


@pytest.mark.parametrize("added", [False, True])
def test_no_answer_takes_more_memory_than_its_length_or_raises_anything_else(device, added):
    right, before = device.added(CHALLENGE) if added else device.signed(CHALLENGE), most_memory()

    found = [PasskeyField(added=added).clean(text) for text in wrong_answers(right) if not refused(added, text)]

    kept = {name for each in found for name in each["response"]}
    assert kept == (set() if added else {"clientDataJSON", "authenticatorData", "signature", "userHandle"})
    assert most_memory() - before < 50


WRONG_KEYS = {
    "no key": {"flags": THERE},
    "a number for what the device says": {"authData": 200_000_000},
    "texts for it": {"authData": "texts"},
    "a way of signing that nobody knows": {"public": {3: -99}},
    "a key without its figures": {"public": {3: -7}},
    "a key on no curve": {"public": {1: 2, 3: -7, -1: 1, -2: b"1", -3: b"2"}},
    "a key of texts": {"public": {1: 2, 3: -7, -1: 1, -2: "1", -3: "2"}},
}


@pytest.mark.parametrize("wrong", WRONG_KEYS.values(), ids=WRONG_KEYS.keys())
def test_a_key_that_could_never_sign_in_is_not_taken(device, wrong):
    with pytest.raises(ValidationError):
        PasskeyField(added=True).clean(json.dumps(device.added(CHALLENGE, **wrong)))


def test_a_key_under_the_name_of_another_is_not_taken(device):
    other = changed(device.added(CHALLENGE), "rawId", to="AAAA")

    with pytest.raises(ValidationError):
        PasskeyField(added=True).clean(json.dumps(other))


@pytest.mark.django_db
def test_a_name_is_as_long_as_a_name(ada, key):
    mine, long = Authenticator.objects.get(type="webauthn"), "a" * (LONGEST_NAME + 1)

    answers = [
        ada.post(f"{PAGES}keys/{mine.pk}/edit/", {"name": long}),
        told(ada, ADD, key.added(challenge(ada, ADD)), name=long),
    ]

    assert ["Write at most 100 characters." in each.content.decode() for each in answers] == [True] * 2
    assert Authenticator.objects.filter(type="webauthn").count() == 1
