"""Pictures of people, and what stands for those who have none."""

import pytest
from django.template import Context, Template

from teams.fields import name_as_read
from teams.models import Member, Organization, Team
from tests.makers import make_challenge, make_face

pytestmark = pytest.mark.django_db


def drawn(person, size=""):
    template = Template("{% load faces %}{% face person size %}")
    return " ".join(template.render(Context({"person": person, "size": size})).split())


def address(member, size="small"):
    return f"/reps/{member.pk}/face/{member.face}/{size}/"


def test_without_a_picture_somebody_is_letters_on_a_colour():
    assert drawn(Member(pk=80, name="Jane Doe")) == (
        '<span class="face rose " data-letters="JD" aria-hidden="true"> </span>'
    )


def test_a_picture_lies_over_the_letters_and_is_fetched_when_it_is_seen():
    person = Member(pk=81, name="Jane Doe", face="0123456789abcdef")

    assert drawn(person, "large") == (
        '<span class="face clay large" data-letters="JD" aria-hidden="true"> '
        '<img src="/reps/81/face/0123456789abcdef/large/" alt="" width="32" height="32" loading="lazy"> </span>'
    )


def test_whoever_was_erased_has_neither_letters_nor_a_colour():
    assert 'class="face none " data-letters=""' in drawn(Member(pk=81, name=name_as_read("Former member")))


def test_a_picture_is_for_one_browser_to_keep_under_an_address_of_its_own(world, browse):
    response = browse(world.ben).get(address(world.ada, "large"))

    assert response.content == bytes(world.face.large)
    assert response.headers["Content-Type"] == "image/webp"
    assert response.headers["Cache-Control"] == "private, max-age=604800, immutable"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("wrong", ["/reps/{pk}/face/fedcba9876543210/small/", "/reps/{pk}/face/{face}/huge/"])
def test_there_is_no_other_picture_at_another_address(world, browse, wrong):
    path = wrong.format(pk=world.ada.pk, face=world.ada.face)

    assert browse(world.ben).get(path).status_code == 404


def test_on_a_board_of_earlier_months_there_are_the_pictures_of_those_who_left(world, browse):
    make_face(world.former)

    assert browse(world.ben).get(address(world.former)).status_code == 200


@pytest.mark.parametrize("setting", [{"shows_organization_board": False}, {"rank_visibility": "own"}])
def test_where_the_company_s_board_is_not_shown_other_teams_see_no_picture(world, browse, setting):
    Organization.objects.filter(pk=world.acme.pk).update(**setting)

    assert browse(world.sam).get(address(world.ada)).status_code == 404
    assert browse(world.ben).get(address(world.ada)).status_code == 200


def test_a_team_that_is_not_on_the_company_s_board_shows_its_pictures_to_nobody_else(world, browse):
    Team.objects.filter(pk=world.north.pk).update(rank_visibility="none")

    assert browse(world.sam).get(address(world.ada)).status_code == 404


def test_who_plays_with_somebody_of_another_team_sees_their_picture(world, browse):
    Organization.objects.filter(pk=world.acme.pk).update(shows_organization_board=False)
    challenge = make_challenge(world.north, world.grace)
    challenge.teams.add(world.south)
    challenge.entries.get_or_create(member=world.ada)

    assert browse(world.sam).get(address(world.ada)).status_code == 200
