"""Workout text of intervals.icu in files: what it means, what is said of the rest, and everything there and back.

What lines mean to the service was measured (``tests/formats/intervals/parses.csv``); what the language has for it was
worked out by hand. The events have the fields that the service's own OpenAPI names.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foreign.meaning import assert_means
from negsplit.diagnostics import Severity, render
from negsplit.foreign import read_foreign
from negsplit.formats.foreign import ForeignOptions
from strategies.examples import examples
from work import at_most_turns

WORKOUTS = Path(__file__).parents[2] / "workouts"
PARSES = Path(__file__).parents[1] / "formats" / "intervals" / "parses.csv"
ATHLETE = "athlete: Me\nraces: 5 km in 22:30\nheart_rate: {max: 188, rest: 48, threshold: 170}\n"
COACH = """\
Keep it relaxed.

Warmup
- Easy 10m Z2 HR

Main set 6x
- Fast 0.4km 4:10-4:00/km Pace
- 90s 60-70% LTHR intensity=recovery

- 10m 95-100% Pace 85-90rpm
- Strong RPE8 5m

Cooldown
- 10m Z1-Z2 HR
"""


def read(text, name="coach.txt", **options):
    (found,) = read_foreign({name: text.encode()}, options=ForeignOptions(**options))
    return found


def only(text, **options):
    (workout,) = read(text, **options).workouts
    return workout


def said(workout):
    return [(one.span and one.span.line, one.message) for one in workout.messages]


def test_a_text_stays_in_the_words_that_it_is_written_in():
    assert only(COACH).text == (
        "workout: coach\nnotes: Keep it relaxed.\nsteps:\n"
        "  - warmup: 10 min @ HR Z2 -- Easy\n"
        "  - 6x(400 m @ 4:10..4:00/km -- Fast, recover 1:30 @ 60..70 % LTHR)\n"
        "  - run: 10 min @ 95..100 % threshold and 170..180 spm\n"
        "  - run: 5 min -- Strong RPE 8\n"
        "  - cooldown: 10 min @ HR Z1..2\n"
    )
    assert said(only(COACH)) == [
        (4, "heart-rate zones are those of your athlete file, which may differ from those set on intervals.icu")
    ]


def test_it_comes_to_a_watch_as_it_is_meant():
    """By Garmin's own decoder; 4:00/km is 4.167 m/s."""
    text = "Warmup\n- 10m 5:00-4:10/km Pace\n\n2x\n- 400mtr 4:10-4:00/km Pace\n- Press lap 1m\n\n- 1mi 250-270w\n"
    fast = {"role": "run", "cm": 40_000, "hold": {"speed": [4000, 4167]}}
    steps = [
        {"role": "warmup", "ms": 600_000, "hold": {"speed": [3333, 4000]}},
        {"repeat": 2, "steps": [fast, {"role": "run", "lap": True}]},
        {"role": "run", "cm": 160_934, "hold": {"power": [250, 270]}},
    ]
    workout = only(text)
    assert_means(workout.compiled.fit(), steps)
    assert said(workout) == [(6, "it also ends by itself there; here the lap button alone ends it")]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("10m Z2 Pace", "10 min @ Z2 pace"),
        ("10m Z2-Z3 Pace", "10 min @ Z2..3 pace"),
        ("10m 60%-70% Pace", "10 min @ 60..70 % threshold"),
        ("10m 94-97.5% pace", "10 min @ 94..97.5 % threshold"),
        ("10m 70% HR", "10 min @ 70 % HRmax"),
        ("10m 75%", "10 min @ 75 % CP"),
        ("10m Z3", "10 min @ power Z3"),
        ("10m 8:00/mi Pace", "10 min @ 8:00/mi"),
        ("10m 1:00-0:55/250m Pace", "10 min @ 4:00..3:40/km"),
        ("10m 4:30-1:23/km Pace", "10 min @ faster than 4:30/km"),
        ("10m 33:20-6:00/km Pace", "10 min @ slower than 6:00/km"),
        ("RPE8. tall 10m", "10 min @ RPE 8 -- tall"),
        ("10m intensity=rest", "10 min"),
    ],
)
def test_shares_and_zones_stay_what_they_are_of(line, text):
    role = "rest" if "rest" in line else "run"
    assert only(f"- {line}").text.endswith(f"  - {role}: {text}\n")


@pytest.mark.parametrize(
    ("line", "words", "severity"),
    [
        ("10m 4:00 Pace", "it is read per kilometre", Severity.NOTE),
        ("10m ramp 70-90% Pace", "a ramp is read as a target from one end to the other", Severity.NOTE),
        ("10m Z6 Pace", "pace 6 pace_zone is left out: here they go from 1 to 5", Severity.NOTE),
        ("10m Z1-Z2", "a watch takes one zone of power", Severity.NOTE),
        ("10m 60% MMP", "is of something that is not known here", Severity.NOTE),
        ("10m 0:20/km Pace", "nobody runs that", Severity.NOTE),
        ("10m 400rpm", "nobody runs at a cadence of 400", Severity.NOTE),
        ("10m Z2 HR 75% HR", "a step holds one heart rate", Severity.NOTE),
        ("10m Z2 HR 95% Pace 90rpm", "the cadence is left out", Severity.NOTE),
        ("10m intensity=other", "`other` is read as run", Severity.NOTE),
        ("10m Z2 HR easy jog", "`easy jog` means nothing to intervals.icu here", Severity.NOTE),
        ("0s", "nothing ends it", Severity.NOTE),
        ("400m 90%", "`400m` is 400 minutes", Severity.NOTE),
        ("1h30 Z2 HR", "`1h30` is 1h and 30 seconds", Severity.NOTE),
        ("2000m Z2 HR", "no step lasts 2000 min", Severity.ERROR),
        ("5mtr", "no step lasts 5 m", Severity.ERROR),
    ],
)
def test_each_difference_is_said_at_its_line(line, words, severity):
    workout = only(f"- 5m\n- {line}")
    (found,) = (one for one in workout.messages if words in one.message)
    assert (found.span.line, found.severity) == (2, severity)
    assert workout.verdict == ("refused" if severity is Severity.ERROR else "degraded")


def test_what_is_not_said_can_be_said_besides():
    assert "4:00/mi" in only("- 10m 4:00 Pace", units="imperial").text
    assert "60 % threshold -> 80 % threshold in 4" in only("- 20m ramp 60-80% Pace", ramps=4).text
    assert "5:00/km -> 4:00/km in 4" in only("- 20m ramp 5:00-4:00/km Pace", ramps=4).text


@pytest.mark.parametrize("text", ["Rest today.", "- stretch", "6x"])
def test_a_text_without_steps_is_refused(text):
    (result,) = read_foreign({"x.txt": text.encode()}, form="intervals")
    (workout,) = result.workouts
    assert workout.verdict == "refused"
    assert "this text has no steps" in [one.message for one in workout.messages]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (COACH, "intervals"),
        ("- 10m", "intervals"),
        ("workout: x\nsteps:\n  - 2km @ easy\n", ""),
        ("interval:\n- run: 2km @ 5:00\n", ""),
        ("- 20 min easy", ""),
        ('[{"type": "Run", "category": "WORKOUT", "description": "- 10m"}]', "intervals"),
        ('{"workoutSegments": [], "sportType": {}, "description": "", "category": ""}', "connect"),
    ],
)
def test_it_is_known_by_what_stands_in_it(text, form):
    assert read(text, "x").form == form


# --- Events ------------------------------------------------------------------------------------

EVENTS = [
    {"category": "WORKOUT", "type": "TrailRun", "name": "Hills", "start_date_local": "2026-12-01T06:30:00"}
    | {"description": "Tall.\n\n- 10m Z2 HR\n- 5m 145bpm\n", "id": 7, "icu_training_load": 12, "gizmo": 3},
    {"category": "WORKOUT", "type": "Ride", "name": "Spin", "start_date_local": "2026-12-02T00:00:00"},
    {"category": "NOTE", "name": "Rest day", "start_date_local": "2026-12-03T00:00:00"},
    {"category": "WORKOUT", "type": "Run", "name": "Long", "moving_time": 5400, "start_date_local": "2026-12-04"},
    {"category": "RACE_A", "type": "Run", "name": "Stadtlauf", "start_date_local": "2026-12-06", "description": "go"},
    {"category": "SET_EFTP", "name": "Test", "start_date_local": "2026-12-06"},
    "a stray text",
]


def test_events_come_with_their_days():
    result = read(json.dumps(EVENTS), "calendar.json")
    assert result.plan == (
        "plan: calendar\nstart: 2026-12-01\nweeks: 1\ndays:\n"
        "  2026-12-01: workouts/hills.workout.yaml\n"
        "  2026-12-02: {cross: Spin}\n"
        "  2026-12-03: rest\n"
        "  2026-12-04: {note: Long (90 min)}\n"
        '  2026-12-06:\n    - race: Stadtlauf\n    - note: "Stadtlauf: go"\n'
    )
    assert [(one.name, one.verdict) for one in result.workouts] == [("Hills", "degraded"), ("Spin", "other sport")]
    assert result.texts["hills.workout.yaml"] == (
        "workout: Hills\nsport: trail_running\nnotes: Tall.\nsteps:\n  - run: 10 min @ HR Z2\n  - run: 5 min\n"
    )


def test_all_of_an_event_that_is_not_used_is_said():
    result = read(json.dumps(EVENTS), "calendar.json")
    assert {one.message for one in result.diagnostics} == {
        "this is no event: it is left out",
        "calendar.json: `gizmo` is left out, of 1 event",
        "calendar.json: the time of day is left out, of 1 event",
        "`Long` has no steps: it is a note in the plan",
        "`Test` is left out: it is a SET_EFTP, which no plan has",
    }


def test_a_run_on_a_day_that_no_month_has_is_told():
    result = read(json.dumps([{**EVENTS[0], "name": "Lost", "start_date_local": "2027-02-30T00:00:00"}]), "x.json")
    assert "x.json: `2027-02-30` is no date: `Lost` is on no day" in [one.message for one in result.diagnostics]


@pytest.mark.parametrize("is_ascii", [True, False])
def test_a_message_stands_where_its_words_stand(is_ascii):
    """Behind escapes: a line feed, a quote, and a character that two escapes stand for."""
    text = 'So "fast" \U0001f3c3 \u00fcber\n\n- 10m\n- 5m 145bpm\n'
    data = json.dumps([{"type": "Run", "name": "T", "description": text}], indent=1, ensure_ascii=is_ascii)
    (workout,) = read(data, "x.json").workouts
    (found,) = workout.messages
    assert (found.span.text, found.span.line) == ("145bpm", 5)
    assert data.split("\n")[4][found.span.column - 1 :].startswith("145bpm")


def test_what_the_service_reads_counts_and_a_text_that_says_otherwise_is_told():
    doc = {"steps": [{"duration": 600, "hr": {"units": "bpm", "start": 140, "end": 150}}]}
    event = {"type": "Run", "name": "T", "description": "- 12m", "workout_doc": doc}
    (workout,) = read(json.dumps(event), "x.json").workouts
    assert workout.text.endswith("  - run: 10 min @ HR 140..150\n")
    assert "step 1: 12 min was meant, 10 min came back" in " ".join(one.message for one in workout.messages)


@pytest.mark.parametrize(
    "data", ['[{"description": "- 10m", "type": "Run"}', "[" * 50_000, '{"type":1,"description":NaN}']
)
def test_json_that_is_none_is_an_error_at_its_place(data):
    (result,) = read_foreign({"x.json": data.encode()}, form="intervals")
    assert [one.severity for one in result.diagnostics] == [Severity.ERROR]
    assert result.diagnostics[0].span is not None


def test_more_steps_than_any_workout_has_are_not_read():
    (workout,) = read("- 10m\n" * 10_001, "long.txt").workouts
    assert (workout.verdict, workout.messages[0].span.line) == ("refused", 10_001)


@pytest.mark.parametrize(
    ("text", "line"), [("3x\n\n" * 20_000, 30_001), ("3x\n\n" * 600 + "- 10m\n", 1001), ("Rest\n", 1)]
)
def test_a_text_that_is_no_workout_is_one_error_at_its_line(text, line):
    (result,) = read_foreign({"long.txt": text.encode()}, form="intervals")
    (workout,) = result.workouts
    assert [(one.code, one.span.line) for one in workout.messages if one.severity is Severity.ERROR] == [
        ("refused", line)
    ]
    assert len(workout.messages) == 1


with open(PARSES, encoding="utf-8", newline="") as file:
    LINES = [row["line"] for row in csv.DictReader(file)]


@pytest.mark.parametrize("line", LINES)
def test_no_measured_line_is_lost(line):
    workout = only(f"- 5m\n{line}")
    assert workout.verdict != "exact" or workout.text.count("  - ") == 2
    assert workout.verdict != "refused" or workout.messages[-1].span.line == 2


SEEDS = (COACH.encode(), json.dumps(EVENTS).encode(), b"6x\n- 1h2m30s ramp Z1-Z7 HR 1rpm\n\n- 9mi 0:00-99:59/100y Pace")


@st.composite
def mutated(draw):
    """Bytes of a file that were cut, doubled, swapped or replaced."""
    data = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 6))):
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(data))] * 2)))
        match draw(st.sampled_from(("cut", "double", "swap", "replace"))):
            case "cut":
                del data[start:end]
            case "double":
                data[end:end] = data[start:end]
            case "swap":
                data[start:end] = data[start:end][::-1]
            case "replace":
                data[start : start + 1] = draw(st.binary(max_size=3))
    return bytes(data[:20_000])


@settings(max_examples=examples(40))
@given(mutated())
def test_any_bytes_give_messages_and_soon(data):
    with at_most_turns(50_000_000):
        results = read_foreign({"x": data}, form="intervals")
    for result in results:
        for one in result.workouts:
            assert one.text or one.verdict in ("refused", "other sport")


# --- Every message, word for word --------------------------------------------------------------

EXPECTED = Path(__file__).with_name("intervals_notes.txt")
DOC = {"steps": [{"duration": 600}, {"reps": 0, "steps": [{"duration": 60}]}]}
NOTED = {
    "no-events.json": '{"type": "Run", "workout_doc": {}}',
    "reads-otherwise.json": json.dumps({"type": "Run", "name": "T", "description": "- 12m", "workout_doc": DOC}),
    "long.txt": "- 10m\n" * 10_001,
    "hours.txt": "- 1h30 Z2 HR\n",
    "headings.txt": "3x\n\n" * 501,
    "targets.txt": "- 10m Z2 HR 95% Pace 90rpm\n- 2000m Z2 HR\n- 10m 400rpm\n",
    "wordy.txt": f"{'word ' * 500}\n\n- 10m\n",
    "wordy.json": json.dumps(
        [{"category": "NOTE", "name": "N", "start_date_local": "2026-12-01", "description": "word " * 500}]
    ),
}


def test_messages_are_as_people_read_them(request):
    results = [read_foreign({name: text.encode()}, form="intervals")[0] for name, text in NOTED.items()]
    found = [one for result in results for one in result.diagnostics]
    found += [one for result in results for workout in result.workouts for one in workout.messages]
    said = "\n".join(map(render, found)) + "\n"
    if request.config.getoption("--update"):
        EXPECTED.write_text(said, encoding="utf-8")
    assert said == EXPECTED.read_text(encoding="utf-8")
