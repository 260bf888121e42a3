"""Where else people may sign in (OpenID Connect): what django-allauth is told, from what the environment says."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

EVERYBODYS = ("", "common", "organizations", "consumers")
"""Microsoft's tenants in which anybody's administrator may write any address."""


def known(
    google: tuple[str, str],
    linkedin: tuple[str, str],
    microsoft: tuple[str, str, str, list[str]],
    company: tuple[str, str, str, str, list[str]],
) -> dict[str, Any]:
    """`SOCIALACCOUNT_PROVIDERS`: of each that has a client id there; ImproperlyConfigured where one is not safe.

    Each is (client id, secret, …): Microsoft's tenant, the company's address and name; and domains whose addresses
    are believed although the provider does not say that it checked them.
    """
    tenant, (address, name) = microsoft[2], company[2:4]
    if microsoft[0] and tenant in EVERYBODYS:
        raise ImproperlyConfigured("MICROSOFT_TENANT must be your own: others' administrators write what they like.")
    if company[0] and not address.startswith("https://"):
        raise ImproperlyConfigured("OIDC_URL must begin with https://: who signs in is taken from its word.")
    apps = [
        _app("google", "Google", "https://accounts.google.com", google),
        _app("microsoft", "Microsoft", f"https://login.microsoftonline.com/{tenant}/v2.0", microsoft),
        _app("linkedin", "LinkedIn", "https://www.linkedin.com/oauth", linkedin),
        _app("company", name, address, company),
    ]
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app for app in apps if app["client_id"]]}}


def _app(key: str, name: str, url: str, told: tuple) -> dict[str, Any]:
    """One provider: its name in addresses, its name for people, where it is, and what we were told."""
    domains = told[-1] if isinstance(told[-1], list) else []
    settings = {"server_url": url, "verified_email": domains}
    return {"provider_id": key, "name": name, "client_id": told[0], "secret": told[1], "settings": settings}
