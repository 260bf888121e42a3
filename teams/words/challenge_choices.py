"""What may be chosen where a challenge is made, as its form says it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from teams.rules.challenges.terms import TOTAL, ChallengeKind, StakeKind, Winners
from teams.words.measure import PILLAR_NAMES
from teams.words.translation import Words

Choices = list[tuple[str, Words]]

KINDS: Choices = [
    (ChallengeKind.GAIN, pgettext_lazy("challenge", "Gain")),
    (ChallengeKind.REACH, pgettext_lazy("challenge", "Reach")),
    (ChallengeKind.IMPROVED, _("Most improved")),
    (ChallengeKind.HIGHEST, _("Highest")),
    (ChallengeKind.TEAMS, _("Team against team")),
]
FIGURES: Choices = [(TOTAL, _("The score")), *PILLAR_NAMES.items()]
WINNERS: Choices = [
    (Winners.EVERYONE, _("Everyone who makes it")),
    (Winners.TOP, _("The best, ties included")),
    (Winners.FIRST, _("The first to make it")),
]
STAKES: Choices = [
    (StakeKind.NONE, _("Nothing, for the fun of it")),
    (StakeKind.ON_ME, _("On me: I owe each winner")),
    (StakeKind.LOSER, _("The loser owes the winner")),
    (StakeKind.PRIZE, _("A prize that I give")),
]
