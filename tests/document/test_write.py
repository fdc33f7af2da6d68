"""Models to text: the form of typical workouts, and that what is written is read back as the same model."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from negsplit.diagnostics import Report, Source, render
from negsplit.document.library import Texts
from negsplit.document.workouts import workout
from negsplit.document.write import write
from negsplit.model import (
    ByFeel,
    CountRange,
    CutDown,
    FastFinish,
    Gradual,
    Item,
    Ladder,
    Lap,
    Parts,
    Ramp,
    Range,
    Repeat,
    Role,
    Sport,
    Step,
    Until,
    WalkRun,
    Workout,
)
from negsplit.targets import Between, CadenceTarget, Effort, HeartRateTarget, Named, PaceTarget, Shifted, Target
from negsplit.tree import source
from negsplit.units import Distance, Duration, Pace, PaceShift, Percent
from strategies.examples import examples
from strategies.models import workouts

EXAMPLES = sorted((Path(__file__).parents[2] / "workouts").glob("*.workout.yaml"))
TEXTS = {path.name: path.read_text(encoding="utf-8") for path in EXAMPLES}
MILE, KM = Distance(160_934), Distance(100_000)
EASY, THRESHOLD, HALF, MARATHON, TEN, FIVE = (
    PaceTarget(Named(name)) for name in ("easy", "threshold", "half", "marathon", "10k", "5k")
)
THIRDS = (
    PaceTarget(Shifted(Named("marathon"), PaceShift(25_000, "km"), PaceShift(30_000, "km"))),
    PaceTarget(Between(Named("marathon"), Named("half"))),
    PaceTarget(Shifted(Named("10k"), PaceShift(0, "km"), PaceShift(-5_000, "km"))),
)


def minutes(count: float) -> Duration:
    return Duration(round(count * 60_000))


def metres(count: int) -> Distance:
    return Distance(count * 100)


def run(length: Any, *targets: Target, cue: str = "", **more: Any) -> Step:
    return Step(Role.RUN, length, targets, cue, **more)


def recover(length: Any, **more: Any) -> Step:
    return Step(Role.RECOVER, length, **more)


def read(text: str) -> Workout:
    """The one workout of a text that has nothing wrong with it; small distances may warn."""
    [node], diagnostics = source.read(Source("written", text))
    report = Report(diagnostics)
    found = workout(node, report, Texts(TEXTS))
    problems = [render(one) for one in report.diagnostics if one.code != "metres"]
    assert not problems, "\n".join([*problems, text])
    assert found is not None
    return found


def steps_text(*steps: Item) -> str:
    """What is written below ``steps:``, which must read back."""
    made = Workout("Test", steps)
    text = write(made)
    assert read(text) == made
    return text.removeprefix("workout: Test\nsteps:\n")


@given(workouts())
@settings(
    max_examples=examples(400), deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
def test_what_is_written_is_read_back(made: Workout) -> None:
    text = write(made)
    found = read(text)
    assert found == made, text
    assert write(found) == text


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name.partition(".")[0])
def test_example_workouts_survive(path: Path) -> None:
    made = read(path.read_text(encoding="utf-8"))
    assert read(write(made)) == made


TYPICAL = {
    "cruise intervals": (
        Workout(
            "Cruise intervals",
            (
                Step(Role.WARMUP, minutes(15), (EASY,)),
                Repeat(4, (run(MILE, THRESHOLD), recover(minutes(1)))),
                Step(Role.COOLDOWN, minutes(10), (EASY,)),
            ),
        ),
        """\
workout: Cruise intervals
steps:
  - warmup: 15 min @ easy
  - 4x(1 mi @ threshold, 1 min)
  - cooldown: 10 min @ easy
""",
    ),
    "every key": (
        Workout(
            "Cruise intervals 4 x 1 mile",
            (run(minutes(20), PaceTarget(Named("float"))),),
            sport=Sport.TRACK_RUNNING,
            notes="Comfortably hard; stop while it still feels controlled.",
            tags=("threshold", "6 weeks out"),
            paces={"float": PaceTarget(Pace(320_000, "km"))},
            tolerance=Percent(3_000),
            last_recovery="skip",
            lint={"S-BAND": "off"},
            id="cruise-mile",
        ),
        """\
workout: Cruise intervals 4 x 1 mile
id: cruise-mile
sport: track_running
notes: Comfortably hard; stop while it still feels controlled.
tags: [threshold, 6 weeks out]
paces: {float: 5:20/km}
tolerance: 3 %
last_recovery: skip
lint: {S-BAND: off}
steps:
  - run: 20 min @ float
""",
    ),
    "long notes and several paces": (
        Workout(
            "Steady",
            (run(minutes(40), PaceTarget(Named("park loop"))),),
            notes="On the flat loop.\n\n- no watch until the second lap\n- drink",
            paces={"park loop": PaceTarget(Pace(320_000, "km")), "easy": HeartRateTarget(None, 145)},
        ),
        """\
workout: Steady
notes: |-
  On the flat loop.

  - no watch until the second lap
  - drink
paces:
  park loop: 5:20/km
  easy: HR < 145
steps:
  - run: 40 min @ park loop
""",
    ),
}


@pytest.mark.parametrize(("made", "text"), TYPICAL.values(), ids=TYPICAL)
def test_a_whole_document(made: Workout, text: str) -> None:
    assert write(made) == text
    assert read(text) == made


def test_a_step_says_in_its_phrase_what_a_phrase_can_say() -> None:
    cadence = CadenceTarget(175, 185)
    assert (
        steps_text(
            run(MILE, THRESHOLD, cadence, cue="tall, relaxed"),
            run(MILE, THRESHOLD, cadence, cue="tall: relaxed"),
            run(MILE, THRESHOLD, cue='"tall"', tolerance=Percent(1_000)),
            run(Lap(), Effort(6, 6), cue="rep #3"),
            run(Lap(), cue="don't rush (ever)"),
            Step(Role.REST, Lap()),
            Step(Role.COOLDOWN, Lap()),
        )
        == """\
  - run: 1 mi @ threshold and 175..185 spm -- tall, relaxed
  - run: 1 mi @ threshold and 175..185 spm
    cue: "tall: relaxed"
  - run: 1 mi @ threshold
    cue: '"tall"'
    tolerance: 1 %
  - run: lap @ RPE 6
    cue: "rep #3"
  - run: lap -- don't rush (ever)
  - rest
  - cooldown
"""
    )


def test_a_short_repeat_is_one_line() -> None:
    walk = Step(Role.WALK, Duration(60_000))
    strides = Repeat(3, (run(Duration(20_000)), walk))
    assert (
        steps_text(
            strides,
            Repeat(CountRange(8, 10), (run(metres(400), FIVE), recover(metres(200), cue="shake arms, breathe"))),
            Repeat(2, (run(minutes(1)), run(minutes(2)), recover(minutes(3)), run(minutes(4)))),
            Repeat(2, (recover(minutes(1)),)),
            Repeat(3, (Repeat(4, (run(metres(200), FIVE), recover(metres(200)))), recover(minutes(3)))),
            Repeat(2, (run(Lap()), Step(Role.REST, Lap()), recover(Lap()))),
        )
        == """\
  - 3x(20 s, walk 1 min)
  - 8..10x(400 m @ 5k, 200 m -- "shake arms, breathe")
  - 2x(1 min, run 2 min, recover 3 min, run 4 min)
  - 2x(recover 1 min)
  - 3x(4x(200 m @ 5k, 200 m), 3 min)
  - 2x(lap, rest, lap)
"""
    )


def test_a_repeat_with_more_to_say_has_keys() -> None:
    body = (run(metres(400), FIVE), recover(minutes(1)))
    long_cue = "relax the shoulders and let the arms hang for a few steps"
    assert (
        steps_text(
            Repeat(6, body, "skip"),
            Repeat(Until(Distance(1_000_000)), body),
            Repeat(2, (run(minutes(3), THRESHOLD, cue=long_cue), recover(minutes(1)))),
            Repeat(2, (run(minutes(1), FIVE, tolerance=Percent(1_000)), Repeat(2, body))),
            Repeat(2, (*body, *body, run(minutes(1)))),
            Repeat(2, (Ramp(minutes(20), 4, EASY, FIVE), Step(Role.WALK, minutes(2)))),
        )
        == f"""\
  - repeat: 6
    last_recovery: skip
    steps: 400 m @ 5k, 1 min
  - repeat: {{until: 10 km}}
    steps: 400 m @ 5k, 1 min
  - repeat: 2
    steps:
      - run: 3 min @ threshold -- {long_cue}
      - recover: 1 min
  - repeat: 2
    steps:
      - run: 1 min @ 5k
        tolerance: 1 %
      - 2x(400 m @ 5k, 1 min)
  - repeat: 2
    steps:
      - run: 400 m @ 5k
      - recover: 1 min
      - run: 400 m @ 5k
      - recover: 1 min
      - run: 1 min
  - 2x(20 min @ easy -> 5k in 4, walk 2 min)
"""
    )


def test_lines_end_at_column_80() -> None:
    def text(cue: str, depth: int) -> str:
        item: Item = Repeat(4, (run(MILE, THRESHOLD, cue=cue), recover(minutes(1))))
        for _ in range(depth):
            item = Repeat(2, (run(minutes(1), FIVE, tolerance=Percent(1_000)), item))
        return steps_text(item)

    for depth in range(3):
        longest = "x" * (80 - len("  - 4x(1 mi @ threshold -- , 1 min)") - 4 * depth)
        assert max(map(len, text(longest, depth).splitlines())) == 80
        assert "4x(" in text(longest, depth)
        assert "4x(" not in text(f"{longest}x", depth)


def test_thirds_and_parts() -> None:
    assert (
        steps_text(
            Parts("thirds", Distance(1_200_000), THIRDS),
            Parts("thirds", minutes(60), (EASY, MARATHON, TEN)),
            Parts("parts", Range(minutes(50), minutes(60), "min", 0), (EASY, MARATHON, HALF), Percent(1_500)),
            Parts("parts", minutes(60), THIRDS),
            Parts("parts", minutes(60), (*THIRDS, *THIRDS)),
        )
        == """\
  - progression: thirds
    total: 12 km
  - progression: thirds
    total: 1 h
    paces: [easy, marathon, 10k]
  - progression: parts
    total: 50..60 min
    paces: [easy, marathon, half]
    tolerance: 1.5 %
  - progression: parts
    total: 1 h
    paces: [marathon + 25..30 s/km, marathon..half, 10k - 0..5 s/km]
  - progression: parts
    total: 1 h
    paces:
      - marathon + 25..30 s/km
      - marathon..half
      - 10k - 0..5 s/km
      - marathon + 25..30 s/km
      - marathon..half
      - 10k - 0..5 s/km
"""
    )


def test_cut_downs() -> None:
    five = Distance.of(5, "mi")  # type: ignore[arg-type]
    assert (
        steps_text(
            CutDown(five, MILE, EASY, TEN, (PaceShift(15_000, "mi"), PaceShift(30_000, "mi"))),
            CutDown(five, MILE, MARATHON, TEN, (PaceShift(20_000, "mi"), PaceShift(20_000, "mi"))),
            CutDown(five, MILE, EASY, tolerance=PaceShift(3_000, "mi")),
        )
        == """\
  - progression: cut-down
    total: 5 mi
    every: 1 mi
    from: easy
    to: 10k
    drop: 15..30 s/mi
  - progression: cut-down
    total: 5 mi
    every: 1 mi
    from: marathon
    to: 10k
    drop: 20 s/mi
  - progression: cut-down
    total: 5 mi
    every: 1 mi
    from: easy
    tolerance: 3 s/mi
"""
    )


def test_other_progressions() -> None:
    question = "Can I go a little faster without getting out of breath?"
    paces = PaceTarget(Pace(330_000, "km")), PaceTarget(Pace(270_000, "km"))
    assert (
        steps_text(
            FastFinish(minutes(90), EASY, minutes(20), minutes(5), HALF),
            ByFeel(minutes(60), minutes(15), minutes(7.5), question),
            ByFeel(Distance(1_000_000), Distance(200_000), KM, "Faster: yes or no?"),
            Ramp(minutes(20), 5, *paces),
        )
        == """\
  - progression: fast finish
    total: 90 min
    base: easy
    finish: 20 min
    every: 5 min
    to: half
  - progression: by feel
    total: 1 h
  - progression: by feel
    total: 10 km
    first: 2 km
    ask_every: 1 km
    cue: "Faster: yes or no?"
  - run: 20 min @ 5:30/km -> 4:30/km in 5
"""
    )


def test_a_ramp_is_a_phrase_where_one_can_say_it() -> None:
    slow, fast = PaceTarget(Pace(290_000, "km")), PaceTarget(Pace(200_000, "km"))
    total, step = Distance(1_500_000), PaceShift(5_000, "km")
    held = (CadenceTarget(180, 180),)
    assert (
        steps_text(
            Ramp(total, KM, slow, fast),
            Ramp(total, step, slow, fast, PaceShift(3_000, "km"), Role.WARMUP, held, "tall"),
            Ramp(total, KM, EASY, HALF, role=Role.COOLDOWN, cue='"so": it goes'),
            Ramp(minutes(1), 5, slow, fast),
            Ramp(minutes(20), 5, replace(slow, tolerance=Percent(1_000)), fast),
            Ramp(minutes(20), 5, slow, slow),
        )
        == """\
  - run: 15 km @ 4:50/km -> 3:20/km by 1 km
  - warmup: 15 km @ 4:50/km -> 3:20/km ± 3 s/km by 5 s/km and 180 spm -- tall
  - cooldown: 15 km @ easy -> half by 1 km
    cue: '"so": it goes'
  - progression: ramp
    total: 1 min
    in: 5
    from: 4:50/km
    to: 3:20/km
  - progression: ramp
    total: 20 min
    in: 5
    from: 4:50/km ± 1 %
    to: 3:20/km
  - progression: ramp
    total: 20 min
    in: 5
    from: 4:50/km
    to: 4:50/km
"""
    )
    with pytest.raises(ValueError, match="neither a phrase nor keys"):
        steps_text(Ramp(minutes(1), Duration(10_000), slow, fast))


def test_walk_runs() -> None:
    first, second = run(minutes(1)), Step(Role.WALK, minutes(2))
    slash = Step(Role.WALK, minutes(1), cue="in / out")
    assert (
        steps_text(
            WalkRun(first, second, minutes(24)),
            WalkRun(second, first, minutes(24), fit="down", end_on=Role.RUN),
            WalkRun(run(minutes(1.5), TEN), slash, rounds=CountRange(8, 10)),
            WalkRun(run(Lap()), second, rounds=8),
        )
        == """\
  - walk_run: run 1 min / walk 2 min
    total: 24 min
  - walk_run: walk 2 min / run 1 min
    total: 24 min
    fit: down
    end_on: run
  - walk_run: run 1:30 @ 10k / walk 1 min -- "in / out"
    repeats: 8..10
  - walk_run: run / walk 2 min
    repeats: 8
"""
    )


def test_ladders() -> None:
    rungs = tuple(run(minutes(count)) for count in (1, 2, 3, 2, 1))
    steady = PaceTarget(Named("easy"), Percent(2_000))
    gradual = Gradual(PaceTarget(Pace(280_000, "km")), PaceTarget(Pace(250_000, "km")))
    assert (
        steps_text(
            Ladder(rungs, (FIVE,), Percent(50_000)),
            Ladder((run(KM),) * 6, gradual, (recover(minutes(2)),)),
            Ladder(rungs[:2], (TEN, FIVE), Percent(100_000), "keep", Percent(1_000)),
            Ladder((run(KM, TEN), run(metres(800), FIVE, cue="go, go")), (), (Step(Role.WALK, minutes(1)),)),
            Ladder(rungs[:3], (), (recover(minutes(1)), run(minutes(1), steady))),
            Ladder(rungs[:1], (), (recover(minutes(1), targets=(steady,)),)),
            Ladder((rungs[0], run(metres(800)), run(metres(800)), rungs[0]), (TEN, FIVE, FIVE, TEN)),
        )
        == """\
  - ladder: [1 min, 2 min, 3 min, 2 min, 1 min]
    at: 5k
    recover: 50 %
  - ladder: 6 x 1 km
    at: 4:40/km -> 4:10/km
    recover: 2 min
  - ladder: [1 min, 2 min]
    at: [10k, 5k]
    recover: same
    last_recovery: keep
    tolerance: 1 %
  - ladder:
      - 1 km @ 10k
      - 800 m @ 5k -- "go, go"
    recover: walk 1 min
  - ladder: [1 min, 2 min, 3 min]
    recover: [1 min, run 1 min @ easy ± 2 %]
  - ladder: [1 min]
    recover: 1 min @ easy ± 2 %
  - ladder: [1 min, 2 x 800 m, 1 min]
    at: [10k, 5k, 5k, 10k]
"""
    )


@pytest.mark.parametrize(
    "rung", [run(KM, cue='"go", he said'), run(KM, FIVE, tolerance=Percent(1_000))], ids=["cue", "tolerance"]
)
def test_a_rung_that_no_text_says_is_refused(rung: Step) -> None:
    with pytest.raises(ValueError, match="no line of text can say"):
        write(Workout("Test", (Ladder((rung,)),)))


@pytest.mark.parametrize(
    ("written", "shortest"),
    [
        ("Warm-Up 10' @ E", "warmup: 10 min @ e"),
        ("jog 2 mins", "recover: 2 min"),
        ("run 1h30 at long pace", "run: 90 min @ long"),
        ("5k @ 4:50–5:10 min/km", "run: 5 km @ 4:50..5:10/km"),
        ("90 s @ 12kph and rpe 6", "run: 1:30 @ 12 km/h and RPE 6"),
        ("6-8 mi @ z2", "run: 6..8 mi @ Z2"),
        ("1 h 15 min..1 h 45 min", "run: 75..105 min"),
        ("lap at 85 – 90 % max hr", "run: lap @ 85..90 % HRmax"),
        ("400 m in 1:30 -- quick   feet", "run: 400 m in 1:30 -- quick feet"),
    ],
)
def test_every_spelling_comes_back_in_the_shortest(written: str, shortest: str) -> None:
    found = read(f"workout: Test\nsteps: ['{written.replace(chr(39), chr(39) * 2)}']\n")
    assert write(found) == f"workout: Test\nsteps:\n  - {shortest}\n"
    assert read(write(found)) == found


def test_remarks_stand_above_their_steps_and_below_the_last() -> None:
    steps = (Step(Role.RUN, Duration(600_000)), Step(Role.COOLDOWN, Lap()))
    made = Workout("Test", steps)
    text = write(made, {0: ["? first", "costs $5"], 2: ["end"]})
    assert text == ("workout: Test\nsteps:\n  # ? first\n  # costs $5\n  - run: 10 min\n  - cooldown\n  # end\n")
    assert write(made) == "".join(line for line in text.splitlines(keepends=True) if "#" not in line)
