"""What a plan says beside its sessions: its id, its race, and its down weeks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Final, NamedTuple

from negsplit.diagnostics import Report, Span
from negsplit.document import settings
from negsplit.document.fields import listed
from negsplit.document.lines import left_out
from negsplit.document.shapes import DownWeeksShape, PlanShape
from negsplit.phrase import numbers, phrases
from negsplit.phrase.tokens import Cursor
from negsplit.plan import texts
from negsplit.plan.model import DownWeeks, Plan, Session
from negsplit.plan.values import Constant, Growing, Value, WeekByWeek
from negsplit.plan.weeks import week_begin, weeks_of
from negsplit.tree.nodes import Fields, Text
from negsplit.units import plain

_DEFAULT_CUT: Final = Decimal("0.25")
_USUAL_CUT: Final = "usual: `25 %`"
_MOST_DROPPED: Final = 20


def identifier(shape: PlanShape, report: Report) -> str:
    """The id as written, else the name in small letters, digits and dashes."""
    if found := settings.identifier(shape.id, report):
        return found
    return settings.from_name(shape.plan) or "plan"


class WeekCount(NamedTuple):
    """How many weeks a plan has: up to its race where there is one, None where that is at fault, and behind it."""

    usual: int | None
    after: int = 0

    @property
    def first_ones(self) -> int:
        """Those that sessions are in which name none: as many as there can be where nobody knows."""
        return self.usual or texts.MAX_WEEKS

    @property
    def last(self) -> int:
        """The highest number of a week that there is."""
        return min(self.first_ones + self.after, texts.MAX_WEEKS)


def weeks(shape: PlanShape, report: Report) -> WeekCount:
    """How many weeks a plan has."""
    usual = _count(shape.weeks, report) if shape.weeks else None
    if usual is not None and shape.weeks and not 1 <= usual <= texts.MAX_WEEKS:
        report.error("out-of-bounds", f"a plan has 1 to {texts.MAX_WEEKS} weeks, not {usual}", shape.weeks.span)
        usual = None
    after = _count(shape.weeks_after, report) if shape.weeks_after else None
    if after is None or shape.weeks_after is None:
        return WeekCount(usual)
    most, place = texts.MAX_WEEKS - (usual or 1), shape.weeks_after.span
    if shape.race is None and place.source is shape.plan.span.source:  # else a start took the other's race away
        message = "`weeks_after` are weeks after a race, and this plan has none"
        help = left_out("leave it out, and count these weeks under `weeks`", shape.weeks_after)
        report.error("no-effect", message, place, help)
    elif not 1 <= after <= most:
        message = f"a plan has 1 to {texts.MAX_WEEKS} weeks in total: {most} after its race at most, not {after}"
        report.error("out-of-bounds", message, place, "leave `weeks_after` out, or write fewer weeks")
        return WeekCount(usual)
    return WeekCount(usual, after)


def _count(text: Text, report: Report) -> int | None:
    """A number of weeks; ``8 weeks`` is one too."""

    def read(cursor: Cursor) -> int:
        found = numbers.whole(cursor, "a number of weeks", "for example `10`")
        cursor.take("weeks", "week")
        return found

    return phrases.parse(text, report, read)


def check_dates(node: Fields, name: Text, report: Report) -> None:
    """Reports a plan that does not say when it is."""
    if node.value("start") is None and node.value("race") is None:
        help = "add `start: 2026-11-30`, or `race: 2027-04-18`"
        report.error("missing-key", "`start` is missing", name.span, help)


def weeks_to_the_race(plan: Plan) -> int:
    """How many weeks a plan with a start and a race has, without those done again; 0 where that is not known."""
    if plan.start is None or plan.race is None:
        return 0
    first, last = (week_begin(day, plan.week_starts) for day in (plan.start, plan.race.on))
    found = (last - first) // dt.timedelta(weeks=1) + 1 - len(plan.repeat_weeks)
    return found if 1 <= found <= texts.MAX_WEEKS else 0


def with_the_race_in_its_week(plan: Plan, report: Report) -> Plan:
    """The plan; without its start, and with an error, where its race does not lie in the last week from that on."""
    start, race = plan.start, plan.race
    if start is None or race is None:
        return plan
    weeks = weeks_of(replace(plan, start=None))
    first = weeks[0].first
    if race.on < start:
        message = f"the race on {race.on} is before the start on {start}"
    elif off := (first - week_begin(start, plan.week_starts)) // dt.timedelta(weeks=1):
        last = sum(week.number <= plan.weeks for week in weeks)
        message = f"the race on {race.on} is in week {last + off}, and the last one of this plan is {last}"
    else:
        return plan
    help = f"write `start: {first}`, or leave it out: weeks are then counted back from the race"
    report.error("date", message, race.span, help)
    return replace(plan, start=None)


def down_weeks(shape: DownWeeksShape, weeks: WeekCount, key: Span, report: Report) -> DownWeeks:
    """The down weeks of a plan of so many weeks: behind the race there are none."""
    count = weeks.first_ones
    found: tuple[int, ...] = ()
    if shape.every and shape.at:
        report.error("said-twice", "`every` and `at` both say which weeks", shape.every.span, "leave one of them out")
    elif shape.every:
        found = _every(shape.every, count, report)
    elif shape.at:
        found = texts.weeks(listed(shape.at), weeks.last, report)
        if found and found[-1] > count:
            help = "give that week sessions of its own"
            message = f"week {found[-1]} is after the race, and down weeks end with it"
            report.error("weeks", message, listed(shape.at)[-1].span, help)
    elif not {"every", "at"} & set(shape.given):
        report.error("missing-key", "this does not say which weeks", key, "add `every: 4`, or `at: [4, 8]`")
    if shape.drop_sessions:
        for other in (shape.cut, *listed(shape.of)):
            if other:
                help = "leave one of them out"
                report.error("said-twice", "a down week is cut, or drops sessions", shape.drop_sessions.span, help)
                break
        return DownWeeks(frozenset(found), drop=_dropped(shape.drop_sessions, report), span=key)
    cut = phrases.parse(shape.cut, report, _share) if shape.cut else None
    down = DownWeeks(frozenset(found), cut or _DEFAULT_CUT, span=key)
    if not shape.of:
        return down
    return replace(down, of=tuple(str(one) for text in listed(shape.of) for one in texts.listed(text, report)))


def _every(text: Text, count: int, report: Report) -> tuple[int, ...]:
    step = phrases.parse(text, report, lambda cursor: numbers.whole(cursor, "a number of weeks", "for example `4`"))
    if step is None:
        return ()
    if step < 2:
        help = "write for example `4`"
        report.error("out-of-bounds", f"a down week comes every 2 weeks or more, not {step}", text.span, help)
        return ()
    if step > count:
        help = "write a smaller number, or name the weeks under `at:`"
        report.warning("no-effect", f"a plan of {count} weeks has no week {step}", text.span, help)
    return tuple(range(step, count + 1, step))


def _dropped(text: Text, report: Report) -> int:
    found = phrases.parse(text, report, lambda cursor: numbers.whole(cursor, "a number of sessions", "for example `1`"))
    if found is not None and not 1 <= found <= _MOST_DROPPED:
        report.error("out-of-bounds", f"a down week drops 1 to {_MOST_DROPPED} sessions, not {found}", text.span)
    return found or 0


def _share(cursor: Cursor) -> Decimal:
    start, value = numbers.numeral(cursor, _USUAL_CUT)
    if not cursor.take("%"):
        whole = f"{plain(value if value >= 1 else value * 100)} %"
        raise cursor.unexpected("`%`", cursor.cure(f"write `{whole}`", start, cursor.last, whole))
    if not 1 <= value <= 90:
        message = f"a down week cuts 1 to 90 %, not {plain(value)} %"
        raise cursor.error("out-of-bounds", message, start, cursor.last, _USUAL_CUT)
    return value / 100


def check_down(plan: Plan, report: Report) -> None:
    """Says what down weeks are to cut and cannot."""
    down = plan.down
    if down is None or down.cut is None or not down.weeks:
        return
    sessions = [entry.session for entry in (*plan.entries, *plan.added)]
    for name in down.of:
        given = [(session, session.values[name]) for session in sessions if name in session.values]
        for session, value in given:
            if _is_range(value):
                message = (
                    f"down weeks cannot cut the `{name}` of this session: it is not a single time, distance or count"
                )
                help = "write one amount, or a list with the values of its weeks"
                report.warning("no-effect", message, session.places[name], help)
        if not any(_can_be_cut(value) or _is_range(value) or isinstance(value, WeekByWeek) for _, value in given):
            message = f"down weeks cut `{name}`, and no session gives a time, a distance or a count of that name"
            report.warning("no-effect", message, down.span, _what_to_cut(sessions, down.of, name))


def _what_to_cut(sessions: Sequence[Session], of: Sequence[str], name: str) -> str:
    """What to write instead of a name that no session gives: those that could be cut."""
    given = [key for one in sessions for key, value in one.values.items() if _can_be_cut(value)]
    if names := list(dict.fromkeys(one for one in (*of, *given) if one in given)):
        of_them = names[0] if len(names) == 1 else f"[{', '.join(names)}]"
        return f"write which values it cuts: `of: {of_them}`"
    return f"give a session such a value: `steps: run ${name} @ easy`, `with: {{{name}: 8 km}}`"


def _can_be_cut(value: Value) -> bool:
    if isinstance(value, Constant):
        return value.quantity is not None and value.quantity.can_be_cut
    return isinstance(value, Growing) and value.first.can_be_cut


def _is_range(value: Value) -> bool:
    """``6..8 mi``, an amount for each runner."""
    return isinstance(value, Constant) and value.quantity is None and value.text[:1].isdigit()
