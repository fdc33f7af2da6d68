"""Single sessions on other days, by their keys: each is there once, and stays the workout it is."""

import datetime as dt
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit import CompiledPlan, compile_plan_text
from negsplit.words import DAYS
from strategies.examples import examples

PLAN = """\
plan: P
start: 2027-02-01
weeks: 3
down_weeks: {at: 2, drop_sessions: 1}
sessions:
  - {on: [tue, thu], steps: run $t @ RPE 3, with: {t: 5 km -> 8 km}, name: Easy}
  - {on: sun, steps: 10 km @ RPE 3, name: Long}
  - {on: fri, rest: feet up}
days:
  week 2: {sat: 3 km @ RPE 3, sun: [{steps: 9 km @ RPE 3, name: Hilly}, {note: shoes}]}
"""
RACE = PLAN.replace("start: 2027-02-01", "race: {on: 2027-02-20, distance: half}")


def plan(text: str) -> CompiledPlan:
    result = compile_plan_text(text)
    assert result.plan, result.diagnostics
    return result.plan


def codes(text: str) -> list[tuple[str, str]]:
    return [(one.code, one.message) for one in compile_plan_text(text).diagnostics]


def told(text: str, *keys: str) -> list[str]:
    """Key, day and name on the watch of some sessions."""
    some = [one.planned for one in plan(text).sessions if one.planned.key in keys]
    return [f"{one.key} {one.date} {one.label}" for one in some]


def programs(of: CompiledPlan) -> dict[str, object]:
    """What the watch runs, by the keys."""
    return {one.planned.key: one.workout and one.workout.program.steps for one in (*of.sessions, *of.dropped)}


_HOME = {text: plan(text) for text in (PLAN, RACE)}
KEYS = sorted(programs(_HOME[PLAN]))
RACE_DAY = dt.date(2027, 2, 20)


@st.composite
def moves(draw: st.DrawFn) -> dict[str, dt.date]:
    """Any sessions on any days of three weeks, none of them that of the race."""
    days = [dt.date(2027, 2, 1) + dt.timedelta(days=offset) for offset in range(19)]
    return draw(st.dictionaries(st.sampled_from(KEYS), st.sampled_from(days), max_size=5))


def written(some: dict[str, dt.date]) -> str:
    return f"moves: {{{', '.join(f'{key}: {day}' for key, day in some.items())}}}\n" if some else ""


@settings(max_examples=examples(40), deadline=None)
@given(some=moves(), text=st.sampled_from([PLAN, RACE]))
def test_every_session_is_there_once_and_stays_what_it_is(some: dict[str, dt.date], text: str) -> None:
    home = _HOME[text]
    some = {key: day for key, day in some.items() if key in programs(home)}
    found = plan(text + written(some))
    assert programs(found) == programs(home)
    assert dropped(found) == dropped(home)
    all_of = [*found.sessions, *found.dropped]
    assert len({one.planned.label for one in all_of}) == len(all_of) == len(programs(home))
    was = {one.planned.key: one.planned for one in (*home.sessions, *home.dropped)}
    for one in (each.planned for each in all_of):
        assert one.date == some.get(one.key, was[one.key].date)
        assert one.week.first <= one.date < one.week.first + dt.timedelta(weeks=1)
        assert one.label[:7] == f"W{one.week.number:02} {DAYS[one.date.weekday()].title()}"
        assert one.key in some or one.label == was[one.key].label
    assert [one.planned.date for one in found.sessions] == sorted(one.planned.date for one in found.sessions)


def dropped(of: CompiledPlan) -> set[str]:
    return {one.planned.key for one in of.dropped}


def test_a_weekday_is_one_of_the_week_of_the_key_and_a_date_is_itself() -> None:
    assert told(PLAN + "moves: {w01-tue: thu}\n", "w01-tue", "w01-thu") == [
        "w01-tue 2027-02-04 W01 Thu2",
        "w01-thu 2027-02-04 W01 Thu",
    ]
    assert told(PLAN + "moves: {W01-SUN: 2027-02-10}\n", "w01-sun") == ["w01-sun 2027-02-10 W02 Wed"]
    swapped = "moves: {w01-tue: thu, w01-thu: tue}\n"
    assert told(PLAN + swapped, "w01-tue", "w01-thu") == ["w01-thu 2027-02-02 W01 Tue", "w01-tue 2027-02-04 W01 Thu"]


def test_weekdays_are_moved_in_every_plan_and_a_key_is_more_particular() -> None:
    text = PLAN.replace("weeks: 3", "weeks: 4") + "moves: {tue: wed, w03-tue: mon, w04-tue: tue}\n"
    assert told(text, "w01-tue", "w03-tue", "w04-tue") == [
        "w01-tue 2027-02-03 W01 Wed",
        "w03-tue 2027-02-15 W03 Mon",
        "w04-tue 2027-02-23 W04 Tue",
    ]


def test_a_session_of_a_week_that_is_done_again_has_a_key_of_its_own() -> None:
    text = PLAN + "repeat_weeks: [1]\nmoves: {w01r-tue: wed}\n"
    assert told(text, "w01-tue", "w01r-tue") == ["w01-tue 2027-02-02 W01 Tue", "w01r-tue 2027-02-10 W01R Wed"]


def test_single_days_can_be_moved_too_and_weeks_behind_a_race_are_days_of_the_plan() -> None:
    assert told(PLAN + "moves: {w02-sun-2: mon}\n", "w02-sun", "w02-sun-2") == [
        "w02-sun-2 2027-02-08 W02 Mon",
        "w02-sun 2027-02-14 W02 Sun",
    ]
    after = RACE.replace("weeks: 3", "weeks: 3\nweeks_after: 1") + "moves: {w03-thu: 2027-02-23, w03-tue: 2027-02-22}\n"
    assert told(after, "w03-tue", "w03-thu") == ["w03-tue 2027-02-22 W04 Mon", "w03-thu 2027-02-23 W04 Tue"]


def test_what_is_moved_into_the_plan_is_run() -> None:
    late = PLAN.replace("start: 2027-02-01", "start: 2027-02-04")
    assert told(late + "moves: {w01-tue: sat}\n", "w01-tue") == ["w01-tue 2027-02-06 W01 Sat"]


@pytest.mark.parametrize(
    ("moves", "code", "message"),
    [
        ("w01-teu: wed", "unknown-name", "the plan has no session `w01-teu`"),
        ("w01-tue-2: wed", "unknown-name", "the plan has no session `w01-tue-2`"),
        ("w01-tue: 2027-01-31", "out-of-bounds", "`w01-tue` would be on 2027-01-31, and that is not in the plan"),
        ("w03-thu: sun", "out-of-bounds", "`w03-thu` would be on 2027-02-21, and that is not in the plan"),
        ("w03-thu: sat", "date", "`w03-thu` would be on 2027-02-20, the day of the race"),
        ("w03-sat: fri", "date", "`w03-sat` is the race that the plan leads up to"),
        ("w01-tue: wed, W01-tue: thu", "duplicate-key", "`W01-tue` is moved twice"),
        ("w01-tue: tue", "no-effect", "`w01-tue` stays where it is"),
        ("tue: 2027-02-03", "weekday", "`2027-02-03` is not a day of the week"),
    ],
)
def test_what_cannot_be_moved_stays_and_it_is_said(moves: str, code: str, message: str) -> None:
    text = RACE.replace("weeks: 3", "weeks: 3\nmoves: {" + moves + "}")
    assert [one for one in codes(text) if one not in codes(RACE)] == [(code, message)]


# --- Missed days ---------------------------------------------------------------------------------


def missed(of: Iterable[str]) -> str:
    return "missed: [" + ", ".join(f"{{from: {one}, to: {two}, why: ill}}" for one, two in map(str.split, of)) + "]\n"


def kinds(text: str) -> dict[str, str]:
    return {one.planned.key: one.planned.session.kind for one in plan(text).sessions}


def test_missed_days_are_rest_and_nothing_else_changes() -> None:
    home, found = (
        {one.planned.key: one for one in plan(text).sessions}
        for text in (PLAN, PLAN + missed(["2027-02-04 2027-02-16"]))
    )
    rest = ["w01-thu", "w01-sun", "w02-thu", "w03-tue"]
    assert [one for one in found if found[one].planned.session.kind == "rest"] == [
        *("w01-thu", "w01-fri", "w01-sun", "w02-thu", "w02-fri", "w03-tue", "w03-fri")
    ]
    assert [found[one].planned.session.text for one in rest] == ["ill"] * 4
    assert {key: one.workout for key, one in home.items() if key not in rest} == {
        key: one.workout for key, one in found.items() if key not in rest
    }
    assert {key: (one.planned.date, one.planned.label) for key, one in home.items()} == {
        key: (one.planned.date, one.planned.label) for key, one in found.items()
    }


def test_what_days_say_of_a_missed_day_stays_and_so_do_notes() -> None:
    found = kinds(PLAN + missed(["2027-02-13 2027-02-14"]))
    assert (found["w02-sun"], found["w02-sun-2"]) == ("workout", "note")
    many = PLAN.replace("days:", "  - {on: tue, note: shoes}\n  - {on: tue, steps: 1 km @ RPE 2}\ndays:")
    assert [key for key in kinds(many + missed(["2027-02-02 2027-02-02"])) if "w01-tue" in key] == [
        "w01-tue",
        "w01-tue-2",
    ]


def test_a_down_week_brings_nothing_back_for_what_is_missed() -> None:
    text = PLAN.replace("days:\n  week 2: {sat: 3 km @ RPE 3, ", "days:\n  week 2: {")
    assert dropped(plan(text)) == {"w02-tue"}
    assert dropped(plan(text + missed(["2027-02-11 2027-02-11"]))) == {"w02-tue"}
    assert dropped(plan(text + missed(["2027-02-09 2027-02-09"]))) == set()


def test_a_session_moved_out_of_a_break_is_run_and_one_moved_into_it_is_not() -> None:
    found = kinds(PLAN + missed(["2027-02-02 2027-02-02"]) + "moves: {w01-tue: wed, w01-thu: tue}\n")
    assert (found["w01-tue"], found["w01-thu"]) == ("workout", "rest")


def test_races_in_a_break_are_spoken_of() -> None:
    text = RACE.replace("days:", "  - {weeks: 2, on: mon, race: 10 km}\ndays:") + missed(["2027-02-08 2027-02-20"])
    said = [message for code, message in codes(text) if code == "date"]
    assert said == [
        "the race on 2027-02-08 is in the break from 2027-02-08 to 2027-02-20",
        "the race on 2027-02-20 is in the break from 2027-02-08 to 2027-02-20",
    ]
    assert (kinds(text)["w02-mon"], kinds(text)["w03-sat"]) == ("rest", "race")
