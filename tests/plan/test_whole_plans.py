"""Plans, whole: the sessions on their days, what they come to, and what stays when a plan is moved."""

from __future__ import annotations

import datetime as dt
import textwrap
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import negsplit
from negsplit import CompiledPlan, Severity, compile_plan_text, render
from negsplit.model import Role
from negsplit.plan.totals import totals
from negsplit.program.model import Jump
from negsplit.units import Duration
from strategies.examples import examples
from work import at_most_calls

FIVE_K = "5 km in 22:30"
WALK_RUN = """\
workout: Walk-run
notes: Talk as you run.
params: {run: 1 min, walk: 2 min, total: 24 min}
steps:
  - warmup: 5 min
  - walk_run: run $run / walk $walk
    total: $total
    fit: nearest
  - cooldown: 5 min
"""
SEED = """\
plan: Walk-run to thirty minutes
start: 2026-11-30
weeks: 10
params: {work: 30 min}
sessions:
  - weeks: 1-8
    on: [tue, thu, sun]
    use: walk-run.workout.yaml
    with:
      run:  [1 min, 1 min, 2 min, 2 min, 4 min, 4 min, 8 min, 8 min]
      walk: 2, 2, 1, 1, 1, 1, 1, 1 min
      total: $work
  - weeks: 9-10
    on: [tue, thu, sun]
    steps: run $work @ RPE 3..4
"""
FILES = {"walk-run.workout.yaml": WALK_RUN}


def compiled(text: str, athlete: str | None = FIVE_K, files: dict[str, str] | None = None) -> CompiledPlan:
    """A plan that has nothing wrong with it."""
    result = compile_plan_text(textwrap.dedent(text), athlete=athlete, files=FILES if files is None else files)
    bad = [one for one in result.diagnostics if one.severity is not Severity.NOTE]
    assert not bad, "\n".join(map(render, bad))
    assert result.plan
    return result.plan


def estimated(plan: CompiledPlan) -> dict[str, float | None]:
    """Seconds of each session."""
    return {one.planned.key: one.workout and one.workout.estimate.seconds for one in plan.sessions}


def test_the_public_names() -> None:
    for name in ("compile_plan_text", "PlanResult", "CompiledPlan", "CompiledSession"):
        assert name in negsplit.__all__
        assert getattr(negsplit, name).__doc__


def test_a_plan_is_its_sessions_on_their_days() -> None:
    plan = compiled(SEED)
    assert (plan.plan.id, plan.plan.weeks, len(plan.weeks)) == ("walk-run-to-thirty-minutes", 10, 10)
    assert len(plan.sessions) == 30
    first, last = plan.sessions[0], plan.sessions[-1]
    assert first.workout
    assert last.workout
    assert (first.planned.key, str(first.planned.date), first.name) == ("w01-tue", "2026-12-01", "Walk-run")
    assert (first.workout.program.name, first.workout.created) == ("W01 Tue Walk-run", dt.date(2026, 12, 1))
    assert first.workout.program.notes == "Talk as you run."
    assert (last.planned.key, last.workout.program.name, last.name) == ("w10-sun", "W10 Sun", "W10 Sun")
    names = [one.workout.program.name[:15] for one in plan.sessions if one.workout]
    assert len(set(names)) == len(names)


# --- The table of the seed ladder ------------------------------------------------------------------

TABLE = {
    20: [(7, 21), (7, 21), (4, 20), (2, 18), (None, 20)],
    24: [(8, 24), (8, 24), (5, 25), (3, 27), (None, 24)],
    27: [(9, 27), (9, 27), (5, 25), (3, 27), (None, 27)],
    30: [(10, 30), (10, 30), (6, 30), (3, 27), (None, 30)],
    36: [(12, 36), (12, 36), (7, 35), (4, 36), (None, 36)],
    45: [(15, 45), (15, 45), (9, 45), (5, 45), (None, 45)],
}
"""Rounds and minutes in weeks 1, 3, 5, 7 and 9 for so many minutes of work, warm-up and cool-down apart."""
RUNNING = [1, 2, 4, 8]


@pytest.mark.parametrize("work", TABLE)
def test_the_seed_ladder_minute_for_minute(work: int) -> None:
    plan = compiled(SEED.replace("work: 30 min", f"work: {work} min"))
    for week in range(1, 11):
        stage = (week - 1) // 2
        rounds, minutes = TABLE[work][stage]
        for day in ("tue", "thu", "sun"):
            (session,) = (one for one in plan.sessions if one.planned.key == f"w{week:02}-{day}")
            assert session.workout
            bars = session.workout.profile.bars
            running = [bar for bar in bars if bar.step.written and bar.step.written.role is Role.RUN]
            seconds = session.workout.estimate.seconds
            if rounds is None:
                assert seconds == minutes * 60
            else:
                assert seconds == (minutes + 10) * 60
                assert [bar.seconds for bar in running] == [RUNNING[stage] * 60] * rounds


# --- Down weeks ------------------------------------------------------------------------------------


def test_a_down_week_of_ninety_miles() -> None:
    plan = compiled("""
        plan: Ninety miles
        start: 2026-11-30
        weeks: 4
        down_weeks: {every: 4, cut: 25 %}
        sessions:
          - {on: [mon, wed, fri], steps: run $total @ easy, with: {total: 15 mi}}
          - {on: [tue, thu], steps: run $total @ easy, with: {total: 10 mi}}
          - {on: sun, steps: run $total @ easy, with: {total: 25 mi}}
    """)
    weekly = [0.0] * 4
    for one in plan.sessions:
        assert one.workout
        assert one.workout.estimate.metres
        weekly[one.planned.week.number - 1] += one.workout.estimate.metres / 1609.344
    assert [round(miles, 2) for miles in weekly] == [90, 90, 90, 68.5]
    assert [str(one.planned.values["total"]) for one in plan.sessions[-6:]] == [
        *("11.5 mi", "7.5 mi", "11.5 mi", "7.5 mi", "11.5 mi", "19 mi")
    ]


def test_one_amount_of_ninety_miles_is_cut_to_67_and_a_half() -> None:
    plan = compiled("""
        plan: A
        start: 2026-11-30
        weeks: 4
        down_weeks: {at: 4}
        sessions: [{on: sun, steps: run $total @ easy, with: {total: 90 mi}}]
    """)
    assert [str(one.planned.values["total"]) for one in plan.sessions] == ["90 mi", "90 mi", "90 mi", "67.5 mi"]


DROPPING = """
    plan: A
    start: 2026-11-30
    weeks: 4
    down_weeks: {{every: 4, drop_sessions: {drop}}}
    sessions:
      - {{on: tue, steps: 40 min @ easy}}
      - {{on: thu, steps: 30 min @ easy{thu}}}
      - {{on: sat, steps: 50 min @ easy{sat}}}
      - {{on: sun, steps: 90 min @ easy}}
      - {{on: mon, rest: }}
"""


@pytest.mark.parametrize(
    ("drop", "thu", "sat", "kept"),
    [
        (1, "", "", ["tue", "sat", "sun"]),
        (2, "", "", ["sat", "sun"]),
        (1, "", ", optional: true", ["tue", "thu", "sun"]),
        (2, "", ", optional: yes", ["tue", "sun"]),
        (9, "", "", ["sun"]),
    ],
)
def test_a_down_week_leaves_sessions_out(drop: int, thu: str, sat: str, kept: list[str]) -> None:
    plan = compiled(DROPPING.format(drop=drop, thu=thu, sat=sat))
    by_week = [[one.planned.key[4:] for one in plan.sessions if one.planned.week.number == week] for week in (3, 4)]
    assert by_week == [["mon", "tue", "thu", "sat", "sun"], ["mon", *kept]]
    assert len(plan.dropped) == 4 - len(kept)


def test_the_race_is_never_dropped() -> None:
    plan = compiled("""
        plan: A
        race: 2027-04-18
        weeks: 1
        down_weeks: {at: 1, drop_sessions: 3}
        sessions:
          - {on: tue, steps: 60 min @ easy}
          - {on: thu, steps: 30 min @ easy}
        days:
          2027-04-18: {race: Parkrun, steps: 5 km @ 5k}
    """)
    assert [(one.planned.key, one.name) for one in plan.sessions] == [("w01-tue", "W01 Tue"), ("w01-sun", "Parkrun")]
    assert [one.planned.key for one in plan.dropped] == ["w01-thu"]


# --- Moving a plan ---------------------------------------------------------------------------------


def moved(plan: CompiledPlan) -> list[tuple[str, dict[str, str], Any]]:
    """All of its sessions but their days."""
    return [(one.planned.key, one.planned.values, one.workout and one.workout.program) for one in plan.sessions]


RACE = SEED.replace("start: 2026-11-30", "race: {on: 2027-02-07, distance: 5 km, name: Parkrun}")


@pytest.mark.parametrize(
    ("text", "day", "others"),
    [
        (SEED, "2026-11-30", ["2020-02-24", "2026-12-28", "2028-02-28", "2032-12-27", "2000-01-03"]),
        (RACE, "2027-02-07", ["2020-03-01", "2027-01-03", "2028-03-05", "2033-01-02"]),
    ],
)
def test_moving_a_plan_changes_days_and_nothing_else(text: str, day: str, others: list[str]) -> None:
    here = compiled(text)
    for other in others:
        there = compiled(text.replace(day, other))
        by = dt.date.fromisoformat(other) - dt.date.fromisoformat(day)
        assert moved(here) == moved(there)
        for one, same in zip(here.sessions, there.sessions, strict=True):
            assert same.planned.date == one.planned.date + by
            if one.workout and same.workout:
                assert same.workout.created == same.planned.date
                assert replace(same.workout, created=one.workout.created).fit() == one.workout.fit()
                assert same.workout.fit() != one.workout.fit()


# --- Sessions --------------------------------------------------------------------------------------


def test_everything_a_session_may_be() -> None:
    plan = compiled(
        """
        plan: All
        id: all-1
        start: 2026-11-30
        weeks: 1
        athlete: me.athlete.yaml
        paces: {float: 5:20/km}
        params: {n: 3}
        blocks:
          strides: {params: {n: 4}, steps: "${n}x(20 s @ RPE 8, walk 60 s)"}
        sessions:
          - {on: mon, rest: after the long run}
          - {on: tue, use: strides, with: {n: $n}}
          - {on: tue, note: Shoes}
          - {on: wed, cross: 45 min bike, time: 06:30, tags: [bike], notes: Easy.}
          - {on: thu, steps: 10 min @ float, name: Float}
          - on: fri
            steps: [run: $n km @ easy, use: strides]
          - {on: sat, race: Parkrun, steps: 5 km @ 5k}
        days:
          week 1: {sun: [walk-run.workout.yaml, rest]}
        """,
        athlete=None,
        files={**FILES, "me.athlete.yaml": "athlete: Me\nraces: [5 km in 20:00]\npaces: {easy: 6:00/km}\n"},
    )
    assert plan.runner.name == "Me"
    assert [(one.planned.key, one.planned.session.kind, one.name) for one in plan.sessions] == [
        ("w01-mon", "rest", "after the long run"),
        ("w01-tue", "workout", "strides"),
        ("w01-tue-2", "note", "Shoes"),
        ("w01-wed", "cross", "45 min bike"),
        ("w01-thu", "workout", "Float"),
        ("w01-fri", "workout", "W01 Fri"),
        ("w01-sat", "race", "Parkrun"),
        ("w01-sun", "workout", "Walk-run"),
        ("w01-sun-2", "rest", "Rest"),
    ]
    strides = plan.sessions[1].workout
    assert strides
    assert [one.until for one in strides.program.steps if isinstance(one, Jump)] == [3]
    cross = plan.sessions[3].planned.session
    assert (cross.time, cross.tags, cross.notes) == (dt.time(6, 30), ("bike",), "Easy.")
    assert plan.sessions[5].workout
    assert plan.sessions[5].workout.estimate.metres


def test_whose_paces_count() -> None:
    """The athlete's over the plan's, over the workout's; the tolerance of a workout over the plan's."""
    files = {
        "a.workout.yaml": "workout: A\npaces: {float: 5:20/km, slow: 7:00/km}\ntolerance: 1 s/km\n"
        "steps: [run: 1 km @ float, run: 1 km @ slow, run: 1 km @ mine]\n"
    }
    text = """
        plan: A
        start: 2026-11-30
        weeks: 1
        tolerance: 10 s/km
        paces: {float: 5:00/km, mine: 4:00/km}
        sessions: [{on: tue, use: a.workout.yaml}, {on: wed, steps: 1 km @ float}]
    """
    athlete = "athlete: A\nraces: [5 km in 22:30]\npaces: {mine: 4:30/km}"
    one, other = (session.workout for session in compiled(text, athlete, files).sessions)
    assert one
    assert other
    centres = [round(1_000_000 / ((step.target.low + step.target.high) / 2)) for step in one.program.steps]  # type: ignore[union-attr]
    assert centres == [300, 420, 270]
    (step,) = other.program.steps
    assert step.target.high - step.target.low > 200  # type: ignore[union-attr]
    assert one.program.steps[0].target.high - one.program.steps[0].target.low < 30  # type: ignore[union-attr]


def test_the_goal_is_a_pace_and_feeds_no_other() -> None:
    text = "plan: A\nrace: {on: 2027-04-18, distance: half, goal: 1:45:00}\nweeks: 1\n"
    text += "sessions: [{on: tue, steps: 5 km @ goal}, {on: wed, steps: 5 km @ half}]\n"
    goal, half = (one.workout.program.steps[0].target for one in compiled(text).sessions[:2] if one.workout)  # type: ignore[union-attr]
    assert goal.low < 1000 * 21097.5 / 6300 < goal.high  # type: ignore[union-attr]
    alone = compiled(text.replace(", goal: 1:45:00", "").replace("@ goal", "@ half"))
    assert half == alone.sessions[1].workout.program.steps[0].target  # type: ignore[union-attr]


PRESET = """\
plan: Ladder
weeks: 4
params: {work: 20 min, days: }
blocks: {easy: {params: {t: }, steps: $t @ RPE 3}}
sessions:
  - {on: [tue, thu], use: easy, with: {t: $work}}
days:
  week 1: {sat: rest, sun: rest}
"""


def test_a_plan_begins_with_another() -> None:
    files = {"p/ladder.plan.yaml": PRESET.replace(", days: ", "")}
    plan = compiled(
        """
        plan: Mine
        start: 2026-11-30
        use: p/ladder.plan.yaml
        with: {work: 25 min}
        weeks: 2
        days:
          week 1: {sun: 5 km @ RPE 4}
          week 2: {sun: 6 km @ RPE 4}
        """,
        files=files,
    )
    assert (plan.plan.name, plan.plan.id) == ("Mine", "mine")
    assert [(one.planned.key, one.name) for one in plan.sessions] == [
        ("w01-tue", "easy"),
        ("w01-thu", "easy"),
        ("w01-sat", "Rest"),
        ("w01-sun", "W01 Sun"),
        ("w02-tue", "easy"),
        ("w02-thu", "easy"),
        ("w02-sun", "W02 Sun"),
    ]
    assert estimated(plan)["w01-tue"] == 25 * 60


def test_a_block_of_ones_own_takes_the_place_of_the_other_plans() -> None:
    files = {"ladder.plan.yaml": PRESET.replace(", days: ", "")}
    text = "plan: Mine\nstart: 2026-11-30\nuse: ladder.plan.yaml\nblocks: {easy: {params: {t: }, steps: walk $t}}\n"
    workout = compiled(text, files=files).sessions[0].workout
    assert workout
    assert workout.program.steps[0].length == Duration(20 * 60_000)
    assert workout.program.steps[0].written.role is Role.WALK  # type: ignore[union-attr]


# --- Messages --------------------------------------------------------------------------------------


def test_a_fault_in_a_workout_names_its_place_there_and_in_the_plan() -> None:
    files = {"e.workout.yaml": "workout: E\nparams: {run: 1 min}\nsteps:\n  - walk_run: run $run / walk 1 min\n"
             "    total: 24 min\n    fit: exact\n"}  # fmt: skip
    text = "plan: A\nstart: 2026-11-30\nweeks: 3\nsessions:\n  - on: sun\n    use: e.workout.yaml\n"
    text += "    with: {run: [1 min, 2 min, 4 min]}\n"
    result = compile_plan_text(text, name="a.plan.yaml", files=files)
    (error,) = result.diagnostics
    assert result.plan is None
    assert error.span
    assert (error.span.source.name, error.span.line) == ("e.workout.yaml", 5)
    assert error.help[-1] == "used by w03-sun of the plan, a.plan.yaml:6:10, with run: 4 min"


def test_without_an_athlete_one_message() -> None:
    result = compile_plan_text("plan: A\nstart: 2026-11-30\nweeks: 9\nsessions: [{on: sun, steps: 5 km @ easy}]")
    assert [one.code for one in result.diagnostics] == ["needs-athlete"]


def test_without_an_athlete_one_message_however_many_sessions() -> None:
    sessions = "[{on: tue, steps: 5 km @ easy}, {on: wed, steps: 5 km @ half}, {on: sun, steps: 5 km @ Z2..3}]"
    result = compile_plan_text(f"plan: A\nstart: 2026-11-30\nweeks: 9\nsessions: {sessions}")
    assert [one.span and one.span.text for one in result.diagnostics if one.code == "needs-athlete"] == [
        "easy",
        "Z2..3",
    ]


def test_the_same_mistake_in_other_weeks_is_one_message_that_names_them() -> None:
    text = "plan: A\nstart: 2026-11-30\nweeks: {}\nsessions: [{{on: sun, steps: run $t, with: {{t: {}}}}}]"
    (error,) = compile_plan_text(text.format(3, "[8, 9, 10]")).diagnostics
    assert error.message == "`8` needs a unit"
    assert error.help[-2:] == (
        "in w01-sun, with t: 8",
        "also `9` needs a unit, in w02-sun; `10` needs a unit, in w03-sun",
    )
    (error,) = compile_plan_text(text.format(9, "1 -> 9")).diagnostics
    assert error.help[-1].startswith("also `2` needs a unit, in w02-sun; ")
    assert error.help[-1].endswith("`6` needs a unit, in w06-sun; and 3 more")
    other = compile_plan_text(text.format(2, "[nil, 9]")).diagnostics
    assert [one.code for one in other] == ["unexpected", "missing-unit"]


def test_what_is_said_of_a_value_that_grows_quotes_it_and_points_at_it() -> None:
    text = "plan: A\nstart: 2026-11-30\nweeks: 2\nsessions:\n  - on: sun\n    steps: run $t\n    with: {t: 8 -> 9}\n"
    (error,) = compile_plan_text(text, name="a.plan.yaml").diagnostics
    assert error.message == "`8` needs a unit"
    assert error.span is not None
    assert (error.span.line, error.span.column, error.span.text) == (6, 16, "$t")
    assert error.help[0] == "`$t` is `8` here, from a.plan.yaml:7:15"


def test_two_mistakes_of_one_reading_are_two_messages() -> None:
    steps = "run $t @ esy, run $t @ eesy"
    text = f"plan: A\nstart: 2026-11-30\nweeks: 2\nsessions: [{{on: sun, steps: '{steps}', with: {{t: [1 km, 2 km]}}}}]"
    assert [one.message for one in compile_plan_text(text).diagnostics] == [
        "`esy` is not a known pace",
        "`eesy` is not a known pace",
    ]


def test_a_named_athlete_that_is_not_there() -> None:
    text = "plan: A\nstart: 2026-11-30\nathlete: me.yaml\nweeks: 1\nsessions: [{on: sun, steps: 5 km}]"
    result = compile_plan_text(text)
    assert [(one.code, one.span and one.span.text) for one in result.diagnostics] == [("no-athlete", "me.yaml")]
    assert compile_plan_text(text, athlete=FIVE_K).ok


def test_what_is_no_plan() -> None:
    for text in ("workout: A\nsteps: 1 km", "- a", "just text", "athlete: A", ""):
        result = compile_plan_text(text)
        assert not result.ok
        assert result.plan is None
    two = "plan: A\nstart: 2026-11-30\nweeks: 1\nsessions: [{on: sun, steps: 1 km}]\n---\nplan: B\n"
    assert [one.code for one in compile_plan_text(two).diagnostics] == ["not-a-document"]


HEAD = "plan: A\nstart: 2026-11-30\nweeks: 104\n"
ALL = "[mon, tue, wed, thu, fri, sat, sun]"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"{HEAD}sessions:\n" + f"  - {{on: {ALL}, steps: 5 km}}\n" * 3, "too-many-sessions"),
        (f"{HEAD}sessions: {'[' * 100_000}", "too-deep"),
        (f"{HEAD}days: {{week 1: {{mon: {'[' * 60}{']' * 60}}}}}", "wrong-form"),
        (f"{HEAD}sessions:\n  - on: {ALL}\n    with: {{t: 5 km -> 90 km by 10 m}}\n    steps:\n      - run: $t\n"
         + "      - 5 mim\n" * 1000, "too-many-mistakes"),
        (f"{HEAD}sessions:\n  - on: {ALL}\n    with: {{t: 5 km -> 90 km by 10 m}}\n    steps:\n      - run: $t\n"
         + "      - {progression: cut-down, total: 100 km, every: 10 m, from: easy, to: 10k}", "too-many-mistakes"),
        (f"{HEAD}repeat_weeks: [{'1, ' * 5000}1]\nsessions: [{{on: mon, steps: 1 km}}]", "out-of-bounds"),
        (f"{HEAD}sessions: [{{on: mon, steps: $a, with: {{a: '{'1,' * 100_000}1'}}}}]", "too-long"),
        (f"{HEAD}params: {{a: {'x' * 4000}}}\nsessions: [{{on: mon, steps: 1 km, with: {{b: $a$a}}}}]", "too-long"),
        ("plan: A\nstart: 2026-11-30\nweeks: 99999999999\nsessions: [{on: mon, steps: 1 km}]", "too-long"),
    ],
    ids=lambda value: value if len(value) < 20 else "",
)  # fmt: skip
def test_hostile_plans_end_in_a_message(text: str, code: str) -> None:
    with at_most_calls(10_000_000):
        result = compile_plan_text(text, athlete=FIVE_K)
    assert code in [one.code for one in result.diagnostics]


LINES = [
    "start: 2026-11-30", "race: 2027-04-18", "weeks: 3", "weeks: 0", "week_starts: sun", "params: {a: 3}", "use: x",
    "repeat_weeks: [1, 9]", "down_weeks: {every: 2}", "down_weeks: {}", "blocks: {b: {steps: 1 km}}", "sessions: []",
    "sessions: [{on: tue, use: b}]", "sessions: [{on: tue, steps: $a km, with: {n: 1 -> 3}}]", "days: {week 1: rest}",
    "days: {week 1: {tue: rest}}", "days: {2026-12-01: }", "sessions: [{on: }]", "sessions: a", "athlete: [a]",
    "sessions: [{on: [mon, x], race: , with: {a: }}]", "with: {a: 1}", "paces: {goal: easy}", "notes: [a]",
    "race: {on: 2027-04-18, distance: half, goal: 1:45:00}", "race: {goal: 1:45:00}", "weeks_after: 2",
    "weeks_after: x", "use: b.plan.yaml", "add: [{on: tue, steps: 1 km}]", "add: [{on: wed, weeks: 4-5, rest: }]",
    "moves: {tue: wed, wed: tue}", "moves: {tue: x}", "moves: [tue]", "moves: {tue: }", "units: imperial", "units: x",
    "sessions: [{on: sun, weeks: 4, race: 10 km, goal: '45:00', steps: 5 km @ goal}]",
    "sessions: [{on: sun, race: A, distance: x, goal: }]", "days: {week 5: {tue: rest}, week 3: {wed: 1 km}}",
    "sessions: [{on: tue, weeks: 2-5, steps: $n km, with: {n: 1 -> 3}}]", "down_weeks: {at: 5, of: [n]}",
]  # fmt: skip


@settings(max_examples=examples(150))
@given(st.lists(st.sampled_from(LINES), max_size=6, unique_by=lambda line: line.split(":")[0]))
def test_any_plan_ends_in_a_plan_or_in_messages(lines: list[str]) -> None:
    files = {
        "b.plan.yaml": PRESET.replace("params: {work: 20 min, days: }", "params: {work: 20 min}\nrace: 2027-04-18")
    }
    result = compile_plan_text("\n".join(["plan: A", *lines]), athlete=FIVE_K, files=files)
    assert result.ok == (result.plan is not None)
    assert all(one.span for one in result.diagnostics)
    said = [(one.message, one.span) for one in result.diagnostics]
    assert len(set(said)) == len(said)


def test_a_watch_that_shows_a_part_of_the_names_is_said_once_and_known_of_every_session():
    text = (
        "plan: P\nstart: 2026-11-30\nweeks: 2\nsessions: [{on: [tue, thu], name: A name that is long, steps: 5 km}]\n"
    )
    result = compile_plan_text(text, device="forerunner-935")
    (said,) = result.diagnostics
    assert (said.code, said.message) == (
        "degraded",
        "`forerunner-935` shows 15 characters of the name: `W01 Tue A name `",
    )
    assert [one.workout.fidelity for one in result.plan.sessions] == ["degraded"] * 4
    assert {one.workout.program.name for one in result.plan.sessions} >= {"W02 Thu A name that is long"}
    short = compile_plan_text(text.replace("A name that is long", "Tempo"), device="forerunner-935")
    assert not short.diagnostics
    assert {one.workout.fidelity for one in short.plan.sessions} == {"exact"}


def test_the_nearest_units_win() -> None:
    files = {"a.workout.yaml": "workout: A\nunits: metric\nsteps: 5 km @ easy\n"}
    text = "plan: A\nstart: 2026-11-30\nweeks: 1\nunits: imperial\n"
    text += "sessions: [{on: tue, use: a.workout.yaml}, {on: wed, steps: 5 km @ easy}]\n"
    plan = compiled(text, f"athlete: A\nraces: {FIVE_K}\n", files)
    assert [one.workout.runner.pace_unit for one in plan.sessions if one.workout] == ["km", "mi"]
    assert totals(plan).unit == "mi"
    assert totals(compiled(text.replace("units: imperial\n", ""), f"athlete: A\nraces: {FIVE_K}\n", files)).unit == "km"


def test_a_race_on_the_way_has_its_own_goal() -> None:
    text = """
        plan: A
        race: {on: 2027-04-18, distance: half, goal: 1:45:00}
        weeks: 2
        sessions:
          - {weeks: 1, on: sun, race: Spring 5, distance: 5 km, goal: "20:00", steps: 5 km @ goal}
          - {weeks: 2, on: tue, steps: 5 km @ goal}
    """
    own, main = (one.workout.program.steps[0].target for one in compiled(text).sessions if one.workout)
    assert own.low < 1000 * 5000 / 1200 < own.high  # type: ignore[union-attr]
    assert main.low < 1000 * 21097.5 / 6300 < main.high  # type: ignore[union-attr]


def test_a_progression_is_a_text_of_a_day_and_a_value_of_a_session():
    plan = compiled("""
        plan: A
        start: 2026-11-30
        weeks: 2
        sessions:
          - {on: tue, steps: run $what, with: {what: "3 km @ 5:00 -> 4:00/km by 1 km, 4 km @ 5:00 -> 4:00/km in 2"}}
          - {on: thu, steps: 20 min @ $from -> 4:00/km by 5 min, with: {from: 5:00 -> 4:40/km by 10 s/km}}
        days:
          week 1: {sun: 15 km @ 4:50/km -> 3:20/km by 5 km}
    """)
    assert [len(one.workout.program.steps) for one in plan.sessions] == [3, 4, 3, 2, 4]
