"""Erasing somebody: asked for, a week to think again, then done by a job; figures stay as a former member's."""

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import transaction
from django.db.models import CharField, F, Q
from django.db.models.functions import Cast, Lower
from django.utils.translation import gettext as _

from teams.actions.api_tokens import blank_answers_about
from teams.actions.audit import record
from teams.actions.boards.ranking import mark_team_stale
from teams.actions.displays import revoke_displays_of
from teams.actions.people.memberships import check_an_admin_remains, check_managers_remain
from teams.actions.privacy.append_only import erasing
from teams.actions.privacy.scrubbing import drop_webhooks_that_name, scrub
from teams.actions.share_links import end_share_links_of
from teams.actions.thanks import forget_thanks
from teams.fields import FORMER
from teams.files.spreadsheets import is_named_in
from teams.models import (
    AccountMail,
    Act,
    ApiToken,
    AuditEntry,
    Board,
    CalendarFeed,
    Debt,
    Delivery,
    Endpoint,
    Erasure,
    Face,
    FormerName,
    Goal,
    Import,
    ImportPerson,
    ImportState,
    Invitation,
    Leave,
    Member,
    Organization,
    RememberedPerson,
    Revision,
    SlackUser,
    Submission,
    SubmissionLink,
    Team,
    UnsubscribeLink,
    Unsubscription,
    User,
    WallChoice,
    Withdrawal,
)
from teams.rules.errors import Refused
from teams.rules.messages.delivery import DeliveryState

COOLING_OFF = timedelta(days=7)


@transaction.atomic
def ask(member: Member, by: Member | None, now: datetime) -> Erasure:
    """Have somebody erased in a week, by the clock if by nobody; twice is once.

    Refused for the last manager and the last admin.
    """
    Organization.objects.select_for_update().get(pk=member.organization_id)
    locked = Member.objects.select_for_update().get(pk=member.pk)
    erasure = Erasure.objects.filter(member=locked).first()
    if erasure:
        return erasure
    check_managers_remain(locked)
    check_an_admin_remains(locked)
    record(Act.ERASURE_ASKED, locked, by=by, day=member.organization.local(now + COOLING_OFF).date())
    return Erasure.objects.create(member=locked, asked_by=by, asked_at=now, due_at=now + COOLING_OFF)


@transaction.atomic
def take_back(member: Member, by: Member) -> None:
    """Everything stays as it is. Refused once it is done."""
    if not Erasure.objects.open().filter(member=member).delete()[0]:
        raise Refused(_("There is nothing to take back."))
    record(Act.ERASURE_TAKEN_BACK, member, by=by)


def due_erasures(now: datetime) -> list[int]:
    """The ids of the members whose week is over."""
    return list(Erasure.objects.due(now).values_list("member", flat=True))


def erase(member_id: int, now: datetime) -> list[int]:
    """Erase somebody whose week is over, all or nothing; the boards to nudge a worker for. Twice is once.

    Refused for whoever has become the last manager or admin meanwhile: nobody could look after the others. While a
    file that may name them is being read or stored, nothing is done yet.
    """
    with erasing():
        erasure = Erasure.objects.due(now).select_for_update().filter(member=member_id).first()
        if erasure is None or _is_importing(member_id):
            return []
        list(Team.objects.filter(memberships__member=member_id).order_by("pk").select_for_update(of=["self"]))
        member = Member.objects.select_related("organization", "user").select_for_update(of=["self"]).get(pk=member_id)
        check_managers_remain(member)
        check_an_admin_remains(member)
        people = _people(member)
        names = _names(people)
        boards = _leave_teams(member)
        _forget_files(people, names)
        _forget_mails(names)
        drop_webhooks_that_name(member.organization, names, now)
        scrub(member.organization, names)
        for person in people:
            revoke_displays_of(person)
            end_share_links_of(person, now)
            _forget_rows(person, now)
            _forget_login(person)
            _blank(person)
        erasure.done_at = now
        erasure.save(update_fields=["done_at"])
        record(Act.ERASED, member)
        transaction.on_commit(cache.clear, robust=True)  # parts of pages as they were are kept there for an hour
        return boards


def reason_to_wait(member: Member) -> str | None:
    """The sentence that says why somebody cannot be erased as things stand; None where they can."""
    try:
        check_managers_remain(member)
        check_an_admin_remains(member)
    except Refused as refused:
        return str(refused)
    return None


@transaction.atomic
def note_waiting(member_id: int) -> None:
    """Note in the log that somebody is not erased on time; once for each time that it was asked for."""
    erasure = Erasure.objects.open().select_for_update(of=["self"]).select_related("member").get(member=member_id)
    noted = AuditEntry.objects.filter(about=member_id, act=Act.ERASURE_WAITS, at__gte=erasure.asked_at)
    if not noted.exists():
        record(Act.ERASURE_WAITS, erasure.member)


def _is_importing(member_id: int) -> bool:
    """Whether their organization reads or stores a file; until this transaction is over none is begun with."""
    files = Import.objects.filter(team__organization__members=member_id, content__isnull=False)
    states = files.order_by("pk").select_for_update(of=["self"]).values_list("state", flat=True)
    return any(state in (ImportState.READING, ImportState.STORING) for state in states)


def _leave_teams(member: Member) -> list[int]:
    """Out of every team from today on. Whatever page shows the name is stale, in closed months too."""
    today = member.organization.today()
    teams = {each.team_id: each.team for each in member.memberships.select_related("team__organization")}
    boards = [board for pk in sorted(teams) for board in mark_team_stale(teams[pk])]
    for membership in member.memberships.active():
        membership.left_on = max(today, membership.joined_on)
        membership.save(update_fields=["left_on"])
    member.memberships.update(paused=False)
    Board.objects.filter(team__in=teams).update(version=F("version") + 1)
    return boards


def _forget_rows(member: Member, now: datetime) -> None:
    """What was written by or about them goes; figures, places and results stay."""
    for model in (
        ApiToken,
        CalendarFeed,
        Endpoint,
        Face,
        Leave,
        SubmissionLink,
        UnsubscribeLink,
        Unsubscription,
        Invitation,
        Goal,
        RememberedPerson,
        SlackUser,
    ):
        model.objects.filter(member=member).delete()
    Invitation.objects.filter(invited_by=member).delete()
    Submission.objects.filter(member=member).update(note="", reason="")
    Withdrawal.objects.filter(Q(submission__member=member) | Q(by=member)).update(reason="")
    Revision.objects.filter(Q(member=member) | Q(by=member)).update(reason="")
    waiting = Delivery.objects.filter(member=member, state=DeliveryState.WAITING)
    waiting.update(state=DeliveryState.DROPPED, ended_at=now)
    Delivery.objects.filter(member=member).update(notice=None, reason="", said="")
    Debt.objects.open().filter(Q(debtor=member) | Q(creditor=member)).update(lapsed_at=now)
    AuditEntry.objects.filter(Q(actor=member) | Q(about=member)).update(reason="", address=None)
    ImportPerson.objects.filter(member=member).update(name="", email="", key=Cast("pk", CharField()))
    blank_answers_about(member)
    forget_thanks(member)
    FormerName.objects.filter(member=member).delete()


def _forget_files(people: list[Member], names: list[str]) -> None:
    """Away with files that wait and name them, also by a name that somebody said is theirs."""
    for upload in Import.objects.filter(team__organization=people[0].organization_id, content__isnull=False):
        if upload.people.filter(member__in=people).exists() or is_named_in(upload.file(), names):
            upload.delete()  # a cell of it cannot be mended: whoever sent it has it still


def _forget_mails(names: list[str]) -> None:
    """Away with mails about logins that wait for one of the addresses, or tell of it."""
    for address in (name for name in names if "@" in name):
        AccountMail.objects.filter(Q(email__iexact=address) | Q(facts__email__iexact=address)).delete()


def _people(member: Member) -> list[Member]:
    """The member and whoever turned out to be them, also by way of each other."""
    people = [member]
    for person in people:
        people += Member.objects.filter(merged_as__kept=person).select_related("user", "organization")
    return people


def _names(people: list[Member]) -> list[str]:
    """What names or named them, the longest first; what names somebody else too stays where others wrote it."""
    names = {person.name for person in people} | {person.user.email for person in people if person.user}
    names |= set(FormerName.objects.filter(member__in=people).values_list("name", flat=True))
    names |= set(Invitation.objects.filter(member__in=people).values_list("email", flat=True))
    others = Member.objects.filter(organization=people[0].organization_id).exclude(pk__in=[each.pk for each in people])
    alike = others.annotate(small=Lower("name")).filter(small__in=[name.lower() for name in names])
    shared = set(alike.values_list("small", flat=True))
    for address in ("user__email", "invitation__email"):
        shared |= set(others.filter(**{f"{address}__in": names}).values_list(address, flat=True))
    return sorted((name for name in names if name.lower() not in shared), key=len, reverse=True)


def _forget_login(member: Member) -> None:
    if member.user is None:
        return
    signed_in = str(member.user.pk)
    login_rows = [
        session.pk
        for session in Session.objects.iterator(chunk_size=1_000)
        if session.get_decoded().get("_auth_user_id") == signed_in
    ]
    Session.objects.filter(pk__in=login_rows).delete()
    User.objects.filter(pk=member.user.pk).delete()


def _blank(member: Member) -> None:
    Member.objects.filter(pk=member.pk).update(
        name=FORMER,
        face="",
        user=None,
        is_admin=False,
        time_zone="",
        accepts_challenges=False,
        wall_name=WallChoice.OUT,
        deactivated_on=member.organization.today(),
    )
