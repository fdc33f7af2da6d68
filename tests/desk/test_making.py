"""Whoever it is: a plan without a warning, or a refusal whose own advice is then taken.

The runners are drawn by seed. `make test` has a few of them, `make test-plans` has 2000. That a plan has no warning is
asked of the public functions again, and what each kind takes at least is written down here a second time.
"""

import datetime as dt
import os
import random
import shlex
from pathlib import Path

import pytest

from negsplit import Severity, compile_plan_text, render
from negsplit.check import check_plan
from negsplit.cli import wishes
from negsplit.cli.new import command
from negsplit.compile import device
from negsplit.desk.compiler import Compiler
from negsplit.desk.making import Made, Maker, commented
from negsplit.plan.make.wish import TuneUp, Wish
from negsplit.plan.totals import totals
from negsplit.units import Distance, Duration

RUNNERS = int(os.environ.get("NEGSPLIT_RUNNERS", "60"))
TOGETHER = 20
LEAST = {
    "5k": (6, 15, 5),
    "10k": (8, 20, 7),
    "half": (10, 25, 9),
    "marathon": (16, 30, 12),
    "base": (4, 10, 4),
    "first-5k": (12, 0, 0),
    "return": (2, 10, 4),
}
"""Weeks, km a week and km of the longest run, by the design page; of a way back by its own test."""
MOST_GET = 0.6
"""Of the runners who have that, so many get the plan that they asked for."""


def drawn(seed):
    """Somebody's result, if any, and what they wish for."""
    one = random.Random(seed)
    kind = one.choice(list(LEAST))
    five = one.randint(15 * 60, 40 * 60)
    athlete = f"5 km in {five // 60}:{five % 60:02d}" if one.random() < 0.85 else None
    if kind == "first-5k":
        minutes = one.choice([0, 0, 1, 2, 3, 4, 6, 8, 12, 16, 20])
        weeks, start = one.randint(4, 20), dt.date(2026, 12, 7)
        return athlete, Wish(kind, "Plan", weeks, 3, Duration(0), Duration(minutes * 60_000), start=start)
    volume = one.randint(10, 100)
    longest = round(volume * one.uniform(0.2, 0.5), 1)
    race = dt.date(2027, 1, 1) + dt.timedelta(days=one.randint(0, 300))
    dates = {"start": dt.date(2026, 12, 7)} if kind in ("base", "return") else {"race": race}
    weeks = one.randint(2, 16) if kind == "return" else one.randint(6, 24)
    amounts = Distance(volume * 100_000), Distance(round(longest * 100_000))
    if one.random() < 0.1:
        amounts = Duration(round(volume * 6.5) * 60_000), Duration(round(longest * 6.5) * 60_000)
    by_feel = kind != "return" and one.random() < 0.15
    return athlete, Wish(kind, "Plan", weeks, one.randint(3, 6), *amounts, **dates, by_feel=by_feel)


def maker(athlete):
    path = Path("plan.plan.yaml")
    compiler = Compiler(device(), athlete)
    runner, _ = compiler.runners.for_document(path)
    return Maker(compiler, path, runner)


def has_enough(wish):
    weeks, km, long_km = LEAST[wish.kind]
    if isinstance(wish.volume, Duration):
        return wish.kind == "first-5k" and wish.weeks >= weeks
    return wish.weeks >= weeks and wish.volume.metres >= 1000 * km and wish.longest.metres >= 1000 * long_km


def warnings(text, athlete):
    result = compile_plan_text(text, athlete=athlete)
    assert result.plan, [render(one) for one in result.diagnostics]
    found = [*result.diagnostics, *check_plan(totals(result.plan))]
    return [render(one) for one in found if one.severity is Severity.WARNING]


@pytest.mark.parametrize("first", range(0, RUNNERS, TOGETHER))
def test_a_plan_or_advice_that_is_taken(first):
    asked, granted = {}, {}
    for seed in range(first, min(first + TOGETHER, RUNNERS)):
        athlete, wish = drawn(seed)
        made = maker(athlete).made(wish)
        is_made = isinstance(made, Made)
        if is_made and seed % 6 == 0:
            assert maker(athlete).made(wish).text == made.text, "the same bytes twice"
            assert warnings(made.text, athlete) == [], seed
        if not is_made:
            assert made.instead, f"{seed}: {made.message}"
            for one in made.instead:
                assert isinstance(maker(athlete).made(one.wish), Made), f"{seed}: {one.words}"
        if has_enough(wish):
            asked[wish.kind] = asked.get(wish.kind, 0) + 1
            granted[wish.kind] = granted.get(wish.kind, 0) + is_made
    assert sum(granted.values()) >= MOST_GET * sum(asked.values())
    assert [kind for kind, number in asked.items() if granted[kind] < MOST_GET * number and number > 4] == []


def options(words):
    """The options of a command as they are typed."""
    context = command.make_context("new", shlex.split(words)[2:])
    return {name: value for name, value in context.params.items() if value}


@pytest.mark.parametrize("seed", range(12))
def test_a_command_says_the_whole_wish(seed, stop_clock):
    stop_clock("2026-11-30 18:00")
    athlete, wish = drawn(seed)
    if wish.race:
        ways = (TuneUp(wish.race - dt.timedelta(days=20), Distance(2_109_750)),)
        wish = Wish(
            **{**{name: getattr(wish, name) for name in wish.__slots__}, "tune_ups": ways, "goal": Duration(5_430_000)}
        )
    typed = options(wishes.command("plan", wish, athlete))
    assert typed.pop("athlete", None) == athlete
    assert typed.pop("name") == "plan"
    kind = typed.pop("kind")
    said = wishes.Said(**{name: value for name, value in typed.items() if name in wishes.Said.empty()})
    assert wishes.asked(kind, "Plan", said, maker(athlete).runner).wish == wish


ROW = Wish("first-5k", "Plan", 12, 3, Duration(0), Duration(0), start=dt.date(2026, 12, 7), days=(0, 1, 2))
"""Three days in a row."""


def test_a_coach_who_stops_it_says_what_and_finds_another():
    made = maker(None).made(ROW)
    assert made.message.startswith("a coach would stop this plan: w01-mon, w01-tue and w01-wed: walk-runs on ")
    assert [one.words for one in made.instead] == ["on the usual days"]


def test_all_that_is_against_a_plan_stands_in_it():
    made = maker(None).anyway(ROW)
    text = commented(made)
    [more] = [line for line in text.splitlines() if line not in made.text.splitlines()]
    assert more.strip().startswith("# W-REST: w01-mon")
    assert "".join(line + "\n" for line in text.splitlines() if line != more) == made.text
    assert warnings(text, None)
    hasty = Wish("marathon", "Plan", 6, 4, Distance(1_000_000), Distance(500_000), race=dt.date(2027, 2, 14))
    assert commented(maker(None).anyway(hasty)).startswith("# a marathon takes 22 weeks from where you are, and you ")
