"""What tests are made of: `make_rep(ada_team, "Ada", total=60)`. Each maker stores what it returns."""

import os
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from teams.actions.boards.ranking import mark_member_stale, rank_stale_boards
from teams.actions.challenges import lifecycle
from teams.actions.figures import store_figures
from teams.actions.goals import store_starts
from teams.actions.imports import intake, reading
from teams.actions.messages.account_mails import deliver_account_mail, due_account_mails
from teams.actions.messages.outbox import messages, store
from teams.actions.people.invitations import invite
from teams.models import (
    ApiToken,
    Board,
    Challenge,
    Counter,
    Debt,
    Delivery,
    Display,
    Endpoint,
    Face,
    Goal,
    ImportState,
    Leave,
    Logo,
    Member,
    Membership,
    Organization,
    Recalibration,
    Settlement,
    ShareLink,
    SlackApp,
    SlackUser,
    Source,
    Submission,
    Team,
    Thanks,
    User,
    Webhook,
)
from teams.models.tokens import hashed
from teams.rules.api import Scope
from teams.rules.challenges.terms import ChallengeKind, default_winners
from teams.rules.measure import Pillar
from teams.rules.messages.webhooks import WebhookEvent, new_secret
from teams.rules.months import Month
from tests.pictures import saved, stripes

LONG_AGO = date(2020, 1, 1)


def make_organization(name="Acme", *, created_at=None, **fields):
    """An organization in $TESTS_TIME_ZONE, UTC unless the tests are run where it is another day than there."""
    zone = os.environ.get("TESTS_TIME_ZONE", "UTC")
    organization = Organization.objects.create(name=name, **{"time_zone": zone} | fields)
    if created_at:
        organization.created_at = created_at
        organization.save()
    return organization


def make_team(name="North", organization=None, **fields):
    organization = organization or Organization.objects.first() or make_organization()
    return Team.objects.create(name=name, slug=fields.pop("slug", name.lower()), organization=organization, **fields)


PASSWORD = "correct horse battery"


@cache
def hashed_password():
    """The tests' people share one."""
    return make_password(PASSWORD)


def make_user(name):
    email = name.lower().replace(" ", ".") + "@example.org"
    return User.objects.create(email=email, password=hashed_password())


def make_member(organization, name="Ada", login=True, **fields):
    user = make_user(name) if login else None
    return Member.objects.create(organization=organization, name=name, user=user, **fields)


def make_face(member):
    """A small picture of somebody."""
    member.face = "0123456789abcdef"
    member.save(update_fields=["face"])
    return Face.objects.create(member=member, large=saved(stripes(40, 40), "WEBP"), small=saved(stripes(9, 9), "WEBP"))


def make_logo(organization):
    """A small logo."""
    organization.logo = "fedcba9876543210"
    organization.save(update_fields=["logo"])
    return Logo.objects.create(organization=organization, large=saved(stripes(90, 30)), small=saved(stripes(30, 10)))


def make_rep(team, name="Ada", *, total=None, month=None, joined_on=LONG_AGO, login=True, **fields):
    """A competing member, with a reading for the month where `total` is given."""
    member = make_member(team.organization, name, login, **fields)
    Membership.objects.create(member=member, team=team, joined_on=joined_on)
    if total is not None:
        make_submission(member, total, month=month)
    return member


def make_manager(team, name="Grace", **fields):
    member = make_member(team.organization, name, **fields)
    Membership.objects.create(member=member, team=team, role="manager", competing=False, joined_on=LONG_AGO)
    return member


def make_viewer(team, name="Vera"):
    member = make_member(team.organization, name)
    Membership.objects.create(member=member, team=team, role="viewer", competing=False, joined_on=LONG_AGO)
    return member


def make_admin(organization, name="Alan"):
    return make_member(organization, name, is_admin=True)


def make_submission(member, total, *, month=None, taken_on=None, pillars=None, **fields):
    """A stored reading whose boards are marked stale; by default the month's first day, this month."""
    month = month or Month.of(taken_on or member.organization.today())
    pillars = pillars or dict(zip(Pillar, split(total), strict=True))
    submission = Submission.objects.create(
        member=member,
        month=month,
        taken_on=taken_on or month.first_day,
        total=total,
        typed_by=fields.pop("typed_by", member),
        source=fields.pop("source", Source.TYPED),
        **pillars,
        **fields,
    )
    mark_member_stale(member, month)
    return submission


def split(total):
    """Four pillars that add up to the total."""
    quarter = Decimal(total) / 4
    return [quarter, quarter, quarter, quarter]


def make_invited(team, by, name="Jane"):
    """A viewer whom `by` has invited to choose a password."""
    member = make_member(team.organization, name, login=False)
    Membership.objects.create(member=member, team=team, role="viewer", competing=False, joined_on=LONG_AGO)
    invite(member, f"{name.lower()}@example.org", by, timezone.now())
    return member


def make_recalibration(organization, day=LONG_AGO, **fields):
    return Recalibration.objects.create(organization=organization, day=day, **fields)


def make_counter(team, by, figures, month=None, name="Meetings", **fields):
    """Something the team counts, with the figures of a month by member; by default this month's."""
    counter = Counter.objects.create(team=team, name=name, **fields)
    month = month or this_month(team.organization)
    cells = {(member.pk, month): Decimal(str(value)) for member, value in figures.items()}
    store_figures(counter, cells, by)
    return counter


def make_leave(member, starts_on, ends_on):
    return Leave.objects.create(member=member, starts_on=starts_on, ends_on=ends_on)


def make_goal(owner, target, *, by=None, kind=None, started_on=None, due_on=None, **fields):
    """A stored goal of a team or a member, looked at by nobody yet; by default from 30 days ago to in 30 days."""
    whose = {"team": owner, "kind": kind or "mean"} if isinstance(owner, Team) else {"member": owner, "kind": "score"}
    today = owner.organization.today()
    goal = Goal.objects.create(
        target=target,
        started_on=started_on or today - timedelta(days=30),
        due_on=due_on or today + timedelta(days=30),
        made_by=by or Member.objects.filter(organization=owner.organization).first(),
        checked_at=fields.pop("checked_at", datetime(2020, 1, 1, tzinfo=UTC)),
        **whose,
        **fields,
    )
    store_starts([goal])
    return goal


def make_chat(team, service="slack", url="https://127.0.0.1:1/secret"):
    """A chat where nobody listens."""
    return Webhook.objects.create(team=team, service=service, url=url)


def make_endpoint(team, owner, url="https://127.0.0.1:1/hook", **fields):
    """Somebody's program, where nobody listens, that is told everything."""
    stored = {"secret": new_secret(b"x" * 32), "events": [event.value for event in WebhookEvent]}
    whose = {"organization": team.organization, "team": team, "member": owner}
    return Endpoint.objects.create(url=url, **{**whose, **stored, **fields})


def make_told(endpoint, state="failed"):
    """What an endpoint was told, or should have been."""
    told = {"type": "month.closed", "timestamp": timezone.now().isoformat(), "data": {"team": endpoint.team.slug}}
    return Delivery.objects.create(
        team=endpoint.team, endpoint=endpoint, kind="webhook", subject="month.closed 1", notice=told, state=state
    )


def make_api_token(member, secret="x" * 43):
    """A token that may do all that its member may."""
    ends = timezone.now() + timedelta(days=30)
    return ApiToken.objects.create(
        member=member, name="Program", token_hash=hashed(secret), scopes=list(Scope), expires_at=ends
    )


def make_share_link(team, by, name="Intranet", *, token="x" * 43, **fields):
    """A share link that opens for a month: the end of its address is the token."""
    fields = {"expires_at": timezone.now() + timedelta(days=30)} | fields
    return ShareLink.objects.create(team=team, made_by=by, name=name, token_hash=hashed(token), **fields)


def make_slack_user(member, secret="0123456789abcdef" * 2):
    """Somebody in Slack, and the company's app there, whose signing secret is this one."""
    app, _is_new = SlackApp.objects.get_or_create(organization=member.organization, defaults={"signing_secret": secret})
    return SlackUser.objects.create(app=app, workspace="T1", slack_user="U1", name="in.slack", member=member)


def make_display(team, by, name="Kitchen", *, token="x" * 43, **fields):
    """A wall screen that is paired: the cookie of the screen is the token."""
    fields = {"paired_at": timezone.now()} | fields
    return Display.objects.create(team=team, name=name, created_by=by, token_hash=hashed(token), **fields)


def dark_hours(organization):
    """The hours of a display that is dimmed now, and for hours."""
    hour = organization.local(timezone.now()).hour
    return {"bright_from": (hour + 3) % 24, "bright_until": (hour + 4) % 24}


def make_delivery(member, kind="reminder", subject="2026-11 -5", **fields):
    return Delivery.objects.create(
        member=member, team=member.memberships.first().team, kind=kind, subject=subject, **fields
    )


def notify(team, members, kind, subject, written):
    """A message to each member, to be sent at once."""
    store(messages([Delivery(team=team, member=member) for member in members], kind, subject, written))


def notify_chats(team, kind, subject, written):
    """A post to each chat of the team, to be sent at once."""
    store(messages([Delivery(team=team, webhook=chat) for chat in team.webhooks.active()], kind, subject, written))


def mail_accounts():
    """Have a worker hand over what logins have to tell."""
    for mail in due_account_mails(timezone.now()):
        deliver_account_mail(mail, timezone.now())


def make_import(team, by, text=None):
    """An import that was read and waits for an answer; by default of one new score of somebody unknown."""
    month = this_month(team.organization)
    text = text or f"Name,{month}\nIda,55\nAda,62\nBen,forty\n"
    upload = intake.receive(team, by, "scores.csv", text.encode())
    reading.read(upload.pk)
    upload.refresh_from_db()
    return upload


def make_stored_import(team, by, added):
    """An import that was stored, and that added somebody."""
    upload = team.imports.create(by=by, file_name="scores.csv", state=ImportState.DONE, ended_at=timezone.now())
    upload.people.create(key=added.name, name=added.name, member=added, was_added=True)
    return upload


def this_month(organization):
    return Month.of(organization.today())


def ranked_board(team, month=None):
    """The team's board after a worker has ranked it."""
    rank_stale_boards()
    return Board.objects.get(team=team, month=month or this_month(team.organization))


def places(board):
    """What the board shows, as (rank, name, total)."""
    rows = board.standings.select_related("member")
    return [(row.rank, row.member.name, row.total) for row in rows]


def days_ago(organization, count):
    return organization.today() - timedelta(days=count)


def make_challenge(team, maker, *, kind="gain", points=5, days=20, opponent=None, now=None, **fields):
    """A sent challenge of a team, from today on; by default "gain 5 points", without a stake."""
    today = team.organization.today()
    winners, count = default_winners(ChallengeKind(kind), is_duel=opponent is not None)
    challenge = Challenge(
        organization=team.organization,
        maker=maker,
        kind=kind,
        is_duel=opponent is not None,
        **{
            "title": "Plus five",
            "points": points if kind in ("gain", "reach") else None,
            "starts_on": today,
            "ends_on": today + timedelta(days=days),
            "winners": winners,
            "winner_count": count,
            **fields,
        },
    )
    lifecycle.make(challenge, [team], opponent)
    return lifecycle.send(challenge, now or timezone.now())


def make_debt(team, debtor, creditor, stake="coffee"):
    """What is owed from a challenge that was settled two months ago."""
    ended = days_ago(team.organization, 60)
    challenge = Challenge.objects.create(
        organization=team.organization, maker=debtor, title="Last time", kind="improved", winners="top", winner_count=1,
        starts_on=ended, ends_on=ended, stake_kind="on_me", stake=stake,
        sent_at=timezone.now(), settled_at=timezone.now(),
    )  # fmt: skip
    challenge.teams.add(team)
    settlement = Settlement.objects.create(challenge=challenge, number=1, read_until=timezone.now())
    return Debt.objects.create(settlement=settlement, debtor=debtor, creditor=creditor)


def make_thanks(giver, receiver, text="for the intro", *, on_board=True, given_at=None):
    """What one of a team said to another; on its board by default."""
    team = giver.memberships.get().team
    at = given_at or timezone.now()
    return Thanks.objects.create(
        giver=giver, receiver=receiver, team=team, text=text, given_at=at, agreed_at=at if on_board else None
    )


def accept(challenge, *members):
    """Each of them comes in now."""
    for member in members:
        lifecycle.answer(challenge.entries.get(member=member), member, timezone.now(), accepts=True)
