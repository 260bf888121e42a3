"""What a result rests on, as it is stored with it, so that whoever reads it later has it in their own language."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Self

from teams.rules.challenges.counting import Progress, Reading
from teams.rules.challenges.recalibrating import Choice, Decided
from teams.rules.challenges.settling import TeamProgress


@dataclass(frozen=True, slots=True)
class Ruling:
    """What was decided about readings that no manager had confirmed; `by` is empty where nobody decided in time."""

    counts: bool
    by: str = ""


@dataclass(frozen=True, slots=True)
class Grounds:
    """How far somebody or a team came, and what was decided about changes of the formula and unconfirmed readings."""

    progress: Progress | TeamProgress
    decided: tuple[Decided, ...] = ()
    ruling: Ruling | None = None

    def as_json(self) -> dict[str, Any]:
        """As DjangoJSONEncoder takes it; of the readings that counted only the last."""
        progress = self.progress
        if isinstance(progress, Progress):
            progress = replace(progress, readings=progress.readings[-1:])
        return asdict(replace(self, progress=progress))

    @classmethod
    def of_json(cls, stored: Mapping[str, Any]) -> Self:
        """Those that were stored so."""
        progress, ruling = stored["progress"], stored["ruling"]
        decided = [
            Decided(date.fromisoformat(each["day"]), Choice(each["choice"]), each["shift"], each["by"])
            for each in stored["decided"]
        ]
        progress_of_json = _team_progress(progress) if "reps" in progress else _progress(progress)
        return cls(progress_of_json, tuple(decided), Ruling(**ruling) if ruling else None)


def _progress(stored: Mapping[str, Any]) -> Progress:
    return Progress(
        baseline=_reading(stored["baseline"]),
        is_late=stored["is_late"],
        readings=tuple(reading for each in stored["readings"] if (reading := _reading(each))),
        gained=_figure(stored["gained"]),
        needed=_figure(stored["needed"]),
        made_with=_reading(stored["made_with"]),
        unevidenced=tuple(reading for each in stored.get("unevidenced", ()) if (reading := _reading(each))),
    )


def _team_progress(stored: Mapping[str, Any]) -> TeamProgress:
    baseline, now, gained = (_figure(stored[name]) for name in ("baseline", "now", "gained"))
    return TeamProgress(tuple(stored["reps"]), baseline, now, gained, stored["of"])


def _reading(stored: Mapping[str, Any] | None) -> Reading | None:
    if stored is None:
        return None
    return Reading(
        stored["id"],
        date.fromisoformat(stored["taken_on"]),
        datetime.fromisoformat(stored["known_at"]),
        Decimal(stored["value"]),
        shift=Decimal(stored["shift"]),
        is_confirmed=stored["is_confirmed"],
        is_evidenced=stored.get("is_evidenced", False),
    )


def _figure(stored: str | None) -> Decimal | None:
    return None if stored is None else Decimal(stored)
