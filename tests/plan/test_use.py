"""A plan from another: what it hands on, what is added and what is moved."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit import CompiledPlan, Diagnostic, compile_plan_text
from negsplit.words import DAYS
from strategies.examples import examples

BASE = """\
plan: Base
race: {on: 2027-04-18, distance: half, name: Spring Half, goal: 1:45:00}
weeks: 2
sessions:
  - {on: tue, steps: 5 km @ easy, name: Tuesday}
  - {on: wed, steps: 6 km @ easy, name: Wednesday}
  - {on: sun, steps: 12 km @ easy, name: Long}
days:
  week 1: {wed: rest}
  2027-04-09: 4 km @ easy
"""
TUE, WED = "w01-tue 2027-04-06 W01 Tue", "w01-wed 2027-04-07 W01 Wed"


def result(text: str, base: str = BASE) -> tuple[CompiledPlan | None, list[Diagnostic]]:
    found = compile_plan_text(
        f"plan: Mine\nuse: b.plan.yaml\n{text}", athlete="5 km in 22:30", files={"b.plan.yaml": base}
    )
    return found.plan, list(found.diagnostics)


def plan(text: str = "", base: str = BASE) -> CompiledPlan:
    found, said = result(text, base)
    assert found, said
    return found


def told(text: str = "", base: str = BASE, week: int = 1) -> list[str]:
    """Key, day and name on the watch of each session of a week."""
    some = [one.planned for one in plan(text, base).sessions if one.planned.week.number == week]
    return [f"{one.key} {one.date} {one.label}" for one in some]


FRI, SUN = "w01-fri 2027-04-09 W01 Fri", "w01-sun 2027-04-11 W01 Sun"


def test_a_plan_that_says_no_day_takes_the_others() -> None:
    race = plan().plan.race
    assert race
    assert (race.on, race.name, str(race.goal)) == (dt.date(2027, 4, 18), "Spring Half", "105 min")
    assert told() == [TUE, WED, FRI, SUN]
    start = BASE.replace(
        "race: {on: 2027-04-18, distance: half, name: Spring Half, goal: 1:45:00}", "start: 2027-04-05"
    )
    assert plan("", start).plan.start == dt.date(2027, 4, 5)
    own = plan("start: 2027-04-12", BASE.replace("2027-04-09", "2027-04-16")).plan
    assert (own.race, own.start) == (None, dt.date(2027, 4, 12))


def test_another_day_of_the_race_changes_nothing_else_of_it() -> None:
    race = plan("race: 2027-04-17", BASE).plan.race
    assert race
    assert (race.on, race.name, str(race.distance), str(race.goal)) == (
        dt.date(2027, 4, 17),
        "Spring Half",
        "21097.5 m",
        "105 min",
    )
    other = plan("race: {on: 2027-04-17, name: Mine}").plan.race
    assert other
    assert (other.name, other.distance, other.goal) == ("Mine", None, None)


def test_the_day_of_a_plan_that_comes_with_negsplit_is_an_example() -> None:
    from pathlib import Path

    from negsplit.compile import device, parse, runner_of
    from negsplit.desk.disk_library import DiskLibrary
    from negsplit.diagnostics import Report, Source
    from negsplit.plan.compile import compile_plan

    read = parse(Source("mine.plan.yaml", "plan: Mine\nuse: preset:c25k\n"))
    library = DiskLibrary().beside(Path("mine.plan.yaml"))
    found = compile_plan(read, runner_of(None, Report()), device(), library).diagnostics
    assert [(one.code, one.message) for one in found] == [("missing-key", "`start` is missing")]


def test_days_are_moved_at_once_and_keep_their_keys() -> None:
    assert told("moves: {tue: wed, wed: tue}") == [
        "w01-wed 2027-04-06 W01 Tue",
        "w01-tue 2027-04-07 W01 Wed",
        FRI,
        SUN,
    ]
    assert told("moves: {tue: wed}")[:2] == ["w01-tue 2027-04-07 W01 Wed2", WED]


def test_what_stands_under_a_date_stays_and_so_does_the_race() -> None:
    assert told("moves: {fri: thu, sun: sat}") == [TUE, WED, FRI, "w01-sun 2027-04-10 W01 Sat"]
    assert told("moves: {sun: sat}", week=2)[-1] == "w02-sun 2027-04-18 W02 Sun"
    assert [one.name for one in plan("moves: {sun: sat}").sessions][-1] == "Spring Half"


def test_the_race_of_the_other_is_moved_to_its_day_here() -> None:
    base = BASE.replace("days:\n", "days:\n  week 2: {sun: {race: Half, steps: 21 km @ goal}}\n")
    sessions = plan("race: 2027-04-17\nmoves: {sun: sat}", base.replace("2027-04-09", "2027-04-08")).sessions
    assert (sessions[-1].planned.key, str(sessions[-1].planned.date)) == ("w02-sun", "2027-04-17")
    assert sessions[-1].workout


def test_what_is_added_counts_on() -> None:
    added = "add: [{weeks: 1, on: [tue, thu], steps: 3 km @ easy}]\n"
    second, thu = "w01-tue-2 2027-04-06 W01 Tue2", "w01-thu 2027-04-08 W01 Thu"
    assert told(added) == [TUE, second, WED, thu, FRI, SUN]
    assert told(added + "moves: {tue: mon}") == ["w01-tue 2027-04-05 W01 Mon", second, WED, thu, FRI, SUN]


def test_own_days_come_last() -> None:
    own = "days: {week 1: {wed: 1 km @ easy, thu: rest}}\n"
    moved = "moves: {tue: wed, wed: thu}\n"
    assert told(moved + own) == ["w01-wed-2 2027-04-07 W01 Wed2", "w01-thu 2027-04-08 W01 Thu", FRI, SUN]
    assert told("moves: {wed: mon}\nadd: [{weeks: 1, on: wed, rest: }]\n" + own)[:3] == [
        "w01-wed 2027-04-05 W01 Mon",
        TUE,
        "w01-wed-2 2027-04-07 W01 Wed2",
    ]


def test_a_moved_session_keeps_its_growth_and_its_steps() -> None:
    base = BASE.replace("steps: 5 km @ easy", "steps: run $t @ easy, with: {t: 5 km -> 8 km}")
    home, moved = (
        {one.planned.key: one.workout.program.steps for one in plan(text, base).sessions if one.workout}
        for text in ("", "moves: {tue: fri}")
    )
    assert home == moved


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("moves: {mon: tue}", ("no-effect", "there is nothing on `mon` that this moves")),
        ("moves: {tue: tue}", ("no-effect", "`tue` stays where it is")),
        ("moves: {tue: wed, tuesday: thu}", ("duplicate-key", "`tuesday` is moved twice")),
        ("moves: {tue: wee}", ("weekday", "`wee` is not a day of the week")),
        (
            "moves: {tue: wed}\nsessions: [{on: sun, rest: }]",
            ("no-effect", "there is nothing on `tue` that this moves"),
        ),
    ],
)
def test_moves_that_do_nothing(text: str, expected: tuple[str, str]) -> None:
    assert expected in [(one.code, one.message) for one in result(text)[1]]


def _days() -> st.SearchStrategy[str]:
    return st.sampled_from(DAYS)


@st.composite
def changes(draw: st.DrawFn) -> str:
    moves = draw(st.dictionaries(_days(), _days(), max_size=4))
    added = draw(st.lists(_days(), max_size=3))
    own = draw(st.lists(_days(), max_size=3, unique=True))
    text = f"moves: {{{', '.join(f'{one}: {to}' for one, to in moves.items())}}}\n" if moves else ""
    text += "".join(["add:\n", *(f"  - {{on: {one}, steps: 1 km @ easy}}\n" for one in added)]) if added else ""
    return text + (f"days: {{week 1: {{{', '.join(f'{one}: rest' for one in own)}}}}}\n" if own else "")


@settings(max_examples=examples(40))
@given(changes())
def test_no_two_sessions_share_a_key_or_a_name(text: str) -> None:
    sessions = [one.planned for one in plan(text).sessions]
    assert len({one.key for one in sessions}) == len({one.label for one in sessions}) == len(sessions)
    assert all(one.label[4:7].lower() == DAYS[one.date.weekday()] for one in sessions)
