"""A program as a picture: time along, effort upward, repeats as brackets over it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from negsplit.diagnostics import visible
from negsplit.estimate.estimate import Estimate
from negsplit.estimate.levels import level_of
from negsplit.estimate.profile import Bar, Bracket, Profile
from negsplit.preview.drawing import (
    EDGE,
    LOOKS,
    REACH,
    RESTING,
    STYLE,
    WALKED,
    Key,
    escaped,
    keys,
    legend,
    lettered,
    look_of,
    marked,
    plainly,
    rectangle,
    shape,
    tenth,
)
from negsplit.preview.lettering import shortened, width_of
from negsplit.preview.scale import EffortScale, effort_ticks, scale, time_text, time_ticks
from negsplit.preview.text import KINDS, description, role_text, step_length, target_texts, times_text, totals
from negsplit.program.model import Intensity, Program
from negsplit.units import PaceUnit


class Frame(NamedTuple):
    """How wide a picture is, in pixels, and what is left free at its sides; its height follows from what is in it."""

    width: int
    left: int
    right: int
    right_of_threshold: int
    """Where the word stands behind the line; no more than ``right`` where it stands on it."""


WIDE: Final = Frame(880, 72, 36, 84)
NARROW: Final = Frame(360, 46, 10, 10)
"""For a phone, where a wide one would be too small to read."""

_LEFT_OF_WORDS: Final = 72
"""What efforts take that are words, before the axis."""
_INSET: Final = 24
_HEAD: Final = 66
_MARGIN: Final = 12
_LEVEL: Final = 20
_DEEPEST: Final = 4
"""Brackets nested deeper than this are left out."""
_PLOT: Final = 190
_FOOT: Final = 46
_TICK_GAP: Final = 72
_LINE: Final = 14
_KEYS: Final = 20
_STUB: Final = 7
"""The height of a bar where nobody moves."""

_SMALL: Final = 11
"""Pixels of the letters on bars."""

_SEEN: Final = (KINDS[Intensity.ACTIVE], KINDS[Intensity.RECOVERY])
"""What is told from height and colour alone."""

_NARROWEST: Final = 1.0
"""Bars narrower than this are drawn as one."""
_SHOWS_REACH: Final = 6.0
_SHOWS_BRACKET: Final = 8.0
_UPRIGHT: Final = 14.0
"""The least width for a label that is turned by a quarter."""


def svg(
    program: Program,
    profile: Profile,
    estimate: Estimate,
    unit: PaceUnit,
    *,
    standalone: bool = True,
    for_runner: bool = False,
    frame: Frame = WIDE,
) -> str:
    """The whole picture, in ASCII: the same bytes for the same workout, nothing loaded from anywhere.

    ``for_runner`` leaves its load out. Without ``standalone`` it is the drawing alone: the page around it holds
    :data:`STYLE`, the name, and the totals. Its classes begin with ``ns``, and it has no ids.
    """
    said = totals(program, estimate, unit, for_runner=for_runner)
    picture = _Picture(program, profile, said, unit, frame, head=_HEAD if standalone else _MARGIN)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ns" role="img" width="{frame.width}" height="{picture.height}"'
        f' viewBox="0 0 {frame.width} {picture.height}">',
        f"<title>{escaped(program.name or '(no name)')}</title>",
        f"<desc>{escaped(description(program, estimate, unit, for_runner=for_runner))}</desc>",
        *([f"<style>\n{STYLE}</style>"] if standalone else []),
        *(picture.title() if standalone else []),
        *filter(None, picture.lines()),
        "</svg>",
    ]
    return "\n".join(lines).encode("ascii", "xmlcharrefreplace").decode() + "\n"


def shows_threshold(profile: Profile) -> bool:
    """Whether the line of the threshold lies in the picture."""
    by = scale(profile)
    return profile.threshold_mps is not None and by.floor < 1 <= by.top


# --- Drawing ------------------------------------------------------------------------------------


class _Box(NamedTuple):
    """A bar in pixels: how far right, how wide, and how far down its effort and the edges of its target are."""

    bar: Bar
    look: str
    """The classes of its colour."""
    x: float
    width: float
    top: float
    y: float
    bottom: float
    words: tuple[str, ...]
    """What it is, its length and its target, as far as they fit."""


class _Picture:
    """Places bars, brackets, axes and words."""

    def __init__(self, program: Program, profile: Profile, said: str, unit: PaceUnit, frame: Frame, head: int) -> None:
        self.program, self.profile, self.unit, self.frame, self.head = program, profile, unit, frame, head
        self.scale: EffortScale = scale(profile)
        self.left = frame.left if profile.mps else max(frame.left, _LEFT_OF_WORDS)
        self.totals = said
        self.threshold = shows_threshold(profile)
        levels = min(max((bracket.depth + 1 for bracket in profile.brackets), default=0), _DEEPEST)
        self.top = head + _LEVEL * levels
        self.base = self.top + _PLOT
        self.wide = frame.width - self.left - (frame.right_of_threshold if self.threshold else frame.right)
        self.boxes = [self._box(bar) for bar in _merged(profile.bars, _NARROWEST / self._pixels(1.0))]
        self.legend = legend([*self._keys()], self.left, frame.width, self.base + 38)
        self.height = self.base + _FOOT + self.legend.height

    def title(self) -> Iterator[str]:
        """The card that it all stands on, the name and the totals."""
        yield f'<rect class="ns-card" x=".5" y=".5" width="{self.frame.width - 1}" height="{self.height - 1}" rx="8"/>'
        name = self.program.name or "(no name)"
        yield lettered("ns-name", _INSET, 32, shortened(plainly(name), 19, self.frame.width - 2 * _INSET))
        yield lettered("ns-dim", _INSET, 51, shortened(self.totals, 12, self.frame.width - 2 * _INSET))

    def lines(self) -> Iterator[str]:
        """The drawing."""
        yield from self._effort_axis()
        yield from self._bars()
        yield from self._threshold()
        yield from self._labels()
        yield from self._brackets()
        yield from self._time_axis()
        yield from self.legend.lines

    # Where things are.

    def _pixels(self, seconds: float) -> float:
        return seconds * self.wide / (self.profile.seconds or 1.0)

    def _y(self, effort: float) -> float:
        return self.base - _PLOT * self.scale.height(effort)

    def _box(self, bar: Bar) -> _Box:
        x, width = self.left + self._pixels(bar.start), self._pixels(bar.seconds)
        if width >= 4:
            x, width = x + 0.5, width - 1
        if bar.still:
            return _Box(bar, RESTING, x, width, self.base - _STUB, self.base - _STUB, self.base, ())
        y = self._y(bar.effort)
        look = look_of(bar)
        if bar.walked:
            x, width, y = x + 1, max(width - 2, 0.1), min(y + 1, self.base)
        words = self._words(bar, self.base - y, width)
        return _Box(bar, look, x, width, self._y(bar.high), y, self._y(bar.low), words)

    def _words(self, bar: Bar, height: float, width: float) -> tuple[str, ...]:
        """Its length, below it its target, above it what it is: as many of them as there is room for, in this order."""
        step, lines = bar.step, int((height - 10) // _LINE)
        length = step_length(step)
        target = target_texts(step, self.unit)[0]
        what = visible(step.own_name) or ("" if role_text(step) in _SEEN else role_text(step))
        if lines < 1 or not _fits(length, width):
            return ()
        words = [length]
        if lines >= 2 and target != "open" and _fits(target, width):
            words.append(target)
        if lines > len(words) and what and (_fits(what, width) or step.own_name):
            words.insert(0, shortened(what, _SMALL, width - 8))
        return tuple(words)

    # What is drawn.

    def _effort_axis(self) -> Iterator[str]:
        ticks = effort_ticks(self.profile, self.scale, self.unit, 26 / _PLOT)
        lines = "".join(f"M{self.left} {tenth(self._y(tick.at))}h{self.wide}" for tick in ticks)
        if lines:
            yield f'<path class="ns-grid" d="{lines}"/>'
        for tick in ticks:
            yield lettered("ns-dim ns-end", self.left - 8, self._y(tick.at) + 4, tick.text)
        if self.profile.mps and ticks:
            yield lettered("ns-dim ns-end", self.left - 8, self.base + 4, f"/{self.unit}")

    def _bars(self) -> Iterator[str]:
        """One path for all that looks the same."""
        for look in LOOKS:
            boxes = [box for box in self.boxes if box.look == look]
            yield shape(look, (rectangle(box.x, self.base, box.width, box.y) for box in boxes))
            reaching = [box for box in boxes if box.width >= _SHOWS_REACH and box.top < box.bottom]
            if not look.endswith(WALKED):
                yield shape(f"{look} ns-reach", (rectangle(box.x, box.y, box.width, box.top) for box in reaching))
                yield shape("ns-below", (rectangle(box.x, box.bottom, box.width, box.y) for box in reaching))
        guessed = [box for box in self.boxes if box.bar.assumed and box.width >= 4]
        yield shape("ns-edge", (rectangle(box.x, self.base, box.width, box.y) for box in guessed))

    def _threshold(self) -> Iterator[str]:
        if not self.threshold:
            return
        y, is_beside = self._y(1.0), self.frame.right_of_threshold > self.frame.right
        line = f'd="M{self.left} {tenth(y)}h{self.wide + 6 if is_beside else self.wide}"/>'
        yield f'<path class="ns-halo" {line}<path class="ns-mark" {line}'
        if is_beside:
            yield lettered("ns-dim", self.left + self.wide + 12, y + 4, "threshold")

    def _labels(self) -> Iterator[str]:
        for box in self.boxes:
            name = f"ns-on {box.look.replace('ns-', 'ns-on-')}"
            for number, word in enumerate(reversed(box.words)):
                yield lettered(name, box.x + box.width / 2, self.base - 10 - _LINE * number, word)
            if box.words or box.bar.still or box.width < _UPRIGHT:
                continue
            length = step_length(box.bar.step)
            long = width_of(length, 11)
            if long + 12 <= self.base - box.y:
                place = f"{tenth(box.x + box.width / 2 + 4)} {tenth(self.base - 8 - long / 2)}"
                yield f'<text class="{name}" transform="translate({place})rotate(-90)">{marked(length)}</text>'

    def _brackets(self) -> Iterator[str]:
        shown = [one for one in self.profile.brackets if one.depth < _DEEPEST]
        shown = [one for one in shown if self._pixels(one.seconds) >= _SHOWS_BRACKET]
        yield shape("ns-bracket", map(self._bracket, shown))
        for one in shown:
            text, width = times_text(one.times), self._pixels(one.seconds)
            word = next((word for word in (text, text.removeprefix("repeat ")) if width_of(word, 13) <= width), "")
            if word:
                yield lettered("ns-count", self.left + self._pixels(one.start) + width / 2, self._level(one) - 5, word)

    def _level(self, bracket: Bracket) -> float:
        return self.head + _LEVEL * bracket.depth + 12.5

    def _bracket(self, one: Bracket) -> str:
        x, width, y = self.left + self._pixels(one.start), self._pixels(one.seconds), self._level(one)
        return f"M{tenth(x + 1)} {tenth(y + 5)}v-5h{tenth(width - 2)}v5"

    def _time_axis(self) -> Iterator[str]:
        yield f'<path class="ns-axis" d="M{self.left} {self.base + 0.5}h{self.wide}"/>'
        if not self.profile.to_scale:
            yield lettered("ns-dim", self.left, self.base + 18, "time, not to scale: one length is unknown")
            return
        longest = self.profile.seconds
        gap = max(_TICK_GAP, math.ceil(width_of(time_text(longest, longest), 12)) + 20)
        ticks = time_ticks(longest, max(self.wide // gap, 1))
        yield shape("ns-axis", (f"M{tenth(self.left + self._pixels(tick.at))} {self.base}v5" for tick in ticks))
        for tick in ticks:
            x = self.left + self._pixels(tick.at)
            if x + width_of(tick.text, 12) / 2 <= self.frame.width:
                yield lettered("ns-dim ns-mid", x, self.base + 18, tick.text)

    def _keys(self) -> Iterator[Key]:
        """What is to be explained, in one line where it fits: the levels there are, and how bars differ besides."""
        yield from keys(box.bar for box in self.boxes)
        if any(box.top < box.bottom and box.width >= _SHOWS_REACH and not box.bar.walked for box in self.boxes):
            yield Key(REACH, "range")
        if any(box.bar.assumed for box in self.boxes):
            yield Key(EDGE, "open: typical length")


# --- Pieces -------------------------------------------------------------------------------------


def _merged(bars: Sequence[Bar], least: float) -> Iterator[Bar]:
    """The bars; neighbours of less than ``least`` seconds as one, of the longest's kind and their mean effort."""
    few: list[Bar] = []
    for bar in bars:
        if bar.seconds >= least:
            if few:
                yield _one(few)
                few = []
            yield bar
            continue
        few.append(bar)
        if bar.start + bar.seconds - few[0].start >= least:
            yield _one(few)
            few = []
    if few:
        yield _one(few)


def _one(bars: Sequence[Bar]) -> Bar:
    seconds = sum(bar.seconds for bar in bars)
    longest = max(bars, key=lambda bar: bar.seconds)
    effort = sum(bar.effort * bar.seconds for bar in bars) / seconds
    return replace(
        longest, start=bars[0].start, seconds=seconds, low=effort, effort=effort, high=effort, level=level_of(effort)
    )


def _fits(text: str, width: float) -> bool:
    return width_of(text, _SMALL) + 8 <= width
