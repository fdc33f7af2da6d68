"""Tests and races on the way, from which a plan's paces come, as the plan names them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final, NamedTuple

from negsplit.athlete.results import Share, is_likely
from negsplit.diagnostics import Report, Span
from negsplit.document import athletes
from negsplit.document.reading import shape_of
from negsplit.document.shapes import FitnessShape
from negsplit.model import Race
from negsplit.phrase import numbers, phrases
from negsplit.phrase.tokens import Cursor
from negsplit.plan import texts
from negsplit.plan.calendar import Planned
from negsplit.plan.model import Fitness, Plan
from negsplit.plan.weeks import first_and_last, weeks_of
from negsplit.tree.nodes import Fields, Node, Text
from negsplit.units import Distance, plain, shown

SHORTEST_TEST: Final = Distance(300_000)
"""3 km: a shorter race says little of training paces."""
LEAST_SHARE, MOST_SHARE = 50, 105
"""Per cent of a VDOT: months without a run leave about 80 (Daniels), and nobody gains a tenth without a race."""

_EXAMPLE: Final = "write for example `- week 5: 5 km in 21:50`, or `- {from: 2027-01-05, vdot: 98.5 %}`"
_PLAIN: Final = ("from", "race", "vdot")


def fitness(nodes: Sequence[Node], last: int, report: Report) -> tuple[Fitness, ...]:
    """What a plan of ``last`` weeks says of its runner's fitness, without what is at fault."""
    return tuple(one for node in nodes for one in _fitness(node, last, report))


def _fitness(node: Node, last: int, report: Report) -> Iterator[Fitness]:
    if not isinstance(node, Fields):
        if not isinstance(node, Text) or node.strip():  # else it is reported as empty
            report.error("wrong-form", "this does not say from when on it counts", node.span, _EXAMPLE)
    elif set(_PLAIN) & set(node):
        shape = shape_of(node, FitnessShape, report)
        yield from _from(shape, last, report) if shape else ()
    else:
        for key, value in node.items():
            start = _start(key, last, report)
            if not isinstance(value, Text):
                report.error("wrong-form", "a result is needed here", value.span, _EXAMPLE)
            elif not value.strip():
                if node.flow:  # else it is reported as empty
                    report.error("empty", f"`{key}` has no value", key.span, f"write a result after `{key}:`")
            elif start is not None and (race := phrases.parse(value, report, athletes.race)):
                yield Fitness(start, race, span=key.span)


def _from(shape: FitnessShape, last: int, report: Report) -> Iterator[Fitness]:
    """What stands in a mapping with keys of its own: a result, or a share."""
    start, span = _start(shape.from_, last, report), shape.from_.span
    if shape.race and shape.vdot:
        help = "leave one of them out, or write two items"
        report.error("said-twice", "`race` and `vdot` both say how fit you are", shape.vdot.span, help)
    elif shape.race:
        race = phrases.parse(shape.race, report, athletes.race)
        yield from [Fitness(start, race, span=span)] if race and start is not None else ()
    elif shape.vdot:
        share = phrases.parse(shape.vdot, report, _share)
        yield from [Fitness(start, share=share, span=span)] if share and start is not None else ()
    elif not {"race", "vdot"} & set(shape.given):
        report.error("missing-key", "this does not say how fit you are", span, "add `race:` or `vdot:`")


def _start(key: Text, last: int, report: Report) -> dt.date | int | None:
    """``week 5``, or a day."""
    found = texts.changed_day(key, report)
    if isinstance(found, int) and not 1 <= found <= last:
        weeks = "the plan has 1 week" if last == 1 else f"the plan has weeks 1 to {last}"
        report.error("weeks", f"there is no week {found}", key.span, weeks)
        return None
    return found


def _share(cursor: Cursor) -> Decimal:
    start, value = numbers.numeral(cursor, "for example `98.5 %`")
    if not cursor.take("%"):
        whole = f"{plain(value if value > MOST_SHARE / 100 else value * 100)} %"
        raise cursor.unexpected("`%`", cursor.cure(f"write `{whole}`", start, cursor.last, whole))
    if not LEAST_SHARE <= value <= MOST_SHARE:
        message = f"{LEAST_SHARE} to {MOST_SHARE} % of your fitness can be left, not {plain(value)} %"
        left = f"{plain(100 - value)} %" if 0 < value <= LEAST_SHARE else "98.5 %"
        help = cursor.cure(f"write how much is left, not how much is gone: `{left}`", start, cursor.last, left)
        raise cursor.error("out-of-bounds", message, start, cursor.last, help)
    return value / 100


# --- On their days -------------------------------------------------------------------------------


class Dated(NamedTuple):
    """Results with the days they were run on, and shares with where each is written; both in the order of days."""

    races: tuple[Race, ...]
    shares: Mapping[Share, Span | None]


def dated(plan: Plan, planned: Sequence[Planned], report: Report) -> Dated:
    """What a plan says of its runner's fitness on its days, without what is at fault.

    A result of a week alone was run on the day of the race that the plan has in that week, else on its last day.
    """
    first, last = first_and_last(plan)
    races: dict[dt.date, Race] = {}
    shares: dict[dt.date, tuple[Share, Span | None]] = {}
    for one in plan.fitness:
        day = _day(plan, planned, one, report)
        if day is None or (one.race and not _is_fit(one.race, report)):
            continue
        if not first <= day <= last:
            outside = "before the plan begins" if day < first else "after the plan ends"
            help = (
                "results from before a plan are for the athlete file, under `races`" if day < first else "leave it out"
            )
            report.error("date", f"{day} is {outside}: it lasts from {first} to {last}", one.span, help)
        elif day in (races if one.race else shares):
            what = "two results" if one.race else "two shares"
            report.error("duplicate-day", f"there are {what} of {day}", one.span, "leave one of them out")
        elif one.race:
            races[day] = replace(one.race, on=day)
        elif one.share:
            shares[day] = Share(day, float(one.share)), one.span
    return Dated(tuple(races[day] for day in sorted(races)), dict(shares[day] for day in sorted(shares)))


def _day(plan: Plan, planned: Sequence[Planned], one: Fitness, report: Report) -> dt.date | None:
    """The day of a result, or the first day of a share."""
    on, start = one.race.on if one.race else None, one.start
    if isinstance(start, dt.date):
        if on not in (None, start):
            _report_two_days(f"{start}", on, one, report)
            return None
        return start
    rounds = [week.first for week in weeks_of(plan) if week.number == start]
    if one.race is None:
        return rounds[0]
    if on is not None:
        if not any(first <= on <= first + dt.timedelta(days=6) for first in rounds):
            _report_two_days(f"week {start}", on, one, report)
            return None
        return on
    raced = [session.date for session in planned if session.week.number == start and session.session.kind == "race"]
    return max(raced, default=rounds[-1] + dt.timedelta(days=6))


def _report_two_days(start: str, on: dt.date | None, one: Fitness, report: Report) -> None:
    assert one.race is not None
    assert one.race.span is not None
    written, title = one.race.span.text, f"leave `on {on}` out"
    help = one.race.span.cure(title, written, written.replace(f" on {on}", ""))
    report.error("said-twice", f"this result has two days, {start} and {on}", one.race.span, help)


def _is_fit(race: Race, report: Report) -> bool:
    """Whether paces may come from a result."""
    if race.distance < SHORTEST_TEST:
        message = f"{race.name or shown(race.distance)} is too short to take paces from: 3 km at least"
        report.error("short-race", message, race.span, "a parkrun, or 5 km alone and as fast as you can, will do")
        return False
    return is_likely(race, report)
