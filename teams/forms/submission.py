"""A reading as a person types or pastes it."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from teams.forms.fields import DayField, PointsField, WholeField
from teams.models import Member, Source, Submission
from teams.models.submissions import MEASURES
from teams.rules.measure import MOST, PILLAR_MOST, RANK_MOST, Pillar, adds_up, sum_of, total_of
from teams.rules.months import Month
from teams.rules.paste import Reading, lacks_headings, parse, picture
from teams.rules.paste.result import NOT_SSI_PAGE
from teams.words.figures import figure
from teams.words.paste_doubts import doubt_sentence
from teams.words.translation import Words

OUT_OF_25 = _("A pillar has 0 to 25 points, as in 13.118.")
OUT_OF_100 = _("Write a whole number from 0 to 100.")
WHOLE_TOTAL = _("The score is a whole number from 0 to 100: round what has decimals. Only the parts may have them.")
TOP_PERCENT = _("Write the number from “top 12 percent”: 1 to 100.")


OWN_SOURCES = [(source, source.label) for source in (Source.TYPED, Source.PASTED, Source.JSON, Source.PICTURE)]


def whole(label: Words, message: Words, *, low: int = 0, high: int = MOST) -> WholeField:
    """An optional whole number from `low` to `high`, with one sentence for whatever else is typed."""
    errors = {"invalid": message, "min_value": message, "max_value": message}
    return WholeField(label=label, required=False, min_value=low, max_value=high, error_messages=errors)


def points(label: Words) -> PointsField:
    """An optional pillar."""
    errors = dict.fromkeys(
        ["invalid", "min_value", "max_value", "max_digits", "max_decimal_places", "max_whole_digits"],
        OUT_OF_25,
    )
    return PointsField(
        label=label,
        required=False,
        min_value=0,
        max_value=PILLAR_MOST,
        max_digits=5,
        decimal_places=3,
        error_messages=errors,
    )


class SubmissionForm(forms.Form):
    """A reading. The total may be left out where the pillars say it; a sum that is off needs `store_anyway`.

    `late_months` tells the earlier months that still take a reading, None where the month is given; it is asked where
    the form is shown or one of them is chosen. `only_late`: the month that runs is closed. Corrections of somebody
    else's need a reason.
    """

    taken_on = DayField(
        label=_("Read on"), misspelt=_("Write the day like 2026-11-23."), missing=_("On which day did you read it?")
    )
    total = whole(_("Score"), WHOLE_TOTAL)
    brand = points(_("Establish your professional brand"))
    people = points(_("Find the right people"))
    insights = points(_("Engage with insights"))
    relationships = points(_("Build relationships"))
    industry_rank = whole(_("Industry rank, top %"), TOP_PERCENT, low=1, high=RANK_MOST)
    network_rank = whole(_("Network rank, top %"), TOP_PERCENT, low=1, high=RANK_MOST)
    industry_average = whole(_("Industry average"), OUT_OF_100)
    network_average = whole(_("Network average"), OUT_OF_100)
    note = forms.CharField(label=_("Note"), required=False, max_length=300)
    source = forms.ChoiceField(choices=OWN_SOURCES, required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        late_months: Callable[[], Sequence[Month]] | None = None,
        only_late: bool = False,
        needs_reason: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.sum_is_off = False
        self.late_months, self.only_late = late_months, only_late
        if late_months is not None:
            self.fields["month"] = forms.ChoiceField(label=_("Counts for"), choices=self._months, required=False)
        if needs_reason:
            self.fields["reason"] = forms.CharField(label=_("Reason"), max_length=200)

    def _months(self) -> list[tuple[str, Words]]:
        any_month: list[tuple[str, Words]] = [] if self.only_late else [("", _("The month it was read in"))]
        months = self.late_months() if self.late_months else []
        return any_month + [(str(month), str(month)) for month in months]

    def clean(self) -> None:
        """There is a total, typed or the pillars' sum, which fits them or is stored anyway."""
        data = self.cleaned_data
        if any(field in self.errors for field in ["total", *Pillar]):
            return
        pillars = {pillar: data.get(pillar) for pillar in Pillar}
        if data.get("total") is None:
            data["total"] = total_of(pillars)
        if data["total"] is None:
            self.add_error("total", _("Write the score, or all four pillars."))
        elif not adds_up(data["total"], pillars) and "store_anyway" not in self.data:
            self.sum_is_off = True
            self.add_error(
                None,
                _("The pillars add up to %(sum)s, not %(total)s.")
                % {"sum": figure(sum_of(pillars) or Decimal(0)), "total": data["total"]},
            )

    def lacks_headings(self) -> bool:
        """Whether what was pasted is rows of numbers without the words above them."""
        return lacks_headings(str(self.initial.get("pasted", "")))

    def submission(self, member: Member, typed_by: Member) -> Submission:
        """The reading as it was typed, not stored yet, filed for the month chosen or the one it was read in."""
        data = self.cleaned_data
        chosen = data.get("month")
        return Submission(
            member=member,
            typed_by=typed_by,
            month=Month.parse(chosen) if chosen else Month.of(data["taken_on"]),
            source=Source.MANAGER if typed_by != member else data["source"] or Source.TYPED,
            reason=data.get("reason", ""),
            **{field: data[field] for field in ["taken_on", *MEASURES, "note"]},
        )


class WithdrawalForm(forms.Form):
    """Why a reading, or the closing of a month, is taken back: for somebody else's reading it has to be said."""

    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(self, *args: Any, needs_reason: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needs_reason


def read(post: Mapping[str, str]) -> Reading:
    """What the picture or the pasted text says; where it holds several scores the one that was chosen, if one was."""
    if post.get("words"):
        words = picture.seen(post["words"])
        reading = picture.read(words) if words else NOT_SSI_PAGE
    else:
        reading = parse(post.get("pasted", ""))
    choice = post.get("choice", "")
    places = {str(place): chosen for place, chosen in enumerate(reading.choices)}
    return places.get(choice, reading)


def filled_in(reading: Reading, post: Mapping[str, str]) -> dict[str, Any]:
    """What was understood of a picture or a text, and how it came in, as initial values of the form."""
    values = {field: getattr(reading, field) for field in MEASURES if getattr(reading, field) is not None}
    return values | {"source": _source(post)} if values else {}


def _source(post: Mapping[str, str]) -> Source:
    if post.get("words"):
        return Source.PICTURE
    is_json = post.get("pasted", "").lstrip().startswith(("{", "[", '"'))
    return Source.JSON if is_json else Source.PASTED


def marked(form: SubmissionForm, reading: Reading | None) -> dict[str, bool]:
    """The doubtful fields by name, each with its reason beside it; nothing else is marked."""
    doubts = reading.doubts if reading else {}
    for field, doubt in doubts.items():
        form.fields[field].help_text = doubt_sentence(doubt)
    return dict.fromkeys(doubts, True)
