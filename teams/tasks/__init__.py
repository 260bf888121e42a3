"""What the clock or a queue starts. Thin: each calls an action."""

from teams.tasks.backups import back_up, try_backup
from teams.tasks.challenges import end_challenges
from teams.tasks.delivery import deliver, deliver_soon, send_due, tell_news, tell_soon
from teams.tasks.imports import continue_imports, go_on
from teams.tasks.moments import notice_moments
from teams.tasks.months import close_due_months, close_history, close_month, close_months
from teams.tasks.people import (
    measure_recalibrations,
    send_account_mail_soon,
    send_invitation,
    send_invitations,
    send_soon,
    suggest_recalibration,
    suggest_recalibrations,
)
from teams.tasks.privacy import delete_old, delete_what_is_old, erase, erase_due
from teams.tasks.ranking import (
    check_boards,
    check_counts,
    check_standings,
    nudge,
    nudge_team,
    open_boards,
    rank_board,
    rank_stale_boards,
)
from teams.tasks.webhooks import deliver_to_endpoint, deliver_to_endpoint_soon, send_webhooks

__all__ = [
    "back_up",
    "check_boards",
    "check_counts",
    "check_standings",
    "close_due_months",
    "close_history",
    "close_month",
    "close_months",
    "continue_imports",
    "delete_old",
    "delete_what_is_old",
    "deliver",
    "deliver_soon",
    "deliver_to_endpoint",
    "deliver_to_endpoint_soon",
    "end_challenges",
    "erase",
    "erase_due",
    "go_on",
    "measure_recalibrations",
    "notice_moments",
    "nudge",
    "nudge_team",
    "open_boards",
    "rank_board",
    "rank_stale_boards",
    "send_account_mail_soon",
    "send_due",
    "send_invitation",
    "send_invitations",
    "send_soon",
    "send_webhooks",
    "suggest_recalibration",
    "suggest_recalibrations",
    "tell_news",
    "tell_soon",
    "try_backup",
]
