"""Paces that move with a plan's results: judged by plans without any, compiled for who the runner was on each day.

Which results those are is reckoned here, from the days alone: a result counts from the day after it.
"""

import datetime as dt
import textwrap
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit import CompiledPlan, Severity, compile_plan_text, render
from negsplit.plan import compile as plan_compile
from negsplit.plan.changes import changes
from strategies.examples import examples

START = dt.date(2027, 1, 4)
PLAN = """\
plan: Six weeks
start: 2027-01-04
weeks: 6
sessions:
  - {on: tue, steps: "15 min @ easy, 4x(1 km @ threshold, 2 min)"}
  - {on: thu, steps: 40 min @ RPE 3}
  - {on: sat, steps: run $total @ marathon, with: {total: 8 km -> 13 km}}
  - {weeks: 3, on: sun, race: 5 km}
"""
OLD = "5 km in 22:30 on 2026-12-20"


def athlete(*races: str, more: str = "") -> str:
    written = "".join(f"\n  - {one}" for one in races)
    return f"athlete: Runner\nraces:{written}\n{more}" if races else f"athlete: Runner\n{more}"


def fitness(*lines: str) -> str:
    return PLAN + "fitness:\n" + "".join(f"  - {line}\n" for line in lines)


def compiled(text: str, runner: str = athlete(OLD)) -> CompiledPlan:
    result = compile_plan_text(textwrap.dedent(text), athlete=runner)
    bad = [one for one in result.diagnostics if one.severity is not Severity.NOTE]
    assert not bad, "\n".join(map(render, bad))
    assert result.plan
    return result.plan


def files(plan: CompiledPlan) -> dict[dt.date, bytes]:
    """The file of each day, without those of notes, rests and races."""
    return {one.planned.date: one.workout.fit() for one in plan.sessions if one.workout}


def day(number: int) -> dt.date:
    return START + dt.timedelta(days=number)


@settings(max_examples=examples(16), deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 41), st.integers(22 * 60 + 5, 22 * 60 + 55), st.booleans()),
        max_size=3,
        unique_by=lambda one: one[0],
    )
)
def test_each_day_has_the_bytes_of_the_runner_that_was_known(results: Sequence[tuple[int, int, bool]]) -> None:
    """Some in the plan, some in the athlete file: before a result nothing differs for it, nor from whom it is known."""
    said = {day(number): f"5 km in {seconds // 60}:{seconds % 60:02}" for number, seconds, _ in results}
    in_plan = [f"{day(number)}: {said[day(number)]}" for number, _, is_own in results if not is_own]
    own = [f"{said[day(number)]} on {day(number)}" for number, _, is_own in results if is_own]
    found = files(compiled(fitness(*in_plan) if in_plan else PLAN, athlete(OLD, *own)))
    known: dict[tuple[str, ...], dict[dt.date, bytes]] = {}
    for date, data in found.items():
        before = tuple(text for on, text in sorted(said.items()) if on < date)
        if before not in known:  # on days before the plan: within 16 weeks only their order matters
            alone = (f"{text} on 2026-12-{21 + number}" for number, text in enumerate(before))
            known[before] = files(compiled(PLAN, athlete(OLD, *alone)))
        assert data == known[before][date], date


@pytest.mark.parametrize("is_own", [False, True])
def test_a_result_does_not_count_on_its_own_day_though_paces_move_on_it(is_own: bool) -> None:
    """Results of Monday and of Tuesday: what is run on that Tuesday is by the one of Monday."""
    monday, tuesday = ("2027-01-11", "5 km in 22:20"), ("2027-01-12", "5 km in 22:10")

    def found(*results: tuple[str, str]) -> dict[dt.date, bytes]:
        if is_own:
            return files(compiled(PLAN, athlete(OLD, *(f"{text} on {on}" for on, text in results))))
        return files(compiled(fitness(*(f"{on}: {text}" for on, text in results))))

    one, both = found(monday), found(monday, tuesday)
    assert min(date for date in both if both[date] != one[date]) == dt.date(2027, 1, 16)


def test_a_result_of_a_week_counts_from_the_day_after_its_race() -> None:
    """The plan's race of week 3 is on Sunday 24 January; week 2 has none, so its result is of its Sunday."""
    plain, better = files(compiled(PLAN)), files(compiled(PLAN, athlete("5 km in 22:00 on 2026-12-20")))
    for week, first in ((3, "2027-01-25"), (2, "2027-01-18"), (6, "2027-02-15")):
        found = files(compiled(fitness(f"week {week}: 5 km in 22:00")))
        changed = [date for date in plain if found[date] != plain[date]]
        assert changed == [
            date for date in better if date >= dt.date.fromisoformat(first) and better[date] != plain[date]
        ]


def test_a_share_counts_from_its_day_or_the_first_of_its_week() -> None:
    plain = files(compiled(PLAN))
    for written, first in (("2027-01-19", 19), ("week 4", 25)):
        found = files(compiled(fitness(f"{{from: {written}, vdot: 95 %}}")))
        changed = [date for date in plain if found[date] != plain[date]]
        assert min(changed) >= dt.date(2027, 1, first)
        assert len(changed) == sum(date >= min(changed) and date.weekday() != 3 for date in plain), "all but by effort"


def test_a_share_is_of_what_counted_and_not_of_what_comes_after() -> None:
    """Daniels' factor for ten days without running, 0.985, makes 24:18 of 24:00: 1.25 % more."""
    plan = compiled(fitness("{from: 2027-01-12, vdot: 98.5 %}", "week 3: 5 km in 22:40"))
    paces = [5000 / one.runner.paces["5k"].fast_mps for one in plan.runners]
    assert paces == pytest.approx([1350, 1350 * 1.0125, 1360], abs=1)
    assert [one.first for one in plan.runners] == [START, dt.date(2027, 1, 12), dt.date(2027, 1, 25)]
    assert plan.runner_on(dt.date(2027, 1, 11)) is plan.runner is plan.runners[0].runner
    assert plan.runner_on(dt.date(2027, 2, 14)) is plan.runners[2].runner


def test_the_earliest_result_counts_where_nothing_else_is_known() -> None:
    late = athlete("5 km in 22:00 on 2027-02-10", "5 km in 22:30 on 2027-01-20", "5 km in 21:50 on 2028-01-01")
    result = compile_plan_text(PLAN, athlete=late)
    assert [(one.code, one.severity) for one in result.diagnostics] == [("later-result", Severity.NOTE)]
    assert result.plan
    assert [one.first for one in result.plan.runners] == [START, dt.date(2027, 1, 21), dt.date(2027, 2, 11)]
    found, second = files(result.plan), files(compiled(PLAN, athlete("5 km in 22:30 on 2026-12-20")))
    assert {date for date in found if found[date] != second[date]} == {dt.date(2027, 2, 13)}
    by_threshold = compiled(PLAN, athlete("5 km in 22:30 on 2027-01-20", more="threshold: 4:50/km"))
    assert [one.runner.race is None for one in by_threshold.runners] == [True, False]


def test_the_earliest_result_no_longer_counts_once_another_is_known() -> None:
    late = athlete("5 km in 22:30 on 2027-02-10")
    result = compile_plan_text(fitness("2027-01-16: 5 km in 23:00", "{from: 2027-01-12, vdot: 98 %}"), athlete=late)
    assert {one.code for one in result.diagnostics} == {"no-effect", "later-result"}
    assert result.plan
    times = [5000 / one.runner.paces["5k"].fast_mps for one in result.plan.runners]
    assert times == pytest.approx([1350, 1350, 1380, 1350], abs=0.1)


def test_a_result_without_a_day_was_run_before_the_plan() -> None:
    plan = compiled(fitness("week 3: 5 km in 22:00"), "5 km in 22:30")
    assert [one.runner.sources["VDOT"] for one in plan.runners] == [
        "from 5 km in 22:30",
        "from 5 km in 22:00 on 2027-01-24, the best of 2 races within 16 weeks",
    ]
    long = fitness("week 18: 5 km in 23:00").replace("weeks: 6", "weeks: 20")
    after = compiled(long, "5 km in 22:30").runners[1].runner
    assert after.sources["VDOT"] == "from 5 km in 23:00 on 2027-05-09; 1 older race left out"


def test_a_test_gives_paces_to_somebody_without_results() -> None:
    by_effort = PLAN.replace("threshold", "RPE 7").replace("easy", "RPE 3").replace("@ marathon", "@ RPE 4")
    late = by_effort.replace("@ RPE 4", "@ easy").replace("on: sat,", "on: sat, weeks: 4-6,")
    plan = compiled(late + "fitness: [{week 3: 5 km in 25:00}]\n", athlete())
    assert [one.runner.vdot is None for one in plan.runners] == [True, False]


def test_a_hot_race_of_a_plan_lowers_no_pace() -> None:
    plan = compiled(fitness("week 2: 10 km in 51:00, hot"))
    assert files(plan) == files(compiled(PLAN))
    assert plan.runners[1].runner.sources["VDOT"].endswith("10 km in 51:00 left out (hot)")


def test_own_paces_stay() -> None:
    own = "paces: {marathon: 5:00/km, threshold: 4:40/km}"
    plain = files(compiled(PLAN, athlete(OLD, more=own)))
    moved = files(compiled(fitness("week 1: 5 km in 22:00"), athlete(OLD, more=own)))
    assert {date.weekday() for date in plain if plain[date] != moved[date]} == {1}, "easy on Tuesdays"


def test_sessions_are_compiled_once_for_each_runner(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []
    once = plan_compile.compile_prepared
    monkeypatch.setattr(plan_compile, "compile_prepared", lambda *args, **how: calls.append(1) or once(*args, **how))
    compiled(fitness("week 2: 5 km in 22:20", "week 4: 5 km in 22:10"))
    assert len(calls) == 2 * 3 + 6, "two that stay the same for three runners, and six of growing length"


def test_what_a_result_changes() -> None:
    plan = compiled(fitness("week 2: 5 km in 22:10", "week 5: 5 km in 22:00"))
    found = list(changes(plan))
    assert [one.session.planned.key for one in found] == ["w06-tue", "w06-sat"]
    before = {one.planned.key: one for one in compiled(fitness("week 2: 5 km in 22:10")).sessions}
    for session, was in found:
        assert was.program.steps == before[session.planned.key].workout.program.steps  # type: ignore[union-attr]
    assert list(changes(compiled(PLAN))) == []


def test_a_result_that_stands_in_the_athlete_file_too_counts_once() -> None:
    """And is taken to be right there, however good it is."""
    own = athlete(OLD, "5 km in 20:00 on 2027-01-16")
    plan = compiled(fitness("2027-01-16: 5 km in 20:00"), own)
    assert files(plan) == files(compiled(PLAN, own))
    assert plan.runners[-1].runner.sources["VDOT"].endswith("the best of 2 races within 16 weeks")


def test_a_plan_that_is_used_keeps_its_results_to_itself() -> None:
    """They are those of whoever ran it."""
    other = {"base.plan.yaml": fitness("week 2: 5 km in 22:10")}
    result = compile_plan_text("plan: Mine\nuse: base.plan.yaml\n", athlete=athlete(OLD), files=other)
    assert result.plan
    assert len(result.plan.runners) == 1
