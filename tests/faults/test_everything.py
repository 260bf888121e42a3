"""Random people of two organizations do random things: after each, whatever must always hold is looked at."""

from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, currently_in_test_context, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from teams.actions.boards import recalibrations
from teams.actions.boards.ranking import rank_boards, rank_stale_boards
from teams.actions.challenges import lifecycle, settling
from teams.actions.checks import differing_boards, differing_counts
from teams.actions.confirmations import confirm
from teams.actions.months import closing
from teams.actions.people import leaves, members, memberships
from teams.actions.privacy import erasures
from teams.actions.submissions import submit, withdraw
from teams.models import (
    AuditEntry,
    Board,
    Challenge,
    Debt,
    Delivery,
    Entry,
    Goal,
    Leave,
    Member,
    Membership,
    Outcome,
    Recalibration,
    Role,
    Settlement,
    Submission,
    Team,
    User,
    Withdrawal,
)
from teams.rules.errors import Refused
from teams.rules.months import Month
from tests.faults.naive import Rows, kept, months_back, stored, unnamed
from tests.makers import (
    make_admin,
    make_challenge,
    make_delivery,
    make_manager,
    make_organization,
    make_rep,
    make_submission,
    make_team,
)

SHOWN = {
    Team: (Team.objects.visible_to, "organization"),
    Member: (Member.objects.visible_to, "organization"),
    Board: (Board.objects.visible_to, "team__organization"),
    Challenge: (Challenge.objects.visible_to, "organization"),
    Delivery: (Delivery.objects.visible_to, "team__organization"),
    AuditEntry: (AuditEntry.objects.visible_to, "organization"),
    Goal: (Goal.objects.visible_to, "made_by__organization"),
    Submission: (Submission.objects.editable_by, "member__organization"),
    Leave: (Leave.objects.editable_by, "member__organization"),
}
"""Whatever is fetched by who looks at it, and the way to whose it is."""


class Nobody(Exception):
    """There is no row to do something with."""


class Everything(RuleBasedStateMachine):
    """Two organizations; their day goes on by itself, from three months ago until today."""

    def __init__(self):
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        acme, globex = make_organization("Acme"), make_organization("Globex")
        self.teams = [make_team("North", acme), make_team("South", acme), make_team("East", globex)]
        self.today = acme.today()
        self.day = self.today - timedelta(days=60)
        self.months = months_back(self.today, 4)
        for team, names in zip(self.teams, ["Ada Ben Cy Di Ed", "Sam Sol Sue", "Gil Gus"], strict=True):
            for name in names.split():
                self.make_rep_of_old(team, name)
            make_manager(team, f"Grace {team.name}")
        make_admin(acme, "Alan")
        make_admin(globex, "Gina")
        rank_stale_boards()
        self.final, self.history, self.results, self.looks = {}, {}, {}, 0

    def make_rep_of_old(self, team, name):
        """With scores for most of the months, so that there are places to change, and a message."""
        rep, random = make_rep(team, name), Random(name)
        make_delivery(rep, state="uncertain")
        for month in self.months:
            if random.random() < 0.7:
                day = min(month.first_day + timedelta(days=random.randint(0, 27)), self.today)
                make_submission(rep, random.randint(48, 50), month=month, taken_on=day)

    def teardown(self):
        """Everything is ranked a last time, and nothing of it stays."""
        try:
            rank_stale_boards()
            self.boards_say_what_their_rows_say()
            assert (list(differing_boards()), differing_counts()) == ([], [])
        finally:
            self.undo()

    def undo(self):
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def tried(self, action, *arguments, **options):
        """What an action answers; None where it refused with a sentence."""
        try:
            return action(*arguments, **options)
        except Refused as refused:
            said = str(refused)
        assert said.endswith(".")

    def pick(self, model, **of):
        """A row of a model."""
        rows = list(model.objects.filter(**of).order_by("pk").distinct())
        if not rows:
            raise Nobody
        return self.random.choice(rows)

    def note_as_final(self, board):
        """Its standings are what they are by now, whatever else happens."""
        self.final[board.pk] = Rows().board(board.team_id, board.month)

    def now(self):
        """Noon of the day that it is."""
        return timezone.now() - (self.today - self.day)

    def reading(self, member, month, by):
        """One of few scores, so that there are ties; taken on any day since the month began."""
        day = month.first_day + timedelta(days=self.random.randint(0, max((self.day - month.first_day).days, 0)))
        fields = {"total": self.random.randint(48, 50), "source": "typed", "reason": "A reason."}
        return Submission(member=member, month=month, taken_on=day, typed_by=by, **fields)

    # What people do

    @rule(seed=st.integers(0, 2**32))
    def anything(self, seed):
        self.random = Random(seed)
        action = self.random.choice(ACTIONS)
        if currently_in_test_context():
            note(action.__name__)
        with suppress(Nobody):
            action(self)

    def days_go_by(self):
        """To some day soon, to a month's last, or to the first of the next."""
        last, some = Month.of(self.day).last_day, self.day + timedelta(days=self.random.randint(1, 20))
        self.day = min(self.random.choice([some, last, last + timedelta(days=1)]), self.today)

    def somebody_submits(self):
        member = self.pick(Member)
        author = self.pick(Member, organization=member.organization)
        self.tried(submit, self.reading(member, self.random.choice(self.months), author))

    def somebody_corrects(self):
        old = self.pick(Submission)
        reading = self.reading(old.member, old.month, old.member)
        reading.replaces = old
        self.tried(submit, reading)

    def somebody_withdraws(self):
        old = self.pick(Submission)
        self.tried(withdraw, old, old.member)

    def a_manager_confirms(self):
        old = self.pick(Submission)
        manager = self.pick(Member, organization=old.member.organization, memberships__role="manager")
        confirm(Submission.objects.filter(pk=old.pk), manager)

    def somebody_goes_away(self):
        first = self.today - timedelta(days=self.random.randint(0, 90))
        self.tried(leaves.add_leave, self.pick(Member), first, first + timedelta(days=self.random.randint(0, 40)))

    def somebody_stays_after_all(self):
        leaves.remove_leave(self.pick(Leave))

    def linkedin_withdraws_a_page_or_shows_it_again(self):
        members.set_access(self.pick(Member), self.random.choice([self.day, None]))

    def somebody_moves(self):
        membership = self.pick(Membership, left_on=None)
        team = self.pick(Team, organization=membership.team.organization)
        self.tried(memberships.move_member, membership, team, self.day)

    def somebody_joins(self):
        member = self.pick(Member)
        team = self.pick(Team, organization=member.organization)
        self.tried(memberships.join_team, member, team, self.random.choice(list(Role)), self.day)

    def a_role_changes(self):
        change = {"role": self.random.choice(list(Role)), "competing": self.random.random() < 0.7, "today": self.day}
        self.tried(memberships.change_membership, self.pick(Membership, left_on=None), **change)

    def somebody_leaves_a_team(self):
        self.tried(memberships.end_membership, self.pick(Membership, left_on=None), self.day)

    def somebody_is_deactivated(self):
        member = self.pick(Member)
        by = self.pick(Member, organization=member.organization)
        self.tried(memberships.deactivate, member, by, self.day)

    def somebody_comes_back(self):
        self.tried(memberships.reactivate, self.pick(Member, deactivated_on__isnull=False), self.day)

    def somebody_is_erased(self):
        member = self.pick(Member, user__isnull=False, deactivated_on__isnull=False)
        if self.tried(erasures.ask, member, member, self.now() - timedelta(days=8)):
            self.tried(erasures.erase, member.pk, self.now())

    def a_month_closes(self):
        board = self.pick(Board, closed_at=None, month__lt=self.months[0])
        if self.tried(closing.close_month, board.pk, self.now()):
            self.note_as_final(board)

    def a_closed_month_is_amended(self):
        board = self.pick(Board, closed_at__isnull=False)
        member = self.pick(Member, organization=board.team.organization)
        reading = self.reading(member, board.month, self.pick(Member, organization=board.team.organization))
        if self.tried(closing.amend, board, reading, self.now()) is not None:
            self.note_as_final(board)

    def a_reading_is_taken_out_of_a_closed_month(self):
        board = self.pick(Board, closed_at__isnull=False)
        old = self.pick(Submission, month=board.month, member__memberships__team=board.team)
        if self.tried(closing.amend_by_withdrawing, board, old, old.member, "Typed wrong.", self.now()) is not None:
            self.note_as_final(board)

    def a_challenge_is_sent(self):
        team = self.pick(Team)
        kind, points = self.random.choice(["gain", "reach", "improved", "highest"]), Decimal(self.random.randint(1, 50))
        stake = {"stake_kind": "on_me", "stake": "lunch", "days": self.random.randint(0, 9)}
        maker = self.pick(Member, organization=team.organization)
        self.tried(make_challenge, team, maker, kind=kind, points=points, **stake)

    def somebody_answers(self):
        entry = self.pick(Entry, member__isnull=False)
        accepts = self.random.random() < 0.8
        self.tried(lifecycle.answer, entry, entry.member, timezone.now(), accepts=accepts)

    def challenges_are_settled_twice(self):
        now = timezone.now() + timedelta(days=self.random.randint(0, 15))
        settling.settle_due(now)
        assert settling.settle_due(now) == []

    def a_challenge_is_settled_again(self):
        challenge = self.pick(Challenge, settled_at__isnull=False)
        by = self.pick(Member, organization=challenge.organization)
        self.tried(settling.settle_again, challenge, by, timezone.now())

    def a_debt_ends(self):
        settling.close_debt(self.pick(Debt), timezone.now(), forgiven=self.random.random() < 0.5)

    def linkedin_changes_its_formula(self):
        day = self.today - timedelta(days=self.random.randint(0, 90))
        self.tried(recalibrations.mark_recalibration, self.pick(Team).organization, day, self.today)

    def the_formula_did_not_change(self):
        recalibrations.remove_recalibration(self.pick(Recalibration))

    def the_clock_sweeps(self):
        rank_stale_boards()

    def a_worker_ranks_one_board(self):
        rank_boards([self.pick(Board).pk])

    # What always holds

    @invariant()
    def boards_say_what_their_rows_say(self):
        rows, boards = Rows(), list(Board.objects.exclude(ranked_at=None).order_by("pk"))
        said = dict(zip(boards, stored(boards), strict=True))
        fresh = [board for board in boards if board.closed_at is None and board.stale_since is None]
        assert [said[board] for board in fresh] == [rows.board(board.team_id, board.month) for board in fresh]
        closed = {board.pk: unnamed(said[board]) for board in boards if board.closed_at}
        assert closed == {pk: unnamed(final) for pk, final in self.final.items()}

    @invariant()
    def history_only_grows(self):
        seen = {each.pk: kept(each) for each in Submission.objects.all()}
        seen |= {("withdrawn", each.pk): (each.submission_id, each.by_id, each.at) for each in Withdrawal.objects.all()}
        assert seen | self.history == seen
        self.history = seen

    @invariant()
    def results_stay_and_every_debt_is_explained(self):
        results = {each.pk: (each.settlement_id, each.entry_id, each.won, each.now) for each in Outcome.objects.all()}
        assert results | self.results == results
        self.results = results
        for settlement in Settlement.objects.select_related("challenge"):
            in_it = set(settlement.challenge.entries.accepted().values_list("pk", flat=True))
            assert sorted(settlement.outcomes.values_list("entry_id", flat=True)) == sorted(in_it)
        for challenge in Challenge.objects.exclude(settled_at=None):
            numbers = sorted(challenge.settlements.values_list("number", flat=True))
            assert numbers == list(range(1, len(numbers) + 1))
            owing = Debt.objects.filter(settlement__challenge=challenge, lapsed_at=None)
            pairs = sorted(owing.values_list("debtor_id", "creditor_id"))
            assert pairs == sorted(set(pairs))
            won = Outcome.objects.filter(settlement__challenge=challenge, won=True).values_list(
                "entry__member", flat=True
            )
            assert {(challenge.maker_id, winner) for winner in won} >= set(pairs)

    @invariant()
    def nobody_sees_what_is_another_organizations(self):
        """Now and then one person after the other looks at everything."""
        self.looks += 1
        if self.looks % 4:
            return
        users = User.objects.select_related("member").order_by("pk")
        user = users[self.looks // 4 % len(users)]
        own = user.member.organization_id
        seen = {model: set(rows(user).values_list(path, flat=True)) for model, (rows, path) in SHOWN.items()}
        assert {model: found - {own} for model, found in seen.items() if found - {own}} == {}
        assert set(Team.objects.visible_to(user).values_list("pk", flat=True)) == self.own_teams(user.member)

    def own_teams(self, member):
        """Which teams somebody belongs to, all of the organization for an admin."""
        if member.is_admin:
            return {team.pk for team in self.teams if team.organization_id == member.organization_id}
        return {each.team_id for each in Membership.objects.all() if each.member_id == member.pk and not each.left_on}


ACTIONS = [
    action
    for name, action in vars(Everything).items()
    if name.startswith(("somebody_", "a_", "linkedin_", "the_", "challenges_", "days_"))
]
ACTIONS += 12 * [Everything.somebody_submits] + 2 * [Everything.days_go_by, Everything.the_clock_sweeps]
ACTIONS += 4 * [Everything.somebody_corrects] + 2 * [Everything.somebody_withdraws]
ACTIONS += 2 * [Everything.a_month_closes, Everything.a_closed_month_is_amended, Everything.somebody_moves]
"""All of them are as likely, and what boards are made of is more so."""


@pytest.mark.soak
@pytest.mark.django_db
def test_no_order_of_things_breaks_what_must_hold():
    """As in test_walks.py; what it finds is told in as few steps as it takes."""
    often = settings(max_examples=150, stateful_step_count=50, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Everything, settings=often)
