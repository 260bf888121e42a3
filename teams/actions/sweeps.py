"""Noting that a job of the clock ended well."""

from datetime import datetime

from teams.models import Sweep


def last_end(name: str) -> datetime | None:
    """When it last ended well, if ever."""
    return Sweep.objects.filter(name=name).values_list("ended_at", flat=True).first()


def note_end(name: str, now: datetime) -> None:
    """Remember when it ended; one statement."""
    Sweep.objects.bulk_create(
        [Sweep(name=name, ended_at=now)],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["ended_at"],
    )
