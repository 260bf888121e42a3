"""The tests' own tools work: a real browser, the real site."""


def test_an_empty_site_asks_for_its_first_team(live, page):
    page.goto("/")

    assert page.url == f"{live}/start/"
