"""The first run: an empty site, or one with the demo, becomes somebody's own."""

from django.db import connection, transaction
from django.utils.translation import gettext as _

from teams.actions.demo.site import remove_demo
from teams.actions.people.members import start_organization
from teams.models import Member, Organization, User
from teams.rules.errors import Refused


@transaction.atomic
def start_site(**answers: str) -> User:
    """Remove the demo and make the first organization; its first person. Refused where somebody was faster."""
    with connection.cursor() as cursor:  # a second click waits here, and so does a stranger
        cursor.execute("LOCK TABLE teams_organization IN SHARE ROW EXCLUSIVE MODE")
    if Organization.objects.filter(is_demo=False).exists():
        raise Refused(_("This site has its company already. Sign in."))
    remove_demo()
    return start_organization(**answers)


def hide_first_steps(member: Member) -> None:
    """Show no first steps on this member's Today any more; others keep theirs."""
    Member.objects.filter(pk=member.pk).update(put_first_steps_away=True)
