"""Faces: a picture, or letters on a colour. No queries: whoever names somebody has read what it takes."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from teams.models import Member
from teams.queries.boards.table import Rep
from teams.queries.today.figures import Person
from teams.rules.people.faces import monogram, tone
from teams.rules.people.names import FormerMember
from teams.rules.visibility import initials, short_name
from teams.templatetags.cached_tags import part

register = template.Library()


@register.simple_tag
def face(person: Member | Rep | Person, size: str = "") -> SafeString:
    """The face of a member, to stand beside the name: as high as a line, or `large`."""
    return face_of(person.pk, person.name, person.face, size)


@register.simple_tag
def wall_face(person: Member | Rep, name: str) -> SafeString:
    """The face beside the name that a wall may show: a picture only beside the whole name."""
    return _on_wall(person.pk, name, person.face if name == person.name else "")


@register.filter
def lengths(name: str) -> str:
    """A name as it is, shorter, and as initials, a line each: a wall takes the first that fits."""
    return "\n".join([name, short_name(name), initials(name)])


@part(register, "parts/face.html")
def _on_wall(member: int, name: str, digest: str) -> dict[str, Any]:
    return _drawn(member, name, digest) | {"route": "wall_face", "size": "large"}


@part(register, "parts/face.html")
def face_of(member: int, name: str, digest: str, size: str = "") -> dict[str, Any]:
    """The same of somebody of whom only the id, the name and the digest of the picture are known."""
    return _drawn(member, name, digest) | {"route": "face", "size": size}


def _drawn(member: int, name: str, digest: str) -> dict[str, Any]:
    is_former = isinstance(name, FormerMember)
    return {
        "member": member,
        "digest": digest,
        "letters": "" if is_former else monogram(name),
        "tone": "none" if is_former else tone(member),
    }
