"""What the clock starts: each job's task and how many seconds lie between its turns."""

from typing import TypedDict

JOBS = {
    "rank what is stale": ("ranking.rank_stale_boards", 30),
    "notice moments": ("moments.notice_moments", 60),
    "open the month's boards": ("ranking.open_boards", 300),
    "mail invitations": ("people.send_invitations", 60),
    "measure recalibrations": ("people.measure_recalibrations", 3600),
    "suggest recalibrations": ("people.suggest_recalibrations", 4 * 3600),
    "tell the news": ("delivery.tell_news", 300),
    "send what is due": ("delivery.send_due", 300),
    "send webhooks": ("webhooks.send_webhooks", 30),
    "end challenges": ("challenges.end_challenges", 300),
    "close the months that are due": ("months.close_due_months", 300),
    "erase who asked for it": ("privacy.erase_due", 3600),
    "forget sessions that ended": ("people.forget_sessions", 24 * 3600),
    "delete what is old": ("privacy.delete_what_is_old", 24 * 3600),
    "go on with imports": ("imports.continue_imports", 60),
    "back up": ("backups.back_up", 24 * 3600),
    "try out the newest backup": ("backups.try_backup", 24 * 3600),
    "check all standings": ("ranking.check_standings", 24 * 3600),
}
"""Only sweeps: what is due stands in the database, so that two clocks do no harm, and a missed turn neither."""


class Turns(TypedDict):
    """When a task is started, as Celery's clock reads it."""

    task: str
    schedule: int
    options: dict[str, int]


BEAT: dict[str, Turns] = {
    name: {"task": f"teams.tasks.{task}", "schedule": seconds, "options": {"expires": min(seconds, 3600)}}
    for name, (task, seconds) in JOBS.items()
}
