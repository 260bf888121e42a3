"""Thanking a colleague: saying it, agreeing that it stands on the board, taking it down."""

from datetime import datetime, time

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from teams.actions.audit import record
from teams.models import Act, Board, Member, Team, Thanks
from teams.rules.errors import Refused
from teams.rules.months import Month
from teams.rules.thanks import may_thank


@transaction.atomic
def thank(giver: Member, receiver: Member, text: str, now: datetime) -> Thanks:
    """Say it, for one to read and nobody else. Refused for who shares no team, and for the fourth time in a month."""
    Member.objects.select_for_update(of=["self"], no_key=True).get(pk=giver.pk)
    team = _common_team(giver, receiver)
    if team is None or giver == receiver:
        raise Refused(_("You can thank those with whom you share a team."))
    zone = giver.organization.local(now).tzinfo
    begun = datetime.combine(Month.of(now.astimezone(zone).date()).first_day, time(), zone)
    if not may_thank(Thanks.objects.filter(giver=giver, given_at__gte=begun, month=None).count()):
        raise Refused(_("You have thanked three times this month. The next one is yours on the first."))
    return Thanks.objects.create(giver=giver, receiver=receiver, team=team, text=text, given_at=now)


@transaction.atomic
def thank_after_closing(board: Board, giver: Member, receiver: Member, text: str, now: datetime) -> bool:
    """A manager's word to somebody of the team; False where one was said to them after this closing before."""
    _thanks, is_new = Thanks.objects.get_or_create(
        team=board.team,
        month=board.month,
        receiver=receiver,
        defaults={"giver": giver, "text": text, "given_at": now},
    )
    return is_new


def put_words_away(manager: Member, now: datetime) -> None:
    """Offer them no word any more after what was closed until now; the next closing brings new ones."""
    Member.objects.filter(pk=manager.pk).update(put_words_away_at=now)


@transaction.atomic
def agree(thanks: Thanks, now: datetime) -> None:
    """Have it stand on the board, as whoever was thanked; twice is once."""
    standing = Thanks.objects.filter(pk=thanks.pk, taken_down_at=None, agreed_at=None)
    if standing.update(agreed_at=now):
        _tell_walls(thanks.team)


@transaction.atomic
def take_down(thanks: Thanks, by: Member, now: datetime) -> None:
    """Nobody reads it any more; it counts among the three of its month. Twice is once."""
    locked = Thanks.objects.select_for_update(of=["self"]).get(pk=thanks.pk)
    if locked.taken_down_at:
        return
    stood_on_board = locked.agreed_at is not None
    locked.text, locked.agreed_at, locked.taken_down_at = "", None, now
    locked.save(update_fields=["text", "agreed_at", "taken_down_at"])
    if stood_on_board:
        _tell_walls(locked.team)
        if by.pk not in (locked.giver_id, locked.receiver_id):
            record(Act.THANKS_TAKEN_DOWN, locked.giver, by=by, teams=[locked.team])


def forget_thanks(member: Member) -> None:
    """Delete what somebody said and what was said to them: it names both."""
    Thanks.objects.filter(Q(giver=member) | Q(receiver=member)).delete()


def _common_team(giver: Member, receiver: Member) -> Team | None:
    """A team that both are in: the one where whoever is thanked competes, if it is one of them."""
    mine = {membership.team_id for membership in giver.active_memberships}
    shared = [membership for membership in receiver.active_memberships if membership.team_id in mine]
    return min(shared, key=lambda each: not each.competing).team if shared else None


def _tell_walls(team: Team) -> None:
    """Its open boards are new, so that whoever looks at one is told."""
    Board.objects.filter(team=team, closed_at=None).update(version=F("version") + 1)
