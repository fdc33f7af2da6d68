"""Plans made for a runner: against the examples of the design page, the product's own rules, and their caps.

``example_plans.csv`` was computed for that page, before this generator existed and by another program: what the plans
of eight runners come to week by week, the race apart, and what each day holds. Two things it tells otherwise than the
plans run. In the week of a race it leaves out strides. And on the second day after a race on the way it has a hard
session, which a later rule (PL20) forbids.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from negsplit import Severity, compile_plan_text, render
from negsplit.athlete.paces import NO_RUNNER, Runner
from negsplit.check import check_plan
from negsplit.compile import runner_from_words
from negsplit.plan.make.numbers import NUMBERS
from negsplit.plan.make.schedule import Entry
from negsplit.plan.make.sessions import Session
from negsplit.plan.make.text import plan_text
from negsplit.plan.make.wish import Kind, TuneUp, Wish
from negsplit.plan.make.write import sessions
from negsplit.plan.totals import PlanTotals, SessionTotals, WeekTotals, totals
from negsplit.units import Distance, Duration
from strategies.examples import examples

RACE = dt.date(2027, 4, 18)
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def km(count: float) -> Distance:
    return Distance(round(count * 100_000))


def minutes(count: float) -> Duration:
    return Duration(round(count * 60_000))


class Example(NamedTuple):
    """A runner of the page: what is wanted, and the result that the paces come from."""

    wish: Wish
    five_km: str

    @property
    def runner(self) -> Runner:
        return runner_from(f"5 km in {self.five_km}")

    @property
    def asked(self) -> tuple[Wish, Runner]:
        return self.wish, self.runner


def example(kind: Kind, weeks: int, runs: int, volume: float, longest: float, five_km: str) -> Example:
    dates = {"start": RACE - dt.timedelta(weeks=weeks, days=-1)} if kind == "base" else {"race": RACE}
    return Example(Wish(kind, "Example", weeks, runs, km(volume), km(longest), **dates), five_km)


def runner_from(words: str) -> Runner:
    runner, faults = runner_from_words(words)
    assert not faults
    assert runner
    return runner


HALF = example("half", 12, 5, 50, 14, "20:00")
EXAMPLES = {
    "p1-5k": example("5k", 10, 3, 20, 7, "27:00"),
    "p2-10k": example("10k", 10, 4, 35, 11, "24:00"),
    "p3-half": example("half", 12, 4, 40, 13, "35:00"),
    "p4-marathon": example("marathon", 18, 5, 60, 18, "21:30"),
    "p5-first-marathon": example("marathon", 20, 4, 30, 12, "28:00"),
    "p6-base": example("base", 8, 4, 30, 10, "25:00"),
    "p7-half-fast": HALF._replace(wish=replace(HALF.wish, tune_ups=(TuneUp(RACE - dt.timedelta(weeks=4), km(10)),))),
    "p8-10k-6": example("10k", 12, 6, 60, 15, "19:00"),
}


@cache
def table() -> dict[str, list[dict[str, str]]]:
    """The weeks of each example as the page has them."""
    found: dict[str, list[dict[str, str]]] = {}
    with (Path(__file__).parent / "example_plans.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["profile"], []).append(row)
    return found


@cache
def made(wish: Wish, athlete: str) -> PlanTotals:
    """What a plan comes to, which is read without any message and has nothing that a coach would stop."""
    text = plan_text(wish, runner_from(athlete) if athlete else NO_RUNNER)
    result = compile_plan_text(text, athlete=athlete or None)
    assert not result.diagnostics, "\n".join(map(render, result.diagnostics))
    assert result.plan
    found = totals(result.plan)
    warnings = [one for one in check_plan(found) if one.severity is not Severity.NOTE]
    assert not warnings, f"{wish}, {athlete}:\n" + "\n".join(map(render, warnings))
    return found


def of(name: str) -> PlanTotals:
    return made(EXAMPLES[name].wish, f"5 km in {EXAMPLES[name].five_km}")


def training(week: WeekTotals) -> list[SessionTotals]:
    return [one for one in week.sessions if not one.is_race]


def kilometres(week: WeekTotals) -> float:
    return sum(metres(one) for one in training(week)) / 1000


def metres(one: SessionTotals) -> float:
    assert one.metres is not None
    return one.metres


def seconds(one: SessionTotals) -> float:
    assert one.seconds is not None
    return one.seconds


def is_race_week(week: WeekTotals) -> bool:
    return any(one.is_race for one in week.sessions)


# --- The examples of the page --------------------------------------------------------------------


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_week_has_the_kilometres_of_the_page(name: str) -> None:
    weeks, rows = of(name).weeks, table()[name]
    assert len(weeks) == len(rows)
    for week, row in zip(weeks, rows, strict=True):
        strides = 1.7 if is_race_week(week) else 0.0
        wanted = float(row["km_planned"])
        assert kilometres(week) == pytest.approx(wanted, rel=0.05, abs=0.05 * wanted + strides), row["week"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_longest_run_is_that_of_the_page(name: str) -> None:
    for week, row in zip(of(name).weeks, table()[name], strict=True):
        wanted = re.fullmatch(r"Long run ([\d.]+) (km|min)", row["sunday"])
        if wanted:
            longest = max(training(week), key=seconds)
            assert longest.planned.session.name == "Long run"
            length, step = (metres(longest) / 1000, 0.5) if wanted[2] == "km" else (seconds(longest) / 60, 5)
            assert length == pytest.approx(float(wanted[1]), abs=step + 0.01), row["week"]


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_day_has_the_kind_of_session_of_the_page(name: str) -> None:
    plan, rows = of(name), table()[name]
    found = {(week.week.number, DAYS[one.planned.date.weekday()]): kind(one.planned.session.name)
             for week in plan.weeks for one in training(week)}  # fmt: skip
    wanted = {
        (int(row["week"]), day): kind(row[day]) for row in rows for day in DAYS if row[day] and "race" not in row[day]
    }
    if name == "p7-half-fast":
        after_the_race = {(9, "tuesday"): "easy + strides", (9, "friday"): wanted[9, "tuesday"]}
        wanted |= {**after_the_race, (9, "sunday"): found[9, "sunday"]}
    assert found == wanted


def kind(name: str) -> str:
    """A session's name without its length, in the words that both sides have."""
    plain = name.lower().replace(" x ", "x").replace(", strides", " + strides").replace("long,", "long run,")
    plain = re.sub(r"half-marathon pace", "half pace", re.sub(r"\b1x(?=20 min|8 min|12 min)", "", plain))
    is_sized = re.match("(easy|long run)(?!,)", plain)
    return re.sub(r" (about )?[\d.]+ (km|min)$", "", plain) if is_sized or "about" in plain else plain


@pytest.mark.parametrize("name", ["p5-first-marathon", "p7-half-fast"])
def test_the_same_wish_gives_the_same_bytes(name: str) -> None:
    one = EXAMPLES[name]
    assert plan_text(one.wish, one.runner) == plan_text(replace(one.wish), one.runner)


def test_a_race_on_the_way_is_on_its_day_with_easy_days_around_it() -> None:
    plan = of("p7-half-fast")
    [race] = [one for week in plan.weeks[:-1] for one in week.sessions if one.is_race]
    assert race.planned.date == RACE - dt.timedelta(weeks=4)
    near = {(one.planned.date - race.planned.date).days: one for week in plan.weeks for one in training(week)}
    assert not any(near[days].is_hard for days in (-2, -1, 2, 3) if days in near)
    assert metres(race) > 10_000, "the race stands there with its warm-up"


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_comment_on_top_says_what_the_biggest_week_has(name: str) -> None:
    comment = " ".join(plan_text(*EXAMPLES[name].asked).partition("\nplan:")[0].replace("\n#", "").split())
    told = re.search(r"biggest week is week (\d+), with about (\d+) (km|min)", comment)
    assert told
    weeks = {week.week.number: training(week) for week in of(name).weeks}
    amounts = {
        number: sum(metres(one) / 1000 if told[3] == "km" else seconds(one) / 60 for one in some)
        for number, some in weeks.items()
    }
    assert float(told[2]) == pytest.approx(max(amounts.values()), rel=0.05)
    assert amounts[int(told[1])] == pytest.approx(max(amounts.values()), rel=0.02)


# --- By effort, by miles, on other days ------------------------------------------------------------


def test_without_a_result_nothing_has_a_pace() -> None:
    wish = Wish("half", "By feel", 12, 4, minutes(240), minutes(75), race=RACE)
    text = plan_text(wish, NO_RUNNER)
    asked = set(re.findall(r"@ ([a-z]+)", text))
    assert asked == set()
    assert "RPE 3" in text
    weeks = made(wish, "").weeks
    assert sum(map(seconds, training(weeks[0]))) / 60 == pytest.approx(240, rel=0.1)


def test_kilometres_without_a_result_are_counted_at_a_pace_that_is_said() -> None:
    wish = Wish("10k", "By feel", 10, 4, km(35), km(11), race=RACE)
    text = plan_text(wish, NO_RUNNER)
    assert "at 7:00/km" in text.partition("plan:")[0]
    assert sum(map(seconds, training(made(wish, "").weeks[0]))) / 60 == pytest.approx(35 * 7, rel=0.1)


@pytest.mark.parametrize(("five_km", "by_feel"), [("43:00", False), ("24:00", True)])
def test_slow_runners_and_those_who_want_it_go_by_effort(five_km: str, by_feel: bool) -> None:
    wish = replace(EXAMPLES["p2-10k"].wish, by_feel=by_feel)
    assert "@ easy" not in plan_text(wish, runner_from(f"5 km in {five_km}"))


def test_who_runs_in_miles_gets_miles() -> None:
    runner = replace(EXAMPLES["p4-marathon"].runner, units="imperial")
    text = plan_text(EXAMPLES["p4-marathon"].wish, runner)
    assert not re.search(r"\d km\b", text.partition("\nplan:")[2])
    assert re.search(r"total: \[11, 12\.5", text)


def test_a_goal_gives_a_pace_and_changes_no_training() -> None:
    wish, runner = EXAMPLES["p3-half"].wish, EXAMPLES["p3-half"].runner
    before, after = (plan_text(one, runner).splitlines() for one in (wish, replace(wish, goal=minutes(150))))
    changed = [new for old, new in zip(before, after, strict=True) if old != new]
    assert changed[0] == "race: {on: 2027-04-18, distance: half, goal: 2:30:00}"
    assert all("@ goal" in line for line in changed[1:])


@pytest.mark.parametrize(
    ("days", "long"),
    [((0, 2, 5), 5), ((1, 3, 6), 6), ((0, 1, 3, 5), 5), ((2, 5, 6), 5), ((0, 2, 4), 0)],
    ids=["mon wed sat", "tue thu sun", "mon tue thu sat", "wed sat sun", "no weekend"],
)
def test_the_long_run_is_at_the_weekend_behind_the_longest_gap(days: tuple[int, ...], long: int) -> None:
    wish = Wish("base", "Base", 6, len(days), km(30), km(10), start=dt.date(2027, 1, 4), days=days)
    text = plan_text(wish, EXAMPLES["p6-base"].runner)
    [on] = re.findall(r" on: (\w+)\n    name: Long run", text)
    assert on == DAYS[long][:3]
    assert set(re.findall(r" on: (\w+)", text)) == {DAYS[day][:3] for day in days}


@pytest.mark.parametrize("weekday", [0, 3], ids=["Monday", "Thursday"])
def test_a_race_on_any_day_has_days_of_rest_or_short_runs_before_it(weekday: int) -> None:
    race = RACE + dt.timedelta(days=1 + weekday)
    plan = made(replace(EXAMPLES["p2-10k"].wish, race=race), "5 km in 24:00")
    last = [one for week in plan.weeks for one in training(week) if 0 < (race - one.planned.date).days <= 4]
    assert max(map(seconds, last), default=0) <= 45 * 60
    assert not any(one.is_hard for one in last if (race - one.planned.date).days < 3)
    assert plan.weeks[-1].sessions[-1].planned.date == race


def test_of_three_runs_one_is_fast() -> None:
    plan = made(Wish("half", "Three runs", 12, 3, km(30), km(14), race=RACE), "5 km in 29:36")
    assert any("last 20 min" in one.planned.session.name for week in plan.weeks for one in week.sessions)
    assert max(map(fast_days, plan.weeks)) == 1


def test_a_run_of_one_length_is_not_cut_in_a_down_week() -> None:
    """A single value would be: a list keeps its own."""
    run = Session("Easy", 5.0, use="easy", total="5 km")
    assert "    with: {total: [5, 5 km]}" in list(sessions([Entry(3, 1, run), Entry(4, 1, run)], down=[4]))
    assert "    with: {total: 5 km}" in list(sessions([Entry(2, 1, run), Entry(3, 1, run)], down=[4]))


def test_a_start_in_the_middle_of_a_week_leaves_out_the_days_before() -> None:
    wish = replace(EXAMPLES["p6-base"].wish, start=dt.date(2027, 1, 6))
    assert made(wish, "5 km in 25:00").weeks[0].sessions[0].planned.date == dt.date(2027, 1, 7)


@pytest.mark.parametrize("title", ["yes", "2027", "Ana: half", 'The "big" one', "#1"])
def test_any_title_stays_as_it_is(title: str) -> None:
    text = plan_text(replace(EXAMPLES["p1-5k"].wish, title=title), EXAMPLES["p1-5k"].runner)
    assert yaml.safe_load(text)["plan"] == title


# --- Whoever it is ---------------------------------------------------------------------------------


@st.composite
def wishes(draw: st.DrawFn) -> tuple[Wish, str]:
    """Somebody who has what a plan of the kind needs at least, in runs of half an hour and more, and their result."""
    chosen: Kind = draw(st.sampled_from(["5k", "10k", "half", "marathon", "base"]))
    numbers, runs = NUMBERS[chosen], draw(st.integers(3, 6))
    five = draw(st.integers(16 * 60, 38 * 60))
    athlete = f"5 km in {five // 60}:{five % 60:02d}"
    easy = sum(runner_from(athlete).speeds("easy") or ()) / 2
    volume = max(numbers.least.km, runs * draw(st.integers(30, 75)) * 60 * easy / 1000)
    longest = max(numbers.least.long_km, volume * draw(st.integers(25, 50)) / 100)
    weeks = draw(st.integers(numbers.least.weeks, 24))
    dates = {"start": dt.date(2027, 1, 4)} if chosen == "base" else {"race": RACE}
    return Wish(chosen, "Any", weeks, runs, km(volume), km(longest), **dates), athlete


@given(wishes())
@settings(max_examples=examples(8), deadline=None)
def test_no_plan_is_above_its_caps(drawn: tuple[Wish, str]) -> None:
    wish, athlete = drawn
    plan, numbers = made(wish, athlete), NUMBERS[wish.kind]
    volume = wish.volume.metres / 1000 if isinstance(wish.volume, Distance) else 0.0
    weeks = [kilometres(week) for week in plan.weeks]
    assert weeks[0] <= 1.1 * volume + 0.5, "the first week is what the runner has now"
    assert max(weeks) <= max(numbers.growth * volume, numbers.reach.km) * 1.05 + 1
    for one in (one for week in plan.weeks for one in training(week)):
        assert metres(one) / 1000 <= numbers.longest_km + 1
        assert seconds(one) / 60 <= numbers.longest_minutes + 5
    assert max(map(fast_days, plan.weeks)) <= 2


def fast_days(week: WeekTotals) -> int:
    return sum(one.is_hard for one in training(week))
