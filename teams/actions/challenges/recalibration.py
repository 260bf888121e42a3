"""Choosing what a new formula of LinkedIn does to a challenge that runs."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from teams.actions.challenges.lifecycle import OVER, lock, record_challenge, void
from teams.models import Act, Challenge, Member, Recalibration, RecalibrationChoice
from teams.models.challenges.recalibration_choices import asked_about
from teams.rules.challenges.recalibrating import Choice, choices, is_inside
from teams.rules.challenges.stages import VoidReason
from teams.rules.errors import Refused


@transaction.atomic
def choose(
    challenge: Challenge, recalibration: Recalibration, choice: str, by: Member, now: datetime
) -> RecalibrationChoice:
    """Store the choice, once; the same twice is one. Refused where another was made, or the challenge is over."""
    challenge = lock(challenge.pk)
    choice_row = challenge.choices.for_pages().filter(recalibration=recalibration).first()
    if choice_row and choice_row.choice == choice:
        return choice_row
    if choice_row:
        raise Refused(_("This was decided before. %(made)s") % {"made": choice_row})
    if not challenge.sent_at or challenge.settled_at or challenge.voided_at:
        raise Refused(OVER)
    if not is_inside(challenge.terms(), recalibration.day) or choice not in choices(challenge.terms()):
        raise Refused(_("Choose one of what is offered."))
    choice_row = challenge.choices.create(recalibration=recalibration, choice=choice, by=by, at=now)
    record_challenge(Act.CHALLENGE_CHOICE, challenge)
    if choice == Choice.VOID:
        void(challenge, VoidReason.NEW_FORMULA, now, name=str(by), day=f"{recalibration.day}")
    return choice_row


def let_stand(challenge: Challenge, now: datetime) -> None:
    """What nobody answered by the time a locked challenge is settled, stands, and that is stored."""
    RecalibrationChoice.objects.bulk_create(
        RecalibrationChoice(challenge=challenge, recalibration=recalibration, choice=Choice.STAND, at=now)
        for recalibration in asked_about(challenge)
    )
