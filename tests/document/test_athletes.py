"""Athletes: results, heart rates, power and paces, as files and as words on the command line."""

import datetime as dt
import textwrap

import pytest

from negsplit.diagnostics import Report, Source, in_order
from negsplit.document import athletes, workouts
from negsplit.model import Athlete, HeartRates, Race
from negsplit.targets import Between, HeartRateTarget, Named, PaceTarget, Shifted
from negsplit.tree.source import read
from negsplit.units import Distance, Duration, Pace, PaceShift, Percent, Speed
from strategies.phrases import Said, fault, meaning, said, text_of

FIVE_K, HALF, MARATHON = Distance(500_000), Distance(2_109_750), Distance(4_219_500)


def time(minutes: int, seconds: int) -> Duration:
    return Duration((minutes * 60 + seconds) * 1000)


def parsed(text: str) -> tuple[Athlete | None, Report]:
    nodes, found = read(Source("text", textwrap.dedent(text).lstrip("\n")))
    report = Report(found)
    return (workouts.athlete(nodes[0], report) if nodes else None), report


def test_everything_an_athlete_may_say() -> None:
    found, report = parsed("""
        athlete: Example runner
        races:
          - 5 km in 22:30 on 2026-10-04
          - half in 1:48:00 on 2026-09-20
        threshold: 4:40/km
        paces: {marathon: 5:05/km, easy: 6:20..5:40/km, park loop: HR < 145, float: marathon + 10 s/km}
        heart_rate: {max: 188, rest: 48 bpm, threshold: 170, zones: Friel}
        power: {critical: 280 W}
        volume: Middle
        tolerance: 2 %
        units: Imperial
    """)
    assert report.diagnostics == []
    assert found == Athlete(
        name="Example runner",
        races=(
            Race(FIVE_K, time(22, 30), dt.date(2026, 10, 4), "5 km"),
            Race(HALF, time(108, 0), dt.date(2026, 9, 20), "half"),
        ),
        threshold=Pace(280_000, "km"),
        paces={
            "marathon": PaceTarget(Pace(305_000, "km")),
            "easy": PaceTarget(Between(Pace(380_000, "km"), Pace(340_000, "km"))),
            "park loop": HeartRateTarget(None, 145),
            "float": PaceTarget(Shifted(Named("marathon"), PaceShift(10_000, "km"), PaceShift(10_000, "km"))),
        },
        heart_rate=HeartRates(max=188, rest=48, threshold=170, zones="friel"),
        critical_power=280,
        volume="middle",
        tolerance=Percent(2_000),
        units="imperial",
    )


def test_defaults() -> None:
    found, report = parsed("athlete: A")
    assert report.diagnostics == []
    assert found == Athlete("A")


@pytest.mark.parametrize(
    ("written", "race"),
    [
        ("5 km in 22:30", Race(FIVE_K, time(22, 30), None, "5 km")),
        ("5 km 22:30", Race(FIVE_K, time(22, 30), None, "5 km")),
        ("5k in 22 min 30 s", Race(FIVE_K, time(22, 30), None, "5k")),
        ("10 mi in 1:20:00 on 2026-10-04", Race(Distance(1_609_344), time(80, 0), dt.date(2026, 10, 4), "10 mi")),
        ("Half in 1h48", Race(HALF, time(108, 0), None, "half")),
        ("half marathon in 1:48:00", Race(HALF, time(108, 0), None, "half marathon")),
        ("HM in 1:48:00", Race(HALF, time(108, 0), None, "hm")),
        ("marathon in 3:45:00", Race(MARATHON, time(225, 0), None, "marathon")),
        ("mile in 6:10", Race(Distance(160_934), time(6, 10), None, "mile")),
        ("parkrun in 24:10", Race(FIVE_K, time(24, 10), None, "parkrun")),
        ("5 km in 22:30 on 2026-10-04, hot", Race(FIVE_K, time(22, 30), dt.date(2026, 10, 4), "5 km", "hot")),
        ("parkrun 24:10, Training", Race(FIVE_K, time(24, 10), None, "parkrun", "training")),
    ],
)
def test_races(written: str, race: Race) -> None:
    assert meaning(athletes.race, written) == race


EXAMPLE = "for example `5 km in 22:30 on 2026-10-04`"
RESULT = "a result is a distance, a time and a day: `5 km in 22:30 on 2026-10-04`"
MEANT = "did you mean `2026-10-04`?"
DAYS = "days are written `2026-10-04`"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("5k at 22:30", Said("unexpected", "at", "expected `in` and a time, found `at`", EXAMPLE)),
        ("5 in 22:30", Said("missing-unit", "5", "`5` needs a unit", "write `5 km` | write `5 mi`")),
        ("5 km in 22", Said("missing-unit", "22", "`22` needs a unit", "write `22 s` | write `22 min`")),
        ("5 km in 22.30", Said("missing-unit", "22.30", "`22.30` needs a unit", "write `22:30`")),
        (
            "22:30 in 5 km",
            Said("kind", "22:30", "this has to be a distance, not a time (`22:30`)", "for example `5 km`"),
        ),
        (
            "5 km in 5 km",
            Said("kind", "5 km", "this has to be a time, not a distance (`5 km`)", "for example `3:30` or `45 s`"),
        ),
        (
            "ultra in 10:00:00",
            Said(
                "unknown-race",
                "ultra",
                "`ultra` is not a known race",
                "write a distance such as `5 km`, or one of: half marathon, half, hm, marathon, mile, parkrun",
            ),
        ),
        (
            "5..10 km in 22:30",
            Said("range", "5..10 km", "this has to be one amount, not a range", "for example `5 km`"),
        ),
        ("5 km in 22:30 on 2026-10-4", Said("date", "2026-10-4", "expected a day, found `2026-10-4`", MEANT)),
        ("5 km in 22:30 on 04.10.2026", Said("date", "04.10.2026", "expected a day, found `04.10.2026`", MEANT)),
        ("5 km in 22:30 on 2026-02-30", Said("date", "2026-02-30", "`2026-02-30` is not a day of the calendar", DAYS)),
        ("5 km in 22:30 on", Said("date", "", "a day is missing after `on`", DAYS)),
        (
            "5 km in 22:30 2026-10-04",
            Said("trailing-text", "2026-10-04", "a day goes after `on`", "write `on 2026-10-04`"),
        ),
        ("5 km in 22:30 -- PB", Said("trailing-text", "-- PB", "`-- PB` does not belong here", RESULT)),
        (
            "5 km in 22:30, 10 km in 46:00",
            Said(
                "trailing-text",
                ",",
                "`,` does not belong here",
                "write several results as a list, each on its own line after `- ` and with its day | "
                "after a comma goes only what made it slow: hot, hilly, windy, sick, training",
            ),
        ),
    ],
)
def test_mistakes_in_races(written: str, said: Said) -> None:
    assert fault(athletes.race, written) == said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("heart_rate: 188", [("wrong-form", "188")]),
        ("heart_rate:", [("empty", "heart_rate")]),
        ("heart_rate: {maxx: 188}", [("unknown-key", "maxx")]),
        ("heart_rate: {max: fast}", [("unexpected", "fast")]),
        ("heart_rate: {max: 300}", [("out-of-bounds", "300")]),
        ("heart_rate: {max: 180.5}", [("whole-number", "180.5")]),
        ("heart_rate: {max: 140, rest: 150}", [("heart-rate-order", "150")]),
        ("heart_rate: {threshold: 190, max: 188, rest: 48}", [("heart-rate-order", "190")]),
        ("heart_rate: {zones: [100, 120, 110]}", [("zone-edges-order", "110")]),
        ("heart_rate: {zones: [100, 120, x]}", [("unexpected", "x")]),
        ("heart_rate: {zones: 100-120}", [("wrong-form", "100-120")]),
        ("heart_rate: {zones: coggan}", [("unknown-value", "coggan")]),
        ("heart_rate: {zones: 100, 120}", [("unknown-key", "120")]),
        ("power: 280 W", [("wrong-form", "280 W")]),
        ("power: {ftp: 280 W}", [("unknown-key", "ftp")]),
        ("power: {critical: 28 W}", [("out-of-bounds", "28 W")]),
        ("power: {}", [("missing-key", "{}")]),
        ("threshold: 4:40", [("missing-unit", "4:40")]),
        ("threshold: easy", [("kind", "easy")]),
        ("threshold: 4:40..4:50/km", [("kind", "4:40..4:50/km")]),
        ("threshold: 170 bpm", [("kind", "170 bpm")]),
        ("races: {5 km: 22:30}", [("wrong-form", "{5 km: 22:30}")]),
        ("races: []", [("empty", "[]")]),
        ("race: 5 km in 22:30", [("unknown-key", "race")]),
        ("max_hr: 188", [("unknown-key", "max_hr")]),
        ("volume: much", [("unknown-value", "much")]),
        ("units: miles", [("unknown-value", "miles")]),
        ("tolerance: 2", [("missing-unit", "2")]),
        ("paces: {marathon: 5:05, lap: 5:00/km}", [("missing-unit", "5:05"), ("reserved-name", "lap")]),
        (
            "races: [5 km in 22, 10 km]\nvolume: much",
            [("missing-unit", "22"), ("incomplete", ""), ("unknown-value", "much")],
        ),
    ],
)
def test_mistakes(text: str, expected: list[tuple[str, str]]) -> None:
    _, report = parsed(f"athlete: A\n{text}\n")
    assert [(one.code, one.under) for one in map(said, in_order(report.diagnostics))] == expected


def test_a_workout_is_no_athlete() -> None:
    found, report = parsed("workout: A\nsteps: 1 km")
    assert found is None
    assert [said(one) for one in report.diagnostics] == [
        Said(
            "other-kind",
            "workout",
            "this is a workout, not an athlete",
            "compile it; an athlete file begins with `athlete:`",
        )
    ]


@pytest.mark.parametrize(
    ("words", "athlete"),
    [
        ("5 km in 22:30", Athlete("5 km in 22:30", races=(Race(FIVE_K, time(22, 30), None, "5 km"),))),
        ("threshold 4:40/km", Athlete("threshold 4:40/km", threshold=Pace(280_000, "km"))),
        ("Threshold 12.9 km/h", Athlete("Threshold 12.9 km/h", threshold=Speed(12_900, "km/h"))),
    ],
)
def test_words_on_the_command_line(words: str, athlete: Athlete) -> None:
    report = Report()
    assert athletes.athlete_from_text(text_of(words), report) == athlete
    assert report.diagnostics == []


@pytest.mark.parametrize(
    ("words", "code"), [("", "empty"), ("  ", "empty"), ("5 km", "incomplete"), ("VDOT 50", "unknown-race")]
)
def test_words_that_say_nothing_of_an_athlete(words: str, code: str) -> None:
    report = Report()
    assert athletes.athlete_from_text(text_of(words), report) is None
    assert [one.code for one in report.diagnostics] == [code]
