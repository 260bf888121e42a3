"""`manage.py settle --as-of 2026-12-03`: ends the challenges that are due by the end of a day."""

from argparse import ArgumentParser
from datetime import UTC, date, datetime, time
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from teams.actions.challenges import settling


class Command(BaseCommand):
    help = "Ends the challenges that are due: now, or by the end of a day (UTC)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD")

    def handle(self, **options: Any) -> None:
        day = options["as_of"]
        now = datetime.combine(day, time.max, UTC) if day else timezone.now()
        ended = settling.expire_duels(now) + settling.void_due(now)
        settled = settling.settle_due(now)
        self.stdout.write(f"{len(settled)} settled, {len(ended)} void.")
