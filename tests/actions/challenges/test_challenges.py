"""Challenges in the database: making, asking, answering, settling, owing; and two at once."""

from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from threading import Thread

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from teams.actions import submissions
from teams.actions.challenges import lifecycle, settling
from teams.actions.challenges.news import tell_challenge_news
from teams.models import (
    Board,
    Challenge,
    Debt,
    Delivery,
    Entry,
    Member,
    Outcome,
    Settlement,
    Source,
    Submission,
    Withdrawal,
)
from teams.queries.challenges.table import challenge_rows
from teams.rules.challenges import terms
from teams.rules.challenges.stages import VoidReason
from teams.rules.errors import Refused
from teams.rules.months import Month
from teams.words.challenges import why_void
from tests.makers import (
    accept,
    days_ago,
    make_admin,
    make_challenge,
    make_leave,
    make_manager,
    make_organization,
    make_rep,
    make_submission,
    make_team,
    make_viewer,
)


@pytest.fixture
def team(db):
    return make_team(organization=make_organization())


@pytest.fixture
def grace(team):
    return make_manager(team)


@pytest.fixture
def reps(team):
    """Ada at 40 and Ben at 50, both read yesterday."""
    found = make_rep(team, "Ada"), make_rep(team, "Ben")
    for rep, total in zip(found, (40, 50), strict=True):
        make_submission(rep, total, taken_on=days_ago(team.organization, 1))
    return found


def after(challenge):
    """A moment at which its grace is over."""
    return challenge.grace_ends() + timedelta(hours=1)


def read(member, total, **fields):
    return make_submission(member, total, taken_on=member.organization.today(), **fields)


def answers(challenge):
    return {str(entry): entry.answer for entry in challenge.entries.all()}


def outcomes(settlement):
    rows = settlement.outcomes.select_related("entry__member", "entry__team")
    return [(str(row.entry), row.place, row.won, row.gained) for row in rows]


def owed(**which):
    return [(str(debt.debtor), str(debt.creditor)) for debt in Debt.objects.filter(**which).order_by("creditor__name")]


# Asking


def test_every_rep_of_the_team_is_asked_except_who_switched_challenges_off(team, grace, reps):
    make_viewer(team)
    make_rep(team, "Cleo", accepts_challenges=False)

    assert answers(make_challenge(team, grace)) == {"Ada": "invited", "Ben": "invited"}


def test_who_has_no_access_or_is_away_all_the_time_is_not_asked(team, grace, reps):
    today = team.organization.today()
    make_rep(team, "Cleo", no_access_since=today)
    make_leave(make_rep(team, "Dora"), today - timedelta(days=1), today + timedelta(days=20))
    make_leave(make_rep(team, "Evan"), today, today + timedelta(days=19))
    in_two = make_rep(team, "Fola")
    make_leave(in_two, today, today + timedelta(days=9))
    make_leave(in_two, today + timedelta(days=10), today + timedelta(days=30))

    asked = answers(make_challenge(team, grace, days=20))

    assert asked == dict.fromkeys(["Ada", "Ben", "Evan"], "invited")


def test_a_draft_asks_nobody_and_goes_without_a_trace(team, grace, reps):
    today = team.organization.today()
    draft = Challenge(
        organization=team.organization, maker=grace, title="Later", kind="improved", starts_on=today, ends_on=today,
        winners="top", winner_count=3,
    )  # fmt: skip
    lifecycle.make(draft, [team])
    assert Entry.objects.count() == 0

    lifecycle.cancel(draft, timezone.now())

    assert Challenge.objects.count() == 0


def test_a_drafted_duel_is_not_sent_to_whoever_has_left_the_team(team, grace, reps):
    today = team.organization.today()
    ada, ben = reps[:2]
    draft = Challenge(
        organization=team.organization, maker=ada, title="Later", kind="highest", starts_on=today, ends_on=today,
        winners="top", winner_count=1, is_duel=True,
    )  # fmt: skip
    lifecycle.make(draft, [team], ben)
    ben.memberships.update(team=make_team("South", team.organization))

    with pytest.raises(Refused) as refused:
        lifecycle.send(draft, timezone.now())

    assert str(refused.value) == f"{ben} does not compete in North any more."


def test_sending_twice_asks_once(team, grace, reps):
    challenge = make_challenge(team, grace)

    lifecycle.send(challenge, timezone.now())

    assert challenge.entries.count() == 2


def test_what_nobody_could_play_is_refused_and_not_stored(team, grace):
    with pytest.raises(Refused, match="The first day is over"):
        make_challenge(team, grace, starts_on=days_ago(team.organization, 1))

    assert Challenge.objects.count() == 0


def test_an_answer_is_dated_and_the_same_one_twice_is_one(team, grace, reps):
    challenge = make_challenge(team, grace)
    accept(challenge, reps[0])
    first = challenge.entries.get(member=reps[0]).answered_at

    accept(challenge, reps[0])

    assert challenge.entries.get(member=reps[0]).answered_at == first
    assert answers(challenge) == {"Ada": "accepted", "Ben": "invited"}


def test_a_manager_records_the_yes_of_somebody_without_a_login(team, grace):
    nils = make_rep(team, "Nils", login=False)
    challenge = make_challenge(team, grace)

    entry = lifecycle.answer(challenge.entries.get(member=nils), grace, timezone.now(), accepts=True)

    assert (entry.answer, entry.recorded_by) == ("accepted", grace)


def test_who_switched_challenges_off_cannot_be_entered(team, grace, reps):
    challenge = make_challenge(team, grace)
    Member.objects.filter(pk=reps[0].pk).update(accepts_challenges=False)

    with pytest.raises(Refused, match="Ada takes part in no challenges"):
        accept(challenge, reps[0])


def test_who_is_in_stays_in_after_the_start(team, grace, reps):
    challenge = make_challenge(team, grace)
    accept(challenge, reps[0])

    with pytest.raises(Refused, match="who is in stays in"):
        lifecycle.answer(challenge.entries.get(member=reps[0]), reps[0], timezone.now(), accepts=False)


def test_a_newcomer_joins_until_half_time_and_not_later(team, grace, reps):
    challenge = make_challenge(team, grace, days=20)
    cleo, dan = make_rep(team, "Cleo"), make_rep(team, "Dan")

    lifecycle.join(challenge, cleo, timezone.now() + timedelta(days=9))
    with pytest.raises(Refused, match="half-time is over"):
        lifecycle.join(challenge, dan, timezone.now() + timedelta(days=12))

    assert answers(challenge) == {"Ada": "invited", "Ben": "invited", "Cleo": "accepted"}


def test_only_reps_of_its_teams_join(team, grace, reps):
    stranger = make_rep(make_team("South"), "Sam")

    with pytest.raises(Refused, match="not for you"):
        lifecycle.join(make_challenge(team, grace), stranger, timezone.now())


def test_only_the_title_and_a_later_end_may_be_edited(team, grace, reps):
    challenge = make_challenge(team, grace)
    later = challenge.ends_on + timedelta(days=3)

    edited = lifecycle.edit(challenge, timezone.now(), title="Plus five, longer", ends_on=later)

    assert (edited.title, edited.ends_on) == ("Plus five, longer", later)
    with pytest.raises(Refused, match="only be later"):
        lifecycle.edit(challenge, timezone.now(), title="Shorter", ends_on=later - timedelta(days=1))


def test_a_challenge_that_was_called_off_is_void_and_owes_nothing(team, grace, reps):
    challenge = make_challenge(team, grace, stake_kind="on_me", stake="Lunch")
    accept(challenge, *reps)
    read(reps[0], 60)

    lifecycle.cancel(challenge, timezone.now())

    assert settling.settle_due(after(challenge)) == []
    assert (Challenge.objects.get().why_void, Debt.objects.count()) == ("It was called off.", 0)


# Duels


def test_a_duel_that_is_declined_is_void(team, reps):
    ada, ben = reps
    duel = make_challenge(team, ada, kind="improved", opponent=ben)

    lifecycle.answer(duel.entries.get(member=ben), ben, timezone.now(), accepts=False)

    assert Challenge.objects.get().why_void == "Ben declined."


def test_a_duel_expires_after_72_hours(team, reps):
    ada, ben = reps
    duel = make_challenge(team, ada, kind="improved", opponent=ben)
    accepted = make_challenge(team, ada, kind="highest", opponent=ben)
    accept(accepted, ben)
    sent = duel.sent_at

    assert settling.expire_duels(sent + timedelta(hours=71)) == []
    assert settling.expire_duels(accepted.sent_at + timedelta(hours=72)) == [duel.pk]
    with pytest.raises(Refused, match="not open any more"):
        accept(duel, ben)


def test_a_rep_is_in_three_open_duels_at_most(team, reps):
    ada, ben = reps
    for _ in range(3):
        make_challenge(team, ada, kind="improved", opponent=ben)

    with pytest.raises(Refused, match="Ada is in 3 duels already"):
        make_challenge(team, ada, kind="improved", opponent=ben)


def test_the_lower_one_owes_the_other(team, reps):
    ada, ben = reps
    duel = make_challenge(team, ada, kind="improved", opponent=ben, stake_kind="loser", stake="Coffee")
    accept(duel, ben)
    read(ada, 44)
    read(ben, 57)

    settling.settle_due(after(duel))

    assert outcomes(Settlement.objects.get()) == [("Ben", 1, True, 7), ("Ada", 2, False, 4)]
    assert owed() == [("Ada", "Ben")]


def test_a_draw_owes_nothing(team, reps):
    ada, ben = reps
    duel = make_challenge(team, ada, kind="improved", opponent=ben, stake_kind="loser", stake="Coffee")
    accept(duel, ben)
    read(ada, 44)
    read(ben, 54)

    settling.settle_due(after(duel))

    assert (outcomes(Settlement.objects.get()), owed()) == ([("Ada", 1, False, 4), ("Ben", 1, False, 4)], [])


# Settling


def test_who_gained_wins_and_the_maker_owes_them(team, grace, reps):
    challenge = make_challenge(team, grace, stake_kind="on_me", stake="Lunch")
    accept(challenge, *reps)
    read(reps[0], 45)
    read(reps[1], 54)

    assert settling.settle_due(challenge.grace_ends()) == []
    assert settling.settle_due(after(challenge)) == [challenge.pk]

    assert outcomes(Settlement.objects.get()) == [("Ada", 1, True, 5), ("Ben", None, False, 4)]
    assert owed() == [("Grace", "Ada")]
    assert [value for _, _, value in Outcome.objects.get(won=True).readings] == ["40", "45"]


def test_who_never_answered_is_not_in(team, grace, reps):
    challenge = make_challenge(team, grace)
    accept(challenge, reps[0])
    read(reps[1], 90)

    settling.settle_due(after(challenge))

    assert outcomes(Settlement.objects.get()) == [("Ada", None, False, None)]


def test_what_is_typed_after_the_grace_does_not_count(team, grace, reps):
    challenge = make_challenge(team, grace)
    accept(challenge, *reps)
    late = after(challenge)
    read(reps[0], 60, typed_at=late)

    settling.settle_due(late + timedelta(days=1))

    assert [won for _, _, won, _ in outcomes(Settlement.objects.get())] == [False, False]


def test_closing_the_month_early_ends_the_grace(team, grace, reps):
    challenge = make_challenge(team, grace)
    midnight = datetime.combine(challenge.ends_on + timedelta(days=1), time(9), challenge.zone)
    Board.objects.update_or_create(team=team, month=Month.of(challenge.ends_on), defaults={"closed_at": midnight})

    assert challenge.grace_ends() == midnight


def test_too_few_at_half_time_is_void(team, grace, reps):
    gain = make_challenge(team, grace)
    improved = make_challenge(team, grace, kind="improved")
    for challenge in (gain, improved):
        accept(challenge, reps[0])
    past_half_time = timezone.now() + timedelta(days=12)

    assert settling.void_due(timezone.now()) == []
    assert settling.void_due(past_half_time) == [improved.pk]
    assert settling.void_due(past_half_time) == []


def test_a_sweep_that_was_down_voids_instead_of_settling(team, grace, reps):
    challenge = make_challenge(team, grace, kind="improved")
    accept(challenge, reps[0])

    assert settling.settle_due(after(challenge)) == []
    assert Challenge.objects.get().why_void == "Too few were in at half-time."


def test_team_against_team_is_accepted_by_managers_and_compares_means(team, grace, reps):
    south = make_team("South")
    sue, sam = make_manager(south, "Sue"), make_rep(south, "Sam")
    make_submission(sam, 50, taken_on=days_ago(team.organization, 40))
    challenge = make_challenge(team, grace, kind="teams", stake_kind="prize", stake="Cake")
    assert answers(challenge) == {"North": "accepted"}
    Entry.objects.create(challenge=challenge, team=south)
    lifecycle.answer(challenge.entries.get(team=south), sue, timezone.now(), accepts=True)
    read(reps[0], 45)

    settling.settle_due(after(challenge))

    rows = [(name, won, gained) for name, _, won, gained in outcomes(Settlement.objects.get())]
    assert rows == [("North", True, Decimal("2.5")), ("South", False, 0)]
    assert owed() == [("Grace", "Ada"), ("Grace", "Ben")]


def sent_to_both(north, south, grace, **fields):
    """Both managers say yes."""
    challenge = make_challenge(north, grace, kind="teams", stake_kind="prize", stake="Cake", **fields)
    entry = Entry.objects.create(challenge=challenge, team=south)
    lifecycle.answer(entry, south.memberships.get(role="manager").member, timezone.now(), accepts=True)
    return challenge


def settled(challenge):
    settling.settle_due(after(challenge))
    return challenge.settlements.all()


def test_team_against_team_leaves_out_who_cannot_play(team, grace, reps):
    """Ben has lost his access, so that Ada's gain alone is North's."""
    south, today = make_team("South", team.organization), team.organization.today()
    cleo = make_rep(south, "Cleo")
    make_submission(cleo, 70, taken_on=today - timedelta(days=1))
    make_leave(make_rep(south, "Dora"), today, today + timedelta(days=40))
    make_manager(south, "Hugo")
    challenge = sent_to_both(team, south, grace)
    Member.objects.filter(name="Ben").update(no_access_since=today)
    read(reps[0], 46)

    [settlement] = settled(challenge)

    assert outcomes(settlement) == [("North", 1, True, 6), ("South", 2, False, 0)]


@pytest.mark.parametrize(("silent", "is_compared"), [(1, True), (2, False)])
def test_team_against_team_needs_sixty_percent_compared_on_each_side(team, grace, reps, silent, is_compared):
    south = make_team("South", team.organization)
    for name in ("Cleo", "Dora"):
        make_submission(make_rep(south, name), 70, taken_on=days_ago(team.organization, 1))
    for number in range(silent):
        make_rep(south, f"Silent {number}")
    make_manager(south, "Hugo")
    challenge = sent_to_both(team, south, grace)
    read(reps[0], 46)

    [settlement] = settled(challenge)

    few = "Only 2 of 4 reps could be compared, and it takes 60 % on each side: nobody wins."
    said = {str(row.entry): (row.place, row.won, row.why) for row in settlement.outcomes.all()}
    if is_compared:
        assert [row[:2] for row in said.values()] == [(1, True), (2, False)]
    else:
        assert said["South"] == (None, False, few)
        assert said["North"][:2] == (None, False)
        assert owed() == []


def test_a_settled_challenge_stays_as_it_is_until_it_is_settled_again(team, grace, reps):
    challenge = make_challenge(team, grace, stake_kind="on_me", stake="Lunch")
    accept(challenge, *reps)
    made = read(reps[0], 45)
    settling.settle_due(after(challenge))
    with pytest.raises(Refused, match="Nothing changed"):
        settling.settle_again(challenge, grace, timezone.now())

    Withdrawal.objects.create(submission=made, by=reps[0], at=after(challenge) + timedelta(days=1))
    assert outcomes(Settlement.objects.get())[0] == ("Ada", 1, True, 5)
    settling.settle_again(challenge, grace, timezone.now())

    second, first = Settlement.objects.all()
    assert (outcomes(first)[0], outcomes(second)[0]) == (("Ada", 1, True, 5), ("Ada", None, False, None))
    assert (owed(lapsed_at=None), owed(lapsed_at__isnull=False)) == ([], [("Grace", "Ada")])


def test_what_was_ticked_is_not_owed_again(team, grace, reps):
    challenge = make_challenge(team, grace, stake_kind="on_me", stake="Lunch")
    accept(challenge, *reps)
    read(reps[0], 45)
    better = read(reps[1], 54)
    settling.settle_due(after(challenge))
    settling.close_debt(Debt.objects.get(), timezone.now(), forgiven=False)

    read(reps[1], 56, replaces=better, typed_at=after(challenge) + timedelta(days=1))
    settling.settle_again(challenge, grace, timezone.now())

    assert [(str(debt.creditor), debt.settled_at is not None) for debt in Debt.objects.order_by("pk")] == [
        ("Ada", True),
        ("Ben", False),
    ]


def three_days_before_the_next(challenge):
    following = terms.next_month(challenge.terms(), challenge.ends_on)
    return datetime.combine(following.starts_on - timedelta(days=3), time(9), challenge.zone)


def test_a_monthly_challenge_is_sent_again_three_days_before_it_starts_and_once(team, grace, reps):
    challenge = make_challenge(team, grace, repeats_monthly=True)
    accept(challenge, reps[0])
    moment = three_days_before_the_next(challenge)

    assert settling.repeat_due(moment - timedelta(days=1)) == []
    assert [settling.repeat_due(moment) for _ in range(2)] == [[challenge.pk], []]

    repeated = Challenge.objects.get(repeats=challenge)
    assert repeated.starts_on == moment.date() + timedelta(days=3)
    assert answers(repeated) == {"Ada": "invited", "Ben": "invited"}


def test_a_void_edition_does_not_end_its_series(team, grace, reps):
    challenge = make_challenge(team, grace, repeats_monthly=True)
    settling.void_due(after(challenge))

    assert settling.repeat_due(three_days_before_the_next(challenge)) == [challenge.pk]


def test_a_series_ends_when_it_is_called_off(team, grace, reps):
    challenge = make_challenge(team, grace, repeats_monthly=True)
    lifecycle.cancel(challenge, timezone.now())

    assert settling.repeat_due(three_days_before_the_next(challenge)) == []
    assert Challenge.objects.get().why_void == "It was called off, and so is the series."


def test_a_series_ends_with_a_note_once_its_maker_manages_the_team_no_more(team, grace, reps):
    make_manager(team, "Hedy")
    challenge = make_challenge(team, grace, title="Plus five a month", repeats_monthly=True)
    accept(challenge, reps[0])
    grace.memberships.update(role="viewer")
    moment = three_days_before_the_next(challenge)

    assert [settling.repeat_due(moment) for _ in range(2)] == [[], []]
    tell_challenge_news(moment)

    told = Delivery.objects.filter(subject=f"challenge {challenge.pk} series").order_by("member__name")
    assert [each.member.name for each in told] == ["Ada", "Hedy"]
    assert told[0].notice["title"] == "It will not come again: Plus five a month"
    assert told[0].notice["lines"] == ["Grace, who made it, does not manage the team any more."]


def test_an_admin_who_manages_no_team_goes_on_with_a_series(team, reps):
    challenge = make_challenge(team, make_admin(team.organization), repeats_monthly=True)

    assert settling.repeat_due(three_days_before_the_next(challenge)) == [challenge.pk]


def test_the_command_lets_time_pass(team, grace, reps, capsys):
    challenge = make_challenge(team, grace)
    accept(challenge, *reps)
    day = challenge.ends_on + timedelta(days=3)

    call_command("settle", "--as-of", (day - timedelta(days=2)).isoformat())
    call_command("settle", "--as-of", day.isoformat())

    assert capsys.readouterr().out.splitlines() == ["0 settled, 0 void.", "1 settled, 0 void."]


def test_progress_costs_the_same_for_one_and_for_many(team, grace, reps, django_assert_num_queries):
    challenge = make_challenge(team, grace)
    for number in range(5):
        lifecycle.join(challenge, make_rep(team, f"Rep {number}"), timezone.now())

    with django_assert_num_queries(3):
        challenge_rows(challenge)


FILL = """
INSERT INTO teams_challenge (organization_id, maker_id, title, kind, figure, points, starts_on, ends_on, winners,
    is_duel, stake_kind, stake, repeats_monthly, made_at, sent_at, settled_at, void_reason)
SELECT %(organization)s, %(maker)s, 'Challenge ' || n, 'gain', 'total', 5, '2026-01-01', '2026-01-31', 'everyone',
    false, 'none', '', false, now(), now(), CASE WHEN n > 100 THEN now() END, ''
FROM generate_series(1, %(count)s) AS n;
ANALYZE teams_challenge;
"""


@pytest.mark.parametrize("count", [5_000, pytest.param(100_000, marks=pytest.mark.soak)])
@pytest.mark.parametrize("sweep", [settling.settle_due, settling.void_due, settling.expire_duels])
def test_a_sweep_finds_the_open_challenges_by_an_index(team, grace, sweep, count):
    with connection.cursor() as cursor:
        cursor.execute(FILL, {"organization": team.organization_id, "maker": grace.pk, "count": count})
    with CaptureQueriesContext(connection) as queries:
        sweep(datetime(2026, 1, 10, tzinfo=UTC))
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {queries[0]['sql']}")
        plan = "\n".join(line for (line,) in cursor.fetchall())

    assert "challenge_is_open" in plan or "teams_challenge_pkey" in plan  # the latter by way of the few entries
    assert "Seq Scan on teams_challenge " not in plan


# Two at once


def together(*jobs):
    """Run them in threads of their own, and give what each returned or raised."""
    found = [None] * len(jobs)

    def run(index, job):
        try:
            found[index] = job()
        except Refused as refused:
            found[index] = refused
        finally:
            connection.close()

    threads = [Thread(target=run, args=each) for each in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.mark.django_db(transaction=True)
def test_two_workers_settle_a_challenge_once(transactional_db):
    team = make_team(organization=make_organization())
    grace, ada = make_manager(team), make_rep(team, "Ada")
    make_submission(ada, 40, taken_on=days_ago(team.organization, 1))
    challenge = make_challenge(team, grace, stake_kind="on_me", stake="Lunch", repeats_monthly=True)
    accept(challenge, ada)
    read(ada, 45)
    now = after(challenge)

    found = together(*[lambda: settling.settle_due(now)] * 4)

    assert sorted(found) == [[], [], [], [challenge.pk]]
    assert (Settlement.objects.count(), owed()) == (1, [("Grace", "Ada")])

    moment = three_days_before_the_next(challenge)
    repeated = together(*[lambda: settling.repeat_due(moment)] * 4)

    assert (sorted(repeated), Challenge.objects.count()) == ([[], [], [], [challenge.pk]], 2)


@pytest.mark.django_db(transaction=True)
def test_a_duel_is_accepted_or_it_expires_and_never_both(transactional_db):
    team = make_team(organization=make_organization())
    ada, ben = make_rep(team, "Ada"), make_rep(team, "Ben")
    for _ in range(3):
        duel = make_challenge(team, ada, kind="improved", opponent=ben)
        entry = duel.entries.get(member=ben)
        last = duel.sent_at + timedelta(hours=72)

        def accepts(entry=entry, moment=last - timedelta(seconds=1)):
            return lifecycle.answer(entry, entry.member, moment, accepts=True)

        accepted, again, expired = together(accepts, accepts, lambda now=last: settling.expire_duels(now))

        duel.refresh_from_db()
        is_in = duel.entries.get(member=ben).answer == "accepted"
        assert is_in == (duel.voided_at is None) == (expired == [])
        assert isinstance(accepted, Refused) == isinstance(again, Refused) == (not is_in)
        lifecycle.void(duel, lambda: "Next round.", last)


@pytest.mark.django_db(transaction=True)
def test_a_fourth_duel_is_refused_however_many_accept_at_once(transactional_db):
    team = make_team(organization=make_organization())
    ben = make_rep(team, "Ben")
    makers = [make_rep(team, f"Rep {number}") for number in range(5)]
    entries = [make_challenge(team, each, kind="improved", opponent=ben).entries.get(member=ben) for each in makers]

    together(*[lambda entry=entry: lifecycle.answer(entry, ben, timezone.now(), accepts=True) for entry in entries])

    assert Entry.objects.filter(member=ben, answer="accepted").count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_submission_on_its_way_at_the_last_moment_is_waited_for(transactional_db, monkeypatch):
    team = make_team(organization=make_organization())
    grace, ada = make_manager(team), make_rep(team, "Ada")
    make_submission(ada, 40, taken_on=days_ago(team.organization, 1))
    challenge = make_challenge(team, grace)
    accept(challenge, ada)
    in_time = challenge.grace_ends() - timedelta(microseconds=1)
    late = Submission(
        member=ada, typed_by=ada, month=Month.of(challenge.starts_on), taken_on=challenge.starts_on, total=45,
        source=Source.TYPED, typed_at=in_time,
    )  # fmt: skip

    with connection.cursor():
        settler = Thread(target=lambda: together(lambda: settling.settle(challenge.pk, after(challenge))))
        submitted = _submit_while(late, settler)

    assert submitted.submission.total == 45
    assert outcomes(Settlement.objects.get()) == [("Ada", 1, True, 5)]


def _submit_while(submission, settler):
    """Store it in a transaction that is still open when the settler begins, and wait for both."""
    from django.db import transaction

    with transaction.atomic():
        stored = submissions.submit(submission)
        settler.start()
        settler.join(timeout=0.5)
        assert settler.is_alive()
    settler.join()
    return stored


@pytest.mark.parametrize(
    ("code", "values", "sentence"),
    [
        (VoidReason.DECLINED, {"name": "Ben"}, "Ben hat abgelehnt."),
        (VoidReason.CALLED_OFF, {}, "Die Challenge wurde abgesagt."),
        (VoidReason.NEW_FORMULA, {"name": "Grace", "day": "2024-05-02"}, "und Grace hat die Challenge beendet."),
        ("Ben declined.", None, "Ben declined."),
        ("", None, ""),
    ],
)
def test_why_a_challenge_is_void_is_said_in_the_readers_language(code, values, sentence):
    with override("de"):
        assert why_void(code, values).endswith(sentence)
