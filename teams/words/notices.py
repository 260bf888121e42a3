"""Notices: what each mail and chat post says, also of challenges and goals; how it looks is for mail and chats."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from teams.rules.counters import Counted
from teams.rules.messages.delivery import DeliveryState
from teams.rules.months import Month
from teams.words.challenges import why_void
from teams.words.figures import amount_of, counted, figure, listed, listed_with, month_name, signed

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
        """The notice that a dictionary from `stored()` holds."""
        return cls(stored["title"], tuple(stored["lines"]), tuple(Link(*link) for link in stored["links"]))


def letter_title(notices: Sequence[Notice]) -> str:
    """The title of a mail that holds several: the first one's, and how many more there are."""
    first, count = notices[0].title, len(notices) - 1
    if not count:
        return first
    return ngettext("%(title)s, and %(count)s more", "%(title)s, and %(count)s more", count) % {
        "title": first,
        "count": count,
    }


def reminder(month: Month, days_left: int, form_url: str) -> Notice:
    """To a rep who is silent; `days_left` counts today: 1 on the month's last day, 0 after it."""
    name = date_format(month.first_day, "F")
    if days_left == 0:
        when = _("%(month)s is over, and your score for it is still missing. Today's reading can still count for it.")
    elif days_left == 1:
        when = _("Today is the last day of %(month)s, and your score is still missing.")
    else:
        when = ngettext(
            "%(month)s: %(count)s day left, today included, and your score is still missing.",
            "%(month)s: %(count)s days left, today included, and your score is still missing.",
            days_left,
        )
    return Notice(
        _("Your score for %(month)s") % {"month": month_name(month)},
        (
            when % {"month": name, "count": days_left},
            _("It takes 20 seconds: open your page at LinkedIn, copy it, paste it into the form."),
            _("The link to the form is yours alone. It works without signing in, until the month is closed."),
        ),
        (Link(_("Submit %(month)s") % {"month": name}, form_url), Link(_("Open LinkedIn's SSI page"), SSI_PAGE)),
    )


def read_again(month: Month, changed_on: date, form_url: str) -> Notice:
    """To a rep whose reading of the month is from before LinkedIn changed its formula."""
    changed = _("It changed on %(day)s. Your score for %(month)s was read by the old one.")
    return Notice(
        _("LinkedIn changed its formula: read your score again"),
        (
            changed % {"day": date_format(changed_on, "MONTH_DAY_FORMAT"), "month": month_name(month)},
            _(
                "Submit it again, so that it can be compared: "
                "open your page at LinkedIn, copy it, paste it into the form."
            ),
            _("The link to the form is yours alone. It works without signing in, until the month is closed."),
        ),
        (
            Link(_("Submit %(month)s again") % {"month": date_format(month.first_day, "F")}, form_url),
            Link(_("Open LinkedIn's SSI page"), SSI_PAGE),
        ),
    )


class Silent(NamedTuple):
    """Somebody who is silent, what became of the last reminder, and why it did not arrive; dropped if none was."""

    name: str
    reminder: DeliveryState
    why: str = ""

    @property
    def name_and_why(self) -> str:
        """The name, with why a reminder would not go there in brackets."""
        return f"{self.name} ({self.why})" if self.why else self.name


def digest(
    team: str, month: Month, silent: Sequence[Silent], expected: int, url: str, *, to_chat: bool = False
) -> Notice:
    """To managers on the last day: who is still silent, and what is true of each; to a chat only who."""
    figures = {"team": team, "submitted": expected - len(silent), "expected": expected, "month": month_name(month)}
    return Notice(
        _("%(team)s: %(submitted)s of %(expected)s in for %(month)s") % figures,
        (
            _("Still silent: %(names)s.") % {"names": listed([person.name for person in silent])},
            *([] if to_chat else _reminded(silent)),
        ),
        (Link(_("See who is missing"), url),),
    )


def _reminded(silent: Sequence[Silent]) -> list[str]:
    """What became of the reminders to the silent, a line for those of whom the same is true."""
    lines = {
        _("Reminded: %(names)s."): [DeliveryState.SENT],
        _("A reminder is on its way: %(names)s."): [DeliveryState.WAITING, DeliveryState.SENDING],
        _("Nobody knows whether their reminder arrived: %(names)s."): [DeliveryState.UNCERTAIN],
        _("Not reminded: %(names)s."): [DeliveryState.DROPPED, DeliveryState.FAILED],
    }
    sentences = [
        line % {"names": listed([person.name_and_why for person in silent if person.reminder in states])}
        for line, states in lines.items()
        if any(person.reminder in states for person in silent)
    ]
    return [*sentences, _("A word from you helps more.")]


class MonthSoFar(NamedTuple):
    """A team's month: who is in, the first of those who are missing, and how many others are."""

    month: Month
    submitted: int
    expected: int
    missing: Sequence[str] = ()
    others: int = 0


def weekly(  # noqa: PLR0913  each is a line of it
    team: str,
    months: Sequence[MonthSoFar],
    moved: Sequence[tuple[str, int]],
    running: Sequence[tuple[str, date]],
    url: str,
    *,
    to_confirm: int = 0,
    to_chat: bool = False,
) -> Notice:
    """The week of a team to its managers, on Monday; to a chat without who is missing. `moved` are names and points."""
    *earlier, latest = months
    figures = {"team": team, "submitted": latest.submitted, "expected": latest.expected}
    title = _("%(team)s this week: %(submitted)s of %(expected)s in for %(month)s")
    lines = [_still_open(each) for each in earlier]
    if not to_chat:
        lines += [_missing(each) for each in months if each.missing]
    if latest.expected and latest.submitted >= latest.expected:
        lines.append(_("Everybody is in."))
    if moved:
        about = _("Gained most: %(names)s.") if to_chat else _("Moved most: %(names)s.")
        lines.append(about % {"names": listed([f"{name} {signed(points)}" for name, points in moved])})
    if to_confirm:
        sentence = ngettext(
            "%(count)s reading waits to be confirmed.", "%(count)s readings wait to be confirmed.", to_confirm
        )
        lines.append(sentence % {"count": to_confirm})
    runs = _("“%(challenge)s” runs until %(day)s.")
    lines += [runs % {"challenge": name, "day": date_format(day, "MONTH_DAY_FORMAT")} for name, day in running]
    label = _("Open the board") if to_chat else _("Open Today")
    return Notice(title % (figures | {"month": month_name(latest.month)}), tuple(lines), (Link(label, url),))


def _still_open(each: MonthSoFar) -> str:
    values = {"submitted": each.submitted, "expected": each.expected, "month": month_name(each.month)}
    return _("%(month)s is still open: %(submitted)s of %(expected)s in.") % values


def _missing(each: MonthSoFar) -> str:
    return _("Missing for %(month)s: %(names)s.") % {
        "month": month_name(each.month),
        "names": listed_with(each.missing, each.others),
    }


def month_result(
    team: str, month: Month, podium: Sequence[tuple[int, str, int]], submitted: int, expected: int, url: str
) -> Notice:
    """When a month closes. The podium is (place, name, score); empty where places are not shown."""
    places = tuple(f"{rank}. {name}, {total}" for rank, name, total in podium)
    coverage = _("%(submitted)s of %(expected)s submitted.") % {"submitted": submitted, "expected": expected}
    title = _("%(team)s: %(month)s is closed") % {"team": team, "month": month_name(month)}
    return Notice(title, (*places, coverage), (Link(_("Open the board"), url),))


def goal_reached(owner: str | None, goal: str, way: Sequence[str], url: str) -> Notice:
    """To whom a goal belongs, once; `goal` is its name, `owner` the team's or None for the reader's own.

    `way` says from where to where it came, and who made it.
    """
    subject = _("%(team)s reached a goal: %(goal)s") if owner else _("You reached a goal: %(goal)s")
    return Notice(subject % {"team": owner, "goal": goal}, (*way, _("Well done.")), (Link(_("See all goals"), url),))


def best_month(name: str, month: Month, gain: int | None, url: str) -> Notice:
    """To a team's chat, when somebody has their best month; `gain` are the points above the best of the others."""
    points = ngettext("%(count)s point above the best before.", "%(count)s points above the best before.", gain or 0)
    lines = (points % {"count": gain},) if gain else ()
    title = _("%(name)s has a personal best") % {"name": name}
    return Notice(title, lines, (Link(_("Open the board"), url),))


def challenge_made(name: str, title: str, stake: str, url: str) -> Notice:
    """To a team's chat, when somebody makes a challenge in which everybody wins who does."""
    lines = (_("Played for: %(stake)s.") % {"stake": stake},) if stake else ()
    said = _("%(name)s made it: %(title)s") % {"name": name, "title": title}
    return Notice(said, lines, (Link(_("Open the challenge"), url),))


def own_goal_reached(name: str, text: str, url: str) -> Notice:
    """To a team's chat, when somebody reaches a goal that they share; without its figure."""
    lines = (text,) if text else ()
    return Notice(_("%(name)s reached a goal") % {"name": name}, lines, (Link(_("See how it went"), url),))


def goal_way(start: tuple[str, date], now: tuple[str, date]) -> str:
    """From where to where a goal came, each with its day."""
    return _("From %(start)s on %(began)s to %(now)s on %(day)s.") % {
        "start": start[0],
        "began": date_format(start[1], "MONTH_DAY_FORMAT"),
        "now": now[0],
        "day": date_format(now[1], "MONTH_DAY_FORMAT"),
    }


def goal_maker(name: str, day: date) -> str:
    """Who set it, and when."""
    return _("%(name)s set it on %(day)s.") % {"name": name, "day": date_format(day, "MONTH_DAY_FORMAT")}


def invitation(maker: str, title: str, rules: Sequence[str], url: str, counter: Counted | None = None) -> Notice:
    """To whoever is asked into a challenge, with its rules read back."""
    asks = _("%(maker)s asks whether you are in. No answer means not in.") % {"maker": maker}
    sees = _("Whoever is in sees everybody's readings in it, and everybody sees theirs.")
    if counter:
        sees = _("Whoever is in sees everybody's figures in it, and everybody sees theirs.")
    return Notice(
        _("Are you in? %(title)s") % {"title": title},
        (asks, *rules, sees),
        (Link(_("Open the challenge and answer"), url),),
    )


def half_time(title: str, needed: Decimal | None, days_left: int, url: str, counter: Counted | None = None) -> Notice:
    """To who is in and not there yet; `needed` in points or in what is counted, where that is a number."""
    return _still_needed(_("Half-time: %(title)s") % {"title": title}, needed, days_left, url, counter)


def last_days(title: str, needed: Decimal | None, days_left: int, url: str, counter: Counted | None = None) -> Notice:
    """The same shortly before the end."""
    return _still_needed(_("Last days: %(title)s") % {"title": title}, needed, days_left, url, counter)


def challenge_result(title: str, ended: str, owed: Sequence[str], own: str, url: str) -> Notice:
    """When a challenge is settled: how, who owes whom, and the reader's own result, which is empty in a chat."""
    lines = (ended, *owed, *([own] if own else []))
    return Notice(_("Result: %(title)s") % {"title": title}, lines, (Link(_("See how it ended"), url),))


def start_corrected(
    title: str, who: str, change: tuple[str, str | None], url: str, *, withdrawn: bool = False, counted: bool = False
) -> Notice:
    """To everybody in a challenge, when the figure that somebody starts from was, and is now, another (`change`)."""
    was, now = change
    about = _("A start was withdrawn: %(title)s") if withdrawn else _("A start was corrected: %(title)s")
    if counted:
        gone = _("A figure was taken back: %(name)s has no start any more. It was %(was)s.")
        moved = _("A figure was corrected: %(name)s now starts at %(now)s. It was %(was)s.")
    elif withdrawn:
        gone = _("A reading was withdrawn: %(name)s has no start any more. It was %(was)s.")
        moved = _("A reading was withdrawn: %(name)s now starts at %(now)s. It was %(was)s.")
    else:
        gone = _("A reading was corrected: %(name)s has no start any more. It was %(was)s.")
        moved = _("A reading was corrected: %(name)s now starts at %(now)s. It was %(was)s.")
    line = (gone if now is None else moved) % {"name": who, "was": was, "now": now}
    return Notice(about % {"title": title}, (line,), (Link(_("Open the challenge"), url),))


def to_confirm(title: str, names: Sequence[str], last: date, url: str, *, decides: bool) -> Notice:
    """To whoever manages a challenge that counts confirmed readings only, when some are left after its grace."""
    if decides:
        about = _("Decide: %(title)s")
        then = _("Decide for each whether they count, until %(day)s. After that they do not.")
    else:
        about = _("Confirm readings: %(title)s")
        then = _(
            "Confirm them on the team's page of their month, until %(day)s. After that you decide about what is left."
        )
    readings = _("The result waits for readings that nobody confirmed: %(names)s.") % {"names": listed(names)}
    lines = (readings, then % {"day": date_format(last, "MONTH_DAY_FORMAT")})
    return Notice(about % {"title": title}, lines, (Link(_("Open the challenge"), url),))


def challenge_void(title: str, reason: str, values: dict[str, str] | None, url: str) -> Notice:
    """To the maker, when a challenge does not take place."""
    said = why_void(reason, values) or _("It was cancelled.")
    return Notice(_("Not played: %(title)s") % {"title": title}, (said,), (Link(_("Open the challenge"), url),))


def series_end(title: str, maker: str, url: str) -> Notice:
    """To everybody in a challenge that came every month, and comes no more."""
    why = _("%(name)s, who made it, does not manage the team any more.") % {"name": maker}
    return Notice(
        _("It will not come again: %(title)s") % {"title": title}, (why,), (Link(_("Open the challenge"), url),)
    )


def _still_needed(title: str, needed: Decimal | None, days_left: int, url: str, counter: Counted | None) -> Notice:
    if needed and counter:
        lacks = _("You need %(amount)s more.") % {"amount": amount_of(counter, needed)}
    elif needed:
        lacks = ngettext("You need %(points)s point more.", "You need %(points)s points more.", counted(needed))
        lacks %= {"points": figure(needed)}
    else:
        lacks = _("You are not among the winners yet.")
    if days_left == 1:
        days = _("Today is the last day.")
    else:
        days = ngettext("%(count)s day left, today included.", "%(count)s days left, today included.", days_left)
        days %= {"count": days_left}
    return Notice(
        title,
        (lacks, f"{days} {_('A reading counts when you submit it.')}"),
        (Link(_("Open the challenge"), url), Link(_("Open LinkedIn's SSI page"), SSI_PAGE)),
    )
