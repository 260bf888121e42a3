"""A board in a page of an intranet: the browser lets pages of listed hosts hold it, and no others."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import expect

from tests.browser.steps import sign_in


class Page(BaseHTTPRequestHandler):
    """A page that holds the board, and counts how often it is asked for anything."""

    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        board = f'<iframe src="{self.server.board}" title="North" width="700" height="720"></iframe>'
        self.wfile.write(f'<!doctype html><link rel="icon" href="data:,"><title>Sales</title>{board}'.encode())

    def log_message(self, *_):
        pass


@pytest.fixture
def intranet(world, web):
    """A server that is reached by two names; the company lists the first one, and gives its port."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    server.board = f"{web}/share/{'x' * 43}/embed/"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    world.acme.embed_hosts = [f"localhost:{server.server_port}"]
    world.acme.save()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.fixture
def browser_of(new_context):
    """Opens a page in a browser of its own, which may complain; what it asks servers for comes into `asked`."""

    def browser_of(asked):
        page = new_context().new_page()
        page.on("request", lambda request: asked.append(request.url))
        return page

    return browser_of


def test_a_page_of_a_listed_host_holds_the_board(intranet, world, web, browser_of):
    page = browser_of(asked := [])
    sign_in(page, world.ada)
    cookies = page.context.cookies()
    asked.clear()
    page.goto(f"http://localhost:{intranet}/")

    board = page.frame_locator("iframe")
    expect(board.get_by_text("2 of 2 in")).to_be_visible()
    expect(board.get_by_role("heading", name="North")).to_be_visible()
    elsewhere = [url for url in asked if not url.startswith((f"{web}/share/", f"{web}/static/"))]
    assert elsewhere == [f"http://localhost:{intranet}/"]
    assert page.context.cookies() == cookies
    assert page.frames[1].evaluate("document.scripts.length") == 0


def test_a_stranger_gets_no_cookie_by_it(intranet, browser_of):
    page = browser_of([])
    page.goto(f"http://localhost:{intranet}/")

    expect(page.frame_locator("iframe").get_by_text("2 of 2 in")).to_be_visible()
    assert page.context.cookies() == []


def test_the_browser_refuses_it_to_a_page_of_another_host(intranet, web, browser_of):
    page = browser_of([])
    with page.expect_event("console", lambda said: "frame-ancestors" in said.text) as complaint:
        page.goto(f"http://127.0.0.1:{intranet}/")

    assert complaint.value.type == "error"
    assert page.frames[1].url == "chrome-error://chromewebdata/"
    assert page.frames[1].get_by_text("North").count() == 0


@pytest.mark.parametrize("address", ["/share/{}/", "/", "/accounts/login/"])
def test_no_other_address_is_held_by_any_page(intranet, web, browser_of, address):
    page = browser_of([])
    page.goto(f"http://localhost:{intranet}/")
    expect(page.frame_locator("iframe").get_by_text("2 of 2 in")).to_be_visible()

    with page.expect_event("console", lambda said: "frame-ancestors" in said.text):
        page.locator("iframe").evaluate("(frame, url) => { frame.src = url }", web + address.format("x" * 43))

    expect(page.frame_locator("iframe").get_by_text("2 of 2 in")).to_have_count(0)
