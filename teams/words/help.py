"""The help page: what reps and managers ask, and short answers. Facts are those of docs/concepts.md and docs/ssi.md.

What stands between “ and ” is a button, a page or a word of the site, and written as there in every language.
"""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from teams.words.translation import Words


class Question(NamedTuple):
    """What somebody asks, and the answer; pages link to its key."""

    key: str
    question: Words
    answer: Words


class QuestionGroup(NamedTuple):
    """Questions under one heading."""

    key: str
    title: Words
    questions: tuple[Question, ...]


SCORE = (
    Question(
        "ssi",
        _("What does SSI measure, and what not?"),
        _(
            "LinkedIn's Social Selling Index measures how you use LinkedIn, not what you sell. It goes from 0 to 100 "
            "and is the sum of four pillars of 25 points each. LinkedIn itself says that a high score does not always "
            "go with more sales."
        ),
    ),
    Question(
        "score",
        _("Where do I find my score?"),
        _(
            "On LinkedIn's own page, linkedin.com/sales/ssi; it is free. Copy the whole page and paste it under "
            "“Submit”, choose a picture of it there, or type the number. A picture is read on your own device and "
            "never leaves it."
        ),
    ),
    Question(
        "changes",
        _("Why does my score change by itself?"),
        _(
            "LinkedIn says that it works the score out anew every day, so a point up or down comes without your doing "
            "anything. What you do shows after weeks rather than days."
        ),
    ),
    Question(
        "steady",
        _("What does “steady” mean?"),
        _(
            "Your score is at most one point away from the one before: +1, 0 or −1. Scores wobble that much by "
            "themselves. The one before is that of your latest earlier month, at most three months back."
        ),
    ),
    Question(
        "formula",
        _("LinkedIn has changed its formula. What does that mean for me?"),
        _(
            "Everybody's score jumped that day, whatever they had done. Charts mark the day, and changes across it "
            "leave out what everybody gained or lost. If you had read this month's score before, Today says “Old "
            "formula, read again”."
        ),
    ),
    Question(
        "most-to-win",
        _("What does “most to win” mean?"),
        _(
            "It is the pillar in which you are furthest behind a typical seller, or least ahead of one. That need not "
            "be your lowest number: nearly everybody is lowest in insights."
        ),
    ),
    Question(
        "access",
        _("Do I need a paid LinkedIn plan, and what if LinkedIn shows me no score?"),
        _(
            "Seeing your score is free. If LinkedIn says that you have no access, paste that page under “Submit” and "
            "choose “I have no access any more”: you are then not expected, ranked or reminded, and your history "
            "stays. We know of one account to which this happened, and of no announcement by LinkedIn."
        ),
    ),
)
PLACES = (
    Question(
        "top-quarter",
        _("What is the top quarter?"),
        _(
            "The first quarter of the places on a board: of eight people the first two. Whoever has the same score as "
            "the last of them is in it, too. It is shown from eight ranked people on."
        ),
    ),
    Question(
        "sixty-percent",
        _("Why does a board wait for 60 %?"),
        _(
            "With only a few scores in, places say little. Until 60 % of those expected have submitted, the board and "
            "the wall show the last complete month and say how many are in. Climbs, the top quarter and the ranks of "
            "teams wait for it, too."
        ),
    ),
    Question(
        "not-ranked",
        _("Why is somebody not ranked?"),
        _(
            "Only those who have submitted have a place; nobody is ranked with a zero. Whoever is missing, away or "
            "without access to a score stands apart. Whoever does not compete, such as a viewer, is not on the board."
        ),
    ),
    Question(
        "plan",
        _("What are the places by LinkedIn plan?"),
        _(
            "What somebody does in Sales Navigator feeds their score. Where both plans are on a board, a line above "
            "the table leads to the places of those who have the same one. Managers note who has which."
        ),
    ),
    Question(
        "who-sees",
        _("Who sees my place and my figures?"),
        _(
            "Your company decides: everybody sees those of others, each only their own, or nobody. A team can be "
            "stricter, and managers always see those of their teams. In a challenge all who are in see each other's "
            "readings; you are told before you join."
        ),
    ),
    Question(
        "picture",
        _("How do I get my picture beside my name?"),
        _(
            "Upload one under “My settings”; of a large one the middle is taken. It is shown to those who see your "
            "name, and on a wall only if that shows your full name. You can remove it at any time, and so can your "
            "manager. Whoever has none is shown by their initials."
        ),
    ),
    Question(
        "wall-name",
        _("Can I stay off the wall screen?"),
        _(
            "Yes. Under “My settings” you choose whether walls show your name, your initials or leave your row out. "
            "The lower half of a board is never shown on a wall. If you would rather see no places yourself, you can "
            "switch them off there, too."
        ),
    ),
    Question(
        "own-counter",
        _("What is a board of our own figures?"),
        _(
            "Your manager may let the team play for something that you count yourselves, such as meetings. You enter "
            "your own figure under “Your own figures”, as often as it grows, until the month closes. More is better, "
            "and of several figures the newest counts, whoever entered it: who changes another's says why, and all of "
            "them stay to be read. Access to LinkedIn's score is not needed."
        ),
    ),
    Question(
        "challenge",
        _("How is a challenge settled?"),
        _(
            "What you read from the first day to the last counts, if it is typed within two days after the end, or "
            "before the month is closed if that is earlier. Then the site works the result out, and it never changes "
            "by itself. If a reading is corrected later, a manager may settle again; both results stay to be seen."
        ),
    ),
    Question(
        "evidence",
        _("What is a reading with evidence?"),
        _(
            "One that you pasted as LinkedIn's whole page with its four pillars, that was read from a picture, or "
            "that a manager confirmed. Where something is played for, only such readings count, unless whoever made "
            "the challenge chose otherwise; its page says so before you join. It is a hurdle, not a proof."
        ),
    ),
)
YOU = (
    Question(
        "moments",
        _("When does my success show on the wall or in the chat?"),
        _(
            "As soon as your reading is ranked, where everybody in your team may see places: a best month two points "
            "or more above three others, a challenge that you made, a goal that you share. A best month stands there "
            "without your score. If you choose “Leave my row out” under “My settings”, nothing of yours is told."
        ),
    ),
    Question(
        "thanks",
        _("How do I thank a colleague?"),
        _(
            "Choose “Say thanks” on Today or on their page, and write one sentence, up to three times a month. "
            "Only they read it, in the bell and on Today, and if they choose “Show it on the board”, the team "
            "reads it there and on wall screens for a month. Both of you can take it down, and managers what "
            "stands on a board. Nobody counts thanks."
        ),
    ),
    Question(
        "absence",
        _("I am away at the end of the month. What do I do?"),
        _(
            "Enter your days under “My absences”, in advance or afterwards. If they cover the last five working days "
            "or most of the month, you are not expected. If you submit all the same, you are ranked."
        ),
    ),
    Question(
        "mails",
        _("How do I get fewer mails?"),
        _(
            "Choose under “What I get by mail”, or follow the link at the end of a mail, which stops that kind. "
            "Reminders stop as soon as your score is in. Mails about your sign-in always come."
        ),
    ),
    Question(
        "deletion",
        _("How do I have my personal data deleted?"),
        _(
            "Under “My data” choose “Delete my personal data”. It is done after seven days, and until then you can "
            "take it back. Scores, places and results stay without your name, as those of a “Former member”, so that "
            "closed boards stay right."
        ),
    ),
    Question(
        "operator",
        _("Who runs this site?"),
        _(
            "Your company, or somebody it has asked to; not LinkedIn. Nothing is fetched from LinkedIn: every figure "
            "here was typed, pasted or imported by somebody. With questions go to your manager or an admin of your "
            "company."
        ),
    ),
)
MANAGERS = (
    Question(
        "manager-sees",
        _("What do I see of my team?"),
        _(
            "Every reading with its day, where it came from and who typed it; places, changes, absences and the "
            "team's log. Own goals stay private until somebody shares them. Each month belongs to whoever manages the "
            "team in which the rep was on the month's last day."
        ),
    ),
    Question(
        "confirm",
        _("What does it mean to confirm a score?"),
        _(
            "You vouch that the score is right. On boards it counts without that; a challenge can be made so that "
            "only confirmed readings count. Nobody confirms their own."
        ),
    ),
    Question(
        "closing",
        _("What happens when a month closes?"),
        _(
            "At 18:00 on the third working day of the next month it becomes final: places, and who missed it, stay as "
            "they are. You may close it early, from its last day on, and open it again until that moment, with a "
            "reason."
        ),
    ),
    Question(
        "closed-month",
        _("How do I correct a closed month?"),
        _(
            "Go to that month on your team's page, choose “Amend” beside the name and give a reason. The amendment is "
            "dated, and everybody can still read how the places were before."
        ),
    ),
    Question(
        "wall",
        _("How do I get the board onto a screen?"),
        _(
            "Open this site on the screen, with /display/ at the end of the address: it shows a code of eight "
            "letters. Choose “Pair a screen” under “Wall screens” and type the code within ten minutes."
        ),
    ),
    Question(
        "play-for-it",
        _("What if LinkedIn takes its score away?"),
        _(
            "Count something of your own under “Business figures” and choose “Let the team play for it”: each rep "
            "enters their own figure, and it has a board that closes with the month. Goals, challenges and duels may "
            "be about it too. You may still type a month of everybody's or import a file."
        ),
    ),
    Question(
        "import",
        _("How do I bring in the sheet that we kept until now?"),
        _(
            "Upload it under “Import”. You see what each row would do before anything is saved, and you can take an "
            "import back until one of its months is final. Earlier months may come in any order, from as many files "
            "as you like."
        ),
    ),
    Question(
        "export",
        _("How do I get our figures out?"),
        _(
            "Under “Export” you get a month's board, all submissions and the members, for Excel or as CSV. What is "
            "saved about one person, that person gets under “My data”."
        ),
    ),
)
GROUPS = (
    QuestionGroup("your-score", _("For reps: your score"), SCORE),
    QuestionGroup("your-place", _("For reps: places and challenges"), PLACES),
    QuestionGroup("you", _("For reps: you and this site"), YOU),
    QuestionGroup("managers", _("For managers"), MANAGERS),
)
QUESTIONS = {question.key: question for group in GROUPS for question in group.questions}
IN_SHORT = {
    "steady": _("Steady is +1, 0 or −1 since the month before: scores wobble that much by themselves."),
    "top-quarter": _("The first quarter of the places: of eight people the first two, and whoever is level with them."),
    "sixty-percent": _("With few scores in, places say little: they count once 60 % of those expected have submitted."),
    "most-to-win": _(
        "The pillar in which you are furthest behind a typical seller, or least ahead of one. It need not be your "
        "lowest number."
    ),
    "confirm": _("A manager says that a score is right, never about their own. On boards it counts without that."),
    "evidence": _(
        "A reading with evidence was pasted as LinkedIn's whole page, read from a picture, or confirmed by a manager."
    ),
}
"""What a word means, beside where it stands; the answer to the question of that key says more."""
