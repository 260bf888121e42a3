"""Whole addresses of pages, for what leaves the site."""

from django.conf import settings
from django.urls import reverse


def site_url(page: str, *arguments: object) -> str:
    """The address of a page as people outside see it."""
    return f"{settings.SITE_URL}{reverse(page, args=arguments)}"
