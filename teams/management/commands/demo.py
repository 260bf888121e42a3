"""`manage.py demo`: an empty site is filled with the demo, an old demo is brought up to today."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from teams.actions.demo.site import fill_demo
from teams.rules.errors import Refused


class Command(BaseCommand):
    help = "Fills an empty site with the demo, or brings it up to today, and prints its sign-ins."
    requires_system_checks = ()  # every start calls this: it should be quick

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            sign_ins = fill_demo(timezone.now())
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        for email, password in sign_ins:
            self.stdout.write(f"{email}  {password}")
