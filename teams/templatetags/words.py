"""Figures, months and states as people say them, for templates."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from teams.queries.boards.table import Row
from teams.rules.challenges.stages import Stage
from teams.rules.messages.delivery import DeliveryState
from teams.rules.months import Month
from teams.rules.scores import Change
from teams.rules.visibility import is_latin
from teams.templatetags.cached_tags import part
from teams.words import figures
from teams.words.delivery_reasons import reason_words
from teams.words.help import IN_SHORT, QUESTIONS
from teams.words.thanks import rarity_words
from teams.words.translation import Words, translated
from teams.words.waiting import waiting_action, waiting_words
from teams.words.webhooks import event_words

register = template.Library()
month_name = register.filter(figures.month_name)
month_short = register.filter(figures.month_short)
signed = register.filter(figures.signed)
exact = register.filter(figures.exact)
tenth = register.filter(figures.tenth)
counted = register.filter(figures.counted)
ordinal = register.filter(figures.ordinal)
listed = register.filter(figures.listed)
listed_with = register.filter(figures.listed_with)
register.filter("said", translated)
register.filter(is_latin)
register.filter(reason_words)
register.filter(event_words)
register.filter(waiting_words)
register.filter(waiting_action)
register.filter(rarity_words)

DASH = "\N{EN DASH}"
FLAGS = {
    "sum": gettext_lazy("pillars do not add up"),
    "jump": gettext_lazy("more than 15 points in a month"),
    "same_digits": gettext_lazy("the very digits of the month before"),
}
STAGES = {
    Stage.DRAFT: pgettext_lazy("challenge", "draft"),
    Stage.INVITED: pgettext_lazy("challenge", "invited"),
    Stage.RUNNING: pgettext_lazy("challenge", "running"),
    Stage.GRACE: pgettext_lazy("challenge", "grace"),
    Stage.SETTLED: pgettext_lazy("challenge", "settled"),
    Stage.VOID: pgettext_lazy("challenge", "void"),
}


@register.filter
def as_day(written: str) -> date:
    """The day that was stored as 2026-11-23."""
    return date.fromisoformat(written)


@register.filter
def month_or_title(about: Month | str) -> str:
    """What a message is about: a month by its name, a title as it is."""
    return figures.month_name(about) if isinstance(about, Month) else about


MESSAGES = {
    DeliveryState.WAITING: pgettext_lazy("message", "waiting"),
    DeliveryState.SENDING: pgettext_lazy("message", "sending"),
    DeliveryState.SENT: pgettext_lazy("message", "sent"),
    DeliveryState.UNCERTAIN: pgettext_lazy("message", "uncertain"),
    DeliveryState.FAILED: pgettext_lazy("message", "failed"),
    DeliveryState.DROPPED: pgettext_lazy("message", "not sent"),
}


@register.filter
def message_state(state: str) -> Words:
    """Where a message is, in a word."""
    return MESSAGES[DeliveryState(state)]


@part(register, "parts/explain.html")
def explain(key: str, place: str | int = "") -> dict[str, object]:
    """A button that says in a sentence what a word means; an old browser gets a link to the help page.

    `place` tells one such button from another on the same page.
    """
    popover = f"explain-{key}-{place}" if place else f"explain-{key}"
    return {"key": key, "id": popover, "question": QUESTIONS[key].question, "short": IN_SHORT[key]}


@register.filter
def first_steady(rows: Iterable[Row]) -> Row | None:
    """The first row whose change is steady, beside which stands what that means; None without one."""
    return next((row for row in rows if row.change and row.change.direction == "steady"), None)


@register.filter
def points_gained(points: Decimal | None) -> str:
    """`+5`, `−2.5`, `0`; a dash where nothing can be compared yet."""
    return DASH if points is None else figures.signed(points)


@register.filter
def change_short(change: Change | None) -> str:
    """`+6`, `−2`, `steady`; nothing without an earlier score."""
    if change is None:
        return ""
    return _("steady") if change.direction == "steady" else figures.signed(change.points)


@register.filter
def change_words(change: Change | None) -> str:
    """`+6 since Aug`, `steady since Aug`; `first score` without an earlier one."""
    if change is None:
        return _("first score")
    return _("%(change)s since %(month)s") % {
        "change": change_short(change),
        "month": figures.month_short(change.since),
    }


@register.filter
def climb_words(climb: int | None) -> str:
    """`up 2 places`, `down 1 place`, `same place`; nothing where there is nothing to compare."""
    if climb is None:
        return ""
    if climb == 0:
        return _("same place")
    count = abs(climb)
    if climb > 0:
        return ngettext("up %(count)s place", "up %(count)s places", count) % {"count": count}
    return ngettext("down %(count)s place", "down %(count)s places", count) % {"count": count}


@register.filter
def days_left_words(days: int) -> str:
    """`7 days left`, with today; `last day`."""
    return figures.days_left_words(days)


@register.filter
def days_left_strong(days: int) -> str:
    """The same with the number in bold, which stands in large."""
    before, number, after = figures.days_left_words(days).partition(str(days))
    return format_html("{}<strong>{}</strong>{}", *((before, number, after) if number else ("", before, "")))


@register.filter
def add_months(month: Month, count: int) -> Month:
    """The month that many months later; earlier where it is negative."""
    return month + count


@register.filter
def flag_words(flag: str) -> Words:
    """What a flag of `rules.scores.flags` says to a manager."""
    return FLAGS[flag]


@register.filter
def all_said(sentences: list[str]) -> list[str]:
    """Several sentences of rules, each in the reader's language."""
    return [translated(sentence) for sentence in sentences]


@register.filter
def stage_words(stage: str) -> Words:
    """Where a challenge stands: `running`."""
    return STAGES[Stage(stage)]
