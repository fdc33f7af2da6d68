"""How many weeks a plan takes from where its runner is: against the table that the design page computed.

The page reckoned by hand and by another program: steps of 10 %, 2 km a week and 1.6 km a long run at least, every
fourth week lighter, until both are reached, then the taper.
"""

import datetime as dt
from dataclasses import replace

import pytest

from negsplit.compile import runner_from_words
from negsplit.plan.make.enough import first_day, later, others, refusal, weeks_needed
from negsplit.plan.make.gauge import gauge
from negsplit.plan.make.weeks import season
from negsplit.plan.make.wish import TuneUp, Wish
from negsplit.units import Distance, Duration

RUNNER, _ = runner_from_words("5 km in 22:00")
assert RUNNER
RACE = dt.date(2027, 4, 18)


def wish(kind, km, long_km, weeks=1, runs=4, **others):
    dates = {} if others.keys() & {"start"} else {"race": RACE}
    return Wish(kind, "T", weeks, runs, Distance(km * 100_000), Distance(round(long_km * 100_000)), **dates, **others)


def refused(some):
    found = refusal(some, gauge(some, RUNNER))
    return found.message if found else None


@pytest.mark.parametrize(
    ("kind", "km", "long_km", "weeks"),
    [
        ("marathon", 10, 5, 22),
        ("marathon", 20, 8, 19),
        ("marathon", 30, 12, 16),  # growing takes 15, and so many weeks a marathon takes at least
        ("marathon", 40, 16, 16),
        ("marathon", 60, 20, 12),
        ("half", 15, 6, 13),
        ("half", 25, 10, 10),
        ("10k", 15, 5, 9),
        ("5k", 10, 4, 9),
        ("base", 10, 4, 4),
    ],
)
def test_how_many_weeks_it_takes(kind, km, long_km, weeks):
    some = wish(kind, km, long_km)
    assert weeks_needed(some, gauge(some, RUNNER)) == weeks
    assert refused(replace(some, weeks=weeks)) is None
    assert "weeks from where you are" in refused(replace(some, weeks=weeks - 1))


@pytest.mark.parametrize("runs", [3, 4, 5, 6])
@pytest.mark.parametrize(
    ("kind", "km", "long_km", "reached"),
    [
        ("marathon", 10, 5, (42, 26)),
        ("marathon", 15, 7, (42, 26)),
        ("marathon", 20, 8, (42, 26)),
        ("marathon", 30, 12, (42, 26)),
        ("marathon", 60, 20, (42, 26)),
        ("half", 15, 6, (32, 16)),
        ("10k", 15, 5, (25, 12)),
        ("5k", 10, 4, (20, 8)),
    ],
)
def test_a_plan_of_so_many_weeks_reaches_what_its_refusal_names(kind, km, long_km, runs, reached):
    some = wish(kind, km, long_km, runs=runs)
    measured = gauge(some, RUNNER)
    made = season(replace(some, weeks=weeks_needed(some, measured)), measured, dt.date(2026, 12, 7))
    assert round(made.top.km, 1) >= reached[0]
    assert round(made.longest_km, 1) >= reached[1]


def test_why_so_few_weeks_do_not_do():
    assert refused(wish("marathon", 10, 5, weeks=6)) == (
        "a marathon takes 22 weeks from where you are, and you have 6 weeks: "
        "your week from 10 km to 42 km and your long run from 5 km to 26 km, a tenth at a time"
    )
    assert (
        refused(wish("half", 50, 18, weeks=1))
        == "a half marathon takes 10 weeks from where you are, and you have 1 week"
    )


@pytest.mark.parametrize(
    ("some", "message"),
    [
        (wish("10k", 30, 10, 12, runs=7), "a plan has 3 to 6 runs a week, not 7"),
        (wish("10k", 30, 10, 12, runs=2), "a plan has 3 to 6 runs a week, not 2"),
        (wish("10k", 0, 0, 12), "a 10k begins with what you run now, and that is nothing yet"),
        (wish("10k", 20, 13, 12), "your longest run, 13 km, is 65 % of your week of 20 km: 60 % at most"),
        (wish("10k", 20, 12, 31), "a plan has up to 30 weeks, not 31"),
        (wish("10k", 20, 7, 105), "a plan has 1 to 30 weeks, not 105"),
        (wish("10k", 20, 7, 12, goal=Duration(60_000)), "nobody runs 10 km in 1 min"),
        (
            wish("10k", 20, 7, 12, tune_ups=(TuneUp(RACE, Distance(500_000)),)),
            "races on the way are on days of their own between 2027-01-25 and 2027-04-18",
        ),
        (
            Wish("first-5k", "T", 12, 4, Duration(0), Duration(0), start=RACE),
            "a first 5k has 3 runs a week, with a day between, not 4",
        ),
    ],
)
def test_what_no_plan_begins_from(some, message):
    assert refused(some) == message


@pytest.mark.parametrize(
    ("some", "words"),
    [
        (wish("10k", 0, 0, 12), "from walking to a first 5k"),
        (wish("10k", 20, 13, 12), "if you begin with half of the week as your longest run"),
        (wish("10k", 20, 7, 12, goal=Duration(60_000)), "without a goal"),
        (wish("10k", 20, 7, 12, tune_ups=(TuneUp(RACE, Distance(500_000)),)), "without them"),
    ],
)
def test_what_is_at_fault_is_left_out(some, words):
    [one] = refusal(some, gauge(some, RUNNER)).instead
    assert one.words == words
    assert refused(one.wish) is None


def test_what_is_offered_instead():
    some = wish("half", 25, 9, weeks=8)
    found = {one.wish.kind: (one.words, one.wish) for one in others(some, gauge(some, RUNNER))}
    assert list(found) == ["half", "10k", "5k", "base"]
    assert found["half"][0] == "a race from 2027-05-02 on"
    assert found["half"][1].weeks == 10
    assert found["10k"][0] == "on your day: a 10k"
    words, base = found["base"]
    assert words == "8 weeks of base now, and a half marathon after"
    assert (base.race, base.start) == (None, first_day(some))


def test_a_later_race_leaves_the_first_day():
    some = wish("10k", 20, 7, weeks=4)
    assert first_day(later(some, 4).wish) == first_day(some) == dt.date(2027, 3, 22)
    assert first_day(replace(some, race=dt.date(2027, 4, 20))) == dt.date(2027, 3, 24), "a week that ends with the race"


def test_hours_and_minutes_of_a_marathon_are_meant_by_minutes_and_seconds():
    some = wish("marathon", 45, 18, 18, goal=Duration(225_000))
    first = refusal(some, gauge(some, RUNNER)).instead[0]
    assert (first.words, first.wish.goal) == ("in 3:45:00", Duration(225 * 60_000))
