"""What pictures are made of: their style, their colours, paths, words and the legend."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from negsplit.diagnostics import visible
from negsplit.estimate.levels import LEVELS
from negsplit.estimate.profile import Bar
from negsplit.preview.lettering import width_of
from negsplit.preview.palette import DARK, LIGHT, coloured
from negsplit.preview.text import role_text

_SHAPE: Final = """\
.ns{max-width:100%;height:auto;font:12px system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
.ns-name{font-size:19px;font-weight:600}.ns-bracket{fill:none}
.ns-count,.ns-strong{font-weight:600}.ns-count{text-anchor:middle}.ns-mid{text-anchor:middle}.ns-end{text-anchor:end}
.ns-mark{stroke-dasharray:2 4;stroke-linecap:round}.ns-halo{stroke-width:4;stroke-opacity:.7}
.ns-rest{fill:none}.ns-reach{fill-opacity:.38}.ns-below{fill:#fff;fill-opacity:.2}
.ns-edge{fill:none;stroke-dasharray:4 3}.ns-on{font-size:11px;text-anchor:middle}
"""
_COLOURS: Final = (
    ".ns-card{fill:$paper;stroke:$line}.ns-name,.ns-count,.ns-strong{fill:$ink}.ns-dim{fill:$dim}.ns-grid{stroke:$grid}"
    ".ns-axis{stroke:$axis}.ns-bracket,.ns-rest{stroke:$dim}.ns-mark,.ns-edge{stroke:$ink}.ns-halo{stroke:$paper}\n"
    + "".join(f".ns-{level.value}{{fill:${level.value};stroke:${level.value};stroke-width:0}}" for level in LEVELS)
    + "\n.ns-walked{fill-opacity:.2;stroke-width:2}\n"
)
_ON_LIGHT_PAPER: Final = ".ns-on{fill:$on_dark}.ns-on-recovery,.ns-on-easy{fill:$on_light}.ns-on-walked{fill:$ink}\n"
_ON_DARK_PAPER: Final = ".ns-on,.ns-on-easy{fill:$on_light}.ns-on-recovery{fill:$on_dark}.ns-on-walked{fill:$ink}\n"
"""The colours of words on bars."""
STYLE: Final = (
    _SHAPE
    + coloured(_COLOURS + _ON_LIGHT_PAPER, LIGHT)
    + "@media screen and (prefers-color-scheme:dark){\n"
    + coloured(_COLOURS + _ON_DARK_PAPER, DARK)
    + "}\n"
)
"""What the classes look like, in light and in dark; once is enough for a page with several pictures."""


WALKED: Final = " ns-walked"
RESTING: Final = "ns-rest"
REACH: Final = "ns-reach"
EDGE: Final = "ns-edge"
LOOKS: Final = (*(f"ns-{one.value}{walked}" for one in LEVELS for walked in ("", WALKED)), RESTING)
"""The classes that a bar may have."""

_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may hold."""


def look_of(bar: Bar) -> str:
    """The classes that give a bar its colour."""
    return RESTING if bar.still else f"ns-{bar.level.value}{WALKED if bar.walked else ''}"


# --- Pieces -------------------------------------------------------------------------------------


def escaped(text: str) -> str:
    """A text for XML and HTML: without what XML forbids, invisible characters made visible, marks escaped."""
    return marked(plainly(text))


def plainly(text: str) -> str:
    """A text in one line, without what XML forbids."""
    return visible(" ".join(_FORBIDDEN.sub("", text).split()))


def marked(text: str) -> str:
    """A text whose marks are escaped."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def rectangle(x: float, bottom: float, width: float, top: float) -> str:
    """A part of a path: a bar, open at its foot."""
    low = tenth(bottom)
    return f"M{tenth(x)} {low}V{tenth(top)}h{tenth(width)}V{low}"


def shape(look: str, pieces: Iterable[str]) -> str:
    """A path of all that looks the same; nothing where there is none of it."""
    data = "".join(pieces)
    return f'<path class="{look}" d="{data}"/>' if data else ""


def lettered(look: str, x: float, y: float, words: str) -> str:
    """Words, which are in one line and visible already; nothing without any."""
    return f'<text class="{look}" x="{tenth(x)}" y="{tenth(y)}">{marked(words)}</text>' if words else ""


def tenth(value: float) -> str:
    """A coordinate to a tenth of a pixel."""
    text = f"{value:.1f}"
    return text[:-2] if text[-1] == "0" else text


# --- The legend ---------------------------------------------------------------------------------


class Key(NamedTuple):
    """What is drawn so, and what that means."""

    look: str
    words: str


def keys(bars: Iterable[Bar]) -> Iterator[Key]:
    """The levels that there are, what is walked, and rests."""
    found = list(bars)
    looks = {look_of(bar) for bar in found}
    yield from (Key(f"ns-{one.value}", one.value.capitalize()) for one in LEVELS if f"ns-{one.value}" in looks)
    walks = {role_text(bar.step).lower() for bar in found if bar.walked and not bar.still}
    if walked := next((look for look in LOOKS if look in looks and look.endswith(WALKED)), ""):
        yield Key(walked, " or ".join(sorted(walks, reverse=True)).capitalize())
    if RESTING in looks:
        yield Key(RESTING, "Rest")


class Legend(NamedTuple):
    """Its lines of SVG, and how high they are together."""

    lines: tuple[str, ...]
    height: int


_ROW: Final = 20
_BETWEEN: Final = 12
_PATCH: Final = 22
_MARGIN: Final = 12
_SIZE: Final = 12


def legend(found: Sequence[Key], left: float, width: int, y: float) -> Legend:
    """Keys from ``left`` to right in a picture so wide, in one row if it holds them; at most to its edges else."""
    wide = [_PATCH + width_of(one.words, _SIZE) for one in found]
    if left + sum(one + _BETWEEN for one in wide) > width:
        left = _MARGIN
    lines, x, row = [], left, 0
    for one, room in zip(found, wide, strict=True):
        if x + room > width - _MARGIN and x > left:
            x, row = left, row + 1
        lines += [*_patch(one.look, x, y + _ROW * row), lettered("ns-dim", x + _PATCH, y + _ROW * row + 9, one.words)]
        x += room + _BETWEEN
    return Legend(tuple(lines), _ROW * (row + 1))


def _patch(look: str, x: float, y: float) -> Iterator[str]:
    """A piece of what is drawn so."""
    if look == REACH:
        yield f'<path class="ns-easy" d="M{tenth(x)} {tenth(y + 10)}v-5h16v5"/>'
        yield f'<path class="ns-easy ns-reach" d="M{tenth(x)} {tenth(y + 5)}v-5h16v5"/>'
    else:
        yield f'<path class="{look}" d="M{tenth(x)} {tenth(y + 10)}v-10h16v10{"z" if look == EDGE else ""}"/>'
