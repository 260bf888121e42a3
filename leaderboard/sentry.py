"""Faults to Sentry. Only where that is wanted is this loaded: it costs every start a seventh of a second."""

import sentry_sdk

from leaderboard.logs import event_without_secrets


def report_faults(dsn: str, release: str) -> None:
    """Send faults to Sentry, without names, addresses or what people typed."""
    sentry_sdk.init(
        dsn,
        release=release,
        send_default_pii=False,
        max_request_body_size="never",
        include_local_variables=False,  # they hold whatever the page was about
        max_breadcrumbs=0,  # so do the addresses that were asked before
        before_send=event_without_secrets,
    )
