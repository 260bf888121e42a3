"""Whether what was written yesterday is still so this morning, and may still be said to its reader."""

from dataclasses import replace

from django.utils import timezone

from teams.actions.challenges.desk import CONFIRM, DECIDE
from teams.actions.moments.noticing import has_made
from teams.models import Answer, Board, Challenge, Delivery, Entry, Goal, Membership, MessageKind, Moment, Role
from teams.queries.challenges.visibility import names_winners
from teams.queries.displays.walls import shown_name
from teams.queries.moments import is_for_everybody
from teams.rules.messages.delivery import Reason
from teams.words.challenges import FOR_THOSE_IN_IT
from teams.words.notices import Notice


def outdated(delivery: Delivery) -> Reason | None:
    """Why a message that was written when something happened is not true any more; None where it is."""
    match delivery.kind:
        case MessageKind.MONTH_RESULT:
            return _result_of_month(delivery) or _no_manager(delivery)
        case MessageKind.GOAL_REACHED:
            taken_back = Goal.objects.filter(pk=delivery.about_pk, reached_on=None).exists()
            return Reason.TAKEN_BACK if taken_back else None
        case MessageKind.MOMENT:
            return None if _moment_holds(delivery) else Reason.TAKEN_BACK
        case MessageKind.CHALLENGE_INVITATION:
            return _over(delivery) or _no_manager_asked(delivery) or _answered(delivery)
        case MessageKind.CHALLENGE_NEWS if delivery.parsed_subject.step in (CONFIRM, DECIDE):
            return _over(delivery) or _no_decider(delivery)
    return None


def as_shown(delivery: Delivery, written: Notice) -> Notice:
    """What was written, in the language that is active, without places that its reader may not see by now."""
    if delivery.kind == MessageKind.MONTH_RESULT:
        sees_places = delivery.member.sees_ranks if delivery.member else delivery.team.ranks_shown_to == "all"
        return written if sees_places else replace(written, lines=written.lines[-1:])  # how many are in stands last
    if delivery.kind == MessageKind.CHALLENGE_RESULT and delivery.webhook_id:
        challenge = Challenge.objects.prefetch_related("teams__organization").filter(pk=delivery.about_pk).first()
        if challenge and not names_winners(challenge):
            return replace(written, lines=(str(FOR_THOSE_IN_IT),))
    return written


def _moment_holds(delivery: Delivery) -> bool:
    """Whether a moment is still so, and may still be told to everybody; what runs is asked of its readings."""
    moment = Moment.objects.holding().with_what().filter(pk=delivery.about_pk).first()
    if moment is None or not is_for_everybody(moment) or shown_name(moment.member, moment.team) is None:
        return False
    challenge = moment.challenge
    return challenge is None or bool(challenge.settled_at) or has_made(challenge, moment.member_id, timezone.now())


def _no_manager(delivery: Delivery) -> Reason | None:
    """A month's result is for those who manage the team, and for its chats."""
    managing = Membership.objects.active().filter(team=delivery.team_id, role=Role.MANAGER)
    manages = delivery.webhook_id or managing.filter(member=delivery.member_id).exists()
    return None if manages else Reason.NOT_MANAGER


def _no_manager_asked(delivery: Delivery) -> Reason | None:
    """In team against team it is the managers who are asked."""
    team_entries = Entry.objects.filter(challenge=delivery.about_pk, team__isnull=False)
    managed = Membership.objects.active().filter(member=delivery.member_id, role=Role.MANAGER).values("team")
    return Reason.NOT_MANAGER if team_entries.exists() and not team_entries.filter(team__in=managed).exists() else None


def _no_decider(delivery: Delivery) -> Reason | None:
    """Readings are confirmed, and decided about, by those who manage the challenge."""
    user = delivery.member.user if delivery.member else None
    challenge = Challenge.objects.filter(pk=delivery.about_pk)
    return None if user and challenge.managed_by(user).exists() else Reason.NOT_MANAGER


def _result_of_month(delivery: Delivery) -> Reason | None:
    """One of a closing that was taken back names its moment behind the month."""
    subject = delivery.parsed_subject
    board = Board.objects.filter(team=delivery.team_id, month=delivery.month, closed_at=None)
    return Reason.REOPENED if subject.step or board.exists() else None


def _over(delivery: Delivery) -> Reason | None:
    challenge = Challenge.objects.filter(pk=delivery.about_pk).first()
    return Reason.CHALLENGE_OVER if challenge and (challenge.voided_at or challenge.settled_at) else None


def _answered(delivery: Delivery) -> Reason | None:
    """Who was asked for a team hears of the team's answer."""
    entries = Entry.objects.filter(challenge=delivery.about_pk)
    own = entries.filter(member=delivery.member_id) | entries.filter(team__memberships__member=delivery.member_id)
    waits = own.filter(answer=Answer.INVITED).exists()
    return Reason.ANSWERED if own.exists() and not waits else None
