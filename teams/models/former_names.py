"""A name or an address that somebody had before, or was invited at. The database notes it when it changes or goes."""

from django.db import models

from teams.models.members import Member


class FormerName(models.Model):
    """Kept so that erasing somebody finds what others wrote of them under it, and gone with the erasure."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=254)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "name"], name="former_name_is_noted_once")]

    def __str__(self) -> str:
        return self.name
