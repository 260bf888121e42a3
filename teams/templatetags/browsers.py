"""What a browser calls itself, in words."""

import re

from django import template
from django.utils.translation import gettext as _

BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "FxiOS": "Firefox", "Chrome": "Chrome"}
BROWSERS |= {"CriOS": "Chrome", "Safari": "Safari"}
SYSTEMS = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Mac OS": "Mac"}
SYSTEMS |= {"CrOS": "ChromeOS", "Linux": "Linux"}
"""By the word that gives each away; the first that fits counts, for each names its forebears too."""

ENGINE = re.compile(r"(Chrome|Firefox)/(\d{1,4})")
LONGEST = 200

register = template.Library()


@register.filter
def browser(user_agent: str) -> str:
    """`Firefox on Linux`, from the line that a browser sends with each request."""
    names = {word: name for word, name in BROWSERS.items() if f"{word}/" in user_agent}
    systems = [name for word, name in SYSTEMS.items() if word in user_agent]
    name = next(iter(names.values()), _("A browser"))
    return _("%(browser)s on %(system)s") % {"browser": name, "system": systems[0]} if systems else name


@register.filter
def engine(user_agent: str) -> str:
    """`Chrome 64`, from the same line; the line itself where it is of neither Chrome nor Firefox."""
    match = ENGINE.search(user_agent)
    return " ".join(match.groups()) if match else user_agent[:LONGEST]
