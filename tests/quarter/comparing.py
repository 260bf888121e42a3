"""What came of a life in the product, beside what the model says must come of it; each yields the differences."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta

from django.utils import timezone

from teams.models import Board, Challenge, Debt, Delivery
from teams.queries.boards.table import board_table
from teams.rules.months import Month
from tests.quarter.model import games
from tests.quarter.model.boards import board
from tests.quarter.model.goals import reached
from tests.quarter.model.letters import Post
from tests.quarter.model.people import DAY, HOUR
from tests.quarter.model.reminders import reminders

ASK = ["reminder", "read_again"]
ALONE = [*ASK, "digest"]
A_SECOND, AN_HOUR = timedelta(seconds=1), timedelta(hours=1, seconds=10)


def differences(life):
    """All of them."""
    parts = [boards, reminded, challenges, goals, letters, mornings, mails]
    return [*life.differences, *(one for part in parts for one in part(life))]


def boards(life):
    """Places, changes, climbs, coverage, who stands apart, and when it closed."""
    for month, name in ((month, name) for month in life.closed_months for name in life.world.managers):
        stored = Board.objects.get(team=life.teams[name], month=Month.of(month))
        closes = life.world.closes_at(name, month)
        expected, table = board(life.world, name, month, closes, timezone.now()), board_table(stored)
        places = [
            (row.rank, row.member.name, row.total, row.change and row.change.points, row.climb) for row in table.rows
        ]
        apart = [[each.member.name for each in some] for some in (table.silent, table.away, table.no_access)]
        yield from difference(f"places of {name} in {month}", places, expected.places)
        yield from difference(
            f"apart in {name} in {month}", apart, [expected.silent, expected.away, expected.no_access]
        )
        yield from difference(f"expected of {name} in {month}", stored.expected, expected.expected)
        yield from difference(f"closing of {name} in {month}", stored.closed_at, closes)


def reminded(life):
    sent = [each for each in since_the_first_day(life) if each.kind == "reminder"]
    found = Counter((each.member.name, each.subject, day_of(each)) for each in sent if is_of(each, life.closed_months))
    yield from unequal(found, Counter(one for month in life.closed_months for one in reminders(life.world, month)))


def challenges(life):
    """Who was asked, how each ended and when, once or twice, and who owes whom."""
    for title, game in life.playing.games.items():
        challenge = Challenge.objects.get(pk=life.playing.challenges[title].pk)
        yield from difference(title, {str(entry) for entry in challenge.entries.all()}, games.asked(life.world, game))
        over = games.void_at(life.world, game)
        if (over or games.grace_ends(life.world, game)) < life.end - 2 * HOUR:
            yield from (
                difference(f"{title} is void", challenge.voided_at, over) if over else settled(life, challenge, game)
            )


def settled(life, challenge, game):
    ends = games.grace_ends(life.world, game)
    expected = [games.results(life.world, game, ends)]
    if game.settled_again_at and (second := games.results(life.world, game, ends, again=True)) != expected[0]:
        expected.append(second)
    settlements = list(challenge.settlements.order_by("number"))
    found = [{str(each.entry): result(each) for each in one.outcomes.all()} for one in settlements]
    yield from difference(f"results of {game.title}", found, expected)
    yield from difference(f"end of {game.title}", challenge.settled_at, ends)
    owed = games.debts(game, expected[-1], games.progress_of(life.world, game, ends, again=len(expected) == 2))
    debts = Debt.objects.filter(settlement__challenge=challenge, lapsed_at=None)
    ticked = life.playing.ticked if game.title == life.playing.ticks else set()
    yield from difference(
        f"debts of {game.title}", {(each.debtor.name, each.creditor.name) for each in debts}, owed | ticked
    )


def result(outcome):
    return games.Result(outcome.place, outcome.won, outcome.baseline, outcome.now, outcome.made_on)


def goals(life):
    """What each was made from, and the day on which it was reached, or had been."""
    for stored, goal in life.aiming.goals:
        stored.refresh_from_db()
        starts = {start.member.name: start.value for start in stored.starts.select_related("member")}
        expected = {person.name: found and found.total for person, found in goal.starts.items()}
        yield from difference(f"start of {goal.label}", starts, expected)
        there = reached(life.world, goal, timezone.now())
        yield from difference(
            f"{goal.label} reached", (stored.reached_on, stored.taken_back_on), (there.on, there.taken_back_on)
        )


def letters(life):
    """Each mail on its day, at nine where its reader lives; and whatever comes then to one person is one."""
    sent = [each for each in since_the_first_day(life) if each.kind != "reminder" and is_of(each, life.closed_months)]
    post = Post(
        life.world, life.closed_months, life.playing.games.values(), [goal for _, goal in life.aiming.goals], life.end
    )
    found = Counter((each.member.name, about(life, each), day_of(each)) for each in sent)
    yield from unequal(found, Counter({key: n for key, n in post.letters().items() if key[2] > life.months[0] + DAY}))


def mornings(life):
    """Everything comes at nine of a working day where its reader lives; reminders at the hour of their team."""
    for each in since_the_first_day(life):
        local = each.first_at.astimezone(each.member.zone)
        hour = 9
        if each.kind in ASK:
            hour = life.world.reminder_hours.get((str(each.team), each.month.first_day), 9)
        if local.hour != hour or not life.world.works(local.date()):
            yield f"{each} came at {local}"


def mails(life):
    """What comes to one person at the same time is one mail, but for reminders and lists of the silent."""
    sent = Delivery.objects.filter(state="sent").select_related("member__user")
    groups = {(each.member.user.email, each.first_at, each.pk if each.kind in ALONE else None) for each in sent}
    found = Counter(mail["To"].addresses[0].addr_spec for mail in life.mailbox.mails)
    yield from unequal(found, Counter(email for email, _, _ in groups))
    others = set(Delivery.objects.exclude(state="sent").values_list("state", flat=True)) - {"waiting", "dropped"}
    yield from difference("what did not arrive", others, set())


def about(life, delivery):
    """What a delivery tells of, as the model says it."""
    subject = delivery.parsed_subject
    if delivery.kind in ("digest", "month_result"):
        return f"{delivery.kind} {delivery.team} {subject.month}"
    if delivery.kind == "goal_reached":
        return f"goal_reached {next(goal.label for stored, goal in life.aiming.goals if stored.pk == subject.about.pk)}"
    if delivery.kind == "read_again":
        return "read_again"
    title = next(
        (title for title, each in life.playing.challenges.items() if each.pk == subject.about.pk), delivery.subject
    )
    step = subject.step.split()
    more = {"start": " start", "withdrawn": " start", "void": " void", "result": " 2" if step[-1:] == ["2"] else ""}
    return f"{delivery.kind} {title}{more[step[0]] if step else ''}"


def since_the_first_day(life):
    """What was sent, but for December's last reminder, which the first hour catches up with."""
    begun = datetime.combine(life.months[0] + DAY, time(), UTC)
    sent = Delivery.objects.filter(state="sent", first_at__gte=begun)
    return sent.select_related("member__organization", "team").order_by("first_at")


def is_of(delivery, months):
    """Whether it is about one of the months, or about none."""
    about_month = delivery.kind in ("reminder", "digest", "month_result")
    return not about_month or delivery.month.first_day in months


def day_of(delivery):
    return delivery.first_at.astimezone(delivery.member.zone).date()


def difference(what, found, expected):
    """Moments are the same where it took no longer than to the clock's next look."""
    same = -A_SECOND < found - expected <= AN_HOUR if isinstance(expected, datetime) and found else found == expected
    if not same:
        yield f"{what}:\n    product {found}\n    model   {expected}"


def unequal(found, expected):
    yield from (f"product alone: {key} {n}" for key, n in sorted((found - expected).items(), key=str))
    yield from (f"model alone: {key} {n}" for key, n in sorted((expected - found).items(), key=str))
