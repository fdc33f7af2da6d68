"""Which amounts are asked about: hours and minutes as people write them, minutes and miles with the sign of metres.

The lines that are let be are of intervals, floats, strides and warm-ups as published plans have them.
"""

import re

import pytest

from negsplit import compile_line, compile_text

ATHLETE = "5 km in 22:30"


def asked(text: str) -> list[str]:
    """What is in doubt in a line, in the words of the text."""
    result = compile_line(text, athlete=ATHLETE)
    assert result.ok, result.diagnostics
    return [one.span.text for one in result.diagnostics if one.code in ("clock", "metres")]


@pytest.mark.parametrize(
    "line",
    [
        "run 1:15 @ easy",
        "1:15 @ E",
        "1:15 @ long pace",
        "4:59 @ Z2",
        "2:00 @ Z1..2 pace",
        "0:45 @ RPE 3..4",
        "1:30 @ very easy",
        "1:30 @ moderate",
        "1:00..1:30 @ easy",
        "1:15 @ easy -> 10k in 2",
        "run 1:30 @ marathon",
        "run 1:30",
        "warmup 0:15, 20 min @ threshold",
        "20 min @ threshold, cooldown 0:15",
        "20 min @ easy, 1:15 @ easy",
        "run 120m",
        "120 M @ easy",
        "45-60m @ easy",
        "90m @ half",
        "10 min @ easy, 90m",
        "warmup 15m, 20 min @ threshold",
        "10M @ easy",
        "4x(30m @ threshold, 2 min)",
        "2x(30m @ marathon, 2 min)",
        "4x(400 m @ 5k, 15m)",
    ],
)
def test_what_is_asked_about_and_both_ways_out(line):
    (found,) = asked(line)
    result = compile_line(line, athlete=ATHLETE)
    (help,) = [one.help[0] for one in result.diagnostics if one.code in ("clock", "metres")]
    ways = re.findall("`([^`]+)`", help)
    assert len(ways) >= 2
    lengths = set()
    for way in ways:
        mended = line.replace(found, way)
        assert asked(mended) == []
        lengths.add(str(compile_line(mended, athlete=ATHLETE).workouts[0].program.steps))
    as_read = str(result.workouts[0].program.steps)
    assert len(lengths) == len(ways)
    assert as_read in lengths


@pytest.mark.parametrize(
    "line",
    [
        "75 s @ easy",
        "120 metres",
        "run 5:00 @ easy",
        "1:15:00 @ easy",
        "warmup 2:00, 20 min @ threshold",
        "10 min @ easy, 1:00 @ 5k, 1:00 @ easy, 2:00 @ 5k, 1:00 @ easy, 5 min @ easy",
        "10 min @ easy, 1:30 @ marathon, 10 min @ easy",
        "10 min, 1:30, 10 min",
        "10 min, 4x(1:00 @ 5k, 1:00 @ easy), 10 min",
        "10 min, 4x(1:00 @ easy, walk 1:00), 10 min",
        "10 min, 4x(200 m, 200 m), 10 min",
        "10 min, 4x(60 m @ mile, 40 m), 10 min",
        "10 min, 200 m @ mile, recover 200 m, 200 m @ mile",
        "10 min, 200 m, recover 200 m, 200 m, walk 100 m",
        "10 min, 200 m @ mile, 200 m, 200 m @ mile, 100 m @ easy",
        "100 m @ 5k, 300 m @ easy, warmup 400 m",
        "5 km @ 10k, 150 M @ mile",
        "100 m, 100 m, 100 m",
        "warmup 200 m, 4x(400 m @ mile, 3 min), cooldown 250 m",  # a Forerunner 935's own file
        "90 min",
        "lap, until HR < 120",
    ],
)
def test_what_is_let_be(line):
    assert asked(line) == []


def test_what_a_param_says_in_several_steps_is_asked_once_each():
    text = "workout: T\nparams: {t: '1:15'}\nsteps:\n  - run: $t\n    at: easy\n  - run $t @ easy\n"
    found = compile_text(text, athlete=ATHLETE).diagnostics
    assert [(one.code, one.span.text) for one in found] == [("clock", "$t"), ("clock", "$t")]


@pytest.mark.parametrize(("total", "code"), [("1:15", "clock"), ("90m", "metres"), ("75 s", ""), ("90 metres", "")])
def test_totals_are_asked_about_too(total, code):
    text = f"workout: T\nsteps:\n  - progression: thirds\n    total: {total}\n"
    found = compile_text(text, athlete=ATHLETE).diagnostics
    assert [one.code for one in found] == [code] * bool(code)


def in_cues(line: str) -> list[tuple[str, str]]:
    """The target that each cue ends in, and the step to write instead."""
    found = [one for one in compile_line(line, athlete=ATHLETE).diagnostics if one.code == "target-first"]
    return [(one.span.text, re.findall("`([^`]+)`", one.help[0])[0]) for one in found]


@pytest.mark.parametrize(
    ("line", "target", "meant"),
    [
        ("30 min -- relaxed @ easy", "@ easy", "30 min @ easy -- relaxed"),
        ("run -- @ E pace", "@ E pace", "run @ E pace"),
        ('20 s "Hills" -- up @ RPE 9', "@ RPE 9", '20 s @ RPE 9 "Hills" -- up'),
        ('1 km -- "tall, calm @ 5:00/km and 180 spm"', "@ 5:00/km and 180 spm", None),
        ("5 km -- steady @ 5:30 -> 5:00/km by 1 km", "@ 5:30 -> 5:00/km by 1 km", None),
    ],
)
def test_a_cue_that_ends_in_a_target_is_asked_about(line, target, meant):
    ((found, written),) = in_cues(line)
    assert (found, written if meant else None) == (target, meant)
    assert in_cues(written) == []
    steps = compile_line(written, athlete=ATHLETE).workouts[0].program.steps
    assert all(target not in step.cue for step in steps)
    assert any(step.target or step.written.effort for step in steps)


@pytest.mark.parametrize(
    "line", ["30 min -- meet Tom @ home", "30 min -- at easy", "30 min @ easy -- then @ 5k", "30 min -- @ 5 am"]
)
def test_other_cues_with_the_sign_are_let_be(line):
    assert in_cues(line) == []


def test_an_own_name_is_known_in_a_cue():
    text = "workout: T\npaces: {float: 5:30/km}\nsteps:\n  - 30 min -- relaxed @ float\n"
    assert [one.code for one in compile_text(text).diagnostics] == ["target-first"]
