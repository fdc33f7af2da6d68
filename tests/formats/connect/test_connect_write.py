"""The JSON of an account, judged by running it beside the FIT file of the same program."""

import json
import struct
from itertools import islice, zip_longest
from pathlib import Path

import garmin_fit_sdk
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from negsplit import compile_text
from negsplit.compile import compile_documents, device, parse, read_athlete
from negsplit.desk.disk_library import DiskLibrary
from negsplit.diagnostics import Source
from negsplit.formats.connect.program import other_sport, to_program
from negsplit.formats.connect.write import encode, text
from negsplit.formats.fit import write as fit
from negsplit.model import Lap, Sport, UntilHeartRate
from negsplit.program.model import Band, Intensity, Jump, Program, ProgramStep, Quantity, Zone
from negsplit.units import Distance, Duration
from strategies.examples import examples
from strategies.programs import counted_programs
from strategies.running import executed

WORKOUTS = Path(__file__).parents[3] / "workouts"
MOST = 2_000
"""Steps that are compared of what would be run for ever."""

slow = settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])

# --- A watch that runs FIT, and one that runs JSON --------------------------------------------------

Run = tuple
"""What a step is for, what ends it, its two targets, and its text."""


def fit_steps(data):
    messages, errors = garmin_fit_sdk.Decoder(garmin_fit_sdk.Stream.from_byte_array(bytearray(data))).read()
    assert errors == []
    steps, left, at = messages["workout_step_mesgs"], {}, 0
    while at < len(steps):
        step = steps[at]
        if step["duration_type"] == "repeat_until_steps_cmplt":
            left[at] = left.get(at, step["repeat_steps"]) - 1
            at = step["duration_step"] if left[at] else at + 1
            left = {jump: times for jump, times in left.items() if times}
            continue
        yield (
            step["intensity"],
            fit_end(step),
            fit_target(step, ""),
            fit_target(step, "secondary_"),
            step.get("notes", ""),
        )
        at += 1


def fit_end(step):
    match step["duration_type"]:
        case "time":
            return "s", step["duration_time"]
        case "distance":
            return "m", step["duration_distance"]
        case "open":
            return ("lap",)
        case kind:
            return {"hr_less_than": "below", "hr_greater_than": "above"}[kind], step["duration_hr"] - 100


def fit_target(step, prefix):
    kind = step.get(f"{prefix}target_type", "open")
    if kind == "open":
        return None
    if zone := step.get(f"{prefix}target_{'hr' if kind == 'heart_rate' else kind}_zone"):
        return kind, zone
    ends = [step[f"{prefix}custom_target_{kind}_{end}"] for end in ("low", "high")]
    offset, scale = {"heart_rate": (100, 1), "power": (1000, 1), "cadence": (0, 2)}.get(kind, (0, 1))
    return kind, *((end - offset) * scale for end in ends)


STEPS = {1: "warmup", 2: "cooldown", 3: "active", 4: "recovery", 5: "rest"}
TARGETS = {2: "power", 3: "cadence", 4: "heart_rate", 6: "speed"}


def json_steps(body):
    (segment,) = body["workoutSegments"]
    yield from json_part(segment["workoutSteps"])


def json_part(parts):
    for part in parts:
        if part["type"] == "ExecutableStepDTO":
            yield (
                STEPS[part["stepType"]["stepTypeId"]],
                json_end(part),
                json_target(part, "targetType", "targetValueOne", "targetValueTwo", "zoneNumber"),
                json_target(
                    part,
                    "secondaryTargetType",
                    "secondaryTargetValueOne",
                    "secondaryTargetValueTwo",
                    "secondaryZoneNumber",
                ),
                part.get("description", ""),
            )
            continue
        assert part["endCondition"]["conditionTypeId"] == 7
        times, body = part["numberOfIterations"], part["workoutSteps"]
        assert part["endConditionValue"] == times
        for number in range(1, times + 1):
            yield from json_part(body[:-1] if part["skipLastRestStep"] and number == times else body)


def json_end(step):
    value = step.get("endConditionValue")
    match step["endCondition"]["conditionTypeId"]:
        case 1:
            return ("lap",)
        case 6:
            return {"lt": "below", "gt": "above"}[step["endConditionCompare"]], value
        case kind:
            return {2: "s", 3: "m"}[kind], value


def json_target(step, kind, one, two, zone):
    if step.get(kind) is None or step[kind]["workoutTargetTypeId"] == 1:
        return None
    name = TARGETS[step[kind]["workoutTargetTypeId"]]
    if zone in step:
        assert one not in step
        assert two not in step
        return name, step[zone]
    assert step[one] >= step[two] if name == "speed" else step[one] <= step[two]
    return name, *sorted((step[one], step[two]))


def same(program):
    """The JSON of a program, after both have been run side by side."""
    body = json.loads(text(encode(program)))
    for ours, theirs in islice(zip_longest(json_steps(body), fit_steps(fit.encode(program))), MOST):
        assert ours == theirs
    return body


@given(counted_programs)
@slow
def test_fit_and_json_say_the_same(program):
    body = same(program)
    assert body["workoutName"] == program.name
    assert body.get("description", "") == program.notes


@given(counted_programs)
@slow
def test_what_is_written_comes_back(program):
    unnamed = tuple(
        step
        if isinstance(step, Jump)
        else ProgramStep(step.intensity, step.length, step.target, step.second, cue=step.cue)
        for step in program.steps
    )
    found, notes, _ = to_program(json.loads(text(encode(program))))
    assert found == Program(program.name, Sport.RUNNING, unnamed, program.notes)
    is_other = program.sport in (Sport.WALKING, Sport.HIKING)
    assert notes == []
    assert other_sport(json.loads(text(encode(program)))) == ("other" if is_other else "")


UNTIL = {"free-fartlek", "galloway-10mi", "walk-breaks-20k"}
"""Examples that repeat until an amount is done: an account is told a number of times."""


@pytest.mark.parametrize("file", sorted(WORKOUTS.glob("*.workout.yaml")), ids=lambda file: file.name.split(".")[0])
def test_every_example_is_the_same_in_both(file):
    runner, found = read_athlete((WORKOUTS / "athlete.yaml").read_text(encoding="utf-8"))
    assert not found
    documents = parse(Source(file.name, file.read_text(encoding="utf-8")))
    result = compile_documents(documents, runner, device("connect"), DiskLibrary().beside(file))
    watch = compile_documents(documents, runner, device(), DiskLibrary().beside(file)).workouts
    if file.name == "trail-run-hike.workout.yaml":  # laps until an hour is over: nobody can tell how many
        assert "unsupported" in {one.code for one in result.diagnostics}
        return
    if file.name.split(".")[0] in UNTIL:
        assert {one.code for one in result.diagnostics} == {"degraded"}
        (workout,) = result.workouts
        assert to_program(same(workout.program))[0].steps == workout.program.steps
        return
    for workout, shown in zip(result.workouts, watch, strict=True):
        program = workout.program
        again, *_ = to_program(same(program))
        assert (again.name, again.steps, again.notes) == (program.name, program.steps, program.notes)
        assert ran(program) == ran(shown.program)
        body = workout.connect()
        assert body["estimatedDurationInSecs"] == round(workout.estimate.seconds)
        assert body["estimatedDistanceInMeters"] == round(workout.estimate.metres)


def ran(program):
    return [(step.intensity, step.length, step.target, step.second) for step in executed(program)]


# --- Groups ---------------------------------------------------------------------------------------


def outline(steps):
    """``W [4 skip: R r] -``."""
    letters = {1: "W", 2: "C", 3: "R", 4: "r", 5: "-"}
    words = []
    for step in steps:
        if "workoutSteps" in step:
            skip = " skip" if step["skipLastRestStep"] else ""
            words.append(f"[{step['numberOfIterations']}{skip}: {outline(step['workoutSteps'])}]")
        else:
            words.append(letters[step["stepType"]["stepTypeId"]])
    return " ".join(words)


def compiled(line, last="skip"):
    result = compile_text(f"workout: T\nlast_recovery: {last}\nsteps: {line}\n", device="connect")
    assert result.ok, result.diagnostics
    return result.workouts[0]


def steps_of(line, last="skip"):
    body = compiled(line, last).connect()
    return body["workoutSegments"][0]["workoutSteps"]


@pytest.mark.parametrize(
    ("line", "last", "written"),
    [
        ("6x(400 m, 1 min)", "keep", "[6: R r]"),
        ("6x(400 m, 1 min)", "skip", "[6 skip: R r]"),
        ("warmup 10 min, 6x(400 m, rest 1 min), cooldown 1 km", "skip", "W [6 skip: R -] C"),
        ("6x(400 m, 1 min), 400 m", "keep", "[7 skip: R r]"),
        ("6x(400 m, 1 min), 500 m", "keep", "[6: R r] R"),
        ("2x(400 m, 1 min)", "skip", "R r R"),
        ("4x(400 m, recover 1 min, rest 1 min)", "skip", "[3: R r -] R"),
        ("4x(recover 1 min), 1 km", "keep", "[4: r] R"),
        ("3x(4x(400 m, 1 min), rest 3 min)", "keep", "[3: [4: R r] -]"),
        ("3x(4x(400 m, 1 min), rest 3 min)", "skip", "[3 skip: [4 skip: R r] -]"),
        ("4x(400 m, 2x(200 m, 1 min))", "keep", "[4: R [2: R r]]"),
        ("120x(400 m, 1 min)", "keep", "[99: R r] [21: R r]"),
        ("100x(400 m, 1 min)", "skip", "[99: R r] R"),
        ("5x(400 m, 800 m, 1 min)", "skip", "[5 skip: R R r]"),
        ("5x(400 m, 800 m, 1 min), 800 m, 400 m", "keep", "[5: R R r] R R"),
        ("3x(400 m, run 800 m), 400 m", "keep", "[3: R R] R"),
        ("1 km, 4x(recover 1 min)", "keep", "R [4: r]"),
    ],
)
def test_groups(line, last, written):
    assert outline(steps_of(line, last)) == written
    same(compiled(line, last).program)


def test_a_single_round_is_no_group_that_skips():
    run, jog = (ProgramStep(intensity, Lap()) for intensity in (Intensity.ACTIVE, Intensity.RECOVERY))
    body = same(Program("T", Sport.RUNNING, (run, jog, Jump(0, 1), run)))
    assert outline(body["workoutSegments"][0]["workoutSteps"]) == "[1: R r] R"


def test_steps_are_numbered_a_group_before_what_is_in_it():
    def numbers(steps):
        for step in steps:
            yield step["stepOrder"]
            yield from numbers(step.get("workoutSteps", []))

    steps = steps_of("warmup 10 min, 3x(4x(400 m, 1 min), rest 3 min), cooldown 10 min")
    assert list(numbers(steps)) == [1, 2, 3, 4, 5, 6, 7]


# --- Numbers and texts ----------------------------------------------------------------------------


@given(st.integers(500, 12_000), st.integers(500, 12_000))
def test_paces_survive_float32_and_are_short(one, two):
    band = Band(Quantity.SPEED, *sorted((one, two)))
    program = Program("T", Sport.RUNNING, (ProgramStep(Intensity.ACTIVE, Lap(), band),))
    step = encode(program)["workoutSegments"][0]["workoutSteps"][0]
    fast, slow = step["targetValueOne"], step["targetValueTwo"]
    assert (fast, slow) == (band.high / 1000, band.low / 1000)
    for value in (fast, slow):
        assert float(f"{value:.6g}") == value
        (kept,) = struct.unpack("<f", struct.pack("<f", value))
        assert float(f"{kept:.6g}") == value


def one_step(**values):
    step = ProgramStep(Intensity.ACTIVE, **({"length": Lap()} | values))
    return encode(Program("T", Sport.RUNNING, (step,)))["workoutSegments"][0]["workoutSteps"][0]


def test_a_whole_step():
    step = one_step(
        length=Distance(40_000),
        target=Band(Quantity.SPEED, 4000, 4167),
        second=Band(Quantity.HEART_RATE, 150, 165),
        name="Run 5k",
        cue="tall",
    )
    assert step == {
        "type": "ExecutableStepDTO",
        "stepOrder": 1,
        "stepType": {"stepTypeId": 3, "stepTypeKey": "interval"},
        "endCondition": {"conditionTypeId": 3, "conditionTypeKey": "distance"},
        "endConditionValue": 400.0,
        "preferredEndConditionUnit": {"unitId": 1, "unitKey": "meter", "factor": 100.0},
        "targetType": {"workoutTargetTypeId": 6, "workoutTargetTypeKey": "pace.zone"},
        "targetValueOne": 4.167,
        "targetValueTwo": 4.0,
        "secondaryTargetType": {"workoutTargetTypeId": 4, "workoutTargetTypeKey": "heart.rate.zone"},
        "secondaryTargetValueOne": 150.0,
        "secondaryTargetValueTwo": 165.0,
        "description": "tall",
    }


@pytest.mark.parametrize(
    ("values", "written"),
    [
        ({"length": Duration(90_500)}, {"endConditionValue": 90.5}),
        (
            {"length": UntilHeartRate("below", 120)},
            {
                "endCondition": {"conditionTypeId": 6, "conditionTypeKey": "heart.rate"},
                "endConditionValue": 120.0,
                "endConditionCompare": "lt",
            },
        ),
        ({"length": UntilHeartRate("above", 120)}, {"endConditionCompare": "gt"}),
        ({"length": Lap()}, {"endCondition": {"conditionTypeId": 1, "conditionTypeKey": "lap.button"}}),
        (
            {"length": Distance(160_934)},
            {
                "endConditionValue": 1609.34,
                "preferredEndConditionUnit": {"unitId": 2, "unitKey": "kilometer", "factor": 100000.0},
            },
        ),
        ({}, {"targetType": {"workoutTargetTypeId": 1, "workoutTargetTypeKey": "no.target"}}),
        (
            {"target": Zone(Quantity.POWER, 7)},
            {"targetType": {"workoutTargetTypeId": 2, "workoutTargetTypeKey": "power.zone"}, "zoneNumber": 7},
        ),
        (
            {"target": Band(Quantity.CADENCE, 170, 180)},
            {
                "targetType": {"workoutTargetTypeId": 3, "workoutTargetTypeKey": "cadence"},
                "targetValueOne": 170.0,
                "targetValueTwo": 180.0,
            },
        ),
        (
            {"target": Zone(Quantity.HEART_RATE, 1), "second": Zone(Quantity.POWER, 2)},
            {"zoneNumber": 1, "secondaryZoneNumber": 2},
        ),
    ],
)
def test_parts_of_steps(values, written):
    step = one_step(**values)
    assert {key: step[key] for key in written} == written


def test_what_is_said_of_the_whole_workout():
    program = Program("Läufe", Sport.HIKING, (ProgramStep(Intensity.ACTIVE, Lap()),), "Hügel")
    body = encode(program, seconds=1800.4, metres=5_000.6)
    assert list(body) == [
        "workoutName",
        "description",
        "sportType",
        "estimatedDurationInSecs",
        "estimatedDistanceInMeters",
        "workoutSegments",
    ]
    assert (body["workoutName"], body["description"]) == ("Läufe", "Hügel")
    assert body["sportType"] == {"sportTypeId": 3, "sportTypeKey": "other"}
    assert body["workoutSegments"][0]["sportType"] == body["sportType"]
    assert (body["estimatedDurationInSecs"], body["estimatedDistanceInMeters"]) == (1800, 5001.0)
    bare = encode(Program("T", Sport.TREADMILL, program.steps))
    assert list(bare) == ["workoutName", "sportType", "workoutSegments"]
    assert bare["sportType"]["sportTypeKey"] == "running"


def test_the_text_is_readable_and_ends_in_a_newline():
    program = Program("Läufe", Sport.RUNNING, (ProgramStep(Intensity.ACTIVE, Lap()),))
    written = text(encode(program))
    assert written == text(encode(program))
    assert '"Läufe"' in written
    assert written.endswith("}\n")
    assert json.loads(written) == encode(program)


@pytest.mark.parametrize(
    ("program", "what"),
    [
        (
            Program("T", Sport.RUNNING, (ProgramStep(Intensity.ACTIVE, Lap()), Jump(0, Distance(100_000)))),
            "a repeat until",
        ),
        (Program("😀" * 129, Sport.RUNNING, (ProgramStep(Intensity.ACTIVE, Lap()),)), "name of the workout is 258"),
        (Program("T", Sport.RUNNING, (ProgramStep(Intensity.ACTIVE, Lap()),), "n" * 513), "notes is 513"),
        (Program("T", Sport.RUNNING, (ProgramStep(Intensity.ACTIVE, Lap(), cue="c" * 513),)), "cue of a step is 513"),
    ],
)
def test_what_an_account_does_not_keep_is_refused(program, what):
    with pytest.raises(ValueError, match=what):
        encode(program)


# --- The account as a device ------------------------------------------------------------------------


def warned(steps, **head):
    lines = "".join(f"{key}: {value}\n" for key, value in head.items())
    result = compile_text(f"{'' if 'workout' in head else 'workout: T'}\n{lines}steps: [{steps}]\n", device="connect")
    return [one.message for one in result.diagnostics], result.workouts[0]


def test_letters_of_every_language_are_kept():
    found, workout = warned("1 km -- schön 走", workout="Läufe 走る", notes="Größe")
    assert found == []
    body = workout.connect()
    assert (body["workoutName"], body["description"]) == ("Läufe 走る", "Größe")
    assert body["workoutSegments"][0]["workoutSteps"][0]["description"] == "schön 走"


def test_a_step_says_what_nothing_else_would_show():
    def cues(line):
        return [step.get("description", "") for step in steps_of(line)]

    assert cues("walk 1 min, walk 1 min @ RPE 3 -- slow, hike 1 km -- up, recover 1 min") == [
        "Walk",
        "Walk, RPE 3. slow",
        "Hike. up",
        "",
    ]
    assert cues("run 1 km @ RPE 6, run 1 km @ RPE 7 -- tall") == ["RPE 6", "RPE 7. tall"]


def test_long_texts_are_cut_to_what_an_account_keeps():
    found, workout = warned("1 km", workout="😀" * 80, notes=" ".join(["word"] * 100))
    assert found == ["the text under `notes:` has 499 characters, `connect` keeps 437: it is cut"]
    body = workout.connect()
    assert body["workoutName"] == "😀" * 80
    assert len(body["description"]) <= 437
    assert body["description"].endswith("...")
    longest_mark = f"\n[negsplit:{'p' * 24}/{'k' * 24}#{'0' * 8}@{'a' * 4}]"
    assert 437 + len(longest_mark) == 512


@pytest.mark.parametrize(
    ("sport", "kept"),
    [
        ("trail_running", "running"),
        ("treadmill", "running"),
        ("walking", "another sport"),
        ("hiking", "another sport"),
    ],
)
def test_sports_that_an_account_does_not_have(sport, kept):
    found, workout = warned("1 km", sport=sport)
    assert found == [f"`connect` has no sport {sport.replace('_', ' ')}, it keeps this as {kept}"]
    assert workout.fidelity == "degraded"
    written = workout.connect()["sportType"]["sportTypeKey"]
    assert written == ("running" if kept == "running" else "other")


def test_every_sport_is_one_the_account_has_or_is_said_to_be_another():
    profile = device("connect")
    kept = {sport: encode(Program("T", sport, (ProgramStep(Intensity.ACTIVE, Lap()),)))["sportType"] for sport in Sport}
    others = {sport.value for sport in Sport if sport is not Sport.RUNNING}
    assert set(profile.sports) == others
    for sport, instead in profile.sports.items():
        assert kept[Sport(sport)]["sportTypeKey"] == {"running": "running", "another sport": "other"}[instead]
