"""What an account of intervals.icu knows of its runner, as answers for an athlete's file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from negsplit.cli import console
from negsplit.cli.account.connection import intervals_connection, told
from negsplit.cli.athlete.interview import Interview
from negsplit.diagnostics import Severity
from negsplit.units import PaceUnit, pace_text

if TYPE_CHECKING:
    from negsplit.account.intervals.athlete import Athlete, RunSettings

SITE: Final = "intervals.icu"
_PACE_UNITS: Final[tuple[PaceUnit, PaceUnit]] = ("km", "mi")
_UNITS: Final = ("metric", "imperial")
_ZONES: Final = "heart-rate zones"


class Known(NamedTuple):
    """An answer, what it is called, and how the account has it where that is otherwise; empty words for none."""

    field: str
    name: str
    words: str
    there: str = ""
    unit: str = ""


def fill(interview: Interview, said: Mapping[str, str], *, asks: bool, quiet: bool) -> None:
    """Takes what the account knows, but for what was ``said``; shows each, and what there is nothing to take for.

    ``asks`` where the first zone begins, which the account has no number for; ``quiet`` shows nothing. Ends the
    command where the account cannot be asked.
    """
    from negsplit.account.intervals.athlete import athlete, run_settings
    from negsplit.account.intervals.client import connect

    with told():
        at = intervals_connection()
        client = connect(at.address, at.state, pauses=at.pauses)
        who, settings = athlete(client), run_settings(client)
    known = [one for one in (*_answers(who, settings), _zones(interview, settings, asks=asks)) if one.field not in said]
    rows = [(one, _refusal(interview, one)) for one in known]
    if quiet:
        return
    taken = [one for one, refusal in rows if one.words and not refusal]
    width = max((len(one.name) for one in taken), default=0)
    console.say(f"from {SITE}", *(_row(one, width) for one in taken))
    if missing := [one.name for one in known if not one.words]:
        console.say(f"not set there: {', '.join(missing)}")
    for one, refusal in rows:
        if refusal:
            console.say(f"not taken: {one.name} {one.words}{one.unit}: {refusal}")


def _answers(who: Athlete, settings: RunSettings) -> Iterator[Known]:
    yield Known("name", "name", who.name)
    speed, unit = settings.threshold_mps, _PACE_UNITS[bool(who.is_imperial)]
    pace = "" if speed is None else f"{pace_text(speed, unit)}/{unit}"
    yield Known("threshold", "threshold pace", pace, f"{speed:.4g} m/s there" if speed is not None else "")
    yield _beats("max", "max heart rate", settings.highest_bpm)
    yield _beats("rest", "rest heart rate", who.rest_bpm)
    yield _beats("lthr", "threshold heart rate", settings.threshold_bpm)
    watts = settings.critical_watts
    yield Known("power", "critical power", f"{watts} W" if watts else "", "threshold power of runs there")
    yield Known("units", "units", "" if who.is_imperial is None else _UNITS[who.is_imperial])


def _beats(field: str, name: str, beats: int | None) -> Known:
    return Known(field, name, "" if beats is None else str(beats), unit=" bpm")


def _zones(interview: Interview, settings: RunSettings, *, asks: bool) -> Known:
    """The edges of zones: the account has upper ends alone. Garmin's first zone begins at half of the highest rate."""
    ends = ", ".join(map(str, settings.heart_rate_zones))
    if not ends:
        return Known("zones", _ZONES, "")
    half = str(settings.heart_rate_zones[-1] // 2)
    known = Known("zones", _ZONES, f"{half}, {ends}", f"upper ends there; {half} is half of the highest", " bpm")
    if not asks or _refusal(interview, known):
        return known
    question = f"The heart rate at which your first zone begins (it ends at {settings.heart_rate_zones[0]})"
    begin = interview.ask_for("zones", question, half, behind=ends)
    return known if begin == half else known._replace(words=f"{begin}, {ends}", there="upper ends there")


def _refusal(interview: Interview, one: Known) -> str:
    """Why the language does not take an answer; empty where it does, and where there is none."""
    found = interview.offer(one.field, one.words, SITE) if one.words else []
    return next((said.message for said in found if said.severity is Severity.ERROR), "")


def _row(one: Known, width: int) -> str:
    return f"  {one.name:<{width}}  {one.words}{one.unit}" + (f"  ({one.there})" if one.there else "")
