"""Whom an import added to the team."""

from datetime import datetime

from django.db.models import QuerySet

from teams.models import Import, ImportPerson, ImportState


def added_by(upload: Import) -> QuerySet[ImportPerson]:
    """Those whom it added and who are still there, each with the address that the file had, if any; by name."""
    added = upload.people.filter(was_added=True, member__isnull=False)
    return added.select_related("member__invitation").order_by("member__name__alphabetical", "pk")


def forget_addresses(stored_before: datetime) -> int:
    """Drop the addresses that were kept for invitations; how many."""
    old = ImportPerson.objects.filter(upload__state=ImportState.DONE, upload__ended_at__lt=stored_before)
    return old.exclude(email="").update(email="")
