"""Dates: which day each session falls on, wherever in the calendar a plan lies."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from negsplit.diagnostics import Report
from negsplit.plan.calendar import Planned, calendar
from negsplit.plan.model import DayChange, DownWeeks, Plan, RaceDay, Session, WeeklySession
from negsplit.plan.values import Constant, Growing, GrowthScale, GrowthValue, WeekByWeek
from negsplit.plan.weeks import weeks_of
from negsplit.words import DAYS

RUN = Session("workout")
MON, TUE, THU, SAT, SUN = 0, 1, 3, 5, 6


def plan(
    start: str | None = "2026-11-30", *, race: str | None = None, weeks: int = 3, days: tuple[int, ...] = (TUE, SUN)
) -> Plan:
    entries = (WeeklySession(tuple(range(1, weeks + 1)), days, RUN),)
    on = RaceDay(dt.date.fromisoformat(race)) if race else None
    begin = dt.date.fromisoformat(start) if start and not race else None
    return Plan("A", "a", weeks, begin, on, entries=entries)


def dated(of: Plan) -> list[tuple[str, str]]:
    """Keys and days; nothing is said."""
    found, report = planned(of)
    assert report == []
    return [(one.key, str(one.date)) for one in found]


def planned(of: Plan) -> tuple[tuple[Planned, ...], list[tuple[str, str]]]:
    report = Report()
    found = calendar(of, report)
    return found, [(one.code, one.message) for one in report.diagnostics]


def test_weeks_begin_on_mondays_and_week_1_holds_the_start() -> None:
    assert dated(plan(weeks=2)) == [
        ("w01-tue", "2026-12-01"),
        ("w01-sun", "2026-12-06"),
        ("w02-tue", "2026-12-08"),
        ("w02-sun", "2026-12-13"),
    ]


def test_what_lies_before_the_start_is_left_out_and_said() -> None:
    found, said = planned(plan("2026-12-03", weeks=2))
    assert [one.key for one in found] == ["w01-sun", "w02-tue", "w02-sun"]
    assert said == [("left-out", "w01-tue would be before the plan starts on 2026-12-03: it is left out")]


def test_weeks_may_begin_on_sunday() -> None:
    found = dated(replace(plan("2026-11-29", weeks=2), week_starts=SUN))
    assert found == [
        ("w01-sun", "2026-11-29"),
        ("w01-tue", "2026-12-01"),
        ("w02-sun", "2026-12-06"),
        ("w02-tue", "2026-12-08"),
    ]


@pytest.mark.parametrize(
    ("start", "last"),
    [
        ("2025-12-29", "2026-01-04"),  # over the year's end
        ("2026-12-28", "2027-01-03"),  # the 53rd week of 2026
        ("2028-02-28", "2028-03-05"),  # over a leap day
        ("2027-02-22", "2027-02-28"),
        ("2100-02-22", "2100-02-28"),  # 2100 has no leap day
        ("2004-05-03", "2004-05-09"),  # long past
    ],
)
def test_a_week_has_seven_days_wherever_it_lies(start: str, last: str) -> None:
    found = dated(plan(start, weeks=1, days=tuple(range(7))))
    first = dt.date.fromisoformat(start)
    assert [day for _, day in found] == [str(first + dt.timedelta(days=offset)) for offset in range(7)]
    assert found[-1] == ("w01-sun", last)


def test_the_leap_day_is_a_day() -> None:
    assert ("w01-tue", "2028-02-29") in dated(plan("2028-02-28"))


# --- Races -----------------------------------------------------------------------------------------


def test_a_race_ends_its_plan() -> None:
    found, said = planned(plan(race="2027-04-17", weeks=2))
    assert [(one.key, str(one.date), one.session.kind) for one in found] == [
        ("w01-tue", "2027-04-06", "workout"),
        ("w01-sun", "2027-04-11", "workout"),
        ("w02-tue", "2027-04-13", "workout"),
        ("w02-sat", "2027-04-17", "race"),
    ]
    assert said == [("left-out", "w02-sun would be after the race on 2027-04-17: it is left out")]


def test_a_race_on_a_monday_has_its_week() -> None:
    found, said = planned(plan(race="2027-05-31", weeks=2))
    assert [(one.key, str(one.date)) for one in found] == [
        ("w01-tue", "2027-05-25"),
        ("w01-sun", "2027-05-30"),
        ("w02-mon", "2027-05-31"),
    ]
    assert len(said) == 2


def test_race_day_is_the_races_alone_but_for_words() -> None:
    of = plan(race="2027-04-18", weeks=1, days=(SUN,))
    found, said = planned(of)
    assert [(one.key, one.session.kind) for one in found] == [("w01-sun", "race")]
    assert said == [("left-out", "w01-sun would be on the day of the race: it is left out")]
    note = WeeklySession((1,), (SUN,), Session("note", text="Bib"))
    found, said = planned(replace(of, entries=(note,)))
    assert [(one.key, one.session.kind) for one in found] == [("w01-sun", "race"), ("w01-sun-2", "note")]
    rest, cross = (WeeklySession((1,), (SUN,), Session(kind)) for kind in ("rest", "cross"))
    found, said = planned(replace(of, entries=(rest, note, cross)))
    assert [(one.key, one.session.kind) for one in found] == [("w01-sun", "race"), ("w01-sun-2", "note")]
    assert [code for code, _ in said] == ["left-out"] * 2
    own = DayChange((1, SUN), (Session("workout"), Session("rest")))
    found, said = planned(replace(of, changes=(own,)))
    assert [one.session.kind for one in found] == ["race", "workout", "rest"], "what the plan says of the day itself"
    assert said == []
    own = DayChange((1, SUN), (Session("workout"), Session("race", text="Half")))
    found, said = planned(replace(of, changes=(own,)))
    assert [one.session.kind for one in found] == ["workout", "race"]
    assert said == []


# --- Keys ------------------------------------------------------------------------------------------


def test_several_sessions_a_day_are_numbered() -> None:
    of = plan(weeks=1, days=(TUE,))
    found, _ = planned(replace(of, entries=of.entries * 3))
    assert [(one.key, one.label) for one in found] == [
        ("w01-tue", "W01 Tue"),
        ("w01-tue-2", "W01 Tue2"),
        ("w01-tue-3", "W01 Tue3"),
    ]


def test_sessions_of_a_day_stand_in_the_order_of_their_times_and_keep_their_keys() -> None:
    of = plan(weeks=1, days=(TUE,))
    times = (dt.time(18), dt.time(6, 30), None, dt.time(6, 30))
    entries = tuple(WeeklySession((1,), (TUE,), Session("workout", time=time)) for time in times)
    found, _ = planned(replace(of, entries=entries))
    assert [one.key for one in found] == ["w01-tue-3", "w01-tue-2", "w01-tue-4", "w01-tue"]


def test_weeks_done_again_keep_the_keys_of_the_others() -> None:
    found = dated(replace(plan(weeks=3, days=(TUE,)), repeat_weeks=(2, 2)))
    assert found == [
        ("w01-tue", "2026-12-01"),
        ("w02-tue", "2026-12-08"),
        ("w02r-tue", "2026-12-15"),
        ("w02r2-tue", "2026-12-22"),
        ("w03-tue", "2026-12-29"),
    ]


def test_a_race_stays_where_it_is_when_a_week_is_done_again() -> None:
    found, _ = planned(replace(plan(race="2027-04-18", weeks=2, days=(TUE,)), repeat_weeks=(1,)))
    assert [(one.key, str(one.date)) for one in found] == [
        ("w01-tue", "2027-03-30"),
        ("w01r-tue", "2027-04-06"),
        ("w02-tue", "2027-04-13"),
        ("w02-sun", "2027-04-18"),
    ]


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    weeks = draw(st.integers(1, 20))
    some_weeks = st.sets(st.integers(1, weeks), min_size=1).map(lambda found: tuple(sorted(found)))
    some_days = st.sets(st.integers(0, 6), min_size=1).map(lambda found: tuple(sorted(found)))
    entries = tuple(WeeklySession(draw(some_weeks), draw(some_days), RUN) for _ in range(draw(st.integers(1, 5))))
    again = tuple(sorted(draw(st.lists(st.integers(1, weeks), max_size=3))))
    monday = dt.date(2020, 1, 6) + dt.timedelta(weeks=draw(st.integers(0, 1500)))
    return Plan("A", "a", weeks, monday, entries=entries, repeat_weeks=again)


@given(plans(), st.integers(1, 500))
def test_moving_a_plan_moves_every_day_and_changes_no_key(of: Plan, weeks: int) -> None:
    assert of.start
    found = dated(of)
    keys = [key for key, _ in found]
    assert len(set(keys)) == len(keys)
    assert [day for _, day in found] == sorted(day for _, day in found)
    by = dt.timedelta(weeks=weeks)
    assert dated(replace(of, start=of.start + by)) == [
        (key, str(dt.date.fromisoformat(day) + by)) for key, day in found
    ]


@given(plans())
def test_keys_name_the_day_and_labels_differ_as_they_do(of: Plan) -> None:
    found, _ = planned(of)
    assert all(one.key.split("-")[1] == DAYS[one.date.weekday()] for one in found)
    assert len({one.label for one in found}) == len(found)
    assert all(len(one.label) < 15 for one in found)
    often = sum(len(entry.days) * (1 + of.repeat_weeks.count(week)) for entry in of.entries for week in entry.weeks)
    assert len(found) == often


# --- Values ----------------------------------------------------------------------------------------


def minutes(number: int) -> GrowthValue:
    return GrowthValue(Decimal(number * 60), GrowthScale.SECONDS)


def test_each_week_has_its_values() -> None:
    session = Session(
        "workout",
        values={
            "total": Constant("40 min", minutes(40)),
            "long": Growing(minutes(60), minutes(90)),
            "reps": WeekByWeek(("4", "5", None, "6", "4")),
            "count": Growing(GrowthValue(Decimal(10), GrowthScale.COUNT), GrowthValue(Decimal(40), GrowthScale.COUNT)),
        },
    )
    down = DownWeeks(frozenset({3, 5}), Decimal("0.25"), ("total", "long"))
    of = replace(plan(weeks=5), entries=(WeeklySession((1, 2, 3, 4, 5), (SUN,), session),), down=down)
    found, said = planned(of)
    written = [(one.key, {name: str(given) for name, given in one.values.items()}, one.week.is_down) for one in found]
    assert written == [
        ("w01-sun", {"total": "40 min", "long": "1 h", "reps": "4", "count": "10"}, False),
        ("w02-sun", {"total": "40 min", "long": "75 min", "reps": "5", "count": "25"}, False),
        ("w04-sun", {"total": "40 min", "long": "90 min", "reps": "6", "count": "40"}, False),
        ("w05-sun", {"total": "30 min", "long": "68 min", "reps": "4", "count": "40"}, True),
    ]
    assert said == []


def test_a_list_of_another_length_is_said_and_the_session_still_stands() -> None:
    session = Session("workout", values={"reps": WeekByWeek(("4", "5"))})
    found, said = planned(replace(plan(weeks=3), entries=(WeeklySession((1, 2, 3), (SUN,), session),)))
    assert said == [("weeks", "`reps`: 2 values for 3 weeks")]
    assert len(found) == 3


def test_nothing_changes_within_a_single_day() -> None:
    session = Session("workout", values={"total": Growing(minutes(20), minutes(30)), "n": WeekByWeek(("1", "2"))})
    found, said = planned(replace(plan(weeks=1), changes=(DayChange((1, TUE), (session,)),)))
    assert [message for _, message in said] == [
        "`total` changes from week to week, and this is a single day",
        "`n` changes from week to week, and this is a single day",
    ]
    assert found[0].key == "w01-tue"


# --- After the race --------------------------------------------------------------------------------


def test_weeks_after_the_race_hold_what_names_them() -> None:
    of = replace(plan(race="2027-04-17", weeks=2), weeks_after=2)
    jog = WeeklySession((3, 4), (TUE,), RUN)
    days = (DayChange((2, SUN), (Session("rest"),)), DayChange((3, THU), (Session("cross"),)))
    found, said = planned(replace(of, entries=(*of.entries, jog), changes=days))
    assert [(one.key, str(one.date)) for one in found][-5:] == [
        ("w02-sat", "2027-04-17"),
        ("w02-sun", "2027-04-18"),
        ("w03-tue", "2027-04-20"),
        ("w03-thu", "2027-04-22"),
        ("w04-tue", "2027-04-27"),
    ]
    assert said == []
    assert [one.first for one in weeks_of(of)] == [dt.date(2027, 4, 5) + dt.timedelta(weeks=n) for n in range(4)]


def test_without_a_day_of_its_own_nothing_is_behind_the_race_in_its_week() -> None:
    found, said = planned(replace(plan(race="2027-04-17", weeks=2), weeks_after=1))
    assert found[-1].key == "w02-sat"
    assert said == [("left-out", "w02-sun would be after the race on 2027-04-17: it is left out")]


def test_what_grows_ends_with_the_race() -> None:
    grows = replace(RUN, values={"t": Growing(minutes(20), minutes(40))})
    entries = (WeeklySession((1, 2, 3), (TUE,), grows), WeeklySession((3, 4), (TUE,), grows))
    of = replace(plan(race="2027-04-18", weeks=2), weeks_after=2, entries=entries)
    found, said = planned(of)
    assert said == [("weeks", "`t`: what grows ends with the race, in week 2")]
    assert [str(one.values["t"]) for one in found if one.week.number == 4] == ["40 min"]


def test_a_start_is_where_it_is_said_also_before_a_race() -> None:
    of = replace(plan(race="2027-04-18", weeks=2), start=dt.date(2027, 4, 7))
    found, said = planned(of)
    assert [one.key for one in found] == ["w01-sun", "w02-tue", "w02-sun"]
    assert [code for code, _ in said] == ["left-out", "left-out"]


# --- Single days -----------------------------------------------------------------------------------


def test_days_replace_what_the_sessions_gave() -> None:
    rest = (Session("rest"),)
    of = replace(
        plan(weeks=2),
        changes=(
            DayChange((1, TUE), rest),
            DayChange(dt.date(2026, 12, 13), (Session("race", text="10 km"), Session("note", text="Fun"))),
            DayChange((2, SAT), rest),
        ),
    )
    found, said = planned(of)
    assert [(one.key, one.session.kind) for one in found] == [
        ("w01-tue", "rest"),
        ("w01-sun", "workout"),
        ("w02-tue", "workout"),
        ("w02-sat", "rest"),
        ("w02-sun", "race"),
        ("w02-sun-2", "note"),
    ]
    assert said == []


def test_a_date_says_which_of_the_rounds_of_a_week_is_meant() -> None:
    of = replace(
        plan(weeks=1, days=(TUE,)),
        repeat_weeks=(1,),
        changes=(DayChange((1, TUE), (Session("rest"),)), DayChange(dt.date(2026, 12, 8), (Session("race"),))),
    )
    found, said = planned(of)
    assert [(one.key, one.session.kind) for one in found] == [("w01-tue", "rest"), ("w01r-tue", "race")]
    assert said == []


@pytest.mark.parametrize(
    ("day", "message"),
    [
        (dt.date(2026, 11, 29), "2026-11-29 is not in the plan"),
        (dt.date(2026, 12, 14), "2026-12-14 is not in the plan"),
        ((3, TUE), "there is no week 3"),
        ((0, TUE), "there is no week 0"),
        (dt.date(2026, 12, 1), "this day is there twice"),
        ((1, TUE), "this day is there twice"),
    ],
)
def test_days_that_there_are_not(day: dt.date | tuple[int, int], message: str) -> None:
    first = DayChange((1, TUE), (Session("rest"),))
    _, said = planned(replace(plan(weeks=2), changes=(first, DayChange(day, (Session("note"),)))))
    assert [one for _, one in said] == [message]


def test_weeks_of_a_plan() -> None:
    of = replace(plan(weeks=2), down=DownWeeks(frozenset({2})), repeat_weeks=(2,))
    found = [(week.number, week.again, str(week.first), week.is_down) for week in weeks_of(of)]
    assert found == [(1, 0, "2026-11-30", False), (2, 0, "2026-12-07", True), (2, 1, "2026-12-14", True)]
