"""A real browser on the real site: `page.goto("/")` opens it, `live` empties it first."""

import os
import threading

import pytest
from django.db import connections

from tests.browser import chromium
from tests.pages.conftest import make_world

# Playwright's own Node needs a library that a minimal Debian lacks.
os.environ["PLAYWRIGHT_NODEJS_PATH"] = chromium.node()
# Playwright's synchronous interface runs inside an event loop, where Django would refuse its database, or open a
# second connection that knows nothing of the first one's transaction.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
connections._connections = threading.local()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    program, extra = chromium.find()
    return browser_type_launch_args | {
        "executable_path": program,
        "args": chromium.ARGUMENTS,
        "env": os.environ | extra,
    }


@pytest.fixture(scope="session")
def base_url(web):
    return web


@pytest.fixture
def world(live):
    return make_world()


@pytest.fixture
def new_visitor(new_context):
    """Opens a page in a browser of its own. What a browser complains about, say a refused script, fails the test."""
    complaints = []

    def new_visitor(**options):
        context = new_context(**options)
        context.set_default_timeout(8_000)
        context.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        context.on("weberror", lambda thrown: complaints.append(str(thrown.error)))
        return context.new_page()

    yield new_visitor
    assert complaints == []
