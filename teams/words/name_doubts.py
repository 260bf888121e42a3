"""Why an import asks who somebody in a file is, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from teams.rules.people.name_matching import Fit

DOUBTS: dict[Fit, Promise] = {
    Fit.SEVERAL: _("Several members have this name."),
    Fit.ADDRESS: _("A member has this name, but not this e-mail address."),
    Fit.OTHER: _("A member with another name has this e-mail address."),
    Fit.ALIKE: _("A member’s name is nearly the same."),
    Fit.SUMS: _("This may be a line of totals and no person."),
    Fit.TWICE: _("The file has two spellings for one member."),
    Fit.PAIR: _("The file names somebody else nearly the same, or with the same e-mail address."),
    Fit.EXTREME: _("These scores are always the highest or the lowest, so this may be no person."),
}


def why_asked(fit: str) -> str:
    """The sentence beside a name; nothing for one that an earlier release asked about."""
    return str(DOUBTS[Fit(fit)]) if fit else ""
