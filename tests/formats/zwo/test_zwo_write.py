"""Runs as files of Zwift: what a reader that is not ours makes of them, and what our own brings back."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formats.zwo import zwo_reader
from negsplit.athlete.paces import NO_RUNNER
from negsplit.compile import compile_model, compile_text, device, runner_from_words
from negsplit.desk.compiler import Compiler
from negsplit.desk.inputs import Input
from negsplit.diagnostics import Report, Severity, Source, Span
from negsplit.foreign import read_foreign
from negsplit.foreign.verdict import page
from negsplit.formats.foreign import NO_OPTIONS
from negsplit.formats.foreign_file import ForeignFile
from negsplit.formats.zwo.meaning import Base, meant
from negsplit.formats.zwo.read import READER
from negsplit.formats.zwo.write import text
from negsplit.model import Role, Sport
from negsplit.program.model import Band, Intensity, Jump, Program, ProgramStep, Quantity, WrittenAs
from negsplit.units import Distance, Duration
from strategies import programs
from strategies.examples import examples

ATHLETE = "threshold 4:30/km"
WORKOUTS = Path(__file__).parents[3] / "workouts"
BASE = Base("10k", 270)


def compiled(steps, *, athlete=ATHLETE, **fields):
    """A workout of some steps for a treadmill, and what was said of it."""
    head = "".join(f"{key}: {value}\n" for key, value in fields.items())
    result = compile_text(f"workout: W\n{head}steps: {steps}\n", athlete=athlete, device="zwo")
    return result.workouts[0], [(one.severity, one.message) for one in result.diagnostics]


def run_of(steps, **fields):
    workout, _ = compiled(steps, **fields)
    return zwo_reader.read(workout.zwo())


def test_a_run_by_time():
    run = run_of('warmup 10 min @ 6:00/km -- "tall & <easy>", 2x(3 min @ 4:00/km, 90 s)', notes="Say it")
    assert (run.name, run.description, run.by_distance, run.paces) == ("W", "Say it", False, {"10 km"})
    lengths, speeds, texts = zip(*run.blocks, strict=True)
    assert lengths == (600, 180, 90, 180, 90)
    assert [speed and round(speed, 2) for speed in speeds] == [10.0, 15.0, None, 15.0, None]
    assert texts == (["Warm up. tall & <easy>"], [], ["Recover"], [], ["Recover"])


def test_a_run_by_distance():
    run = run_of("5x(400 m @ 4:00/km, 200 m), 1 mi @ 5:00/km")
    assert run.by_distance
    assert [block.length for block in run.blocks] == [400, 200] * 5 + [1609]


def test_the_base_is_the_athletes_and_any_of_theirs():
    runner, _ = runner_from_words("10 km in 40:00")
    for name, number in (("mile", "1 mile"), ("10k", "10 km"), ("marathon", "Marathon")):
        result = compile_text(
            "workout: W\nsteps: 10 min @ 5:00/km\n", athlete=runner, device=replace(device("zwo"), base=name)
        )
        run = zwo_reader.read(result.workouts[0].zwo())
        assert run.paces == {number}
        assert run.threshold == round(1000 / runner.speeds(name)[0])
        assert run.blocks[0].kmh == pytest.approx(12, rel=1e-4)
    own = "athlete: A\nraces: 10 km in 40:00\npaces: {10k: '4:10/km'}\n"
    assert run_of("10 min @ 10k", athlete=own).threshold == 250


def test_without_an_athlete_it_says_what_the_paces_are_shares_of():
    workout, said = compiled("10 min @ 5:00/km", athlete=None)
    assert workout is None
    (message,) = [message for severity, message in said if severity is Severity.ERROR]
    assert message.startswith("a workout of Zwift has speeds as shares of one pace: `10k` needs a race result")


@pytest.mark.parametrize(
    ("steps", "told"),
    [
        ("10 min @ 4:00..4:20/km", "4:20-4:00/km goes into the text: it is run at 4:10/km"),
        ("10 min @ faster than 4:30/km", "< 4:30/km goes into the text: it is run at 4:30/km"),
        ("10 min @ HR 140..150", "140-150 bpm goes into the text: a treadmill is given speeds alone"),
        ("10 min @ watch Z2", "heart rate zone 2 goes into the text: a treadmill is given speeds alone"),
        ("10 min @ 200..220 W", "200-220 W goes into the text: a treadmill is given speeds alone"),
        ("10 min @ 5:00/km and 170..180 spm", "170-180 spm goes into the text: a treadmill is given speeds alone"),
        ("recover lap", "a treadmill has no lap button: 2 min takes its place"),
        ("recover until HR < 120", "a block of Zwift ends at no heart rate, below 120 bpm: 1:30 takes its place"),
        ("1 min, 400 m @ 4:00/km", "400 m becomes 1:36: a file of Zwift counts times or distances, not both"),
        ("90.4 s @ 5:00/km", "1:30.4 is written as 1:30"),
        ("400.4 m @ 5:00/km", "400.4 m is written as 400 m"),
    ],
)
def test_what_is_lost_is_said_before_it_is_written(steps, told):
    workout, said = compiled(steps)
    assert said == [(Severity.WARNING, told)]
    assert [one.message for one in workout.degraded] == [told]
    words = told.partition(" goes into the text")[0]
    if words != told:
        assert zwo_reader.read(workout.zwo()).blocks[-1].texts == [words]


def test_an_hour_is_cut_into_equal_parts_and_repeats_are_written_out():
    workout, said = compiled("2x(2 h @ 6:00/km -- steady)")
    blocks = zwo_reader.read(workout.zwo()).blocks
    assert [block.length for block in blocks] == [2400] * 6
    assert [block.texts for block in blocks] == [["steady"], [], []] * 2
    assert sorted(said, key=lambda one: one[1]) == [
        (Severity.NOTE, "2 h is cut into 3 blocks: QDomyos-Zwift misreads an hour or more"),
        (Severity.NOTE, "repeats are written out: this has 6 blocks"),
    ]
    assert workout.degraded == ()
    assert [block.length for block in run_of("3601 s @ 6:00/km").blocks] == [1801, 1800]
    assert [block.length for block in run_of("30 km @ 6:00/km").blocks] == [30_000]


@pytest.mark.parametrize(
    ("steps", "fields", "told"),
    [
        ("10 min @ 10:00/km", {"sport": "walking"}, "a workout of Zwift is a run or a ride, and this is walking"),
        ("10 min @ 10:00/km", {"sport": "hiking"}, "a workout of Zwift is a run or a ride, and this is hiking"),
        ("lap", {}, "a treadmill has no lap button"),
        (
            "1 min, 400 m",
            {"athlete": "athlete: A\npaces: {10k: '4:10/km'}\n"},
            "nobody can tell how long 400 m takes here",
        ),
    ],
)
def test_what_no_file_can_be_is_refused(steps, fields, told):
    workout, said = compiled(steps, **fields)
    assert workout is None
    assert (Severity.ERROR, told) in said


def test_what_is_refused_has_a_cure():
    for written, cure in (
        ("workout: W\nsport: walking\nsteps: 10 min @ 10:00/km\n", "write it for a watch: `--format fit`"),
        ("workout: W\nsteps: lap\n", "give it a time"),
    ):
        (message,) = compile_text(written, athlete=ATHLETE, device="zwo").diagnostics
        assert message.help == (cure,)


# --- There and back -------------------------------------------------------------------------------

ROLES = {
    Intensity.ACTIVE: Role.RUN,
    Intensity.WARMUP: Role.WARMUP,
    Intensity.RECOVERY: Role.RECOVER,
    Intensity.REST: Role.REST,
    Intensity.COOLDOWN: Role.COOLDOWN,
}


def _one_pace(mm_per_s):
    return Band(Quantity.SPEED, round(mm_per_s * 0.98), round(mm_per_s * 1.02))


TARGETS = st.one_of(
    programs.targets, st.integers(1_000, 7_000).map(_one_pace), st.integers(140, 600).map(lambda s: _one_pace(1e6 / s))
)


@st.composite
def runs(draw):
    """Programs as a treadmill gets them, each step of them with a place of its own."""
    source = Source("x", "." * 100)
    items = []
    by_distance = draw(st.booleans())
    amounts = (
        st.integers(1, 300).map(lambda n: Distance(n * 10_000))
        if by_distance
        else st.integers(1, 3599).map(lambda n: Duration(n * 1000))
    )
    for _ in range(draw(st.integers(1, 4))):
        first = len(items)
        for step in draw(st.lists(programs.steps(), min_size=1, max_size=3)):
            length = draw(st.one_of(amounts, amounts, st.just(step.length)))
            at = WrittenAs(ROLES[step.intensity], Span(source, len(items), len(items) + 1))
            cue = " ".join(step.cue.split())
            items.append(ProgramStep(step.intensity, length, draw(TARGETS), None, "", cue, at))
        if draw(st.booleans()):
            items.append(Jump(first, draw(st.integers(2, 4))))
    return Program("T", Sport.RUNNING, tuple(items), " ".join(draw(programs.texts(80)).split()))


def run_out(program):
    """Steps in the order in which they are run; jumps lead back once each."""
    out, left, at = [], {}, 0
    while at < len(program.steps):
        step = program.steps[at]
        if isinstance(step, Jump):
            left[at] = left.get(at, step.until) - 1
            at = step.to if left[at] else at + 1
        else:
            out.append(step)
            at += 1
    return out


def brought_back(written):
    """The program that our reader makes of a file."""
    (found,) = READER.read([ForeignFile("x.zwo", written.encode())], NO_OPTIONS).workouts
    assert found.messages == ()
    return compile_model(found.meaning, NO_RUNNER, page(), Report()).program


@settings(max_examples=examples(120), deadline=None)
@given(runs())
def test_a_program_comes_back_or_what_differs_was_said(program):
    report = Report()
    run = meant(program, BASE, lambda _: 60.0, "km", report)
    assert run is not None
    written = text(program, run)
    blocks = zwo_reader.read(written).blocks
    assert_same(program, report, brought_back(written), blocks)


def assert_same(program, report, back, blocks):
    """Each step is one or more of those that came back, of the same length together, and as it was, or said."""
    said = {one.span.start for one in report.diagnostics if one.span is not None and one.severity is Severity.WARNING}
    assert back.notes == program.notes
    found, seen = run_out(back), list(blocks)
    for step in run_out(program):
        is_said = step.written.span.start in said
        size = step.length.seconds if isinstance(step.length, Duration) else None
        parts = 1 if size is None or size < 3600 else int(round(size) // 3600 + 1)
        mine, theirs = found[:parts], seen[:parts]
        del found[:parts], seen[:parts]
        if not is_said:
            assert sum(one.length for one in theirs) == pytest.approx(
                step.length.seconds if size else step.length.metres
            )
            assert [one.length for one in mine] == [
                type(step.length)(one.length * (1000 if size else 100)) for one in theirs
            ]
            assert (mine[0].intensity, mine[0].cue) == (step.intensity, step.cue)
            for one, block in zip(mine, theirs, strict=True):
                assert_speed(one.target, step.target)
                assert_speed(_one_pace(block.kmh / 0.0036) if block.kmh else None, step.target)
    assert found == seen == []


def assert_speed(one, other):
    """Alike to four decimals of a share of the base, which is 4:30/km, and the mm/s of rounding."""
    assert (one is None) == (other is None)
    if one is not None:
        assert one.low == pytest.approx(other.low, abs=1.5)
        assert one.high == pytest.approx(other.high, abs=1.5)


def test_every_shipped_run_is_written_and_read_back():
    """All but two that run until the lap button, and one that repeats until a time is over, by heart rate."""
    compiler = Compiler(device("zwo"), "5 km in 22:30", WORKOUTS)
    refused = []
    for path in sorted(WORKOUTS.glob("*.workout.yaml")):
        found = compiler.file(Input(path), "workout")
        if None in found.workouts or not found.workouts:
            refused.append(path.name)
            continue
        for workout in found.workouts:
            written = workout.zwo()
            (back,) = read_foreign({"x.zwo": written.encode()})[0].workouts
            assert back.verdict == "exact"
            assert len(zwo_reader.read(written).blocks) == len(run_out(back.compiled.program))
    assert refused == ["drills.workout.yaml", "free-fartlek.workout.yaml", "trail-run-hike.workout.yaml"]
