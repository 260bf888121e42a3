"""`manage.py populate`: an empty site is filled with as many made-up people as one asks for."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from teams.actions.demo.populate import Size, populate
from teams.rules.errors import Refused


class Command(BaseCommand):
    help = "Fills an empty site with made-up people in teams of 25, to see how fast it is, and prints sign-ins."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--reps", type=int, default=1_000, help="how many people compete")
        parser.add_argument("--organizations", type=int, default=1, help="how many companies they are shared out to")
        parser.add_argument("--months", type=int, default=3, help="how many months, up to this one, they submitted for")
        parser.add_argument("--seed", type=int, default=1, help="another one makes other figures")

    def handle(self, *args: Any, **options: Any) -> None:
        size = Size(options["reps"], options["organizations"], options["months"], options["seed"])
        if min(size[:3]) < 1 or size.reps < size.organizations:
            raise CommandError("At least one month, and one rep for each organization.")
        try:
            sign_ins = populate(size, timezone.now(), self.stderr.write)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        for email, password in sign_ins:
            self.stdout.write(f"{email}  {password}")
