"""Which result counts: judged by a calendar, logarithms and paces of VDOT tables by hand."""

import datetime as dt
import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit.athlete.paces import derive
from negsplit.athlete.results import Share
from negsplit.athlete.vdot import race_speed, vdot
from negsplit.diagnostics import Report, Severity
from negsplit.model import Athlete, Race
from negsplit.units import Distance, Duration, Pace, pace_text
from strategies.athletes import FIRST, SECOND, complaint, derived, known, race
from strategies.examples import examples

TWO = (race("5 km", "20:00", "2026-10-04"), race("half", "1:42:00", "2026-09-20"))


# --- The nearest -------------------------------------------------------------------------------


def test_a_half_is_what_was_run_and_not_what_5_km_promise() -> None:
    """1:42:00 for 21.0975 km is 4:50/km; from the 5 km alone it would be 1:31:50, 4:21/km."""
    paces = known(Athlete("Runner", races=TWO)).paces
    assert pace_text(paces["half"].fast_mps, "km") == "4:50"
    assert paces["half"].fast_mps == pytest.approx(21_097.5 / 6120, rel=1e-9)
    assert paces["5k"].fast_mps == pytest.approx(5000 / 1200, rel=1e-9)


@pytest.mark.parametrize(("name", "metres", "nearest"), [("1500m", 1500, 0), ("8k", 8000, 0), ("15mi", 24_140.16, 1)])
def test_a_distance_without_a_name_has_its_nearest_result_too(name: str, metres: float, nearest: int) -> None:
    runner = known(Athlete("Runner", races=TWO))
    speed = race_speed(metres, vdot(TWO[nearest].distance, TWO[nearest].time))
    assert runner.speeds(name) == (speed, speed)


@settings(max_examples=30, deadline=None)
@given(st.integers(80_000, 5_000_000))
def test_nearest_is_by_the_factor_between_two_distances(cm: int) -> None:
    """The mean of 5 km and a half, as factors go, is 10.27 km; as kilometres go it would be 13 km."""
    found = known(Athlete("Runner", races=TWO)).results.nearest(cm / 100)
    assert found is not None
    assert found.race == TWO[cm / 100 > math.sqrt(5_000 * 21_097.5)]


def test_of_two_as_near_the_newer_counts_though_it_is_slower() -> None:
    older, newer = race("5 km", "20:00", "2026-09-04"), race("5 km", "20:30", "2026-10-04")
    far_longer = Race(Distance(2_000_000), Duration(5_400_000), older.on)
    runner = known(Athlete("Runner", races=(older, newer)))
    assert runner.race == older
    assert runner.paces["5k"].fast_mps == pytest.approx(5000 / 1230, rel=1e-9)
    between = known(Athlete("Runner", races=(far_longer, newer))).results.nearest(10_000)
    assert between is not None
    assert between.race == newer, "5 km and 20 km are as far from 10 km"


def test_a_result_that_does_not_count_gives_no_pace() -> None:
    old = race("half", "1:42:00", "2026-06-13")
    runner = known(Athlete("Runner", races=(TWO[0], old)))
    assert {one.race for one in runner.results.counted} == {TWO[0]}
    assert runner.paces["half"] == known(Athlete("Runner", races=TWO[:1])).paces["half"]


def test_a_threshold_is_near_to_every_race() -> None:
    results = known(Athlete("Runner", threshold=Pace(255_200, "km"))).results
    assert results.nearest(800) == results.nearest(42_195) == results.best
    assert known(Athlete("Nobody")).results.nearest(5000) is None


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
    assert found[1].help == ("add the day: 10 km in 47:00 on YYYY-MM-DD",)
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
        ("5 km", "2:30", "this looks like a slip: "),
        ("10 km", "20:00", "this looks like a slip: "),
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


# --- Conditions --------------------------------------------------------------------------------


def on_a_bad_day(name: str, clock: str, on: str | None, condition: str = "hot") -> Race:
    return replace(race(name, clock, on), condition=condition)


def test_a_worse_result_of_a_hot_day_changes_no_pace() -> None:
    """A half in 1:50:00 would slow half and marathon pace, and one 20 weeks on would make the 5 km too old."""
    alone = known(Athlete("Runner", races=TWO[:1]))
    for on in ("2026-09-20", "2026-10-04", "2027-02-28"):
        runner = known(Athlete("Runner", races=(TWO[0], on_a_bad_day("half", "1:50:00", on))))
        assert runner.paces == alone.paces
        assert runner.sources["VDOT"] == "from 5 km in 20:00 on 2026-10-04; half in 1:50:00 left out (hot)"


def test_a_better_result_counts_whatever_the_day_was() -> None:
    better = on_a_bad_day("half", "1:31:00", "2026-09-20", "hilly")
    runner = known(Athlete("Runner", races=(TWO[0], better)))
    plain = known(Athlete("Runner", races=(TWO[0], replace(better, condition=None))))
    assert (runner.paces, runner.race) == (plain.paces, better)


def test_a_result_of_a_bad_day_counts_for_want_of_another() -> None:
    """The better one of two: the other would only slow paces."""
    hot, windy = on_a_bad_day("half", "1:42:00", "2026-09-20"), on_a_bad_day("5 km", "20:00", "2026-10-04", "windy")
    assert known(Athlete("Runner", races=(hot,))).paces == known(Athlete("Runner", races=TWO[1:])).paces
    both = known(Athlete("Runner", races=(hot, windy)))
    assert both.paces == known(Athlete("Runner", races=(windy,))).paces


def test_a_threshold_is_better_than_a_worse_bad_day() -> None:
    threshold = Pace(240_000, "km")
    hot = on_a_bad_day("10 km", "47:10", "2026-07-04")
    runner = known(Athlete("Runner", races=(hot,), threshold=threshold))
    assert runner.paces == known(Athlete("Runner", threshold=threshold)).paces
    assert runner.sources["VDOT"] == "estimated from your threshold 4:00/km; 10 km in 47:10 left out (hot)"


@settings(max_examples=examples(30), deadline=None)
@given(st.lists(st.tuples(st.integers(1180, 1320), st.integers(0, 300), st.booleans()), min_size=1, max_size=5))
def test_no_bad_day_ever_lowers_a_pace(results: list[tuple[int, int, bool]]) -> None:
    days = [dt.date(2026, 1, 1) + dt.timedelta(days=day) for _, day, _ in results]
    races = [
        Race(Distance(500_000), Duration(seconds * 1000), day, condition="sick" if bad else None)
        for (seconds, _, bad), day in zip(results, days, strict=True)
    ]
    plain = tuple(one for one in races if one.condition is None)
    if plain:
        with_them, without = (known(Athlete("Runner", races=some)) for some in (tuple(races), plain))
        for name, pace in without.paces.items():
            assert with_them.paces[name].fast_mps >= pace.fast_mps


# --- What is left ------------------------------------------------------------------------------


def test_what_is_left_after_days_without_running() -> None:
    """24:00 becomes 24:18 after 10 days, 25:01 after 21: Daniels' factors of VDOT for time off, 0.985 and 0.952."""
    athlete = Athlete("Runner", races=(race("5 km", "24:00", "2026-10-04"),))
    for share, seconds in ((0.985, 24 * 60 + 18), (0.952, 25 * 60 + 1)):
        runner = derive(athlete, Report(), [Share(dt.date(2026, 12, 1), share)])
        assert 5000 / runner.paces["5k"].fast_mps == pytest.approx(seconds, abs=1)
        assert runner.paces["threshold"].fast_mps < known(athlete).paces["threshold"].fast_mps


def test_a_share_is_of_what_was_run_before_it() -> None:
    day = dt.date(2026, 10, 5)
    athlete = Athlete("Runner", races=(race("5 km", "24:00", "2026-10-04"), race("5 km", "25:00", "2026-10-05")))
    runner = derive(athlete, Report(), [Share(day, 0.9), Share(day, 0.9)])
    full = [vdot(one.distance, one.time) for one in athlete.races]
    assert sorted(one.vdot for one in runner.results.counted) == pytest.approx([full[0] * 0.81, full[1]])
    assert runner.sources["VDOT"] == "from 5 km in 25:00 on 2026-10-05, the best of 2 races within 16 weeks"


def test_a_share_of_a_threshold_slows_it_too() -> None:
    athlete = Athlete("Runner", threshold=Pace(255_200, "km"))
    runner = derive(athlete, Report(), [Share(dt.date(2026, 12, 1), 0.97)])
    assert runner.vdot == pytest.approx(0.97 * (known(athlete).vdot or 0))
    assert runner.sources["VDOT"] == "estimated from 97 % of your threshold 4:15.2/km"
    assert runner.paces["threshold"].source == "97 % of the VDOT of your threshold 4:15.2/km"
    assert runner.paces["easy"].fast_mps < known(athlete).paces["easy"].fast_mps
