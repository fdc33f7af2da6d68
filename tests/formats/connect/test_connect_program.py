"""What workouts of an account mean: what cannot be said is said to be left out."""

import json
from pathlib import Path

import pytest

from negsplit.formats.connect.program import NotAWorkoutError, other_sport, to_program
from negsplit.model import Lap, Sport, UntilHeartRate
from negsplit.program.device import devices
from negsplit.program.model import Band, Intensity, Jump, ProgramStep, Quantity, Zone
from negsplit.units import Distance, Duration
from strategies.running import executed

REFERENCE = Path(__file__).parents[4] / "shared" / "data" / "connect"
"""Workouts of other people's accounts, which are not ours to hand on."""
REAL_RUNS = sorted(REFERENCE.glob("*_run_*.json"))


def step(kind=3, condition=1, value=None, **more):
    return {
        "type": "ExecutableStepDTO",
        "stepType": {"stepTypeId": kind},
        "endCondition": {"conditionTypeId": condition},
        "endConditionValue": value,
        "targetType": {"workoutTargetTypeId": 1},
        **more,
    }


def group(times, *steps, **more):
    return {
        "type": "RepeatGroupDTO",
        "numberOfIterations": times,
        "endCondition": {"conditionTypeId": 7},
        "endConditionValue": float(times),
        "workoutSteps": list(steps),
        **more,
    }


def workout(*steps, **more):
    segment = {"segmentOrder": 1, "workoutSteps": list(steps)}
    return {"workoutName": "T", "sportType": {"sportTypeId": 1}, "workoutSegments": [segment], **more}


def read(body):
    """The program that a body means, and the remarks on it as people read them."""
    program, remarks, places = to_program(body)
    assert len(places) == len(program.steps)
    return program, [str(one) for one in remarks]


def meaning(**values):
    """The one step of a workout, and the notes on it."""
    program, notes = read(workout(step(**values)))
    (found,) = program.steps
    return found, [note.removeprefix("step 1: ") for note in notes]


@pytest.mark.parametrize(
    ("values", "length", "note"),
    [
        ({"condition": 1, "value": 1000.0}, Lap(), None),
        ({"condition": 2, "value": 90.5}, Duration(90_500), None),
        ({"condition": 2, "value": "600"}, Duration(600_000), None),
        ({"condition": 3, "value": 1609.34}, Distance(160_934), None),
        ({"condition": 6, "value": 120.0, "endConditionCompare": "lt"}, UntilHeartRate("below", 120), None),
        ({"condition": 6, "value": 150.0, "endConditionCompare": "gt"}, UntilHeartRate("above", 150), None),
        ({"condition": 6, "value": 150.0}, Lap(), "until heart rate 150 is read as until the lap button"),
        ({"condition": 8, "value": 30.0}, Duration(30_000), "fixed rest is read as time"),
        ({"condition": 4, "value": 50.0}, Lap(), "until calories 50 is read as until the lap button"),
        ({"condition": 2, "value": 0.0}, Lap(), "until time 0 is read as until the lap button"),
        ({"condition": 3}, Lap(), "until distance without a number is read as until the lap button"),
        ({"condition": 77, "value": 3}, Lap(), "until number 77 3 is read as until the lap button"),
        ({"endCondition": None}, Lap(), "nothing ends it; read as until the lap button"),
        ({"condition": 2, "value": float("inf")}, Lap(), "until time without a number is read as until the lap button"),
        ({"condition": 2, "value": True}, Lap(), "until time without a number is read as until the lap button"),
    ],
)
def test_lengths(values, length, note):
    found, notes = meaning(**values)
    assert found.length == length
    assert notes == ([note] if note else [])


def target(kind, one=None, two=None, zone=None, **more):
    return {
        "targetType": {"workoutTargetTypeId": kind},
        "targetValueOne": one,
        "targetValueTwo": two,
        "zoneNumber": zone,
        **more,
    }


@pytest.mark.parametrize(
    ("values", "found", "note"),
    [
        (target(1, None, 0.0), None, None),
        (target(1, 3.0, 4.0), None, "the numbers of a target are left out: it says that there is none"),
        (target(6, 300, 330), None, "target pace zone is left out: 300 is no speed in m/s; seconds a kilometre?"),
        (target(4, 0, 150), Band(Quantity.HEART_RATE, 30, 150), None),
        (
            target(4, 140.4, 150),
            Band(Quantity.HEART_RATE, 140, 150),
            "target heart rate zone 140.4 to 150 is read as 140 to 150",
        ),
        ({"targetType": None}, None, None),
        (target(6, 2.6666667, 2.5974026), Band(Quantity.SPEED, 2597, 2667), None),
        (target(6, 2.5974026, 2.6666667), Band(Quantity.SPEED, 2597, 2667), None),
        (target(5, 4.0, 3.5), Band(Quantity.SPEED, 3500, 4000), None),
        (target(4, 140.0, 150.0), Band(Quantity.HEART_RATE, 140, 150), None),
        (target(2, 250.0, 270.0), Band(Quantity.POWER, 250, 270), None),
        (target(3, 170.0, 180.0), Band(Quantity.CADENCE, 170, 180), None),
        (target(4, zone=5), Zone(Quantity.HEART_RATE, 5), None),
        (target(2, zone=7), Zone(Quantity.POWER, 7), None),
        (target(4, 0, 0, zone=2), Zone(Quantity.HEART_RATE, 2), None),
        (target(4, 120, 140, zone=2), Zone(Quantity.HEART_RATE, 2), "the range beside zone 2 is left out"),
        (target(4, zone=6), None, "heart rate zone 6 is left out"),
        (target(6, zone=3), None, "speed zone 3 is left out"),
        (target(6), None, "target pace zone without a zone or a range is left out"),
        (target(6, 3.0), None, "target pace zone without a zone or a range is left out"),
        (target(6, 3.0, 0.0), Band(Quantity.SPEED, 500, 3000), None),
        (target(3, 0, 180), None, "target cadence 0 to 180, which has no low end, is left out"),
        (target(10, 250, 270), Band(Quantity.POWER, 250, 270), "target power 3s is read as power"),
        (target(13, 4.0, 3.5), Band(Quantity.SPEED, 3500, 4000), "target speed lap is read as speed"),
        (target(7, 4, 6), None, "target grade is left out"),
        (target(99, 4, 6), None, "target number 99 is left out"),
        (
            target(4, 70, 80, targetValueUnit={"unitKey": "percent"}),
            None,
            "target heart rate zone, which has a unit of its own, is left out",
        ),
    ],
)
def test_targets(values, found, note):
    meant, notes = meaning(**values)
    assert meant.target == found
    assert notes == ([note] if note else [])


@pytest.mark.parametrize(
    ("values", "found", "note"),
    [
        ({"stepType": {"stepTypeKey": "cooldown"}}, Intensity.COOLDOWN, None),
        ({"stepType": {"stepTypeKey": "WARM_UP"}}, Intensity.WARMUP, None),
        ({"stepType": "recovery"}, Intensity.RECOVERY, None),
        ({"stepType": {"stepTypeId": "5"}}, Intensity.REST, None),
        (
            {"stepType": {"stepTypeId": 4, "stepTypeKey": "rest"}},
            Intensity.RECOVERY,
            "`stepTypeKey` is `rest`, but number 4 is recovery: that counts",
        ),
    ],
)
def test_the_number_of_a_type_counts_and_its_key_where_there_is_none(values, found, note):
    """As the service does it: a key that does not agree with its number is overwritten without a word."""
    meant, notes = meaning(**values)
    assert meant.intensity is found
    assert notes == ([note] if note else [])


def test_keys_that_nobody_has():
    assert meaning(stepType={"stepTypeKey": "sprint"})[1] == [
        "`stepTypeKey` is `sprint`, which Garmin Connect does not have",
        "a step of no type is read as active",
    ]


def test_fields_that_nobody_knows_are_said():
    known = workout(step(stepId=1, strokeType={"strokeTypeId": 0, "displayOrder": 0}, workoutProvider=None), ownerId=7)
    assert read(known)[1] == []
    assert read(workout(step(strokeType={"strokeTypeId": 2}, moon=1), sun="x"))[1] == [
        "field sun is left out",
        "step 1: field moon is left out",
        "step 1: field strokeType is left out",
    ]
    assert meaning(a=1, b=[2], c={"d": 3}, e="4", f=[None], g={"displayOrder": 1})[1] == [
        "fields a, b, c and 1 more are left out"
    ]
    inside = {"workoutTargetTypeId": 4, "targetValueOne": 140}
    assert meaning(targetType=inside, targetValueOne=150, targetValueTwo=160)[1] == [
        "`targetValueOne` inside `targetType` is left out: Garmin Connect reads it beside that alone"
    ]
    assert meaning(description=["tall"])[1] == ["`description` is no text: it is left out"]
    assert read(workout(step(), 7, "x"))[1] == ["`workoutSteps` has 2 of 3 members that are no object: left out"]


def test_steps_are_read_in_the_order_in_which_they_stand():
    assert read(workout(step(stepOrder=1), step(stepOrder=2)))[1] == []
    assert read(workout(step(stepOrder=2), step(stepOrder=1)))[1] == [
        "`stepOrder` has these steps in another order: they are read as they stand"
    ]


def test_the_mark_of_a_sync_is_no_part_of_the_notes():
    assert read(workout(step(), description="Hold back\n[negsplit:half/w03-tue#1a2b3c4d]"))[0].notes == "Hold back"


@pytest.mark.parametrize(
    ("whole", "segments", "sport"),
    [
        (1, [1], ""),
        (None, [1], ""),
        (None, [None], ""),
        (2, [2], "cycling"),
        (5, [], "strength training"),
        (1, [1, 2], "multi sport"),
        (10, [2, 1], "multi sport"),
        (12, [12], "number 12"),
    ],
)
def test_other_sports(whole, segments, sport):
    def of(number):
        return {"sportType": number and {"sportTypeId": number}}

    assert other_sport({**of(whole), "workoutSegments": [of(number) for number in segments]}) == sport


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ({"type": "RepeatGroupDTO", "numberOfIterations": 3}, "a repeat without `workoutSteps`"),
        (group(1e300, step()), r"a repeat of 1e\+300 times"),
    ],
)
def test_what_nobody_can_read_is_refused_where_it_stands(part, words):
    with pytest.raises(NotAWorkoutError, match=words) as found:
        to_program(workout(step(), part))
    assert found.value.path[:4] == ("workoutSegments", 0, "workoutSteps", 1)


def test_numbers_out_of_all_bounds():
    assert meaning(condition=2, value=1e306)[0].length == Lap()
    assert meaning(**target(4, 140, 1e306))[0].target is None
    assert len(to_program(workout(*[step()] * 10_000)).program.steps) == 10_000
    with pytest.raises(NotAWorkoutError, match="more than 10000 steps"):
        to_program(workout(*[step()] * 10_001))


def test_second_targets():
    found, notes = meaning(
        **target(6, 4.0, 3.5),
        secondaryTargetType={"workoutTargetTypeId": 4},
        secondaryTargetValueOne=160.0,
        secondaryTargetValueTwo=175.0,
        secondaryZoneNumber=None,
    )
    assert (found.target, found.second) == (Band(Quantity.SPEED, 3500, 4000), Band(Quantity.HEART_RATE, 160, 175))
    assert notes == []
    assert meaning(secondaryTargetType={"workoutTargetTypeId": 1})[0].second is None
    zone = meaning(secondaryTargetType={"workoutTargetTypeId": 2}, secondaryZoneNumber=3)[0]
    assert zone.second == Zone(Quantity.POWER, 3)


@pytest.mark.parametrize(
    ("kind", "intensity", "note"),
    [
        (1, Intensity.WARMUP, None),
        (2, Intensity.COOLDOWN, None),
        (3, Intensity.ACTIVE, None),
        (4, Intensity.RECOVERY, None),
        (5, Intensity.REST, None),
        (7, Intensity.ACTIVE, "step type other is read as active"),
        (8, Intensity.ACTIVE, "step type main is read as active"),
        (None, Intensity.ACTIVE, "a step of no type is read as active"),
    ],
)
def test_intensities(kind, intensity, note):
    found, notes = meaning(kind=kind)
    assert found.intensity is intensity
    assert notes == ([note] if note else [])


def test_texts_and_what_only_the_gym_knows():
    assert meaning(description="tall")[0].cue == "tall"
    assert meaning(category="SQUAT", exerciseName=None, weightValue=20.0)[1] == [
        "fields category and weightValue are left out",
    ]


@pytest.mark.parametrize(
    ("values", "note"),
    [
        ({"subSportType": "GENERIC"}, None),
        ({"subSportType": "TRAIL_RUNNING"}, "sub-sport 'TRAIL_RUNNING' is left out"),
        ({"sportType": None}, "no sport; read as running"),
    ],
)
def test_sports(values, note):
    program, notes = read(workout(step(), description="Hold back", **values))
    assert (program.name, program.sport, program.notes) == ("T", Sport.RUNNING, "Hold back")
    assert notes == ([note] if note else [])


# --- Groups ---------------------------------------------------------------------------------------

RUN, RECOVER, REST = step(3, 2, 60.0), step(4, 2, 30.0), step(5, 2, 180.0)


def steps(*parts):
    """Letters for steps, jumps as they are, and the notes."""
    program, notes = read(workout(*parts))
    letters = {Intensity.ACTIVE: "R", Intensity.RECOVERY: "r", Intensity.REST: "-"}
    return [item if isinstance(item, Jump) else letters[item.intensity] for item in program.steps], notes


def test_groups():
    assert steps(group(4, RUN, RECOVER)) == (["R", "r", Jump(0, 4)], [])
    assert steps(RUN, group(3, group(4, RUN, RECOVER), REST)) == (["R", "R", "r", Jump(1, 4), "-", Jump(1, 3)], [])
    assert steps(group(1, RUN, RECOVER)) == (["R", "r"], [])
    assert steps(group(7, RUN) | {"endCondition": None}) == (["R", Jump(0, 7)], [])
    assert steps(group(2)) == ([], ["step 1: a repeat without steps is left out"])
    untyped = {key: value for key, value in group(3, RUN).items() if key != "type"}
    assert steps(untyped) == (["R", Jump(0, 3)], [])


def test_groups_that_skip_their_last_recovery():
    assert steps(group(4, RUN, RECOVER, skipLastRestStep=True), REST) == (["R", "r", Jump(0, 3), "R", "-"], [])
    assert steps(group(2, RUN, RECOVER, skipLastRestStep=True)) == (["R", "r", "R"], [])
    assert steps(group(1, RUN, RECOVER, skipLastRestStep=True)) == (["R", "r"], [])
    inner = group(4, RUN, RECOVER)
    assert steps(RUN, group(3, inner, REST, skipLastRestStep=True)) == (
        ["R", "R", "r", Jump(1, 4), "-", Jump(1, 2), "R", "r", Jump(6, 4)],
        [],
    )


def test_a_group_inside_one_that_is_written_out():
    inner = group(4, RUN, RECOVER, skipLastRestStep=True)
    program, notes = read(workout(group(3, inner, REST, skipLastRestStep=True)))
    lengths = [one.length.ms // 1000 for one in executed(program)]
    once = [60, 30] * 3 + [60]
    assert lengths == [*once, 180, *once, 180, *once]
    assert notes == []


@pytest.mark.parametrize(
    "body",
    [
        (RUN,),
        (RECOVER, RUN),
        (RECOVER,),
        (RUN, group(2, RUN, RECOVER)),
        (RUN, group(2, RUN, RECOVER, stepType={"stepTypeId": 4})),
    ],
)
def test_no_recovery_to_skip(body):
    found, notes = steps(group(3, *body, skipLastRestStep=True))
    assert found[-1] == Jump(0, 3)
    assert notes == ["step 1: no recovery at its end is there to be skipped the last time"]


@pytest.mark.parametrize(
    ("part", "note"),
    [
        (
            group(3, RUN, endCondition={"conditionTypeId": 1}),
            "repeat until lap button is left out; its steps are read once",
        ),
        (group(0, RUN), "a repeat without a number of times; its steps are read once"),
        (
            group(3, RUN, numberOfIterations=None, endConditionValue=None),
            "a repeat without a number of times; its steps are read once",
        ),
    ],
)
def test_repeats_that_cannot_be_said(part, note):
    assert steps(part) == (["R"], [f"step 1: {note}"])


def test_a_count_in_its_other_place():
    assert steps(group(3, RUN, numberOfIterations=None)) == (["R", Jump(0, 3)], [])
    found, notes = steps(group(3, RUN, endConditionValue=4))
    assert (found, notes) == (["R", Jump(0, 3)], ["step 1: 3 times or 4: the `numberOfIterations` counts"])


def test_the_text_of_a_group_and_several_segments():
    assert steps(group(3, RUN, description="Reps"))[1] == ["step 1: the text of a repeat, 'Reps', is left out"]
    program, notes = read(workout() | {"workoutSegments": [{"workoutSteps": [RUN]}, {"workoutSteps": [REST]}]})
    assert len(program.steps) == 2
    assert notes == ["2 segments are read as one"]


def nest(depth, **more):
    inner = RUN
    for _ in range(depth):
        inner = group(2, inner, RECOVER, **more)
    return workout(inner)


@pytest.mark.parametrize(
    "data",
    [{}, {"workoutSegments": None}, {"workoutSegments": ["x"]}, nest(200), nest(60, skipLastRestStep=True)],
)
def test_what_is_no_workout(data):
    with pytest.raises(NotAWorkoutError):
        to_program(data)


# --- Real ones ------------------------------------------------------------------------------------


def reference(name):
    if not (file := REFERENCE / f"{name}.json").exists():
        pytest.skip("the reference workouts are not here")
    return json.loads(file.read_text(encoding="utf-8"))


def test_a_fartlek_of_garmins_editor():
    program, notes = read(reference("yesnoj_run_1132107258_gcweb"))
    assert notes == []
    assert program.notes == "Fartlek"
    assert program.steps == (
        ProgramStep(Intensity.WARMUP, Lap(), Zone(Quantity.HEART_RATE, 1)),
        ProgramStep(Intensity.ACTIVE, Duration(180_000), Zone(Quantity.HEART_RATE, 3), cue="Ritmo moderato "),
        ProgramStep(Intensity.ACTIVE, Duration(120_000), Zone(Quantity.HEART_RATE, 2)),
        Jump(1, 7),
        ProgramStep(Intensity.COOLDOWN, Lap()),
    )


def test_the_groups_of_a_real_workout():
    program, notes = read(reference("kaiord_WorkoutRunningNestedRepeatsOutput"))
    assert notes == ["step 4: until calories 50 is read as until the lap button"]
    assert program.steps[3].second == Band(Quantity.HEART_RATE, 160, 175)
    assert [item for item in program.steps if isinstance(item, Jump)] == [Jump(4, 4), Jump(4, 3)]


@pytest.mark.parametrize("file", REAL_RUNS, ids=[file.stem for file in REAL_RUNS])
def test_every_real_run_is_read(file):
    program, notes = read(json.loads(file.read_text(encoding="utf-8")))
    assert program.steps
    known = ("target pace zone without a zone", "step type other is read")
    assert not [note for note in notes if not any(words in note for words in known)]


def test_the_pairs_of_targets_that_count_as_shown_are_those_of_a_real_answer():
    """Two targets of one step of a run, as they were sent and as the account gave them back."""
    body = reference("kaiord_WorkoutRunningNestedRepeatsOutput")
    program, _ = read(body)
    steps = [step for step in program.steps if isinstance(step, ProgramStep) and step.second is not None]
    shown = {(step.target.quantity, step.second.quantity) for step in steps}
    assert program.sport is Sport.RUNNING
    assert devices()["connect"].second_seen == shown
