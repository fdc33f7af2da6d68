"""The days of a foreign file as a plan, judged by YAML alone and by the days that the plan compiles to."""

import datetime as dt
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit.diagnostics import Diagnostic, Report, Severity, Source, Span, render
from negsplit.foreign.plan_text import NO_SCHEDULE, Schedule, plan_text
from negsplit.formats.foreign import ForeignDay, ForeignPlan, ForeignSession
from negsplit.plan.compile import compile_plan_text
from strategies.examples import examples

PATHS = ("workouts/easy.workout.yaml", "workouts/long.workout.yaml", None)
TEXTS = {
    "workouts/easy.workout.yaml": "workout: Easy\nsteps: 5 km\n",
    "workouts/long.workout.yaml": "workout: Long\nsteps: 20 km\n",
}
EASY, LONG, REFUSED = range(3)
SHEET = Source("sheet.csv", "one two three four five six")
MONDAY = dt.date(2027, 1, 4)
SATURDAY, SUNDAY = 5, 6


def at(number: int) -> Span:
    """Where a session stands: a word of the sheet."""
    return Span(SHEET, 4 * number, 4 * number + 3)


def run(workout: int, place: int = 0) -> ForeignSession:
    return ForeignSession("workout", ("Easy", "Long", "Refused")[workout], workout, at(place))


def note(text: str, place: int = 0) -> ForeignSession:
    return ForeignSession("note", text, span=at(place))


def written(plan: ForeignPlan, schedule: Schedule = NO_SCHEDULE) -> tuple[str, list[Diagnostic]]:
    report = Report()
    text = plan_text(plan, PATHS, TEXTS, schedule, report)
    assert not (text and report.failed)
    return text, report.diagnostics


def plan(*days: tuple[dt.date | tuple[int, int], tuple[ForeignSession, ...]], **more) -> ForeignPlan:
    return ForeignPlan("Mine", tuple(ForeignDay(on, sessions) for on, sessions in days), **more)


def sessions(text: str) -> list[tuple[str, str]]:
    """The days of the compiled plan with what is called there."""
    result = compile_plan_text(text, files=TEXTS)
    assert result.plan is not None
    return [(str(one.planned.date), one.name) for one in result.plan.sessions]


def test_weeks_from_a_day_on():
    one = plan(((1, 0), (run(EASY),)), ((2, 6), (run(LONG), note("$5 for the bus: #1"))), ((3, 1), ()))
    text, said = written(one, Schedule(start=MONDAY))
    assert said == []
    assert yaml.safe_load(text) == {
        "plan": "Mine",
        "start": MONDAY,
        "weeks": 3,
        "days": {
            "week 1": {"mon": "workouts/easy.workout.yaml"},
            "week 2": {"sun": ["workouts/long.workout.yaml", {"note": "$5 for the bus: #1"}]},
        },
    }
    assert sessions(text) == [
        ("2027-01-04", "Easy"),
        ("2027-01-17", "Long"),
        ("2027-01-17", "$5 for the bus: #1"),
    ]


def test_weeks_that_begin_on_sunday_end_with_the_race():
    days = plan(((1, 6), (run(EASY),)), ((1, 5), (run(LONG),)), ((2, 6), (run(EASY),)), week_starts=6)
    text, said = written(days, Schedule(race=dt.date(2027, 1, 16)))
    assert said == []
    assert list(yaml.safe_load(text)["days"]["week 1"]) == ["sun", "sat"]
    assert sessions(text)[:3] == [("2027-01-03", "Easy"), ("2027-01-09", "Long"), ("2027-01-10", "Easy")]


def test_the_last_session_is_the_race_on_its_day():
    days = plan(((1, 1), (run(EASY),)), ((2, SUNDAY), (run(LONG),)), ends_in_race=True)
    text, _ = written(days, Schedule(race=dt.date(2027, 1, 16)))
    assert sessions(text) == [("2027-01-05", "Easy"), ("2027-01-16", "Long")]
    compiled = compile_plan_text(text, files=TEXTS).plan
    assert compiled is not None
    assert [one.planned.session.kind for one in compiled.sessions] == ["workout", "race"]
    text, _ = written(days, Schedule(start=MONDAY))
    assert sessions(text)[-1] == ("2027-01-17", "Long")
    assert "race" not in text, "nobody has said which day it is"


def test_words_of_all_kinds():
    words = [ForeignSession("rest"), ForeignSession("rest", "tired"), ForeignSession("cross", "Bike: 1 h")]
    words += [ForeignSession("race", "City run"), ForeignSession("note", "a\nb"), ForeignSession("cross", " ")]
    text, _ = written(plan(*(((1, day), (one,)) for day, one in enumerate(words))), Schedule(start=MONDAY))
    assert list(yaml.safe_load(text)["days"]["week 1"].values()) == [
        "rest",
        {"rest": "tired"},
        {"cross": "Bike: 1 h"},
        {"race": "City run"},
        {"note": "a\nb"},
        {"cross": "Cross"},
    ]


def test_dates_are_their_own():
    """Two entries of one day are two sessions of it, in whatever order the days come."""
    first, second = dt.date(2027, 3, 3), dt.date(2027, 3, 20)
    days = plan((second, (run(LONG),)), (first, (run(EASY),)), (first, (run(LONG),)))
    text, said = written(days)
    assert said == []
    assert yaml.safe_load(text)["weeks"] == 3
    assert sessions(text) == [("2027-03-03", "Easy"), ("2027-03-03", "Long"), ("2027-03-20", "Long")]
    text, said = written(days, Schedule(start=MONDAY))
    assert [(one.code, one.severity) for one in said] == [("no-effect", Severity.NOTE)]
    assert sessions(text)[0][0] == "2027-03-03"


def test_two_years_are_a_plan():
    text, said = written(plan(*(((week, 0), (run(EASY),)) for week in (1, 50, 104))), Schedule(start=MONDAY))
    assert said == []
    assert [on for on, _ in sessions(text)] == [str(MONDAY + dt.timedelta(weeks=week)) for week in (0, 49, 103)]


WRONG = {
    "no dates": (plan(((1, 0), (run(EASY, 1),))), NO_SCHEDULE, "no-dates", 1),
    "a week 3000": (plan(((1, 0), (run(EASY),)), ((3000, 0), (run(EASY, 2),))), Schedule(MONDAY), "weeks", 2),
    "a week 0": (plan(((0, 0), (run(EASY, 1),))), Schedule(MONDAY), "weeks", 1),
    "the year 1": (plan((dt.date(1, 1, 1), (run(EASY, 1),)), week_starts=3), NO_SCHEDULE, "date", 1),
    "the last year": (plan((dt.date(9999, 12, 31), (run(EASY, 1),))), NO_SCHEDULE, "date", 1),
    "apart": (plan((MONDAY, (run(EASY),)), (dt.date(2037, 1, 1), (run(EASY, 2),))), NO_SCHEDULE, "weeks", 2),
    "too many": (plan(((1, 0), (run(EASY, 1),) * 2001)), Schedule(MONDAY), "too-many-sessions", 1),
    "before": (plan((MONDAY, (run(EASY, 1),))), Schedule(race=dt.date(2026, 1, 1)), "date", 1),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_plan_is_told_at_its_place(name):
    days, schedule, code, place = WRONG[name]
    text, said = written(days, schedule)
    assert text == ""
    assert (code, at(place)) in [(one.code, one.span) for one in said if one.severity is Severity.ERROR]


def test_the_words_of_what_is_no_plan(golden):
    """Names and notes of thousands of characters are cut here."""
    told = [
        *(WRONG[name][:2] for name in WRONG),
        (plan(), Schedule(MONDAY)),
        (plan((MONDAY, (run(EASY),))), Schedule(MONDAY)),
    ]
    found = [render(one) for days, schedule in told for one in written(days, schedule)[1]]
    golden(Path(__file__).with_name("plan_faults.txt"), re.sub("x{9,}", "xxx", "".join(f"{one}\n" for one in found)))


def test_a_long_note_is_cut_and_that_is_told():
    text, said = written(plan(((1, 0), (run(EASY), note("x" * 3000, 1)))), Schedule(MONDAY))
    assert sessions(text) == [("2027-01-04", "Easy"), ("2027-01-04", "x" * 1997 + "...")]
    assert [(one.code, one.span) for one in said] == [("left-out", at(1))]


def test_nothing_on_any_day_is_told():
    for days in (plan(), plan(((1, 0), ()))):
        text, said = written(days, Schedule(MONDAY))
        assert text == ""
        assert [(one.code, one.severity) for one in said] == [("left-out", Severity.NOTE)]


def test_a_workout_that_is_refused_leaves_its_days_and_that_is_told():
    text, said = written(plan(((1, 0), (run(REFUSED, 2),)), ((1, 2), (run(EASY),))), Schedule(MONDAY))
    assert sessions(text) == [("2027-01-06", "Easy")]
    assert [(one.code, one.span) for one in said] == [("left-out", at(2))]


def test_a_long_name_is_cut_and_told_and_none_is_plan():
    day = ForeignDay((1, 0), (run(EASY, 1),))
    text, said = written(ForeignPlan("x" * 300, (day,)), Schedule(MONDAY))
    assert yaml.safe_load(text)["plan"] == "x" * 100
    assert [one.message for one in said] == ["the name of this plan has 300 characters: 100 are left"]
    text, said = written(ForeignPlan(" ", (day,)), Schedule(MONDAY))
    assert (yaml.safe_load(text)["plan"], said) == ("Plan", [])


def test_a_session_before_the_start_is_left_out_and_told():
    days = plan(((1, 0), (run(EASY, 2),)), ((1, 2), (run(EASY),)))
    text, said = written(days, Schedule(start=dt.date(2027, 1, 5)))
    assert sessions(text) == [("2027-01-06", "Easy")]
    assert [(one.code, one.span) for one in said] == [("left-out", at(2))]


TEXT = st.text(st.sampled_from("ab 1:#$-\"'{}[],&*!|>%@`\\\n\té\x00\x1b\u200b\ufffd"), max_size=12)
DAYS = st.tuples(st.integers(1, 3), st.integers(0, 6)) | st.tuples(st.integers(-1, 3000), st.integers(0, 6))
DATES = st.dates(dt.date(2026, 12, 1), dt.date(2027, 1, 31)) | st.dates()
HELD = st.builds(ForeignSession, st.sampled_from(["rest", "cross", "note", "race"]), TEXT) | st.builds(
    run, st.sampled_from([EASY, LONG, REFUSED])
)


@settings(max_examples=examples(60))
@given(
    st.sampled_from([DAYS, DATES]).flatmap(lambda on: st.lists(st.tuples(on, st.lists(HELD, max_size=3)), max_size=4)),
    TEXT,
    st.builds(Schedule, st.none() | DATES, st.none() | DATES),
    st.booleans(),
    st.integers(0, 6),
)
def test_whatever_stands_on_a_day_is_there_or_told(found, name, schedule, ends_in_race, week_starts):
    days = tuple(ForeignDay(on, tuple(held)) for on, held in found)
    text, said = written(ForeignPlan(name, days, week_starts, ends_in_race), schedule)
    if not text:
        assert said
        return
    result = compile_plan_text(text, files=TEXTS)
    assert result.plan is not None
    held = [one for day in days for one in day.sessions if one.workout != REFUSED]
    told = [one for one in said if one.code == "left-out"]
    assert len(result.plan.sessions) >= len(held) - len(told)
    words = {" ".join(one.text.split()) for one in held if one.kind == "note" and one.text.strip()}
    assert told or words <= {one.planned.session.text for one in result.plan.sessions}
