"""Deciding about readings that nobody confirmed in time, in a challenge that counts confirmed ones only."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from teams.actions.audit import record
from teams.actions.challenges.lifecycle import OVER, lock
from teams.models import Act, Challenge, Entry, Member
from teams.queries.challenges.table import Book
from teams.rules.challenges.stages import CONFIRMED_WITHIN
from teams.rules.errors import Refused


@transaction.atomic
def decide(entry: Entry, by: Member, now: datetime, *, counts: bool) -> Entry:
    """Count an entry's unconfirmed readings, or leave them out; once, and the same twice is one.

    Refused for one's own, before the week for confirming is over, and where nothing waits.
    """
    challenge = lock(entry.challenge_id)
    entry = challenge.entries.select_related("member", "team").get(pk=entry.pk)
    if entry.ruled_at and entry.counts_unconfirmed == counts:
        return entry
    _check(challenge, entry, by, now)
    entry.counts_unconfirmed, entry.ruled_by, entry.ruled_at = counts, by, now
    entry.save(update_fields=["counts_unconfirmed", "ruled_by", "ruled_at"])
    record(Act.CHALLENGE_RULED, entry.member, by=by, teams=[entry.team] if entry.team else [], title=challenge.title)
    return entry


def is_own(entry: Entry, member: Member) -> bool:
    """Whether an entry is somebody's, or that of the team they compete in."""
    return entry.member_id == member.pk or (
        entry.team_id is not None and member.memberships.active().filter(team=entry.team_id, competing=True).exists()
    )


def _check(challenge: Challenge, entry: Entry, by: Member, now: datetime) -> None:
    if not challenge.sent_at or challenge.settled_at or challenge.voided_at:
        raise Refused(OVER)
    if is_own(entry, by):
        raise Refused(_("This is your own entry: another manager decides about it."))
    if entry.ruled_at:
        raise Refused(_("This was decided before."))
    read_until = challenge.grace_ends()
    if now < read_until + CONFIRMED_WITHIN:
        raise Refused(_("Readings may still be confirmed. What is left is decided about a week after the grace."))
    if entry.pk not in {row.entry.pk for row in Book.of([challenge]).awaiting_confirmation(challenge, read_until)}:
        raise Refused(_("Nothing of this entry waits for a decision."))
