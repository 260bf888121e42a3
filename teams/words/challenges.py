"""A challenge in plain sentences: its rules, and its result line by line. Mails about it are in `notices.py`."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from teams.rules.challenges.counting import BASELINE_DAYS, Progress, Reading
from teams.rules.challenges.grounds import Grounds
from teams.rules.challenges.recalibrating import Choice, Decided
from teams.rules.challenges.settling import Result, TeamProgress
from teams.rules.challenges.stages import GRACE, VoidReason
from teams.rules.challenges.terms import MADE, TOTAL, ChallengeKind, StakeKind, Terms
from teams.words import challenges_on_counters as on_counters
from teams.words.challenge_winners import who_wins
from teams.words.figures import counted, day, figure, listed, signed, tenth
from teams.words.measure import PILLARS_IN_SENTENCES
from teams.words.translation import Words

FIGURE_NAMES = {TOTAL: gettext_lazy("score"), **PILLARS_IN_SENTENCES}

SENT = gettext_lazy("It is sent. Everybody asked sees it at once; the mail comes at nine on their next working day.")
"""What whoever sends a challenge is told."""
FOR_THOSE_IN_IT = gettext_lazy("Its result is for those who were in it.")


def read_back(terms: Terms, *, maker: str, invited: Sequence[str], stake: str = "") -> list[str]:
    """The rules as sentences, for whoever is about to send them."""
    sentences = [_who_wins(terms)]
    if stake and terms.stake != StakeKind.NONE:
        sentences.append(_stake(terms, maker, stake))
    sentences.append(_what_counts(terms))
    sentences.append(_who_is_asked(terms, maker, invited))
    return sentences


def what_it_takes(terms: Terms) -> str:
    """The rule in a few words: "gain 5 points", "most improved in insights"."""
    if terms.counter and terms.kind == ChallengeKind.HIGHEST:
        return on_counters.most_of(terms, terms.counter)
    values = {"figure": _figure(terms)}
    in_total = terms.figure == TOTAL
    match terms.kind:
        case ChallengeKind.GAIN:
            return _("gain %(points)s") % {"points": _points(terms)}
        case ChallengeKind.REACH:
            return _("reach %(target)s") % {"target": _target(terms)}
        case ChallengeKind.TEAMS:
            return _("team against team") if in_total else _("team against team in %(figure)s") % values
        case ChallengeKind.IMPROVED:
            return _("most improved") if in_total else _("most improved in %(figure)s") % values
    return _("highest score") if in_total else _("highest in %(figure)s") % values


def explained_with_rulings(terms: Terms, grounds: Grounds, result: Result) -> str:
    """Why somebody or a team won or did not, with what was decided about it."""
    progress, ruling = grounds.progress, grounds.ruling
    why = explain_team(progress, result) if isinstance(progress, TeamProgress) else explain(terms, progress, result)
    ruled = [what_was_ruled(ruling.counts, ruling.by)] if ruling else []
    return " ".join([why, *ruled, *map(what_was_decided, grounds.decided)])


def explain(terms: Terms, progress: Progress, result: Result) -> str:
    """Why somebody won or did not."""
    typed = listed(map(_read, progress.unevidenced))
    left_out = typed and _("Left out, as only typed: %(readings)s.") % {"readings": typed}
    return " ".join(part for part in (_steps(terms, progress), _verdict(terms, progress, result), left_out) if part)


def explain_team(progress: TeamProgress, result: Result) -> str:
    """Why a team won or did not."""
    if progress.gained is None:
        return _("No rep had a score at the start, so there is no mean to compare.")
    if not progress.is_comparable:
        few = _("Only %(count)s of %(of)s reps could be compared, and it takes 60 %% on each side: nobody wins.")
        return few % {"count": len(progress.reps), "of": progress.of}
    moved = ngettext(
        "The mean of the same %(count)s rep went from %(before)s to %(now)s (%(gained)s).",
        "The mean of the same %(count)s reps went from %(before)s to %(now)s (%(gained)s).",
        len(progress.reps),
    ) % {
        "count": len(progress.reps),
        "before": tenth(progress.baseline),
        "now": tenth(progress.now),
        "gained": signed(progress.gained),
    }
    if result.place is None:
        return f"{moved} {_('Another team could not be compared: nobody wins.')}"
    return f"{moved} {_place(result, face_to_face=True)}"


def how_it_ended(winners: Sequence[str], *, is_draw: bool) -> str:
    """Who has won, if anybody."""
    if is_draw:
        return _("It is a draw.")
    return _("Won by %(names)s.") % {"names": listed(winners)} if winners else _("Nobody won.")


def who_owes(stake: str, pairs: Sequence[tuple[str, str]]) -> list[str]:
    """What is owed by whom to whom, as sentences; `pairs` are the names of debtors and creditors."""
    if not pairs:
        return [_("At stake was: %(stake)s. Nobody owes it.") % {"stake": stake.rstrip(".")}]
    owed: dict[str, list[str]] = {}
    for debtor, creditor in pairs:
        owed.setdefault(debtor, []).append(creditor)
    sentence = _("%(debtor)s owes %(creditors)s: %(stake)s.")
    return [
        sentence % {"debtor": debtor, "creditors": listed(creditors), "stake": stake.rstrip(".")}
        for debtor, creditors in owed.items()
    ]


def what_was_decided(decided: Decided) -> str:
    """What a change of LinkedIn's formula does to a challenge, now that somebody or nobody decided."""
    values = {"day": day(decided.day), "name": decided.by, "points": abs(decided.shift)}
    if not decided.by:
        sentence = _("LinkedIn changed its formula on %(day)s. Nobody decided, so every reading counts as read.")
    elif decided.choice == Choice.VOID:
        sentence = _("LinkedIn changed its formula on %(day)s, and %(name)s ended the challenge.")
    elif decided.choice == Choice.SHIFT and decided.shift > 0:
        sentence = ngettext(
            "LinkedIn changed its formula on %(day)s. "
            "Readings before it count %(points)s point more, as %(name)s decided.",
            "LinkedIn changed its formula on %(day)s. "
            "Readings before it count %(points)s points more, as %(name)s decided.",
            decided.shift,
        )
    elif decided.choice == Choice.SHIFT and decided.shift:
        sentence = ngettext(
            "LinkedIn changed its formula on %(day)s. "
            "Readings before it count %(points)s point less, as %(name)s decided.",
            "LinkedIn changed its formula on %(day)s. "
            "Readings before it count %(points)s points less, as %(name)s decided.",
            -decided.shift,
        )
    else:
        sentence = _("LinkedIn changed its formula on %(day)s. Every reading counts as read, as %(name)s decided.")
    return sentence % values


def what_was_ruled(counts: bool, by: str) -> str:
    """What was decided about somebody's readings that no manager had confirmed in time; `by` is empty for nobody."""
    if not by:
        return _("Readings that no manager confirmed were left out, as nobody decided about them.")
    count = _("Readings that no manager confirmed count, as %(name)s decided.")
    return (count if counts else _("Readings that no manager confirmed were left out, as %(name)s decided.")) % {
        "name": by
    }


def _who_wins(terms: Terms) -> str:
    """The first sentence of the rules."""
    values: dict[str, Words | int] = {"days": _days(terms), "figure": _figure(terms), "count": terms.places}
    if terms.kind in MADE:
        values |= {"points": _points(terms), "target": _target(terms)}
    return who_wins(terms) % values


def _stake(terms: Terms, maker: str, stake: str) -> str:
    if terms.stake == StakeKind.LOSER:
        sentence = _("Played for: %(stake)s. Whoever loses owes it to the winner.")
    elif terms.stake == StakeKind.PRIZE:
        sentence = _("The prize for each winner: %(stake)s. It comes from %(maker)s.")
    else:
        sentence = _("Played for: %(stake)s. %(maker)s owes it to each winner.")
    return sentence % {"maker": maker, "stake": stake.rstrip(".")}


def _what_counts(terms: Terms) -> str:
    if terms.counter:
        return on_counters.what_counts(terms)
    typed = _("Readings of these days count when they are typed by %(day)s.") % {"day": day(terms.ends_on + GRACE)}
    if terms.confirmed_only:
        only = _("Only readings that a manager confirmed count, the one to start from too.")
        typed = f"{typed} {only}"
    elif terms.needs_evidence:
        only = _("Only readings with evidence count: a whole page pasted, a picture read, or confirmed by a manager.")
        typed = f"{typed} {only}"
    if terms.kind == ChallengeKind.TEAMS:
        same = _("The same reps are compared at the start and the end; a silent one counts with the last score.")
        needed = _("At least 60 %% of each team's reps need a score to start from.") % {}
        return f"{same} {needed} {typed}"
    if terms.kind in (ChallengeKind.REACH, ChallengeKind.HIGHEST):
        return typed
    before = _("The start is each one's latest reading of the %(count)s days before, else the first afterwards.")
    return f"{before % {'count': BASELINE_DAYS.days}} {typed}"


def _who_is_asked(terms: Terms, maker: str, invited: Sequence[str]) -> str:
    values = {"names": listed(invited) or _("nobody"), "day": day(terms.half_time)}
    if terms.is_duel:
        sentence = _("%(names)s has 72 hours to accept.")
    elif terms.kind == ChallengeKind.TEAMS:
        sentence = _("The managers of %(names)s accept, until %(day)s.")
    else:
        sentence = _("The reps of %(names)s are asked; who does not answer is not in. One may join until %(day)s.")
    return sentence % values


def _steps(terms: Terms, progress: Progress) -> str:
    if terms.counter:
        return on_counters.steps(terms, terms.counter, progress)
    if terms.kind in (ChallengeKind.GAIN, ChallengeKind.IMPROVED):
        return _from_start_to_now(progress)
    if progress.now is None:
        return _("No reading of these days.")
    values = {"figure": figure(progress.now.value), "day": day(progress.now.taken_on)}
    return _("Last reading: %(figure)s, on %(day)s.") % values


def _from_start_to_now(progress: Progress) -> str:
    if progress.baseline is None:
        return _("There was no reading to start from.")
    started = (
        _("Started at %(reading)s (the first after accepting).") if progress.is_late else _("Started at %(reading)s.")
    )
    started %= {"reading": _read(progress.baseline)}
    if progress.now is None or progress.gained is None:
        return f"{started} {_('No later reading counted.')}"
    ended = _("Ended at %(reading)s: %(gained)s.")
    return f"{started} {ended % {'reading': _read(progress.now), 'gained': signed(progress.gained)}}"


def _read(reading: Reading) -> str:
    values = {"as_read": figure(reading.as_read), "day": day(reading.taken_on), "counted": figure(reading.value)}
    text = (
        _("%(as_read)s, read on %(day)s, counted as %(counted)s")
        if reading.shift
        else _("%(as_read)s, read on %(day)s")
    )
    return text % values


def _verdict(terms: Terms, progress: Progress, result: Result) -> str:
    if terms.counter and (said := on_counters.verdict(terms.counter, progress, result)):
        return said
    if progress.made_with:
        made_sentence = _("Made it on %(day)s.") % {"day": day(progress.made_with.taken_on)}
        if progress.made_with != progress.now:
            made_sentence = _("Made it with %(reading)s: what was made is kept.") % {
                "reading": _read(progress.made_with)
            }
        late = _("Others were earlier: it is place %(place)s.") % {"place": result.place}
        return made_sentence if result.won else f"{made_sentence} {late}"
    if progress.needed:
        short = ngettext("%(points)s point short.", "%(points)s points short.", counted(progress.needed))
        return short % {"points": figure(progress.needed)}
    if result.place is None:
        return _("Without a reading there is no place.")
    return _place(result, face_to_face=terms.is_face_to_face)


def _place(result: Result, *, face_to_face: bool) -> str:
    if face_to_face and result.place == 1 and not result.won:
        return _("Equal: a draw.")
    return (_("Place %(place)s: won.") if result.won else _("Place %(place)s: not won.")) % {"place": result.place}


def _figure(terms: Terms) -> Words:
    return on_counters.quoted(terms.counter) if terms.counter else FIGURE_NAMES[terms.figure]


def _days(terms: Terms) -> str:
    if terms.counter:
        return on_counters.in_months(terms)
    if terms.starts_on == terms.ends_on:
        return _("on %(day)s") % {"day": day(terms.ends_on)}
    return _("from %(first)s to %(last)s") % {"first": day(terms.starts_on), "last": day(terms.ends_on)}


def _points(terms: Terms) -> str:
    """ "5 points", "2 points in insights"; nothing where the rule has no points."""
    if terms.counter:
        return on_counters.amount_in(terms.counter, terms.points)
    if terms.points is None:
        return ""
    values = {"points": figure(terms.points), "figure": FIGURE_NAMES[terms.figure]}
    several = counted(terms.points)
    if terms.figure == TOTAL:
        return ngettext("%(points)s point", "%(points)s points", several) % values
    return ngettext("%(points)s point in %(figure)s", "%(points)s points in %(figure)s", several) % values


def _target(terms: Terms) -> str:
    """ "50", "15 in insights"; nothing where the rule has no points."""
    if terms.counter:
        return on_counters.amount_in(terms.counter, terms.points)
    if terms.points is None or terms.figure == TOTAL:
        return "" if terms.points is None else figure(terms.points)
    return _("%(target)s in %(figure)s") % {"target": figure(terms.points), "figure": FIGURE_NAMES[terms.figure]}


VOID = {
    VoidReason.DECLINED: gettext_lazy("%(name)s declined."),
    VoidReason.CALLED_OFF: gettext_lazy("It was called off."),
    VoidReason.SERIES_CALLED_OFF: gettext_lazy("It was called off, and so is the series."),
    VoidReason.TOO_FEW: gettext_lazy("Too few were in at half-time."),
    VoidReason.NOBODY_ACCEPTED: gettext_lazy("Nobody accepted within 72 hours."),
}


def why_void(code: str, values: Mapping[str, str] | None) -> str:
    """Why a challenge ended without a result; what earlier releases stored as a sentence stays as it is."""
    values = values or {}
    if code == VoidReason.NEW_FORMULA:
        return what_was_decided(Decided(date.fromisoformat(values["day"]), Choice.VOID, by=values["name"]))
    return str(VOID[VoidReason(code)]) % values if code in VOID else code
