"""Two members who are one person: everything of the one becomes the other's, and within 30 days back again.

Readings move as they are: the append-only triggers let nothing through here but whose a row is, and which reading one
replaces.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from django.db.models import F, Model, Q
from django.utils.translation import gettext as _

from teams.actions.audit import record
from teams.actions.boards.ranking import mark_member_stale, mark_team_stale
from teams.actions.people.logins import close_login, reopen_login
from teams.actions.people.memberships import check_a_manager_remains, check_not_merged, lock
from teams.actions.privacy.append_only import erasing, moving
from teams.models import (
    Act,
    Board,
    Challenge,
    Confirmation,
    Debt,
    Entry,
    Erasure,
    Figure,
    FormerName,
    Goal,
    GoalStart,
    ImportPerson,
    Invitation,
    Leave,
    Member,
    Membership,
    Merge,
    RememberedPerson,
    Role,
    Standing,
    Submission,
    Team,
    Thanks,
    Unsubscription,
)
from teams.rules.errors import Refused
from teams.rules.months import Month
from teams.rules.people.days_in_teams import Span

BACK_WITHIN = timedelta(days=30)
MOVES: dict[str, tuple[type[Model], str]] = {
    "submissions": (Submission, "member"),
    "figures": (Figure, "member"),
    "goals": (Goal, "member"),
    "goal_starts": (GoalStart, "member"),
    "entries": (Entry, "member"),
    "made": (Challenge, "maker"),
    "debts": (Debt, "debtor"),
    "claims": (Debt, "creditor"),
    "standings": (Standing, "member"),
    "leaves": (Leave, "member"),
    "memberships": (Membership, "member"),
    "imported": (ImportPerson, "member"),
    "remembered": (RememberedPerson, "member"),
    "unsubscriptions": (Unsubscription, "member"),
    "thanks_given": (Thanks, "giver"),
    "thanks_received": (Thanks, "receiver"),
}
"""What becomes the other's: a word for it, the table, and how its rows name whose they are."""


def merge(gone: Member, kept: Member, by: Member, now: datetime, *, unconfirm: bool = False) -> list[int]:
    """Make everything of `gone` `kept`'s; the boards to nudge a worker for. Where both have a month the newer counts.

    Refused where they cannot be one person as things stand: in two teams at once, both in an open challenge, or one
    vouched for the other, unless those confirmations are taken back.
    """
    with moving():
        gone, kept = _locked(gone, kept)
        _check(gone, kept)
        moved: dict[str, Any] = {"deactivated_on": gone.deactivated_on, "months": _months(gone)}
        moved["unconfirmed"] = _take_back_confirmations(gone, kept) if unconfirm else []
        _check_confirmations(gone, kept)
        moved |= _join_memberships(gone, kept)
        moved["rows"] = {word: _move(word, gone, kept) for word in MOVES if word != "memberships"}
        moved["rows"]["memberships"] = moved.pop("memberships")
        moved["replaced"] = _replace_older(kept, set(moved["rows"]["submissions"]))
        moved["login"] = _join_logins(gone, kept)
        Invitation.objects.filter(member=gone).delete()
        FormerName.objects.get_or_create(member=kept, name=str(gone))
        Member.objects.filter(pk=gone.pk).update(deactivated_on=kept.organization.today())
        Merge.objects.create(kept=kept, gone=gone, by=by, at=now, moved=moved)
        record(Act.MERGED, kept, by=by, teams=_teams(gone, kept), other=str(gone))
        return _marked(kept, moved["months"])


def take_apart(merged: Merge, now: datetime) -> list[int]:
    """As it was before: what moved is `gone`'s again; the boards to nudge a worker for.

    What was changed since stays: whoever left a team is not back in it. Refused after 30 days, before what came later
    is taken back, and where a team would have no manager or an admin no login.
    """
    with moving():
        gone, kept = _locked(merged.gone, merged.kept)
        locked = Merge.objects.select_for_update().filter(pk=merged.pk).first()
        if locked is None or now > locked.at + BACK_WITHIN or Erasure.objects.filter(member__in=[gone, kept]).exists():
            raise Refused(_("This cannot be taken back any more."))
        _check_it_is_the_newest(locked, kept)
        _check_kept_stays(locked, kept)
        moved = locked.moved
        Submission.objects.filter(pk__in=moved["replaced"]).update(replaces=None)
        moved["rows"]["submissions"] = _with_corrections(moved["rows"]["submissions"], kept)
        for word, ids in moved["rows"].items():
            model, field = MOVES[word]
            model._default_manager.filter(**{"pk__in": ids, field: kept}).update(**{field: gone})
        Membership.objects.filter(pk__in=moved["paused"]).update(paused=True)
        for pk, joined_on, left_on in moved["widened"]:
            _narrow(pk, date.fromisoformat(joined_on), left_on and date.fromisoformat(left_on))
        Membership.objects.bulk_create(Membership(member=gone, **values) for values in moved["dropped"])
        _part_logins(gone, kept, moved["login"])
        _confirm_again(moved.get("unconfirmed", []))
        FormerName.objects.filter(member=kept, name=str(gone)).delete()
        Member.objects.filter(pk=gone.pk).update(deactivated_on=moved["deactivated_on"])
        locked.delete()
        record(Act.MERGE_TAKEN_BACK, kept, teams=_teams(gone, kept), other=str(gone))
        return _marked(gone, moved["months"]) + _marked(kept, moved["months"])


def _locked(gone: Member, kept: Member) -> tuple[Member, Member]:
    """Both as they are now, and nobody else changes them or their teams meanwhile."""
    first, second = sorted([gone, kept], key=lambda member: member.pk)
    locked = {member.pk: lock(member, *_teams(gone, kept)) for member in (first, second)}
    return locked[gone.pk], locked[kept.pk]


def _teams(gone: Member, kept: Member) -> list[Team]:
    """Every team in which one of them was."""
    return list(Team.objects.filter(memberships__member__in=[gone, kept]).distinct())


def _check(gone: Member, kept: Member) -> None:
    names = {"gone": gone, "kept": kept}
    if gone == kept or gone.organization_id != kept.organization_id or hasattr(gone, "merged_as"):
        raise Refused(_("Choose somebody else to merge with."))
    if gone.is_admin:
        raise Refused(_("%(gone)s is an admin. Make them no admin first.") % names)
    if kept.deactivated_on and not gone.deactivated_on:
        raise Refused(_("%(name)s is deactivated. Bring them back first.") % {"name": kept})
    if Erasure.objects.filter(member__in=[gone, kept]).exists():
        raise Refused(_("One of them is to be erased: nothing of them moves."))
    both = Challenge.objects.filter(settled_at=None, voided_at=None, entries__member=gone)
    if challenge := both.filter(pk__in=Entry.objects.filter(member=kept).values("challenge")).first():
        raise Refused(_("Both are in “%(title)s”. Merge them once it is over.") % {"title": challenge.title})


def _check_confirmations(gone: Member, kept: Member) -> None:
    """Refused where one of them vouched for the other: nobody does for their own readings."""
    for by, other in ((gone, kept), (kept, gone)):
        if Confirmation.objects.filter(by=by, submission__member=other).exists():
            raise Refused(
                _(
                    "%(by)s has confirmed readings of %(other)s, and nobody confirms their own."
                    " Merge them again, and tick “Take back what they confirmed of each other”."
                )
                % {"by": by, "other": other}
            )


def _take_back_confirmations(gone: Member, kept: Member) -> list[Any]:
    """Nobody's word stands for their own readings: what is as before once the merge is taken back."""
    between = Q(by=gone, submission__member=kept) | Q(by=kept, submission__member=gone)
    confirmations = list(Confirmation.objects.filter(between).order_by("pk"))
    with erasing():
        Confirmation.objects.filter(pk__in=[each.pk for each in confirmations]).delete()
    return [[each.submission_id, each.by_id, each.at.isoformat()] for each in confirmations]


def _confirm_again(unconfirmed: list[Any]) -> None:
    """Each by whoever had vouched for it, unless somebody else has meanwhile."""
    again = [Confirmation(submission_id=pk, by_id=by, at=datetime.fromisoformat(at)) for pk, by, at in unconfirmed]
    Confirmation.objects.bulk_create(again, ignore_conflicts=True)


def _join_memberships(gone: Member, kept: Member) -> dict[str, list[Any]]:
    """Every span of days in a team becomes `kept`'s; two at once in one team become one.

    Bringing `kept` back some day begins none of them anew.
    """
    joined: dict[str, list[Any]] = {"memberships": [], "paused": [], "widened": [], "dropped": []}
    kept_memberships = list(kept.memberships.select_related("team"))
    for membership in gone.memberships.select_related("team").order_by("pk"):
        span = Span(membership.joined_on, membership.left_on)
        meeting = [other for other in kept_memberships if Span(other.joined_on, other.left_on).meets(span)]
        if not meeting:
            joined["memberships"].append(membership.pk)
            joined["paused"] += [membership.pk] * membership.paused
            Membership.objects.filter(pk=membership.pk).update(member=kept, paused=False)
            continue
        other = meeting[0]
        if len(meeting) > 1 or not _is_the_same(membership, other):
            raise Refused(
                _("%(gone)s and %(kept)s did not do the same at the same time. Correct their days or roles first.")
                % {"gone": gone, "kept": kept}
            )
        joined["widened"].append([other.pk, other.joined_on, other.left_on])
        fields = ["team_id", "role", "competing", "joined_on", "left_on", "paused"]
        joined["dropped"].append({field: getattr(membership, field) for field in fields})
        membership.delete()
        other.joined_on = min(other.joined_on, membership.joined_on)
        other.left_on = max(other.left_on, membership.left_on) if other.left_on and membership.left_on else None
        other.save(update_fields=["joined_on", "left_on"])
    return joined


def _is_the_same(gone: Membership, kept: Membership) -> bool:
    """Whether two did the same in one team; a manager becomes nobody who manages nothing."""
    manages = kept.role == Role.MANAGER or gone.role != Role.MANAGER
    return manages and (gone.team_id, gone.competing) == (kept.team_id, kept.competing)


def _check_it_is_the_newest(merged: Merge, kept: Member) -> None:
    """Refused where one of the two has become somebody else, or somebody else `kept`, after that."""
    check_not_merged(kept)
    if later := Merge.objects.filter(kept=kept, pk__gt=merged.pk).select_related("gone").order_by("-pk").first():
        sentence = _("%(gone)s was merged with %(kept)s after that. Take that back first.")
        raise Refused(sentence % {"gone": later.gone, "kept": kept})


def _check_kept_stays(merged: Merge, kept: Member) -> None:
    """Refused where `kept` was deactivated since, or is an admin who could not sign in without `gone`'s login."""
    if kept.deactivated_on and not merged.moved["deactivated_on"]:
        raise Refused(_("%(name)s is deactivated. Bring them back first.") % {"name": kept})
    if merged.takes_login and kept.is_admin:
        raise Refused(_("%(gone)s is an admin. Make them no admin first.") % {"gone": kept})


def _with_corrections(ids: list[int], kept: Member) -> list[int]:
    """Readings, and what has corrected them since."""
    for reading in ids:
        ids += Submission.objects.filter(member=kept, replaces=reading).exclude(pk__in=ids).values_list("pk", flat=True)
    return ids


def _narrow(membership_id: int, joined_on: date, left_on: date | None) -> None:
    """The days in a team as they were before the merge; an end that was noted since stays."""
    membership = Membership.objects.select_related("team", "member").filter(pk=membership_id).first()
    if membership is None:
        return
    if left_on and membership.left_on is None and membership.role == Role.MANAGER:
        check_a_manager_remains(membership)
    membership.joined_on = joined_on
    ended_on = membership.left_on or left_on
    membership.left_on = max(ended_on, joined_on) if ended_on else None
    membership.save(update_fields=["joined_on", "left_on"])


def _move(word: str, gone: Member, kept: Member) -> list[int]:
    """The ids of what is `kept`'s now; what `kept` has too, such as a place on a board, stays."""
    model, field = MOVES[word]
    rows = model._default_manager.filter(**{field: gone}).exclude(_has_already(word, kept))
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    model._default_manager.filter(pk__in=ids).update(**{field: kept})
    return ids


def _has_already(word: str, kept: Member) -> Q:
    """Which rows would stand twice."""
    if word == "standings":
        return Q(board__closed_at=None) | Q(board__in=Standing.objects.filter(member=kept).values("board"))
    if word == "entries":
        return Q(challenge__in=Entry.objects.filter(member=kept).values("challenge"))
    if word == "goal_starts":
        return Q(goal__in=GoalStart.objects.filter(member=kept).values("goal"))
    if word == "unsubscriptions":
        return Q(topic__in=kept.unsubscriptions.values("topic"))
    if word in ("thanks_given", "thanks_received"):
        return Q(giver=kept) | Q(receiver=kept) | Q(month__isnull=False)
    if word in ("debts", "claims"):
        return Q(debtor=kept) | Q(creditor=kept)
    if word == "goals":
        same = [Q(**each) for each in Goal.objects.filter(member=kept).values("target", "due_on", "counter")]
        return Q(pk__in=[]) if not same else Q(*same, _connector=Q.OR)
    return Q(pk__in=[])


def _replace_older(kept: Member, moved: set[int]) -> list[int]:
    """In each month of both, what is not of whoever has the newest reading is replaced; the ids of what replaces it."""
    by_month: dict[Any, list[Submission]] = defaultdict(list)
    for reading in Submission.objects.counting().filter(member=kept).order_by("taken_on", "pk"):
        by_month[reading.month].append(reading)
    replacing = []
    for readings in by_month.values():
        newest = readings[-1]
        older = [each for each in readings if (each.pk in moved) != (newest.pk in moved)]
        for reading, newer in pairwise([*older, newest]):
            first = _first_of(newer)
            Submission.objects.filter(pk=first.pk).update(replaces=reading)
            replacing.append(first.pk)
    return replacing


def _first_of(reading: Submission) -> Submission:
    """What the first reading of a chain of corrections was."""
    while reading.replaces is not None:
        reading = reading.replaces
    return reading


def _join_logins(gone: Member, kept: Member) -> str:
    """What became of `gone`'s login: `kept` signs in with it where they had none, else nobody does.

    One that was closed before is opened for somebody who is still here.
    """
    user = gone.user
    if user is None or (kept.user and not user.is_active):
        return ""
    if kept.user:
        close_login(user)
        return "closed"
    Member.objects.filter(pk=gone.pk).update(user=None)
    Member.objects.filter(pk=kept.pk).update(user=user)
    if user.is_active or kept.deactivated_on:
        return "moved"
    reopen_login(user)
    return "opened"


def _part_logins(gone: Member, kept: Member, login: str) -> None:
    if login in ("moved", "opened"):
        user = kept.user
        Member.objects.filter(pk=kept.pk).update(user=None)
        Member.objects.filter(pk=gone.pk).update(user=user)
        if user and login == "opened":
            close_login(user)
    elif login == "closed" and gone.user:
        reopen_login(gone.user)


def _months(member: Member) -> list[date]:
    """The first days of the months of which somebody has readings."""
    return sorted({month.first_day for month in member.submissions.values_list("month", flat=True)})


def _marked(member: Member, months: list[Any]) -> list[int]:
    """Mark whatever boards show the member; closed ones keep their figures and are drawn anew."""
    days = [date.fromisoformat(day) if isinstance(day, str) else day for day in months]
    member_boards = [board for day in days for board in mark_member_stale(member, Month.of(day))]
    teams = Team.objects.filter(memberships__member=member).distinct().select_related("organization")
    Board.objects.filter(team__in=teams).update(version=F("version") + 1)
    return member_boards + [board for team in teams for board in mark_team_stale(team)]
