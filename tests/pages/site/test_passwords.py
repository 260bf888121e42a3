"""A password is refused for the same reasons at every place where one is chosen."""

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str

from teams.actions.people.invitations import make_invitation_link
from teams.models import Invitation, Organization, User
from tests.makers import PASSWORD

pytestmark = pytest.mark.django_db

COMMON = "This password is too common."
PREDICTABLE = "That repeats or counts the same few characters. Take a few words that do not belong together."
BAD = [
    ("short of it", "at least 12 characters"),
    ("1q2w3e4r5t6y", COMMON),
    ("Password1234!", COMMON),
    ("83746592837465", "This password is entirely numeric."),
    ("aaaaaaaaaaaa", PREDICTABLE),
    ("abcdefghijkl", PREDICTABLE),
    ("Kelp1!Kelp1!", PREDICTABLE),
]


def invited(world, browse):
    """The page of an invitation, and the fields of its password."""
    return browse(), f"/invitation/{make_invitation_link(Invitation.objects.get())}/", ["password"], {}


def changing(world, browse):
    """The page on which somebody signed in changes theirs."""
    return browse(world.ada), "/accounts/password/change/", ["password1", "password2"], {"oldpassword": PASSWORD}


def setting(world, browse):
    """The page on which somebody who signed in with another provider chooses their first."""
    world.ada.user.set_unusable_password()
    world.ada.user.save()
    return browse(world.ada), "/accounts/password/set/", ["password1", "password2"], {}


def resetting(world, browse):
    """The page of a link that a reset has mailed."""
    stranger, user = browse(), world.ada.user
    key = f"{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}"
    return stranger, stranger.get(f"/accounts/password/reset/key/{key}/").url, ["password1", "password2"], {}


PLACES = [invited, changing, setting, resetting]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("password", "why"), BAD)
def test_it_is_refused_with_the_reason(world, browse, place, password, why):
    browser, page, fields, others = place(world, browse)

    answer = browser.post(page, others | dict.fromkeys(fields, password))

    assert (answer.status_code, why in answer.content.decode()) == (200, True)
    assert not any(
        user.check_password(password) for user in User.objects.filter(email__in=["ada@example.org", "jane@example.org"])
    )


@pytest.mark.parametrize("place", PLACES)
def test_a_few_words_are_taken(world, browse, place):
    browser, page, fields, others = place(world, browse)

    answer = browser.post(page, others | dict.fromkeys(fields, "nine blue otters sing"))

    assert answer.status_code == 302


@pytest.mark.parametrize(("password", "why"), BAD)
def test_the_first_person_of_a_site_hears_the_same(world, browse, password, why):
    Organization.objects.update(is_demo=True)
    form = {"organization": "Own", "time_zone": "Europe/Berlin", "team": "First", "name": "Olga"}

    answer = browse().post("/start/", form | {"email": "olga@example.org", "password": password})

    assert (answer.status_code, why in answer.content.decode()) == (200, True)
    assert not User.objects.filter(email="olga@example.org").exists()
