"""Every page that a browser shows, by who may open it: the addresses of test_access.py, their tabs, and the sign-in."""

from tests.pages.every.test_access import PAGES, address

FOR_MACHINES = {"manifest", "service_worker", "metrics", "healthz", "readyz"}
NOT_PAGES = {
    "own_part", "board_csv", "certificate_picture", "face", "logo", "news", "ranking", "display", "display_check",
    "display_worker",
    *FOR_MACHINES,
}  # fmt: skip
"""Fragments, files, what machines ask for; and what a screen opens, which is dark and for nobody to touch."""
TABS = {"board": ["improved", "brand", "sales_navigator"], "organization": ["teams"]}
OF_ACCOUNTS = [
    "/accounts/password/change/",
    "/accounts/logout/",
    "/accounts/second-factor/",
    "/accounts/second-factor/webauthn/",
    "/accounts/sessions/",
    "/accounts/reauthenticate/",
    "/no-such-page/",
]
ONCE_CONFIRMED = [
    "/accounts/second-factor/totp/activate/",
    "/accounts/second-factor/webauthn/add/",
]
"""Pages of the account that open to whoever has just typed their password again."""
WITH_A_FACTOR = [
    "/accounts/second-factor/",
    "/accounts/second-factor/reauthenticate/",
    "/accounts/second-factor/totp/deactivate/",
    "/accounts/second-factor/recovery-codes/",
    "/accounts/second-factor/recovery-codes/generate/",
]
"""Those of somebody who has set a second factor up, confirmed as well."""
FOR_STRANGERS = [
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-wrong/",
    "/accounts/inactive/",
    "/accounts/cancelled/",
    "/accounts/error/",
    "/help/",
    "/theme/",
    "/offline/",
    "/offline/kept/",
    "/no-such-page/",
]


def pages_of(who, world, names=PAGES):
    """The addresses that somebody of the world may ask for, of all or of some names; some only take a form."""
    pages = [
        address(name, arguments, world) + query
        for name, (arguments, allowed) in PAGES.items()
        if name in names and who in allowed and name not in NOT_PAGES
        for query in ["", *(f"?by={tab}" for tab in TABS.get(name, []))]
    ]
    return pages + OF_ACCOUNTS * (names is PAGES)


BEFORE = {"vera": "ada", "grace": "ada", "alan": "grace"}
"""Who has seen most of what somebody may open."""
SEES_MORE = {"today", "board", "rep", "challenge"}
"""What a manager sees another way than a rep."""


def new_pages_of(who, world):
    """Those of their addresses that nobody before them may open or sees the same way: all of Ada's, less of Grace's."""
    seen = pages_of(BEFORE[who], world) if who in BEFORE else []
    again = pages_of(who, world, SEES_MORE) if who == "grace" else []
    return sorted({*pages_of(who, world)} - {*seen} | {*again})
