"""Ending challenges: settling after the grace, void at half-time, duels that nobody accepted, and what is owed."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from teams.actions.audit import record
from teams.actions.challenges.lifecycle import end_series, lock, record_challenge, repeat, void
from teams.actions.challenges.recalibration import let_stand
from teams.actions.moments.noticing import note_won
from teams.models import Act, Board, Challenge, Debt, Member, Outcome, Settlement
from teams.models.challenges.makers import still_manages
from teams.queries.challenges.table import Book, Row, challenge_rows
from teams.rules.challenges import settling, stages
from teams.rules.challenges.settling import TeamProgress
from teams.rules.challenges.stages import Facts, VoidReason
from teams.rules.challenges.terms import DUEL_EXPIRES_AFTER, next_edition
from teams.rules.errors import Refused

A_DAY = timedelta(days=1)
"""No zone is further than a day from UTC: what a sweep looks at is chosen a day too early and judged exactly."""


def settle_due(now: datetime) -> list[int]:
    """Settle every challenge whose grace is over, each in its own transaction; the ids of the settled."""
    ended = Challenge.objects.open().filter(ends_on__lte=(now + A_DAY).date()).values_list("pk", flat=True)
    return [pk for pk in ended if settle(pk, now)]


@transaction.atomic
def settle(challenge_id: int, now: datetime) -> Settlement | None:
    """Store the result and what is owed; None where it is not due, or somebody else was faster.

    Members' rows are held: a submission that began in time and is still being stored is waited for and counts. Where
    only confirmed readings count, it waits for them, and then for whoever decides about the others.
    """
    challenge = lock(challenge_id)
    if not challenge.sent_at or challenge.settled_at or challenge.voided_at:
        return None
    read_until = challenge.grace_ends()
    if now < read_until + stages.SETTLES_AFTER:
        return None
    if challenge.entries.accepted().count() < challenge.terms().fewest:
        void(challenge, VoidReason.TOO_FEW, now)
        return None
    _hold_members(challenge)
    if challenge.confirmed_only and not _is_confirmed(challenge, read_until, now):
        return None
    let_stand(challenge, now)
    rows = challenge_rows(challenge, read_until, confirmed=challenge.confirmed_only)
    earlier = challenge.settlements.count()
    settlement = _store(challenge, rows, number=earlier + 1, now=now, read_until=read_until)
    challenge.settled_at = now
    challenge.save(update_fields=["settled_at"])
    return settlement


@transaction.atomic
def settle_again(challenge: Challenge, by: Member, now: datetime) -> Settlement:
    """A second result, with readings as they were corrected since; the first stays. Refused where both are equal."""
    challenge = lock(challenge.pk)
    last = challenge.settlements.first()
    if last is None or not challenge.settled_at:
        raise Refused(_("It is not settled yet."))
    rows = amended_rows(challenge, last)
    if rows is None:
        raise Refused(_("Nothing changed since it was settled."))
    settlement = _store(challenge, rows, number=last.number + 1, now=now, read_until=last.read_until)
    settlement.settled_by = by
    settlement.save(update_fields=["settled_by"])
    record_challenge(Act.CHALLENGE_SETTLED, challenge)
    return settlement


def amended_rows(challenge: Challenge, last: Settlement) -> list[Row] | None:
    """What the result would be with later corrections; None where it is the one that is stored."""
    rows = challenge_rows(challenge, last.read_until, amended=True, confirmed=challenge.confirmed_only)
    stored = {
        each.entry_id: (each.won, each.place, each.baseline, each.now, each.made_on) for each in last.outcomes.all()
    }
    results_now = {row.entry.pk: (row.result.won, row.result.place, row.baseline, row.now, row.made_on) for row in rows}
    return None if stored == results_now else rows


def settled_early(board: Board, now: datetime) -> list[Challenge]:
    """Challenges of a board's team that its early closing settled before their regular grace is over."""
    days = (board.month.first_day, board.month.last_day)
    settled = Challenge.objects.filter(teams=board.team_id, ends_on__range=days, settled_at__isnull=False)
    return [
        challenge
        for challenge in settled.select_related("organization").order_by("pk")
        if now < stages.grace_ends(challenge.ends_on, challenge.zone)
    ]


def unsettle(challenge: Challenge, now: datetime) -> None:
    """Have a settled challenge wait for its grace again: its result stays readable, and what it made owed lapses."""
    locked = lock(challenge.pk)
    locked.settled_at = None
    locked.save(update_fields=["settled_at"])
    Debt.objects.filter(settlement__challenge=locked).open().update(lapsed_at=now)


def void_due(now: datetime) -> list[int]:
    """End those that had too few in them at half-time; their ids."""
    begun_with_few = (
        Challenge.objects.open().with_accepted().filter(Q(accepted__lt=2), starts_on__lte=(now + A_DAY).date())
    )
    return [challenge.pk for challenge in begun_with_few if _void_if_due(challenge.pk, now)]


def repeat_due(now: datetime) -> list[int]:
    """Send the next month's edition of each monthly challenge three days before it starts; ids of the old editions."""
    waiting = Challenge.objects.filter(repeats_monthly=True, sent_at__isnull=False, repeated_by=None)
    return [pk for pk in waiting.values_list("pk", flat=True) if _repeat_if_due(pk, now)]


def expire_duels(now: datetime) -> list[int]:
    """End the duels that nobody answered for 72 hours; their ids."""
    waiting = Challenge.objects.open().filter(
        is_duel=True, sent_at__lte=now - DUEL_EXPIRES_AFTER, entries__answer="invited"
    )
    return [pk for pk in waiting.values_list("pk", flat=True) if _expire(pk, now)]


@transaction.atomic
def close_debt(debt: Debt, now: datetime, *, forgiven: bool) -> None:
    """Tick or forgive it, as the one who is owed; twice is once."""
    debt = Debt.objects.select_for_update().get(pk=debt.pk)
    if debt.settled_at or debt.forgiven_at or debt.lapsed_at:
        return
    setattr(debt, "forgiven_at" if forgiven else "settled_at", now)
    debt.save(update_fields=["settled_at", "forgiven_at"])
    record(Act.DEBT_FORGIVEN if forgiven else Act.DEBT_SETTLED, debt.debtor, by=debt.creditor)


@transaction.atomic
def _void_if_due(pk: int, now: datetime) -> bool:
    challenge = lock(pk)
    facts = Facts(
        sent=challenge.sent_at is not None,
        settled=challenge.settled_at is not None,
        accepted=challenge.entries.accepted().count(),
    )
    today = now.astimezone(challenge.zone).date()
    if challenge.voided_at or not stages.is_void(challenge.terms(), facts, today):
        return False
    void(challenge, VoidReason.TOO_FEW, now)
    return True


@transaction.atomic
def _repeat_if_due(pk: int, now: datetime) -> bool:
    challenge = lock(pk)
    edition = next_edition(challenge.terms(), now.astimezone(challenge.zone).date())
    if edition is None or not challenge.repeats_monthly or Challenge.objects.filter(repeats=challenge).exists():
        return False
    if not still_manages(challenge.maker, challenge.pk):
        end_series(challenge, now)
        return False
    repeat(challenge, edition, now)
    return True


@transaction.atomic
def _expire(pk: int, now: datetime) -> bool:
    challenge = lock(pk)
    is_answered = challenge.entries.accepted().count() == challenge.terms().fewest
    if challenge.voided_at or challenge.settled_at or is_answered:
        return False
    void(challenge, VoidReason.NOBODY_ACCEPTED, now)
    return True


def _is_confirmed(challenge: Challenge, read_until: datetime, now: datetime) -> bool:
    """Whether every reading that matters is confirmed or decided about; after a fortnight the others are left out."""
    waiting = Book.of([challenge]).awaiting_confirmation(challenge, read_until)
    if waiting and now < read_until + stages.DECIDED_WITHIN:
        return False
    challenge.entries.filter(pk__in=[row.entry.pk for row in waiting]).update(counts_unconfirmed=False, ruled_at=now)
    return True


def _hold_members(challenge: Challenge) -> None:
    """Wait for submissions of everybody in it that are on their way."""
    of_teams = Q(memberships__team__entries__challenge=challenge)
    members = Member.objects.filter(Q(entries__challenge=challenge) | of_teams).values("pk")
    list(Member.objects.filter(pk__in=members).order_by("pk").select_for_update(no_key=True).values_list("pk"))


def _store(challenge: Challenge, rows: list[Row], *, number: int, now: datetime, read_until: datetime) -> Settlement:
    settlement = Settlement.objects.create(challenge=challenge, number=number, settled_at=now, read_until=read_until)
    Outcome.objects.bulk_create(_outcome(settlement, row) for row in rows)
    winners = {member for row in rows if row.result.won for member in _people(row)}
    losers = {member for row in rows if not row.result.won for member in _people(row)}
    note_won(challenge, {person: row.entry.team_id for row in rows if row.result.won for person in _people(row)}, now)
    pairs = settling.debts(challenge.terms().stake, challenge.maker_id, winners, losers)
    earlier = Debt.objects.filter(settlement__challenge=challenge)
    earlier.open().update(lapsed_at=now)
    done = set(earlier.filter(lapsed_at=None).values_list("debtor_id", "creditor_id"))
    Debt.objects.bulk_create(
        Debt(settlement=settlement, debtor_id=debtor, creditor_id=creditor) for debtor, creditor in sorted(pairs - done)
    )
    return settlement


def _people(row: Row) -> list[int]:
    """Who stands behind an entry: the member, or the team's reps that were compared."""
    if isinstance(row.progress, TeamProgress):
        return list(row.progress.reps)
    return [row.entry.member_id] if row.entry.member_id else []


def _outcome(settlement: Settlement, row: Row) -> Outcome:
    return Outcome(
        settlement=settlement,
        entry=row.entry,
        place=row.result.place,
        won=row.result.won,
        baseline=row.baseline,
        now=row.now,
        gained=row.progress.gained,
        made_on=row.made_on,
        grounds=row.grounds.as_json(),
        readings=[[reading.id, reading.taken_on.isoformat(), str(reading.as_read)] for reading in row.readings],
    )
