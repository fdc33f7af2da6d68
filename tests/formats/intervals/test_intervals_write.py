"""Programs as text, and back: each is the same again, or what differs was said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit.compile import compile_text, device
from negsplit.desk.compiler import Compiler
from negsplit.desk.inputs import Input
from negsplit.diagnostics import Report, Source, Span
from negsplit.formats.intervals import event, read
from negsplit.formats.intervals.meaning import meant, prose
from negsplit.formats.intervals.parse import is_workout, parse
from negsplit.formats.intervals.write import text
from negsplit.model import Role, Sport
from negsplit.program.model import Band, Jump, Program, ProgramStep, Quantity, WrittenAs
from negsplit.units import Distance, Duration
from strategies import programs
from strategies.examples import examples

ATHLETE = """\
athlete: Example runner
races: [5 km in 22:30]
heart_rate: {max: 188, rest: 48, threshold: 170}
power: {critical: 280 W}
"""
WORKOUTS = Path(__file__).parents[3] / "workouts"
LTHR = 170


def written(steps: str, more: str = "", athlete: str = ATHLETE) -> tuple[str, list[str]]:
    """The text of a workout, and what was said to be otherwise."""
    result = compile_text(f"workout: T\n{more}steps: {steps}\n", athlete=athlete, device="intervals")
    assert result.ok, result.diagnostics
    (workout,) = result.workouts
    assert workout is not None
    return workout.intervals(), [one.message for one in workout.degraded]


@pytest.mark.parametrize(
    ("steps", "line"),
    [
        ("10 min", "- 10m"),
        ("90 s", "- 1m30s"),
        ("1:05:00", "- 1h5m"),
        ("400 m", "- 0.4km"),
        ("1 mi", "- 1mi"),
        ("4.5 mi", "- 4.5mi"),
        ("42.195 km", "- 42.195km"),
        ("800 m @ 4:29..4:18/km", "- 0.8km 4:29-4:18/km Pace"),
        ("800 m @ 7:00..6:50/mi", "- 0.8km 4:21-4:14/km Pace"),
        ("10 min @ faster than 4:30/km", "- 10m 4:30-1:23/km Pace"),
        ("10 min @ slower than 6:00/km", "- 10m 33:20-6:00/km Pace"),
        ("10 min @ 250..270 W", "- 10m 250-270w"),
        ("warmup 10 min", "- 10m intensity=warmup"),
        ("cooldown 10 min", "- 10m intensity=cooldown"),
        ("recover 2 min", "- 2m intensity=recovery"),
        ("rest 2 min", "- 2m intensity=rest"),
        ("walk 2 min", "- Walk 2m intensity=recovery"),
        ("20 min @ RPE 8 -- strong", "- RPE8. strong 20m"),
    ],
)
def test_what_is_said_without_a_loss(steps, line):
    """Each line is one of the rows of what the service was seen to take."""
    assert written(steps) == (f"{line}\n", [])


@pytest.mark.parametrize(
    ("steps", "line", "said"),
    [
        ("10 min @ HR 148..156", "- 10m 87-92% LTHR", "148-156 bpm is sent as 87 to 92 %"),
        ("10 min @ power Z3", "- 10m Z3", "power zone 3 is the one set in the account"),
        ("10 min @ 5:00..4:50/km and 170..180 spm", "- 10m 5:00-4:50/km Pace 85-90rpm", "unproven"),
        (
            "10 min @ 5:00..4:50/km and HR 148..156",
            "- heart rate one hundred forty-eight to one hundred fifty-six bpm 10m 5:00-4:50/km Pace",
            "cannot be sent as a target",
        ),
        (
            "10 min @ 170..180 spm",
            "- cadence one hundred seventy to one hundred eighty spm 10m",
            "cannot be sent as a target",
        ),
        ("lap", "- Press lap 10m", "the lap button"),
        ("recover until HR < 120", "- Press lap until HR below one hundred twenty 3m intensity=recovery", "below 120"),
        ("10 min -- 4 strides of 20 s", "- four strides of twenty s 10m", "the cue is sent as"),
        ("10 min -- press lap now", "- press the lap now 10m", "the cue is sent as"),
        ("21.0975 km", "- 21.098km", "21097.5 m is sent as 21.098 km"),
        ("90.4 s", "- 1m30s", "is sent as 1:30"),
    ],
)
def test_what_is_lost_is_degraded_and_said(steps, line, said):
    found, messages = written(steps)
    assert found == f"{line}\n"
    assert any(said in message for message in messages), messages


def test_a_watch_s_zone_is_the_account_s():
    found, messages = written("10 min @ HR Z2", athlete="5 km in 22:30")
    assert found == "- 10m Z2 HR\n"
    assert messages == ["zone 2 is the one set in the account, which may differ from the watch's"]


def test_heart_rates_need_the_threshold_and_ask_for_it_once():
    text_ = "workout: T\nsteps: 10 min @ HR 148..156, 5 min @ HR 120..130\n"
    (only,) = compile_text(text_, athlete="5 km in 22:30", device="intervals").diagnostics
    assert (only.code, only.help[0]) == ("unsupported", "add `heart_rate: {threshold: 170}` to the athlete file")
    cured = "athlete: A\nraces: [5 km in 22:30]\nheart_rate: {threshold: 170}\n"
    assert compile_text(text_, athlete=cured, device="intervals").ok


def test_the_account_s_threshold_goes_before_the_athlete_s():
    account = replace(device("intervals"), is_asked=True, lthr=160)
    (workout,) = compile_text("workout: T\nsteps: 10 min @ HR 148..156\n", athlete=ATHLETE, device=account).workouts
    assert workout is not None
    assert workout.intervals() == "- 10m 92-98% LTHR\n"


def test_blank_lines_stand_around_repeats_and_notes_above():
    found, said = written("warmup 10 min, 5x(400 m, 1 min), 1 km, cooldown 10 min", "notes: Run tall.\n")
    assert found == (
        "Run tall.\n\n- 10m intensity=warmup\n\n"
        "5x\n- 0.4km\n- 1m intensity=recovery\n\n- 1km\n- 10m intensity=cooldown\n"
    )
    assert said == []


def test_a_repeat_in_a_repeat_is_written_out():
    found, said = written("2x(20x(1 km, run 1 min), run 5 min)")
    assert found == "20x\n- 1km\n- 1m\n\n- 5m\n\n20x\n- 1km\n- 1m\n\n- 5m\n"
    assert said == []


def test_kinds_of_targets_in_one_workout_are_said_to_be_mixed():
    _, said = written("10 min @ 5:00/km, 10 min @ power Z3")
    assert any("steps by pace and power in one workout" in one for one in said)
    (workout,) = compile_text("workout: T\nsteps: 1 km @ power Z3, 1 km @ 4:00/km\n", device="intervals").workouts
    assert workout is not None
    parts = meant(workout.program, None, Report())
    assert parts is not None
    assert event.target(parts) == "POWER"
    assert event.target(()) == "AUTO"
    assert event.TYPES.keys() == set(Sport)


@pytest.mark.parametrize(
    ("notes", "sent"),
    [
        ("- 10m is no step", "\u2013 10m is no step"),
        ("Do it 6x", "Do it 6x."),
        ("Main\nRun tall.", "Main.\nRun tall."),
        ("Laps in 37\" or 1'", "Laps in 37\u2033 or 1\u2032"),
        ("plain", "plain"),
    ],
)
def test_notes_are_no_steps(notes, sent):
    program = Program("T", Sport.RUNNING, (ProgramStep(*STEP),), notes)
    report = Report()
    assert text(program).startswith(f"{sent}\n\n- 10m")
    meant(program, None, report)
    assert [one.message for one in report.diagnostics] == ([] if notes == sent else [f"the notes are sent as `{sent}`"])


STEP = (programs.Intensity.ACTIVE, Duration(600_000))


@pytest.mark.parametrize(
    "jumps", [(Jump(0, 2), Jump(0, 3)), (Jump(0, Distance(1_000_000)),)], ids=["inside another", "until an amount"]
)
def test_what_cannot_be_said_is_an_error(jumps):
    report = Report()
    program = Program("T", Sport.RUNNING, (ProgramStep(*STEP), *jumps))
    assert meant(program, LTHR, report) is None
    assert [one.code for one in report.diagnostics] == ["unsupported"]
    with pytest.raises(ValueError, match=r"intervals\.icu has no repeat"):
        text(program, LTHR)


# --- There and back -------------------------------------------------------------------------------


@st.composite
def flat_programs(draw: st.DrawFn) -> Program:
    """Programs without a repeat inside another, each step of them with a place of its own."""
    source = Source("x", "." * 100)
    items: list[ProgramStep | Jump] = []
    for _ in range(draw(st.integers(1, 5))):
        first = len(items)
        for step in draw(st.lists(programs.steps(), min_size=1, max_size=3)):
            at = WrittenAs(Role.RUN, Span(source, len(items), len(items) + 1))
            items.append(ProgramStep(step.intensity, step.length, step.target, step.second, "", step.cue, at))
        if draw(st.booleans()):
            items.append(Jump(first, draw(st.integers(2, 99))))
    return Program("T", draw(st.sampled_from(Sport)), tuple(items), draw(programs.texts(80)))


@settings(max_examples=examples(200), deadline=None)
@given(flat_programs())
def test_a_program_comes_back_or_what_differs_was_said(program):
    report = Report()
    parts = meant(program, LTHR, report)
    found = text(program, LTHR)
    assert parse(Source("x.txt", found), Report()) == (parts, prose(program.notes))
    back, _ = read.program(Source("x.txt", found), "T", program.sport, read.Settings(lthr=LTHR))
    said = {one.span.start for one in report.diagnostics if one.span is not None}
    assert is_workout(found)
    assert back is not None
    assert back.notes == prose(program.notes)
    for at, (one, other) in enumerate(zip(program.steps, back.steps, strict=True)):
        assert at in said or same(one, other), (one, other)


def same(one: ProgramStep | Jump, other: ProgramStep | Jump) -> bool:
    """Whether two steps are alike but for the part of a second a kilometre by which a pace is rounded outward."""
    if isinstance(one, Jump) or isinstance(other, Jump) or one.target == other.target:
        return one == other
    a, b = one.target, other.target
    assert isinstance(a, Band)
    assert isinstance(b, Band)
    assert a.quantity is b.quantity is Quantity.SPEED
    assert b.low <= a.low <= a.high <= b.high
    assert 1e6 / b.low - 1e6 / a.low < 1
    assert 1e6 / a.high - 1e6 / b.high < 1
    return (one.intensity, one.length, one.cue) == (other.intensity, other.length, other.cue)


def test_every_shipped_workout_is_written_and_read_back(tmp_path):
    """All but one: nobody can tell how often a run and hike by heart rate repeats until its time is over."""
    (tmp_path / "athlete.yaml").write_text(ATHLETE, encoding="utf-8")
    compiler = Compiler(device("intervals"), str(tmp_path / "athlete.yaml"), WORKOUTS)
    failed = []
    for path in sorted(WORKOUTS.glob("*.workout.yaml")):
        for workout in compiler.file(Input(path), "workout").workouts:
            if workout is None:
                failed.append(path.name)
                continue
            found = workout.intervals()
            lthr = workout.runner.heart_rates.threshold
            back, notes = read.program(
                Source("x.txt", found), workout.program.name, workout.program.sport, read.Settings(lthr=lthr)
            )
            said = {one.span for one in workout.degraded}
            assert not notes
            assert back is not None
            assert back.notes == workout.program.notes
            for one, other in zip(workout.program.steps, back.steps, strict=True):
                is_said = isinstance(one, ProgramStep) and one.written is not None and one.written.span in said
                assert is_said or same(one, other), (path.name, one, other)
    assert failed == ["trail-run-hike.workout.yaml"]
