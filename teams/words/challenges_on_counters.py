"""What is said otherwise of a challenge on what a team counts itself: it goes by month, and has no points."""

from decimal import Decimal

from django.utils.translation import gettext as _

from teams.rules.challenges.counting import Progress, Reading
from teams.rules.challenges.settling import Result
from teams.rules.challenges.stages import GRACE
from teams.rules.challenges.terms import STARTING, ChallengeKind, Terms
from teams.rules.counters import Counted
from teams.rules.months import Month
from teams.words.figures import amount_of, day, month_name, signed_amount_of


def quoted(counter: Counted) -> str:
    """`“Calls”`, as sentences name it."""
    return _("“%(counter)s”") % {"counter": counter.name}


def amount_in(counter: Counted, amount: Decimal | None) -> str:
    """`20 in “Calls”`; nothing where the rule has no amount."""
    if amount is None:
        return ""
    return _("%(amount)s in “%(counter)s”") % {"amount": amount_of(counter, amount), "counter": counter.name}


def in_months(terms: Terms) -> str:
    """`in January 2027`, or `from January 2027 to March 2027`: the months whose figures count."""
    first, last = Month.of(terms.starts_on), Month.of(terms.ends_on)
    if first == last:
        return _("in %(month)s") % {"month": month_name(first)}
    months = {"first_month": month_name(first), "last_month": month_name(last)}
    return _("from %(first_month)s to %(last_month)s") % months


def most_of(terms: Terms, counter: Counted) -> str:
    """The rule of the highest figure in a few words: `most “Calls” in January 2027`."""
    return _("most “%(counter)s” %(months)s") % {"counter": counter.name, "months": in_months(terms)}


def what_counts(terms: Terms) -> str:
    """Which figures count, and from what they start."""
    parts = []
    if terms.kind in STARTING:
        start = _("The start is each one's figure of %(month)s.")
        parts.append(start % {"month": month_name(Month.of(terms.starts_on) - 1)})
    if terms.kind not in (ChallengeKind.GAIN, ChallengeKind.REACH) and terms.months > 1:
        parts.append(_("Each one's last figure of these months counts."))
    typed = _("Figures of these months count when they are entered by %(day)s.")
    return " ".join([*parts, typed % {"day": day(terms.ends_on + GRACE)}])


def steps(terms: Terms, counter: Counted, progress: Progress) -> str:
    """How somebody came from the start to the end."""
    last = progress.now
    if terms.kind not in STARTING:
        return read(counter, last) + "." if last else _("No figure of these months.")
    if progress.baseline is None:
        return _("There was no figure to start from.")
    started = _("Started at %(reading)s.") % {"reading": read(counter, progress.baseline)}
    if last is None or progress.gained is None:
        return f"{started} {_('No figure of these months.')}"
    ended = _("Ended at %(reading)s: %(gained)s.")
    gained = signed_amount_of(counter, progress.gained)
    return f"{started} {ended % {'reading': read(counter, last), 'gained': gained}}"


def verdict(counter: Counted, progress: Progress, result: Result) -> str | None:
    """What became of it; None where that is a place, as of every challenge."""
    if made := progress.made_with:
        if made != progress.now:
            return _("Made it with %(reading)s: what was made is kept.") % {"reading": read(counter, made)}
        return _("Made it in %(month)s.") % {"month": month_name(Month.of(made.taken_on))}
    if progress.needed:
        return _("%(amount)s short.") % {"amount": amount_of(counter, progress.needed)}
    return _("Without a figure there is no place.") if result.place is None else None


def read(counter: Counted, reading: Reading) -> str:
    """`12 in November 2026`."""
    month = month_name(Month.of(reading.taken_on))
    return _("%(amount)s in %(month)s") % {"amount": amount_of(counter, reading.value), "month": month}
