"""What a workout means does not change by what the service does to it, and does by every edit."""

import copy
import json
import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit.formats.connect.canon import canonical, without_marker
from negsplit.formats.connect.write import encode
from negsplit.model import Lap, Sport, UntilHeartRate
from negsplit.program.model import Band, Intensity, Jump, Program, ProgramStep, Quantity, Zone
from negsplit.units import Distance, Duration
from strategies.examples import examples
from strategies.programs import lengths, targets, texts

REFERENCE = Path(__file__).parents[4] / "shared" / "data" / "connect"
"""Bodies that were sent to the service and what it answered, which are not ours to hand on."""
REAL_RUNS = sorted(REFERENCE.glob("*_run_*.json"))

flat = st.lists(
    st.builds(ProgramStep, st.sampled_from(Intensity), lengths, targets, targets, cue=texts(99)), min_size=1, max_size=8
)

# --- The service, as it is known from its answers ---------------------------------------------------

NULLS = (
    "description endConditionCompare targetValueOne targetValueTwo targetValueUnit zoneNumber secondaryTargetType "
    "secondaryTargetValueOne secondaryTargetValueTwo secondaryZoneNumber category exerciseName weightUnit"
)


def float32(value):
    """The shortest number that is the same float32."""
    (kept,) = struct.unpack("<f", struct.pack("<f", value))
    shortest = next(short for digits in range(1, 18) if packed(short := float(f"{kept:.{digits}g}")) == packed(kept))
    return float(shortest)


def packed(value):
    return struct.pack("<f", value)


def stored(body):
    """What comes back: numbered anew, every field filled in, numbers as float32, keys after numbers."""
    numbers = iter(range(1, 1_000))

    def rewritten(value):
        if isinstance(value, dict):
            written = {key: rewritten(one) for key, one in value.items()}
            for key, one in value.items():
                if key.endswith("Key"):
                    written[key] = f"{one} as stored"
                if key.endswith("Id") and isinstance(one, int):
                    written["displayOrder"] = one
            return written
        return value

    def part(step, parent):
        number = next(numbers)
        children = step.get("workoutSteps")
        written = dict.fromkeys(NULLS.split()) | rewritten({k: v for k, v in step.items() if k != "workoutSteps"})
        written |= {"stepId": 9_544_477_999 + number, "stepOrder": number, "childStepId": parent}
        for key, value in written.items():
            if key.startswith(("targetValue", "secondaryTargetValue", "endConditionValue")) and value is not None:
                written[key] = float32(value)
        if written["endCondition"]["conditionTypeId"] == 1:
            written["endConditionValue"] = 0.0
        if written["secondaryTargetType"] is None:
            written["secondaryTargetType"] = {"workoutTargetTypeId": 1, "workoutTargetTypeKey": "no.target"}
        if children is not None:
            written["skipLastRestStep"] = step["skipLastRestStep"] or None
            written["workoutSteps"] = [part(child, number) for child in children]
        return written

    answer = {"workoutId": 123, "description": None, "estimatedDurationInSecs": 0, "shared": False} | rewritten(
        {key: value for key, value in body.items() if key != "workoutSegments"}
    )
    (segment,) = body["workoutSegments"]
    steps = [part(step, None) for step in segment["workoutSteps"]]
    answer["workoutSegments"] = [rewritten(segment) | {"poolLength": None, "workoutSteps": steps}]
    return json.loads(json.dumps(answer))


@given(flat, st.integers(2, 99), texts(254), st.sampled_from(Sport))
@settings(max_examples=examples(80), deadline=None)
def test_what_comes_back_is_what_was_sent(steps, times, notes, sport):
    body = encode(Program("T", sport, (*steps, Jump(0, times), *steps[:-1]), notes), seconds=1, metres=2)
    answer = stored(body)
    assert answer != body
    assert canonical(answer) == canonical(body)
    assert canonical(stored(answer)) == canonical(body)


def test_it_can_be_written_as_json():
    body = encode(PROGRAM)
    assert json.dumps(canonical(body)) == json.dumps(canonical(stored(body)))


# --- Edits ----------------------------------------------------------------------------------------

PROGRAM = Program(
    "Reps",
    Sport.RUNNING,
    (
        ProgramStep(Intensity.WARMUP, Lap(), Zone(Quantity.HEART_RATE, 2)),
        ProgramStep(Intensity.ACTIVE, Distance(100_000), Band(Quantity.SPEED, 3704, 4000), cue="tall"),
        ProgramStep(Intensity.RECOVERY, UntilHeartRate("below", 120), second=Band(Quantity.HEART_RATE, 100, 150)),
        Jump(1, 5),
        ProgramStep(Intensity.COOLDOWN, Duration(600_000)),
    ),
    "Hold back",
)


def edited(change):
    body = copy.deepcopy(encode(PROGRAM))
    first, reps, last = body["workoutSegments"][0]["workoutSteps"]
    run, recover = reps["workoutSteps"]
    change({"all": body, "first": first, "reps": reps, "run": run, "recover": recover, "last": last})
    return body


@pytest.mark.parametrize(
    ("where", "key", "value"),
    [
        ("all", "workoutName", "Reps!"),
        ("all", "description", "Hold on"),
        ("all", "sportType", {"sportTypeId": 3}),
        ("first", "zoneNumber", 3),
        ("first", "endCondition", {"conditionTypeId": 2}),
        ("reps", "numberOfIterations", 6),
        ("reps", "skipLastRestStep", True),
        ("run", "stepType", {"stepTypeId": 4}),
        ("run", "endConditionValue", 1001.0),
        ("run", "targetValueTwo", 3.705),
        ("run", "targetType", {"workoutTargetTypeId": 5}),
        ("run", "targetType", {"workoutTargetTypeId": 1}),
        ("run", "description", "small"),
        ("run", "description", None),
        ("recover", "endConditionCompare", "gt"),
        ("recover", "secondaryTargetValueOne", 101.0),
        ("recover", "secondaryTargetType", None),
        ("last", "endConditionValue", 601.0),
    ],
)
def test_an_edit_is_seen(where, key, value):
    assert canonical(edited(lambda parts: parts[where].update({key: value}))) != canonical(encode(PROGRAM))


def test_a_step_more_or_less_or_elsewhere_is_seen():
    for change in (list.pop, list.reverse, lambda steps: steps.append(steps[0])):
        assert canonical(edited(lambda parts, change=change: change(parts["reps"]["workoutSteps"]))) != canonical(
            encode(PROGRAM)
        )


@pytest.mark.parametrize(
    ("where", "changes"),
    [
        (
            "all",
            {"estimatedDurationInSecs": 7, "consumerName": "x", "description": "Hold back\n[negsplit:a/b#01234567]"},
        ),
        ("first", {"endConditionValue": 1200.0, "endConditionCompare": "", "description": ""}),
        ("run", {"targetValueOne": 3.704, "targetValueTwo": 4.0, "preferredEndConditionUnit": None}),
        ("run", {"targetValueOne": 4.0000001, "zoneNumber": None, "stepOrder": 77}),
        ("last", {"endConditionValue": "600", "targetValueTwo": 0.0, "weightUnit": {"unitId": 8}}),
        ("reps", {"skipLastRestStep": None, "smartRepeat": None, "endCondition": None}),
    ],
)
def test_what_changes_nothing_is_not_seen(where, changes):
    assert canonical(edited(lambda parts: parts[where].update(changes))) == canonical(encode(PROGRAM))


@pytest.mark.parametrize(
    ("description", "bare"),
    [
        ("Hold back\n[negsplit:half/w03-tue#1a2b3c4d]", "Hold back"),
        ("Hold back\n\n[negsplit:half/w03-tue#1a2b3c4d]\n ", "Hold back"),
        ("[negsplit:half/w03-tue#1a2b3c4d]", ""),
        ("Hold back [negsplit:half/w03-tue#1a2b3c4d]", "Hold back [negsplit:half/w03-tue#1a2b3c4d]"),
        ("[negsplit:half/w03-tue#1a2b3c4d]\nHold back", "[negsplit:half/w03-tue#1a2b3c4d]\nHold back"),
        ("Hold back", "Hold back"),
        ("", ""),
    ],
)
def test_marks(description, bare):
    assert without_marker(description) == bare


@pytest.mark.parametrize("data", [{}, {"workoutSegments": 3}, {"workoutSegments": [{"workoutSteps": [{}, 3]}]}])
def test_what_is_no_workout_has_a_canon_too(data):
    assert canonical(data) == canonical(dict(data))


# --- Real answers ---------------------------------------------------------------------------------


def reference(name):
    if not (file := REFERENCE / f"{name}.json").exists():
        pytest.skip("the reference workouts are not here")
    return json.loads(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["RunningNestedRepeats", "StrengthReps"])
def test_the_services_own_answers_are_what_was_sent(name):
    sent, answer = (reference(f"kaiord_Workout{name}{end}") for end in ("Input", "Output"))
    assert canonical(answer) == canonical(sent)


def test_a_name_that_the_service_cut_is_another_one():
    sent, answer = (canonical(reference(f"kaiord_WorkoutEdgeCases{end}")) for end in ("Input", "Output"))
    assert sent.name != answer.name
    assert sent._replace(name="") == answer._replace(name="")


@pytest.mark.parametrize("file", REAL_RUNS, ids=[file.stem for file in REAL_RUNS])
def test_a_real_workout_sent_again_is_the_same(file):
    body = json.loads(file.read_text(encoding="utf-8"))
    again = copy.deepcopy(body)
    for segment in again["workoutSegments"]:
        for step in segment["workoutSteps"]:
            if isinstance(step.get("targetValueOne"), float):
                step["targetValueOne"] = round(step["targetValueOne"], 5)
    assert canonical(again) == canonical(body)
