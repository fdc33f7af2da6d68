"""Blocks, headers and prose. What the service makes of each is measured as the comment at the test says."""

import pytest

from negsplit.diagnostics import Report, Source
from negsplit.formats.intervals.doc import DocRepeat, DocStep
from negsplit.formats.intervals.parse import Parsed, is_workout, parse

TEN, TWO = DocStep(600), DocStep(120)


def read(text: str) -> tuple[Parsed, list[tuple[int, str]]]:
    report = Report()
    found = parse(Source("x.txt", text), report)
    return found, [(one.span.line if one.span else 0, one.message) for one in report.diagnostics]


def test_repeats_stand_between_blank_lines():
    found, notes = read("- 10m\n\n6x\n- 10m\n- 2m\n\n- 2m\n")
    assert found.parts == (TEN, DocRepeat(6, (TEN, TWO)), TWO)
    assert (found.notes, notes) == ("", [])


def test_prose_stands_before_between_and_after():
    found, notes = read("Run tall.\nNo watch needed.\n\n- 10m\n\nbreathe\n\n- 2m\n\n[negsplit:half/w01-tue#1a2b3c4d]")
    assert found.parts == (TEN, TWO)
    assert found.notes == "Run tall.\nNo watch needed.\nbreathe\n[negsplit:half/w01-tue#1a2b3c4d]"
    assert notes == []


def test_headers_say_what_steps_are_for():
    """Only the English words do; ``create_2026`` of the captured bodies has ``warmup: true`` for the first."""
    text = "Warmup\n- Press lap 2km\n\nMain set 6x\n- 800mtr\n- 90s\n\nCooldown\n- Press lap 2km"
    found, notes = read(text)
    assert found.parts == (
        DocStep(metres=2000, intensity="warmup", until_lap=True),
        DocRepeat(6, (DocStep(metres=800), DocStep(90))),
        DocStep(metres=2000, intensity="cooldown", until_lap=True),
    )
    assert notes == []
    assert read("Échauffement\n- 10m")[0].parts == (TEN,)


def test_what_a_heading_says_besides_is_kept():
    found, notes = read("Strides, tall 4x\n- 20s\n- 40s")
    assert (found.notes, notes) == ("Strides, tall", [(1, "the heading `Strides, tall` goes into the notes")])


def test_a_step_says_more_than_its_header():
    found, _ = read("Warmup\n- 10m intensity=recovery\n- 2m")
    assert [step.intensity for step in found.parts] == ["recovery", "warmup"]


def test_minutes_for_metres():
    """The captured body ``minutes_for_metres``: its answer lasts 96240 s."""
    found, notes = read("4x\n- 400m\n- 1m")
    assert found.parts == (DocRepeat(4, (DocStep(24_000), DocStep(60))),)
    assert notes == [(2, "`400m` is 400 minutes")]


@pytest.mark.parametrize(
    ("text", "parts", "at", "words"),
    [
        ("6x\n\n- 10m", (TEN,), 1, "repeats nothing here"),  # runs once: measured
        ("- 2m\n6x\n- 10m", (TWO, DocRepeat(6, (TEN,))), 2, "without a blank line above"),  # not formed: measured
        ("- 4x\n- 10m", (TEN,), 1, "repeats nothing"),  # flat, once: measured
        ("6x\n  - 10m", (DocRepeat(6, (TEN,)),), 2, "as any other"),  # flat, once: measured
        ("-10m\n- 2m", (TWO,), 1, "a dash and a space"),
        ("0x\n- 2m", (TWO,), 1, "run once"),
        ("Main set 12345x\n- 2m", (TWO,), 1, "run once"),
        ("6 x\n- 2m", (TWO,), 1, "run once"),
    ],
)
def test_traps_of_repeats_are_said(text, parts, at, words):
    found, notes = read(text)
    assert found.parts == parts
    assert any(line == at and words in message for line, message in notes)


def test_lines_may_end_as_windows_ends_them():
    assert read("3x\r\n- 10m\r\n- 2m\r\n\r\n- 2m\r\n") == read("3x\n- 10m\n- 2m\n\n- 2m\n")


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Easy.\n\n- 10m 5:30-5:10/km Pace\n", True),
        ("- milk\n- 10m of rope\n", False),
        ("- 10m of rope\n", False),
        ("Bring the rope", False),
        ("", False),
    ],
)
def test_a_file_is_a_workout_only_to_its_last_word(text, is_one):
    assert is_workout(text) is is_one
