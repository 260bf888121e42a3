"""`manage.py try_backup`: whether the newest backup can be restored, the one off-site where they are copied."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from leaderboard import backups, offsite


class Command(BaseCommand):
    help = "Restores the newest backup into a scratch database, compares its rows, and drops it."

    def handle(self, **options: object) -> None:
        folder = backups.own_folder()
        try:
            rows = _try(folder)
        except backups.Unusable as error:
            raise CommandError(str(error)) from error
        said = f"{sum(rows.values()):,} rows in {len(rows)} tables, all there." if rows else "There is no backup yet."
        self.stdout.write(said)


def _try(folder: Path) -> dict[str, int] | None:
    """The rows of each table of the newest backup; None where there is none yet."""
    if settings.OFFSITE:
        return offsite.try_newest(folder)
    files = backups.backups(folder)
    return backups.verify(files[-1]) if files else None
