"""The demo: made on an empty site, brought up to date at every start, removed for a team of one's own."""

from datetime import datetime
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import identify_hasher, make_password
from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from teams.actions.demo.audit import fill_audit
from teams.actions.demo.challenges import fill_challenges
from teams.actions.demo.figures import fill_figures
from teams.actions.demo.goals import fill_goals
from teams.actions.demo.months import fill_months, first_month
from teams.actions.demo.people import COMPANIES, SIGN_INS, Company, Person
from teams.actions.demo.reminders import fill_reminders
from teams.actions.demo.thanks import fill_thanks
from teams.actions.privacy.append_only import erasing
from teams.models import (
    Board,
    Confirmation,
    Display,
    Import,
    Member,
    Membership,
    Organization,
    Plan,
    Submission,
    Team,
    User,
    Withdrawal,
)
from teams.rules.errors import Refused
from teams.rules.months import Month
from teams.rules.people.passwords import passphrase

# ruff: noqa: S311 - nothing that Random decides is secret

SALES_NAVIGATOR_SHARE = 0.4
LONGEST_IN_TEAM = 40
"""Months for which the most senior have been in their team when the demo begins."""


class SignIn(NamedTuple):
    """How one signs in as somebody of the demo."""

    email: str
    password: str


@transaction.atomic
def fill_demo(now: datetime) -> list[SignIn]:
    """Make the demo where there is no organization yet, or bring it up to today; its sign-ins, if any.

    Refused where the demo is switched off.
    """
    if not settings.DEMO:
        raise Refused("The demo is switched off. Set DEMO=1 where only this machine can reach the site.")
    with connection.cursor() as cursor:  # nobody else makes an organization in the meantime
        cursor.execute("LOCK TABLE teams_organization IN SHARE ROW EXCLUSIVE MODE")
    if not Organization.objects.exists():
        for company in COMPANIES:
            _found(company, now)
    for organization in Organization.objects.filter(is_demo=True):
        fill_months(organization, now)
        fill_figures(organization, now)
        fill_goals(organization, now)
        fill_challenges(organization, now)
        fill_reminders(organization, now)
        fill_thanks(organization, now)
        fill_audit(organization, now)
    return _sign_ins()


def remove_demo() -> None:
    """Delete the demo's organizations with everything and everybody in them; nothing where there are none."""
    demo = Organization.objects.filter(is_demo=True)
    members = list(Member.objects.filter(organization__in=demo).values_list("pk", flat=True))
    submissions = Submission.objects.filter(member__in=members)
    with erasing():
        Board.objects.filter(team__organization__in=demo).delete()
        Display.objects.filter(team__organization__in=demo).delete()
        Import.objects.filter(team__organization__in=demo).delete()
        Confirmation.objects.filter(submission__in=submissions).delete()
        Withdrawal.objects.filter(submission__in=submissions).delete()
        submissions.exclude(replaces=None).update(replaces=None)
        submissions.delete()
        User.objects.filter(member__organization__in=demo).delete()
        demo.delete()


def _found(company: Company, now: datetime) -> None:
    """An organization with its teams and people, and no readings yet."""
    organization = Organization.objects.create(name=company.name, time_zone=company.time_zone, is_demo=True)
    first = first_month(now.astimezone(ZoneInfo(company.time_zone)).date())
    members = {person.name: _member(organization, person, first) for squad in company.squads for person in squad.people}
    Member.objects.bulk_create(members.values())
    for squad in company.squads:
        team = Team.objects.create(organization=organization, name=squad.name, slug=squad.slug)
        Membership.objects.bulk_create(
            _membership(team, members[person.name], person, first) for person in squad.people
        )


def _member(organization: Organization, person: Person, first: Month) -> Member:
    has_navigator = Random(person.name).random() < SALES_NAVIGATOR_SHARE
    return Member(
        organization=organization,
        user=_user(person.email) if person.email else None,
        name=person.name,
        is_admin=person.is_admin,
        plan=Plan.SALES_NAVIGATOR if has_navigator else Plan.FREE,
        no_access_since=(first + person.loses_access).first_day if person.loses_access else None,
    )


def _membership(team: Team, member: Member, person: Person, first: Month) -> Membership:
    """From the first day of a month; those who are there from the start joined some time before."""
    earlier = 0 if person.joined else Random(person.name).randint(1, LONGEST_IN_TEAM)
    return Membership(
        team=team,
        member=member,
        role=person.role,
        competing=person.competing,
        joined_on=(first + person.joined - earlier).first_day,
        left_on=None if person.left is None else (first + person.left).first_day,
    )


def _user(email: str) -> User:
    user = User.objects.create(email=email, password=_hash(email))
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def _sign_ins() -> list[SignIn]:
    """The demo's sign-ins that exist; where a password or the secret key was changed, it is set again."""
    addresses = [person.email for person in SIGN_INS if person.email]
    users = User.objects.filter(member__organization__is_demo=True).in_bulk(addresses, field_name="email")
    for user in users.values():
        if not _is_ours(user):
            user.password = _hash(user.email)
            user.save(update_fields=["password"])
    return [SignIn(email, _password(email)) for email in addresses if email in users]


def _is_ours(user: User) -> bool:
    """Whether the password is the one we print. Its salt tells: to check five passwords takes a second."""
    if not user.has_usable_password():
        return False
    return bool(identify_hasher(user.password).decode(user.password)["salt"] == _salt(user.email))


def _hash(email: str) -> str:
    return make_password(_password(email), _salt(email))


def _salt(email: str) -> str:
    return salted_hmac("teams.demo.salt", email, algorithm="sha256").hexdigest()[:22]


def _password(email: str) -> str:
    """Made from the site's secret key, so that every start can print it and nothing stores it."""
    return passphrase(salted_hmac("teams.demo.password", email, algorithm="sha256").digest())
