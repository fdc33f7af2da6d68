"""A season in the terminal: a line a week, then what months, years and plans come to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from negsplit.plan.phases import PHASES, Phase
from negsplit.plan.season import Season, SeasonWeek
from negsplit.preview import plan_words as words
from negsplit.preview import season_words
from negsplit.preview.palette import PHASES as COLOURS
from negsplit.preview.palette import Colors, painted
from negsplit.preview.text import wrapped

_GAP: Final = "  "
_NARROWEST: Final = 72
"""Columns for all amounts beside a bar; where there are fewer, some stand below it."""
_LONGEST_BAR: Final = 36
_LEFT: Final = 4
"""So many columns stand left of what a narrow line has below it."""
_WORDS: Final = 2
"""Up to this column there are words, behind it amounts."""
_ESCAPE: Final = re.compile("\x1b\\[[0-9;]*m")
_BLOCKS, _ASCII = ("\u2588", "\u2592"), ("#", ":")
"""A full bar and one that is not."""
CHARACTERS: Final = "".join(_BLOCKS)
"""What an output must be able to encode, or it gets the bars in ASCII."""

_Row = tuple[str, ...]
_HEAD: Final[_Row] = ("Week", "From", "What for", "In all", "Longest", "Hard", "VDOT")


def lines(season: Season, width: int, *, colors: Colors | None, ascii: bool = False) -> list[str]:
    """All of it in lines of at most ``width`` columns, escapes for colours not counted.

    Whatever a file says is made visible here, so that the lines may be written as they are, with their colours.
    """
    page = _Page(season, width, _ASCII if ascii else _BLOCKS, colors=colors)
    parts = [page.head(), *page.plans(), page.months(), page.years(), page.remarks()]
    return [line.rstrip() for index, part in enumerate(filter(None, parts)) for line in ([""] * bool(index) + part)]


class _Page:
    """The parts of a season in lines of some width."""

    def __init__(self, season: Season, width: int, signs: tuple[str, str], *, colors: Colors | None) -> None:
        self.season, self.width, self.signs, self.colors = season, width, signs, colors
        self.weeks = [week for plan in season.plans for week in plan.weeks]
        rows = [_HEAD, *(self._row(week, "40.2" if week.vdot else "") for week in self.weeks)]
        self.columns = [max(map(len, column)) for column in zip(*rows, strict=True)]
        self.is_wide = width >= _NARROWEST
        shown = self.columns if self.is_wide else self.columns[:_LEFT]
        self.bar = min(width - sum(column + len(_GAP) for column in shown), _LONGEST_BAR)
        self.highest = max(season.amount(week.week.totals) for week in self.weeks)

    def head(self) -> list[str]:
        """What it is, whose, and what the bars mean."""
        used = {week.phase for week in self.weeks}
        kinds = [f"{self._painted(one, 2)} {one}" for one in PHASES if one in used and one != "break"]
        about = wrapped(season_words.head(self.season), self.width)
        return [season_words.TITLE, *about, *self._in_rows(kinds)]

    def plans(self) -> Iterator[list[str]]:
        """Each plan with its weeks, and the days between two of them."""
        vdot = ""
        for before, one in zip((None, *self.season.plans), self.season.plans, strict=False):
            if gap := season_words.gap_behind(self.season, before):
                yield wrapped(gap, self.width)
            about = "; ".join(season_words.plan(self.season, one))
            found = [*wrapped(one.plan.plan.name, self.width), *wrapped(about, self.width, _GAP)]
            found += [self._line(_HEAD, "")] if self.is_wide else []
            for week in one.weeks:
                now = season_words.vdot(week)
                found += self._week(week, now if now != vdot else "")
                vdot = now or vdot
            yield found

    def months(self) -> list[str]:
        """A line for each month."""
        rows = [season_words.month(self.season, one) for one in self.season.months]
        columns = [max(map(len, column)) for column in zip(*rows, strict=True)]
        found = [line for row in rows for line in self._month(row, columns)]
        return found and ["Months", *found]

    def years(self) -> list[str]:
        """What each year comes to."""
        about = [f"{one.number}: {'; '.join(season_words.year(self.season, one))}" for one in self.season.years]
        found = [line for one in about for line in wrapped(one, self.width, _GAP)]
        return found and ["Years", *found]

    def remarks(self) -> list[str]:
        """What stays the same, and what to change."""
        found = [line for one in season_words.remarks(self.season) for line in wrapped(one, self.width, _GAP)]
        return found and [season_words.REMARKS, *found]

    # --- One week ----------------------------------------------------------------------------

    def _row(self, week: SeasonWeek, vdot: str) -> _Row:
        hard = week.training.hard_seconds
        return (
            season_words.week(week),
            words.date_text(week.week.week.first),
            week.phase,
            season_words.amount(self.season, week.week.totals) if week.week.totals.sessions else "",
            season_words.length(self.season, week.training.longest),
            words.time_text(hard) if hard else "",
            vdot,
        )

    def _week(self, week: SeasonWeek, vdot: str) -> Iterator[str]:
        row = self._row(week, vdot)
        amount = self.season.amount(week.week.totals)
        columns = max(round(amount / self.highest * self.bar), 1) if amount else 0
        bar = self._painted(week.phase, columns)
        also = [season_words.missed(week), *(season_words.race(self.season, one) for one in week.races)]
        if self.is_wide:
            yield self._line(row, bar)
        else:
            longest, hard, now = row[_LEFT:]
            yield self._line(row[:_LEFT], bar)
            also[:0] = [f"longest {longest}" if longest else "", f"{hard} hard" if hard else "", now and f"VDOT {now}"]
        indent = " " * (self.columns[0] + len(_GAP))
        yield from wrapped("; ".join(filter(None, also)), self.width, indent)

    def _month(self, row: _Row, columns: Sequence[int]) -> list[str]:
        """Side by side, or where that does not fit one behind the other."""
        line = _GAP + _in_columns(row, columns)
        return [line] if len(line) <= self.width else wrapped("; ".join(filter(None, row)), self.width, _GAP)

    def _line(self, row: _Row, bar: str) -> str:
        return f"{_in_columns(row, self.columns)}{_GAP}{bar}"

    def _painted(self, phase: Phase, columns: int) -> str:
        """So much of a bar, in its colour."""
        name, is_full = COLOURS[phase]
        bar = self.signs[not is_full] * columns
        return painted(bar, self.colors[name]) if self.colors and bar else bar

    def _in_rows(self, kinds: Sequence[str]) -> list[str]:
        """Keys of the bars side by side, as many as fit."""
        found: list[list[str]] = [[]]
        for one in kinds:
            if _wide([*found[-1], one]) > self.width:
                found.append([])
            found[-1].append(one)
        return [_GAP.join(row) for row in found if row]


def _wide(row: Iterable[str]) -> int:
    """Columns of some words side by side, without their colours."""
    return len(_ESCAPE.sub("", _GAP.join(row)))


def _in_columns(row: _Row, columns: Sequence[int]) -> str:
    """Amounts, and whatever begins with a number, to the right; other words to the left."""
    return _GAP.join(
        f"{one:>{wide}}" if one[:1].isdigit() or index > _WORDS else f"{one:<{wide}}"
        for index, (one, wide) in enumerate(zip(row, columns, strict=False))
    )
