"""What the clock or a queue starts. Thin: each calls an action."""

from teams.tasks.delivery import deliver, send_due
from teams.tasks.goals import notice_reached_goals
from teams.tasks.ranking import check_standings, nudge, open_boards, rank_board, rank_stale_boards

__all__ = ["check_standings", "deliver", "notice_reached_goals", "nudge", "open_boards", "rank_board", "rank_stale_boards", "send_due"]
