"""Faces and logos: what somebody sent is made anew, stored in place of the one before, and can be removed."""

from hashlib import sha256

from django.db import transaction

from teams.actions.audit import record
from teams.actions.people.members import mark_boards_of
from teams.files import pictures
from teams.files.pictures import Sizes
from teams.models import Act, Face, Logo, Member, Organization


def set_face(member: Member, content: bytes) -> list[int]:
    """Have a picture stand for a member from now on; the boards to nudge a worker for.

    Refused where it is no picture.
    """
    sizes = pictures.face(content)
    with transaction.atomic():
        Face.objects.update_or_create(member=member, defaults=sizes._asdict())
        return _name_face(member, _digest(sizes), Act.OWN_SETTINGS)


@transaction.atomic
def remove_face(member: Member, by: Member) -> list[int]:
    """Delete a member's picture, so that initials are shown; the boards to nudge a worker for. Twice is once."""
    if not Face.objects.filter(member=member).delete()[0]:
        return []
    return _name_face(member, "", Act.OWN_SETTINGS if by == member else Act.FACE_REMOVED)


def set_logo(organization: Organization, content: bytes) -> None:
    """Have pages and mails show a picture for an organization. Refused where it is none."""
    sizes = pictures.logo(content)
    with transaction.atomic():
        Logo.objects.update_or_create(organization=organization, defaults=sizes._asdict())
        _name_logo(organization, _digest(sizes))


@transaction.atomic
def remove_logo(organization: Organization) -> None:
    """Have pages and mails show the name alone again. Twice is once."""
    if Logo.objects.filter(organization=organization).delete()[0]:
        _name_logo(organization, "")


def _name_face(member: Member, digest: str, act: Act) -> list[int]:
    member.face = digest
    member.save(update_fields=["face"])
    record(act, member if act == Act.FACE_REMOVED else None)
    return mark_boards_of(member)


def _name_logo(organization: Organization, digest: str) -> None:
    organization.logo = digest
    organization.save(update_fields=["logo"])
    record(Act.ORGANIZATION_CHANGED, organization=organization)


def _digest(sizes: Sizes) -> str:
    return sha256(sizes.large).hexdigest()[:16]
