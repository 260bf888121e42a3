"""The page of a team: its people a hundred at a time, and what it asks of the database."""

import re

from tests.makers import make_rep


def names(response):
    """Whom the table of members lists."""
    return re.findall(r'<th scope="row">\s*<a href="/reps/\d+/">(.*?)</a>', response.content.decode())


def test_a_team_of_a_hundred_is_one_page(world, browse):
    for number in range(95):
        make_rep(world.north, f"Rep {number:03}", login=False)

    response = browse(world.grace).get("/team/north/")

    assert len(names(response)) == 100 == world.north.memberships.active().count()
    assert "Next page" not in response.content.decode()


def test_a_larger_team_comes_in_pages_by_name(world, browse):
    for number in range(96):
        make_rep(world.north, f"Rep {number:03}", login=False)
    grace = browse(world.grace)

    first, second = grace.get("/team/north/"), grace.get("/team/north/?page=2")

    assert (len(names(first)), names(second)) == (100, ["Vera"])
    assert '<a href="?page=2" rel="next">Next page</a>' in first.content.decode()
    assert '<a href="?page=1" rel="prev">Previous page</a>' in second.content.decode()


def test_the_page_asks_no_more_of_a_larger_team(world, browse, django_assert_max_num_queries):
    for number in range(20):
        make_rep(world.north, f"Rep {number:03}", total=50)
    grace = browse(world.grace)
    grace.get("/team/north/")

    with django_assert_max_num_queries(8):
        grace.get("/team/north/")


def test_a_sign_in_link_is_offered_for_whoever_never_chose_a_password_and_is_managed(world, browse):
    world.ben.user.set_unusable_password()
    world.ben.user.save()

    page = browse(world.grace).get("/team/north/").content.decode()

    assert f'action="/reps/{world.ben.pk}/sign-in-link/"' in page
    assert f'action="/reps/{world.ada.pk}/sign-in-link/"' not in page
