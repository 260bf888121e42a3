"""What messages say: one notice, which mail and chats each show in their own way."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
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


def digest(team: str, month: Month, silent: Sequence[str], expected: int, url: str) -> Notice:
    """To managers on the last day: who is still silent."""
    in_already = expected - len(silent)
    return Notice(
        f"{team}: {in_already} of {expected} in for {month_name(month)}",
        (f"Still silent: {_listed(silent)}.", "They have been reminded. A word from you helps more."),
        (Link("See who is missing", url),),
    )


def _listed(names: Sequence[str]) -> str:
    """Ada, Ben and Cleo."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
