"""Reads a pasted copy of LinkedIn's SSI page, in any language and layout; a row of a sheet; LinkedIn's JSON.

A page such as

    Your Social Selling Index
    Industry SSI rank
    Top 37%
    Current Social Selling Index
    33 out of 100
    12.05 | Establish your professional brand
    4.76 | Find the right people
    1 | Engage with insights
    15 | Build relationships
    People in your industry
    29 out of 100

is folded (`folding`: lower case, one kind of digit, dash and space) and becomes tokens (`tokens`, with `words`):

    title_own · rank_industry · top 37 · title_own · caption 33
    number 12.05 · pillar_brand · number 4.76 · pillar_people · number 1 · pillar_insights · number 15 ·
    pillar_relationships · group_industry · caption 29

Then each module answers one question. `totals`: which caption may be the member's? The one behind a group's heading is
not. `label_pairs`: which number belongs to which label? Here all numbers stand before their labels. `page`: which of
these make a total? 12.05 + 4.76 + 1 + 15 is shown as 33, so the four are proven. `ranks_and_averages`: what is said of
the industry and the network? `result`: do all readings of the text agree, and if not, which fields does somebody have
to look at? Texts of other shapes join there: `tables`, and `linkedin_json` with `loose_json` and `json_view`, for
answers as consoles print them and as browsers show them.
"""

from teams.rules.paste import access, html_source, linkedin_json, page, tables
from teams.rules.paste.folding import fold, squeezed, undoubled
from teams.rules.paste.result import DISCONTINUED, NOT_SSI_PAGE, Doubt, FieldState, Reading, completed, result
from teams.rules.paste.tokens import excerpt

__all__ = ["LONGEST", "Doubt", "FieldState", "Reading", "lacks_headings", "parse"]

LONGEST = 200_000
"""Characters that are looked at; a whole page with its menus has about 5,000."""


def parse(text: str) -> Reading:
    """Return what a text says about somebody's score. Never raises; the cost is linear in the length."""
    text = text[:LONGEST]
    answers = linkedin_json.answers(text)
    folded = excerpt(undoubled(fold(html_source.shown_text(text) if html_source.is_html(text) else text)))
    if answers:
        told = {None, *(answer.values.get("total") for answer in answers)}
        pages = page.answers(squeezed(folded))
        return result([*answers, *(other for other in pages if other.values.get("total") not in told)])
    columns, rest = tables.answers(folded)
    rest = squeezed(rest)
    pages = page.answers(rest)
    totals = {answer.values.get("total") for answer in pages} - {None}
    proven = [column for column in map(completed, columns) if column.values.get("total") in totals]
    reading = result([*(proven or columns), *pages])
    return DISCONTINUED if reading == NOT_SSI_PAGE and access.has_ended(rest) else reading


def lacks_headings(text: str) -> bool:
    """Whether a text is rows of numbers, as many as a reading has, and nothing says which is which."""
    return tables.lacks_headings(fold(text[:LONGEST]))
