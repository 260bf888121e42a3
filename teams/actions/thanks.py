"""Thanks from one colleague to another: create them, publish them on the board, take them down."""

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
    """Create a private thanks. Refused for who shares no team, and for the fourth time in a month."""
    Member.objects.select_for_update(of=["self"], no_key=True).get(pk=giver.pk)
    team = _common_team(giver, receiver)
    if team is None or giver == receiver:
        raise Refused(_("You can thank those with whom you share a team."))
    zone = giver.organization.local(now).tzinfo
    month_start = datetime.combine(Month.of(now.astimezone(zone).date()).first_day, time(), zone)
    if not may_thank(Thanks.objects.filter(giver=giver, given_at__gte=month_start, month=None).count()):
        raise Refused(_("You have thanked three times this month. The next one is yours on the first."))
    return Thanks.objects.create(giver=giver, receiver=receiver, team=team, text=text, given_at=now)


@transaction.atomic
def thank_after_closing(board: Board, giver: Member, receiver: Member, text: str, now: datetime) -> bool:
    """Create a manager's thanks to somebody of the team; False where they were thanked after this closing before."""
    _thanks, is_new = Thanks.objects.get_or_create(
        team=board.team,
        month=board.month,
        receiver=receiver,
        defaults={"giver": giver, "text": text, "given_at": now},
    )
    return is_new


def dismiss_thanks_suggestions(manager: Member, now: datetime) -> None:
    """Suggest no thanks any more for what was closed until now; the next closing brings new suggestions."""
    Member.objects.filter(pk=manager.pk).update(put_words_away_at=now)


@transaction.atomic
def publish_on_board(thanks: Thanks, now: datetime) -> None:
    """Publish it on the board, as whoever was thanked wants; twice is once."""
    unpublished = Thanks.objects.filter(pk=thanks.pk, taken_down_at=None, agreed_at=None)
    if unpublished.update(agreed_at=now):
        _bump_open_boards(thanks.team)


@transaction.atomic
def take_down(thanks: Thanks, by: Member, now: datetime) -> None:
    """Blank it, so that nobody reads it; it still counts among the three of its month. Twice is once."""
    locked = Thanks.objects.select_for_update(of=["self"]).get(pk=thanks.pk)
    if locked.taken_down_at:
        return
    stood_on_board = locked.agreed_at is not None
    locked.text, locked.agreed_at, locked.taken_down_at = "", None, now
    locked.save(update_fields=["text", "agreed_at", "taken_down_at"])
    if stood_on_board:
        _bump_open_boards(locked.team)
        if by.pk not in (locked.giver_id, locked.receiver_id):
            record(Act.THANKS_TAKEN_DOWN, locked.giver, by=by, teams=[locked.team])


def forget_thanks(member: Member) -> None:
    """Delete the thanks that somebody gave and got: each names both."""
    Thanks.objects.filter(Q(giver=member) | Q(receiver=member)).delete()


def _common_team(giver: Member, receiver: Member) -> Team | None:
    """A team that both are in: the one where whoever is thanked competes, if it is one of them."""
    giver_team_ids = {membership.team_id for membership in giver.active_memberships}
    shared = [membership for membership in receiver.active_memberships if membership.team_id in giver_team_ids]
    return min(shared, key=lambda each: not each.competing).team if shared else None


def _bump_open_boards(team: Team) -> None:
    """Raise the version of its open boards: pages and walls that show one fetch it anew."""
    Board.objects.filter(team=team, closed_at=None).update(version=F("version") + 1)
