"""What the clock or a queue starts. Thin: each calls an action."""

from teams.tasks.ranking import check_standings, nudge, open_boards, rank_board, rank_stale_boards

__all__ = ["check_standings", "nudge", "open_boards", "rank_board", "rank_stale_boards"]
