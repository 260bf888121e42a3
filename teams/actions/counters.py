"""Letting reps play for what their team counts, and whether that may end."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from teams.actions.audit import record
from teams.models import Act, Counter
from teams.rules.errors import Refused
from teams.words.goals import goal_name


@transaction.atomic
def set_playable(counter: Counter, *, playable: bool) -> Counter:
    """Let reps enter their own figures and give it a board, or end that; what was entered stays.

    Refused while a goal or a challenge is about it.
    """
    counter = Counter.objects.select_related("team__organization").select_for_update(of=["self"]).get(pk=counter.pk)
    if not playable:
        _check_not_played_for(counter)
    if counter.playable != playable:
        counter.playable = playable
        counter.save(update_fields=["playable"])
        act = Act.COUNTER_PLAYED if playable else Act.COUNTER_NOT_PLAYED
        record(act, teams=[counter.team], counter=counter.name)
    return counter


def check_playable(counter: Counter) -> None:
    """Refused where reps do not enter it themselves any more; they do until the transaction ends."""
    if not Counter.objects.playable().filter(pk=counter.pk).select_for_update(no_key=True).exists():
        raise Refused(_("“%(counter)s” has no board any more.") % {"counter": counter.name})


def _check_not_played_for(counter: Counter) -> None:
    """Refused while a goal runs on it, or a challenge is not over yet, and says which."""
    goal = counter.goals.running(counter.team.organization.today()).with_owners().filter(reached_on=None).first()
    comes_again = Q(repeats_monthly=True, repeated_by=None, sent_at__isnull=False)
    challenge = counter.challenges.filter(Q(settled_at=None, voided_at=None) | comes_again).first()
    what = str(challenge) if challenge else goal_name(goal.aim()) if goal else ""
    if what:
        raise Refused(_("“%(what)s” is about it. End that first, or wait until it is over.") % {"what": what})
