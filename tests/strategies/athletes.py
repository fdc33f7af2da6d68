"""Athletes as their files say them, and the runners derived from them."""

import datetime as dt

from negsplit.athlete.paces import Runner, derive
from negsplit.athlete.vdot import race_time
from negsplit.diagnostics import Diagnostic, Report, Source, Span
from negsplit.model import Athlete, Race
from negsplit.units import Distance, Duration

SOURCE = Source("me.athlete.yaml", "- 5 km in 22:30\n- 10 km in 47:00\n")
FIRST = Span(SOURCE, 2, 15)
SECOND = Span(SOURCE, 18, 32)

KM = {
    "3k": 3,
    "5k": 5,
    "5 km": 5,
    "8 km": 8,
    "10 km": 10,
    "half": 21.0975,
    "marathon": 42.195,
    "800 m": 0.8,
    "1 mi": 1.609344,
}


def race(name: str, clock: str, on: str | None = None, span: Span | None = None) -> Race:
    """``race("5 km", "22:30", "2026-10-04")``."""
    seconds = 0
    for part in clock.split(":"):
        seconds = 60 * seconds + int(part)
    day = dt.date.fromisoformat(on) if on else None
    return Race(Distance(round(KM[name] * 100_000)), Duration(seconds * 1000), day, name, span=span)


def derived(athlete: Athlete) -> tuple[Runner, list[Diagnostic]]:
    """The runner, and what was reported."""
    report = Report()
    return derive(athlete, report), report.diagnostics


def known(athlete: Athlete) -> Runner:
    runner, found = derived(athlete)
    assert found == []
    return runner


def at_vdot(value: float) -> Runner:
    time = Duration(round(race_time(10_000, value) * 1000))
    return known(Athlete("Table", races=(Race(Distance(1_000_000), time),)))


def complaint(athlete: Athlete) -> Diagnostic:
    _, found = derived(athlete)
    assert len(found) == 1, found
    return found[0]
