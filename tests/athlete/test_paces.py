"""Judged by published pace tables (the seconds per kilometre of Daniels' VDOT 40 and 50) and by hand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit.athlete.paces import ALIASES, NO_RUNNER, STANDARD_NAMES, Runner, canonical, short_for
from negsplit.athlete.vdot import RACE_METRES
from negsplit.diagnostics import Severity
from negsplit.model import Athlete, HeartRates, Race
from negsplit.targets import Effort, OpenTarget, PaceTarget
from negsplit.units import Distance, Duration, Pace, Percent, Speed, pace_text
from strategies.athletes import FIRST, SECOND, at_vdot, complaint, derived, known, race


def per_km(runner: Runner, name: str) -> str:
    pace = runner.paces[name]
    slow, fast = pace_text(pace.slow_mps, "km"), pace_text(pace.fast_mps, "km")
    return slow if slow == fast else f"{slow}-{fast}"


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
    assert paces["marathon"].source.endswith("; half of all runners take 10 min longer") == extrapolated
    assert not any("10 min" in paces[name].source for name in STANDARD_NAMES if name != "marathon")


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


def test_each_pace_names_the_result_that_it_comes_from() -> None:
    races = (race("5 km", "20:00", "2026-10-04"), race("half", "1:42:00", "2026-09-20"))
    paces = known(Athlete("Runner", races=races)).paces
    fast, long = "predicted from 5 km in 20:00 (VDOT 49.8)", "predicted from half in 1:42:00 (VDOT 44.1)"
    sources = {name: paces[name].source for name in RACE_METRES}
    assert sources == {
        **dict.fromkeys(("mile", "3k", "5k", "10k"), fast),
        **dict.fromkeys(("15k", "10mi", "half", "marathon"), long),
    }
    assert paces["repetition"].source == f"mile pace, {fast}", "training goes by the best"
    assert paces["threshold"].source == "88 % of VDOT 49.8"


def test_a_result_beyond_five_hours_says_so_wherever_it_is_used() -> None:
    races = (race("5 km", "20:00", "2026-10-04"), race("marathon", "5:20:00", "2026-09-20"))
    paces = known(Athlete("Runner", races=races)).paces
    extrapolated = [name for name, pace in paces.items() if ", extrapolated" in pace.source]
    assert extrapolated == ["marathon", "half", "10mi", "15k"]


# --- Slow runners ------------------------------------------------------------------------------

SLOW = Athlete("Slow", races=(race("5 km", "45:00"),))
"""VDOT 18.7."""


def test_where_easy_would_be_a_walk_it_is_an_effort() -> None:
    runner = known(SLOW)
    assert runner.efforts["easy"] == Effort(3, 3)
    assert runner.paces["easy"].source == "run and walk; 63-73 % of VDOT 18.7 would be 11:41-10:32/km, hardly a run"
    assert known(Athlete("Runner", races=(race("5 km", "35:00"),))).efforts == {}


def test_an_easy_pace_of_one_s_own_is_no_effort() -> None:
    own = {"E": PaceTarget(Pace(585_000, "km"))}
    assert known(Athlete("Slow", races=SLOW.races, paces=own)).efforts == {}


@pytest.mark.parametrize(
    ("time", "name", "source"),
    [
        ("35:00", "threshold", "88 % of VDOT 25.6, no faster than its 10k"),
        ("35:00", "interval", "97.5 % of VDOT 25.6, no faster than its 3k"),
        ("31:34", "interval", "97.5 % of VDOT 29.0, slowed towards 3k"),
        ("31:34", "threshold", "88 % of VDOT 29.0"),
        ("30:00", "interval", "97.5 % of VDOT 30.8"),
    ],
)
def test_what_is_slowed_says_so(time: str, name: str, source: str) -> None:
    assert known(Athlete("Slow", races=(race("5 km", time),))).paces[name].source == source


# --- Threshold ---------------------------------------------------------------------------------


def test_threshold_alone_gives_the_vdot_whose_threshold_it_is() -> None:
    runner = known(Athlete("Runner", threshold=Pace(255_200, "km")))
    assert runner.vdot == pytest.approx(50, abs=0.02)
    assert runner.race is None
    assert per_km(runner, "10k") == "4:08"
    assert runner.paces["10k"].source == "predicted from threshold 4:15.2/km (VDOT 50.0)"
    assert runner.paces["threshold"].source == "as written"
    assert runner.sources["VDOT"] == "estimated from your threshold 4:15.2/km"


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
    assert found.message == "`T` and `tempo` are two names for the same pace, threshold"


def test_the_race_pace_of_a_distance_is_its_pace_unless_somebody_calls_another_so() -> None:
    assert short_for("5k race") == "5k"
    assert short_for("half marathon race") == "half"
    assert short_for("8 km race") == "8k"
    assert short_for("easy race") == "easy race"
