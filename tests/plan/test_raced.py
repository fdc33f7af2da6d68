"""The races of a plan with what was hoped for and what came of it."""

import datetime as dt
from dataclasses import replace

from negsplit.model import Race
from negsplit.plan.model import Fitness
from negsplit.plan.raced import raced
from negsplit.units import Distance, Duration
from strategies.seasons import SPRING
from strategies.shown_plans import FIVE_KM, shown


def races(text=SPRING, athlete=FIVE_KM):
    return [
        (one.date, one.metres, one.goal_seconds, one.result_seconds, one.is_goal) for one in raced(shown(text, athlete))
    ]


def test_a_race_on_the_way_and_the_one_the_plan_leads_up_to():
    """What the session of the goal race does not say, the plan does."""
    assert races() == [
        (dt.date(2027, 2, 13), 5_000, 22 * 60 + 20, None, False),
        (dt.date(2027, 3, 14), 10_000, 46 * 60, None, True),
    ]


def test_a_result_of_the_day_over_the_distance_is_that_of_the_race():
    assert [one[3] for one in races(athlete="10 km in 46:12 on 2027-03-14")] == [None, 46 * 60 + 12]
    assert [one[3] for one in races(athlete="5 km in 22:12 on 2027-03-14")] == [None, None]
    assert [one[3] for one in races(athlete="10 km in 46:12 on 2027-03-13")] == [None, None]


def test_a_result_that_the_plan_names_is_too():
    plan = shown(SPRING)
    result = Race(Distance(500_000), Duration((22 * 60 + 15) * 1000))
    named = replace(plan, plan=replace(plan.plan, fitness=(Fitness(dt.date(2027, 2, 13), result),)))
    assert [one.result_seconds for one in raced(named)] == [22 * 60 + 15, None]
