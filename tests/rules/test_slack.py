"""What somebody wrote behind /ssi, and whether it was Slack that sent it."""

import pytest

from teams.rules.slack import Command, Wish, is_recent, is_signed, read_command, signature

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
BODY = (
    b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar"
    b"&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com"
    b"%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
)
SIGNED = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"


def test_a_signature_is_the_one_of_slacks_own_example():
    assert signature(SECRET, "1531420618", BODY) == SIGNED


@pytest.mark.parametrize(
    ("secret", "timestamp", "body", "given"),
    [
        (SECRET, "1531420618", BODY + b"&", SIGNED),
        (SECRET, "1531420619", BODY, SIGNED),
        (SECRET, "1531420618", BODY, SIGNED[:-1] + "4"),
        ("another", "1531420618", BODY, SIGNED),
        ("", "1531420618", BODY, signature("", "1531420618", BODY)),
    ],
)
def test_whoever_does_not_know_the_secret_signs_nothing(secret, timestamp, body, given):
    assert (is_signed(SECRET, "1531420618", BODY, SIGNED), is_signed(secret, timestamp, body, given)) == (True, False)


RECENT = {"1000": True, "700": True, "1300": True, "699": False, "1301": False}
NO_TIMES = ["", "1e3", "-1000", "\u0661\u0660\u0660\u0660", "1000\n"]


def test_a_request_is_five_minutes_old_at_most():
    assert {timestamp: is_recent(timestamp, 1000) for timestamp in [*RECENT, *NO_TIMES]} == RECENT | dict.fromkeys(
        NO_TIMES, False
    )


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("63", Command(Wish.SCORE, ("63",))),
        (" 63 21 6.4 10.3 25 ", Command(Wish.SCORE, ("63", "21", "6.4", "10.3", "25"))),
        ("63, 21, 6,4, 10,3, 25", Command(Wish.SCORE, ("63", "21", "6,4", "10,3", "25"))),
        ("63/100", Command(Wish.SCORE, ("63",))),
        ("63 21 6.4 10.3 20!", Command(Wish.SCORE, ("63", "21", "6.4", "10.3", "20"), anyway=True)),
        ("63 21 6.4 10.3 20 !", Command(Wish.SCORE, ("63", "21", "6.4", "10.3", "20"), anyway=True)),
        ("63 21", Command(Wish.UNCLEAR)),
        ("21 6.4 10.3 25", Command(Wish.UNCLEAR)),
        ("63 21 6.4 10.3 25 1", Command(Wish.UNCLEAR)),
        ("63,21,6.4,10.3,25", Command(Wish.UNCLEAR)),
        ("-63", Command(Wish.UNCLEAR)),
        ("sixty 3", Command(Wish.UNCLEAR)),
        ("Board", Command(Wish.BOARD)),
        ("Rangliste", Command(Wish.BOARD)),
        ("", Command(Wish.HELP)),
        ("help", Command(Wish.HELP)),
        ("!", Command(Wish.HELP)),
    ],
)
def test_a_command_is_read_one_way_or_not_at_all(text, command):
    assert read_command(text) == command
