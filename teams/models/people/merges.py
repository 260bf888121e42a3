"""Two members who were one person, put together; and what it takes to take them apart again."""

from typing import Self

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone

from teams.models.people.members import Member
from teams.models.people.memberships import Membership
from teams.models.people.teams import Team
from teams.models.people.users import User


class MergeQuerySet(models.QuerySet["Merge"]):
    """Merges of two members, which can be taken back for 30 days."""

    def reversible_by(self, user: User) -> Self:
        """Those that somebody may take back: who manages every team to which something goes back, or an admin.

        Where the login goes back too, they manage that of whoever loses it.
        """
        merges = list(self)
        if not merges:
            return self.none()
        kept = Member.objects.filter(pk__in=[merge.kept_id for merge in merges])
        managed = set(Team.objects.managed_by(user).values_list("pk", flat=True))
        logins = set(kept.login_managed_by(user).values_list("pk", flat=True))
        administered = set(kept.administered_by(user).values_list("pk", flat=True))
        reversible = [
            merge.pk
            for merge in merges
            if merge.kept_id in administered
            or (merge.team_ids and merge.team_ids <= managed and (not merge.takes_login or merge.kept_id in logins))
        ]
        return self.filter(pk__in=reversible)


class Merge(models.Model):
    """`gone` became `kept`. `moved` has ids and days: what moved, and what changed with it."""

    kept = models.ForeignKey(Member, models.CASCADE, related_name="merges")
    gone = models.OneToOneField(Member, models.CASCADE, related_name="merged_as")
    by = models.ForeignKey(Member, models.RESTRICT, related_name="+", db_index=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    moved = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    objects = MergeQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.gone} is {self.kept}"

    @property
    def team_ids(self) -> set[int]:
        """The teams to which something goes back, or in which days are narrowed."""
        changed = [*self.moved["rows"]["memberships"], *(pk for pk, _joined_on, _left_on in self.moved["widened"])]
        teams = Membership.objects.filter(pk__in=changed).values_list("team", flat=True)
        return {*teams, *(values["team_id"] for values in self.moved["dropped"])}

    @property
    def takes_login(self) -> bool:
        """Whether `kept` signs in with `gone`'s login, which goes back with the rest."""
        return self.moved["login"] in ("moved", "opened")
