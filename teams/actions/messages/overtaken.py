"""Whether what was written yesterday is still so this morning."""

from teams.models import Answer, Board, Challenge, Delivery, Entry, Goal, Kind
from teams.rules.delivery import Reason
from teams.rules.months import Month


def overtaken(delivery: Delivery) -> Reason | None:
    """Why a message that was written when something happened is not true any more; None where it is."""
    match delivery.kind:
        case Kind.MONTH_RESULT:
            return _result_of_month(delivery)
        case Kind.GOAL_REACHED:
            taken_back = Goal.objects.filter(pk=_number(delivery), reached_on=None).exists()
            return Reason.TAKEN_BACK if taken_back else None
        case Kind.CHALLENGE_INVITATION:
            return _over(delivery) or _answered(delivery)
        case Kind.CHALLENGE_NEWS if delivery.subject.endswith((" confirm", " decide")):
            return _over(delivery)
    return None


def _number(delivery: Delivery) -> int:
    """The id of the goal or the challenge that it is about: its subject begins like "challenge 7"."""
    return int(delivery.subject.split()[1])


def _result_of_month(delivery: Delivery) -> Reason | None:
    """One of a closing that was taken back names its moment behind the month."""
    month, *taken_back = delivery.subject.split()
    board = Board.objects.filter(team=delivery.team_id, month=Month.parse(month), closed_at=None)
    return Reason.REOPENED if taken_back or board.exists() else None


def _over(delivery: Delivery) -> Reason | None:
    challenge = Challenge.objects.filter(pk=_number(delivery)).first()
    return Reason.CHALLENGE_OVER if challenge and (challenge.voided_at or challenge.settled_at) else None


def _answered(delivery: Delivery) -> Reason | None:
    """Who was asked for a team hears of the team's answer."""
    entries = Entry.objects.filter(challenge=_number(delivery))
    own = entries.filter(member=delivery.member_id) | entries.filter(team__memberships__member=delivery.member_id)
    waits = own.filter(answer=Answer.INVITED).exists()
    return Reason.ANSWERED if own.exists() and not waits else None
