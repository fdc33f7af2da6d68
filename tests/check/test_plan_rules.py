"""Rules over whole plans: those that come with negsplit, what they mark, what is set aside, and what they cost."""

from __future__ import annotations

from pathlib import Path

import pytest

from negsplit import compile_plan_text, render
from negsplit.check import Marked, check_plan, plan_findings
from negsplit.diagnostics import Severity
from negsplit.plan.compile import CompiledPlan
from negsplit.plan.totals import PlanTotals, totals
from strategies.example_plans import EXAMPLE_PLANS, compiled_example
from work import at_most_calls

ROOT = Path(__file__).parents[2]
PRESETS = ROOT / "src" / "negsplit" / "presets"
ATHLETE = "5 km in 22:30"
OF_THE_WHOLE = {"PL09", "PL17"}
"""Rules that speak of no session and no week."""


def summed(text: str, athlete: str | None = ATHLETE, **files: str) -> PlanTotals:
    result = compile_plan_text(
        text, athlete=athlete, files={f"{name}.workout.yaml": one for name, one in files.items()}
    )
    assert result.plan, result.diagnostics
    return totals(result.plan)


def found(text: str, athlete: str | None = ATHLETE, **files: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Code, severity and sessions of what is said of a plan."""
    marked = plan_findings(summed(text, athlete, **files))
    return [(one.rule.code, one.finding.severity.value, one.finding.keys) for one in marked]


def preset(name: str, *changes: tuple[str, str]) -> str:
    text = (PRESETS / f"{name}.plan.yaml").read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after, 1)
    return text


# --- The plans that come with it -----------------------------------------------------------------


@pytest.mark.parametrize("athlete", [ATHLETE, None])
def test_couch_to_5k_warns_of_its_steepest_day_alone(athlete):
    assert found(preset("c25k"), athlete) == [
        ("W-GROW", "warning", ("w05-sun",)),
    ]


def test_what_it_says_there_is_kind():
    (said,) = [one for one in check_plan(summed(preset("c25k"))) if one.severity is Severity.WARNING]
    assert "20 min" in said.message
    assert "2.5 times" in said.message
    assert "8 min" in said.message
    assert "many runners" in said.help[0]
    assert "`repeat_weeks`" in said.help[0]
    assert not {"fail", "failure", "too weak", "must"} & set(said.message.split())


@pytest.mark.parametrize(
    ("total", "steep"),
    [
        ("24 min", ("w09-tue",)),
        ("30 min", ("w09-tue",)),  # ten minutes more of running in week 3: no more
        ("36 min", ("w03-tue", "w09-tue")),  # twelve minutes more
    ],
)
def test_the_ladder_of_ten_weeks_grows_fast_where_it_is_known_to(total, steep):
    text = preset("seed10", ("  total: 30 min ", f"  total: {total} "))
    assert [one for one in found(text) if one[0].startswith("W-")] == [("W-GROW", "warning", steep)]


def test_who_keeps_the_walks_is_not_warned():
    text = preset("seed10", ("  end: continuous ", "  end: kept "))
    assert found(text) == [("W-GROW", "note", ("w03-tue",))]


def test_walk_breaks_on_long_runs_are_as_they_should_be():
    assert found(preset("galloway")) == []


@pytest.mark.parametrize("path", EXAMPLE_PLANS, ids=lambda path: path.name)
def test_the_ready_plans_are_clean_but_for_notes(path):
    plan = compiled_example(path).plan
    assert plan is not None
    assert warned(plan) == []


@pytest.mark.parametrize("path", EXAMPLE_PLANS, ids=lambda path: path.name)
def test_they_scale_to_slow_runners(path):
    plan = compiled_example(path, "5 km in 38:00").plan
    assert plan is not None
    assert warned(plan) == []


@pytest.mark.parametrize("path", EXAMPLE_PLANS, ids=lambda path: path.name)
def test_they_compile_for_who_walks_easy_runs(path):
    """Easy pace of 5 km in 45:00 would be a walk."""
    plan = compiled_example(path, "5 km in 45:00").plan
    assert plan is not None
    codes = {one.code for one in check_plan(totals(plan)) if one.severity is Severity.WARNING}
    assert codes <= {"PL02", "PL18", "S-START"}


def warned(plan: CompiledPlan) -> list[str]:
    return [render(one) for one in check_plan(totals(plan)) if one.severity is not Severity.NOTE]


def test_what_is_marked_is_in_the_plan():
    texts = [preset(name, ("  effort: RPE 3..4 ", "  effort: RPE 6 ")) for name in ("c25k", "seed10", "galloway")]
    plans = [*map(summed, texts), *(totals(plan) for path in EXAMPLE_PLANS if (plan := compiled_example(path).plan))]
    assert sum(len(plan_findings(plan)) for plan in plans) > len(plans)
    for plan in plans:
        for one in plan_findings(plan):
            assert set(one.finding.keys) <= {session.key for session in plan.sessions}
            assert set(one.finding.weeks) <= set(range(1, plan.plan.weeks + 1))
            assert one.finding.keys or one.finding.weeks or one.rule.code in OF_THE_WHOLE


# --- Workouts in plans ---------------------------------------------------------------------------

TWICE = """\
plan: Twice
start: 2027-01-04
weeks: 3
sessions:
  - {on: [tue, sat], use: fast.workout.yaml}
"""
FAST = "workout: Fast\nsteps: 20 min @ easy, 8x(20 s @ repetition, walk 1 min), 10 min @ easy\n"


def of_rule(plan: PlanTotals, code: str) -> list[Marked]:
    return [one for one in plan_findings(plan) if one.rule.code == code]


def test_a_workout_is_spoken_of_once_with_its_first_session():
    (one,) = of_rule(summed(TWICE, fast=FAST), "S-SHORTPACE")
    assert one.finding.message.startswith("w01-tue: ")
    assert one.finding.keys == ("w01-tue", "w01-sat", "w02-tue", "w02-sat", "w03-tue", "w03-sat")
    assert one.finding.span is not None
    assert one.finding.span.source.name == "fast.workout.yaml"


def test_a_line_with_several_values_is_spoken_of_once():
    text = TWICE.replace(
        "use: fast.workout.yaml", 'steps: "8x($fast @ repetition, walk 1 min)", with: {fast: 20 s -> 30 s}'
    )
    (one,) = of_rule(summed(text), "S-SHORTPACE")
    assert len(one.finding.keys) == 6


@pytest.mark.parametrize(
    ("plan", "workout"),
    [
        (TWICE.replace("weeks: 3", "weeks: 3\nlint: {S-SHORTPACE: off}"), FAST),
        (TWICE, FAST + "lint: {S-SHORTPACE: a track}\n"),
    ],
)
def test_the_plan_or_its_workout_sets_a_rule_aside(plan, workout):
    assert of_rule(summed(plan, fast=workout), "S-SHORTPACE") == []


def test_a_goal_is_measured_against_the_result_nearest_to_its_race():
    """For who ran 1:42:00, 1:40:00 is near, whatever 5 km in 20:00 says; and 1:31:00, which that predicts, is far."""
    results = "races: [5 km in 20:00 on 2026-10-04, half in 1:42:00 on 2026-09-20]"
    text = (
        "plan: Half\nrace: {on: 2027-03-07, distance: half, goal: GOAL}\nweeks: 8\n"
        "sessions: [{on: [tue, sun], steps: 40 min @ easy}]\n"
    )
    near, far = (found(text.replace("GOAL", goal), f"athlete: Me\n{results}\n") for goal in ("1:40:00", "1:31:00"))
    assert "PL17" not in {code for code, *_ in near}
    assert "PL17" in {code for code, *_ in far}


def test_a_workout_sets_no_rule_for_plans_aside():
    fast = "workout: Fast\nlint: {PL10c: mine}\nsteps: warmup 10 min, 20 min @ threshold, cooldown 10 min\n"
    consecutive = TWICE.replace("[tue, sat]", "[tue, wed]")
    assert of_rule(summed(consecutive, fast=fast), "PL10c")
    assert not of_rule(summed(consecutive.replace("weeks: 3", "weeks: 3\nlint: {PL10c: mine}"), fast=fast), "PL10c")


def test_rules_for_training_leave_races_alone():
    text = """\
plan: Race
race: {on: 2027-01-10, distance: 10 km}
weeks: 1
days: {week 1: {sun: {race: City, steps: 10 km @ 10k}}}
"""
    assert not [code for code, _, _ in found(text) if code.startswith("S-")]


@pytest.mark.parametrize("text", ["plan: Rest\nstart: 2027-01-04\nweeks: 2\nsessions: [{on: sun, rest: off}]"])
def test_a_plan_without_runs_has_nothing_to_be_said(text):
    assert found(text) == []


# --- Cost ----------------------------------------------------------------------------------------

SIXTEEN_WEEKS = """\
plan: Sixteen weeks
start: 2027-01-04
weeks: 16
down_weeks: {every: 4, cut: 25 %}
sessions:
  - {on: [mon, wed, fri], steps: run $total @ easy, with: {total: 40 min -> 60 min}}
  - {on: tue, steps: "warmup 15 min, 12x($total @ 5k, 200 m), cooldown 10 min", with: {total: 300 m -> 500 m}}
  - on: thu
    steps: [{progression: ramp, total: $total, in: 10, from: easy, to: half}]
    with: {total: 40 min -> 60 min}
  - {on: sun, steps: "40x($total @ RPE 3, walk 30 s)", with: {total: 2 min -> 3 min}}
"""


def test_sixteen_weeks_are_soon_checked():
    """Beyond compiling: what the weeks come to, and the rules; their first use loads them."""
    compiled = compile_plan_text(SIXTEEN_WEEKS, athlete=ATHLETE).plan
    assert compiled is not None
    assert check_plan(totals(compiled))
    with at_most_calls(800_000):
        check_plan(totals(compiled))
