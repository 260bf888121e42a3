"""What messages say: one notice, which mail and chats each show in their own way."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from teams.rules.months import Month

SSI_PAGE = "https://www.linkedin.com/sales/ssi"


class Link(NamedTuple):
    """What it opens, in words, and the whole address."""

    label: str
    url: str


@dataclass(frozen=True)
class Notice:
    """A title, a few sentences, and links of which the first is the one to follow."""

    title: str
    lines: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()

    def stored(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return asdict(self)

    @classmethod
    def of(cls, stored: dict[str, Any]) -> "Notice":
        """What `stored` gave."""
        return cls(stored["title"], tuple(stored["lines"]), tuple(Link(*link) for link in stored["links"]))


def month_name(month: Month) -> str:
    """November 2026."""
    return f"{month.first_day:%B %Y}"


def reminder(month: Month, days_left: int, form_url: str) -> Notice:
    """To a rep who is silent; `days_left` is 0 on the month's last day and negative after it."""
    name = f"{month.first_day:%B}"
    if days_left < 0:
        when = f"{name} is over, and your score for it is still missing. Today's reading can still count for it."
    elif days_left == 0:
        when = f"Today is the last day of {name}, and your score is still missing."
    else:
        when = f"{name} ends in {_count(days_left, 'day')}, and your score is still missing."
    return Notice(
        f"Your score for {month_name(month)}",
        (
            when,
            "It takes 20 seconds: open your page at LinkedIn, copy it, paste it into the form.",
            "The link to the form is yours alone. It works without signing in, until the month is closed.",
        ),
        (Link(f"Submit {name}", form_url), Link("Open LinkedIn's SSI page", SSI_PAGE)),
    )


def read_again(month: Month, day: date, form_url: str) -> Notice:
    """To a rep whose reading of the month is from before LinkedIn changed its formula."""
    return Notice(
        "LinkedIn changed its formula: read your score again",
        (
            f"It changed on {day.day} {day:%B}. Your score for {month_name(month)} was read by the old one.",
            "Read it again, so that it can be compared: open your page at LinkedIn, copy it, paste it into the form.",
            "The link to the form is yours alone. It works without signing in, until the month is closed.",
        ),
        (Link(f"Submit {month.first_day:%B} again", form_url), Link("Open LinkedIn's SSI page", SSI_PAGE)),
    )


def digest(team: str, month: Month, silent: Sequence[str], expected: int, url: str) -> Notice:
    """To managers on the last day: who is still silent."""
    in_already = expected - len(silent)
    return Notice(
        f"{team}: {in_already} of {expected} in for {month_name(month)}",
        (f"Still silent: {_listed(silent)}.", "They have been reminded. A word from you helps more."),
        (Link("See who is missing", url),),
    )


def month_result(
    team: str, month: Month, podium: Sequence[tuple[int, str, int]], submitted: int, expected: int, url: str
) -> Notice:
    """When a month closes. The podium is (place, name, score); empty where places are not shown."""
    places = tuple(f"{rank}. {name}, {total}" for rank, name, total in podium)
    coverage = f"{submitted} of {expected} submitted."
    return Notice(f"{team}: {month_name(month)} is closed", (*places, coverage), (Link("Open the board", url),))


def goal_reached(owner: str, goal: str, url: str) -> Notice:
    """To whom a goal belongs, once; `goal` as in "mean score 60"."""
    return Notice(f"{owner} reached a goal: {goal}", ("Well done.",), (Link("See all goals", url),))


def invitation(maker: str, title: str, rules: Sequence[str], url: str) -> Notice:
    """To whoever is asked into a challenge, with its rules read back."""
    lines = (f"{maker} asks whether you are in. No answer means not in.", *rules)
    return Notice(f"Are you in? {title}", lines, (Link("Look at it and answer", url),))


def still_needed(title: str, needed: str | None, days_left: int, url: str) -> Notice:
    """At half-time and shortly before the end, to who is in and not there yet; `needed` as in "3 points"."""
    lacks = f"You need {needed} more." if needed else "You are not among the winners yet."
    days = "Today is the last day." if days_left == 1 else f"{_count(days_left, 'day')} left, today included."
    lines = (lacks, f"{days} A reading counts when you submit it.")
    return Notice(title, lines, (Link("Look at the challenge", url), Link("Open LinkedIn's SSI page", SSI_PAGE)))


def challenge_result(title: str, winners: Sequence[str], stake: str, own: str, url: str) -> Notice:
    """When a challenge is settled; `own` explains the reader's result, empty in a chat."""
    who = f"Won by {_listed(winners)}." if winners else "Nobody won."
    lines = (who, *([f"At stake: {stake}."] if stake and winners else []), *([own] if own else []))
    return Notice(f"Result: {title}", lines, (Link("See how it ended", url),))


def start_corrected(
    title: str, who: str, was: Decimal, now: Decimal | None, url: str, *, withdrawn: bool = False
) -> Notice:
    """To everybody in a challenge, when the figure that somebody starts from was corrected or withdrawn."""
    becomes = "has no start any more" if now is None else f"now starts at {now.normalize():f}"
    done = "withdrawn" if withdrawn else "corrected"
    line = f"A reading was {done}: {who} {becomes}. It was {was.normalize():f}."
    return Notice(f"A start was {done}: {title}", (line,), (Link("Look at the challenge", url),))


def to_confirm(title: str, who: Sequence[str], last: date, url: str, *, decides: bool) -> Notice:
    """To whoever manages a challenge that counts confirmed readings only, when some are left after its grace."""
    readings = f"The result waits for readings that nobody confirmed: {_listed(who)}."
    day = f"{last.day} {last:%B}"
    if decides:
        title, then = f"Decide: {title}", f"Decide for each whether they count, until {day}. After that they do not."
    else:
        title = f"Confirm readings: {title}"
        then = f"Confirm them on the team's page of their month, until {day}. After that you decide about what is left."
    return Notice(title, (readings, then), (Link("Look at the challenge", url),))


def challenge_void(title: str, reason: str, url: str) -> Notice:
    """To the maker, when a challenge does not take place."""
    return Notice(f"Not played: {title}", (reason or "It was cancelled.",), (Link("Look at it", url),))


def _listed(names: Sequence[str]) -> str:
    """Ada, Ben and Cleo."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
