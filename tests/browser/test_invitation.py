"""Inviting somebody and coming in by the link: two people, two browsers, a real mail in between."""

import re

from django.utils import timezone
from playwright.sync_api import expect

from teams.actions.people.invitations import deliver_invitation
from teams.models import Invitation, Member
from tests.browser.steps import sign_in
from tests.makers import make_manager, make_organization, make_team

PASSWORD = "a long enough password"


def test_a_manager_invites_somebody_who_chooses_a_password_and_is_in(live, mailbox, new_visitor):
    team = make_team("North", make_organization())
    manager = new_visitor()
    sign_in(manager, make_manager(team))

    manager.goto("/team/north/")
    manager.get_by_label("Name", exact=True).first.fill("Jane Doe")
    manager.get_by_label("E-mail").fill("jane@example.org")
    manager.get_by_role("button", name="Add to the team").click()
    expect(manager.get_by_text("An invitation is on its way to jane@example.org.")).to_be_visible()
    deliver_invitation(Invitation.objects.get().pk, timezone.now())
    (mail,) = mailbox.to("jane@example.org")
    path = re.search(r"https?://[^/\s]+(/\S+)", mail.get_body(["plain"]).get_content())[1]

    jane = new_visitor()
    jane.goto(path)
    expect(jane.get_by_role("heading", name="Welcome, Jane Doe")).to_be_visible()
    jane.get_by_label("Password").fill(PASSWORD)
    jane.get_by_role("button", name="Join").click()

    expect(jane.get_by_text("No score yet")).to_be_visible()
    assert Member.objects.get(name="Jane Doe").user.email == "jane@example.org"
    manager.reload()
    expect(
        manager.get_by_role("list", name="Members").get_by_role("listitem").filter(has_text="Jane Doe")
    ).not_to_contain_text("invited")
