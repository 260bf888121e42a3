"""The manifest of an organization's own app in Slack, and the address that it asks."""

import json

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from teams.actions.messages.addresses import site_url
from teams.models import Organization

_SIGNER = Signer(salt="slack", sep=".")


def address_of(organization: Organization) -> str:
    """The end of the address that answers the organization's command; nobody else makes one up."""
    return _SIGNER.sign(str(organization.pk))


def organization_of(address: str) -> int | None:
    """The id of the organization whose address it is; None for one that we did not make. No query."""
    try:
        return int(_SIGNER.unsign(address))
    except (BadSignature, ValueError):
        return None


def manifest(organization: Organization) -> str:
    """What “From a manifest” in Slack takes, as JSON."""
    command = {
        "command": "/ssi",
        "url": site_url("slack_command", address_of(organization)),
        "description": _("Submit your score, or see the board"),
        "usage_hint": _("63  ·  63 21 6.4 10.3 25  ·  board"),
        "should_escape": False,
    }
    written = {
        "display_information": {"name": "Leaderboard", "description": _("The scoreboard of your sales team")},
        "features": {"slash_commands": [command]},
        "oauth_config": {"scopes": {"bot": ["commands"]}},
        "settings": {"org_deploy_enabled": False, "socket_mode_enabled": False, "token_rotation_enabled": False},
    }
    return json.dumps(written, indent=2, ensure_ascii=False)
