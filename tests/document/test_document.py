"""Documents to model: keys, forms, defaults, and every mistake of a file at once, each once."""

import textwrap

import pytest

from negsplit.diagnostics import Report, Severity, Source
from negsplit.document import workouts
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
from negsplit.targets import AtFault, Between, CadenceTarget, Effort, HeartRateTarget, Named, PaceTarget, Shifted
from negsplit.tree.source import read
from negsplit.units import Distance, Duration, Pace, PaceShift, Percent

RUN, RECOVER, WALK = Role.RUN, Role.RECOVER, Role.WALK
EASY, M5K, M10K = PaceTarget(Named("easy")), PaceTarget(Named("5k")), PaceTarget(Named("10k"))
KM, MI = Distance(100_000), Distance(160_934)


def minutes(number: float) -> Duration:
    return Duration(round(number * 60_000))


def parsed(text: str) -> tuple[Workout | None, Report]:
    nodes, found = read(Source("text", textwrap.dedent(text).lstrip("\n")))
    report = Report(found)
    return (workouts.workout(nodes[0], report) if nodes else None), report


def workout(text: str) -> Workout:
    """The model of a document that has nothing wrong with it."""
    found, report = parsed(text)
    assert report.diagnostics == []
    assert found is not None
    return found


def steps(text: str) -> tuple[Item, ...]:
    """The steps of a workout whose ``steps:`` is this text."""
    return workout(f"workout: A\nsteps:\n{textwrap.indent(textwrap.dedent(text).strip(chr(10)), '  ')}\n").steps


def mistakes(text: str) -> list[tuple[str, int, str]]:
    """Code, line and the characters at fault of each message, in the order of the file."""
    _, report = parsed(text)
    found = [(one.span.start, one.code, one.span.line, one.span.text) for one in report.diagnostics if one.span]
    assert len(found) == len(report.diagnostics)
    return [(code, line, under) for _, code, line, under in sorted(found)]


def test_everything_a_workout_may_say() -> None:
    found = workout("""
        workout: Cruise  intervals 4 x 1 mile
        id: cruise-4x1-mile
        sport: Trail running
        notes: Comfortably hard.
        tags: [threshold, 2026]
        paces: {float: 5:20/km, Park Loop: HR < 145}
        tolerance: 5 s/km
        last_recovery: Skip
        lint: {S-BAND: off}
        steps: 10 min @ float
    """)
    assert found == Workout(
        name="Cruise intervals 4 x 1 mile",
        steps=(Step(RUN, minutes(10), (PaceTarget(Named("float")),)),),
        sport=Sport.TRAIL_RUNNING,
        notes="Comfortably hard.",
        tags=("threshold", "2026"),
        paces={"float": PaceTarget(Pace(320_000, "km")), "park loop": HeartRateTarget(None, 145)},
        tolerance=PaceShift(5_000, "km"),
        last_recovery="skip",
        lint={"S-BAND": "off"},
        id="cruise-4x1-mile",
    )


def test_defaults() -> None:
    assert workout("workout: A\nsteps: 10 min") == Workout("A", (Step(RUN, minutes(10)),))


def test_texts_stay_texts() -> None:
    """YAML 1.1 would read these as numbers, truth values and a date."""
    found = workout("workout: 2026-11-30\nnotes: no\ntags: [on, 1e3, 010]\nsteps: 4:30")
    assert (found.name, found.notes, found.tags) == ("2026-11-30", "no", ("on", "1e3", "010"))
    assert found.steps == (Step(RUN, minutes(4.5)),)


@pytest.mark.parametrize("written", ["a", "0", "2026-11-30", "a" * 60, f"{'a-' * 29}aa"])
def test_ids(written: str) -> None:
    assert workout(f"workout: A\nid: {written}\nsteps: 10 min").id == written


@pytest.mark.parametrize("written", ["Cruise", "a_b", "a b", "-a", "a-", "a--b", "é", "٣", "a" * 61])
def test_what_is_no_id(written: str) -> None:
    text = f"workout: A\nid: {written}\nsteps: 10 min"
    found, _ = parsed(text)
    assert found is not None
    assert found.id == ""
    assert mistakes(text) == [("id", 2, written)]


def test_an_id_left_empty_is_one_mistake() -> None:
    for written in ("", ' ""', ' " "'):
        assert [code for code, _, _ in mistakes(f"workout: A\nid:{written}\nsteps: 10 min")] == ["empty"]


def test_tags_in_one_text() -> None:
    assert workout("workout: A\ntags: long run, hills\nsteps: 10 min").tags == ("long run", "hills")


@pytest.mark.parametrize(
    "written",
    [
        "- run: 1 mi @ easy and 175..185 spm -- tall, relaxed",
        "- {run: 1 mi, at: easy, also: 175..185 spm, cue: 'tall, relaxed'}",
        "- run: 1 mi\n  at: easy and 175..185 spm\n  cue: tall, relaxed",
        "- run: 1 mi @ easy\n  also: 175..185 spm\n  cue: tall,\n    relaxed",
        "- run: >\n    1 mi @ easy and 175..185 spm\n    -- tall, relaxed",
        "- 'run 1 mi @ easy and 175..185 spm -- \"tall, relaxed\"'",
    ],
)
def test_one_step_said_in_many_ways(written: str) -> None:
    assert steps(written) == (Step(RUN, MI, (EASY, CadenceTarget(175, 185)), "tall, relaxed"),)


def test_roles_as_keys() -> None:
    words = {
        "warmup": Role.WARMUP,
        "warm-up": Role.WARMUP,
        "run": Role.RUN,
        "recover": Role.RECOVER,
        "recovery": Role.RECOVER,
        "jog": Role.RECOVER,
        "rest": Role.REST,
        "walk": Role.WALK,
        "hike": Role.HIKE,
        "cooldown": Role.COOLDOWN,
        "cool-down": Role.COOLDOWN,
    }
    found = steps("\n".join(f"- {word}: 10 min" for word in words))
    assert found == tuple(Step(role, minutes(10)) for role in words.values())


def test_a_role_without_a_duration_lasts_until_the_lap_button() -> None:
    lap = Step(Role.WARMUP, Lap())
    assert steps('- warmup\n- warmup:\n- warmup: ""\n- warmup: lap') == (lap,) * 4
    assert steps("- run:\n  at: easy") == (Step(RUN, Lap(), (EASY,)),)


def test_keys_beside_a_role() -> None:
    assert steps("- {run: 1 km, at: easy, tolerance: 3 %}") == (Step(RUN, KM, (EASY,), tolerance=Percent(3_000)),)
    assert steps("- {run: 1 km, at: RPE 6, also: HR < 150}") == (
        Step(RUN, KM, (Effort(6, 6), HeartRateTarget(None, 150))),
    )


@pytest.mark.parametrize(
    "written",
    [
        "- repeat: 3\n  steps: 1 min @ 5k, 1 min",
        "- repeat: 3\n  steps: |\n    1 min @ 5k\n    1 min",
        "- repeat: 3\n  steps: [1 min @ 5k, 1 min]",
        '- repeat: 3\n  steps: ["1 min @ 5k, 1 min"]',
        "- repeat: 3\n  steps:\n    - run: 1 min @ 5k\n    - 1 min",
        "- repeat: 3\n  steps: [run: 1 min @ 5k, recover: 1 min]",
        "- 3x(1 min @ 5k, 1 min)",
        "- |\n  3x(1 min @ 5k,\n     1 min)",
    ],
)
def test_one_repeat_said_in_many_ways(written: str) -> None:
    assert steps(written) == (Repeat(3, (Step(RUN, minutes(1), (M5K,)), Step(RECOVER, minutes(1)))),)


def test_only_text_at_the_end_of_a_body_recovers_by_itself() -> None:
    (repeat,) = steps("- repeat: 3\n  steps:\n    - run: 1 min @ 5k\n    - run: 1 min")
    assert isinstance(repeat, Repeat)
    assert repeat.steps[-1] == Step(RUN, minutes(1))
    assert steps("- repeat: 3\n  steps: 1 min") == (Repeat(3, (Step(RUN, minutes(1)),)),)


def test_kinds_of_repeats() -> None:
    body = (Step(RUN, minutes(1), (M5K,)), Step(RECOVER, minutes(1)))
    assert steps("- {repeat: 8..10, steps: '1 min @ 5k, 1 min'}") == (Repeat(CountRange(8, 10), body),)
    assert steps("- {repeat: {until: 10 km}, steps: '1 min @ 5k, 1 min'}") == (
        Repeat(Until(Distance(1_000_000)), body),
    )
    assert steps("- {repeat: 3, last_recovery: SKIP, steps: '1 min @ 5k, 1 min'}") == (Repeat(3, body, "skip"),)
    inner = Repeat(2, body)
    assert steps("- repeat: 3\n  steps:\n    - 2x(1 min @ 5k, 1 min)\n    - 3 min") == (
        Repeat(3, (inner, Step(RECOVER, minutes(3)))),
    )


def test_a_bare_step_between_others_in_a_list_warns() -> None:
    _, report = parsed("""
        workout: A
        steps:
          - repeat: 3
            steps:
              - 1 min @ 5k
              - 1 min
              - run: 2 min
              - 2 min
    """)
    (warning,) = report.diagnostics
    assert (warning.code, warning.severity) == ("bare-step", Severity.WARNING)
    assert warning.span
    assert (warning.span.line, warning.span.column, warning.span.text) == (6, 9, "1 min")


@pytest.mark.parametrize(
    ("written", "item"),
    [
        (
            "- {progression: parts, total: 60 min, paces: [easy, 10k], tolerance: 1 %}",
            Parts("parts", minutes(60), (EASY, M10K), Percent(1_000)),
        ),
        (
            "- progression: Thirds\n  total: 12 km",
            Parts(
                "thirds",
                Distance(1_200_000),
                (
                    PaceTarget(Shifted(Named("marathon"), PaceShift(25_000, "km"), PaceShift(30_000, "km"))),
                    PaceTarget(Between(Named("marathon"), Named("half"))),
                    PaceTarget(Shifted(Named("10k"), PaceShift(0, "km"), PaceShift(-5_000, "km"))),
                ),
            ),
        ),
        (
            "- {progression: cut-down, total: 5 km, every: 1 km, from: easy, to: 10k, drop: 15..30 s/mi}",
            CutDown(Distance(500_000), KM, EASY, M10K, (PaceShift(15_000, "mi"), PaceShift(30_000, "mi"))),
        ),
        (
            "- {progression: Cut down, total: 3..5 km, every: 1 km, from: easy, drop: 20 s/km}",
            CutDown(
                Range(Distance(300_000), Distance(500_000), "km", 0),
                KM,
                EASY,
                None,
                (PaceShift(20_000, "km"), PaceShift(20_000, "km")),
            ),
        ),
        (
            "- {progression: fast_finish, total: 90 min, base: easy, finish: 20 min, every: 5 min, to: 10k}",
            FastFinish(minutes(90), EASY, minutes(20), minutes(5), M10K),
        ),
        (
            "- {progression: by feel, total: 60 min}",
            ByFeel(
                minutes(60),
                minutes(15),
                minutes(7.5),
                "Can I go a little faster without getting out of breath?",
            ),
        ),
        (
            "- {progression: by-feel, total: 10 km, first: 2 km, ask_every: 1 km, cue: Faster?}",
            ByFeel(Distance(1_000_000), Distance(200_000), KM, "Faster?"),
        ),
        (
            "- {progression: ramp, total: 20 min, in: 5, from: 5:30/km, to: 4:30/km}",
            Ramp(minutes(20), 5, PaceTarget(Pace(330_000, "km")), PaceTarget(Pace(270_000, "km"))),
        ),
        (
            "- {walk_run: run 1 min / walk 2 min @ easy, total: 24 min, fit: UP, end_on: Walk}",
            WalkRun(Step(RUN, minutes(1)), Step(WALK, minutes(2), (EASY,)), minutes(24), None, "up", WALK),
        ),
        (
            "- {walk_run: walk 200 m / run 400 m, repeats: 8..10}",
            WalkRun(Step(WALK, Distance(20_000)), Step(RUN, Distance(40_000)), None, CountRange(8, 10)),
        ),
        (
            "- {ladder: [1 min, 2 min @ 10k], at: 5k, recover: 50 %}",
            Ladder((Step(RUN, minutes(1)), Step(RUN, minutes(2), (M10K,))), (M5K,), Percent(50_000)),
        ),
        (
            "- {ladder: 3 x 1 km, at: 4:40/km -> 4:10/km, recover: Same, last_recovery: keep, tolerance: 1 %}",
            Ladder(
                (Step(RUN, KM),) * 3,
                Gradual(PaceTarget(Pace(280_000, "km")), PaceTarget(Pace(250_000, "km"))),
                Percent(100_000),
                "keep",
                Percent(1_000),
            ),
        ),
        ("- {ladder: 2 x 1 km, recover: None}", Ladder((Step(RUN, KM),) * 2)),
        (
            "- {ladder: [1 min, 2 x 1 km], at: [5k, 10k, easy], recover: none}",
            Ladder((Step(RUN, minutes(1)), Step(RUN, KM), Step(RUN, KM)), (M5K, M10K, EASY)),
        ),
        (
            "- {ladder: [1 min, 2 min, 3 min], at: [5k, 10k, easy], recover: [1 min, walk 2 min]}",
            Ladder(
                tuple(Step(RUN, minutes(number)) for number in (1, 2, 3)),
                (M5K, M10K, EASY),
                (Step(RECOVER, minutes(1)), Step(WALK, minutes(2))),
            ),
        ),
    ],
)
def test_generators(written: str, item: Item) -> None:
    assert steps(written) == (item,)


@pytest.mark.parametrize("style", ["Cut-down", "cut down", "cutdown", "CUT_DOWN"])
def test_styles_in_any_spelling(style: str) -> None:
    (item,) = steps(f"- {{progression: {style}, total: 5 km, every: 1 km, from: easy, to: 10k}}")
    assert isinstance(item, CutDown)


# --- Mistakes ------------------------------------------------------------------------------------


def test_one_run_reports_every_mistake_of_a_file_once() -> None:
    assert mistakes("""
        workout: A
        sprot: running
        tolerance: 2
        paces: {lap: 5:00/km, float: 5:20}
        steps:
          - warmup: 10
          - runn: 5 km
          - 4x(1,5 km @ float, 2 mim)
          - repeat: 0
            steps: [run: 1 km @ easy + 3, recoverr: 1 min]
          - progression: third
            total: 12 km
          - ladder: [1 min, 2]
            att: 5k
          - run: 1 km @ easy
            at: 10k
    """) == [
        ("unknown-key", 2, "sprot"),
        ("missing-unit", 3, "2"),
        ("reserved-name", 4, "lap"),
        ("missing-unit", 4, "5:20"),
        ("missing-unit", 6, "10"),
        ("unknown-step", 7, "runn"),
        ("decimal", 8, "1,5"),
        ("unknown-unit", 8, "mim"),
        ("out-of-bounds", 9, "0"),
        ("missing-unit", 10, "3"),
        ("unknown-step", 10, "recoverr"),
        ("unknown-style", 11, "third"),
        ("missing-unit", 13, "2"),
        ("unknown-key", 14, "att"),
        ("said-twice", 16, "10k"),
    ]


def test_an_unknown_key_hides_no_mistake_beside_it() -> None:
    assert mistakes("""
        workout: A
        steps:
          - {run: 10, colour: red}
          - repeat: 3
            reps: 4
            steps: [run: 5 mim]
    """) == [
        ("missing-unit", 3, "10"),
        ("unknown-key", 3, "colour"),
        ("unknown-key", 5, "reps"),
        ("unknown-unit", 6, "mim"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("workout:\nsteps: 10 min", [("empty", 1, "workout")]),
        ("workout: A\nsteps:", [("empty", 2, "steps")]),
        ("workout: A", [("missing-key", 1, "workout")]),
        ("workout: A\ntolerance: 2", [("missing-key", 1, "workout"), ("missing-unit", 2, "2")]),
        ("workout: A\nstep: 10 min", [("unknown-key", 2, "step")]),
        ("workout: A\nsteps: []", [("empty", 2, "[]")]),
        ("workout: A\nsteps: {run: 10 min}", [("wrong-form", 2, "{run: 10 min}")]),
        ("workout: A\nsteps:\n  - [run 1 km]", [("wrong-form", 3, "[run 1 km]")]),
        ("workout: A\nsteps:\n  - {}", [("empty", 3, "{}")]),
        ("workout: A\nsteps:\n  -", [("empty", 3, "")]),
        ("workout: A\nsteps:\n  - run: {a: 1}", [("wrong-form", 3, "{a: 1}")]),
        ("workout: A\nsteps:\n  - {run: 1 km, at: }", [("empty", 3, "at")]),
        ("workout: A\nsteps:\n  - {run: 1 km, tolerance: }", [("empty", 3, "tolerance")]),
        ("workout: A\nsteps:\n  - repeat:\n    steps: 1 km", [("empty", 3, "repeat")]),
        ("workout: A\nsteps:\n  - repeat: 3", [("missing-key", 3, "repeat")]),
        ("workout: A\nsteps:\n  - {repeat: 3, step: 1 km}", [("unknown-key", 3, "step")]),
        ("workout: A\nsteps:\n  - {repeat: {times: 3}, steps: 1 km}", [("unknown-key", 3, "times")]),
        ("workout: A\nsteps:\n  - {repeat: [3], steps: 1 km}", [("wrong-form", 3, "[3]")]),
        ("workout: A\nsteps:\n  - {at: easy, run: 1 km}", [("first-key", 3, "run")]),
        ("workout: A\nsteps:\n  - {run: 1 km, walk: 1 km}", [("two-roles", 3, "1 km")]),
        ("workout: A\nsteps:\n  - {run: 1 km @ 5:00/km, also: 4:40/km}", [("targets", 3, "4:40/km")]),
        ("workout: A\nsteps:\n  - {run: 1 km, also: 10k}", [("targets", 3, "10k")]),
        ("workout: A\nsteps:\n  - {run: 1 km -- go, cue: go}", [("said-twice", 3, "go")]),
        ("workout: A\nsteps:\n  - {run: 1 km, tolerance: 2 %}", [("tolerance", 3, "2 %")]),
        ("workout: A\nsteps:\n  - {run: 1 km, cue: tall, relaxed}", [("unknown-key", 3, "relaxed")]),
        ("workout: A\nsteps: [1 km, 2x(1 km, 1 min)]", [("parenthesis", 2, "(")]),
        ("workout: A\nsteps: [run: 1 km -- tall, relaxed]", [("unexpected", 2, "relaxed")]),
        ("workout: A\nsteps:\n  - 1 km -- tall: relaxed", [("unknown-key", 3, "1 km -- tall")]),
        ("workout: A\nsteps:\n  - warmup 1 km: easy", [("unknown-key", 3, "warmup 1 km")]),
        ("workout: A\npaces: {easy, hard}\nsteps: 1 km", [("empty", 2, "easy"), ("empty", 2, "hard")]),
        ("workout: A\npaces: {'': 5:00/km}\nsteps: 1 km", [("empty-key", 2, "")]),
        ("workout: A\npaces: {a b: 5:00/km, A  B: 5:00/km}\nsteps: 1 km", [("duplicate-key", 2, "A  B")]),
        ("workout: A\nlint: off\nsteps: 1 km", [("wrong-form", 2, "off")]),
        ("workout: A\nlint: {S-BAND: on}\nsteps: 1 km", [("unknown-value", 2, "on")]),
        ("workout: A\ntags: a,,b\nsteps: 1 km", [("empty", 2, "a,,b")]),
        ("workout: A\nsport: cycling\nsteps: 1 km", [("unknown-value", 2, "cycling")]),
        ("workout: A\nparams: {n: 1}\nsteps: 1 km", [("unused-param", 2, "n")]),
        ("workout: A\nsteps:\n  - use: strides", [("unknown-block", 3, "strides")]),
        ("steps: 1 km\nworkout: A", [("first-key", 2, "workout")]),
        ("workuot: A\nsteps: 1 km", [("not-a-document", 1, "workuot")]),
        ("1 km", [("not-a-document", 1, "1 km")]),
        ("athlete: A", [("other-kind", 1, "athlete")]),
        ("plan: A", [("other-kind", 1, "plan")]),
        (f"workout: {'A' * 101}\nsteps: 1 km", [("too-long", 1, "A" * 101)]),
        (
            "workout: A\nsteps:\n  - {progression: parts, total: 1 km}",
            [("missing-key", 3, "parts")],
        ),
        (
            "workout: A\nsteps:\n  - {progression: thirds, total: 1 km, paces: easy}",
            [("wrong-form", 3, "easy")],
        ),
        (
            "workout: A\nsteps:\n  - {progression: parts, total: 1 km, paces: [Z1, Z2], tolerance: 2 %}",
            [("tolerance", 3, "2 %")],
        ),
        (
            "workout: A\nsteps:\n  - {progression: ramp, total: 1 km, in: 5 parts, from: easy, to: 10k}",
            [("trailing-text", 3, "parts")],
        ),
        (
            "workout: A\nsteps:\n  - {progression: cut-down, total: 5 km, every: 1 km, from: easy, drop: 5 %}",
            [("kind", 3, "5 %")],
        ),
        (
            "workout: A\nsteps:\n  - {walk_run: run 1 min / walk 1 min, total: 1 km, fit: exact}",
            [("no-effect", 3, "exact")],
        ),
        (
            "workout: A\nsteps:\n  - {walk_run: run 1 min / walk 1 min, repeats: 3, fit: up}",
            [("no-effect", 3, "up")],
        ),
        (
            "workout: A\nsteps:\n  - {walk_run: run 1 min / walk 1 min}",
            [("missing-key", 3, "run 1 min / walk 1 min")],
        ),
        (
            "workout: A\nsteps:\n  - {walk_run: run 1 min / walk 1 min, total: 1 km, repeats: 3}",
            [("said-twice", 3, "3")],
        ),
        ("workout: A\nsteps:\n  - {ladder: []}", [("empty", 3, "[]")]),
        ("workout: A\nsteps:\n  - {ladder: [run 1 km]}", [("unexpected", 3, "run")]),
        ("workout: A\nsteps:\n  - {ladder: [2 x 2 x 1 km]}", [("repeat", 3, "2 x")]),
        ("workout: A\nsteps:\n  - {ladder: [9999 x 1 km, 2 x 2 km]}", [("out-of-bounds", 3, "9999 x 1 km")]),
        ("workout: A\nsteps:\n  - {ladder: 3 x 1 km, recover: [90 s, none]}", [("recover", 3, "none")]),
        ("workout: A\nsteps:\n  - {ladder: 6 x (1 km)}", [("unexpected", 3, "6 x (")]),
        ("workout: A\nsteps:\n  - {ladder: 6 x 1 km, at: 5k and 180 spm}", [("targets", 3, "5k and")]),
        ("workout: A\nsteps:\n  - {ladder: 6 x 1 km, at: [5k -> 3k]}", [("range", 3, "5k ->")]),
        ("workout: A\nsteps:\n  - {ladder: 6 x 1 km, at: HR 140 -> 5k}", [("kind", 3, "HR 140")]),
        ("workout: A\nsteps:\n  - {ladder: 6 x 1 km, at: 5k -> 3k by 200 m}", [("progression", 3, "by 200 m")]),
        ("workout: A\nsteps:\n  - {ladder: 6 x 1 km @ 5k -> 3k in 5}", [("progression", 3, "in 5")]),
        ("workout: A\nsteps:\n  - {ladder: 6 x 1 km @ 5k -> 3k and RPE 6}", [("targets", 3, "5k -> 3k and RPE 6")]),
        ("workout: A\nsteps:\n  - {ladder: 6 x 1 km @ 5k -> 3k, at: 5k}", [("said-twice", 3, "5k")]),
        ("workout: A\nsteps:\n  - {ladder: [1 km @ 5k -> 3k, 2 km]}", [("progression", 3, "5k -> 3k")]),
        (
            "workout: A\nsteps:\n  - {walk_run: run 1 min @ 6:00 -> 5:00/km / walk 1 min, repeats: 8}",
            [("progression", 3, "6:00 -> 5:00/km / walk 1 min")],
        ),
        (
            "workout: A\nsteps:\n  - {run: 15 km, at: 5:00/km -> 4:00/km by 1 km}",
            [("progression", 3, "5:00/km -> 4:00/km by 1 km")],
        ),
        (
            "workout: A\nsteps:\n  - {recover: 15 km @ 5:00/km -> 4:00/km by 1 km}",
            [("progression", 3, "15 km @ 5:00/km -> 4:00/km by 1 km")],
        ),
        ("workout: A\nsteps:\n  - {run: 9 km @ 5k -> 3k ± 2 % in 3, tolerance: 1 %}", [("said-twice", 3, "1 %")]),
        ("workout: A\nsteps:\n  - {ladder: 6 x 1 km, recover: half}", [("recover", 3, "half")]),
        ("workout: A\nsteps:\n  - {ladder: 6 x 1 km, recover: 400 %}", [("out-of-bounds", 3, "400 %")]),
        ("workout: A\nsteps:\n  - {ladder: 6 x 1 km, tolerance: 2 %}", [("tolerance", 3, "2 %")]),
    ],
)
def test_one_mistake_is_one_message(text: str, expected: list[tuple[str, int, str]]) -> None:
    assert mistakes(text) == expected


@pytest.mark.parametrize(
    ("text", "help"),
    [
        ("workout: A\nsteps:\n  - {run: 1 km, target: easy}", "did you mean `at`?"),
        ("workout: A\nsteps:\n  - {run: 1 km, note: easy}", "did you mean `cue`?"),
        ("workout: A\nsteps:\n  - {run: 1 km, foo: easy}", "known here: at, also, cue, tolerance, name"),
        ("workout: A\nsteps:\n  - reps: 4", "did you mean `repeat`?"),
        ("workout: A\nsteps:\n  - walk-run: run 1 km / walk 1 km", "did you mean `walk_run`?"),
        ("workout: A\nsteps:\n  - distance: 5 km", "did you mean `run: 5 km`?"),
        ("workout: A\nsteps:\n  - run_walk: run 1 km / walk 1 km", "did you mean `walk_run`?"),
        (
            "workout: A\nsteps:\n  - 4: [1 km]",
            "write `repeat: 4` with `steps:` below it, or the line `4x(400 m @ 5k, 1 min)`",
        ),
        ("workout: A\ndescription: B\nsteps: 1 km", "did you mean `notes`?"),
        ("workout: A\nsport: treadmil\nsteps: 1 km", "did you mean `treadmill`?"),
        ("name: A\nsteps: 1 km", "did you mean `workout`?"),
        (
            "workout: A\nblocks:\n  a:\n    params: [x]\n    steps: 1 km\nsteps: 1 km",
            "write names and defaults below it: `reps: 4`",
        ),
        (
            "workout: A\nsteps:\n  - {progression: thirds, total: easy 30 min}",
            "for example `10 min` or `5 km`",
        ),
        ("workout: A\nparams: {pa: 1, pace: 2}\nsteps: $pacey km", "write `${pace}y`"),
        ("workout: A\nsteps:\n  - {ladder: 6 x 1 km, rest: 1 min}", "did you mean `recover`?"),
    ],
)
def test_near_misses(text: str, help: str) -> None:
    _, report = parsed(text)
    (diagnostic,) = report.diagnostics
    assert diagnostic.help[:1] == (help,)


def test_a_workout_at_fault_is_still_read_as_far_as_it_goes() -> None:
    found, report = parsed("workout: A\nspeed: 1\nsteps: [1 km, {runn: 1 km}, 5:75]")
    assert found is not None
    assert found.steps == (Step(Role.RUN, KM), AtFault(), AtFault())
    assert sorted(one.code for one in report.diagnostics) == ["clock", "unknown-key", "unknown-step"]


def test_a_comma_that_splits_a_repeat_is_seen_wherever_the_text_goes_on() -> None:
    split = "workout: A\nsteps: [2x(400 m @ 5k, 1 min)]\n"
    assert len(mistakes(split)) == 1
    assert mistakes(f"{split}notes: {'word ' * 60}\n") == mistakes(split)
