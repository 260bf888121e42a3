"""The words that a browser saw in a picture, posted to the form: filled in, marked, and confirmed like a paste."""

import json
import re

import pytest

from teams.actions.messages import links
from teams.rules.paste.picture import MOST_BYTES
from tests.deploy.compose import ROOT

WORDS = json.loads((ROOT / "tests/samples/pictures/words.json").read_text())
CLEAR, BLURRED = (json.dumps(WORDS[name]) for name in ("02_desktop_dark.png", "14_tiny_640px_q70.jpg"))


@pytest.fixture
def ada(world, browse):
    return browse(world.ada)


def posted(client, words, address="/submit/"):
    return client.post(address, {"words": words, "read": "1", "pasted": ""})


def test_a_picture_fills_the_form_and_stores_nothing(world, ada):
    form = posted(ada, CLEAR).context["form"]

    fields = ("total", "brand", "people", "insights", "relationships", "industry_rank", "network_average", "source")
    shown = [str(form[field].value()) for field in fields]
    assert shown == ["53", "20.973", "6.38", "10.25", "15", "10", "36", "picture"]
    assert world.ada.submissions.count() == 1


def test_what_a_picture_does_not_prove_is_marked(ada):
    answer = posted(ada, BLURRED)

    assert set(answer.context["doubtful"]) == {"total", "brand", "industry_average", "network_average"}
    assert "The picture is not clear here." in answer.content.decode()


def test_a_reading_from_a_picture_says_so(world, ada):
    ada.post("/submit/", {"taken_on": world.acme.today(), "total": "53", "source": "picture"})

    assert world.ada.submissions.latest("pk").source == "picture"


@pytest.mark.parametrize("words", ["nonsense", '{"words": [], "closer": []}', CLEAR + " " * MOST_BYTES])
def test_what_shows_no_score_is_answered_with_the_ways_that_remain(world, ada, words):
    answer = posted(ada, words)

    assert answer.status_code == 200
    assert "No score was found in this picture." in answer.content.decode()
    assert (answer.context["form"]["total"].value(), world.ada.submissions.count()) == (None, 1)


def test_the_link_of_a_mail_takes_a_picture_too(world, browse):
    address = f"/submit/link/{links.make_submission_link(world.ada, world.month)}/"

    assert posted(browse(), CLEAR, address).context["form"]["total"].value() == 53


def test_the_pictures_own_field_has_no_name_so_that_no_form_sends_it(ada):
    (chosen,) = re.findall(r'<input[^>]*type="file"[^>]*>', ada.get("/submit/").content.decode())

    assert "name=" not in chosen
