"""Workouts of Garmin Connect as files; what each means was worked out by hand (see the reference material's README).

Those that were made for this project stand in ``connect/``. Of ``not_sayable`` only step 6 is redone: a heart rate may
have no width by now. The others were published by people who have not given them to us, and stay outside.
"""

import json
from dataclasses import replace
from itertools import islice

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foreign.meaning import DATA, OWN, assert_means, expected, fit_of
from foreign.mutations import mutations
from negsplit import render
from negsplit.diagnostics import Severity
from negsplit.foreign import read_foreign
from negsplit.formats.connect.write import encode
from negsplit.model import Sport
from strategies.examples import examples
from strategies.programs import counted_programs
from strategies.running import executed
from work import at_most_turns

MADE = [path for path in sorted((OWN / "connect").glob("*.json")) if ".expected" not in path.name]
PUBLIC = sorted(
    path for path in (DATA / "connect").glob("*.*") if path.suffix != ".md" and ".expected" not in path.name
)
MANY = 2_000
"""Steps that are compared of what would be run for a day."""


def one_file(content):
    """What comes of a file of bytes, a text, or the JSON of some values."""
    words = content if isinstance(content, str | bytes) else json.dumps(content)
    (result,) = read_foreign({"x.json": words.encode() if isinstance(words, str) else words}, form="connect")
    return result


@pytest.mark.parametrize("path", [*MADE, *PUBLIC], ids=lambda path: path.name if path in MADE else f"all-{path.name}")
def test_each_file_becomes_what_it_means(path):
    name = path.name.partition(".")[0]
    (result,) = read_foreign({path.name: path.read_bytes()})
    assert result.form == "connect"
    for one, meant in zip(result.workouts, expected("connect", name), strict=True):
        said = "\n".join(map(render, one.messages))
        assert one.name == meant["name"]
        assert [words for words in meant.get("says", ()) if words not in said] == []
        if meant["verdict"] == "refused":
            assert one.verdict in ("refused", "other sport")
            continue
        assert one.verdict == meant["verdict"]
        assert one.compiled is not None
        assert one.compiled.program.notes == meant.get("notes", "")
        assert_means(fit_of(one), meant["steps"], is_widened=False)
        assert all(message.span and message.span.source.name == path.name for message in one.messages)


def test_there_are_files():
    assert len(MADE) == 9


# --- What is written comes back -------------------------------------------------------------------


def ran(program):
    steps = islice(executed(program), MANY)
    return [(step.intensity, step.length, step.target, step.second, step.cue) for step in steps]


@given(counted_programs)
@settings(max_examples=examples(24), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_program_that_was_written_comes_back_or_its_difference_is_said(program):
    (one,) = one_file(encode(replace(program, sport=Sport.RUNNING))).workouts
    if one.verdict == "refused":
        assert one.messages[-1].code == "too-many-steps"
        return
    assert one.verdict == ("degraded" if one.messages else "exact")
    if one.verdict == "exact":
        assert ran(one.compiled.program) == [(*step[:4], " ".join(step[4].split())) for step in ran(program)]
    else:
        said = {message.message.partition(":")[0] for message in one.messages}
        assert said <= {"name", "notes"} | {f"step {number}" for number in range(1, 2 * len(program.steps) + 1)}


# --- Whatever stands in a file --------------------------------------------------------------------


@given(st.sampled_from(MADE).flatmap(lambda path: mutations(path.read_bytes())), st.sampled_from(("connect", None)))
@settings(max_examples=examples(120), deadline=None)
def test_bytes_of_any_kind_give_messages_alone(data, form):
    with at_most_turns(50_000_000):
        results = read_foreign({"x.json": data}, form=form)
    for result in results:
        for message in (*result.diagnostics, *(message for one in result.workouts for message in one.messages)):
            assert "\x1b" not in render(message)


def body(*steps, **more):
    return {
        "workoutName": "T",
        "sportType": {"sportTypeId": 1},
        "workoutSegments": [{"workoutSteps": [*steps]}],
        **more,
    }


RUN = {"stepType": {"stepTypeId": 3}, "endCondition": {"conditionTypeId": 2}, "endConditionValue": 60}


def test_messages_stand_where_the_file_says_it_and_name_the_workout_where_there_are_several():
    two = [body(RUN), body(RUN, RUN | {"endCondition": {"conditionTypeId": 4}}, workoutName="Hills\x1b")]
    data = json.dumps(two, indent=1).encode()
    (message,) = one_file(data).workouts[1].messages
    assert render(message).splitlines()[0] == (
        r"x.json:44:23: note[differs]: `Hills\x1b`, step 2: until calories 60 is read as until the lap button"
    )
    (found,) = one_file({"workouts": two, "moon": 1}).diagnostics
    assert "field moon is left out" in found.message
    assert [one.verdict for one in one_file({"workouts": two}).workouts] == ["exact", "degraded"]


def test_what_compiling_changes_is_said_at_its_step():
    short = RUN | {"endConditionValue": 0.25}
    (message,) = one_file(body({"workoutSteps": [RUN, short], "numberOfIterations": 2})).workouts[0].messages
    assert message.message == "step 3: 0.25 s is written as 1 s, the least there is"
    assert message.span.text == json.dumps(short)


@pytest.mark.parametrize(
    ("written", "words", "column", "help"),
    [
        ('{"workoutSegments": [}', "this is not JSON from here on", 22, "look at this place, or export the file again"),
        ('{"workoutSegments": [1,]}', "nothing follows this comma", 23, "delete the comma"),
        ("{'workoutSegments': []}", "JSON takes double quotes, not single ones", 2, "write `\"` in the place of `'`"),
        ('{"workoutSegments": [', "the file ends in the middle", 22, "it is cut off: export it again"),
        ('{"workoutSegments": NaN}', "`NaN` is no number", 21, "write the number that is meant"),
        ('{"workoutSegments": -Infinity}', "`-Infinity` is no number", 21, "write the number that is meant"),
        ('{"workoutSegments": 1e999}', "`1e999` is too large for a number", 21, "write the number that is meant"),
        (
            f'{{"workoutSegments": {"9" * 21}}}',
            "a whole number has 20 digits at most",
            21,
            "write the number that is meant",
        ),
        ('{"workoutSegments": [], "a": {"b": 1, "b": 2}}', "the key `b` is here twice", 39, "the first is on line 1"),
        (
            r'{"workoutSegments": "\ud83d"}',
            "half a character is escaped here, which is no text",
            21,
            "export the file again, in UTF-8",
        ),
        (
            '{"workoutSegments": ' + "[" * 100_000,
            "more than 100 objects and lists are inside one another here",
            120,
            "no workout is that deep: look where it begins",
        ),
    ],
)
def test_json_that_nobody_can_be_sure_of_is_refused_where_it_is(written, words, column, help):
    result = one_file(written.encode())
    assert result.workouts == ()
    (message,) = result.diagnostics
    assert words in message.message
    assert (message.severity, message.span.line, message.span.column) == (Severity.ERROR, 1, column)
    assert message.help == (help,)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            {"structure": [], "primaryIntensityMetric": "percentOfFtp", "sportType": 1, "workoutName": ""},
            "TrainingPeaks",
        ),
        (body(), "it has no steps"),
        ([7], "this is no workout of Garmin Connect"),
        ({"workoutSegments": []}, "it has no `workoutSegments`"),
        ({"x": 1}, "this is no workout of Garmin Connect"),
    ],
)
def test_what_is_no_workout_is_refused_by_its_name(body, words):
    (one,) = one_file(body).workouts
    assert one.verdict == "refused"
    (message,) = one.messages
    assert words in message.message
    assert message.help


def test_yaml_is_read_as_json_is():
    words = "workoutName: 'Five'\nworkoutSegments:\n- workoutSteps:\n  - {workoutSteps: [%s], numberOfIterations: 3}\n"
    step = "{stepType: {stepTypeKey: rest}, endCondition: {conditionTypeId: 2}, endConditionValue: 90.5, x: %s}"
    (one,) = one_file((words % step % "null").encode()).workouts
    assert one.text == "workout: Five\nsteps:\n  - 3x(90.5 s rest)\n" or "rest" in one.text
    (other,) = one_file((words % step % "yes").encode()).workouts
    assert [(message.span.line, message.span.text) for message in other.messages][1:] == [(4, "yes")]
    (fault,) = one_file(b"workoutSegments: [\n").diagnostics
    assert fault.severity is Severity.ERROR


def test_the_encodings_that_windows_writes():
    data = json.dumps(body(RUN, workoutName="Füße"), ensure_ascii=False)
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        result = one_file(data.encode(encoding))
        assert (result.workouts[0].name, result.diagnostics) == ("Füße", ())
    result = one_file(data.encode("cp1252"))
    assert result.workouts[0].name == "Füße"
    words = "`x.json` is not in UTF-8: read as Windows-1252; look at the letters beyond a to z"
    assert [message.message for message in result.diagnostics] == [words]
