def test_browser_runs_without_a_site(browser):
    page = browser.new_page()
    page.set_content("<h1>Hello</h1>")

    assert page.get_by_role("heading").inner_text() == "Hello"
