"""Races of a plan: the one it leads up to, and those on the way."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from negsplit.diagnostics import Report
from negsplit.document import athletes, workouts
from negsplit.document.shapes import DayShape, RaceDayShape
from negsplit.limits import is_runnable
from negsplit.phrase import phrases
from negsplit.plan import texts
from negsplit.plan.model import RaceDay
from negsplit.targets import AtFault, Covering, PaceTarget, Target
from negsplit.tree.nodes import Fields, Text
from negsplit.units import Distance, Duration

GOAL: Final = "goal"
"""The pace of a race's goal."""
METRES_A_DAY: Final = 3_000.0
"""One easy day for each three kilometres raced (Daniels)."""
_DISTANCE_AND_TIME: Final = re.compile(r"(?P<distance>.+?)\s+(?:in\s+)?(?P<time>\d+(?::\d\d)+)")
_NAMED: Final = re.compile(r"race:?\s+(?P<behind>\S.*)|(?P<before>\S.*?)\s+race", re.IGNORECASE)
_ROUNDED: Final = 100
"""Metres by which the figures for a race may miss its distance."""
_OF_RACES: Final = ("distance", GOAL)
"""What a session says of a race alone."""


class RaceGoal(NamedTuple):
    """How far a race is, the time hoped for, and the pace that is; at fault where a time is, that sessions may name."""

    distance: Distance | None = None
    time: Duration | None = None
    pace: Target | None = None


def race_day(shape: Text | RaceDayShape, report: Report) -> tuple[RaceDay | None, RaceGoal]:
    """The race that a plan leads up to."""
    if isinstance(shape, Text):
        if found := _DISTANCE_AND_TIME.fullmatch(shape):
            distance, time = found["distance"], found["time"]
            help = f"write its day, too: `race: {{on: 2027-04-18, distance: {distance}, goal: {time}}}`"
            report.error("date", f"`{shape}` says how far and how fast, and not on which day", shape.span, help)
            return None, RaceGoal()
        on = texts.date(shape, report)
        return (RaceDay(on, span=shape.span) if on else None), RaceGoal()
    on = texts.date(shape.on, report)
    goal = _goal(shape.distance, shape.goal, report)
    name = workouts.bounded_name(shape.name, report) if shape.name else ""
    return (RaceDay(on, name, goal.distance, goal.time, span=shape.on.span) if on else None), goal


def of_session(shape: DayShape, report: Report) -> RaceGoal:
    """What a session says of its race; that of what is no race is an error.

    Where the text behind ``race`` is all distance, it is name and distance.
    """
    if shape.race is not None:
        named = _all_distance(shape.race)
        if not (named or shape.distance or shape.goal):
            _warn_of_time(shape.race, report)
        found = _goal(shape.distance or named, shape.goal, report)
        if shape.distance and named and _are_apart(_distance(named, Report()), found.distance):
            message = f"`race` and `distance` say two distances, `{named}` and `{shape.distance}`"
            help = "leave `distance` out, or give the race another name"
            report.error("said-twice", message, shape.distance.span, help)
        return found
    for key in _OF_RACES:
        if (text := getattr(shape, key)) is not None:
            help = f"add `race:` with the name of the race, or leave `{key}` out"
            report.error("session", f"`{key}` is for a race, and this session is not one", text.span, help)
    return RaceGoal()


def in_text(text: Text) -> Fields | None:
    """A day's text that names a race, ``race: 10k 48:30`` or ``10k race``, as the keys of a session."""
    found = _NAMED.fullmatch(text.strip())
    if found is None:
        return None
    group = "behind" if found["behind"] else "before"
    start, end = found.span(group)
    offset = len(text) - len(text.lstrip())
    timed = _DISTANCE_AND_TIME.fullmatch(found[group])
    ends = {"race": (start, start + len(timed["distance"]) if timed else end)}
    if timed:
        ends[GOAL] = (start + timed.start("time"), end)
    made = Fields(text.span, flow=True)
    for key, (first, last) in ends.items():
        made[Text.made(key, text.span)] = texts.part(text, first + offset, last + offset)
    return made if _distance(Text(str(made["race"]), text.span), Report()) else None  # type: ignore[index]


def _warn_of_time(name: Text, report: Report) -> None:
    """``race: 10k 48:30`` is a name, and hardly meant as one."""
    found = _DISTANCE_AND_TIME.fullmatch(name)
    if found is None or _distance(Text(found["distance"], name.span), Report()) is None:
        return
    distance, time = found["distance"], found["time"]
    before = name.span.source.text[: name.span.start].rpartition("\n")[2]
    indent = " " * (len(before) - len(before.lstrip(" -")))
    joint = ", " if "{" in before else f"\n{indent}"
    title = f"write `race: {distance}`, and `goal: {time}` beside it"
    message = f"`{name}` is only the name of the race here, and no goal"
    report.warning("session", message, name.span, name.instead(title, f"{distance}{joint}goal: {time}"))


def _all_distance(name: Text) -> Text | None:
    """A race's name that is ``10 km`` or ``half``; a name with a distance in it is none."""
    return name if _distance(name, Report()) else None


def _distance(written: Text, report: Report) -> Distance | None:
    return phrases.parse(written, report, athletes.race_distance)


def _are_apart(one: Distance | None, other: Distance | None) -> bool:
    """Whether two distances are not one that is rounded, as 21.1 km is for the half."""
    return one is not None and other is not None and abs(one.metres - other.metres) > _ROUNDED


def _goal(written: Text | None, hoped: Text | None, report: Report) -> RaceGoal:
    """A time hoped for needs a distance, and somebody who could run it."""
    distance = _distance(written, report) if written else None
    time = texts.goal(hoped, report) if hoped else None
    if hoped and not written:
        report.error("missing-key", "`goal` needs the distance of the race", hoped.span, "add `distance: half`")
    elif hoped and time and distance and not (time.ms and is_runnable(distance.metres / time.seconds)):
        help = "hours, minutes and seconds are written `1:45:00`"
        report.error("out-of-bounds", f"nobody runs {distance} in {time}", hoped.span, help)
        time = None
    if distance and time and hoped:
        return RaceGoal(distance, time, PaceTarget(Covering(distance, time, time), span=hoped.span))
    return RaceGoal(distance, time, PaceTarget(AtFault()) if hoped else None)
