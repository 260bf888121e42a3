"""Light or dark: chosen for a device, and in the page's first bytes wherever that is looked at."""

import pytest

DARK = ('data-theme="dark"', '<meta name="color-scheme" content="dark">')


def shows(response, marks):
    page = response.content.decode()
    return [mark in page for mark in marks]


@pytest.mark.parametrize("path", ["/accounts/login/", "/help/", "/theme/"])
def test_a_stranger_chooses_the_colours_and_each_page_begins_with_them(world, browse, path):
    stranger = browse()
    assert shows(stranger.get(path), DARK) == [False, False]

    stranger.post("/theme/", {"theme": "dark"})

    assert shows(stranger.get(path), DARK) == [True, True]
    stranger.post("/theme/", {"theme": ""})
    assert shows(stranger.get(path), DARK) == [False, False]


def test_two_who_see_the_same_board_see_it_each_in_their_own_colours(world, browse):
    ada, ben = browse(world.ada), browse(world.ben)
    ada.post("/theme/", {"theme": "dark"})
    pages = [browser.get("/board/north/") for browser in (ada, ben, ada)]

    assert [shows(page, DARK)[0] for page in pages] == [True, False, True]


@pytest.mark.parametrize("chosen", ["pink", "light dark", "\0", '"><script>'])
def test_colours_that_there_are_not_change_nothing(world, browse, chosen):
    stranger = browse()

    answer = stranger.post("/theme/", {"theme": chosen})
    stranger.cookies["theme"] = "pink"

    assert (answer.status_code, "theme" in answer.cookies) == (200, False)
    assert "data-theme" not in stranger.get("/help/").content.decode()


def test_from_my_settings_one_comes_back_there(world, browse):
    ada = browse(world.ada)

    answer = ada.post("/theme/", {"theme": "light", "from": "me"})

    assert answer.url == "/me/"
    assert 'value="light" checked' in ada.get("/me/").content.decode()
