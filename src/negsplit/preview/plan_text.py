"""A plan in the terminal: a block a week, a line a session."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from negsplit.plan.totals import PlanTotals, SessionTotals, WeekTotals
from negsplit.preview import plan_words as words
from negsplit.preview.chart import strip
from negsplit.preview.paces import lines as paces_lines
from negsplit.preview.palette import Colors
from negsplit.preview.plan_remarks import HEAD, Remark, about, codes_of, codes_of_week
from negsplit.preview.text import wrapped
from negsplit.units import PaceUnit

_GAP: Final = "  "
_DATE: Final = len("30 Nov")
_CLOCK: Final = len("06:30")
_NARROWEST: Final = 34
"""Columns for a name and a bar side by side; where there are fewer, there is no bar, and amounts stand below."""
_LONGEST_BAR: Final = 30


def calendar(
    plan: PlanTotals,
    weeks: Sequence[WeekTotals],
    width: int,
    remarks: Sequence[Remark] = (),
    *,
    colors: Colors | None,
    ascii: bool = False,
    for_runner: bool = False,
) -> list[str]:
    """Some weeks of a plan, in lines of at most ``width`` columns; what the whole plan comes to stands at its end.

    The codes of ``remarks`` mark weeks and sessions, and stand with their reasons behind all of it. ``for_runner``
    leaves out what only a coach weighs, and says what to do each day and how the paces feel.
    Whatever a file says is made visible here, so that the lines may be written as they are, with their colours.
    """
    lines = [*_head(plan, weeks, width, for_runner=for_runner)]
    page = _page(plan, weeks, width, for_runner=for_runner)
    for week in weeks:
        lines += ["", *_week(week, plan.unit, width, codes_of_week(remarks, week), for_runner=for_runner)]
        for one in week.sessions:
            lines += _session(one, codes_of(remarks, one), page, plan.unit, colors=colors, ascii=ascii)
    lines += ["", *_foot(plan, weeks, width, for_runner=for_runner), *_remarks(about(remarks, weeks), width)]
    return [line.rstrip() for line in lines]


def _head(plan: PlanTotals, weeks: Sequence[WeekTotals], width: int, *, for_runner: bool) -> Iterator[str]:
    yield from wrapped(plan.plan.name, width)
    yield from wrapped(f"{words.when(plan)}{f', for {plan.who}' if plan.who else ''}", width)
    for line in words.about(plan, for_runner=for_runner):
        yield from wrapped(line, width)
    if plan.plan.notes:
        yield from wrapped(plan.plan.notes, width)
    if for_runner:
        programs = [one.program for week in weeks for one in week.sessions if one.program]
        yield from paces_lines(programs, plan.unit, width)


def _week(week: WeekTotals, unit: PaceUnit, width: int, codes: Sequence[str], *, for_runner: bool) -> Iterator[str]:
    marks = [words.EASIER if for_runner else words.DOWN] if week.week.is_down else []
    days = words.days_text(week.week.first, week.last)
    yield from wrapped(", ".join([words.week_title(week), days, *marks, *codes]), width)
    yield from wrapped("; ".join(words.week_words(week, unit, for_runner=for_runner)), width, _GAP)
    if not for_runner:
        yield from wrapped(words.dropped_text(week), width, _GAP)


def _foot(plan: PlanTotals, weeks: Sequence[WeekTotals], width: int, *, for_runner: bool) -> Iterator[str]:
    whole = plan.whole
    yield from wrapped(f"Total: {'; '.join(words.totals_words(whole, plan.unit, for_runner=for_runner))}", width)
    if not for_runner and any(week.more_time is not None or week.more_distance is not None for week in weeks):
        yield from wrapped(words.CHANGES, width)
    for mark in words.marks(whole):
        yield from wrapped(mark, width)


def _remarks(remarks: Sequence[Remark], width: int) -> Iterator[str]:
    """Each with its reasons."""
    if remarks:
        yield ""
        yield HEAD
    for one in remarks:
        yield from wrapped(f"{one.code} ({one.severity.value}): {one.message}", width, _GAP)
        yield from wrapped(one.reasons, width, _GAP * 3)


# --- Sessions ------------------------------------------------------------------------------------


class _Page(NamedTuple):
    """Columns of a calendar; no ``bar`` on a narrow one. ``room`` is what stands right of the day.

    ``longest`` is the seconds of the widest bar. A runner's days begin with their weekday instead of a key.
    """

    key: int
    clock: int
    room: int
    time: int
    far: int
    bar: int
    longest: float
    for_runner: bool

    @property
    def name(self) -> int:
        """Columns that are left for a name beside amounts and a bar."""
        return self.room - sum(column + len(_GAP) for column in (self.time, self.far, self.bar) if column)


def _page(plan: PlanTotals, weeks: Sequence[WeekTotals], width: int, *, for_runner: bool) -> _Page:
    sessions = [one for week in weeks for one in week.sessions]
    key = max((len(_key(one, for_runner=for_runner)) for one in sessions), default=0)
    clock = _CLOCK if any(one.planned.session.time for one in sessions) else 0
    room = width - sum(column + len(_GAP) for column in (key, _DATE, clock) if column)
    amounts = [_amounts(one, plan.unit) for one in sessions]
    time, far = (max((len(one[column]) for one in amounts), default=0) for column in (0, 1))
    longest = max((one.profile.seconds for one in sessions if one.profile), default=0.0)
    page = _Page(key, clock, room, time, far, 0, longest, for_runner)
    bar = min(page.name * 2 // 5, _LONGEST_BAR) if page.name >= _NARROWEST else 0
    return page._replace(bar=bar)


def _key(one: SessionTotals, *, for_runner: bool) -> str:
    """What a session is known by, for a runner its weekday."""
    return words.weekday_text(one.planned.date) if for_runner else one.key


def _session(
    one: SessionTotals, codes: Sequence[str], page: _Page, unit: PaceUnit, *, colors: Colors | None, ascii: bool
) -> Iterator[str]:
    """The key, the day, what it is, and how long and how far: in columns, or below one another."""
    start = one.planned.session.time
    columns = [f"{_key(one, for_runner=page.for_runner):<{page.key}}", f"{words.date_text(one.planned.date):>{_DATE}}"]
    columns += [f"{start:%H:%M}" if start else " " * page.clock] if page.clock else []
    before = _GAP.join([*columns, ""])
    marks = [*words.marks_of(one), *codes]
    what = words.title(one, unit) + (f" ({', '.join(marks)})" if marks else "")
    if one.is_run and page.bar:
        what, *more = wrapped(what, page.name)
        time, far = _amounts(one, unit)
        bar = _bar(one, page, colors=colors, ascii=ascii)
        yield before + _GAP.join([f"{what:<{page.name}}", f"{time:>{page.time}}", f"{far:>{page.far}}", bar])
    else:
        amounts = ", ".join(filter(None, _amounts(one, unit)))
        what, *more = [*wrapped(what, page.room), *wrapped(amounts, page.room)]
        yield before + what
    if page.for_runner:
        about = (words.steps_text(one, unit), words.notes_text(one))
        more += [line for text in about for line in wrapped(text, page.room)]
    yield from (" " * len(before) + line for line in more)


def _amounts(one: SessionTotals, unit: PaceUnit) -> tuple[str, str]:
    """How long and how far it is."""
    return (words.session_time(one), words.session_distance(one, unit)) if one.is_run else ("", "")


def _bar(one: SessionTotals, page: _Page, *, colors: Colors | None, ascii: bool) -> str:
    if one.profile is None or not page.longest:
        return ""
    columns = max(round(one.profile.seconds / page.longest * page.bar), 1)
    return strip(one.profile, columns, colors=colors, ascii=ascii)
