"""What is exact, degraded or refused: by comparing what was written with what was read, whatever the reader says."""

import pytest

from negsplit.diagnostics import Diagnostic, Severity, Source, Span
from negsplit.foreign import verdict
from negsplit.foreign.verdict import imported
from negsplit.formats.foreign import Draft, ForeignWorkout
from negsplit.model import Role, Sport, Step, Workout
from negsplit.program.model import Band, Intensity, Jump, Program, ProgramStep, Quantity
from negsplit.targets import HeartRateZones, Named, PaceTarget
from negsplit.units import Duration

SOURCE = Source("x.txt", "first line\nsecond line\n")
FIRST, SECOND = Span(SOURCE, 0, 10), Span(SOURCE, 11, 22)
RUN = ProgramStep(Intensity.ACTIVE, Duration(60_000), Band(Quantity.SPEED, 3267, 3400))
REST = ProgramStep(Intensity.REST, Duration(30_000))
NOTE = Diagnostic("left-out", "the moon is left out", severity=Severity.NOTE)


def program(*steps, **more):
    return Program("Easy", Sport.RUNNING, steps, **more)


def found(meaning, *messages, **more):
    return ForeignWorkout("Easy", meaning, messages, **more)


def test_repeats_as_deep_as_anybody_writes_them_and_whole_texts_are_exact():
    """On a watch the inner repeat would be written out, the texts cut and put into ASCII: that is said by `compile`."""
    steps = (
        RUN,
        REST,
        Jump(0, 4),
        REST,
        Jump(0, 150),
        ProgramStep(Intensity.COOLDOWN, Duration(60_000), cue="ü" * 300),
    )
    one = imported(found(program(*steps, notes="Füße\nhoch " * 30)))
    assert (one.verdict, one.messages) == ("exact", ())
    assert one.compiled.program.steps == steps


def test_what_the_reader_says_makes_it_degraded_and_has_a_place():
    one = imported(found(program(RUN), NOTE), at="x.bin")
    assert one.verdict == "degraded"
    assert [message.message for message in one.messages] == ["x.bin: the moon is left out"]
    placed = Diagnostic("left-out", "the moon is left out", FIRST, severity=Severity.NOTE)
    assert imported(found(program(RUN), placed), at="x.bin").messages == (placed,)


@pytest.mark.parametrize(
    ("more", "words", "span"),
    [
        ({}, "step 2: compiled, its length is 40 s instead of 30 s", None),
        ({"span": FIRST}, "step 2: compiled, its length is 40 s instead of 30 s", FIRST),
        ({"place": lambda index: (f"line {index + 1}", SECOND)}, "line 2: compiled, its length is 40 s", SECOND),
    ],
)
def test_a_difference_that_nobody_said_is_found_and_said(monkeypatch, more, words, span):
    monkeypatch.setattr(verdict, "write", lambda _: "workout: Easy\nsteps: [1 min @ 5:00/km, 40 s rest]\n")
    one = imported(found(program(RUN, REST), **more))
    assert one.verdict == "degraded"
    (message,) = one.messages
    assert message.message.startswith(words)
    assert (message.severity, message.span) == (Severity.NOTE, span)


def test_a_step_of_a_model_is_found_by_its_own_span(monkeypatch):
    monkeypatch.setattr(verdict, "write", lambda _: "workout: Easy\nsteps: [2 min, 40 s]\n")
    steps = tuple(Step(Role.RUN, Duration(60_000), span=span) for span in (FIRST, SECOND))
    one = imported(found(Workout("Easy", steps)))
    assert [message.span for message in one.messages] == [FIRST, SECOND]


def test_what_names_a_pace_is_compared_for_somebody_who_has_it():
    pace = PaceTarget(Named("5k"))
    one = imported(found(Workout("Easy", (Step(Role.RUN, Duration(60_000), (pace,)),))))
    assert (one.verdict, one.text) == ("exact", "workout: Easy\nsteps:\n  - run: 1 min @ 5k\n")
    zones = HeartRateZones(2, 3)
    assert imported(found(Workout("Easy", (Step(Role.RUN, Duration(60_000), (zones,)),)))).verdict == "exact"
    other = imported(found(Workout("Easy", (Step(Role.RUN, Duration(60_000), (PaceTarget(Named("moon")),)),))))
    assert other.verdict == "refused"
    assert other.messages[0].severity is Severity.ERROR


def test_a_name_and_notes_that_are_too_long_are_cut_with_a_word():
    step = Step(Role.RUN, Duration(60_000))
    one = imported(found(Workout("Easy " * 30, (step,), notes="word " * 500), span=FIRST))
    assert one.verdict == "degraded"
    assert [message.message for message in one.messages] == [
        f"name: 150 characters are cut to {len(one.compiled.program.name)}",
        f"notes: 2500 characters are cut to {len(one.compiled.program.notes)}",
    ]
    assert imported(found(Workout(" Easy\n run", (step,), notes=" a\nb "))).verdict == "exact"


def test_a_name_that_nobody_can_see_is_none():
    one = imported(found(Workout("\u200b", (Step(Role.RUN, Duration(60_000)),), span=FIRST)))
    assert one.text == "workout: Workout\nsteps:\n  - run: 1 min\n"
    assert [message.message for message in one.messages] == ["name: the file has none; this is `Workout`"]


def test_a_draft_is_what_it_says_and_refused_where_it_does_not_compile():
    text = "workout: Easy\nsteps:\n  # ? how long\n  - run: 10 min\n"
    assert imported(found(Draft(text, 1))).text == text
    assert [imported(found(Draft(text, asked))).verdict for asked in (0, 1)] == ["exact", "degraded"]
    one = imported(found(Draft("workout: Easy\nsteps: ten minutes\n"), span=FIRST))
    assert (one.verdict, one.text) == ("refused", "")
    assert {message.span for message in one.messages} == {FIRST}


def test_another_sport_is_no_mistake_unless_something_is():
    error = Diagnostic("refused", "no", FIRST)
    assert imported(found(None, NOTE, sport="cycling")).verdict == "other sport"
    assert imported(found(None, error, sport="cycling")).verdict == "refused"
    assert imported(found(None, error)).verdict == "refused"


def test_more_steps_than_the_language_runs_are_refused_at_the_workout():
    one = imported(found(program(RUN, Jump(0, 9_000), REST, Jump(2, 9_000)), span=SECOND))
    assert one.verdict == "refused"
    assert one.messages[-1].code == "too-many-steps"
    assert one.messages[-1].span == SECOND
