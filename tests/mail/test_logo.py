"""A mail has the logo of the company that it is from, as a part of itself."""

import pytest

from teams.actions.people.pictures import set_logo
from teams.mail.letters import login_letter
from tests.mail.every_letter import html
from tests.mail.test_letters import judged, seen
from tests.makers import make_organization
from tests.pictures import open_picture, saved, stripes

pytestmark = pytest.mark.django_db


def letter_from(organization):
    return login_letter(
        "account/email/password_changed_message.txt",
        {"email": "ada@example.org", "timestamp": "now"},
        title="Your password was changed",
        to="ada@example.org",
        organization=organization,
    )


def test_the_logo_is_a_part_of_the_mail_beside_the_name():
    acme = make_organization("Acme")
    set_logo(acme, saved(stripes(900, 240)))

    letter = letter_from(acme)
    message = letter.message()

    [picture] = [part for part in message.walk() if part.get_content_type() == "image/png"]
    assert [part.get_content_type() for part in message.walk()] == [
        "multipart/related",
        "multipart/alternative",
        "text/plain",
        "text/html",
        "image/png",
    ]
    assert (picture["Content-ID"], picture.get_content_disposition()) == ("<logo>", "inline")
    assert open_picture(picture.get_payload(decode=True)).size == (360, 96)
    assert '<img src="cid:logo" alt="" width="150" height="40"' in html(letter)
    assert "Acme · Leaderboard" in seen(letter)
    assert judged({"with a logo": html(letter)}) == []


def test_another_logo_is_in_the_next_mail_and_none_when_it_is_removed():
    acme = make_organization("Acme")
    set_logo(acme, saved(stripes(900, 240)))
    letter_from(acme)
    set_logo(acme, saved(stripes(300, 300)))

    assert 'width="40" height="40"' in html(letter_from(acme))


def test_without_a_logo_a_mail_has_no_picture():
    letter = letter_from(make_organization("Acme"))

    assert [part.get_content_type() for part in letter.message().walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
