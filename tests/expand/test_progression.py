"""Speeds are those computed for VDOT 40, 50 and 60 from the source texts of the progressions; the rest is by hand."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit.model import ByFeel, CutDown, FastFinish, Gradual, Ladder, Origin, Parts, Ramp, Range, Role, Step
from negsplit.targets import (
    Between,
    CadenceTarget,
    Effort,
    HeartRateTarget,
    Named,
    OpenTarget,
    PaceTarget,
    Shifted,
)
from negsplit.units import Amount, Decimal, Distance, Duration, Pace, PaceShift, Percent, Speed

MINUTE, KM = 60_000, 100_000
QUESTION = "Can I go a little faster without getting out of breath?"

# Slow and fast edge in mm/s: single paces 1 % to either side, the last fast-finish block half pace to 2 % slower.
THIRDS = {
    40: [(2805, 2845), (3063, 3171), (3332, 3389)],
    50: [(3321, 3377), (3688, 3842), (4033, 4116)],
    60: [(3812, 3886), (4305, 4500), (4713, 4827)],
}
FAST_FINISH = {
    40: [(2509, 2819), (2871, 2929), (2955, 3015), (3044, 3106), (3109, 3171)],
    50: [(2994, 3370), (3442, 3512), (3555, 3627), (3675, 3749), (3767, 3842)],
    60: [(3466, 3904), (3998, 4079), (4139, 4223), (4292, 4378), (4412, 4500)],
}
CUT_DOWN_TO_10K = {
    40: [(2791, 2847), (2903, 2961), (3024, 3085), (3156, 3219), (3299, 3366)],
    50: [(3336, 3404), (3479, 3550), (3635, 3709), (3806, 3883), (3993, 4074)],
    60: [(3865, 3944), (4039, 4120), (4228, 4314), (4436, 4526), (4666, 4760)],
}
CUT_DOWN_TO_5K = {
    40: [(2791, 2847), (2926, 2985), (3075, 3137), (3240, 3305), (3423, 3492)],
    50: [(3336, 3404), (3506, 3577), (3695, 3769), (3904, 3983), (4139, 4223)],
    60: [(3865, 3944), (4070, 4153), (4298, 4385), (4553, 4645), (4840, 4938)],
}


def named(name: str) -> PaceTarget:
    return PaceTarget(Named(name))


def typed(seconds: float, unit: Any = "km") -> PaceTarget:
    return PaceTarget(Pace(round(seconds * 1000), unit))


def shifted(name: str, near: int, far: int) -> PaceTarget:
    return PaceTarget(Shifted(Named(name), PaceShift(near * 1000, "km"), PaceShift(far * 1000, "km")))


def minutes(number: float) -> Duration:
    return Duration(round(number * MINUTE))


def km(number: float) -> Distance:
    return Distance(round(number * KM))


def miles(number: str | int) -> Distance:
    return Distance.of(Decimal(number), "mi")


def drop(low: float, high: float | None = None, unit: Any = "mi") -> tuple[PaceShift, PaceShift]:
    return PaceShift(round(low * 1000), unit), PaceShift(round((high or low) * 1000), unit)


def by_feel(total: Any, first: Any = None, ask_every: Any = None) -> ByFeel:
    return ByFeel(total, first or minutes(15), ask_every or minutes(7.5), QUESTION)


def centres(steps: list[Step], runner: Any) -> list[float]:
    """Middle speeds in mm/s."""
    result = []
    for step in steps:
        [target] = step.targets
        assert isinstance(target, PaceTarget)
        slow, fast = runner.band(target.pace)
        result.append(500 * (slow + fast))
    return result


def seconds_per_km(steps: list[Step]) -> list[float]:
    result = []
    for step in steps:
        [target] = step.targets
        assert isinstance(target, PaceTarget)
        assert isinstance(target.pace, Pace)
        result.append(1000 / target.pace.mps)
    return result


# --- Thirds and parts ----------------------------------------------------------------------------

DEFAULT_THIRDS = (
    shifted("marathon", 25, 30),
    PaceTarget(Between(Named("marathon"), Named("half"))),
    shifted("10k", -5, 0),
)


@pytest.mark.parametrize("vdot", [40, 50, 60])
def test_thirds_of_twelve_kilometres(run: Any, runner: Any, vdot: int) -> None:
    expanded = run(Parts("thirds", km(12), DEFAULT_THIRDS), vdot=vdot)
    assert expanded.sizes == [4 * KM] * 3
    assert [step.targets for step in expanded.steps] == [(pace,) for pace in DEFAULT_THIRDS]
    expected = [(slow + fast) / 2 for slow, fast in THIRDS[vdot]]
    assert centres(expanded.steps, runner(vdot)) == pytest.approx(expected, rel=0.002)
    assert [step.origin for step in expanded.steps] == [Origin("thirds", part, 3) for part in (1, 2, 3)]


def test_thirds_of_what_three_does_not_divide(run: Any) -> None:
    assert run(Parts("thirds", km(10), DEFAULT_THIRDS)).sizes == [333_334, 333_333, 333_333]


def test_parts_take_any_target_and_widen_only_paces(run: Any) -> None:
    heart = HeartRateTarget(None, 145)
    expanded = run(Parts("parts", minutes(60), (heart, named("easy"), named("half"), named("5k")), Percent(1_000)))
    assert expanded.sizes == [15 * MINUTE] * 4
    assert expanded.steps[0].targets == (heart,)
    assert [step.tolerance for step in expanded.steps] == [None, *(Percent(1_000),) * 3]
    assert [step.role for step in expanded.steps] == [Role.RUN] * 4


def test_the_total_is_chosen_from_a_range(run: Any) -> None:
    item = Parts("parts", Range(miles(3), miles(6), "mi", 0), (named("easy"), named("half")))
    totals = [sum(run(item, volume=volume).sizes) for volume in ("low", "middle", "high")]
    assert totals == [miles(3).cm, miles(4).cm, miles(6).cm]


@pytest.mark.parametrize(("style", "count"), [("thirds", 2), ("thirds", 4), ("parts", 1)])
def test_a_wrong_number_of_paces(run: Any, style: Any, count: int) -> None:
    error = run(Parts(style, km(10), (named("easy"),) * count)).error
    assert error.code == "paces"
    assert str(count) in error.message


def test_parts_too_short_to_be_steps(run: Any) -> None:
    error = run(Ramp(Distance(10_000), 20, typed(330), typed(270))).error
    assert error.code == "out-of-bounds"
    assert "5 m" in error.message


# --- Ramp ----------------------------------------------------------------------------------------


def test_a_ramp_is_linear_in_pace_with_both_ends(run: Any) -> None:
    expanded = run(Ramp(minutes(20), 5, typed(330), typed(270)))
    assert expanded.sizes == [4 * MINUTE] * 5
    assert expanded.paces == ["5:30/km", "5:15/km", "5:00/km", "4:45/km", "4:30/km"]


def test_a_ramp_may_slow_down(run: Any) -> None:
    assert run(Ramp(minutes(20), 3, typed(270), typed(330))).paces == ["4:30/km", "5:00/km", "5:30/km"]


def test_written_points_stay_and_bands_become_their_fast_edge(run: Any) -> None:
    expanded = run(Ramp(minutes(20), 3, named("easy"), named("10k")))
    assert expanded.paces == ["4:56.8/km", "4:32.4/km", "10k"]
    slowing = run(Ramp(minutes(20), 3, named("10k"), named("easy")))
    assert slowing.paces == ["10k", "4:32.4/km", "4:56.8/km"]


@pytest.mark.parametrize("start", [typed(330), named("easy"), named("10k")])
def test_a_written_end_keeps_its_own_tolerance(run: Any, start: PaceTarget) -> None:
    own = PaceShift(5_000, "km")
    steps = run(Ramp(minutes(20), 3, replace(start, tolerance=own), typed(270), Percent(1_000))).steps
    assert [target.tolerance for step in steps for target in step.targets] == [own, None, None]
    assert [step.tolerance for step in steps] == [Percent(1_000)] * 3


def test_splits_of_a_length_leave_the_rest_to_the_first(run: Any) -> None:
    expanded = run(Ramp(km(4.5), km(1), typed(300), typed(240)))
    assert expanded.sizes == [150_000, 100_000, 100_000, 100_000]
    assert expanded.paces == ["5:00/km", "4:40/km", "4:20/km", "4:00/km"]


@pytest.mark.parametrize(
    ("total", "sizes"),
    [
        (km(15), [96_000] + [78_000] * 18),
        (minutes(60), [198_000] + [189_000] * 18),
    ],
)
def test_splits_by_a_change_are_tens_of_metres_or_whole_seconds(run: Any, total: Amount, sizes: list[int]) -> None:
    for ends in (typed(290), typed(200)), (typed(200), typed(290)):
        expanded = run(Ramp(total, PaceShift(5_000, "km"), *ends))
        assert expanded.sizes == sizes
        assert sorted(seconds_per_km(expanded.steps)) == pytest.approx(range(200, 295, 5), abs=0.001)


def test_every_split_holds_what_stands_behind_the_paces(run: Any) -> None:
    held, width = (CadenceTarget(180, 180), Effort(6, 6)), PaceShift(3_000, "km")
    item = Ramp(km(3), km(1), typed(300), typed(240), width, Role.WARMUP, held, "tall")
    steps = run(item).steps
    assert [(one.role, one.targets[1:], one.cue, one.tolerance) for one in steps] == [
        (Role.WARMUP, held, "tall", width)
    ] * 3
    assert [one.origin for one in steps] == [Origin("ramp", part, 3) for part in (1, 2, 3)]


def test_splits_in_miles_are_whole_ones(run: Any) -> None:
    for total, split, count in (("3", "1", 3), ("6", "1", 6), ("2", "0.5", 4), ("1", "0.25", 4)):
        steps = run(Ramp(miles(total), miles(split), typed(300), typed(240))).steps
        assert [str(one.length) for one in steps] == [f"{split} mi"] * count
    first, *others = run(Ramp(miles("6.5"), miles(1), typed(300), typed(240))).steps
    assert [str(one.length) for one in others] == ["1 mi"] * 5
    assert round(first.length.cm / 160_934.4, 4) == 1.5


def test_a_ramp_is_cut_as_it_is_measured(run: Any) -> None:
    assert run(Ramp(km(3), minutes(5), typed(300), typed(240))).error.code == "kind"


@pytest.mark.parametrize("count", [1, 201])
def test_a_ramp_has_two_to_two_hundred_parts(run: Any, count: int) -> None:
    error = run(Ramp(minutes(200), count, typed(330), typed(270))).error
    assert error.code == "out-of-bounds"
    assert str(count) in error.message


@given(st.integers(10**6, 10**8), st.integers(2, 200), st.floats(200, 400), st.floats(200, 400))
@settings(max_examples=60, deadline=None)
def test_a_ramp_keeps_to_its_total_and_its_line(run: Any, total: int, count: int, start: float, end: float) -> None:
    expanded = run(Ramp(Duration(total), count, typed(start), typed(end)))
    assert sum(expanded.sizes) == total
    paces = seconds_per_km(expanded.steps)
    line = [start + i * (end - start) / (count - 1) for i in range(count)]
    assert paces == pytest.approx(line, abs=0.002)


@pytest.mark.parametrize(
    ("total", "unit", "shown"),
    [(miles(6), "km", "/mi"), (km(6), "km", "/km"), (km(6), "mi", "/mi"), (minutes(20), "mi", "/mi")],
)
def test_paces_follow_the_miles_of_the_text_or_the_athlete(run: Any, total: Any, unit: str, shown: str) -> None:
    assert run(Ramp(total, 3, named("easy"), named("10k")), unit=unit).paces[1].endswith(shown)


PACE, TREADMILL, MILES = Pace(330_000, "km"), Speed(12_000, "km/h"), Speed(Decimal(7_500), "mph")


@pytest.mark.parametrize(
    ("start", "finish", "split"),
    [
        (PACE, Pace(270_000, "km"), "5:00/km"),
        (TREADMILL, Speed(15_000, "km/h"), "13.333333 km/h"),
        (MILES, Speed(9_000, "mph"), "8.181818 mph"),
        (TREADMILL, Named("threshold"), " km/h"),
        (Named("easy"), PACE, "/km"),
        (PACE, Speed(15_000, "km/h"), "/mi"),
        (TREADMILL, Speed(9_000, "mph"), "/mi"),
    ],
)
def test_splits_are_in_the_unit_of_the_ends_if_they_have_one(run: Any, start: Any, finish: Any, split: str) -> None:
    """By hand: half way in pace between 12 and 15 km/h are (5:00 + 4:00) / 2 = 4:30/km, or 40/3 km/h."""
    ends = PaceTarget(start), PaceTarget(finish)
    assert run(Ramp(miles(6), 3, *ends), unit="mi").paces[1].endswith(split)
    assert run(Ladder((Step(Role.RUN, miles(1)),) * 3, Gradual(*ends)), unit="mi").paces[1].endswith(split)


def test_a_speed_that_is_made_is_the_pace_that_it_was_counted_as(run: Any) -> None:
    """On a watch nothing else comes of it: metres a second are the same to a thousandth of a millimetre."""
    paces = [Pace(ms, "km") for ms in (300_000, 240_000)]
    speeds = [Speed(thousandths, "km/h") for thousandths in (12_000, 15_000)]
    of_paces, of_speeds = (
        [step.targets[0].pace.mps for step in run(Ramp(km(9), 9, *map(PaceTarget, ends))).steps]
        for ends in (paces, speeds)
    )
    assert of_speeds == pytest.approx(of_paces, abs=1e-6)


# --- Fast finish ---------------------------------------------------------------------------------


def fast_finish(**changes: Any) -> FastFinish:
    item = FastFinish(minutes(90), named("easy"), minutes(20), minutes(5), named("half"))
    return replace(item, **changes)


@pytest.mark.parametrize("vdot", [40, 50, 60])
def test_a_fast_finish_of_ninety_minutes(run: Any, runner: Any, vdot: int) -> None:
    expanded = run(fast_finish(), vdot=vdot)
    assert expanded.sizes == [70 * MINUTE, *[5 * MINUTE] * 4]
    assert expanded.steps[0].targets == (named("easy"),)
    assert expanded.steps[-1].targets == (named("half"),)
    expected = [(slow + fast) / 2 for slow, fast in FAST_FINISH[vdot][:-1]] + [FAST_FINISH[vdot][-1][1]]
    assert centres(expanded.steps, runner(vdot)) == pytest.approx(expected, rel=0.002)
    assert [step.origin.part for step in expanded.steps] == [1, 2, 3, 4, 5]
    assert expanded.steps[0].origin == Origin("fast finish", 1, 5)


def test_the_remainder_goes_to_the_first_block_of_the_finish(run: Any) -> None:
    expanded = run(fast_finish(finish=minutes(22), tolerance=Percent(1_500)))
    assert expanded.sizes == [68 * MINUTE, 7 * MINUTE, *[5 * MINUTE] * 3]
    assert {step.tolerance for step in expanded.steps} == {Percent(1_500)}


def test_one_block_is_the_finish_itself(run: Any) -> None:
    expanded = run(fast_finish(total=km(10), finish=km(2), every=km(2), base=typed(330), to=typed(270)))
    assert expanded.sizes == [8 * KM, 2 * KM]
    assert expanded.paces == ["5:30/km", "4:30/km"]


@pytest.mark.parametrize(
    ("item", "code", "words"),
    [
        (fast_finish(total=minutes(20)), "finish", "(20 min)"),
        (fast_finish(every=minutes(21)), "finish", "`every` (21 min) is longer than `finish` (20 min)"),
        (fast_finish(finish=km(3)), "kind", "`total` is a time (90 min), `finish` is a distance (3 km)"),
        (fast_finish(every=km(1)), "kind", "`every` is a distance (1 km)"),
        (fast_finish(to=typed(300)), "not-faster", "`to` (5:00/km) is not faster than `base` (4:57/km"),
        (fast_finish(base=typed(300), to=typed(300)), "not-faster", "5:00/km"),
        (fast_finish(total=minutes(20.01)), "out-of-bounds", "0.6 s"),
    ],
)
def test_mistakes_in_a_fast_finish(run: Any, item: FastFinish, code: str, words: str) -> None:
    expanded = run(item)
    assert expanded.error.code == code
    assert words in expanded.error.message
    assert expanded.items == ()


# --- By feel -------------------------------------------------------------------------------------


def test_an_hour_by_feel(run: Any) -> None:
    steps = run(by_feel(minutes(60))).steps
    assert [step.length for step in steps] == [minutes(15), *(minutes(7.5),) * 6]
    assert [step.role for step in steps] == [Role.WARMUP, *(Role.RUN,) * 6]
    assert {step.targets for step in steps} == {(OpenTarget(),)}
    assert [step.cue for step in steps[1:-1]] == [QUESTION] * 5
    assert "easy" in steps[0].cue.lower()
    assert "strong" in steps[-1].cue
    assert "manageable" in steps[-1].cue
    assert [step.origin for step in steps] == [Origin("by feel", part, 7) for part in range(1, 8)]


def test_the_first_part_takes_the_remainder(run: Any) -> None:
    assert run(by_feel(minutes(50))).sizes == [20 * MINUTE, *[7.5 * MINUTE] * 4]
    assert run(by_feel(km(10), km(3), km(2))).sizes == [4 * KM, *[2 * KM] * 3]
    one = run(by_feel(minutes(25), ask_every=minutes(10))).steps
    assert len(one) == 2
    assert "strong" in one[-1].cue


@pytest.mark.parametrize("number", [5, 10])
def test_the_question_may_come_every_five_to_ten_minutes(run: Any, number: int) -> None:
    assert len(run(by_feel(minutes(60), ask_every=minutes(number))).steps) == 1 + 45 // number


@pytest.mark.parametrize(
    ("item", "code", "words"),
    [
        (by_feel(minutes(60), ask_every=minutes(4.9)), "out-of-bounds", "between 5 min and 10 min, not 4:54"),
        (by_feel(minutes(60), ask_every=minutes(10.1)), "out-of-bounds", "10:06"),
        (by_feel(km(10)), "kind", "`total` is a distance (10 km), `first` is a time (15 min)"),
        (by_feel(minutes(60), ask_every=km(1)), "kind", "`ask_every` is a distance (1 km)"),
        (by_feel(minutes(22)), "too-few-parts", "22 min"),
        (by_feel(minutes(10)), "too-few-parts", "10 min"),
    ],
)
def test_mistakes_by_feel(run: Any, item: ByFeel, code: str, words: str) -> None:
    expanded = run(item)
    assert expanded.error.code == code
    assert words in expanded.error.message
    assert expanded.items == ()


# --- Cut-down ------------------------------------------------------------------------------------


def cut_down(total: Any = None, every: Any = None, start: Any = None, **more: Any) -> CutDown:
    return CutDown(total or miles(5), every or miles(1), start or named("easy"), **more)


@pytest.mark.parametrize("vdot", [40, 50, 60])
@pytest.mark.parametrize(("finish", "table"), [("10k", CUT_DOWN_TO_10K), ("5k", CUT_DOWN_TO_5K)])
def test_a_five_mile_cut_down(run: Any, runner: Any, vdot: int, finish: str, table: dict[int, Any]) -> None:
    expanded = run(cut_down(finish=named(finish), drop=drop(15, 30)), vdot=vdot)
    assert sum(expanded.sizes) == 804_672
    assert expanded.sizes[1:] == [160_934] * 4
    assert expanded.steps[-1].targets == (named(finish),)
    assert all(pace.endswith("/mi") for pace in expanded.paces[:-1])
    expected = [(slow + fast) / 2 for slow, fast in table[vdot]]
    assert centres(expanded.steps, runner(vdot)) == pytest.approx(expected, rel=0.002)
    assert expanded.steps[0].origin == Origin("cut-down", 1, 5)


def test_every_split_is_the_same_step_faster(run: Any) -> None:
    item = cut_down(km(6), km(1), typed(330), finish=typed(280), tolerance=Percent(1_000))
    expanded = run(item)
    assert expanded.paces == ["5:30/km", "5:20/km", "5:10/km", "5:00/km", "4:50/km", "4:40/km"]
    assert {step.tolerance for step in expanded.steps} == {Percent(1_000)}


def test_the_first_split_takes_the_remainder(run: Any) -> None:
    assert run(cut_down(km(10.5), km(2), finish=named("10k"))).sizes == [250_000, *[200_000] * 4]
    assert run(cut_down(miles(1), miles("0.25"), finish=named("10k"))).sizes == [40_232, *[40_234] * 3]


def test_run_forward_from_marathon_pace_to_a_floor(run: Any) -> None:
    expanded = run(cut_down(miles(6), start=named("marathon"), finish=named("10k"), drop=drop(20)))
    assert expanded.paces[0] == "marathon"
    assert expanded.paces[2:] == ["10k"] * 4
    # 271.1 s/km is 7:16.293 a mile; a third split of 6:36 would be below the floor of 6:39.
    assert expanded.paces[1] == "6:56.293/mi"


def test_run_forward_without_a_floor(run: Any) -> None:
    expanded = run(cut_down(km(4), km(1), typed(330), drop=drop(10, unit="km")))
    assert expanded.paces == ["5:30/km", "5:20/km", "5:10/km", "5:00/km"]


def test_a_floor_that_is_met_exactly_or_is_a_band(run: Any) -> None:
    expanded = run(cut_down(km(4), km(1), typed(330), finish=typed(320), drop=drop(5, unit="km")))
    assert expanded.paces == ["5:30/km", "5:25/km", "5:20/km", "5:20/km"]
    assert [step.targets[0] for step in expanded.steps[2:]] == [typed(320)] * 2
    met = run(cut_down(km(3), km(1), typed(258), finish=named("10k"), drop=drop(10, unit="km")))
    assert met.paces == ["4:18/km", "10k", "10k"]
    banded = run(cut_down(km(4), km(1), typed(330), finish=named("easy"), drop=drop(20, unit="km")))
    assert banded.paces == ["5:30/km", "5:10/km", "4:56.8/km", "4:56.8/km"]


def test_a_cut_down_may_reach_twelve_metres_a_second_but_not_pass_it(run: Any) -> None:
    # 84 s/km is 11.9 m/s, 83 s/km 12.05 m/s.
    assert run(cut_down(km(2), km(1), typed(100), drop=drop(16, unit="km"))).paces[1] == "1:24/km"
    assert run(cut_down(km(2), km(1), typed(100), drop=drop(17, unit="km"))).error.code == "out-of-bounds"


def test_the_drop_gives_the_unit_of_paces(run: Any) -> None:
    paces = run(cut_down(miles(3), start=typed(330), drop=drop(5, unit="km"))).paces
    assert [pace[-3:] for pace in paces] == ["/km"] * 3


@pytest.mark.parametrize("low", [20, 19.999, 15])
@pytest.mark.parametrize("high", [20.001, 30])
def test_a_drop_at_the_edge_of_its_range_is_in_it(run: Any, low: float, high: float) -> None:
    item = cut_down(miles(5), start=typed(480, "mi"), finish=typed(400, "mi"), drop=drop(low, high))
    assert len(run(item).steps) == 5


def test_a_drop_out_of_its_range_names_what_would_do(run: Any) -> None:
    # At VDOT 50 easy to 10k in three miles is 39 s/mi apart; four or five splits would lie within 15..30.
    error = run(cut_down(miles(3), finish=named("10k"), drop=drop(15, 30))).error
    assert error.code == "drop"
    assert "3 splits from 7:58/mi to 6:39/mi are 39.3 s/mi apart, not 15..30 s/mi" in error.message
    assert "4 to 6 splits of 1 mi" in error.help[0]
    assert "7:10 to 7:39/mi" in error.help[1]


@pytest.mark.parametrize(("total", "low", "high"), [(3, 15, 30), (3, 25, 30), (9, 15, 30), (4, 60, 90), (2, 20, 30)])
def test_what_the_help_for_a_drop_proposes_does_work(run: Any, total: int, low: int, high: int) -> None:
    start, finish = 478, 399
    item = cut_down(miles(total), start=typed(start, "mi"), finish=typed(finish, "mi"), drop=drop(low, high))
    error = run(item).error
    for text in error.help:
        words = text.replace("/mi", " ").split()
        numbers = [word for word in words if word[0].isdigit()]
        if text.startswith("from this start"):
            for count in {int(number) for number in numbers[:-1]}:
                again = cut_down(
                    miles(count), start=typed(start, "mi"), finish=typed(finish, "mi"), drop=drop(low, high)
                )
                assert len(run(again).steps) == count
        else:
            for number in numbers[-2:]:
                minute, second = map(int, number.split(":"))
                begin = typed(60 * minute + second, "mi")
                again = cut_down(miles(total), start=begin, finish=typed(finish, "mi"), drop=drop(low, high))
                assert len(run(again).steps) == total


def test_no_number_of_splits_may_do(run: Any) -> None:
    item = cut_down(miles(3), start=typed(480, "mi"), finish=typed(400, "mi"), drop=drop(50, 60))
    [help] = run(item).error.help
    assert "from this start" not in help


def test_a_drop_just_outside_is_never_shown_as_inside(run: Any) -> None:
    item = cut_down(miles(2), start=typed(430.02, "mi"), finish=typed(400, "mi"), drop=drop(15, 30))
    assert "30.1 s/mi apart" in run(item).error.message
    item = cut_down(miles(2), start=typed(414.98, "mi"), finish=typed(400, "mi"), drop=drop(15, 30))
    assert "14.9 s/mi apart" in run(item).error.message


@pytest.mark.parametrize(
    ("item", "code", "words"),
    [
        (cut_down(), "drop", "without `to` needs one `drop`"),
        (cut_down(drop=drop(15, 30)), "drop", "not a range"),
        (cut_down(every=minutes(5), finish=named("10k")), "kind", "distance (5 mi), `every` is a time (5 min)"),
        (cut_down(miles(1), finish=named("10k")), "too-few-parts", "1 mi holds 1 of 1 mi"),
        (cut_down(km(1), finish=named("10k")), "too-few-parts", "1 km holds 0 of 1 mi"),
        (cut_down(start=named("10k"), finish=named("easy")), "not-faster", "`to` (7:58/mi)"),
        (cut_down(start=named("10k"), finish=named("10k")), "not-faster", "`from` (6:39/mi)"),
        (cut_down(start=named("10k"), finish=named("easy"), drop=drop(20)), "not-faster", "7:58/mi"),
        (cut_down(km(4), km(1), typed(120), drop=drop(15, unit="km")), "out-of-bounds", "split 4 of 4"),
        (cut_down(km(9), km(1), typed(120), drop=drop(100, unit="km")), "out-of-bounds", "split 2 of 9"),
    ],
)  # fmt: skip
def test_mistakes_in_a_cut_down(run: Any, item: CutDown, code: str, words: str) -> None:
    expanded = run(item)
    assert expanded.error.code == code
    assert words in expanded.error.message
    assert expanded.items == ()


@given(
    st.integers(20_000, 4_000_000),
    st.integers(10_000, 1_000_000),
    st.floats(260, 600),
    st.floats(120, 259),
    st.none() | st.integers(1_000, 60_000),
)
@settings(max_examples=80, deadline=None)
def test_a_cut_down_keeps_to_its_total_and_never_slows(
    run: Any, total: int, every: int, start: float, finish: float, single: int | None
) -> None:
    change = (PaceShift(single, "km"), PaceShift(single, "km")) if single else None
    expanded = run(CutDown(Distance(total), Distance(every), typed(start), typed(finish), change))
    if expanded.diagnostics:
        assert expanded.error.code == "too-few-parts"
        assert total < 2 * every
        return
    assert sum(expanded.sizes) == total
    assert set(expanded.sizes[1:]) == {every}
    paces = seconds_per_km(expanded.steps)
    assert paces == sorted(paces, reverse=True)
    assert paces[0] == pytest.approx(start, abs=0.001)
    assert paces[-1] >= finish - 0.001
    if not single:
        changes = [one - other for one, other in pairwise(paces)]
        assert max(changes) - min(changes) < 0.004


# --- All -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "item",
    [
        Ramp(minutes(20), 5, named("heart"), named("10k")),
        Ramp(minutes(20), 5, named("easy"), named("heart")),
        fast_finish(base=named("heart")),
        fast_finish(to=named("heart")),
        cut_down(start=named("heart"), finish=named("10k")),
        cut_down(finish=named("heart")),
        cut_down(start=named("heart"), drop=drop(20)),
    ],
)
def test_a_pace_that_cannot_be_known_leaves_the_progression_out(run: Any, item: Any) -> None:
    expanded = run(item)
    assert (expanded.items, expanded.diagnostics) == ((), [])


@pytest.mark.parametrize(("start", "finish"), [("very easy", "10k"), ("10k", "very easy")])
def test_a_name_that_is_open_to_one_side_is_no_end_of_a_ramp(run: Any, start: str, finish: str) -> None:
    error = run(Ramp(minutes(20), 5, named(start), named(finish))).error
    assert (error.code, error.help) == ("kind", ("write where it begins: `5:34/km`",))


@pytest.mark.parametrize(
    "item",
    [
        CutDown(km(200), Distance(1_000), typed(330), typed(270)),
        FastFinish(km(200), typed(330), km(199), Distance(1_000), typed(270)),
        by_feel(km(200), km(1), Distance(1_000)),
    ],
)
def test_more_parts_than_a_workout_may_have(run: Any, item: Any) -> None:
    error = run(item).error
    assert error.code == "too-many-steps"
    assert "10000" in error.message


def test_as_many_splits_as_a_workout_may_have(run: Any) -> None:
    assert len(run(CutDown(km(100), Distance(1_000), typed(330), typed(270))).steps) == 10_000


@pytest.mark.parametrize(
    "item",
    [
        Parts("thirds", km(12), DEFAULT_THIRDS),
        Ramp(minutes(20), 5, typed(330), typed(270)),
        fast_finish(),
        by_feel(minutes(60)),
        cut_down(finish=named("10k")),
    ],
)
def test_steps_and_messages_point_at_the_progression(run: Any, span: Any, item: Any) -> None:
    whole = span("progression")
    expanded = run(replace(item, span=whole))
    assert {id(step.span) for step in expanded.steps} == {id(whole)}
    assert run(replace(item, span=whole, total=Distance(1))).error.span is whole


def test_a_pace_that_is_not_faster_is_shown_where_it_stands(run: Any, span: Any) -> None:
    to = replace(named("easy"), span=span("easy"))
    assert run(cut_down(start=named("10k"), finish=to)).error.span is to.span
    assert run(fast_finish(base=named("10k"), to=to)).error.span is to.span
