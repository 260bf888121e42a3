"""A picture of oneself, uploaded under My settings; and the company's logo, in its settings."""

import base64
import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from teams.actions.people.pictures import set_face
from teams.actions.privacy import erasures
from teams.models import Act, AuditEntry, Board, Face, Logo, Member, Organization
from tests.pictures import HOSTILE, open_picture, saved, stripes

pytestmark = pytest.mark.django_db


def upload(client, path, content, name="me.png"):
    return client.post(path, {"picture": SimpleUploadedFile(name, content)}, follow=True)


def face_of(member):
    return Member.objects.get(pk=member.pk).face


def test_a_picture_that_somebody_uploads_stands_beside_their_name(world, browse):
    client, before = browse(world.ben), Board.objects.get(team=world.north, month=world.month).stale_since

    page = upload(client, "/me/face/", saved(stripes())).content.decode()

    address = f"/reps/{world.ben.pk}/face/{face_of(world.ben)}"
    assert "Your picture is saved." in page
    assert f'src="{address}/large/"' in page
    assert open_picture(client.get(f"{address}/large/").content).size == (400, 400)
    assert open_picture(browse(world.vera).get(f"{address}/small/").content).size == (96, 96)
    assert (before, Board.objects.get(team=world.north, month=world.month).stale_since is None) == (None, False)
    assert AuditEntry.objects.filter(actor=world.ben, act=Act.OWN_SETTINGS).count() == 1


def test_another_picture_takes_the_place_of_the_one_before(world, browse):
    upload(browse(world.ben), "/me/face/", saved(stripes()))
    first = face_of(world.ben)

    upload(browse(world.ben), "/me/face/", saved(stripes(300, 900)))

    assert face_of(world.ben) not in ("", first)
    assert browse(world.ben).get(f"/reps/{world.ben.pk}/face/{first}/small/").status_code == 404
    assert Face.objects.filter(member=world.ben).count() == 1


def test_a_picture_can_be_removed_by_its_owner_and_by_whoever_manages_them(world, browse):
    for who, back in ((world.ben, "/me/"), (world.grace, "/team/north/")):
        set_face(world.ben, saved(stripes()))
        answer = browse(who).post(f"/reps/{world.ben.pk}/face/remove/")
        assert (answer.url, face_of(world.ben), Face.objects.filter(member=world.ben).exists()) == (back, "", False)

    acts = AuditEntry.objects.order_by("pk").values_list("act", "actor", "about")
    assert list(acts)[-1] == (Act.FACE_REMOVED, world.grace.pk, world.ben.pk)


@pytest.mark.parametrize("file", ["a drawing", "a beginning", "nothing", "too many bytes"])
def test_what_is_no_picture_is_refused_beside_the_field(world, browse, file):
    for who, path in ((world.ben, "/me/face/"), (world.alan, "/organization/logo/")):
        response = upload(browse(who), path, HOSTILE[file]())

        [error] = response.context["picture" if who == world.ben else "logo"].errors["picture"]
        assert response.status_code == 200
        assert error in response.content.decode().replace("&#x27;", "'")
    assert face_of(world.ben) == ""


def test_without_a_file_the_page_asks_for_one(world, browse):
    page = browse(world.ben).post("/me/face/").content.decode()

    assert "Choose a picture first." in page


def test_pictures_are_taken_so_often_and_no_oftener(world, browse, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"picture": "2/h/user"}

    statuses = [browse(world.ben).post("/me/face/").status_code for _ in range(3)]

    assert statuses == [200, 200, 429]


def test_a_logo_stands_at_the_top_of_the_company_s_pages(world, browse):
    upload(browse(world.alan), "/organization/logo/", saved(stripes()))
    digest = Organization.objects.get(pk=world.acme.pk).logo

    for who in (world.ada, world.alan):
        page = browse(who).get("/me/").content.decode()
        assert f'<img src="/organization/logo/{digest}/small/" alt="Acme"' in page
    assert "/organization/logo/" not in browse(world.gil).get("/me/").content.decode()
    assert browse(world.gil).get(f"/organization/logo/{digest}/small/").status_code == 404


def test_a_logo_can_be_removed(world, browse):
    page = browse(world.alan).post("/organization/logo/", {"remove": "yes"}, follow=True).content.decode()

    assert "The logo is removed." in page
    assert "<img" not in page
    assert not Logo.objects.exists()


def test_a_picture_is_in_the_file_of_one_s_own_data(world, browse):
    set_face(world.ben, saved(stripes()))

    [face] = json.loads(browse(world.ben).get("/me/data/?as=json").content)["face"]

    assert open_picture(base64.b64decode(face["large"])).size == (400, 400)


def test_an_erasure_takes_the_picture_with_it(world, browse):
    set_face(world.ben, saved(stripes()))
    address = f"/reps/{world.ben.pk}/face/{face_of(world.ben)}/small/"
    now = timezone.now()
    erasures.ask(world.ben, world.ben, now)

    erasures.erase(world.ben.pk, now + timedelta(days=8))

    assert (face_of(world.ben), Face.objects.filter(member=world.ben).exists()) == ("", False)
    assert browse(world.alan).get(address).status_code == 404
