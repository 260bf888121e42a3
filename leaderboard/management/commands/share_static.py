"""`manage.py share_static`: this release's static files for those before and after it."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from leaderboard.static_releases import share


class Command(BaseCommand):
    help = "Puts the static files where other releases find them (STATIC_RELEASES); nothing where that is not set."
    requires_system_checks = ()

    def handle(self, **options: object) -> None:
        if settings.STATIC_RELEASES:
            share(Path(settings.STATIC_ROOT), Path(settings.STATIC_RELEASES), timezone.now())
