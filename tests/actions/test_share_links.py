"""Share links: what each opens, for how long, and what ends it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from teams.actions import share_links
from teams.actions.people.memberships import deactivate
from teams.actions.privacy import erasures
from teams.forms.share_links import HostsField
from teams.models import AuditEntry, ShareLink
from teams.models.tokens import hashed
from teams.rules.sharing import frame_ancestors, host_of
from tests.makers import make_admin, make_manager, make_rep, make_share_link, make_team

pytestmark = pytest.mark.django_db


@pytest.fixture
def team():
    return make_team()


@pytest.fixture
def grace(team):
    return make_manager(team)


@pytest.fixture
def now():
    return timezone.now()


def usable(now):
    return list(ShareLink.objects.usable(now))


def test_only_the_hash_of_an_address_is_kept(team, grace, now):
    link, token = share_links.make_share_link(team, grace, "Intranet", shows_standings=True, days=30, now=now)

    assert (link.token_hash, len(token)) == (hashed(token), 43)
    assert list(ShareLink.objects.holding(token)) == [link]


def test_it_opens_until_its_days_are_over(team, grace, now):
    link, _ = share_links.make_share_link(team, grace, "Intranet", shows_standings=True, days=30, now=now)

    assert usable(now + timedelta(days=30, seconds=-1)) == [link]
    assert usable(now + timedelta(days=30)) == []


def test_a_new_address_kills_the_old_one_and_lives_as_long_from_now_on(team, grace, now):
    link, old = share_links.make_share_link(team, grace, "Intranet", shows_standings=True, days=7, now=now)
    later = now + timedelta(days=9)

    new = share_links.renew_share_link(link, grace, later)

    assert (usable(later + timedelta(days=6)), usable(later + timedelta(days=7))) == ([link], [])
    assert (ShareLink.objects.holding(old).count(), ShareLink.objects.holding(new).count()) == (0, 1)


def test_what_was_ended_opens_nothing_until_it_gets_a_new_address(team, grace, now):
    link = make_share_link(team, grace)

    share_links.end_share_link(link, now, grace)
    share_links.end_share_link(link, now, grace)
    ended = usable(now)
    link.refresh_from_db()
    share_links.renew_share_link(link, grace, now)

    assert (ended, usable(now)) == ([], [link])
    acts = AuditEntry.objects.filter(act__contains="share").order_by("pk")
    assert [entry.sentence for entry in acts] == [
        "Grace ended a share link of North: Intranet.",
        "Grace gave a share link of North a new address: Intranet.",
    ]


def test_it_opens_nothing_once_whoever_made_it_no_longer_manages_the_team(team, grace, now):
    make_share_link(team, grace)

    grace.memberships.update(role="viewer")

    assert usable(now) == []


def test_an_admins_opens_until_they_are_none(team, now):
    alan = make_admin(team.organization)
    link = make_share_link(team, alan)
    before = usable(now)

    alan.is_admin = False
    alan.save()

    assert (before, usable(now)) == ([link], [])


def test_deactivating_whoever_made_it_ends_it(team, grace, now):
    hopper = make_manager(team, "Hopper")
    make_share_link(team, grace)

    deactivate(grace, hopper, team.organization.today())

    assert (usable(now), ShareLink.objects.get().ended_at is None) == ([], False)


def test_erasing_whoever_made_it_ends_it_and_takes_their_name_out_of_it(team, grace, now):
    make_manager(team, "Hopper")
    make_share_link(team, grace, "For Grace")

    erasures.ask(grace, grace, now)
    erasures.erase(grace.pk, now + timedelta(days=8))

    link = ShareLink.objects.get()
    assert (link.name, link.ended_at is None, link.made_by.name) == ("For former member", False, "Former member")


def test_only_those_of_teams_that_one_manages_are_ones_own_to_end(team, grace):
    link = make_share_link(team, grace)
    sue = make_manager(make_team("South", team.organization), "Sue")

    managed = {who.name: list(ShareLink.objects.managed_by(who.user)) for who in (grace, sue, make_rep(team))}

    assert managed == {"Grace": [link], "Sue": [], "Ada": []}


@pytest.mark.parametrize(
    ("line", "host"),
    [
        ("intranet.example.com", "intranet.example.com"),
        ("https://Intranet.Example.com/sales/board", "intranet.example.com"),
        ("intranet", "intranet"),
        ("intranet:8443", "intranet:8443"),
        ("*.example.com", None),
        ("*", None),
        ("a.example; script-src *", None),
        ("a.example b.example", None),
        ("'self'", None),
        ("data:", None),
        ("https:", None),
        ("-a.example", None),
        ("a..example", None),
        (f"{'a' * 64}.example", None),
        ("a.example:123456", None),
        ("münchen.example", None),
        ("", None),
    ],
)
def test_a_host_is_a_name_and_nothing_that_a_policy_could_read_otherwise(line, host):
    assert host_of(line) == host


def test_hosts_are_listed_one_a_line():
    field = HostsField(label="Hosts")

    hosts = field.clean(" https://a.example/x\n\nb.example:8443\nA.example ")

    assert hosts == ["a.example", "b.example:8443"]
    assert field.prepare_value(hosts) == "a.example\nb.example:8443"
    assert frame_ancestors(hosts, "https") == "frame-ancestors https://a.example https://b.example:8443"
    assert frame_ancestors([], "https") == "frame-ancestors 'none'"
