"""The plans that come with negsplit, step by step as a watch runs them, against tables from elsewhere."""

from itertools import pairwise
from pathlib import Path

import pytest

from negsplit import compile_text, render
from negsplit.athlete.paces import NO_RUNNER
from negsplit.compile import device, parse, runner_from_words
from negsplit.desk import presets
from negsplit.desk.disk_library import DiskLibrary
from negsplit.diagnostics import Severity, Source
from negsplit.plan.compile import CompiledPlan, CompiledSession, PlanResult, compile_plan
from negsplit.program.model import Jump, ProgramStep
from negsplit.units import Distance, Duration
from strategies.running import executed

ROOT = Path(__file__).parents[2]


def result(name: str, **params: str) -> PlanResult:
    """What comes of a plan of four lines, without an athlete."""
    given = "".join(f"  {key}: {value}\n" for key, value in params.items())
    text = f"plan: Mine\nstart: 2027-01-04\nuse: preset:{name}\n" + (f"with:\n{given}" if given else "")
    return compile_plan(parse(Source("my.plan.yaml", text)), NO_RUNNER, device(), DiskLibrary().beside(None))


def plan(name: str, **params: str) -> CompiledPlan:
    found = result(name, **params)
    assert [render(one) for one in found.diagnostics] == []
    assert found.plan is not None
    return found.plan


def weeks(compiled: CompiledPlan) -> list[list[CompiledSession]]:
    """The sessions of each week, in order."""
    numbers = dict.fromkeys(one.planned.week for one in compiled.sessions)
    return [[one for one in compiled.sessions if one.planned.week == week] for week in numbers]


def stretches(session: CompiledSession) -> list[tuple[str, float]]:
    """What is run and walked, in seconds, in the order in which the watch says it."""
    assert session.workout is not None
    return [(role(step), seconds(step)) for step in executed(session.workout.program)]


def seconds(step: ProgramStep) -> float:
    assert isinstance(step.length, Duration)
    return step.length.seconds


def steps(session: CompiledSession) -> list[ProgramStep]:
    """Every step once, as it is written."""
    assert session.workout is not None
    return [step for step in session.workout.program.steps if isinstance(step, ProgramStep)]


def role(step: ProgramStep) -> str:
    assert step.written is not None
    return step.written.role.value


def between_walks(*work: tuple[str, float]) -> list[tuple[str, float]]:
    return [("warmup", 300), *work, ("cooldown", 300)]


# --- All of them ---------------------------------------------------------------------------------


def test_the_presets_are_those_in_the_folder():
    """The three, and all that lie in `workouts` to be copied: nobody has to remember to list one."""
    own = (Path(presets.__file__).parents[1] / "presets").glob("*.plan.yaml")
    ready = (one for ending in ("workout", "plan") for one in (ROOT / "workouts").rglob(f"*.{ending}.yaml"))
    names = [one.name.removesuffix(".yaml").rpartition(".") for one in (*own, *ready)]
    assert sorted((one.name, one.kind) for one in presets.presets().values()) == sorted(
        (name, kind) for name, _, kind in names
    )
    assert tuple(presets.presets())[:3] == presets.NAMES


@pytest.mark.parametrize("name", presets.NAMES)
def test_three_sessions_a_week_with_a_day_of_rest_between(name):
    compiled = plan(name)
    assert {len(week) for week in weeks(compiled)} == {3}
    dates = [one.planned.date for one in compiled.sessions]
    assert min((later - earlier).days for earlier, later in pairwise(dates)) == 2


@pytest.mark.parametrize("name", presets.NAMES)
def test_they_need_no_athlete_and_name_no_pace(name):
    for session in plan(name).sessions:
        assert session.workout is not None
        assert session.workout.fidelity == "exact"
        for step in steps(session):
            assert step.target is None
            assert step.written.effort == ((3, 4) if role(step) == "run" else None)


@pytest.mark.parametrize("name", presets.NAMES)
def test_another_effort(name):
    runs = [step for one in plan(name, effort="HR < 140").sessions for step in steps(one) if role(step) == "run"]
    assert {step.target.high for step in runs} == {140}


@pytest.mark.parametrize("name", presets.NAMES)
def test_walks_before_and_behind(name):
    for session in plan(name).sessions:
        first, *_, last = steps(session)
        assert (role(first), first.length) == ("warmup", Duration(300_000))
        assert (role(last), last.length) == ("cooldown", Duration(300_000))


@pytest.mark.parametrize("name", presets.NAMES)
def test_what_a_plan_says_itself_goes_before(name):
    text = f"plan: Mine\nstart: 2027-02-01\nuse: preset:{name}\nnotes: My own.\nrepeat_weeks: [3]\n"
    found = compile_plan(parse(Source("x", text)), NO_RUNNER, device(), DiskLibrary().beside(None)).plan
    assert found is not None
    assert (found.plan.name, found.plan.id, found.plan.notes) == ("Mine", "mine", "My own.")
    assert len(found.sessions) == len(plan(name).sessions) + 3
    assert [one.planned.key for one in weeks(found)[3]] == ["w03r-tue", "w03r-thu", "w03r-sun"]


# --- Ten weeks of walk-run -----------------------------------------------------------------------

STAGES = ((60, 120), (120, 60), (240, 60), (480, 60))
"""Seconds run and walked in weeks 1-2, 3-4, 5-6 and 7-8."""
ROUNDS = {
    20: (7, 7, 4, 2),
    24: (8, 8, 5, 3),
    27: (9, 9, 5, 3),
    30: (10, 10, 6, 3),
    36: (12, 12, 7, 4),
    45: (15, 15, 9, 5),
}
"""Rounds of each stage, worked out by hand for so many minutes; the nearest whole number, a half goes up."""


@pytest.mark.parametrize("minutes", ROUNDS)
def test_the_ladder_for_every_length(minutes):
    found = weeks(plan("seed10", total=f"{minutes} min"))
    assert len(found) == 10
    for week, sessions in enumerate(found[:8]):
        run, walk = STAGES[week // 2]
        rounds = ROUNDS[minutes][week // 2]
        for session in sessions:
            assert stretches(session) == between_walks(*[("run", run), ("walk", walk)] * rounds)
    for session in (*found[8], *found[9]):
        assert stretches(session) == between_walks(("run", minutes * 60))


def test_half_an_hour_unless_said():
    def ladder(**params: str) -> list[list[tuple[str, float]]]:
        return [stretches(one) for one in plan("seed10", **params).sessions]

    assert ladder() == ladder(total="30 min")


def test_the_walks_may_be_kept():
    through, kept = weeks(plan("seed10")), weeks(plan("seed10", end="kept"))
    for week in range(8):
        assert [stretches(one) for one in through[week]] == [stretches(one) for one in kept[week]]
    for one in (*kept[8], *kept[9]):
        assert stretches(one) == stretches(kept[7][0])


def test_a_ladder_without_such_an_end():
    found = result("seed10", end="keep")
    assert found.plan is None
    assert "`keep`" in found.diagnostics[0].message
    assert found.diagnostics[0].span.source.name == "preset:seed10"


def test_a_misspelt_param_of_a_preset():
    (found,) = result("seed10", totl="36 min").diagnostics
    assert (found.code, found.help) == ("unknown-param", ("did you mean `total`?",))
    assert found.span.source.name == "my.plan.yaml"


# --- Couch to 5 km -------------------------------------------------------------------------------

NHS = [
    ["8 x r60 w90"] * 3,
    ["6 x r90 w120"] * 3,
    ["2 x r90 w90 r180 w180"] * 3,
    ["1 x r180 w90 r300 w150 r180 w90 r300"] * 3,
    ["1 x r300 w180 r300 w180 r300", "1 x r480 w300 r480", "1 x r1200"],
    ["1 x r300 w180 r480 w180 r300", "1 x r600 w180 r600", "1 x r1500"],
    ["1 x r1500"] * 3,
    ["1 x r1680"] * 3,
    ["1 x r1800"] * 3,
]
"""The NHS plan: how often what is run and walked, in seconds, on each day of each week."""
RUN_MINUTES = [24, 27, 27, 48, 51, 63, 75, 84, 90]


def nhs(row: str) -> list[tuple[str, float]]:
    times, _, parts = row.partition(" x ")
    round_ = [({"r": "run", "w": "walk"}[part[0]], float(part[1:])) for part in parts.split()]
    return between_walks(*round_ * int(times))


def test_couch_to_5k_is_that_of_the_nhs():
    found = weeks(plan("c25k"))
    assert [[stretches(one) for one in week] for week in found] == [[nhs(row) for row in week] for week in NHS]


def test_couch_to_5k_minutes_of_running():
    found = weeks(plan("c25k"))
    run = [sum(time for one in week for what, time in stretches(one) if what == "run") for week in found]
    assert run == [minutes * 60 for minutes in RUN_MINUTES]


# --- Long runs with walk breaks ------------------------------------------------------------------


def long_runs(**params: str) -> list[float]:
    """The kilometres of each Sunday."""
    found = []
    for *_, sunday in weeks(plan("galloway", **params)):
        assert sunday.workout is not None
        (jump,) = (step for step in sunday.workout.program.steps if isinstance(step, Jump))
        assert isinstance(jump.until, Distance)
        found.append(jump.until.metres / 1000)
    return found


def test_a_long_run_a_week_that_grows_by_a_tenth_at_most():
    found = long_runs()
    assert (found[0], max(found), found[14]) == (10, 18, 18)
    for week in range(1, 16):
        assert found[week] <= 1.1 * max(found[max(0, week - 4) : week])


def test_every_fourth_week_is_a_quarter_lighter():
    compiled = plan("galloway")
    assert [week.number for week in compiled.weeks if week.is_down] == [4, 8, 12, 16]
    found = long_runs()
    for week in (3, 7, 11, 15):
        assert found[week] == pytest.approx(0.75 * max(found[:week]), abs=0.25)
    short = [one for one in compiled.sessions if one.planned.key.endswith(("tue", "thu"))]
    assert {str(one.planned.values["total"]) for one in short if one.planned.week.is_down} == {"30 min"}
    assert {str(one.planned.values["total"]) for one in short if not one.planned.week.is_down} == {"40 min"}


@pytest.mark.parametrize("walk", ["30 s", "20 s"])
def test_walk_breaks_from_the_first_minute(walk):
    for one in plan("galloway", run="45 s", walk=walk).sessions:
        assert one.workout is not None
        _, run, break_, *_ = one.workout.program.steps
        assert (role(run), run.length) == ("run", Duration(45_000))
        assert (role(break_), seconds(break_)) == ("walk", float(walk.removesuffix(" s")))


def test_other_ends_in_miles_too():
    assert long_runs(first="6 mi", longest="12 mi")[::14] == pytest.approx([9.656, 19.312], abs=1e-3)


# --- Workouts and plans of the folder `workouts` -------------------------------------------------

PACED, _ = runner_from_words("5 km in 22:30")


def test_only_the_command_line_knows_them():
    (found,) = compile_text("workout: A\nsteps: [use: 'preset:strides']").diagnostics
    assert found.code == "unknown-block"


@pytest.mark.parametrize("one", presets.presets().values(), ids=lambda one: one.name)
def test_each_is_used_whole_from_anywhere(one):
    """What it uses in its turn comes with negsplit, too: beside the document there is nothing."""
    if one.kind == "workout":
        text = f"plan: Mine\nstart: 2027-01-04\nweeks: 1\nsessions: [{{on: tue, use: 'preset:{one.name}'}}]\n"
    else:
        text = f"plan: Mine\nrace: 2027-05-30\nuse: preset:{one.name}\n"
    found = compile_plan(parse(Source("my.plan.yaml", text)), PACED, device(), DiskLibrary().beside(None))
    assert [render(said) for said in found.diagnostics if said.severity is Severity.ERROR] == []
    assert found.plan is not None
    assert any(session.workout for session in found.plan.sessions)


def test_one_that_uses_another_hands_on_what_both_have():
    text = "plan: Mine\nstart: 2027-01-04\nuse: preset:couch-to-5k\n"
    found = compile_plan(parse(Source("my.plan.yaml", text)), PACED, device(), DiskLibrary().beside(None))
    assert found.plan is not None
    assert len(found.plan.sessions) == 27, "three a week for nine weeks: those of c25k"
    assert found.plan.sessions[-1].name == "My first 5 km", "and the last day of couch-to-5k"
    assert {*found.plan.lint} == {"W-GROW", "PL01"}
