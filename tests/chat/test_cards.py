"""How a notice looks in each chat, and that what people typed stays text."""

from teams.chat.cards import adaptive_card, slack_blocks
from teams.words.notices import Link, Notice

NOTICE = Notice(
    "North: 1 of 2 in", ("Still silent: Ben.", "A word helps."), (Link("See who", "https://site.example/"),)
)
EVIL = Notice("<!channel> & <https://evil.example|click>", ("[x](https://evil.example) *bold* <@U1>",))


def test_a_notice_in_slack():
    assert slack_blocks(NOTICE) == {
        "text": "North: 1 of 2 in",
        "blocks": [
            {"type": "header", "text": {"type": "plain_text", "text": "North: 1 of 2 in", "emoji": False}},
            {
                "type": "section",
                "text": {"type": "plain_text", "text": "Still silent: Ben.\nA word helps.", "emoji": False},
            },
            {
                "type": "actions",
                "elements": [
                    {
                        "type": "button",
                        "text": {"type": "plain_text", "text": "See who", "emoji": False},
                        "url": "https://site.example/",
                    }
                ],
            },
        ],
    }


def test_a_notice_in_teams():
    [attachment] = adaptive_card(NOTICE)["attachments"]

    assert attachment["contentType"] == "application/vnd.microsoft.card.adaptive"
    assert [block["inlines"][0]["text"] for block in attachment["content"]["body"]] == [
        "North: 1 of 2 in",
        "Still silent: Ben.",
        "A word helps.",
    ]
    assert attachment["content"]["actions"] == [
        {"type": "Action.OpenUrl", "title": "See who", "url": "https://site.example/"}
    ]


def test_names_call_nobody_and_become_no_link():
    slack, card = slack_blocks(EVIL), adaptive_card(EVIL)["attachments"][0]["content"]

    assert slack["text"] == "&lt;!channel&gt; &amp; &lt;https://evil.example|click&gt;"
    assert {block["text"]["type"] for block in slack["blocks"]} == {"plain_text"}
    assert {block["type"] for block in card["body"]} == {"RichTextBlock"}


def test_what_is_too_long_for_slack_is_cut():
    blocks = slack_blocks(Notice("x" * 200, ("y" * 4000,)))["blocks"]

    assert [len(block["text"]["text"]) for block in blocks] == [150, 3000]
