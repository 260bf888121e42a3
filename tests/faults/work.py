"""Something of all that the clock and the workers do, for a team of its own each time; and what must come of it."""

import time
from collections import Counter
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from teams.actions.boards.ranking import mark_boards_stale, rank_closed_board, rank_stale_boards
from teams.actions.challenges.settling import amended_rows
from teams.actions.imports import intake
from teams.actions.messages.deliveries import give_up_on_the_stuck
from teams.actions.people.invitations import invite
from teams.actions.privacy import erasures
from teams.models import (
    Act,
    AuditEntry,
    Board,
    Challenge,
    Debt,
    Delivery,
    Erasure,
    Goal,
    Import,
    Invitation,
    Outcome,
    ScoreCount,
    Standing,
    Submission,
)
from teams.tasks import (
    close_due_months,
    continue_imports,
    end_challenges,
    erase_due,
    notice_moments,
    send_due,
    send_invitations,
    tell_news,
)
from teams.tasks import rank_stale_boards as rank_sweep
from tests.deploy.http import until
from tests.makers import (
    accept,
    days_ago,
    make_challenge,
    make_goal,
    make_manager,
    make_member,
    make_rep,
    make_submission,
    make_team,
    this_month,
)

SWEEPS = [
    rank_sweep,
    close_due_months,
    end_challenges,
    notice_moments,
    tell_news,
    send_due,
    send_invitations,
    continue_imports,
    erase_due,
]
FIGURES = [
    "SELECT * FROM teams_standing ORDER BY board_id, member_id",
    "SELECT organization_id, month, total, reps FROM teams_scorecount WHERE reps <> 0 ORDER BY 1, 2, 3",
    "SELECT id, submitted, expected, mean FROM teams_board ORDER BY id",
]


def begin(organization, number):
    """A team with months to close, a lunch to settle, a goal, a file, and people to invite and to erase."""
    team, now = make_team(f"Team {number}", organization, slug=f"team-{number}"), timezone.now()
    grace = make_manager(team, f"Grace {number}")
    ada, ben, cleo = (make_rep(team, f"{name} {number}") for name in ("Ada", "Ben", "Cleo"))
    for back in (2, 3):
        for rep, total in ((ada, 40), (ben, 50), (cleo, 50)):
            make_submission(rep, total + back, month=this_month(organization) - back)
    lunch = make_challenge(team, grace, stake_kind="on_me", stake="lunch")
    accept(lunch, ada, ben)
    then = now - timedelta(days=21)
    Challenge.objects.filter(pk=lunch.pk).update(
        starts_on=days_ago(organization, 20), ends_on=days_ago(organization, 12), sent_at=then
    )
    lunch.entries.filter(answer="accepted").update(answered_at=then)
    for day, gained in ((21, 0), (13, 9)):
        at = now - timedelta(days=day)
        make_submission(ada, 50 + gained, taken_on=days_ago(organization, day), typed_at=at)
        make_submission(ben, 50, taken_on=days_ago(organization, day), typed_at=at)
    make_goal(ada, 58)
    make_submission(ada, 60, taken_on=days_ago(organization, 0))
    erasures.ask(cleo, cleo, now - timedelta(days=7))
    invite(make_member(organization, f"Finn {number}", login=False), f"finn-{number}@example.com", grace, now)
    text = f"Name,{this_month(organization)}\nDan {number},61\nEve {number},62\n"
    intake.receive(team, grace, f"{number}.csv", text.encode())
    return ada


def confirm_files():
    """As the people at the page do, once a file was read."""
    for upload in Import.objects.filter(state="ready"):
        intake.confirm(upload, leaving_out_errors=False)


def left():
    """What waits for somebody, and how much of it; what waits for time to pass finds that it has."""
    confirm_files()
    Import.objects.unfinished().update(touched_at=timezone.now() - timedelta(minutes=1))
    Delivery.objects.filter(state="waiting", due_at__gt=timezone.now(), attempts=0).update(due_at=timezone.now())
    waiting = {
        "boards to rank": Board.objects.stale(),
        "boards to close": Board.objects.filter(closed_at=None, month__lt=Board.objects.latest("month").month - 1),
        "challenges": Challenge.objects.open(),
        "goals": Goal.objects.filter(celebrated_at=None),
        "files": Import.objects.unfinished(),
        "people to erase": Erasure.objects.open(),
        "mails": Delivery.objects.filter(state="waiting"),
        "invitations": Invitation.objects.due(timezone.now()),
    }
    return {name: found.count() for name, found in waiting.items() if found.exists()}


def end(stack):
    """Asks for the sweeps until nothing is left to be done."""

    def is_done():
        if not stack.queue_length():
            stack.ask(*SWEEPS)
        time.sleep(1)
        return not left()

    with stack.redis() as broker:
        broker.delete("celery")  # what was asked for so often would only take its time
    assert until(is_done, 300), left()


def figures():
    """Every place, count and coverage that is stored, to the byte."""
    with connection.cursor() as cursor:
        copies = []
        for figure in FIGURES:
            with cursor.copy(f"COPY ({figure}) TO STDOUT") as copy:
                copies.append(b"".join(bytes(part) for part in copy))
        return copies


@transaction.atomic
def recomputed_figures():
    """The same after all of them were forgotten and ranked anew from the readings, closed boards too."""
    Board.objects.filter(closed_at=None).update(submitted=0, expected=0, mean=None)
    Standing.objects.filter(board__closed_at=None).delete()
    ScoreCount.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO teams_scorecount (organization_id, month, total, reps)
            SELECT organization_id, month, total, count(*) FROM teams_standing
            JOIN teams_board ON teams_board.id = board_id JOIN teams_team ON teams_team.id = team_id GROUP BY 1, 2, 3
            """
        )
    mark_boards_stale(Board.objects.values_list("pk", flat=True))
    rank_stale_boards()
    for board in Board.objects.exclude(closed_at=None):
        rank_closed_board(board)
    return figures()


def unexplained(mails, most_uncertain):
    """What of the ledgers is not as it must be, after so many teams; nothing, if all is well."""
    give_up_on_the_stuck(timezone.now() + timedelta(minutes=10))
    notices = [mail for mail in mails if mail["Message-ID"].startswith("<delivery.")]
    ids = [mail["Message-ID"].partition("@")[0].removeprefix("<delivery.") for mail in notices]
    received = Counter(number for each in ids for number in each.split("."))
    states = {str(pk): state for pk, state in Delivery.objects.values_list("pk", "state")}
    closed, teams = Board.objects.exclude(closed_at=None), Erasure.objects.count()
    in_doubt = Delivery.objects.filter(state="uncertain").values("member", "started_at").distinct().count()
    about = Counter(Delivery.objects.exclude(kind__in=["reminder", "digest"]).values_list("kind", flat=True))
    acts = Counter(AuditEntry.objects.values_list("act", flat=True))
    invited = Counter(mail["To"] for mail in mails if mail not in notices)
    said = set(Invitation.objects.exclude(sent_at=None).values_list("email", flat=True))
    asked = set(Invitation.objects.values_list("email", flat=True))
    checks = {
        "a mail that came twice": {mail: count for mail, count in received.items() if count > 1},
        "a mail of which nobody knows": received.keys() - states.keys(),
        "a mail that is said to be sent": {mail for mail, state in states.items() if state == "sent"} - received.keys(),
        "a mail that is not sent": Counter(states.values()).keys() - {"sent", "uncertain", "dropped"},
        "a mail that came though it was dropped": {m for m in received if states[m] not in ("sent", "uncertain")},
        "more in doubt than were killed": max(0, in_doubt - most_uncertain),
        "news": about - Counter(month_result=closed.count(), goal_reached=teams, challenge_result=2 * teams),
        "an invitation that came twice": {to: count for to, count in invited.items() if count > 1},
        "an invitation that is said to be sent": said - invited.keys(),
        "an invitation of which nobody knows": invited.keys() - asked,
        "more invitations in doubt than were killed": max(0, len(asked - said) - most_uncertain),
        "invitations": len(asked) - teams,
        "months closed": closed.count() - acts[Act.CLOSED],
        "erased": teams - acts[Act.ERASED],
        "lunches": set(Debt.objects.values_list("creditor__name", "debtor__name")) ^ _lunches(),
        "debts": Debt.objects.count() - teams,
        "results": [each for each in Challenge.objects.all() if amended_rows(each, each.settlements.get())],
        "files": Submission.objects.filter(source="import").count() - 2 * teams,
    }
    return {name: found for name, found in checks.items() if found}


def _lunches():
    """Who has won one from whom."""
    won = Outcome.objects.filter(won=True)
    return set(won.values_list("entry__member__name", "settlement__challenge__maker__name"))
