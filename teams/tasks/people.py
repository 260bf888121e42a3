"""What the clock does about people: invitations, ended sessions, what a recalibration moved, and suggesting one."""

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from teams.actions.boards import recalibrations
from teams.actions.messages import account_mails
from teams.actions.people import invitations, logins
from teams.models import Organization
from teams.tasks.ranking import nudge
from teams.tasks.sweep import sweep

EXPIRES = 3600


def send_soon(*invitations: int) -> None:
    """Ask a worker, after the commit, to mail invitations. Without a broker the sweep does it later."""

    def ask() -> None:
        for invitation in invitations:
            send_invitation.delay(invitation)

    transaction.on_commit(ask, robust=True)


@shared_task(soft_time_limit=60, time_limit=90)
def send_invitation(invitation: int) -> str | None:
    """Mail one invitation. Safe to run twice: only what waits is claimed. Return the state it has then."""
    return invitations.deliver_invitation(invitation, timezone.now())


@sweep
def send_invitations() -> None:
    """Have every waiting invitation and mail about a login handed over, each by its own task."""
    now = timezone.now()
    for invitation in invitations.due_invitations(now):
        send_invitation.apply_async((invitation,), expires=60)
    for mail in account_mails.due_account_mails(now):
        send_account_mail.apply_async((mail,), expires=60)
    account_mails.forget_account_mails(now)


def send_account_mail_soon(mail: int) -> None:
    """Ask a worker, after the commit, for a mail about a login. Without a broker the sweep does it later."""
    transaction.on_commit(lambda: send_account_mail.delay(mail), robust=True)


@shared_task(soft_time_limit=60, time_limit=90)
def send_account_mail(mail: int) -> str | None:
    """Mail one about a login. Safe to run twice: only what waits is claimed. Return the state it has then."""
    return account_mails.deliver_account_mail(mail, timezone.now())


@sweep
def forget_sessions() -> None:
    """Away with what sessions that have ended leave behind: keys, addresses, browsers."""
    logins.forget_sessions(timezone.now())


@sweep
def measure_recalibrations() -> None:
    """Measure the recent recalibrations with the readings that came in since."""
    for recalibration in recalibrations.recent_recalibrations(timezone.now().date()):
        nudge(recalibrations.measure_again(recalibration))


@sweep
def suggest_recalibrations() -> None:
    """Look in each organization, each by its own task, so that one failure stops nobody."""
    for organization in Organization.objects.values_list("pk", flat=True):
        suggest_recalibration.apply_async((organization,), expires=EXPIRES)


@shared_task
def suggest_recalibration(organization: int) -> None:
    """Ask an organization's admins where its readings look like a new formula. Safe to run twice: asked once."""
    organization_row = Organization.objects.get(pk=organization)
    recalibrations.suggest_recalibration(organization_row, organization_row.today())
