"""Telling managers, and the team's chats, who is silent on the month's last day."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction

from teams.actions.messages.addresses import site_url
from teams.actions.messages.outbox import managers, messages, store
from teams.actions.reminders.nudges import last_reminders
from teams.models import Delivery, Membership, MessageKind, Team
from teams.queries.people.recipients import recipients
from teams.rules.messages.delivery import DeliveryState, Reason
from teams.rules.messages.hours import EARLIEST, next_working_moment
from teams.rules.messages.reminders import Step, due_step, due_until, next_look, skip
from teams.rules.messages.subjects import Subject
from teams.words import notices
from teams.words.delivery_reasons import reason_words
from teams.words.notices import Notice, Silent

AT_ONCE = 100
"""How many teams one transaction looks at."""


@transaction.atomic
def tell_who_is_silent(now: datetime) -> int:
    """Claim the digests that are due, for up to 100 teams whose moment has come; how many were looked at.

    That is when it is nine where it is nine first: each goes out in its reader's own morning.
    """
    awake = list(
        Team.objects.filter(digest_at__lte=now)
        .select_related("organization")
        .order_by("digest_at")
        .select_for_update(of=["self"], skip_locked=True)[:AT_ONCE]
    )
    for team in awake:
        step = due_step(now, EARLIEST, team.digest_policy)
        if step and not team.organization.is_demo:
            _claim(team, step, now)
        team.digest_at = next_look(now, EARLIEST, team.digest_policy)
    Team.objects.bulk_update(awake, ["digest_at"])
    return len(awake)


def _claim(team: Team, step: Step, now: datetime) -> None:
    """To every manager, and to every chat where the organization is."""
    policy, here = team.digest_policy, ZoneInfo(team.organization.time_zone)
    claims = [(Delivery(team=team, member=manager), manager.zone) for manager in managers(team)]
    claims += [(Delivery(team=team, webhook=chat), here) for chat in team.webhooks.active()]
    for delivery, zone in claims:
        subject = Subject(step.month, step=str(team.pk))
        messages([delivery], MessageKind.DIGEST, subject, None, due_until(step, zone, policy))
        morning = datetime.combine(step.day, time(policy.hour), zone)
        delivery.due_at = next_working_moment(max(now, morning), zone, policy.holidays)
    store(delivery for delivery, _ in claims)


def digest_of(delivery: Delivery, now: datetime) -> Notice | Reason:
    """Who is silent at this moment; or why nobody needs to be told."""
    month, team = delivery.month, delivery.team
    if delivery.member_id and delivery.member not in managers(team):
        return Reason.NOT_MANAGER
    if team.boards.filter(month=month, closed_at__isnull=False).exists():
        return Reason.CLOSED
    memberships = list(
        Membership.objects.filter(team=team, competing=True, joined_on__lte=month.last_day)
        .select_related("member")
        .order_by("member__name__alphabetical")
    )
    reps = recipients([membership.pk for membership in memberships], month, now)
    expected = [m for m in memberships if reps[m.pk].competes and not reps[m.pk].no_access]
    silent = [m for m in expected if not (reps[m.pk].submitted or reps[m.pk].away)]
    if not silent:
        return Reason.EVERYBODY_SUBMITTED
    away = sum(reps[m.pk].away and not reps[m.pk].submitted for m in expected)
    told = {} if delivery.webhook_id else last_reminders(team, month)
    each = [_as_told(m.member.name, skip(reps[m.pk]), told.get(m.member_id)) for m in silent]
    url = site_url("team", team.slug)
    return notices.digest(team.name, month, each, len(expected) - away, url, to_chat=bool(delivery.webhook_id))


def _as_told(name: str, reason: Reason | None, reminder: Delivery | None) -> Silent:
    """Whether the last reminder reached somebody silent; why not, where none can or it did not."""
    if reason:
        return Silent(name, DeliveryState.DROPPED, reason_words(reason))
    return (
        Silent(name, DeliveryState(reminder.state), reminder.why) if reminder else Silent(name, DeliveryState.DROPPED)
    )
