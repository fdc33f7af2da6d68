from typing import Any

import pytest

from negsplit.model import Gradual, Ladder, Lap, Origin, Range, Role, Step, UntilHeartRate
from negsplit.targets import Effort, Named, PaceTarget
from negsplit.units import Distance, Duration, Pace, Percent

FIVE_K, TEN_K = PaceTarget(Named("5k")), PaceTarget(Named("10k"))


def seconds(*numbers: int) -> tuple[Step, ...]:
    return tuple(Step(Role.RUN, Duration(number * 1000)) for number in numbers)


def metres(*numbers: int) -> tuple[Step, ...]:
    return tuple(Step(Role.RUN, Distance(number * 100)) for number in numbers)


def pause(number: int, role: Role = Role.RECOVER) -> Step:
    return Step(role, Duration(number * 1000))


def typed(seconds: float) -> PaceTarget:
    return PaceTarget(Pace(round(seconds * 1000), "km"))


def test_a_pyramid_with_half_of_each_rung_as_recovery(run: Any) -> None:
    expanded = run(Ladder(seconds(60, 120, 180, 120, 60), (FIVE_K,), Percent(50_000)))
    assert [size // 1000 for size in expanded.sizes] == [60, 30, 120, 60, 180, 90, 120, 60, 60]
    assert [step.role for step in expanded.steps] == [Role.RUN, Role.RECOVER] * 4 + [Role.RUN]
    assert [step.targets for step in expanded.steps] == [(FIVE_K,), ()] * 4 + [(FIVE_K,)]
    assert [step.origin.part for step in expanded.steps] == [1, 1, 2, 2, 3, 3, 4, 4, 5]
    assert expanded.steps[0].origin == Origin("ladder", 1, 5)


def test_keeping_the_last_recovery(run: Any) -> None:
    expanded = run(Ladder(seconds(60, 120), recover=Percent(100_000), last_recovery="keep"))
    assert [size // 1000 for size in expanded.sizes] == [60, 60, 120, 120]


def test_one_recovery_for_all_gaps(run: Any) -> None:
    expanded = run(Ladder(metres(1000, 800, 400), recover=(pause(90, Role.WALK),)))
    assert expanded.sizes == [100_000, 90_000, 80_000, 90_000, 40_000]
    assert [step.role for step in expanded.steps][1::2] == [Role.WALK, Role.WALK]


@pytest.mark.parametrize(("last", "gaps"), [("skip", 2), ("keep", 3)])
def test_a_recovery_a_gap(run: Any, last: Any, gaps: int) -> None:
    rests = tuple(pause(number, Role.REST) for number in (60, 70, 80, 90))
    expanded = run(Ladder(metres(1000, 800, 400), recover=rests[:gaps], last_recovery=last))
    assert [step.length for step in expanded.steps if step.role is Role.REST] == [rest.length for rest in rests[:gaps]]
    for wrong in (gaps - 1, gaps + 1):
        if wrong == 1:
            continue
        error = run(Ladder(metres(1000, 800, 400), recover=rests[:wrong], last_recovery=last)).error
        assert error.code == "recover"
        assert f"lists {wrong} recoveries for 3 rungs, which need {gaps}" in error.message


def test_no_recoveries(run: Any) -> None:
    assert run(Ladder(seconds(60, 120))).sizes == [60_000, 120_000]
    error = run(Ladder(seconds(60, 120), last_recovery="keep")).error
    assert error.code == "last-recovery"


@pytest.mark.parametrize("length", [Lap(), UntilHeartRate("above", 150)])
def test_a_share_of_what_cannot_be_known(run: Any, length: Any) -> None:
    rungs = (*seconds(60), Step(Role.RUN, length), *seconds(60))
    expanded = run(Ladder(rungs, recover=Percent(50_000)))
    assert expanded.error.code == "recover"
    assert "50 % of rung 2" in expanded.error.message
    assert expanded.items == ()
    # After the last rung there is no recovery, so there it does no harm.
    assert len(run(Ladder((*seconds(60), Step(Role.RUN, length)), recover=Percent(50_000))).steps) == 3


def test_a_share_too_long_to_be_a_step(run: Any) -> None:
    assert len(run(Ladder(seconds(43_200, 60), recover=Percent(200_000))).steps) == 3
    assert run(Ladder(seconds(43_201, 60), recover=Percent(200_000))).error.code == "out-of-bounds"
    assert run(Ladder(metres(100_001, 60), recover=Percent(200_000))).error.code == "out-of-bounds"


def test_a_share_too_short_to_be_a_step(run: Any) -> None:
    error = run(Ladder(metres(15, 15), recover=Percent(50_000))).error
    assert error.code == "out-of-bounds"
    assert "7.5 m" in error.message


def test_a_target_for_each_rung(run: Any) -> None:
    expanded = run(Ladder(metres(1000, 400), (TEN_K, FIVE_K)))
    assert expanded.paces == ["10k", "5k"]
    error = run(Ladder(metres(1000, 800, 400), (TEN_K, FIVE_K))).error
    assert error.code == "ladder-target"
    assert "2 targets for 3 rungs" in error.message


def test_a_rung_of_its_own_wins_over_a_single_target(run: Any) -> None:
    rungs = (*metres(1000), Step(Role.RUN, Distance(40_000), (Effort(9, 9),)))
    assert [step.targets for step in run(Ladder(rungs, (TEN_K,))).steps] == [(TEN_K,), (Effort(9, 9),)]
    assert [step.targets for step in run(Ladder(rungs)).steps] == [(), (Effort(9, 9),)]


@pytest.mark.parametrize("at", [(TEN_K, FIVE_K), Gradual(typed(280), typed(250))])
def test_a_rung_of_its_own_beside_one_for_each_is_an_error(run: Any, at: Any) -> None:
    rungs = (*metres(1000), Step(Role.RUN, Distance(40_000), (FIVE_K,)))
    error = run(Ladder(rungs, at)).error
    assert error.code == "ladder-target"
    assert "rung 2" in error.message


def test_gradually_from_one_pace_to_another(run: Any) -> None:
    at = Gradual(typed(280), typed(250))
    expanded = run(Ladder(metres(1000, 1000, 1000, 1000), at))
    assert expanded.paces == ["4:40/km", "4:30/km", "4:20/km", "4:10/km"]
    expanded = run(Ladder(metres(1000, 1000), at, Percent(50_000)))
    assert [step.targets for step in expanded.steps] == [(at.start,), (), (at.finish,)]


def test_gradually_over_miles_is_printed_per_mile(run: Any) -> None:
    rungs = tuple(Step(Role.RUN, Distance(160_934)) for _ in range(3))
    assert run(Ladder(rungs, Gradual(PaceTarget(Named("10k")), PaceTarget(Named("5k"))))).paces[1].endswith("/mi")


def test_gradually_needs_two_rungs_and_known_paces(run: Any) -> None:
    error = run(Ladder(metres(1000), Gradual(typed(280), typed(250)))).error
    assert error.code == "too-few-parts"
    unknown = run(Ladder(metres(1000, 1000), Gradual(typed(280), PaceTarget(Named("heart")))))
    assert (unknown.items, unknown.diagnostics) == ((), [])


def test_tolerance_goes_on_paces_that_have_none(run: Any) -> None:
    own = Step(Role.RUN, Distance(40_000), (FIVE_K,), tolerance=Percent(1_000))
    ladder = Ladder((*metres(1000, 1000), own), (TEN_K,), (pause(60),), tolerance=Percent(3_000))
    assert [step.tolerance for step in run(ladder).steps] == [
        Percent(3_000), None, Percent(3_000), None, Percent(1_000)
    ]  # fmt: skip


def test_ranges_are_chosen_before_shares(run: Any) -> None:
    between = Step(Role.RUN, Range(Duration(60_000), Duration(180_000), "min", 0))
    rest = Step(Role.REST, Range(Duration(30_000), Duration(60_000), "s", 0))
    assert run(Ladder((between, between), recover=Percent(50_000)), volume="middle").sizes == [120_000, 60_000, 120_000]
    assert run(Ladder((between, between), recover=(rest,)), volume="high").sizes == [180_000, 60_000, 180_000]


def test_both_mistakes_are_reported_at_once(run: Any) -> None:
    ladder = Ladder(metres(1000, 800, 400), (TEN_K, FIVE_K), (pause(60), pause(60), pause(60)))
    assert [found.code for found in run(ladder).diagnostics] == ["ladder-target", "recover"]


def test_steps_point_at_their_rung_or_at_the_ladder(run: Any, span: Any) -> None:
    whole, rung = span("ladder"), span("1 min")
    ladder = Ladder((Step(Role.RUN, Duration(60_000), span=rung), *seconds(60)), recover=Percent(50_000), span=whole)
    assert [step.span for step in run(ladder).steps] == [rung, rung, whole]


def test_mistakes_in_a_rung_are_shown_where_it_stands(run: Any, span: Any) -> None:
    own = Step(Role.RUN, Lap(), (FIVE_K,), span=span("lap @ 5k"))
    rungs = (*metres(1000), own, *metres(1000))
    assert run(Ladder(rungs, (TEN_K, TEN_K, TEN_K))).error.span is own.span
    assert run(Ladder(rungs, recover=Percent(50_000))).error.span is own.span
