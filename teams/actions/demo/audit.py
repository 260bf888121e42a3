"""The demo's log: what its people did lately, told from what is stored of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from teams.models import Act, AuditEntry, Board, Challenge, Organization, Role, Submission, Team

LATELY = timedelta(days=45)


def fill_audit(organization: Organization, now: datetime) -> None:
    """The entries of the last weeks, made once."""
    if AuditEntry.objects.filter(organization=organization).exists():
        return
    entries = [entry for team in organization.teams.all() for entry in _of(team, now - LATELY)]
    for entry in entries:
        entry.organization = organization
    AuditEntry.objects.bulk_create(sorted(entries, key=lambda entry: entry.at))


def _of(team: Team, since: datetime) -> Iterator[AuditEntry]:
    for board in Board.objects.filter(team=team, closed_at__gt=since):
        yield AuditEntry(team=team, act=Act.CLOSED, details={"month": str(board.month)}, at=board.closed_at or since)
    yield from _readings(team, since)
    for challenge in Challenge.objects.filter(teams=team, made_at__gt=since).select_related("maker"):
        for act in (Act.CHALLENGE_MADE, Act.CHALLENGE_SENT):
            challenge_values = {"details": {"title": challenge.title}, "at": challenge.made_at}
            yield AuditEntry(
                team=team, act=act, actor=challenge.maker, address=_address(challenge.maker_id), **challenge_values
            )
    for manager in team.memberships.active().filter(role=Role.MANAGER):
        signed_in = since + LATELY - timedelta(hours=3)
        sign_in_values = {"act": Act.SIGNED_IN, "address": _address(manager.member_id), "at": signed_in}
        yield AuditEntry(team=team, actor_id=manager.member_id, **sign_in_values)


def _readings(team: Team, since: datetime) -> Iterator[AuditEntry]:
    submissions = Submission.objects.filter(
        member__memberships__team=team, member__memberships__left_on=None, typed_at__gt=since
    )
    for one in submissions.select_related("replaces", "withdrawal"):
        details = {"month": str(one.month), "total": one.total}
        act = Act.CORRECTED if one.replaces else Act.SUBMITTED
        before = {"before": one.replaces.total} if one.replaces else {}
        whose = {"team": team, "about_id": one.member_id, "reason": one.reason}
        yield AuditEntry(
            act=act, actor_id=one.typed_by_id, details=details | before, at=one.typed_at,
            address=_address(one.typed_by_id), **whose,
        )  # fmt: skip


def _address(member: int) -> str:
    """An address from a range that is nobody's."""
    return f"198.51.100.{1 + member % 254}"
