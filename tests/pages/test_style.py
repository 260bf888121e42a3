"""The page with every part of the look."""


def test_it_shows_every_part_where_the_demo_is_on(world, browse, settings):
    settings.DEMO = True

    response = browse(world.ada).get("/style/")

    assert (response.status_code, "Most improved" in response.content.decode()) == (200, True)
