"""Rule for what its runner cannot do, or cannot have meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from negsplit.athlete.vdot import race_speed, vdot
from negsplit.check.rule import Evidence, Finding, rule
from negsplit.check.rules.single_targets import HILL, is_trail, is_uphill
from negsplit.check.subject import WorkoutSubject, is_paced, minutes_text, span_of
from negsplit.diagnostics import Help, Severity
from negsplit.estimate.kinds import is_run
from negsplit.estimate.profile import Bar
from negsplit.program.bounds import middle, only_edge
from negsplit.program.model import Band, Quantity
from negsplit.targets import Between, Named, PaceTarget, Scaled
from negsplit.units import Distance, Duration, Pace, clock, pace_text, shown

TOO_FAST: Final = 3
"""Per cent faster than race pace: what a good day explains, and a race that was no best."""
ABOVE_SLOW_EDGE: Final = 1.02
"""Who is held to a band may run a little above its slow edge: the usual width of a single pace."""
SHORTEST: Final = 60.0
"""Seconds: shorter pieces say nothing of what can be held."""
MOST_POWER: Final = 1.5
"""Times the critical power, in a minute or two. What lies above it is 1 + 1 / minutes: a reserve of a minute of it
(after the two-parameter model of Monod and Scherrer, 1965; the reserve is a judgement)."""
TOO_SLOW, LONG_STEP, LOWEST_VDOT = 1.4, 600.0, 26.0
"""Times the slow edge of easy, in seconds a kilometre, in steps of so many seconds; below that VDOT walks are meant."""


@rule("S-FEASIBLE", "workout", Evidence.OBSERVATIONAL, Severity.WARNING, Severity.NOTE)
def feasible(workout: WorkoutSubject) -> Iterator[Finding]:
    """A target that you cannot hold, or one so slow that another unit must be meant.

    Paces are compared with what you could race over the same length, by the equations of Daniels and Gilbert (1979):
    more than 3 % faster is a warning, less is a note. Pieces without a break between them count as one run. With as
    much recovery as running each piece is judged on its own, and with less recovery something in between. A heart rate
    above your maximum is too much as well, and so is power beyond what your critical power allows. Ten minutes or more
    of running far below easy pace usually means minutes per mile written as minutes per kilometre. Pieces under a
    minute, steps that end with the lap button, hills, trails, races and tests are left alone.

    Bad: `40 min @ 3:30/km`
    Bad: `30 min @ 10:30/km`
    Good: `40 min @ 5:15/km`
    Good: `30 min @ 10:30/mi`
    """
    if workout.is_race_or_test or is_trail(workout):
        return
    yield from _too_fast(workout)
    yield from _too_slow(workout)
    for bar in workout.bars:
        band = bar.step.target
        if isinstance(band, Band) and band.quantity is Quantity.HEART_RATE:
            yield from _too_high(workout, bar, band)
        elif isinstance(band, Band) and band.quantity is Quantity.POWER:
            yield from _too_strong(workout, bar, band)


# --- Too fast ------------------------------------------------------------------------------------


class _Piece(NamedTuple):
    """One running step, or several with rest between taken as one run: seconds of work that count, at m/s."""

    bar: Bar
    steps: int
    mps: float
    seconds: float
    rest: float = 0.0

    @property
    def metres(self) -> float:
        return self.mps * self.seconds

    def is_faster(self, fitness: float) -> bool:
        """Whether it is faster than a race of its length at a VDOT."""
        if self.seconds < SHORTEST:
            return False
        return vdot(Distance(round(self.metres * 100)), Duration(round(self.seconds * 1000))) > fitness


def _too_fast(workout: WorkoutSubject) -> Iterator[Finding]:
    fitness = workout.runner.vdot
    if fitness is None:
        return
    pieces = [piece for bar in workout.bars if (piece := _piece(workout, bar))]
    found = [one for one in pieces if one.is_faster(fitness)] or _stretches(workout, pieces, fitness)
    for piece in found:
        race = _race_mps(piece.metres, fitness)
        percent = round(100 * (piece.mps / race - 1))
        if percent > 0:
            pace, could = _pace_text(workout, piece.mps), _pace_text(workout, race)
            message = f"{_words(piece, pace)} {percent} % faster than you could race that far, about {could}"
            cure = _meant(workout, piece.bar) or "slow it down, or add a newer result if you are faster by now"
            severity = Severity.WARNING if percent > TOO_FAST else Severity.NOTE
            yield Finding(message, span_of(piece.bar.step), cure, severity, weight=percent)


def _words(piece: _Piece, pace: str) -> str:
    if piece.steps == 1:
        return f"{_shown(piece.bar)} at {pace} is"
    rest = f"with {minutes_text(piece.rest)} of recovery in all" if round(piece.rest) else "without a break"
    return f"{piece.steps} runs at {pace} on average, {rest}, are"


def _piece(workout: WorkoutSubject, bar: Bar) -> _Piece | None:
    """A running step with a pace and a length, where both are held on even ground."""
    band, length = bar.step.target, bar.step.length
    if not is_run(bar.step) or not isinstance(length, Distance | Duration) or _is_hilly(workout, bar):
        return None
    if not isinstance(band, Band) or band.quantity is not Quantity.SPEED:
        return None
    mps = _held(band)
    return _Piece(bar, 1, mps, length.seconds if isinstance(length, Duration) else length.metres / mps)


def _held(band: Band) -> float:
    """The speed in m/s that a pace target asks for at least: its middle, or a little above its slow edge."""
    edge = only_edge(band)
    if edge and edge[0] == ">":
        return band.low / 1000
    return min((band.low + band.high) / 2, ABOVE_SLOW_EDGE * band.low) / 1000


def _is_hilly(workout: WorkoutSubject, bar: Bar) -> bool:
    return is_uphill(workout, bar) or HILL.search(bar.step.cue) is not None


def _race_mps(metres: float, fitness: float) -> float:
    """The speed of a race in m/s; ends where no equation reaches are those of the nearest race."""
    return race_speed(min(max(metres, 400.0), 100_000.0), fitness)


def _stretches(workout: WorkoutSubject, pieces: Sequence[_Piece], fitness: float) -> list[_Piece]:
    """The worst stretch from one step to a later one that is faster than a race as long as it is but for its rest."""
    whole = sum(one.metres for one in pieces)
    if not pieces or max(one.mps for one in pieces) <= _race_mps(whole, fitness) or workout.is_folded:
        return []
    found: list[_Piece] = []
    stretches = (one for first in range(len(pieces)) for one in _from(pieces[first:]))
    for one in sorted(stretches, key=lambda one: (-one.metres, -one.mps)):
        if not found or one.mps > found[-1].mps:  # else a longer one was as fast: that is harder
            found.append(one)
    found = [one for one in found if one.is_faster(fitness)]
    return sorted(found, key=lambda one: -one.mps / _race_mps(one.metres, fitness))[:1]


def _from(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """The first of some pieces with so many of those behind it, as one run."""
    start = pieces[0].bar
    longest = work = metres = moving = 0.0
    for steps, one in enumerate(pieces, start=1):
        longest, work, metres = max(longest, one.seconds), work + one.seconds, metres + one.metres
        moving += one.bar.seconds
        rest = max(one.bar.start + one.bar.seconds - start.start - moving, 0.0)
        if steps > 1:
            counts = longest + max(0.0, 1 - rest / work) * (work - longest)
            yield _Piece(start, steps, metres / work, counts, rest)


# --- Too slow ------------------------------------------------------------------------------------


def _too_slow(workout: WorkoutSubject) -> Iterator[Finding]:
    for bar in workout.work:
        band = bar.step.target
        if not isinstance(band, Band) or workout.seconds_once(bar) < LONG_STEP:
            continue
        if is_paced(bar.step) and _is_slow(workout, band.high / 1000):
            easy = _pace_text(workout, workout.runner.paces["easy"].slow_mps)
            pace = _pace_text(workout, middle(band) / 1000)
            message = f"{_shown(bar)} at {pace} is far slower than easy: your slowest easy pace is {easy}"
            yield Finding(message, span_of(bar.step), _meant(workout, bar) or "write `easy`, or `walk` if you walk it")


def _is_slow(workout: WorkoutSubject, mps: float) -> bool:
    easy, fitness = workout.runner.paces.get("easy"), workout.runner.vdot
    return easy is not None and fitness is not None and fitness > LOWEST_VDOT and mps < easy.slow_mps / TOO_SLOW


# --- What was meant ------------------------------------------------------------------------------


def _meant(workout: WorkoutSubject, bar: Bar) -> Help | None:
    """The same figure in the other unit, or as a share of pace in place of one of speed, where that can be run."""
    step = workout.written_as(bar.step)
    for target in (one for one in (step.targets if step else ()) if isinstance(one, PaceTarget)):
        speeds, text = _otherwise(workout, target.pace) or ([], "")
        if speeds and all(_is_fair(workout, bar, mps) for mps in speeds):
            return _instead(f"did you mean `{text}`?", target, text)
    return None


def _instead(title: str, target: PaceTarget, text: str) -> Help:
    """Another pace in the place of one that is written alone, without a ``±`` or a param."""
    span = target.span
    return title if span is None or span.notes or "±" in span.text else span.cure(title, span.text, text)


def _otherwise(workout: WorkoutSubject, pace: object) -> tuple[list[float], str] | None:
    """The speeds in m/s of what is easily taken for a pace, and how it is written."""
    match pace:
        case Pace():
            other = _in_other_unit(pace)
            return [other.mps], str(other)
        case Between(one=Pace() as one, other=Pace() as other):
            ends = [_in_other_unit(one), _in_other_unit(other)]
            return [end.mps for end in ends], f"{clock(one.ms)}..{ends[1]}"
        case Scaled(base=Named(name=name), low=low, high=high) if low.ratio > 1 and name in workout.runner.paces:
            mps = workout.runner.paces[name].fast_mps
            more = "..".join(dict.fromkeys(f"{(end.thousandths - 100_000) / 1000:g}" for end in (low, high)))
            return [mps / end.ratio for end in (low, high)], f"{name} + {more} %"
    return None


def _in_other_unit(pace: Pace) -> Pace:
    return Pace(pace.ms, "mi" if pace.unit == "km" else "km")


def _is_fair(workout: WorkoutSubject, bar: Bar, mps: float) -> bool:
    """Whether its runner could run a step at a speed and would not be held back by it."""
    length, fitness = bar.step.length, workout.runner.vdot or 0.0
    seconds = length.metres / mps if isinstance(length, Distance) else workout.seconds_once(bar)
    return not _is_slow(workout, mps) and not _Piece(bar, 1, mps, seconds).is_faster(fitness)


def _shown(bar: Bar) -> str:
    length = bar.step.length
    return shown(length) if isinstance(length, Duration | Distance) else "an open step"


def _pace_text(workout: WorkoutSubject, mps: float) -> str:
    unit = workout.runner.pace_unit
    return f"{pace_text(mps, unit)}/{unit}"


# --- Hearts and power ----------------------------------------------------------------------------


def _too_high(workout: WorkoutSubject, bar: Bar, band: Band) -> Iterator[Finding]:
    most = workout.runner.heart_rates.max
    if most is not None and band.low > most:
        message = f"{band.low} bpm or more is above your maximum heart rate, {most} bpm"
        cure = "aim lower, or correct `heart_rate: {max: ...}` in your athlete file"
        yield Finding(message, span_of(bar.step), cure)


def _too_strong(workout: WorkoutSubject, bar: Bar, band: Band) -> Iterator[Finding]:
    critical, seconds = workout.runner.critical_power, workout.seconds_once(bar)
    if critical is None or seconds < SHORTEST:
        return
    most = round(critical * min(1 + 60 / seconds, MOST_POWER))
    if band.low > most:
        message = (
            f"{band.low} W is more than you can hold for {minutes_text(seconds)}: {most} W, "
            f"going by your critical power of {critical} W"
        )
        yield Finding(message, span_of(bar.step), "aim lower, make it shorter, or update your critical power")
