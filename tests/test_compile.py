"""The whole chain, from text to programs: what comes out, what is said, and that nothing is ever raised."""

import csv
import hashlib
import json
import os
import subprocess
import sys
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import negsplit
from negsplit import (
    Diagnostic,
    Jump,
    Result,
    Severity,
    UnknownDeviceError,
    compile_line,
    compile_text,
    read_athlete,
    render,
    runner_from_words,
)
from negsplit.compile import compile_documents, device, name_collisions, parse, runner_of, with_text
from negsplit.diagnostics import Report, Source
from negsplit.document.library import Texts
from negsplit.model import Lap
from negsplit.program.model import ProgramStep
from negsplit.units import Distance, Duration
from strategies.examples import examples
from work import at_most_turns

HERE = Path(__file__).parent
RACES = {40: "5 km in 24:06.2", 50: "5 km in 19:56", 60: "5 km in 17:02.8"}
"""To the tenth of a second nearest to each VDOT."""
MEASURED = """\
athlete: Me
races: 5 km in 19:56
heart_rate: {max: 188, rest: 48, threshold: 170}
power: {critical: 280 W}
paces: {park loop: 5:20/km, cap: HR < 150}
volume: middle
units: imperial
"""


def said(result: Result) -> list[str]:
    return [one.code for one in result.diagnostics]


# --- The progressions of the source texts -------------------------------------------------------

PROGRESSIONS = {
    "P-THIRDS-12K": "progression: thirds\n    total: 12 km",
    "P-FASTFINISH-90": "progression: fast finish\n    total: 90 min\n    base: easy\n    finish: 20 min\n"
    "    every: 5 min\n    to: half",
    "P-BYFEEL-60": "progression: by feel\n    total: 60 min",
    "M-CUTDOWN-5MI-TO-10K": "progression: cut-down\n    total: 5 mi\n    every: 1 mi\n    from: easy\n    to: 10k\n"
    "    drop: 15..30 s/mi\n  - cooldown: 5 min",
    "M-CUTDOWN-5MI-TO-5K": "progression: cut-down\n    total: 5 mi\n    every: 1 mi\n    from: easy\n    to: 5k\n"
    "    drop: 15..30 s/mi\n  - cooldown: 5 min",
}


def expected() -> list[tuple[str, int, list[dict[str, str]]]]:
    with (HERE / "seed_progressions.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(line for line in file if not line.startswith("#")))
    return [(*key, list(parts)) for key, parts in groupby(rows, lambda row: (row["case"], int(row["vdot"])))]


EXPECTED = expected()


@pytest.mark.parametrize(("case", "vdot", "parts"), EXPECTED, ids=[f"{case}-{vdot}" for case, vdot, _ in EXPECTED])
def test_progressions_are_those_that_were_computed_apart(case, vdot, parts):
    result = compile_text(f"workout: {case}\nsteps:\n  - {PROGRESSIONS[case]}\n", athlete=RACES[vdot])
    assert not result.diagnostics
    steps = result.workouts[0].program.steps
    assert len(steps) == len(parts)
    for number, (step, part) in enumerate(zip(steps, parts, strict=True), 1):
        assert step.intensity.value == part["intensity"]
        if part["seconds"]:
            assert step.length == Duration(int(part["seconds"]) * 1000)
        else:
            # The first split takes what rounding the others to centimetres leaves.
            slack = 0.02 if number == 1 and "CUTDOWN" in case else 0.01
            assert step.length.metres == pytest.approx(float(part["metres"]), abs=slack)
        if not part["fast"]:
            assert step.target is None
            continue
        slow, fast = 1e6 / float(part["slow"]), 1e6 / float(part["fast"])
        middle = fast if case == "P-FASTFINISH-90" and number == len(parts) else (slow + fast) / 2
        assert (step.target.low + step.target.high) / 2 == pytest.approx(middle, rel=2e-3)
        if case == "P-THIRDS-12K" or (case == "P-FASTFINISH-90" and number == 1):
            assert (step.target.low, step.target.high) == pytest.approx((slow, fast), rel=2e-3)


@pytest.mark.parametrize(("case", "vdot", "parts"), EXPECTED, ids=[f"{case}-{vdot}" for case, vdot, _ in EXPECTED])
def test_progressions_sum_to_their_total(case, vdot, parts):
    result = compile_text(f"workout: {case}\nsteps:\n  - {PROGRESSIONS[case]}\n", athlete=RACES[vdot])
    lengths = [step.length for step in result.workouts[0].program.steps]
    if case == "P-THIRDS-12K":
        assert sum(length.cm for length in lengths) == 1_200_000
    elif "CUTDOWN" in case:
        assert sum(length.cm for length in lengths[:-1]) == 804_672
    else:
        assert sum(length.ms for length in lengths) == {"P-FASTFINISH-90": 5_400_000, "P-BYFEEL-60": 3_600_000}[case]


def test_what_was_computed_apart_was_copied_faithfully():
    path = HERE.parent.parent / "shared" / "data" / "seed_progression_expected.json"
    if not path.exists():
        pytest.skip("the page the figures were copied from is not here")
    cases = json.loads(path.read_text(encoding="utf-8"))["cases"]
    copied = {(case, vdot): parts for case, vdot, parts in EXPECTED}
    assert len(cases) == len(copied)
    for case in cases:
        for step, part in zip(case["steps"], copied[case["id"], case["profile"]["vdot"]], strict=True):
            kind, amount = step["duration"]
            paces = step["target"].get("pace_s_per_km", ["", ""])
            assert part["seconds" if kind == "time_s" else "metres"] == str(amount)
            assert [part["fast"], part["slow"], part["intensity"]] == [*map(str, paces), step["intensity"]]


# --- Documents and athletes ---------------------------------------------------------------------

THREE = """\
workout: First
steps: 1 km
---
workout: Second
steps: 2 km @ {target}
---
workout: Third
steps: 3 km
"""


def names(result: Result) -> list[str | None]:
    return [workout and workout.program.name for workout in result.workouts]


def test_several_documents_compile_in_their_places():
    result = compile_text(THREE.format(target="5:00/km"))
    assert result.ok
    assert names(result) == ["First", "Second", "Third"]


def test_an_error_in_one_document_leaves_the_others_compiled():
    result = compile_text(THREE.format(target="esy"))
    assert (result.ok, names(result), said(result)) == (False, ["First", None, "Third"], ["unknown-name"])


@pytest.mark.parametrize(
    ("second", "code", "left"),
    [
        ("5:00/km\nsteps: 1 km", "duplicate-key", ["First", None, "Third"]),
        ("5:00/km\nnotes: a #1", "comment", ["First", None, "Third"]),
        ("5:00/km\nnotes: [a", "yaml-syntax", ["First"]),
        ("5:00/km\nnotes: &a x", None, ["First", "Second", "Third"]),
        ("5:00/km\nnotes: !!str x", "tag", ["First", None, "Third"]),
        ("5:00/km\n---", "empty-document", None),
    ],
)
def test_what_yaml_refuses_is_at_fault_in_its_document(second, code, left):
    result = compile_text(THREE.format(target=second))
    assert said(result) == ([code] if code else [])
    if left is not None:
        assert names(result)[: len(left)] == left


def test_other_kinds_of_document_are_named():
    result = compile_text("athlete: Me\n---\nworkout: T\nsteps: 1 km\n")
    assert said(result) == ["other-kind"]
    assert names(result) == [None, "T"]


def test_nothing_at_all_is_an_error():
    for text in ("", "\n", "# nothing\n", "---\n", "- 1 km\n", "just text\n"):
        result = compile_text(text)
        assert not result.ok
        assert not any(result.workouts)


RUNNER, _ = runner_from_words("5 km in 19:56")


@pytest.mark.parametrize(
    "athlete",
    [
        "5 km in 19:56",
        " 5 km in 19:56\n",
        "5k in 19:56",
        "athlete: Me\nraces: 5 km in 19:56\n",
        "{athlete: Me, races: 5 km in 19:56}",
        "# a comment\nathlete: Me\nraces: [5 km in 19:56]\n",
        "---\nathlete: Me\nraces:\n  - 5 km in 19:56 on 2026-10-04\n",
        RUNNER,
    ],
)
def test_an_athlete_is_words_a_document_or_a_runner(athlete):
    result = compile_text("workout: T\nsteps: 1 km @ threshold", athlete=athlete)
    assert result.ok
    target = result.workouts[0].program.steps[0].target
    assert (target.low + target.high) / 2 == pytest.approx(1e6 / 255.2, rel=1e-3)
    assert compile_line("1 km @ threshold", athlete=athlete).workouts[0].program.steps[0].target == target


def test_a_progression_in_a_line_is_the_splits_somebody_would_write():
    """Fifteen kilometres, each 90/14 s/km faster than the one before, from 290 s to 200 s."""
    spelt = [
        f"1 km @ {int(pace // 60)}:{pace % 60:06.3f}/km" for pace in (290 - 90 * split / 14 for split in range(15))
    ]
    [line] = compile_line("15 km @ 4:50/km -> 3:20/km by 1 km").workouts
    [steps] = compile_line(", ".join(spelt)).workouts
    assert line.program.steps == steps.program.steps
    assert line.fit() == steps.fit()


def test_without_an_athlete_what_needs_none_compiles():
    assert compile_text("workout: T\nsteps: 1 km @ 5:00/km, 10 min @ RPE 3, 1 km @ Z2, lap").ok


@pytest.mark.parametrize(
    ("athlete", "code"),
    [
        ("5 km in 1:30", "unlikely-race"),
        ("5 km", "incomplete"),
        ("", "empty"),
        ("athlete: Me\nraces: 5 km in x\n", "unexpected"),
        ("athlete: Me\nrcaes: 5 km in 20:00\n", "unknown-key"),
        ("athlete: Me\npaces: {a: b, b: a}\n", "cycle"),
        ("workout: T\nsteps: 1 km\n", "other-kind"),
        ("athlete: A\n---\nathlete: B\n", "not-a-document"),
    ],
)
def test_an_athlete_at_fault_leaves_only_reports(athlete, code):
    """Of the workout too, as far as it can be told: but not that it needs an athlete."""
    result = compile_text("workout: T\nsteps: 1 km @ easy, 5 mn\n", athlete=athlete)
    assert said(result) == [code, "unknown-unit"]
    assert result.workouts == (None,)
    assert {one.span.source.name for one in result.diagnostics} == {"<athlete>", "<text>"}


def test_an_athlete_may_be_read_once_and_used_often():
    runner, found = read_athlete(MEASURED, name="me.athlete.yaml")
    assert not found
    assert (runner.volume, runner.units, runner.critical_power) == ("middle", "imperial", 280)
    [workout] = compile_text("workout: T\nsteps: 6..8 km @ cap", athlete=runner).workouts
    assert workout.program.steps[0].length == Distance(700_000)


def test_an_unknown_device_is_an_exception_that_names_the_known():
    for compile_it in (compile_text, compile_line):
        with pytest.raises(UnknownDeviceError, match="no device 'sundial'; known: generic"):
            compile_it("workout: T", device="sundial", athlete="5 km in x")
    assert compile_line("1 km", device=device("generic")).ok


def test_a_line_is_a_workout():
    line = "warmup 15 min @ easy, 6x(400 m @ 5k, 200 m), cooldown 10 min"
    result = compile_line(line, title="w", athlete="5 km in 20:00")
    program = result.workouts[0].program
    assert (program.name, len(program.steps), program.steps[3]) == ("w", 5, Jump(1, 6))
    result = compile_line("warmup 15 min, 400 m @ 5kk")
    [only] = result.diagnostics
    assert render(only).startswith("<command line>:1:24: error[unknown-name]: `5kk` is not a known pace\n")
    assert said(compile_line("1 km, " * 50_000)) == ["too-large"]
    for nothing in ("", " ", ",", "()"):
        assert not compile_line(nothing).ok


# --- Messages -----------------------------------------------------------------------------------

ELEVEN = """\
workout: Eleven mistakes
sport: runing
paces:
  float: 5:20
  loop: loop + 5 s/km
steps:
  - warmup: 15 min @ esy
  - run: 5 @ 5k
  - repeat: 4
    last_recovery: skip
    steps: 400 m @ float, 1 mim
  - repeat: 3
    last_recovery: skip
    steps: [run: 1 km @ loop]
  - progression: cut-down
    total: 5 mi
    every: 1 mi
    from: 10k
    to: easy
  - ladder: [1 min, 2 min]
    at: [5k, 10k, mile]
  - run: 10 min @ marathon-half
  - repeat:
      until: 10 km
      utnil: 12 km
    steps: 1 km
"""


def test_one_run_reports_every_mistake_and_nothing_else():
    result = compile_text(ELEVEN, athlete="5 km in 20:00")
    assert [(one.code, one.span.line, one.span.text) for one in result.diagnostics] == [
        ("unknown-value", 2, "runing"),
        ("missing-unit", 4, "5:20"),
        ("cycle", 5, "loop + 5 s/km"),
        ("unknown-name", 7, "esy"),
        ("missing-unit", 8, "5"),
        ("unknown-unit", 11, "mim"),
        ("last-recovery", 13, "skip"),
        ("not-faster", 19, "easy"),
        ("ladder-target", 21, "5k, 10k, mile"),
        ("unknown-name", 22, "marathon-half"),
        ("unknown-key", 25, "utnil"),
    ]
    assert all(one.severity is Severity.ERROR and one.help for one in result.diagnostics)
    assert result.workouts == (None,)


REPEAT = "- repeat: 3\n    last_recovery: skip\n    steps: "


@pytest.mark.parametrize(
    ("steps", "code"),
    [
        (REPEAT + "[run: 400 m @ 5k, recver: 1 min]", "unknown-step"),
        (REPEAT + "[run: 400 m @ 5k, recover: 1 mni]", "unknown-unit"),
        (REPEAT + "400 m @ 5k, recvoer 1 min", "unexpected"),
        (REPEAT + "400 m @ 5k", "last-recovery"),
        (REPEAT + "[ladder: '1 min, 2 mni', recover: 1 min]", "unknown-unit"),
        ("- repeat: 3\n    steps:\n      - repeat: 0\n        steps: 1 km", "out-of-bounds"),
        ("- repeat: {until: 10}\n    steps: 400 m @ 5k, 1 min", "missing-unit"),
        ("- progression: thirds\n    total: 12", "missing-unit"),
        ("- progression: parts\n    total: 12 km\n    paces: [easy, foo, 5k]", "unknown-name"),
        ("- progression: ramp\n    total: 20 s\n    in: 50\n    from: easy\n    to: 5k", "out-of-bounds"),
        ("- progression: ramp\n    total: 20 min\n    in: 5\n    from: foo\n    to: 5k", "unknown-name"),
        ("- walk_run: run 1 min @ foo / walk 2 min\n    total: 24 min", "unknown-name"),
        ("- ladder: 6 x 1 km\n    at: 5k -> foo\n    recover: 50 %", "unknown-name"),
        ("- run: 1 km @ foo\n    tolerance: 2 %", "unknown-name"),
        ("- warmup:\n    at: esy", "unknown-name"),
        ("- 6x(400 m @ foo, 1 min)", "unknown-name"),
        ("- 10000x(10000x(1 km))", "too-many-steps"),
        ("- 6x(400 m @ 5k, 1 min", "parenthesis"),
        ("- " + ", ".join(f"{n} min" for n in range(1, 252)), "unsupported"),
    ],
)
def test_one_mistake_is_said_once(steps, code):
    result = compile_text(f"workout: T\nsteps:\n  {steps}\n", athlete="5 km in 20:00")
    assert said(result) == [code]
    assert result.workouts == (None,)


def test_a_repeat_is_not_blamed_for_a_step_that_could_not_be_read_behind_a_blank_line():
    text = f"workout: T\nsteps:\n  {REPEAT}\n      - run: 1 km\n\n      - recver: 1 min\n  - rest 1 min\n"
    for line_end in ("\n", "\r\n"):
        assert said(compile_text(text.replace("\n", line_end))) == ["unknown-step"]


def test_warnings_do_not_keep_a_workout_from_being_written():
    result = compile_text(f"workout: T\nsteps:\n  - run: 45 m -- {'x' * 200}\n")
    assert {(one.code, one.severity) for one in result.diagnostics} == {
        ("metres", Severity.WARNING),
        ("degraded", Severity.WARNING),
    }
    assert result.ok
    assert result.workouts[0].fidelity == "degraded"
    assert compile_text("workout: T\nsteps: 1 km").workouts[0].fidelity == "exact"


def test_messages_are_in_the_order_of_the_text():
    result = compile_text("workout: T\nsteps:\n  - run: 1 km @ esy\n  - run: 5 mn\n  - run: 45 m\n  - run: 1 km @ fo\n")
    assert [one.span.line for one in result.diagnostics] == [3, 4, 5, 6]


# --- Names that a watch cannot tell apart -------------------------------------------------------


def collisions(*names: str) -> list[Diagnostic]:
    return name_collisions([(name, None) for name in names])


def test_names_that_begin_alike_are_warned_of_with_a_proposal():
    [only] = collisions("Cruise intervals 4 x 1 mile", "Tempo", "Cruise intervals 5 x 1 mile")
    assert (only.code, only.severity) == ("same-name", Severity.WARNING)
    assert "`Cruise intervals 4 x 1 mile`" in only.message
    assert only.help == ("put what differs first, for example `5 x 1 mile Cruise intervals`",)


def test_all_that_begin_alike_have_one_warning_that_names_the_others():
    texts = {"a.yaml": "workout: Cruise intervals 4\nsteps: 1 km\n---\nworkout: Cruise intervals 5\nsteps: 1 km\n"}
    texts["b.yaml"] = (
        texts["a.yaml"].replace("Cruise", "Long cruise") + "---\nworkout: Cruise intervals 6\nsteps: 1 km\n"
    )
    made = [one for name, text in texts.items() for one in compile_text(text, name=name).workouts]
    cruise, long = name_collisions([(one.program.name, one.expanded.span) for one in made])
    assert cruise.message.endswith("it may take this for `Cruise intervals 4` in line 1")
    assert cruise.help[1] == "1 more begins alike: `Cruise intervals 6` in `b.yaml`"
    assert (cruise.span.source.name, cruise.span.line) == ("a.yaml", 4)
    assert (long.span.source.name, len(long.help)) == ("b.yaml", 1)
    [only] = name_collisions([(made[0].program.name, made[0].expanded.span)], [("Cruise intervals of old", None)])
    assert only.message.endswith("it may take this for `Cruise intervals of old`")
    assert not name_collisions([("Tempo", None)], [("Cruise intervals 1", None), ("Cruise intervals 2", None)])


@pytest.mark.parametrize(
    ("names", "proposals"),
    [
        (["Tempo", "Tempo", "Tempo"], ["2 Tempo"]),
        (["Easy run in the park", "Easy run in the park, long"], ["park, long Easy run in the"]),
        (["Easy run in the park, long", "Easy run in the park"], ["park Easy run in the"]),
        (["Cruise intervals", "Cruise intervals 2"], ["2 Cruise intervals"]),
        (["Cruise intervals 2", "Cruise intervals"], ["2 Cruise intervals"]),
        (["Longestwordsofall A", "Longestwordsofall B"], ["B Longestwordsofall"]),
        (["Longestwordsofa1", "Longestwordsofa2"], ["2 Longestwordsofa2"]),
        (["Walk-run week 1", "Walk-run week 2"], []),
        (["A", "B"], []),
    ],
)
def test_what_differs_comes_first_else_a_number(names, proposals):
    found = [one.help[0].partition("`")[2].rstrip("`") for one in collisions(*names)]
    assert found == proposals
    kept = [name[:15] for name in (names[0], *found)]
    assert len(set(kept)) == len(kept)


# --- The same bytes, and no exceptions ----------------------------------------------------------

WORKOUTS = [
    "workout: Cruise intervals\nsteps:\n  - warmup 15 min @ easy\n  - 4x(1 mi @ threshold, 1 min)\n  - cooldown\n",
    "workout: Keys\nsport: trail_running\ntags: [a, b]\nnotes: |\n  two\n  lines\ntolerance: 3 %\nlast_recovery: skip\n"
    'steps:\n  - run: 1 mi\n    at: threshold\n    also: 175..185 spm\n    cue: "tall: relaxed"\n'
    "  - repeat: 3\n    steps: [run: 400 m @ 5k, recover: 1 min]\n",
    "workout: Own\npaces: {float: marathon + 20 s/km, loop: float - 5 s/km, lid: HR < 150}\n"
    "steps:\n  - run: 1 km @ loop ± 5 s/km -- easy now\n  - run: 2..3 km @ lid and 170 spm\n",
    "workout: Thirds\nsteps:\n  - progression: thirds\n    total: 12 km\n"
    "    paces: [easy, marathon..half, 10k - 0..5 s/km]\n",
    "workout: Cut\nsteps:\n  - progression: cut-down\n    total: 5 mi\n    every: 1 mi\n    from: easy\n    to: 10k\n"
    "    drop: 15..30 s/mi\n  - cooldown\n",
    "workout: Finish\nsteps:\n  - progression: fast finish\n    total: 90 min\n    base: easy\n    finish: 20 min\n"
    "    every: 5 min\n    to: half\n    tolerance: 5 s/km\n",
    "workout: Feel\nsteps:\n  - progression: by feel\n    total: 60 min\n  - progression: ramp\n    total: 20 min\n"
    "    in: 5\n    from: 5:30/km\n    to: 4:30/km\n",
    "workout: Walk\nsport: walking\nsteps:\n  - walk_run: run 1 min / walk 2 min\n    total: 24 min\n    fit: nearest\n"
    "    end_on: run\n  - repeat: {until: 5 km}\n    steps: lap @ RPE 4, walk until HR < 120\n",
    "workout: Ladder\nsteps:\n  - ladder: [1 min, 2 min, 3 min]\n    at: 4:40/km -> 4:10/km\n    recover: 50 %\n"
    "  - 2x(3x(200 m in 45..47 s, 200 m), rest 3 min)\n",
    "workout: One\nsteps: 10' @ Z2..3, 1h05 @ 75..80 % HRmax, 90\" @ 90..95 % CP\n---\n"
    "workout: Two\nsteps: 3x(20 s, walk 60 s)\n",
]
FRAGMENTS = [
    *("@", "--", "..", "-", "+", "±", "%", "x(", "(", ")", ",", ":", "#", "'", '"', "[", "]", "{", "}", "|", ">", "?"),
    *("\n", "\n  - ", "\t", "  ", "0", "9", "1e9", "10000", "99:99", "1:30", "-5", "½", "٣", "²", "ü", "北", "🙂"),
    *("lap", "until", "HR", "Z2", "RPE 3", "easy", "5k", " and ", " in ", "open", "faster than ", "s/km", "/mi", "bpm"),
    *(
        "W",
        "spm",
        "min",
        "km",
        "m",
        "$",
        "&a ",
        "*a",
        "!!x ",
        "---\n",
        "\u00a0",
        "\u202e",
        "\x00",
        "\ud800",
        "repeat: 3",
    ),
]


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A valid workout with a few characters or lines deleted, inserted or replaced."""
    text = draw(st.sampled_from(WORKOUTS))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from([0, 0, 1, 1, 2, 5, 20])))
        if draw(st.integers(0, 4)) == 0:
            lines = text.split("\n")
            at = draw(st.integers(0, len(lines) - 1))
            other = draw(st.sampled_from(draw(st.sampled_from(WORKOUTS)).split("\n")))
            lines[at : at + draw(st.integers(0, 1))] = draw(st.sampled_from([[], [other]]))
            text = "\n".join(lines)
        else:
            text = text[:start] + draw(st.sampled_from(["", *FRAGMENTS])) + text[end:]
    return text


@settings(max_examples=examples(250), deadline=None)
@given(mutated(), st.sampled_from([None, RUNNER, MEASURED]))
def test_no_text_raises_anything(text, athlete):
    result = compile_text(text, athlete=athlete)
    for one in result.diagnostics:
        assert one.message
        assert one.span is not None
        assert 0 <= one.span.start <= one.span.end <= len(one.span.source.text)
        assert render(one).count("\n") >= 2
    assert result.ok is all(one.severity is not Severity.ERROR for one in result.diagnostics)
    assert not (result.ok and None in result.workouts)
    for workout in filter(None, result.workouts):
        assert workout.fit()
        assert len(workout.program.steps) <= 50


@pytest.mark.parametrize("text", WORKOUTS, ids=lambda text: text.split("\n")[0].removeprefix("workout: "))
def test_the_workouts_that_are_mutated_are_valid(text):
    result = compile_text(text, athlete=MEASURED)
    assert result.ok, [render(one) for one in result.diagnostics]
    assert all(workout.fit() for workout in result.workouts)


DIGEST = f"""
import hashlib
from negsplit import compile_text
texts = {WORKOUTS!r}
results = [compile_text(text, athlete={MEASURED!r}) for text in texts]
data = b"".join(workout.fit() for result in results for workout in result.workouts)
said = repr([(one.code, one.message, one.help) for result in results for one in result.diagnostics])
print(hashlib.sha256(data + said.encode()).hexdigest())
"""


def test_the_same_input_gives_the_same_bytes_in_every_process():
    digests = {
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1
    assert len(digests.pop().strip()) == hashlib.sha256().digest_size * 2


@pytest.mark.parametrize(
    "steps",
    [
        "  - run: 1 km @ " + "a " * 100_000,
        "  - run: 1 km @ easy " + "on " * 60_000,
        "  - run: 1 km @ " + "a" * 200_000,
        "  - run: 1 km -- " + "ü" * 100_000,
        "  - " + "2x(" * 20 + "1 km" + ")" * 20,
        "  - " + "[" * 100_000,
        "".join(f"  - run: 1 km @ treshol{chr(97 + n % 26)}\n" for n in range(1_000)),
    ],
    ids=["words", "cue", "word", "letters", "nest", "brackets", "typos"],
)
def test_bombs_end_in_a_normal_message_at_once(steps):
    with at_most_turns(200_000_000):
        result = compile_text(f"workout: T\nsteps:\n{steps}\n", athlete="5 km in 20:00")
        rendered = "\n".join(render(one) for one in result.diagnostics)
    assert rendered
    assert max(map(len, rendered.split("\n"))) < 1_000


def test_the_public_names_are_there():
    assert all(getattr(negsplit, name) is not None for name in negsplit.__all__)
    assert dir(negsplit) == negsplit.__all__
    with pytest.raises(AttributeError, match="no attribute 'compile_txt'"):
        _ = negsplit.compile_txt
    assert Lap() == compile_line("lap").workouts[0].program.steps[0].length


def test_a_text_takes_the_place_of_the_one_of_its_name() -> None:
    """As the proving of cures needs it: another text of a file in use is read where it is used."""
    main = parse(Source("main.workout.yaml", "workout: A\nsteps: [run: 5 km, use: part.workout.yaml]\n"))
    files = Texts({"part.workout.yaml": "workout: P\nsteps: 1 km\n"})
    runner = runner_of("5 km in 22:30", Report())

    def lengths(name: str, text: str) -> list[object]:
        documents, library = with_text(Source(name, text), main, files)
        (workout,) = compile_documents(documents, runner, device("generic"), library).workouts
        assert workout
        return [step.length for step in workout.program.steps if isinstance(step, ProgramStep)]

    assert lengths("part.workout.yaml", "workout: P\nsteps: 3 km\n") == [Distance.of(5, "km"), Distance.of(3, "km")]
    assert lengths("main.workout.yaml", "workout: A\nsteps: [use: part.workout.yaml]\n") == [Distance.of(1, "km")]
