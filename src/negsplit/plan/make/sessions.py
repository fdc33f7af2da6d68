"""The sessions of plans: what each is called, what is run in it, and how far that is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from negsplit.estimate.reckoning import JOG_SHARE, WALKING_MPS
from negsplit.frozen import dataclass
from negsplit.plan.make.gauge import Gauge
from negsplit.plan.make.numbers import LONG_WARM_UP_FROM

Bouts = tuple[int, int]
"""So many times so many minutes."""

THRESHOLD: Final[tuple[Bouts, ...]] = (
    (2, 5), (2, 6), (2, 8), (3, 6), (1, 20), (2, 10), (3, 8), (4, 6), (3, 10), (4, 8), (4, 10),
)  # fmt: skip
INTERVAL: Final[tuple[Bouts, ...]] = ((4, 2), (5, 2), (4, 3), (5, 3), (4, 4), (6, 3), (5, 4), (6, 4))
"""No bout above five minutes (Daniels)."""
RACE_PACE: Final[tuple[Bouts, ...]] = (
    (2, 8), (2, 10), (3, 8), (2, 12), (3, 10), (2, 15), (3, 12), (2, 20), (3, 15), (2, 25), (3, 20), (2, 30), (3, 25),
)  # fmt: skip
"""What the sessions are made of, from little to much."""


@dataclass(frozen=True, slots=True)
class Amount:
    """How much of a week one session may have at a pace: a share of its minutes, and minutes at least and at most."""

    share: float
    least: float
    most: float

    def of(self, minutes: float, part: float) -> float:
        """Minutes at the pace in a week of so many, of which the session has a part."""
        return part * max(self.least, min(self.most, self.share * minutes))


AMOUNTS: Final[Mapping[str, Amount]] = {
    "threshold": Amount(0.10, 12, 40),
    "interval": Amount(0.08, 10, 24),
    "half": Amount(0.13, 15, 45),
    "marathon": Amount(0.18, 20, 75),
}
"""Daniels' caps of a week (10 and 8 %; 20 % and 110 min at marathon pace), the least from his sessions for runners with
up to 48 km a week (Running Formula, Table 4.3); that of half pace is a judgement."""
_OFFERED: Final[Mapping[str, tuple[Bouts, ...]]] = {
    "threshold": THRESHOLD,
    "interval": INTERVAL,
    "half": RACE_PACE,
    "marathon": RACE_PACE,
}
_SLACK: Final = 0.5
"""Minutes by which the largest session that fits may be over."""
_NAMES: Final[Mapping[str, str]] = {
    "threshold": "Threshold",
    "interval": "Intervals",
    "half": "Half-marathon pace",
    "marathon": "Marathon pace",
}
THIRDS: Final = ("easy", "marathon", "10k")
"""The paces of a progression; it begins easily, or it is none (rule S-START)."""
_LONG_BOUT: Final = 8
"""Minutes of a bout from which the jog behind it is two minutes long, not one."""
_INTERVAL_JOGS: Final[Mapping[int, int]] = {2: 2, 3: 2, 4: 3}
"""Minutes of jogging behind intervals of so many minutes."""
_JOG: Final = JOG_SHARE.middle
"""The speed of a jog between hard bouts, of threshold."""

STRIDES: Final = "4x(20 s @ RPE 8, walk 60 s)"
_STRIDE_MINUTES, _STRIDE_WALK_MINUTES = 4 * 20 / 60, 4.0
STRIDES_COOL_DOWN: Final = 5
"""Four strides, and the minutes of easy running behind them."""
FINISH_COOL_DOWN: Final = 5
"""Those behind the fast end of a long run."""


@dataclass(frozen=True, slots=True)
class Session:
    """One session. Either a block of the plan, ``use``, with a ``total`` as it is written; or a line of ``steps``.

    ``km`` is how far it is, of a race 0.
    """

    name: str
    km: float
    use: str = ""
    total: str = ""
    steps: str = ""
    race: str = ""
    tags: tuple[str, ...] = ()

    @property
    def is_easy(self) -> bool:
        """Whether there is nothing fast in it but strides."""
        return "easy" in self.tags


class Sessions:
    """The sessions of one plan: all of them warm up and cool down alike."""

    def __init__(self, gauge: Gauge, minutes_a_run: float) -> None:
        self.gauge = gauge
        is_long = minutes_a_run > LONG_WARM_UP_FROM
        self.warm_up, self.cool_down = (15, 10) if is_long else (10, 5)
        self.thirds_minutes = 36 if is_long else 30

    @property
    def strides_km(self) -> float:
        """How far four strides are, with what comes behind them."""
        easy = self.gauge.km(STRIDES_COOL_DOWN)
        if self.gauge.by_effort:
            return easy + self.gauge.km(_STRIDE_MINUTES + _STRIDE_WALK_MINUTES)
        walked = WALKING_MPS.middle * _STRIDE_WALK_MINUTES * 60 / 1000
        return easy + self.gauge.km(_STRIDE_MINUTES, "interval") + walked

    # --- Easy ---------------------------------------------------------------------------------

    def easy(self, km: float) -> Session:
        """An easy run, as near to so many km as it can be written."""
        return Session("Easy", self.gauge.rounded(km), "easy", self.gauge.text(km), tags=("easy",))

    def strides(self, km: float) -> Session:
        """The same with strides at its end, which come on top of what is written."""
        easy = km - self.strides_km
        whole = self.gauge.rounded(easy) + self.strides_km
        return Session("Easy + strides", whole, "strides", self.gauge.text(easy), tags=("easy",))

    def long(self, km: float) -> Session:
        """The long run."""
        return Session("Long run", self.gauge.rounded(km), "easy", self.gauge.text(km), tags=("long", "easy"))

    # --- Fast ---------------------------------------------------------------------------------

    def hills(self, count: int) -> Session:
        """A minute uphill, so many times."""
        work = f"{count}x(1 min @ RPE 8 -- uphill, jog 2 min -- back down)"
        km = self.gauge.km(count, "threshold") + self._jogged(2 * (count - 1))
        return self._framed(f"Hills {count} x 1 min", work, km, "hills")

    def progression(self) -> Session:
        """Slow, medium, fast."""
        total = self.thirds_minutes
        thirds = sum(self.gauge.km(total / 3, pace) for pace in THIRDS)
        km = thirds + self.gauge.km(self.cool_down)
        return Session(f"Progression {total} min", km, "thirds", tags=("progression",))

    def fitting(self, pace: str, minutes: float, part: float = 1.0) -> Session:
        """The largest session at a pace that a week of so many minutes bears, or a part of it."""
        most = AMOUNTS[pace].of(minutes, part) + _SLACK
        offered = _OFFERED[pace]
        fits = [bouts for bouts in offered if bouts[0] * bouts[1] <= most] or [offered[0]]
        return self.bouts(pace, *max(fits, key=lambda bouts: bouts[0] * bouts[1]))

    def bouts(self, pace: str, count: int, minutes: int) -> Session:
        """So many times so many minutes at a pace, with a jog between."""
        jog = _INTERVAL_JOGS[minutes] if pace == "interval" else 1 if minutes < _LONG_BOUT else 2
        work = f"{minutes} min @ {self.gauge.target(pace)}"
        km = self.gauge.km(count * minutes, pace) + self._jogged(jog * (count - 1))
        tag = "race-pace" if pace in ("half", "marathon") else pace
        name = _NAMES[pace].replace("pace", "effort") if self.gauge.by_effort else _NAMES[pace]
        if count == 1:
            return self._framed(f"{name} {minutes} min", work, km, tag)
        return self._framed(f"{name} {count} x {minutes} min", f"{count}x({work}, {jog} min)", km, tag)

    def fast_finish(self, km: float, minutes: int, pace: str) -> Session:
        """A long run as far as an easy one of so many km, whose last minutes are at a pace, or go up to it."""
        gauge, is_even = self.gauge, self.finishes_evenly(pace)
        fast = gauge.km(minutes, pace) if is_even else (gauge.km(minutes) + gauge.km(minutes, pace)) / 2
        easy = 5 * round(((km - fast) * gauge.pace - FINISH_COOL_DOWN) / 5)
        how = "faster" if pace == "half" else f"at marathon {'effort' if gauge.by_effort else 'pace'}"
        run = gauge.km(easy + FINISH_COOL_DOWN) + fast
        total = f"{easy if is_even else easy + minutes} min"
        return Session(f"Long run, last {minutes} min {how}", run, "fast-finish", total, tags=("long", "progression"))

    def finishes_evenly(self, pace: str) -> bool:
        """Whether the end of a long run is all at one pace; else it goes up to it in steps of five minutes."""
        return pace == "marathon" or self.gauge.by_effort

    def _framed(self, name: str, work: str, km: float, tag: str) -> Session:
        easy = self.gauge.target("easy")
        steps = f"warmup {self.warm_up} min @ {easy}, {work}, cooldown {self.cool_down} min @ {easy}"
        return Session(name, km + self.gauge.km(self.warm_up + self.cool_down), steps=steps, tags=(tag,))

    def _jogged(self, minutes: float) -> float:
        return _JOG * self.gauge.km(minutes, "threshold")
