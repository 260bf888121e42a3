"""The examples of the page for programs, as somebody copies them."""

import html
import json
import os
import re
import shlex
import subprocess
import sys
from datetime import timedelta
from string import Template

import httpx
import pytest
from django.utils import timezone

from teams.actions.api_tokens import make_token
from teams.actions.boards.ranking import rank_stale_boards
from teams.rules.api import Scope
from tests.makers import make_organization, make_rep, make_team


@pytest.fixture
def ben(transactional_db):
    ben = make_rep(make_team("North", make_organization("Acme")), "Ben", total=61)
    rank_stale_boards()
    return ben


@pytest.fixture
def shown(browse, ben):
    """The examples of the page, without the lines that say who and where."""
    page = browse(ben).get("/api/").content.decode()
    curl, python = (html.unescape(each) for each in re.findall(r"<pre[^>]*><code>(.*?)</code>", page, re.S))
    return curl.partition("\n\n")[2], python


@pytest.fixture
def environment(live, ben):
    _token, secret = make_token(ben, "Example", list(Scope), timezone.now() + timedelta(days=1))
    return {"LEADERBOARD": live, "TOKEN": secret}


def test_the_example_in_python_runs(shown, environment):
    ran = subprocess.run(
        [sys.executable, "-c", shown[1]], env=os.environ | environment, capture_output=True, text=True, check=True
    )

    assert ran.stdout == "North 1 of 1\n"


def test_the_examples_with_curl_ask_and_file(shown, environment, ben):
    today = ben.organization.today().isoformat()
    commands = [shlex.split(each) for each in shown[0].replace("TODAY", today).replace("\\\n", "").split("\n\n")]

    answers = [sent([Template(word).safe_substitute(environment) for word in command]) for command in commands]

    assert [answer.status_code for answer in answers] == [200, 201]
    assert [each.total for each in ben.submissions.order_by("pk")] == [61, 63]


def sent(words):
    """What curl would do with these words."""
    url, headers, data = words[1], {}, None
    for option, value in zip(words[2::2], words[3::2], strict=True):
        if option == "-H":
            name, _, content = value.partition(": ")
            headers[name] = content
        else:
            data = json.dumps(json.loads(value))
    return httpx.request("POST" if data else "GET", url, headers=headers, content=data)
