"""Progression runs: thirds, parts, cut-down, fast finish, by feel and ramp.

"Linear" is linear in pace, that is in time per distance: paces are seconds per metre here, as floats.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, NamedTuple, Protocol

from negsplit.diagnostics import Effect, Help, Report, Span
from negsplit.expand.ranges import (
    blocks,
    chosen,
    divide,
    equal_parts,
    pace_unit,
    resized,
    same_kind,
)
from negsplit.limits import FASTEST_MPS, MOST_SPLITS
from negsplit.model import ByFeel, CutDown, FastFinish, Item, Origin, Parts, Ramp, Role, Step, Volume
from negsplit.targets import Named, OpenTarget, PaceTarget, Target, Tolerance, figures
from negsplit.units import (
    Amount,
    Distance,
    Duration,
    Pace,
    PaceShift,
    PaceUnit,
    Speed,
    SpeedUnit,
    clock,
    pace_text,
    shown,
    size,
    speed_text,
)

MAX_STEPS: Final = 10_000
"""Executed steps a workout may have."""
GRID: Final = 1_000
"""Splits by a change of pace are whole seconds, or tens of metres: so many ms, or cm."""
SHORTEST_QUESTION, LONGEST_QUESTION = Duration(300_000), Duration(600_000)
"""How often a run by feel may ask: every 5 to 10 minutes."""
FIRST_CUE: Final = "Very easy"
LAST_CUE: Final = "Finish strong but manageable"

_Unit = PaceUnit | SpeedUnit
"""What paces that are made are numbers of."""
Progression = Parts | CutDown | FastFinish | ByFeel | Ramp


class Speeds(Protocol):
    """What expansion must know of the runner."""

    @property
    def volume(self) -> Volume: ...

    @property
    def unit(self) -> PaceUnit:
        """The athlete's own."""

    def fast_edge(self, target: PaceTarget) -> float | None:
        """Metres per second, unrounded; a band counts by its fast edge. None: cannot be known, and was reported."""

    def is_point(self, target: PaceTarget) -> bool:
        """Whether the target is one pace, not a band."""

    def is_open(self, target: PaceTarget) -> bool:
        """Whether the target is open to one side, as `faster than 5:00/km` is and names may be."""

    def reckoned(self, items: Sequence[Item], kind: type[Amount], span: Span | None) -> Amount | None:
        """The time or the distance, by ``kind``, that plain steps and repeats are reckoned to take.

        None: nobody can tell, which was reported at ``span``, or something is wrong with the steps themselves.
        """


class Anchor(NamedTuple):
    """A written pace as a progression counts it.

    ``target`` is as written where that is one pace, else the band's fast edge as a number (a ``±``
    behind it stays); ``pace`` is in seconds per metre.
    """

    target: PaceTarget
    pace: float

    @classmethod
    def of(cls, target: PaceTarget, unit: _Unit, speeds: Speeds) -> Anchor | None:
        """None where the pace cannot be known."""
        edge = speeds.fast_edge(target)
        if edge is None:
            return None
        if speeds.is_point(target):
            return cls(target, 1 / edge)
        return cls(replace(target, pace=_point(edge, unit)), 1 / edge)


def unit_of(ends: Iterable[Target | None], otherwise: PaceUnit) -> _Unit:
    """The unit that the ends are written in, where it is one and the same; names and shares have none."""
    units = {point.unit for end in ends if end for point in figures(end)}
    return units.pop() if len(units) == 1 else otherwise


def numeric(pace: float, unit: _Unit, span: Span | None) -> PaceTarget:
    """A pace in seconds per metre as a target of its own, a pace or a speed in ``unit``."""
    return PaceTarget(_point(1 / pace, unit), span=span)


def _point(mps: float, unit: _Unit) -> Pace | Speed:
    match unit:
        case "km" | "mi":
            return Pace.from_mps(mps, unit)
        case _:
            return Speed.from_mps(mps, unit)


def linear(start: Anchor, finish: Anchor, count: int, unit: _Unit, span: Span | None) -> tuple[PaceTarget, ...]:
    """``count`` (at least 2) paces from one to the other, both included, the same difference apart."""
    change = (finish.pace - start.pace) / (count - 1)
    between = (numeric(start.pace + i * change, unit, span) for i in range(1, count - 1))
    return start.target, *between, finish.target


def widened(step: Step, tolerance: Tolerance | None) -> Step:
    """The step with its generator's tolerance, if it has a pace and no tolerance of its own."""
    if tolerance is None or step.tolerance is not None:
        return step
    has_pace = any(isinstance(target, PaceTarget) for target in step.targets)
    return replace(step, tolerance=tolerance) if has_pace else step


def expand(item: Progression, speeds: Speeds, report: Report) -> tuple[Step, ...]:
    """The steps of a progression; none after an error or where a pace cannot be known."""
    total = chosen(item.total, speeds.volume)
    match item:
        case Parts():
            return _parts(item, total, report)
        case CutDown():
            return _cut_down(item, total, speeds, report)
        case FastFinish():
            return _fast_finish(item, total, speeds, report)
        case ByFeel():
            return _by_feel(item, total, report)
        case Ramp():
            return _ramp(item, total, speeds, report)


def _steps(
    item: Parts | CutDown | FastFinish | Ramp, name: str, lengths: Sequence[Amount], targets: Sequence[Target]
) -> tuple[Step, ...]:
    count = len(lengths)
    return tuple(
        widened(Step(Role.RUN, length, (target,), span=item.span, origin=Origin(name, part, count)), item.tolerance)
        for part, (length, target) in enumerate(zip(lengths, targets, strict=True), 1)
    )


def _count_blocks(total: Amount, every: Amount, item: Progression, report: Report) -> int | None:
    """How many blocks a total holds; None where building them would be too many steps."""
    count = divide(total, every).times
    if count <= MAX_STEPS:
        return count
    message = f"{shown(total)} holds {count} blocks of {shown(every)}; a workout may have {MAX_STEPS} steps"
    report.error(
        "too-many-steps",
        message,
        item.place("every", "ask_every"),
        "write a longer `every`, or a shorter total",
        effect=Effect.GIVES_UP,
    )
    return None


def _parts(item: Parts, total: Amount, report: Report) -> tuple[Step, ...]:
    found = len(item.paces)
    if item.style == "thirds" and found != 3:
        report.error(
            "paces", f"thirds need 3 paces, here {_are(found)}", item.place("paces"), "or write `progression: parts`"
        )
        return ()
    if found < 2:
        report.error(
            "paces", f"parts need at least 2 paces, here {_are(found)}", item.place("paces"), "write one pace a part"
        )
        return ()
    return _steps(item, item.style, equal_parts(total, found), item.paces)


def _are(count: int) -> str:
    return f"{'is' if count == 1 else 'are'} {count}"


def _ramp(item: Ramp, total: Amount, speeds: Speeds, report: Report) -> tuple[Step, ...]:
    by = item.splits.unit if isinstance(item.splits, PaceShift) else pace_unit(speeds.unit, total)
    unit = unit_of((item.start, item.finish), by)
    start, finish = Anchor.of(item.start, unit, speeds), Anchor.of(item.finish, unit, speeds)
    if start is None or finish is None:
        return ()
    if open_end := next((one for one in (start, finish) if _is_open_name(one.target, speeds)), None):
        message = "a progression goes from one pace to another, and this is open on one side"
        help = f"write where it begins: `{_shown(open_end.pace, unit)}`"
        report.error("kind", message, open_end.target.span or item.span, help)
        return ()
    count = _split_count(item, total, abs(start.pace - finish.pace), report)
    if count is None:
        return ()
    if not 2 <= count <= MOST_SPLITS:
        message = f"a ramp has 2 to {MOST_SPLITS} parts, here {_are(count)}"
        report.error("out-of-bounds", message, item.place("in"), "write for example `in: 5`")
        return ()
    match item.splits:
        case Duration() | Distance() as every:
            # Whole miles stay what they are, where their sum misses the total by the centimetres it was rounded by.
            lengths = (every,) * count if divide(total, every).exact else blocks(total, every, count)
        case splits:
            lengths = equal_parts(total, count, GRID if isinstance(splits, PaceShift) else 1)
    steps = _steps(item, "ramp", lengths, linear(start, finish, count, unit, item.span))
    return tuple(
        replace(one, role=item.role, targets=(*one.targets, *item.beside), cue=item.cue, name=item.name)
        for one in steps
    )


def _is_open_name(target: PaceTarget, speeds: Speeds) -> bool:
    """Whether a name stands for a pace that is open to one side; a line says it of one that is written out itself."""
    return isinstance(target.pace, Named) and speeds.is_open(target)


def _split_count(item: Ramp, total: Amount, difference: float, report: Report) -> int | None:
    """How many splits a ramp has; ``difference`` is in seconds a metre between both ends. None after an error."""
    match item.splits:
        case PaceShift() as change:
            return round(difference / change.seconds_per_metre) + 1
        case Duration() | Distance() as every:
            return divide(total, every).times if same_kind(report, item, total=total, by=every) else None
        case count:
            return count


def _fast_finish(item: FastFinish, total: Amount, speeds: Speeds, report: Report) -> tuple[Step, ...]:
    if not same_kind(report, item, total=total, finish=item.finish, every=item.every):
        return ()
    if size(item.finish) >= size(total):
        message = f"`finish` ({shown(item.finish)}) leaves nothing of the total ({shown(total)}) for the run before it"
        report.error("finish", message, item.place("finish"), f"write a `finish` shorter than {total}")
        return ()
    count = _count_blocks(item.finish, item.every, item, report)
    if count == 0:
        message = f"`every` ({shown(item.every)}) is longer than `finish` ({shown(item.finish)})"
        report.error("finish", message, item.place("every"), f"write an `every` of {item.finish} or less")
    if not count:
        return ()
    unit = unit_of((item.base, item.to), pace_unit(speeds.unit, total, item.finish, item.every))
    base, to = Anchor.of(item.base, unit, speeds), Anchor.of(item.to, unit, speeds)
    if base is None or to is None:
        return ()
    if to.pace >= base.pace:
        report.error(
            "not-faster",
            f"`to` ({_shown(to.pace, unit)}) is not faster than `base` ({_shown(base.pace, unit)} at its fast edge)",
            item.to.span or item.span,
            "write a faster `to`, or a slower `base`",
        )
        return ()
    first = resized(total, size(total) - size(item.finish))
    targets = (item.base, *linear(base, to, count + 1, unit, item.span)[1:])
    return _steps(item, "fast finish", (first, *blocks(item.finish, item.every, count)), targets)


def _by_feel(item: ByFeel, total: Amount, report: Report) -> tuple[Step, ...]:
    every = item.ask_every
    if not same_kind(report, item, total=total, first=item.first, ask_every=every):
        return ()
    if isinstance(every, Duration) and not SHORTEST_QUESTION <= every <= LONGEST_QUESTION:
        message = f"`ask_every` must be between {SHORTEST_QUESTION} and {LONGEST_QUESTION}, not {every}"
        report.error("out-of-bounds", message, item.place("ask_every"), "write for example `ask_every: 7:30`")
        return ()
    left = size(total) - size(item.first)
    count = _count_blocks(resized(total, left), every, item, report) if left > 0 else 0
    if count == 0:
        message = f"a total of {shown(total)} has no room for {shown(every)} after the first {shown(item.first)}"
        report.error(
            "too-few-parts", message, item.place("total"), "write a longer total, or a shorter `first` or `ask_every`"
        )
    if not count:
        return ()
    first = resized(total, size(total) - count * size(every))
    roles = (Role.WARMUP, *(Role.RUN,) * count)
    cues = (FIRST_CUE, *(item.cue,) * (count - 1), LAST_CUE)
    return tuple(
        Step(role, length, (OpenTarget(),), cue, span=item.span, origin=Origin("by feel", part, count + 1))
        for part, (role, length, cue) in enumerate(zip(roles, (first, *(every,) * count), cues, strict=True), 1)
    )


def _cut_down(item: CutDown, total: Amount, speeds: Speeds, report: Report) -> tuple[Step, ...]:
    drop = item.drop
    if item.finish is None and (drop is None or drop[0] != drop[1]):
        message = "a cut-down without `to` needs one `drop`" + (", not a range" if drop else "")
        helps = _one_drop(item) if drop else ("add `to:`, or for example `drop: 20 s/mi`",)
        report.error("drop", message, item.place("drop"), *helps)
        return ()
    if not same_kind(report, item, total=total, every=item.every):
        return ()
    count = _count_blocks(total, item.every, item, report)
    if count is None:
        return ()
    if count < 2:
        message = f"a cut-down needs at least 2 splits, a total of {shown(total)} holds {count} of {shown(item.every)}"
        report.error("too-few-parts", message, item.place("total"), "write a longer total, or a shorter `every`")
        return ()
    unit = drop[0].unit if drop else unit_of((item.start, item.finish), pace_unit(speeds.unit, total, item.every))
    start = Anchor.of(item.start, unit, speeds)
    finish = Anchor.of(item.finish, unit, speeds) if item.finish else None
    if start is None or (item.finish and finish is None):
        return ()
    targets = _cut_down_targets(item, start, finish, count, unit, report)
    return _steps(item, "cut-down", blocks(total, item.every, count), targets) if targets else ()


def _one_drop(item: CutDown) -> Iterator[Help]:
    """Either end of the range in its place, or an end for the splits to reach."""
    span = item.place("drop")
    for one in dict.fromkeys(item.drop or ()):
        yield span.cure(f"write `{one}`", span.text, str(one)) if span else f"write `{one}`"
    yield "or add `to:`, the pace of the last split"


def _cut_down_targets(
    item: CutDown, start: Anchor, finish: Anchor | None, count: int, unit: _Unit, report: Report
) -> tuple[PaceTarget, ...]:
    """One target a split, by a single drop or from both ends; none after an error."""
    if finish and finish.pace >= start.pace:
        report.error(
            "not-faster",
            f"`to` ({_shown(finish.pace, unit)}) is not faster than `from` ({_shown(start.pace, unit)})",
            finish.target.span or item.span,
            "write a faster `to`; `progression: ramp` may slow down",
        )
        return ()
    drop = item.drop
    if drop and drop[0] == drop[1]:
        return _run_forward(item, start, drop[0].seconds_per_metre, finish, count, unit, report)
    if finish is None or (drop and not _drop_fits(item, drop, start.pace, finish.pace, count, report)):
        return ()
    return linear(start, finish, count, unit, item.span)


def _run_forward(
    item: CutDown, start: Anchor, drop: float, floor: Anchor | None, count: int, unit: _Unit, report: Report
) -> tuple[PaceTarget, ...]:
    """Faster by ``drop`` (s/m) from split to split, as far as the floor; none after an error."""
    targets = [start.target]
    for done in range(1, count):
        pace = start.pace - done * drop
        if floor and pace < floor.pace * (1 + 1e-9):
            targets.append(floor.target)
        elif pace < 1 / FASTEST_MPS:
            message = f"split {done + 1} of {count} would be faster than {FASTEST_MPS:g} m/s"
            help = f"add `to:` for the pace to stay at, or write a smaller drop, or a total of at most {done} splits"
            report.error("out-of-bounds", message, item.place("drop"), help)
            return ()
        else:
            targets.append(numeric(pace, unit, item.span))
    return tuple(targets)


def _drop_fits(
    item: CutDown, drop: tuple[PaceShift, PaceShift], start: float, finish: float, count: int, report: Report
) -> bool:
    """Whether the change per split lies in the range, to 1 ms per kilometre or mile; an error if not."""
    low, high = drop
    millisecond = PaceShift(1, low.unit).seconds_per_metre
    change = (start - finish) / millisecond / (count - 1)
    if low.ms <= round(change) <= high.ms:
        return True
    # Rounded away from the range, so that the message never names a number inside it.
    tenths = math.ceil(change / 100) if change > high.ms else math.floor(change / 100)
    report.error(
        "drop",
        f"{count} splits from {_shown(start, low.unit)} to {_shown(finish, low.unit)} are "
        f"{PaceShift(tenths * 100, low.unit)} apart, not {str(low).partition(' ')[0]}..{high}",
        item.place("drop"),
        *_drop_help(item.every, drop, start / millisecond, finish / millisecond, count),
    )
    return False


def _drop_help(every: Amount, drop: tuple[PaceShift, PaceShift], start: float, finish: float, count: int) -> list[str]:
    """Numbers of splits and starts that would satisfy a range of drops; paces in ms per kilometre or mile."""
    low, high = drop
    help = []
    fewest, most = 1 + math.ceil((start - finish) / high.ms), 1 + math.floor((start - finish) / low.ms)
    if fewest <= most:
        splits = f"{fewest}" if fewest == most else f"{fewest} to {most}"
        help.append(f"from this start, write a total of {splits} splits of {shown(every)}")
    fast = math.ceil((finish + (count - 1) * low.ms) / 1_000)
    slow = math.floor((finish + (count - 1) * high.ms) / 1_000)
    if fast <= slow:
        paces = f"{clock(fast * 1_000)} to {clock(slow * 1_000)}/{low.unit}"
        help.append(f"for {count} splits, write a `from` whose fast edge is {paces}")
    return help


def _shown(pace: float, unit: _Unit) -> str:
    """A pace in seconds per metre as minutes and seconds, or as a speed with two decimals, for messages."""
    point = _point(1 / pace, unit)
    return speed_text(point) if isinstance(point, Speed) else f"{pace_text(1 / pace, point.unit)}/{point.unit}"
