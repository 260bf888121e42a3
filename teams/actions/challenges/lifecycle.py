"""Making a challenge, asking people to it, their answers, and calling it off."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teams.actions.audit import record
from teams.actions.counters import check_playable
from teams.models import Act, Answer, Challenge, Entry, Member, Team
from teams.queries.people.absences import unable_to_play
from teams.rules.challenges import stages
from teams.rules.challenges.stages import VoidReason
from teams.rules.challenges.terms import OPEN_DUELS, ChallengeKind, Terms, bad_end, refusal
from teams.rules.errors import Refused
from teams.words.figures import day, listed
from teams.words.translation import translated

OVER = gettext_lazy("This challenge is not open any more.")
SWITCHED_OFF = gettext_lazy("%(member)s takes part in no challenges.")


@transaction.atomic
def make(challenge: Challenge, teams: Iterable[Team], opponent: Member | None = None) -> Challenge:
    """Store a challenge as a draft, which its maker alone sees. Refused where nobody could play by its rules."""
    _check(challenge, challenge.organization.today())
    challenge.save(force_insert=True)
    challenge.teams.set(teams)
    if opponent:
        Entry.objects.create(challenge=challenge, member=opponent)
    return challenge


@transaction.atomic
def make_and_send(
    challenge: Challenge, teams: Iterable[Team], opponent: Member | None, now: datetime | None
) -> Challenge:
    """Make it and send it in one, or not at all; without a moment it stays a draft."""
    draft = make(challenge, teams, opponent)
    return send(draft, now) if now else draft


@transaction.atomic
def send(challenge: Challenge, now: datetime) -> Challenge:
    """Ask everybody it is for. Twice is once; Refused where a day or somebody's switch stands against it."""
    locked = lock(challenge.pk)
    if locked.sent_at:
        return locked
    _check(locked, timezone.localdate(now, locked.zone))
    _check_maker(locked)
    locked.sent_at = now
    locked.save(update_fields=["sent_at"])
    if locked.is_duel:
        _challenge_opponent(locked, now)
    elif locked.kind == ChallengeKind.TEAMS:
        _ask_teams(locked, now)
    else:
        _ask_reps(locked, now)
    for act in (Act.CHALLENGE_MADE, Act.CHALLENGE_SENT):
        record_challenge(act, locked, locked.maker)
    return locked


@transaction.atomic
def answer(entry: Entry, by: Member, now: datetime, *, accepts: bool) -> Entry:
    """Accept or decline; the same answer twice is one. A manager's answer for somebody without a login is noted."""
    challenge = lock(entry.challenge_id)
    entry = challenge.entries.select_related("member", "team").get(pk=entry.pk)
    wanted = Answer.ACCEPTED if accepts else Answer.DECLINED
    if entry.answer == wanted:
        return entry
    _check_answer(challenge, entry, now, accepts=accepts)
    entry.answer, entry.answered_at = wanted, now
    entry.recorded_by = by if entry.member and entry.member != by else None
    entry.save(update_fields=["answer", "answered_at", "recorded_by"])
    act = Act.CHALLENGE_ACCEPTED if accepts else Act.CHALLENGE_DECLINED
    record(act, entry.member, by=by, teams=[entry.team] if entry.team else [], title=challenge.title)
    if challenge.is_duel and not accepts:
        void(challenge, VoidReason.DECLINED, now, name=str(entry))
    return entry


@transaction.atomic
def join(challenge: Challenge, member: Member, now: datetime) -> Entry:
    """Come in without having been asked, as a rep of one of its teams. Refused after half-time."""
    challenge = lock(challenge.pk)
    competes = member.memberships.active().filter(team__in=challenge.teams.all(), competing=True).exists()
    if challenge.is_duel or challenge.kind == ChallengeKind.TEAMS or not competes:
        raise Refused(_("This challenge is not for you."))
    entry, _made = challenge.entries.get_or_create(member=member)
    return answer(entry, member, now, accepts=True)


@transaction.atomic
def cancel(challenge: Challenge, now: datetime) -> None:
    """Call it off; a draft goes without a trace. Refused once it is over."""
    challenge = lock(challenge.pk)
    if not challenge.sent_at:
        challenge.delete()
        return
    _check_open(challenge)
    record_challenge(Act.CHALLENGE_CANCELLED, challenge)
    ends_series, challenge.repeats_monthly = challenge.repeats_monthly, False
    challenge.save(update_fields=["repeats_monthly"])
    void(challenge, VoidReason.SERIES_CALLED_OFF if ends_series else VoidReason.CALLED_OFF, now)


@transaction.atomic
def edit(challenge: Challenge, now: datetime, *, title: str, ends_on: date) -> Challenge:
    """Another title or a later end: all that may be changed once it is sent."""
    challenge = lock(challenge.pk)
    _check_open(challenge)
    if timezone.localdate(now, challenge.zone) > challenge.ends_on:
        raise Refused(_("Its last day is over."))
    if ends_on < challenge.ends_on:
        raise Refused(
            _("The end may only be later than %(day)s. Call it off and make another instead.")
            % {"day": day(challenge.ends_on)}
        )
    if sentence := bad_end(replace(challenge.terms(), ends_on=ends_on)):
        raise Refused(translated(sentence))
    challenge.title, challenge.ends_on = title, ends_on
    challenge.save(update_fields=["title", "ends_on"])
    record_challenge(Act.CHALLENGE_EDITED, challenge)
    return challenge


def repeat(challenge: Challenge, terms: Terms, now: datetime) -> Challenge:
    """The next edition of a locked challenge, by these terms, sent."""
    fields = ["organization", "maker", "title", "kind", "figure", "counter", "points", "winners", "winner_count"]
    fields += ["stake_kind", "stake", "repeats_monthly", "confirmed_only", "evidenced_only"]
    repeated = Challenge.objects.create(
        **{field: getattr(challenge, field) for field in fields},
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        sent_at=now,
        repeats=challenge,
    )
    repeated.teams.set(challenge.teams.all())
    if repeated.kind == ChallengeKind.TEAMS:
        _ask_teams(repeated, now)
    else:
        _ask_reps(repeated, now)
    return repeated


def end_series(challenge: Challenge, now: datetime) -> None:
    """Let a locked challenge be the last of its series; those in it are told by the next sweep."""
    challenge.repeats_monthly, challenge.series_ended_at = False, now
    challenge.save(update_fields=["repeats_monthly", "series_ended_at"])


def lock(challenge: int) -> Challenge:
    """One change at a time for each challenge: the second of two waits here and sees what the first did."""
    query = Challenge.objects.select_related("organization", "maker", "counter")
    return query.select_for_update(of=["self"], no_key=True).get(pk=challenge)


def record_challenge(act: Act, challenge: Challenge, by: Member | None = None) -> None:
    """What somebody did with a challenge, for the managers of its teams."""
    record(act, by=by, teams=challenge.teams.all(), title=challenge.title)


def void(challenge: Challenge, reason: VoidReason, now: datetime, **values: str) -> None:
    """End a locked challenge without a result. The values are what the sentence of the reason names."""
    challenge.voided_at, challenge.void_reason, challenge.void_values = now, reason, values
    challenge.save(update_fields=["voided_at", "void_reason", "void_values"])


def _check(challenge: Challenge, today: date) -> None:
    if sentence := refusal(challenge.terms(), today):
        raise Refused(translated(sentence))
    if challenge.counter:
        check_playable(challenge.counter)


def _check_maker(challenge: Challenge) -> None:
    """Refused where its maker does not manage its teams any more, or in a duel does not compete there."""
    maker, teams = challenge.maker, list(challenge.teams.all())
    competing = Team.objects.filter(memberships__in=maker.memberships.active().filter(competing=True))
    managed = Team.objects.managed_by(maker.user) if maker.user else []
    own = set(competing if challenge.is_duel else managed)
    others = [team.name for team in teams if team not in own]
    if others and (challenge.kind != ChallengeKind.TEAMS or len(others) == len(teams)):
        refused = (
            _("You do not compete in %(teams)s any more.")
            if challenge.is_duel
            else _("You do not manage %(teams)s any more.")
        )
        raise Refused(refused % {"teams": listed(others)})


def _check_open(challenge: Challenge) -> None:
    if not challenge.sent_at or challenge.settled_at or challenge.voided_at:
        raise Refused(str(OVER))


def _check_answer(challenge: Challenge, entry: Entry, now: datetime, *, accepts: bool) -> None:
    _check_open(challenge)
    today = timezone.localdate(now, challenge.zone)
    if challenge.is_duel and challenge.sent_at and stages.has_expired(challenge.sent_at, now):
        raise Refused(_("The 72 hours to accept this duel are over."))
    if not stages.may_join(challenge.terms(), today):
        raise Refused(_("One could join until %(day)s: half-time is over.") % {"day": day(challenge.half_time)})
    if entry.answer == Answer.ACCEPTED and today >= challenge.starts_on:
        raise Refused(_("It has started: who is in stays in."))
    if accepts and entry.member:
        _check_accepts(entry.member)
        if challenge.is_duel:
            _check_duels(entry.member)


def _check_opponent(challenge: Challenge, opponent: Member) -> None:
    """Refused where they compete in its team no more: it may have been drafted long ago."""
    competing = opponent.memberships.active().filter(competing=True).values("team")
    if left := challenge.teams.exclude(pk__in=competing).first():
        refused = _("%(member)s does not compete in %(team)s any more.")
        raise Refused(refused % {"member": opponent, "team": left})


def _check_accepts(member: Member) -> None:
    if not member.accepts_challenges:
        raise Refused(SWITCHED_OFF % {"member": member})


def _check_duels(member: Member) -> None:
    """At most three; the member's row is held, so that two at once are counted one after the other."""
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    if Challenge.objects.open_duels_of(member).count() >= OPEN_DUELS:
        raise Refused(
            _("%(member)s is in %(number)s duels already. One has to end first.")
            % {"member": member, "number": OPEN_DUELS}
        )


def _challenge_opponent(challenge: Challenge, now: datetime) -> None:
    opponent = Member.objects.get(entries__challenge=challenge)
    _check_opponent(challenge, opponent)
    _check_accepts(opponent)
    _check_duels(challenge.maker)
    Entry.objects.create(challenge=challenge, member=challenge.maker, answer=Answer.ACCEPTED, answered_at=now)


def _ask_teams(challenge: Challenge, now: datetime) -> None:
    """The teams of a manager who made it are in at once; the managers of the others are asked."""
    managed_teams = set(Team.objects.managed_by(challenge.maker.user)) if challenge.maker.user else set()
    Entry.objects.bulk_create(
        Entry(
            challenge=challenge,
            team=team,
            answer=Answer.ACCEPTED if team in managed_teams else Answer.INVITED,
            answered_at=now if team in managed_teams else None,
        )
        for team in challenge.teams.all()
    )


def _ask_reps(challenge: Challenge, now: datetime) -> None:
    """Every rep of its teams, except those who switched challenges off, have no access or are away all the time."""
    reps = Member.objects.filter(
        memberships__team__in=challenge.teams.all(),
        memberships__left_on=None,
        memberships__competing=True,
        accepts_challenges=True,
    ).distinct()
    today = timezone.localdate(now, challenge.zone)
    days, needs_access = (challenge.starts_on, challenge.ends_on, today), challenge.counter is None
    left_out = unable_to_play([rep.pk for rep in reps], *days, needs_access=needs_access)
    Entry.objects.bulk_create(Entry(challenge=challenge, member=rep) for rep in reps if rep.pk not in left_out)
