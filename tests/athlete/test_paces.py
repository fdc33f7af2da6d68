"""Judged by published pace tables (the seconds per kilometre of Daniels' VDOT 40 and 50) and by hand."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit.athlete.paces import ALIASES, NO_RUNNER, STANDARD_NAMES, Runner, canonical, derive
from negsplit.athlete.vdot import RACE_METRES, race_time, vdot
from negsplit.diagnostics import Diagnostic, Report, Severity, Source, Span
from negsplit.model import Athlete, HeartRates, Race
from negsplit.targets import OpenTarget, PaceTarget
from negsplit.units import Distance, Duration, Pace, Percent, Speed, pace_text

SOURCE = Source("me.athlete.yaml", "- 5 km in 22:30\n- 10 km in 47:00\n")
FIRST = Span(SOURCE, 2, 15)
SECOND = Span(SOURCE, 18, 32)

KM = {"3k": 3, "5k": 5, "5 km": 5, "10 km": 10, "half": 21.0975, "marathon": 42.195, "800 m": 0.8, "1 mi": 1.609344}


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


def per_km(runner: Runner, name: str) -> str:
    pace = runner.paces[name]
    slow, fast = pace_text(pace.slow_mps, "km"), pace_text(pace.fast_mps, "km")
    return slow if slow == fast else f"{slow}-{fast}"


def complaint(athlete: Athlete) -> Diagnostic:
    _, found = derived(athlete)
    assert len(found) == 1, found
    return found[0]


# --- Paces -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "paces"),
    [
        (40, "6:38-5:55 5:27 5:15 5:06 5:00 4:49 4:41 4:25"),
        (50, "5:34-4:57 4:31 4:20 4:15 4:08 3:59 3:55 3:37"),
        (70, "4:15-3:46 3:24 3:14 3:14 3:06 2:59 2:59 2:41"),
    ],
)
def test_the_table_of_paces(value: int, paces: str) -> None:
    runner = at_vdot(value)
    names = ("easy", "marathon", "half", "threshold", "10k", "5k", "interval", "mile")
    assert [per_km(runner, name) for name in names] == paces.split()


def test_every_standard_name_has_a_pace() -> None:
    assert tuple(at_vdot(50).paces) == STANDARD_NAMES
    language = "easy steady marathon half threshold 10k 5k interval repetition mile 3k 15k 10mi"
    assert set(STANDARD_NAMES) == set(language.split())


def test_repetition_is_mile_pace() -> None:
    paces = at_vdot(50).paces
    assert paces["repetition"].fast_mps == paces["mile"].fast_mps


def test_steady_is_a_share_of_threshold_speed() -> None:
    runner = at_vdot(50)
    assert runner.threshold_mps is not None
    assert runner.paces["steady"].slow_mps == pytest.approx(0.86 * runner.threshold_mps)
    assert runner.paces["steady"].fast_mps == pytest.approx(0.92 * runner.threshold_mps)


def test_only_easy_and_steady_are_bands() -> None:
    bands = [name for name, pace in at_vdot(50).paces.items() if pace.slow_mps != pace.fast_mps]
    assert bands == ["easy", "steady"]


def test_a_race_predicts_itself() -> None:
    runner = known(Athlete("Runner", races=(race("5 km", "22:30"),)))
    assert runner.paces["5k"].fast_mps == pytest.approx(5000 / 1350, rel=1e-9)


@settings(max_examples=30, deadline=None)
@given(st.floats(10.1, 85), st.floats(0.1, 4))
def test_a_fitter_runner_is_faster_at_every_pace(value: float, more: float) -> None:
    slower, faster = at_vdot(value).paces, at_vdot(value + more).paces
    assert all(slower[name].slow_mps < faster[name].slow_mps for name in STANDARD_NAMES)
    assert all(slower[name].fast_mps < faster[name].fast_mps for name in STANDARD_NAMES)
    assert all(pace.slow_mps <= pace.fast_mps for pace in faster.values())


@settings(max_examples=30, deadline=None)
@given(st.floats(10.1, 89))
def test_longer_races_are_run_slower(value: float) -> None:
    paces = at_vdot(value).paces
    by_length = sorted(RACE_METRES, key=RACE_METRES.__getitem__)
    speeds = [paces[name].fast_mps for name in by_length]
    assert speeds == sorted(speeds, reverse=True)


# --- Where they come from ----------------------------------------------------------------------


def test_sources_are_sentences() -> None:
    paces = known(Athlete("Runner", races=(race("5 km", "20:00"),))).paces
    assert paces["10k"].source == "predicted from 5 km in 20:00 (VDOT 49.8)"
    assert paces["repetition"].source == "mile pace, predicted from 5 km in 20:00 (VDOT 49.8)"
    assert paces["easy"].source == "63-73 % of VDOT 49.8"
    assert paces["threshold"].source == "88 % of VDOT 49.8"
    assert paces["interval"].source == "97.5 % of VDOT 49.8"
    assert paces["steady"].source == "86-92 % of threshold speed"


def test_a_distance_without_a_name_is_printed_as_such() -> None:
    result = Race(Distance(489_000), Duration(26 * 60_000))
    assert "predicted from 4890 m in 26:00 (" in known(Athlete("Runner", races=(result,))).paces["5k"].source


@pytest.mark.parametrize(
    ("athlete", "extrapolated"),
    [
        (Athlete("Runner", races=(race("5 km", "20:00"),)), True),
        (Athlete("Runner", races=(race("10 km", "41:00"),)), True),
        (Athlete("Runner", races=(race("half", "1:32:00"),)), False),
        (Athlete("Runner", races=(race("marathon", "3:12:00"),)), False),
        (Athlete("Runner", threshold=Pace(255_000, "km")), True),
    ],
)
def test_a_marathon_from_less_than_a_half_is_optimistic(athlete: Athlete, extrapolated: bool) -> None:
    paces = known(athlete).paces
    assert paces["marathon"].source.endswith("extrapolated; may be 10 min optimistic") == extrapolated
    assert not any("optimistic" in paces[name].source for name in STANDARD_NAMES if name != "marathon")


def test_a_marathon_below_vdot_39_is_slower_in_the_book() -> None:
    note = "Daniels' table is 4 to 12 s/km slower below VDOT 39"
    assert at_vdot(38.9).paces["marathon"].source.endswith(note)
    assert note not in at_vdot(39.1).paces["marathon"].source


def test_everything_else_has_a_source_too() -> None:
    athlete = Athlete(
        "Runner",
        races=(race("5 km", "20:00", "2026-10-04"),),
        heart_rate=HeartRates(max=188, rest=48),
        critical_power=280,
        volume="high",
        tolerance=Percent(3000),
        units="imperial",
    )
    assert known(athlete).sources == {
        "VDOT": "from 5 km in 20:00 on 2026-10-04",
        "max heart rate": "as written",
        "rest heart rate": "as written",
        "critical power": "as written",
        "zones": "garmin-hrr by default, from max 188 and rest 48; without rest they would be garmin-max",
        "volume": "as written",
        "tolerance": "as written",
        "units": "as written",
    }
    defaults = {"volume": "the default", "tolerance": "the default", "units": "the default"}
    assert known(Athlete("Runner")).sources == defaults


# --- Threshold ---------------------------------------------------------------------------------


def test_threshold_alone_gives_the_vdot_whose_threshold_it_is() -> None:
    runner = known(Athlete("Runner", threshold=Pace(255_200, "km")))
    assert runner.vdot == pytest.approx(50, abs=0.02)
    assert runner.race is None
    assert per_km(runner, "10k") == "4:08"
    assert runner.paces["10k"].source == "predicted from threshold 4:15.2/km (VDOT 50.0)"
    assert runner.paces["threshold"].source == "as written"
    assert runner.sources["VDOT"] == "the VDOT whose threshold 4:15.2/km is"


def test_threshold_beside_a_race_sets_only_itself_and_steady() -> None:
    result = race("5 km", "20:00")
    plain = known(Athlete("Runner", races=(result,)))
    runner = known(Athlete("Runner", races=(result,), threshold=Speed(14_000, "km/h")))
    assert runner.vdot == plain.vdot
    assert runner.threshold_mps == pytest.approx(14 / 3.6)
    assert runner.paces["steady"].fast_mps == pytest.approx(0.92 * 14 / 3.6)
    changed = {name for name in STANDARD_NAMES if runner.paces[name] != plain.paces[name]}
    assert changed == {"threshold", "steady"}


@pytest.mark.parametrize("threshold", [Pace(100_000, "km"), Pace(1_200_000, "km"), Speed(2_500, "mph")])
def test_an_unlikely_threshold_is_an_error(threshold: Pace | Speed) -> None:
    found = complaint(Athlete("Runner", threshold=threshold, span=FIRST))
    assert (found.code, found.severity, found.span) == ("unlikely-threshold", Severity.ERROR, FIRST)
    assert str(threshold) in found.message
    assert derived(Athlete("Runner", threshold=threshold))[0].paces == {}


# --- Several races -----------------------------------------------------------------------------


def test_one_race_needs_no_date() -> None:
    assert known(Athlete("Runner", races=(race("5 km", "22:30"),))).sources["VDOT"] == "from 5 km in 22:30"


def test_the_best_of_several_races_counts() -> None:
    races = (
        race("5 km", "22:30", "2026-10-04"),
        race("10 km", "44:30", "2026-08-30"),
        race("half", "1:48:00", "2026-09-20"),
    )
    runner = known(Athlete("Runner", races=races))
    assert runner.race == races[1]
    assert runner.vdot == vdot(races[1].distance, races[1].time)
    assert runner.sources["VDOT"] == "from 10 km in 44:30 on 2026-08-30, the best of 3 races within 16 weeks"


@pytest.mark.parametrize(("on", "counts"), [("2026-06-14", True), ("2026-06-13", False)])
def test_a_race_counts_for_sixteen_weeks(on: str, counts: bool) -> None:
    """112 days before 4 October 2026 is 14 June."""
    newest = race("5 km", "22:30", "2026-10-04")
    older = race("5 km", "21:00", on)
    runner = known(Athlete("Runner", races=(older, newest)))
    assert runner.race == (older if counts else newest)
    assert runner.sources["VDOT"].endswith("2 races within 16 weeks" if counts else "; 1 older race left out")


def test_the_order_of_races_does_not_matter() -> None:
    races = (
        race("5 km", "22:30", "2026-10-04"),
        race("5 km", "21:00", "2025-01-01"),
        race("5 km", "23:00", "2026-09-01"),
    )
    assert known(Athlete("Runner", races=races)) == known(Athlete("Runner", races=races[::-1]))


def test_the_first_of_all_days_is_a_date() -> None:
    races = (race("5 km", "22:30", "0001-01-01"), race("5 km", "21:00", "0001-01-02"))
    assert known(Athlete("Runner", races=races)).race == races[1]


def test_equal_results_count_as_the_newer() -> None:
    races = (race("5 km", "22:30", "2026-10-04"), race("5 km", "22:30", "2026-09-04"))
    assert known(Athlete("Runner", races=races)).race == races[0]
    assert known(Athlete("Runner", races=races[::-1])).race == races[0]


def test_several_races_need_dates() -> None:
    races = (race("5 km", "22:30", span=FIRST), race("10 km", "47:00", span=SECOND))
    runner, found = derived(Athlete("Runner", races=races))
    assert [(d.code, d.severity, d.span) for d in found] == [
        ("race-without-date", Severity.ERROR, FIRST),
        ("race-without-date", Severity.ERROR, SECOND),
    ]
    assert found[1].help == ("write its day: 10 km in 47:00 on YYYY-MM-DD",)
    assert runner.paces, "no second error for each pace the document names"


def test_only_the_race_without_a_date_is_named() -> None:
    races = (race("5 km", "22:30", "2026-10-04", FIRST), race("10 km", "47:00", span=SECOND))
    assert complaint(Athlete("Runner", races=races)).span == SECOND


# --- Unlikely races ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "clock", "meant"),
    [
        ("marathon", "3:30", "did you mean marathon in 3:30:00? "),
        ("half", "1:48", "did you mean half in 1:48:00? "),
        ("5 km", "22:30:00", "did you mean 5 km in 22:30? "),
        ("5 km", "2:30", "it looks like a typing mistake: "),
        ("10 km", "20:00", "it looks like a typing mistake: "),
    ],
)
def test_a_race_no_one_runs_is_an_error(name: str, clock: str, meant: str) -> None:
    found = complaint(Athlete("Runner", races=(race(name, clock, span=FIRST),)))
    assert (found.code, found.severity, found.span) == ("unlikely-race", Severity.ERROR, FIRST)
    assert found.message.startswith(f"{name} in {clock} would be VDOT ")
    assert [text.startswith(meant) for text in found.help] == [True]


def test_a_slow_walk_is_told_of_paces_of_ones_own() -> None:
    found = complaint(Athlete("Walker", races=(race("5 km", "1:20:00"),)))
    assert "`paces:`" in found.help[1]


def test_an_unlikely_race_is_not_chosen() -> None:
    races = (race("5 km", "2:30", "2026-10-04"), race("5 km", "22:30", "2026-09-04"))
    runner, found = derived(Athlete("Runner", races=races))
    assert [d.code for d in found] == ["unlikely-race"]
    assert runner.race == races[1]


def test_records_are_likely() -> None:
    """The men's marathon record of 2:00:35 and the slowest runner a beginners' plan would meet."""
    assert known(Athlete("Fast", races=(race("marathon", "2:00:35"),))).vdot == pytest.approx(85.6, abs=0.1)
    assert known(Athlete("Slow", races=(race("5 km", "1:05:00"),))).paces


@pytest.mark.parametrize(("name", "clock", "warned"), [("800 m", "2:40", True), ("3k", "11:00", False)])
def test_a_race_too_short_for_the_equations_warns(name: str, clock: str, warned: bool) -> None:
    runner, found = derived(Athlete("Runner", races=(race(name, clock, span=FIRST),)))
    assert [(d.code, d.severity, d.span) for d in found] == [("short-race", Severity.WARNING, FIRST)] * warned
    assert runner.paces


def test_limits_of_the_equations_are_inside_them() -> None:
    at_both = Race(Distance(120_000), Duration(180_000))
    assert derived(Athlete("Runner", races=(at_both,)))[1] == []
    under_both = [Race(Distance(119_999), Duration(240_000)), Race(Distance(120_000), Duration(179_999))]
    assert [derived(Athlete("Runner", races=(r,)))[1][0].code for r in under_both] == ["short-race"] * 2


# --- The rest of a runner ----------------------------------------------------------------------


def test_an_athlete_with_nothing_is_a_runner_with_nothing() -> None:
    runner = known(Athlete("Nobody"))
    assert runner.name == "Nobody"
    assert runner.paces == {}
    assert [runner.vdot, runner.threshold_mps, runner.zones, runner.zone_count] == [None] * 4
    assert runner.heart_rate_zone(2) is None
    assert runner.heart_rate_share(Percent(75_000), "max") is None


def test_no_runner_knows_nothing() -> None:
    assert Runner("") == NO_RUNNER
    assert NO_RUNNER.paces == {}
    assert NO_RUNNER.heart_rate_zone(2) is None


def test_what_is_written_is_handed_on() -> None:
    athlete = Athlete(
        "Runner",
        heart_rate=HeartRates(max=188, rest=48, threshold=170),
        critical_power=280,
        volume="middle",
        tolerance=Percent(3000),
        units="imperial",
    )
    runner = known(athlete)
    assert (runner.critical_power, runner.volume, runner.tolerance, runner.units) == (
        280,
        "middle",
        Percent(3000),
        "imperial",
    )
    assert runner.heart_rates == athlete.heart_rate
    assert runner.zone_count == 5
    assert runner.heart_rate_zone(1) == (111, 144)
    assert runner.heart_rate_zone(5) == (170, 180)
    assert runner.heart_rate_share(Percent(75_000), "reserve") == 153


@pytest.mark.parametrize("number", [0, -1, 4])
def test_there_is_no_zone_beyond_the_edges(number: int) -> None:
    runner = known(Athlete("Runner", heart_rate=HeartRates(zones=(120, 140, 155, 170))))
    assert runner.zone_count == 3
    with pytest.raises(ValueError, match="of 3"):
        runner.heart_rate_zone(number)


def test_heart_rates_are_checked() -> None:
    assert complaint(Athlete("Runner", heart_rate=HeartRates(max=18))).code == "heart-rate-range"


# --- Names -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("E", "easy"),
        ("M", "marathon"),
        ("T", "threshold"),
        ("I", "interval"),
        ("R", "repetition"),
        ("MP", "marathon"),
        ("HM", "half"),
        ("Half  Marathon Pace", "half"),
        ("tempo", "threshold"),
        ("Long", "easy"),
        ("10K pace", "10k"),
        ("  Park Loop ", "park loop"),
        ("pace", "pace"),
        ("space", "space"),
    ],
)
def test_names_have_one_spelling(written: str, name: str) -> None:
    assert canonical(written) == name


def test_aliases_lead_to_standard_names() -> None:
    assert set(ALIASES.values()) <= set(STANDARD_NAMES)
    assert not set(ALIASES) & set(STANDARD_NAMES)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["pace", "M", "half", "marathon", " ", "loop"])).map(" ".join) | st.text("eE pac\tİß"))
def test_the_one_spelling_stays(written: str) -> None:
    assert canonical(canonical(written)) == canonical(written)


def test_own_paces_are_kept_under_their_canonical_names() -> None:
    marathon, loop = PaceTarget(Pace(305_000, "km")), OpenTarget()
    runner = known(Athlete("Runner", paces={"MP": marathon, "Park Loop pace": loop}))
    assert runner.own == {"marathon": marathon, "park loop": loop}


def test_two_names_of_one_own_pace_are_an_error() -> None:
    paces = {"tempo": OpenTarget(span=FIRST), "T": OpenTarget(span=SECOND)}
    found = complaint(Athlete("Runner", paces=paces))
    assert (found.code, found.span) == ("duplicate-pace", SECOND)
    assert found.message == "`T` and `tempo` are two names of one pace, threshold"
