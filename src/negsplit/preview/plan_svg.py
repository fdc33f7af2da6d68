"""A plan as one picture: a row a week, a column a day, and in each what is run, all on one scale."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from negsplit.estimate.profile import Bar
from negsplit.plan.totals import PlanTotals, SessionTotals, WeekTotals
from negsplit.preview import plan_words as words
from negsplit.preview.drawing import STYLE, escaped, keys, legend, lettered, look_of, plainly, rectangle, shape, tenth
from negsplit.preview.lettering import shortened
from negsplit.preview.scale import EffortScale
from negsplit.preview.svg import WIDE
from negsplit.preview.thumbnail import common_scale
from negsplit.words import DAYS

_INSET: Final = 24
_LEFT: Final = 104
_RIGHT: Final = 84
_HEAD: Final = 92
_LINE: Final = 38
"""The height of one session of a day."""
_PICTURE: Final = 24
_BETWEEN: Final = 8
_FOOT: Final = 48


def svg(plan: PlanTotals, weeks: Sequence[WeekTotals], *, for_runner: bool = False) -> str:
    """Some weeks of a plan, in ASCII: the same bytes for the same plan, nothing loaded from anywhere.

    A bar is as wide as it is long, and as high as it is hard; the longest session is as wide as a day. ``for_runner``
    uses their words, and weighs nothing.
    """
    picture = _Picture(plan, weeks, for_runner=for_runner)
    lines = [*picture.lines()]
    size = f'width="{WIDE.width}" height="{picture.height}" viewBox="0 0 {WIDE.width} {picture.height}"'
    frame = f'<rect class="ns-card" x=".5" y=".5" width="{WIDE.width - 1}" height="{picture.height - 1}" rx="8"/>'
    whole = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="ns" role="img" {size}>',
        f"<title>{escaped(plan.plan.name)}</title>",
        f"<desc>{escaped(picture.description())}</desc>",
        f"<style>\n{STYLE}</style>",
        frame,
        *lines,
        "</svg>",
    ]
    return "\n".join(whole).encode("ascii", "xmlcharrefreplace").decode() + "\n"


class _Picture:
    """Places weeks below one another and days side by side."""

    def __init__(self, plan: PlanTotals, weeks: Sequence[WeekTotals], *, for_runner: bool) -> None:
        self.plan, self.weeks, self.for_runner = plan, weeks, for_runner
        profiles = [one.profile for one in plan.sessions if one.profile]
        self.scale: EffortScale = common_scale(profiles)
        self.longest = max((one.seconds for one in profiles), default=1.0)
        self.day = (WIDE.width - _LEFT - _RIGHT) / len(DAYS)
        self.rows = [_LINE * max(map(len, _by_day(week).values()), default=1) + _BETWEEN for week in weeks]
        self.bars = [bar for week in weeks for one in week.sessions if one.profile for bar in one.profile.bars]
        self.height = _HEAD + sum(self.rows) + _FOOT

    def description(self) -> str:
        """The picture in words, for those who hear it."""
        parts = [words.when(self.plan), words.race_text(self.plan)]
        parts += ["; ".join(words.totals_words(self.plan.whole, self.plan.unit, for_runner=self.for_runner))]
        return ". ".join(filter(None, parts))

    def lines(self) -> Iterator[str]:
        """All that is drawn."""
        room = WIDE.width - 2 * _INSET
        yield lettered("ns-name", _INSET, 34, shortened(plainly(self.plan.plan.name), 19, room))
        about = ". ".join(filter(None, (words.when(self.plan), words.race_text(self.plan))))
        yield lettered("ns-dim", _INSET, 53, shortened(plainly(about), 12, room))
        first = self.weeks[0].week.first if self.weeks else dt.date.min
        for number in range(len(DAYS)):
            name = DAYS[(first + dt.timedelta(number)).weekday()].capitalize()
            yield lettered("ns-dim", self._x(number), _HEAD - 12, name)
        y = float(_HEAD)
        for week, high in zip(self.weeks, self.rows, strict=True):
            yield from self._week(week, y, high)
            y += high
        yield from legend([*keys(self.bars)], _INSET, WIDE.width, y + 16).lines

    def _x(self, day: int) -> float:
        return _LEFT + self.day * day

    def _week(self, week: WeekTotals, y: float, high: float) -> Iterator[str]:
        base = y + high - _BETWEEN
        yield f'<path class="ns-grid" d="M{_INSET} {tenth(base + _BETWEEN / 2)}h{WIDE.width - 2 * _INSET}"/>'
        yield lettered("ns-strong", _INSET, base - 12, words.week_title(week))
        down = words.EASIER if self.for_runner else words.DOWN
        about = down if week.week.is_down else words.date_text(week.week.first)
        yield lettered("ns-dim", _INSET, base + 1, about)
        far = words.total_distance(week.totals, self.plan.unit) if week.totals.sessions else ""
        yield lettered("ns-dim ns-end", WIDE.width - _INSET, base - 5, far)
        for day, sessions in _by_day(week).items():
            for number, one in enumerate(reversed(sessions)):
                yield from self._session(one, self._x(day), base - _LINE * number)

    def _session(self, one: SessionTotals, x: float, base: float) -> Iterator[str]:
        """Its bars; a word where nothing is run, and over a race."""
        name = words.title(one, self.plan.unit)
        room = self.day - _BETWEEN
        if not one.profile or one.is_race:
            word = plainly(name) if one.is_race else name.partition(":")[0]
            look, above = ("ns-strong", _PICTURE + 3) if one.is_race else ("ns-dim", 2)
            yield lettered(look, x, base - (above if one.profile else 2), shortened(word, 11, room))
        if one.profile:
            looks: dict[str, list[str]] = {}
            for bar in one.profile.bars:
                looks.setdefault(look_of(bar), []).append(self._bar(bar, x, base, room))
            paths = "".join(shape(look, pieces) for look, pieces in looks.items())
            yield f"<g><title>{escaped(name)}</title>{paths}</g>"

    def _bar(self, bar: Bar, x: float, base: float, room: float) -> str:
        by = room / self.longest
        left, width = x + bar.start * by, bar.seconds * by
        high = 2.0 if bar.still else max(self.scale.height(bar.effort) * _PICTURE, 2.0)
        return rectangle(left, base, max(width - (0.5 if width > 2 else 0), 0.3), base - high)


def _by_day(week: WeekTotals) -> dict[int, list[SessionTotals]]:
    """What there is on each day of a week, by how many days that is behind its first."""
    found: dict[int, list[SessionTotals]] = {}
    for one in week.sessions:
        found.setdefault((one.planned.date - week.week.first).days, []).append(one)
    return found
