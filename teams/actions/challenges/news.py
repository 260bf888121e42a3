"""Who is told what of challenges: invitations, what is still needed, results. Found by a sweep, told once each.

What may be news is found first, then what of it was told, and only the rest is written: a sweep asks the database as
often for a hundred challenges as for one.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Prefetch, Q, prefetch_related_objects

from teams.actions.challenges.desk import CONFIRM, DECIDE, RESULT, Desk, Letters, News, subject_of
from teams.actions.challenges.still_needed import still_needed_due
from teams.actions.messages.addresses import site_url
from teams.actions.messages.news import FRESH
from teams.actions.messages.outbox import chats_of, homes_of, managers_of, messages, send_in_hours
from teams.models import (
    Answer,
    Challenge,
    Debt,
    Delivery,
    Entry,
    Figure,
    Membership,
    MessageKind,
    Outcome,
    Settlement,
    Team,
)
from teams.models.challenges.challenges import grace_ends_of
from teams.models.challenges.makers import teams_of_makers
from teams.queries.challenges.table import Book, Row
from teams.queries.challenges.visibility import names_winners
from teams.rules.challenges.stages import CONFIRMED_WITHIN, DECIDED_WITHIN
from teams.rules.challenges.terms import STARTING, ChallengeKind, StakeKind
from teams.rules.months import Month
from teams.words import challenges as wording
from teams.words import notices
from teams.words.figures import amount_of, figure
from teams.words.notices import Notice

A_MOMENT = timedelta(microseconds=1)


def tell_challenge_news(now: datetime) -> None:
    """Claim a message for whatever happened lately, or is at half-time or near its end."""
    every_news = list(_found(now))
    told_of = Delivery.objects.about(*(news.subject for news in every_news))
    told = set(told_of.values_list("kind", "subject").distinct())
    untold = [news for news in every_news if (news.kind, str(news.subject)) not in told]
    if untold:
        _tell(untold, now)


def _found(now: datetime) -> Iterator[News]:
    """Everything that may be news, told or not."""
    real = Challenge.objects.filter(organization__is_demo=False)
    running = list(real.open().with_accepted())
    for challenge in running:
        if challenge.sent_at and challenge.sent_at >= now - FRESH:
            yield _invitation(challenge)
        yield from _still_needed(challenge, now)
        yield from _to_confirm(challenge, now)
    starting = [each for each in running if each.kind in STARTING]
    yield from _corrections([each for each in starting if each.counter is None], now - FRESH)
    yield from _changed_figures([each for each in starting if each.counter], now - FRESH)
    for challenge in real.filter(settled_at__isnull=False).settled_since(now - FRESH).with_accepted():
        yield _result(challenge)
    for challenge in real.filter(voided_at__gte=now - FRESH, sent_at__isnull=False).with_accepted():
        yield _void(challenge)
    for challenge in real.filter(series_ended_at__gte=now - FRESH).with_accepted():
        yield _series_end(challenge)


def _invitation(challenge: Challenge) -> News:
    """To whoever was asked and has not answered; in team against team to the managers."""

    def letters(desk: Desk) -> Letters:
        asked = [entry for entry in challenge.entries.all() if entry.answer == Answer.INVITED]
        invited = [str(each) for each in (asked if challenge.is_duel else challenge.teams.all())]
        maker = challenge.maker.name

        def written() -> Notice:
            terms = challenge.terms()
            rules = wording.read_back(terms, maker=maker, invited=invited, stake=challenge.stake)
            return notices.invitation(maker, challenge.title, rules, _url(challenge), terms.counter)

        return [(person, written) for entry in asked for person in desk.readers(entry)]

    return News(
        challenge, MessageKind.CHALLENGE_INVITATION, letters, good_until=_end_of(challenge, challenge.half_time)
    )


def _still_needed(challenge: Challenge, now: datetime) -> Iterator[News]:
    """At half-time, and once in the last two days, to each who is in; who is there already is left out at the end."""
    if due := still_needed_due(challenge, now):

        def letters(_: Desk) -> Letters:
            inside = [entry for entry in challenge.entries.all() if entry.answer == Answer.ACCEPTED]
            return [(entry.member, None) for entry in inside if entry.member]

        yield News(challenge, due.kind, letters, good_until=_end_of(challenge, due.last), from_day=due.day)


def _to_confirm(challenge: Challenge, now: datetime) -> Iterator[News]:
    """To whoever manages it, when the grace is over and readings wait to be confirmed, or decided about."""
    if not challenge.confirmed_only or now.astimezone(challenge.zone).date() <= challenge.typed_until:
        return
    grace_ends = _end_of(challenge, challenge.typed_until)  # or some hours earlier, where its month was closed
    decides = now >= grace_ends + CONFIRMED_WITHIN
    until = DECIDED_WITHIN if decides else CONFIRMED_WITHIN

    def letters(desk: Desk) -> Letters:
        waiting = [row.entry for row in desk.book.awaiting_confirmation(challenge, desk.grace_ends[challenge.pk])]
        last = (grace_ends + until).astimezone(challenge.zone).date()
        for person in desk.deciders(challenge):
            if waiting_names := [str(entry) for entry in waiting if desk.decides(person, entry)]:
                yield (
                    person,
                    partial(notices.to_confirm, challenge.title, waiting_names, last, _url(challenge), decides=decides),
                )

    yield News(challenge, MessageKind.CHALLENGE_NEWS, letters, DECIDE if decides else CONFIRM, is_judged=True)


def _corrections(challenges: list[Challenge], since: datetime) -> Iterator[News]:
    """To everybody in it, where a start that they knew was corrected or withdrawn: what it was, and what it is."""
    by_pk = {challenge.pk: challenge for challenge in challenges}
    entries = Entry.objects.accepted().filter(challenge__in=list(by_pk))
    for way in ("member", "team__memberships__member"):
        reading = f"{way}__submissions"
        corrected = entries.filter(
            _news_since(f"{reading}__typed_at", since), **{f"{reading}__replaces__isnull": False}
        ).values_list("challenge_id", f"{reading}__pk", f"{reading}__typed_at")
        withdrawn = entries.filter(_news_since(f"{reading}__withdrawal__at", since)).values_list(
            "challenge_id", f"{reading}__pk", f"{reading}__withdrawal__at"
        )
        for rows, is_withdrawn in ((corrected, False), (withdrawn, True)):
            for challenge, submission, at in rows.distinct():
                if at >= by_pk[challenge].sent_at:
                    yield _correction(by_pk[challenge], at, submission, is_withdrawn=is_withdrawn)


def _changed_figures(challenges: list[Challenge], since: datetime) -> Iterator[News]:
    """The same of what a team counts, where the figure of the month before is another, or none any more."""
    if not challenges:
        return
    accepted = Entry.objects.accepted().filter(challenge__in=challenges, answered_at__gte=since)
    joined = set(accepted.values_list("challenge_id", flat=True))
    same = {field: OuterRef(field) for field in ("counter", "member", "month")}
    changed = Figure.objects.filter(Exists(Figure.objects.filter(**same, pk__lt=OuterRef("pk"))))
    asked_first = min(each.sent_at for each in challenges if each.sent_at)
    changed = changed.filter(counter__in=[each.counter_id for each in challenges], typed_at__gte=asked_first)
    for pk, counter, month, at in changed.values_list("pk", "counter_id", "month", "typed_at"):
        for challenge in challenges:
            is_start = (counter, month) == (challenge.counter_id, Month.of(challenge.starts_on) - 1)
            if is_start and at >= (challenge.sent_at or at) and (at >= since or challenge.pk in joined):
                yield _correction(challenge, at, f"figure {pk}", is_withdrawn=False)


def _news_since(moment: str, since: datetime) -> Q:
    """What happened since then, or came after the invitation and before a yes since then."""
    answered_since = {f"{moment}__gte": F("challenge__sent_at"), "answered_at__gte": since}
    return Q(**{f"{moment}__gte": since}) | Q(**answered_since)


def _correction(challenge: Challenge, at: datetime, submission: int | str, *, is_withdrawn: bool) -> News:
    """One of them moves the start of one entry, if any, and none once the grace is over.

    What is lowered between the invitation and the yes makes winning easier, and is told too.
    """

    def letters(desk: Desk) -> Letters:
        if at >= desk.grace_ends[challenge.pk]:
            return
        before = {row.entry: row.baseline for row in desk.book.rows(challenge, at)}
        rows = desk.book.rows(challenge, at + A_MOMENT)
        for row in rows:
            was = before.get(row.entry)
            if was is None or was == row.baseline:
                continue
            if row.entry.accepted_at > at and (row.baseline is None or row.baseline > was):
                continue
            written = _start_corrected(challenge, row, was, withdrawn=is_withdrawn)
            yield from ((person, written) for each in rows for person in desk.readers(each.entry))

    step = f"{'withdrawn ' if is_withdrawn else ''}start {submission}"
    return News(challenge, MessageKind.CHALLENGE_NEWS, letters, step, is_judged=True)


def _start_corrected(challenge: Challenge, row: Row, was: Decimal, *, withdrawn: bool) -> Callable[[], Notice]:
    """What says that the start of a row is another, and was this; in its reader's language."""
    now, counter = row.baseline, challenge.terms().counter

    def written() -> Notice:
        before, after = ((amount_of(counter, each) if counter else figure(each)) for each in (was, now or Decimal(0)))
        about = (challenge.title, str(row.entry), (before, None if now is None else after), _url(challenge))
        return notices.start_corrected(*about, withdrawn=withdrawn, counted=counter is not None)

    return written


def _result(challenge: Challenge) -> News:
    """To everybody in it with their own line, and to the chats of its teams.

    Where it was settled again, to the chats and to those for whom the second result is another.
    """

    def said(outcome: Outcome | None = None, *, is_open: bool = True) -> Notice:
        own = outcome.why if outcome else ""
        latest = challenge.settlements.all()[0]
        winners = [str(outcome.entry) for outcome in latest.outcomes.all() if outcome.won]
        if winners and not is_open:
            return notices.challenge_result(challenge.title, str(wording.FOR_THOSE_IN_IT), [], own, _url(challenge))
        ended = wording.how_it_ended(winners, is_draw=latest.is_draw)
        return notices.challenge_result(challenge.title, ended, _owed(challenge, latest), own, _url(challenge))

    def letters(desk: Desk) -> Letters:
        latest, *earlier = challenge.settlements.all()
        before = {each.entry_id: _outcome(each) for each in earlier[0].outcomes.all()} if earlier else {}
        told = _told_of(challenge, earlier[0]) if earlier else set()
        lines = [
            (person, each)
            for each in latest.outcomes.all()
            for person in desk.readers(each.entry)
            if person.pk not in told or _outcome(each) != before.get(each.entry_id)
        ]
        return [(person, partial(said, own if person.sees_ranks else None)) for person, own in lines]

    def chat(_: Team) -> Notice:
        return said(is_open=names_winners(challenge))

    return News(challenge, MessageKind.CHALLENGE_RESULT, letters, f"{RESULT} {challenge.result}", chat=chat)


def _told_of(challenge: Challenge, result: Settlement) -> set[int]:
    """Whom a message of an earlier result was for; none where that was taken back before it went out."""
    subject = subject_of(challenge, f"{RESULT} {result.number}")
    told = Delivery.objects.about(subject).filter(kind=MessageKind.CHALLENGE_RESULT)
    return set(told.values_list("member", flat=True))


def _owed(challenge: Challenge, latest: Settlement) -> list[str]:
    """What a result has left open; nothing where nobody played for anything, or a second one changed no debt."""
    pairs = [(debt.debtor.name, debt.creditor.name) for debt in latest.debts.all()]
    has_stake = challenge.stake and challenge.terms().stake != StakeKind.NONE
    return wording.who_owes(challenge.stake, pairs) if has_stake and (pairs or latest.number == 1) else []


def _outcome(outcome: Outcome) -> tuple[Any, ...]:
    """What a second result may change for somebody."""
    return outcome.won, outcome.place, outcome.why


def _void(challenge: Challenge) -> News:
    """To everybody in it and to its maker, with the reason."""
    written = partial(
        notices.challenge_void, challenge.title, challenge.void_reason, challenge.void_values, _url(challenge)
    )

    def letters(desk: Desk) -> Letters:
        inside = [entry for entry in challenge.entries.all() if entry.answer == Answer.ACCEPTED]
        people = [challenge.maker, *(person for entry in inside for person in desk.readers(entry))]
        return [(person, written) for person in dict.fromkeys(people)]

    return News(challenge, MessageKind.CHALLENGE_NEWS, letters, "void")


def _series_end(challenge: Challenge) -> News:
    """To everybody in the last edition, and to those who manage it now and may make another."""
    written = partial(notices.series_end, challenge.title, challenge.maker.name, _url(challenge))

    def letters(desk: Desk) -> Letters:
        inside = [entry for entry in challenge.entries.all() if entry.answer == Answer.ACCEPTED]
        people = [*desk.deciders(challenge), *(person for entry in inside for person in desk.readers(entry))]
        return [(person, written) for person in dict.fromkeys(people)]

    return News(challenge, MessageKind.CHALLENGE_NEWS, letters, "series", is_judged=True)


@transaction.atomic
def _tell(untold: list[News], now: datetime) -> None:
    """All letters and posts at once, each on the page of its reader's own team."""
    challenges = [news.challenge for news in untold]
    outcomes = Prefetch("settlements__outcomes", Outcome.objects.select_related("entry__member", "entry__team"))
    debts = Prefetch("settlements__debts", Debt.objects.select_related("debtor", "creditor").order_by("pk"))
    prefetch_related_objects(challenges, "teams__organization", "entries__member", "entries__team", outcomes, debts)
    judged = list({news.challenge.pk: news.challenge for news in untold if news.is_judged}.values())
    desk = Desk(
        now,
        Book.of(judged),
        grace_ends_of(judged),
        managers_of(_playing(untold)),
        teams_of_makers(each.pk for each in judged),
        _competing(judged),
    )
    letters = [(news, person, written) for news in untold for person, written in news.letters(desk)]
    homes = homes_of(person for _, person, _ in letters)
    deliveries = []
    for news, person, written in letters:
        if team := homes.get(person.pk, next(iter(news.challenge.teams.all()), None)):
            mail = [Delivery(team=team, member=person)]
            deliveries += messages(mail, news.kind, news.subject, written, news.good_until, news.from_day)
    deliveries += _posts([(news, news.chat) for news in untold if news.chat])
    send_in_hours(deliveries, now)


def _posts(untold: list[tuple[News, Callable[[Team], Notice]]]) -> Iterator[Delivery]:
    """To every chat of the teams that play, with what writes each."""
    chats = chats_of(_playing(news for news, _ in untold))
    for news, written in untold:
        for team in news.challenge.teams.all():
            posts = [Delivery(team=team, webhook=chat) for chat in chats[team.pk]]
            yield from messages(posts, news.kind, news.subject, partial(written, team), news.good_until)


def _competing(judged: Iterable[Challenge]) -> set[tuple[int, int]]:
    """Who competes in the teams that play against each other, as ids; one query."""
    teams = {team.pk for each in judged if each.kind == ChallengeKind.TEAMS for team in each.teams.all()}
    return set(Membership.objects.active().filter(competing=True, team__in=teams).values_list("member", "team"))


def _playing(untold: Iterable[News]) -> set[Team]:
    return {team for news in untold for team in news.challenge.teams.all()}


def _end_of(challenge: Challenge, day: date) -> datetime:
    """Midnight after a day, where the challenge's organization is."""
    return datetime.combine(day + timedelta(days=1), time(), challenge.zone)


def _url(challenge: Challenge) -> str:
    return site_url("challenge", challenge.pk)
