"""What came back beside what was meant. The answers are shaped as the captured ones: points, bands, estimates."""

import copy

import pytest

from negsplit.compile import compile_text
from negsplit.formats.intervals.compare import differences
from negsplit.formats.intervals.doc import DocRepeat, DocStep, of_json

WORKOUT = """\
workout: T
steps:
  - warmup 10 min @ 6:00..5:30/km -- easy
  - repeat: 5
    steps: [400 m @ 4:15..3:55/km and 170..180 spm, recover 90 s @ HR 120..130]
  - lap
"""
ANSWER = {
    "duration": 2500,
    "distance": 4000.0,
    "steps": [
        {
            "text": "easy",
            "duration": 600,
            "intensity": "warmup",
            "pace": {"start": 360, "end": 330, "units": "secs/km"},
            "_pace": {"value": 2.9},
        },
        {
            "reps": 5,
            "steps": [
                {
                    "distance": 400,
                    "duration": 98,
                    "pace": {"start": 255, "end": 235, "units": "secs/km"},
                    "cadence": {"start": 85, "end": 90, "units": "rpm"},
                },
                {
                    "duration": 90,
                    "intensity": "recovery",
                    "hr": {"start": 70, "end": 77, "units": "%lthr"},
                    "pace": None,
                },
            ],
        },
        {"text": "Press lap", "duration": 600, "until_lap_press": True},
    ],
}


@pytest.fixture
def meant():
    athlete = "athlete: A\nraces: [5 km in 22:30]\nheart_rate: {threshold: 170}\n"
    (workout,) = compile_text(WORKOUT, athlete=athlete, device="intervals").workouts
    return workout.program


@pytest.fixture
def answer():
    return copy.deepcopy(ANSWER)


def test_what_was_understood_differs_in_nothing(meant, answer):
    assert differences(meant, 170, answer) == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d["steps"][0].pop("pace"), "step 1: pace 360 to 330 secs/km was meant, no target came back"),
        (lambda d: d["steps"][0].update(duration=745), "step 1: 10 min was meant, 12:25 came back"),
        (lambda d: d["steps"][0].pop("intensity"), "step 1: intensity warmup was meant, active came back"),
        (lambda d: d["steps"][0].pop("text"), "step 1: the cue `easy` was meant, `` came back"),
        (
            lambda d: d["steps"][1]["steps"].__setitem__(
                0, {**d["steps"][1]["steps"][0], "distance": 0, "duration": 24000}
            ),
            "step 2: 400 m was meant, 400 min came back",
        ),
        (
            lambda d: d["steps"][1]["steps"][1].update(hr={"value": 2, "units": "hr_zone"}),
            "step 3: hr 70 to 77 %lthr was meant, hr 2 hr_zone came back",
        ),
        (
            lambda d: d["steps"][1]["steps"][0].pop("cadence"),
            "step 2: pace 255 to 235 secs/km and 85 to 90 rpm was meant, pace 255 to 235 secs/km came back",
        ),
        (lambda d: d["steps"][0].update(ramp=True), "was meant, ramp pace 360 to 330 secs/km came back"),
        (lambda d: d["steps"][1].update(reps=4), "a repeat of 5 times after it was meant, a repeat of 4 times"),
        (lambda d: d["steps"].pop(), "step 4: until the lap button or 10 min was meant, nothing came back"),
        (lambda d: d["steps"].append({"duration": 60}), "step 5: nothing was meant, 1 min came back"),
        (
            lambda d: d["steps"][2].pop("until_lap_press"),
            "step 4: until the lap button or 10 min was meant, 10 min came back",
        ),
        (lambda d: d.pop("steps"), "step 1: 10 min was meant, nothing came back"),
    ],
)
def test_what_was_lost_or_changed_is_said_with_its_step(meant, answer, change, said):
    change(answer)
    found = differences(meant, 170, answer)
    assert any(said in one for one in found), found


def test_what_is_the_same_in_other_words_is_no_difference(meant, answer):
    first, repeat, _ = answer["steps"]
    del first["intensity"]
    first["warmup"] = True
    first["pace"] = {"start": 330.0, "end": 360.0, "units": "secs/km"}
    repeat["steps"][0]["intensity"] = "active"
    repeat["steps"][0]["distance"] = 400.4
    repeat["steps"][0]["duration"] = 1
    assert differences(meant, 170, answer) == []


def test_a_program_that_cannot_be_sent_is_none_to_compare(meant, answer):
    with pytest.raises(ValueError, match="cannot be said"):
        differences(meant, None, answer)


def test_what_is_no_answer_has_no_steps():
    assert of_json({"steps": "none"}) == of_json({}) == ()
    assert of_json({"steps": [1, {"reps": 2, "steps": None}, {"pace": 3, "duration": True}]}) == (
        DocRepeat(2, ()),
        DocStep(),
    )
    deep = {"steps": []}
    for _ in range(500):
        deep = {"steps": [{"reps": 2, **deep}]}
    assert len(of_json(deep)) == 1
