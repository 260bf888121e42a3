"""Opening a month again that somebody closed early, until the moment at which it would have closed by itself.

Nothing that the first closing led to stands in the way of the second: what was told of it is no claim any more, what
it settled waits for its grace again, and screens celebrate anew.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from teams.actions.audit import record
from teams.actions.challenges.desk import RESULT, subject_of
from teams.actions.challenges.settling import settled_early, unsettle
from teams.actions.moments.noticing import forget_closing
from teams.actions.months.closing import reopen
from teams.models import Act, Board, Challenge, Delivery, Display, Member, MessageKind
from teams.rules.displays.celebration_keys import CelebrationKey, CelebrationKind
from teams.rules.errors import Refused
from teams.rules.messages.delivery import DeliveryState
from teams.rules.messages.subjects import Subject
from teams.words.figures import month_name

UNTOLD = [DeliveryState.WAITING, DeliveryState.DROPPED]


@transaction.atomic
def open_month_again(board: int, now: datetime, by: Member, reason: str) -> list[int]:
    """Take back that somebody closed a month early; the boards to nudge a worker for. Twice is once.

    Refused without a reason, and once the month is final for good.
    """
    locked = Board.objects.select_related("team__organization").select_for_update(of=["self"]).get(pk=board)
    if not locked.closed_at:
        return []
    if not locked.may_open_again(now):
        raise Refused(_("%(month)s is final. Amend it instead.") % {"month": month_name(locked.month)})
    if not reason:
        raise Refused(_("Say why the month is opened again."))
    played = settled_early(locked, now)
    reopen(Board.objects.filter(pk=board))
    for challenge in played:
        unsettle(challenge, now)
    _forget_what_was_told(locked, locked.closed_at, played)
    forget_closing(locked, played)
    _celebrate_anew(_celebrations(board, played))
    record(Act.REOPENED, by=by, teams=[locked.team], reason=reason, month=str(locked.month))
    return [board]


def _forget_what_was_told(board: Board, closed_at: datetime, played: Collection[Challenge]) -> None:
    """Delete what waits or was not sent; what was sent of this closing keeps its moment, so that the next is news."""
    results = Delivery.objects.about(Subject(board.month)).filter(team=board.team, kind=MessageKind.MONTH_RESULT)
    results.filter(state__in=UNTOLD).delete()
    results.update(subject=Concat(F("subject"), Value(f" {closed_at.isoformat()}")))
    for challenge in played:
        results = Delivery.objects.filter(kind=MessageKind.CHALLENGE_RESULT, state__in=UNTOLD)
        results.filter(subject__startswith=str(subject_of(challenge, RESULT))).delete()


def _celebrations(board: int, played: Collection[Challenge]) -> list[str]:
    of_month = [CelebrationKey(kind, board) for kind in (CelebrationKind.MONTH, CelebrationKind.RECORD)]
    return [str(key) for key in (*of_month, *(CelebrationKey(CelebrationKind.CHALLENGE, each.pk) for each in played))]


def _celebrate_anew(keys: list[str]) -> None:
    for screen in Display.objects.filter(celebrated__overlap=keys).select_for_update():
        screen.celebrated = [key for key in screen.celebrated if key not in keys]
        screen.save(update_fields=["celebrated"])
