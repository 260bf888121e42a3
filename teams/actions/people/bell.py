"""Reading the bell."""

from datetime import datetime

from teams.models import Member


def read_bell(member: Member, now: datetime) -> None:
    """Whatever waits for a member until now is new no more; it goes on waiting."""
    Member.objects.filter(pk=member.pk).update(bell_read_at=now)
