"""News of challenges: invitations, what is still needed, results. Found by a sweep, told once each."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q

from teams.actions.addresses import site_url
from teams.actions.news import FRESH
from teams.actions.notices import managers, notify, notify_chats
from teams.models import Answer, Challenge, Delivery, Entry, Kind, Member, Membership, Submission, Team
from teams.models.challenge_table import Row, challenge_rows
from teams.rules import notices
from teams.rules.challenges import wording
from teams.rules.challenges.stages import Stage, days_left, stage
from teams.rules.challenges.terms import STARTING
from teams.rules.notices import Notice
from teams.rules.reminders import HOUR

LAST_DAYS = timedelta(days=2)


def tell_challenge_news(now: datetime) -> None:
    """Claim a message for whatever happened lately, or is at half-time or near its end, where it is morning."""
    real = Challenge.objects.filter(organization__is_demo=False)
    for challenge in real.open().with_accepted():
        if challenge.sent_at >= now - FRESH:
            _invite(challenge)
        _say_what_is_needed(challenge, now)
        _tell_of_corrections(challenge, now)
    for challenge in real.filter(settled_at__gte=now - FRESH).with_accepted():
        _tell_result(challenge)
    for challenge in real.filter(voided_at__gte=now - FRESH, sent_at__isnull=False).with_accepted():
        notice = notices.challenge_void(challenge.title, challenge.void_reason, _url(challenge))
        _tell(challenge, [(challenge.maker, notice)], Kind.CHALLENGE_NEWS, f"challenge {challenge.pk} void")


def _invite(challenge: Challenge) -> None:
    """Whoever was asked and has not answered; in team against team the managers."""
    asked = challenge.entries.filter(answer=Answer.INVITED).select_related("member", "team")
    people = [person for entry in asked for person in _readers(entry)]
    teams = [str(entry) for entry in asked] if challenge.is_duel else [str(team) for team in challenge.teams.all()]
    rules = wording.read_back(challenge.terms(), maker=challenge.maker.name, invited=teams, stake=challenge.stake)
    notice = notices.invitation(challenge.maker.name, challenge.title, rules, _url(challenge))
    _tell(
        challenge,
        [(person, notice) for person in people],
        Kind.CHALLENGE_INVITATION,
        f"challenge {challenge.pk}",
        good_until=_end_of(challenge, challenge.half_time),
    )


def _say_what_is_needed(challenge: Challenge, now: datetime) -> None:
    """At half-time, and once in the last two days, to each who would not win as things are."""
    local = now.astimezone(challenge.zone)
    terms, today = challenge.terms(), local.date()
    if local.hour < HOUR or stage(terms, challenge.facts(), today) != Stage.RUNNING:
        return
    if today >= challenge.ends_on - LAST_DAYS:
        kind, title, last = Kind.CHALLENGE_LAST_DAYS, "Last days", challenge.ends_on
    elif today in (terms.half_time, terms.half_time + timedelta(days=1)):
        kind, title, last = Kind.CHALLENGE_HALF_TIME, "Half-time", terms.half_time + timedelta(days=1)
    else:
        return
    subject = f"challenge {challenge.pk}"
    if _is_told(challenge, kind, subject):
        return
    left, url = days_left(terms, today), _url(challenge)
    behind = [row for row in challenge_rows(challenge, now) if row.entry.member and not row.result.won]
    letters = [
        (row.entry.member, notices.still_needed(f"{title}: {challenge.title}", _needed(row), left, url))
        for row in behind
    ]
    _tell(challenge, letters, kind, subject, good_until=_end_of(challenge, last))


def _tell_of_corrections(challenge: Challenge, now: datetime) -> None:
    """To everybody in it, where a start that they knew was corrected: what it was, and what it is."""
    if challenge.kind not in STARTING:
        return
    of_a_rep = Q(member__entries__challenge=challenge, member__entries__answer=Answer.ACCEPTED)
    of_a_team = Q(member__memberships__team__entries__challenge=challenge)
    since = max(challenge.sent_at, now - FRESH)
    corrections = Submission.objects.filter(of_a_rep | of_a_team, replaces__isnull=False, typed_at__gte=since)
    for correction in corrections.distinct().order_by("pk"):
        subject = f"challenge {challenge.pk} start {correction.pk}"
        if not _is_told(challenge, Kind.CHALLENGE_NEWS, subject):
            _tell_of_correction(challenge, correction.typed_at, subject)


def _tell_of_correction(challenge: Challenge, at: datetime, subject: str) -> None:
    """One correction moves the start of one entry, if any, and none once the grace is over."""
    if at >= challenge.grace_ends():
        return
    before = {row.entry.pk: row.baseline for row in challenge_rows(challenge, at) if row.entry.answered_at <= at}
    rows = challenge_rows(challenge, at + timedelta(microseconds=1))
    for row in rows:
        was = before.get(row.entry.pk)
        if was is not None and was != row.baseline:
            notice = notices.start_corrected(challenge.title, str(row.entry), was, row.baseline, _url(challenge))
            people = [person for each in rows for person in _readers(each.entry)]
            _tell(challenge, [(person, notice) for person in people], Kind.CHALLENGE_NEWS, subject)


def _readers(entry: Entry) -> list[Member]:
    """Who hears for an entry: the member, or the team's managers."""
    return [entry.member] if entry.member else managers(entry.team)


def _tell_result(challenge: Challenge) -> None:
    """To everybody in it with their own line, and to the chats of its teams; again where it was settled again."""
    settlement = challenge.settlements.first()
    outcomes = list(settlement.outcomes.select_related("entry__member", "entry__team"))
    subject = f"challenge {challenge.pk} result {settlement.number}"
    winners = [str(outcome.entry) for outcome in outcomes if outcome.won]
    said = [challenge.title, winners, challenge.stake]
    letters = [
        (person, notices.challenge_result(*said, outcome.explanation, _url(challenge)))
        for outcome in outcomes
        for person in _readers(outcome.entry)
    ]
    _tell(challenge, letters, Kind.CHALLENGE_RESULT, subject)
    for team in challenge.teams.all():
        notify_chats(team, Kind.CHALLENGE_RESULT, subject, notices.challenge_result(*said, "", _url(challenge)))


@transaction.atomic
def _tell(
    challenge: Challenge,
    letters: Iterable[tuple[Member, Notice]],
    kind: Kind,
    subject: str,
    good_until: datetime | None = None,
) -> None:
    """All letters of one piece of news at once, each on the page of its reader's own team."""
    if _is_told(challenge, kind, subject):
        return
    letters = list(letters)
    first = challenge.teams.first()
    teams = _teams_of(person for person, _ in letters)
    for person, notice in letters:
        if team := teams.get(person.pk, first):
            notify(team, [person], kind, subject, notice, good_until=good_until)


def _is_told(challenge: Challenge, kind: Kind, subject: str) -> bool:
    organization = challenge.organization_id
    return Delivery.objects.filter(team__organization=organization, kind=kind, subject=subject).exists()


def _teams_of(members: Iterable[Member]) -> dict[int, Team]:
    """The team in which each belongs, by member: where they compete, if anywhere."""
    memberships = Membership.objects.active().filter(member__in=list(members)).select_related("team")
    return {membership.member_id: membership.team for membership in memberships.order_by("competing", "pk")}


def _needed(row: Row) -> str | None:
    """What is still missing, where that is a number: "3 points"."""
    points = getattr(row.progress, "needed", None)
    return None if not points else f"{points.normalize():f} point{'' if points == 1 else 's'}"


def _end_of(challenge: Challenge, day: date) -> datetime:
    """Midnight after a day, where the challenge's organization is."""
    return datetime.combine(day + timedelta(days=1), time(), challenge.zone)


def _url(challenge: Challenge) -> str:
    return site_url("challenge", challenge.pk)
