"""How long, how far and how hard a program is, as far as that can be told beforehand."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest
from typing import Final

from negsplit.athlete.pace_zones import FRIEL_NAMES, FRIEL_SHARES
from negsplit.athlete.paces import Runner
from negsplit.estimate.reckoning import NOTHING, UNKNOWN, Guess, How, Reckoned, reckon, sure
from negsplit.frozen import dataclass
from negsplit.program.model import Jump, Program
from negsplit.program.outline import Group, Part, parts
from negsplit.units import Amount, Distance, Duration, pace_text

AS_WRITTEN: Final = "as written"
OWN_EDGES: Final = "between the athlete's own edges"
"""What zones rest on that are not Friel's."""
_ROUNDING: Final = 0.0005
"""Of threshold speed: what rounding a zone's edge to millimetres a second may put on its other side."""
_HOURS: Final = sure(1 / 3600)
"""Of a second."""
_POINTS: Final = sure(100)
"""Of an hour at threshold."""
_NO_THRESHOLD: Final = "needs a race result or a threshold pace"
_NO_LENGTH: Final = "it lasts until the lap button is pressed"
_NO_ROUNDS: Final = "nobody knows how many rounds of open runs there will be"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of an estimate: its value, the ends it may lie between, and what it rests on in words.

    The ends come from the slow and the fast edges of the targets. All three are None where it cannot be told;
    ``basis`` then says what is missing.
    """

    value: float | None
    low: float | None
    high: float | None
    basis: str

    @property
    def is_sure(self) -> bool:
        """Whether it stands in the workout, with nothing reckoned."""
        return self.basis == AS_WRITTEN


@dataclass(frozen=True, slots=True)
class Estimate:
    """``time`` in seconds, ``distance`` in metres, ``load`` in points, ``zones`` in seconds of each pace zone.

    An hour at threshold is 100 points: the sum of hours x (speed / threshold speed)^2 x 100 over the steps.
    ``zones`` is empty where the load cannot be told; ``zone_names`` are theirs, ``zone_edges`` the shares of threshold
    speed between them. ``guessed`` says that an open step was given a usual length; ``open_run`` that a run ends with
    the lap button, which may last any time and is not counted.
    """

    time: Figure
    distance: Figure
    load: Figure
    zones: tuple[Figure, ...]
    guessed: bool = False
    open_run: bool = False
    zone_names: tuple[str, ...] = FRIEL_NAMES
    zone_edges: tuple[float, ...] = FRIEL_SHARES

    @property
    def partial(self) -> bool:
        """Whether something ends with the lap button or at a heart rate."""
        return self.guessed or self.open_run

    @property
    def seconds(self) -> float | None:
        """The time in seconds; None where it cannot be told."""
        return self.time.value

    @property
    def metres(self) -> float | None:
        """The distance in metres; None where it cannot be told."""
        return self.distance.value


@dataclass(frozen=True, slots=True)
class _Sum:
    """What a stretch of a program comes to."""

    time: Guess = NOTHING
    distance: Guess = NOTHING
    load: Guess = NOTHING
    zones: tuple[Guess, ...] = ()

    def __add__(self, other: _Sum) -> _Sum:
        pairs = zip_longest(self.zones, other.zones, fillvalue=NOTHING)
        zones = tuple([a if b is NOTHING else a + b for a, b in pairs])  # most steps are in one zone, or two
        return _Sum(self.time + other.time, self.distance + other.distance, self.load + other.load, zones)

    def __mul__(self, times: Guess) -> _Sum:
        zones = tuple([zone if zone is NOTHING else zone * times for zone in self.zones])
        return _Sum(self.time * times, self.distance * times, self.load * times, zones)


def estimate(program: Program, runner: Runner) -> Estimate:
    """Every step as :func:`negsplit.estimate.reckoning.reckon` has it, times its repetitions."""
    reckoned = [None if isinstance(step, Jump) else reckon(step, runner) for step in program.steps]
    names, edges, own = _zones_of(runner)
    steps = [one for one in reckoned if one]
    open_runs = [one.assumed and not one.seconds.middle for one in steps]
    whole = _total(parts(program.steps), reckoned, edges)
    if any(open_runs) and not whole.time.middle and not whole.distance.middle:
        unknown = Figure(None, None, None, _NO_LENGTH)
        return Estimate(unknown, unknown, unknown, (), open_run=True, zone_names=names, zone_edges=edges)
    mps = runner.threshold_mps
    threshold = f"threshold pace {pace_text(mps, runner.pace_unit)}/{runner.pace_unit}" if mps else "threshold effort"
    zones = whole.zones if whole.load.known else ()
    return Estimate(
        time=_figure(whole.time, _basis(program, reckoned, whole.time, Duration)),
        distance=_figure(whole.distance, _basis(program, reckoned, whole.distance, Distance)),
        load=_figure(whole.load, f"100 is an hour at {threshold}" if whole.load.known else _no_load(reckoned)),
        zones=tuple(_figure(zone, OWN_EDGES if own else f"shares of {threshold}") for zone in zones),
        guessed=any(one.assumed and one.seconds.middle for one in steps),
        open_run=any(open_runs),
        zone_names=names,
        zone_edges=edges,
    )


def _figure(guess: Guess, basis: str) -> Figure:
    return Figure(guess.middle, guess.low, guess.high, basis) if guess.known else Figure(None, None, None, basis)


def _basis(program: Program, reckoned: Sequence[Reckoned | None], whole: Guess, written: type[Amount]) -> str:
    """What gave the amounts that are not ``written``; nothing had to where all are."""
    if not whole.known:
        return _missing(reckoned)
    counted = _counted_by_pace(program, written)
    hows: dict[How, None] = {}
    assumed = []
    for index, (step, one) in enumerate(zip(program.steps, reckoned, strict=True)):
        if isinstance(step, Jump) or one is None:
            continue
        assumed += [one.seconds.middle > 0] if one.assumed else []
        derived = not isinstance(step.length, written) and (written is Distance or not one.assumed)
        if derived or index in counted:
            hows[one.how] = None
    words = [how.value for how in hows]
    words += ["typical lengths for open steps"] if any(assumed) else []
    words += ["open runs not counted"] if not all(assumed) else []
    return ", ".join(words) or AS_WRITTEN


def _missing(reckoned: Sequence[Reckoned | None]) -> str:
    """Why something cannot be told."""
    return _NO_ROUNDS if all(one.speed.known and one.seconds.known for one in reckoned if one) else _NO_THRESHOLD


def _no_load(reckoned: Sequence[Reckoned | None]) -> str:
    """Why there is no load: it needs a threshold even where every pace is written."""
    return _missing(reckoned) if all(one.share.known for one in reckoned if one) else _NO_THRESHOLD


def _counted_by_pace(program: Program, written: type[Amount]) -> set[int]:
    """The steps of repeats until an amount that is not ``written``: their pace says how many rounds there are."""
    found: set[int] = set()
    for index, step in enumerate(program.steps):
        if isinstance(step, Jump) and not isinstance(step.until, int | written):
            found.update(range(step.to, index))
    return found


# --- Sums ----------------------------------------------------------------------------------------


def _zones_of(runner: Runner) -> tuple[tuple[str, ...], tuple[float, ...], bool]:
    """The names of a runner's pace zones, the edges between them as shares of threshold speed, and if they are own.

    They are Friel's where no threshold is known: no edge of a runner's own is a share then.
    """
    zones, threshold = runner.pace_zones, runner.threshold_mps
    if zones is None or threshold is None or zones.names == FRIEL_NAMES:
        return FRIEL_NAMES, FRIEL_SHARES, False
    return zones.names, tuple(edge / threshold for edge in zones.edges), True


def _total(among: Sequence[Part], reckoned: Sequence[Reckoned | None], edges: tuple[float, ...]) -> _Sum:
    whole = _Sum()
    for part in among:
        if isinstance(part, Group):
            whole += _repeated(_total(part.body, reckoned, edges), part.jump.until)
        elif one := reckoned[part]:
            whole += _Sum(one.seconds, one.metres, _load(one), _zones(one, edges))
    return whole


def _load(step: Reckoned) -> Guess:
    hours = step.seconds * _HOURS
    if step.metres.low == step.metres.high:
        # Whoever runs a distance faster is done sooner.
        hours = Guess(hours.high, hours.middle, hours.low)
    return hours * step.share * step.share * _POINTS


def _zones(step: Reckoned, edges: tuple[float, ...]) -> tuple[Guess, ...]:
    """The seconds in each pace zone: surely where all of the target lies in it, at most where some does."""
    if step.how is How.STILL or not step.share.known:
        return (NOTHING,) * (len(edges) + 1)
    seconds, share = step.seconds, step.share
    middle = bisect_right(edges, share.middle)
    lowest = min(middle, bisect_right(edges, share.low + _ROUNDING))
    highest = max(middle, bisect_left(edges, share.high - _ROUNDING))
    found = [NOTHING] * (len(edges) + 1)
    for zone in range(lowest, highest + 1):
        low = seconds.low if lowest == highest else 0.0
        found[zone] = Guess(low, seconds.middle if zone == middle else 0.0, seconds.high)
    return tuple(found)


def _repeated(body: _Sum, until: int | Amount) -> _Sum:
    if isinstance(until, int):
        return body * sure(until)
    by_time, goal = (True, until.seconds) if isinstance(until, Duration) else (False, until.metres)
    done = body.time if by_time else body.distance
    if not done.known or done.middle <= 0:
        unknown = _Sum(UNKNOWN, UNKNOWN, UNKNOWN)
        return replace(unknown, time=sure(goal)) if by_time else replace(unknown, distance=sure(goal))
    rounds = Guess(*(float(_rounds(goal, end)) for end in (done.high, done.middle, done.low)))
    whole = body * rounds
    # The last round is begun before the amount is done: it ends between the amount and one round behind it.
    reached = Guess(goal, done.middle * rounds.middle, goal + done.high)
    return replace(whole, time=reached) if by_time else replace(whole, distance=reached)


def _rounds(goal: float, done: float) -> int:
    """Rounds begun; one that takes no time at its fastest is taken to be run once."""
    return max(1, math.ceil(round(goal / done, 9))) if done > 0 else 1
