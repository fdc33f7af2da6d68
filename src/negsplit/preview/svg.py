"""A program as a picture: time along, effort upward, repeats as brackets over it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from negsplit.diagnostics import visible
from negsplit.estimate.estimate import Estimate
from negsplit.estimate.profile import Bar, Bracket, Profile
from negsplit.preview.lettering import shortened, width_of
from negsplit.preview.palette import DARK, LIGHT, coloured
from negsplit.preview.scale import EffortScale, effort_ticks, scale, time_text, time_ticks
from negsplit.preview.text import KINDS, description, length_text, role_text, target_texts, times_text, totals
from negsplit.program.model import Intensity, Program
from negsplit.units import PaceUnit

WIDTH: Final = 880
"""Of every picture, in pixels; its height follows from how deep repeats are nested."""

_LIGHT: Final = """\
.ns{max-width:100%;height:auto;font:12px system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
.ns-card{fill:$paper;stroke:$line}.ns-name{font-size:19px;font-weight:600;fill:$ink}.ns-dim{fill:$dim}
.ns-grid{stroke:$grid}.ns-axis{stroke:$axis}.ns-bracket{stroke:$dim;fill:none}
.ns-count{fill:$ink;font-weight:600;text-anchor:middle}.ns-mid{text-anchor:middle}.ns-end{text-anchor:end}
.ns-threshold{stroke:$ink;stroke-dasharray:2 4;stroke-linecap:round}
.ns-warmup{fill:$warmup}.ns-active{fill:$active}.ns-recovery{fill:$recovery}.ns-cooldown{fill:$cooldown}
.ns-rest{fill:none;stroke:$rest}.ns-reach{fill-opacity:.38;stroke:none}.ns-guess{fill-opacity:.8}
.ns-below{fill:#fff;fill-opacity:.2}.ns-weave{stroke:$paper;stroke-opacity:.28;stroke-width:2}
.ns-dots{stroke-dasharray:0 8;stroke-linecap:round;stroke-opacity:.5}
.ns-edge{fill:none;stroke:$ink;stroke-dasharray:4 3}
.ns-on{fill:$paper;font-size:11px;text-anchor:middle}.ns-on-recovery{fill:$ink}
"""
_DARK: Final = """\
@media(prefers-color-scheme:dark){.ns-card{fill:$paper;stroke:$line}.ns-name,.ns-count{fill:$ink}
.ns-dim{fill:$dim}.ns-grid{stroke:$grid}.ns-axis{stroke:$axis}.ns-bracket{stroke:$dim}
.ns-threshold,.ns-edge{stroke:$ink}.ns-warmup{fill:$warmup}.ns-active{fill:$active}.ns-recovery{fill:$recovery}
.ns-cooldown{fill:$cooldown}.ns-rest{stroke:$rest}.ns-weave{stroke:$paper}.ns-on{fill:$paper}.ns-on-recovery{fill:$ink}}
"""
STYLE: Final = coloured(_LIGHT, LIGHT) + coloured(_DARK, DARK)
"""What the classes look like, in light and in dark; once is enough for a page with several pictures."""

_LEFT: Final = 72
_RIGHT: Final = 36
_RIGHT_OF_THRESHOLD: Final = 84
_INSET: Final = 24
_HEAD: Final = 66
_MARGIN: Final = 12
_LEVEL: Final = 20
_DEEPEST: Final = 4
"""Brackets nested deeper than this are left out."""
_PLOT: Final = 190
_FOOT: Final = 66
_TICK_GAP: Final = 72
_LINE: Final = 14
_STRIPE: Final = 8
_STUB: Final = 7
"""The height of a bar where nobody moves."""

_NARROWEST: Final = 1.0
"""Bars narrower than this are drawn as one."""
_SHOWS_REACH: Final = 6.0
_SHOWS_BRACKET: Final = 8.0
_UPRIGHT: Final = 14.0
"""The least width for a label that is turned by a quarter."""

_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may hold."""


def svg(
    program: Program,
    profile: Profile,
    estimate: Estimate,
    unit: PaceUnit,
    *,
    standalone: bool = True,
    for_runner: bool = False,
) -> str:
    """The whole picture, in ASCII: the same bytes for the same workout, nothing loaded from anywhere.

    ``for_runner`` leaves its load out. Without ``standalone`` it is the drawing alone: the page around it holds
    :data:`STYLE`, the name, and the totals. Its classes begin with ``ns``, and it has no ids.
    """
    said = totals(program, estimate, unit, for_runner=for_runner)
    picture = _Picture(program, profile, said, unit, head=_HEAD if standalone else _MARGIN)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ns" role="img" width="{WIDTH}" height="{picture.height}"'
        f' viewBox="0 0 {WIDTH} {picture.height}">',
        f"<title>{escaped(program.name or '(no name)')}</title>",
        f"<desc>{escaped(description(program, estimate, unit, for_runner=for_runner))}</desc>",
        *([f"<style>\n{STYLE}</style>"] if standalone else []),
        *(picture.title() if standalone else []),
        *filter(None, picture.lines()),
        "</svg>",
    ]
    return "\n".join(lines).encode("ascii", "xmlcharrefreplace").decode() + "\n"


def escaped(text: str) -> str:
    """A text for XML and HTML: without what XML forbids, invisible characters made visible, marks escaped."""
    return _marked(_plain(text))


def _plain(text: str) -> str:
    return visible(" ".join(_FORBIDDEN.sub("", text).split()))


def _marked(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


# --- Drawing ------------------------------------------------------------------------------------


class _Box(NamedTuple):
    """A bar in pixels: how far right, how wide, and how far down its effort and the edges of its target are."""

    bar: Bar
    kind: str
    x: float
    width: float
    top: float
    y: float
    bottom: float
    words: tuple[str, ...]
    """Its length and its target, as far as they fit side by side with the others'."""


class _Picture:
    """Places bars, brackets, axes and words."""

    def __init__(self, program: Program, profile: Profile, totals: str, unit: PaceUnit, head: int) -> None:
        self.program, self.profile, self.unit, self.head = program, profile, unit, head
        self.scale: EffortScale = scale(profile)
        self.totals = totals
        self.threshold = profile.threshold_mps is not None and self.scale.floor < 1 <= self.scale.top
        levels = min(max((bracket.depth + 1 for bracket in profile.brackets), default=0), _DEEPEST)
        self.top = head + _LEVEL * levels
        self.base = self.top + _PLOT
        self.height = self.base + _FOOT
        self.wide = WIDTH - _LEFT - (_RIGHT_OF_THRESHOLD if self.threshold else _RIGHT)
        self.boxes = [self._box(bar) for bar in _merged(profile.bars, _NARROWEST / self._pixels(1.0))]

    def title(self) -> Iterator[str]:
        """The card that it all stands on, the name and the totals."""
        yield f'<rect class="ns-card" x=".5" y=".5" width="{WIDTH - 1}" height="{self.height - 1}" rx="8"/>'
        name = self.program.name or "(no name)"
        yield _text("ns-name", _INSET, 32, shortened(_plain(name), 19, WIDTH - 2 * _INSET))
        yield _text("ns-dim", _INSET, 51, shortened(self.totals, 12, WIDTH - 2 * _INSET))

    def lines(self) -> Iterator[str]:
        """The drawing."""
        yield from self._effort_axis()
        yield from self._bars()
        yield from self._threshold()
        yield from self._labels()
        yield from self._brackets()
        yield from self._time_axis()
        yield from self._legend()

    # Where things are.

    def _pixels(self, seconds: float) -> float:
        return seconds * self.wide / (self.profile.seconds or 1.0)

    def _y(self, effort: float) -> float:
        return self.base - _PLOT * self.scale.height(effort)

    def _box(self, bar: Bar) -> _Box:
        kind = bar.step.intensity.value
        x, width = _LEFT + self._pixels(bar.start), self._pixels(bar.seconds)
        if width >= 4:
            x, width = x + 0.5, width - 1
        if bar.still:
            return _Box(bar, kind, x, width, self.base - _STUB, self.base - _STUB, self.base, ())
        y = self._y(bar.effort)
        words = self._words(bar, self.base - y, width)
        return _Box(bar, kind, x, width, self._y(bar.high), y, self._y(bar.low), words)

    def _words(self, bar: Bar, height: float, width: float) -> tuple[str, ...]:
        length = length_text(bar.step.length)
        if height < 24 or width_of(length, 11) + 8 > width:
            return ()
        target = target_texts(bar.step, self.unit)[0]
        fits = height >= 30 + _LINE and width_of(target, 11) + 8 <= width
        return (length, target) if fits and target != "open" else (length,)

    # What is drawn.

    def _effort_axis(self) -> Iterator[str]:
        ticks = effort_ticks(self.profile, self.scale, self.unit, 26 / _PLOT)
        lines = "".join(f"M{_LEFT} {_n(self._y(tick.at))}h{self.wide}" for tick in ticks)
        if lines:
            yield f'<path class="ns-grid" d="{lines}"/>'
        for tick in ticks:
            yield _text("ns-dim ns-end", _LEFT - 8, self._y(tick.at) + 4, tick.text)
        if self.profile.mps and ticks:
            yield _text("ns-dim ns-end", _LEFT - 8, self.base + 4, f"/{self.unit}")

    def _bars(self) -> Iterator[str]:
        """One path for all that looks the same."""
        for guessed in (False, True):
            for kind in _present(box.kind for box in self.boxes if box.bar.assumed is guessed):
                boxes = [box for box in self.boxes if box.kind == kind and box.bar.assumed is guessed]
                name = f"ns-{kind} ns-guess" if guessed else f"ns-{kind}"
                yield _path(name, (_rectangle(box, box.y, self.base) for box in boxes))
                reaching = [box for box in boxes if box.width >= _SHOWS_REACH and box.top < box.bottom]
                yield _path(f"ns-{kind} ns-reach", (_rectangle(box, box.top, box.y) for box in reaching))
                yield _path("ns-below", (_rectangle(box, box.y, box.bottom) for box in reaching))
        for kind, name in (("warmup", "ns-weave"), ("cooldown", "ns-weave ns-dots")):
            boxes = [box for box in self.boxes if box.kind == kind]
            yield _path(name, (_stripes(box.x, box.width, box.y, self._foot(box)) for box in boxes))
        guessed_boxes = [box for box in self.boxes if box.bar.assumed and box.width >= 4]
        yield _path("ns-edge", (_rectangle(box, box.y, self.base) for box in guessed_boxes))

    def _foot(self, box: _Box) -> float:
        """Where stripes end: above the words."""
        return self.base - (10 + _LINE * len(box.words) if box.words else 0)

    def _threshold(self) -> Iterator[str]:
        if self.threshold:
            y = self._y(1.0)
            yield f'<path class="ns-threshold" d="M{_LEFT} {_n(y)}h{self.wide + 6}"/>'
            yield _text("ns-dim", _LEFT + self.wide + 12, y + 4, "threshold")

    def _labels(self) -> Iterator[str]:
        for box in self.boxes:
            name = "ns-on ns-on-recovery" if box.kind in ("recovery", "rest") else "ns-on"
            for number, word in enumerate(reversed(box.words)):
                yield _text(name, box.x + box.width / 2, self.base - 10 - _LINE * number, word)
            if box.words or box.bar.still or box.width < _UPRIGHT:
                continue
            length = length_text(box.bar.step.length)
            long = width_of(length, 11)
            if long + 12 <= self.base - box.y:
                place = f"{_n(box.x + box.width / 2 + 4)} {_n(self.base - 8 - long / 2)}"
                yield f'<text class="{name}" transform="translate({place})rotate(-90)">{_marked(length)}</text>'

    def _brackets(self) -> Iterator[str]:
        shown = [one for one in self.profile.brackets if one.depth < _DEEPEST]
        shown = [one for one in shown if self._pixels(one.seconds) >= _SHOWS_BRACKET]
        yield _path("ns-bracket", map(self._bracket, shown))
        for one in shown:
            text, width = times_text(one.jump), self._pixels(one.seconds)
            word = next((word for word in (text, text.removeprefix("repeat ")) if width_of(word, 13) <= width), "")
            if word:
                yield _text("ns-count", _LEFT + self._pixels(one.start) + width / 2, self._level(one) - 5, word)

    def _level(self, bracket: Bracket) -> float:
        return self.head + _LEVEL * bracket.depth + 12.5

    def _bracket(self, one: Bracket) -> str:
        x, width, y = _LEFT + self._pixels(one.start), self._pixels(one.seconds), self._level(one)
        return f"M{_n(x + 1)} {_n(y + 5)}v-5h{_n(width - 2)}v5"

    def _time_axis(self) -> Iterator[str]:
        yield f'<path class="ns-axis" d="M{_LEFT} {self.base + 0.5}h{self.wide}"/>'
        if not self.profile.to_scale:
            yield _text("ns-dim", _LEFT, self.base + 18, "time, not to scale: one length is unknown")
            return
        longest = self.profile.seconds
        gap = max(_TICK_GAP, math.ceil(width_of(time_text(longest, longest), 12)) + 20)
        ticks = time_ticks(longest, max(self.wide // gap, 1))
        yield _path("ns-axis", (f"M{_n(_LEFT + self._pixels(tick.at))} {self.base}v5" for tick in ticks))
        for tick in ticks:
            x = _LEFT + self._pixels(tick.at)
            if x + width_of(tick.text, 12) / 2 < WIDTH:
                yield _text("ns-dim ns-mid", x, self.base + 18, tick.text)

    def _legend(self) -> Iterator[str]:
        x, y = float(_LEFT), self.base + 38
        for kind in _present(box.kind for box in self.boxes):
            yield f'<path class="ns-{kind}" d="M{_n(x)} {_n(y + 10)}v-10h16v10"/>'
            if kind in ("warmup", "cooldown"):
                name = "ns-weave" if kind == "warmup" else "ns-weave ns-dots"
                yield _path(name, [_stripes(x, 16, y, y + 10)])
            roles = {role_text(box.bar.step) for box in self.boxes if box.kind == kind}
            word = roles.pop() if len(roles) == 1 else KINDS[Intensity(kind)]
            yield _text("ns-dim", x + 22, y + 9, word)
            x += 22 + width_of(word, 12) + 14
        if any(box.top < box.bottom and box.width >= _SHOWS_REACH for box in self.boxes):
            yield f'<path class="ns-active" d="M{_n(x)} {_n(y + 10)}v-5h16v5"/>'
            yield f'<path class="ns-active ns-reach" d="M{_n(x)} {_n(y + 5)}v-5h16v5"/>'
            yield _text("ns-dim", x + 22, y + 9, "the target's range")
            x += 22 + width_of("the target's range", 12) + 14
        if any(box.bar.assumed for box in self.boxes):
            yield f'<path class="ns-edge" d="M{_n(x)} {_n(y + 10)}v-10h16v10z"/>'
            yield _text("ns-dim", x + 22, y + 9, "open: typical length")


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
    return replace(longest, start=bars[0].start, seconds=seconds, low=effort, effort=effort, high=effort)


def _present(kinds: Iterable[str]) -> list[str]:
    found = set(kinds)
    return [kind.value for kind in KINDS if kind.value in found]


def _rectangle(box: _Box, top: float, bottom: float) -> str:
    low = _n(bottom)
    return f"M{_n(box.x)} {low}V{_n(top)}h{_n(box.width)}V{low}"


def _stripes(x: float, width: float, top: float, bottom: float) -> str:
    """Upright lines; their number follows from the width alone, however many bars there are."""
    line = f" {_n(bottom - 3)}V{_n(top + 1)}"
    return "".join([f"M{at}{line}" for at in range(math.ceil(x + 2), math.floor(x + width - 1), _STRIPE)])


def _path(name: str, pieces: Iterable[str]) -> str:
    data = "".join(pieces)
    return f'<path class="{name}" d="{data}"/>' if data else ""


def _text(name: str, x: float, y: float, text: str) -> str:
    return f'<text class="{name}" x="{_n(x)}" y="{_n(y)}">{_marked(text)}</text>'


def _n(value: float) -> str:
    """A coordinate to a tenth of a pixel."""
    text = f"{value:.1f}"
    return text[:-2] if text[-1] == "0" else text
