"""A program as a drawing in the terminal: a column is a stretch of time, its height how hard that is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, groupby, pairwise
from operator import itemgetter
from typing import Final, NamedTuple, TypeVar

from negsplit.estimate.levels import LEVELS
from negsplit.estimate.profile import Bar, Bracket, Profile
from negsplit.preview.palette import Colors, painted
from negsplit.preview.scale import EffortScale, effort_ticks, scale, time_text, time_ticks
from negsplit.preview.text import times_text
from negsplit.units import PaceUnit

NARROWEST: Final = 60
"""Columns that a drawing needs to say anything."""
ROWS: Final = 8
"""Lines of a terminal that its bars are high."""

_DEEPEST: Final = 3
_TICK_GAP: Final = 12
_CROWDED: Final = 0.6
"""Steps a column beyond which a drawing shows one round of the innermost repeats, as wide as all of them."""


_Piece = TypeVar("_Piece", Bar, Bracket)


class _Signs(NamedTuple):
    """What a drawing is made of; ``part`` are the eighths of a column from low to high."""

    full: str
    usual: str
    walked: str
    part: str
    left: str
    line: str
    right: str
    corner: str
    tick: str
    side: str


_BLOCKS: Final = _Signs("█", "▒", "░", " ▁▂▃▄▅▆▇", "├", "─", "┤", "└", "┴", "│")
_ASCII: Final = _Signs("#", ":", ".", "   __###", "|", "-", "|", "+", "+", "|")

CHARACTERS: Final = "".join(_BLOCKS)
"""What an output must be able to encode, or it gets the drawing in ASCII."""


def chart(
    profile: Profile, unit: PaceUnit, width: int, *, colors: Colors | None = None, ascii: bool = False
) -> list[str]:
    """The drawing in lines of at most ``width`` columns, escapes for colours not counted; none below 60 columns.

    Steps that end at a button or a heart rate are shaded: their length is a guess.
    """
    if width < NARROWEST or not profile.bars:
        return []
    return _Drawing(profile, unit, width, colors, _ASCII if ascii else _BLOCKS).lines()


_SHADES: Final = ".:-=+*%#"
"""What is hard is dark, where a column of ASCII has no height."""
_STRIP: Final = (0.4, 1.15)
"""The shares of threshold speed at the bottom and the top of every strip: a walk, and the pace of a mile."""


def strip(profile: Profile, columns: int, *, colors: Colors | None = None, ascii: bool = False) -> str:
    """The workout in one row of so many columns, each as high as its stretch of time is hard on average.

    All strips have one scale, so that the sessions of a plan can be compared.
    """
    if not profile.bars:
        return ""
    shades = _SHADES if ascii else _BLOCKS.part[1:] + _BLOCKS.full
    wide = profile.seconds / columns
    cells, bars = [], []
    for column in range(columns):
        parts = _overlapping(profile.bars, column * wide, (column + 1) * wide)
        seconds = sum(part for _, part in parts)
        effort = sum(bar.effort * part for bar, part in parts) / seconds
        height = (effort - _STRIP[0]) / (_STRIP[1] - _STRIP[0])
        cells.append(shades[min(max(round(height * 8), 1), 8) - 1])
        bars.append(max(parts, key=lambda one: one[1])[0])
    return _painted(cells, bars, colors)


def _overlapping(bars: Sequence[Bar], start: float, end: float) -> list[tuple[Bar, float]]:
    """The bars in a stretch of time, and how many of its seconds each takes."""
    parts = [(bar, min(bar.start + bar.seconds, end) - max(bar.start, start)) for bar in bars]
    found = [(bar, part) for bar, part in parts if part > 0]
    return found or [(bars[-1], 1.0)]


class _Drawing:
    """Rows of columns, with brackets above and the time below."""

    def __init__(self, profile: Profile, unit: PaceUnit, width: int, colors: Colors | None, signs: _Signs) -> None:
        self.unit, self.colors, self.signs = unit, colors, signs
        self.scale: EffortScale = scale(profile)
        ticks = effort_ticks(profile, self.scale, unit, 1.8 / ROWS)
        self.paces = {min(int(self.scale.height(tick.at) * ROWS), ROWS - 1): tick.text for tick in ticks}
        self.margin = max((len(text) for text in self.paces.values()), default=0) + 1
        self.wide = width - self.margin - 2
        self.profile = _uncrowded(profile, int(self.wide * _CROWDED))
        self.folded = self.profile is not profile
        widths = _widths(self.profile.bars, self.wide)
        self.edges = [0, *accumulate(widths)]
        self.columns = [bar for bar, width in zip(self.profile.bars, widths, strict=True) for _ in range(width)]

    def lines(self) -> list[str]:
        rows = [self._row(row) for row in reversed(range(ROWS))]
        return [*self._brackets(), *rows, *self._time(), *self._words()]

    # Columns.

    def _at(self, seconds: float) -> int:
        """The column of a moment."""
        bars = self.profile.bars
        number = max(bisect_right(bars, seconds, key=lambda bar: bar.start) - 1, 0)
        inside = min((seconds - bars[number].start) / bars[number].seconds, 1.0)
        return round(self.edges[number] + inside * (self.edges[number + 1] - self.edges[number]))

    def _row(self, row: int) -> str:
        label = f"{self.paces.get(row, ''):>{self.margin}} {self.signs.side}"
        cells = [self._cell(bar, row) for bar in self.columns]
        drawn = len("".join(cells).rstrip())
        return label + _painted(cells[:drawn], self.columns, self.colors)

    def _cell(self, bar: Bar, row: int) -> str:
        eighths = 1 if bar.still else max(round(self.scale.height(bar.effort) * ROWS * 8), 1)
        filled = eighths - 8 * row
        if filled >= 8:
            return self.signs.walked if bar.walked else self.signs.usual if bar.assumed else self.signs.full
        return self.signs.part[max(filled, 0)]

    # Around them.

    def _brackets(self) -> list[str]:
        levels = min(max((one.depth + 1 for one in self.profile.brackets), default=0), _DEEPEST)
        lines = []
        for level in range(levels):
            line = " " * self.wide
            for one in self.profile.brackets:
                if one.depth == level:
                    line = self._bracket(line, one)
            lines.append((" " * (self.margin + 2) + line).rstrip())
        return lines

    def _bracket(self, line: str, one: Bracket) -> str:
        """The line with a bracket on it, as far as it is wide enough for one; its count where that fits too."""
        start, end = self._at(one.start), self._at(one.start + one.seconds)
        inside = end - start - 2
        if inside < 0:
            return line
        count = times_text(one.times)
        words = (f" {count} ", count, count.removeprefix("repeat "), "")
        word = next(word for word in words if len(word) <= inside)
        bracket = f"{self.signs.left}{word.center(inside, self.signs.line)}{self.signs.right}"
        return line[:start] + bracket + line[end:]

    def _time(self) -> list[str]:
        """The axis, and what its marks say."""
        axis, words = self.signs.corner + self.signs.line * len(self.columns), " " * (self.wide + 1)
        margin = " " * (self.margin + 1)
        if not self.profile.to_scale:
            return [margin + axis, f"{margin} time, not to scale: one length is unknown"]
        longest = self.profile.seconds
        gap = max(_TICK_GAP, len(time_text(longest, longest)) + 4)
        for tick in time_ticks(longest, max(self.wide // gap, 1)):
            at = self._at(tick.at) + 1
            if tick.at and at <= len(self.columns):
                axis = axis[:at] + self.signs.tick + axis[at + 1 :]
            start = max(at - len(tick.text) // 2, 1)
            if start + len(tick.text) <= len(words):
                words = words[:start] + tick.text + words[start + len(tick.text) :]
        return [margin + axis, (margin + words).rstrip()]

    def _words(self) -> list[str]:
        """What the signs and the colours say."""
        bars, signs = self.profile.bars, self.signs
        words = []
        if colors := self.colors:
            found = [one.value for one in LEVELS if one in {bar.level for bar in bars if not bar.still}]
            words.append("  ".join(f"{painted(signs.full, colors[one])} {one}" for one in found))
        if any(bar.walked for bar in bars):
            words.append(f"{signs.walked} walked")
        if any(bar.assumed and not bar.walked for bar in bars):
            words.append(f"{signs.usual} open: typical length")
        if self.folded:
            words.append("one round stands for the whole repeat")
        return [" " * (self.margin + 2) + word for word in words]


# --- Columns ------------------------------------------------------------------------------------


def _widths(bars: Sequence[Bar], wide: int) -> list[int]:
    """Columns of each bar, by its time: at least one, the same for the same, together at most ``wide``.

    Where there are more bars than columns, some get none.
    """
    seconds = sum(bar.seconds for bar in bars)
    ideal = [bar.seconds / seconds * wide for bar in bars]
    if len(bars) > wide:
        edges = [round(edge) for edge in accumulate(ideal, initial=0.0)]
        return [end - start for start, end in pairwise(edges)]
    shrunk = 1.0
    while True:
        widths = [max(round(width * shrunk), 1) for width in ideal]
        if sum(widths) <= wide:
            return widths
        shrunk *= 0.995


def _uncrowded(profile: Profile, most: int) -> Profile:
    """The profile with one round of its innermost repeats for all of them, until it has at most so many bars."""
    depth = max((one.depth for one in profile.brackets), default=-1)
    while len(profile.bars) > most and depth >= 0:
        profile, depth = _folded(profile, depth), depth - 1
    return profile


def _folded(profile: Profile, depth: int) -> Profile:
    bars, brackets = list(profile.bars), list(profile.brackets)
    for one in profile.brackets:
        if one.depth == depth and one.rounds > 1:
            bars = _first_round(bars, one)
            brackets = _first_round(brackets, one)
    brackets = [replace(one, rounds=1, each=one.each * one.rounds) if one.depth == depth else one for one in brackets]
    return replace(profile, bars=tuple(bars), brackets=tuple(brackets))


def _first_round(pieces: list[_Piece], of: Bracket) -> list[_Piece]:
    """What is not in a repeat as it is, and of its rounds the first, stretched over all of them."""
    kept, end = [], of.start + of.each
    for one in pieces:
        if (isinstance(one, Bracket) and one.depth <= of.depth) or not _lies(
            one.start, of.start, of.start + of.each * of.rounds
        ):
            kept.append(one)
        elif _lies(one.start, of.start, end):
            start = of.start + (one.start - of.start) * of.rounds
            kept.append(replace(one, start=start, seconds=one.seconds * of.rounds))
    return kept


def _lies(moment: float, start: float, end: float) -> bool:
    slack = (end - start) * 1e-6
    return start - slack <= moment < end - slack


def _painted(cells: Sequence[str], bars: Sequence[Bar], colors: Colors | None) -> str:
    """The cells in the colours of how hard they are, one escape for each run of them."""
    if colors is None:
        return "".join(cells)
    looks = [None if cell == " " else _color(bar, colors) for cell, bar in zip(cells, bars, strict=False)]
    runs = groupby(zip(looks, cells, strict=True), key=itemgetter(0))
    texts = [(look, "".join(cell for _, cell in run)) for look, run in runs]
    return "".join(text if look is None else painted(text, look) for look, text in texts)


def _color(bar: Bar, colors: Colors) -> int:
    return colors["dim" if bar.still else bar.level.value]
