"""Plans that follow one another, as one season."""

from functools import cache
from typing import Final

from negsplit.plan.season import Season, season
from strategies.shown_plans import FIVE_KM, shown

BASE: Final = """\
plan: Winter base
id: base
start: 2026-11-30
weeks: 5
down_weeks: {at: [4], cut: 25 %}
sessions:
  - {on: [tue, thu], steps: 8 km @ easy}
  - {on: sun, steps: $total @ easy, with: {total: 10 km -> 14 km by 1 km}}
"""
SPRING: Final = """\
plan: Spring 10 km
id: spring
race: {on: 2027-03-14, distance: 10 km, name: Park 10 km, goal: 46:00}
weeks: 8
weeks_after: 1
missed: [{from: 2027-02-01, to: 2027-02-03, why: ill}]
sessions:
  - {weeks: "1, 2, 4", on: tue, steps: 8 km @ easy}
  - {weeks: 5-6, on: tue, steps: "warmup 3 km @ easy, 4x(1.6 km @ threshold, 1 min), cooldown 3 km @ easy"}
  - {weeks: 1-6, on: thu, steps: 8 km @ easy}
  - {weeks: 1-6, on: sun, steps: $total @ easy, with: {total: 12 km -> 17 km by 1 km}}
  - {weeks: 7-8, on: [tue, thu], steps: "5 km @ easy, 2 km @ 10k, 1 km @ easy"}
  - {weeks: 9, on: sun, steps: 5 km @ easy}
days:
  week 4: {sat: {race: 5 km, name: Parkrun, goal: 22:20}}
"""
"""Two weeks after the base, with a race on the way and a break; nothing is on its days."""
AUTUMN: Final = (
    SPRING.replace("Spring", "Autumn").replace("id: spring", "id: autumn").replace("2027-03-14", "2027-09-12")
)
"""The same again half a year later."""


@cache
def seasoned(*texts: str, athlete: str = FIVE_KM) -> Season:
    """A season of some plans, of the first two without any."""
    return season(shown(text, athlete) for text in texts or (BASE, SPRING))
