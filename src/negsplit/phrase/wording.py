"""Steps, lengths and targets in the words of the language, as short as they can be said."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import count
from typing import Final

from negsplit.model import Gradual, Lap, Length, Ramp, Range, Step, UntilHeartRate
from negsplit.phrase.amounts import number_of
from negsplit.phrase.splits import split_problem
from negsplit.targets import (
    AtFault,
    Between,
    CadenceTarget,
    Covering,
    Effort,
    HeartRateShare,
    HeartRateTarget,
    HeartRateZones,
    Named,
    OneSided,
    OpenTarget,
    PacePoint,
    PaceTarget,
    PaceZones,
    PowerShare,
    PowerTarget,
    PowerZone,
    Scaled,
    Shifted,
    Target,
)
from negsplit.units import Duration, Pace, Percent, Speed, clock, plain

_SHARES: Final = {"max": "HRmax", "reserve": "HRR", "threshold": "LTHR"}


# --- Steps ---------------------------------------------------------------------------------------


def phrase_text(step: Step | Ramp) -> str:
    """``1 mi @ threshold and 175..185 spm "Rep" -- tall, relaxed``: a step without its role and its tolerance.

    Its name must hold no double quotes.

    A ramp is said with its tolerance, ``15 km @ 4:50/km -> 3:20/km ± 3 s/km by 1 km``, unless it ends in a range.

    :raises ValueError: where its pace is to cover another distance than its own.
    """
    if isinstance(step, Ramp):
        texts = [_ramp(step), *map(target_text, step.beside)]
        return _with_words(f"{length_text(step.total)} @ {' and '.join(texts)}", step)
    head, targets = length_text(step.length), step.targets
    match targets:
        case (PaceTarget(pace=Covering(distance)) as covering, *_):
            if distance != step.length:
                raise ValueError(f"a pace over {distance} in a step of {head}")
            head, targets = target_text(covering), targets[1:]
    target = f" @ {' and '.join(map(target_text, targets))}" if targets else ""
    return _with_words(f"{head}{target}", step)


def _with_words(said: str, step: Step | Ramp) -> str:
    """With its name and its cue behind it."""
    name = f' "{step.name}"' if step.name else ""
    return f"{said}{name} -- {step.cue}" if step.cue else f"{said}{name}"


def _ramp(ramp: Ramp) -> str:
    """``4:50/km -> 3:20/km ± 3 s/km by 1 km``."""
    width = "" if ramp.tolerance is None or ends_in_range(ramp) else f" ± {ramp.tolerance}"
    splits = f"in {ramp.splits}" if isinstance(ramp.splits, int) else f"by {ramp.splits}"
    return f"{target_text(ramp.start)} -> {target_text(ramp.finish)}{width} {splits}"


def fits_in_line(step: Step | Ramp, ends: str) -> bool:
    """Whether a line of text can say a step; ``ends`` are the signs that no cue in it holds without quotes."""
    cue = step.cue
    if isinstance(step, Ramp) and not can_be_phrase(step):
        return False
    if '"' in step.name or not (step.tolerance is None or (isinstance(step, Ramp) and not ends_in_range(step))):
        return False
    return not ('"' in cue and (cue.startswith('"') or any(end in cue for end in ends)))


def ends_in_range(ramp: Ramp) -> bool:
    """Whether no ``±`` can stand behind a ramp, because a range of paces does."""
    return isinstance(ramp.finish.pace, Between)


def can_be_phrase(ramp: Ramp) -> bool:
    """Whether a phrase can say a ramp; only keys can give its ends a ``±`` each, leave one open, or cut it finer."""
    ends = (ramp.start, ramp.finish)
    if any(end.tolerance or isinstance(end.pace, OneSided) for end in ends) or ramp.start.pace == ramp.finish.pace:
        return False
    return not split_problem(ramp.total, Gradual(*ends), ramp.splits)


def line_text(step: Step | Ramp, ends: str, role: str = "") -> str:
    """A step as part of a line, its cue in quotes where it holds one of ``ends``.

    ``ValueError`` for one that does not fit: a line has no place for a tolerance, and no escapes in quotes.
    """
    if not fits_in_line(step, ends):
        raise ValueError(f"no line of text can say {step}")
    if any(end in step.cue for end in ends):
        step = replace(step, cue=f'"{step.cue}"')
    phrase = phrase_text(step)
    if not role:
        return phrase
    return role if phrase == "lap" else f"{role} {phrase}"


# --- Lengths -------------------------------------------------------------------------------------


def length_text(length: Length) -> str:
    """``10 min``, ``6..8 mi``, ``lap``, ``until HR < 120``."""
    match length:
        case Lap():
            return "lap"
        case UntilHeartRate(side, bpm):
            return f"until HR {'<' if side == 'below' else '>'} {bpm}"
        case Range():
            return _range(length)
        case _:
            return str(length)


def _range(between: Range) -> str:
    """In its unit, with a zero more where it was written with more decimals; minutes and seconds as a clock."""
    low, high = (
        next(plain(number) for decimals in count() if (number := number_of(end, between.unit, decimals)) is not None)
        for end in (between.low, between.high)
    )
    decimals = max(len(number.partition(".")[2]) for number in (low, high))
    if decimals < between.decimals:
        low = f"{Decimal(low):.{between.decimals}f}"
    elif between.unit == "s" and isinstance(between.high, Duration) and between.high.ms >= 60_000:
        return "..".join(clock(end.ms) for end in (between.low, between.high) if isinstance(end, Duration))
    return f"{low}..{high} {between.unit}"


# --- Targets -------------------------------------------------------------------------------------


def target_text(target: Target) -> str:
    """``marathon + 25..30 s/km``, ``HR < 150``, ``RPE 6``: what stands behind ``@``."""
    match target:
        case PaceTarget(pace, None):
            return _pace(pace)
        case PaceTarget(pace, tolerance):
            return f"{_pace(pace)} ± {tolerance}"
        case OpenTarget():
            return "open"
        case HeartRateTarget(None, high):
            return f"HR < {high}"
        case HeartRateTarget(low, None):
            return f"HR > {low}"
        case HeartRateTarget():
            return f"HR {_numbers(target, '')}"
        case HeartRateZones(low, high, watch):
            return f"{'watch ' if watch else '' if target.plain else 'HR '}Z{from_to(low, high)}"
        case PaceZones(low, high):
            return f"Z{from_to(low, high)} pace"
        case HeartRateShare(of=of):
            return f"{_numbers(target, '')} {_SHARES[of]}"
        case PowerTarget():
            return _numbers(target, " W")
        case PowerShare():
            return f"{_numbers(target, '')} CP"
        case PowerZone(zone):
            return f"power Z{zone}"
        case CadenceTarget():
            return _numbers(target, " spm")
        case Effort(low, high):
            return f"RPE {from_to(low, high)}"


def _numbers(target: HeartRateTarget | HeartRateShare | PowerTarget | PowerShare | CadenceTarget, unit: str) -> str:
    """``140..150``, ``250 W``, ``250 W ± 10 W``: one number that nothing widens stands on both sides."""
    low, high, margin = target.low, target.high, target.margin
    if margin == 0:
        return f"{str(low).partition(' ')[0]}..{high}{unit}"
    width = "" if margin is None else f" ± {margin}" if isinstance(margin, Percent) else f" ± {margin}{unit or ' bpm'}"
    return f"{from_to(low, high)}{unit}{width}"


def _pace(pace: PacePoint | Between | OneSided) -> str:
    match pace:
        case AtFault():
            raise TypeError("nothing is written of what is at fault")
        case Named(name):
            return name_text(name)
        case Shifted(base, near, far):
            changes = (end.thousandths if isinstance(end, Percent) else end.ms for end in (near, far))
            return f"{_pace(base)} {'-' if min(changes) < 0 else '+'} {from_to(near, far)}"
        case Scaled(base, low, high):
            of = "of " if base.name[:1].isdigit() else ""
            return f"{from_to(low, high)} {of}{name_text(base.name)}"
        case Between(Pace() as one, Pace() as other) if one.unit == other.unit:
            return f"{clock(one.ms)}..{other}"
        case Between(Speed() as one, Speed() as other) if one.unit == other.unit:
            return f"{str(one).partition(' ')[0]}..{other}"
        case Between(one, other):
            return f"{_pace(one)}..{_pace(other)}"
        case OneSided(side, than):
            return f"{side} than {_pace(than)}"
        case Covering(distance, shortest, longest):
            time = shortest if shortest == longest else Range(shortest, longest, "s", 0)
            return f"{distance} in {length_text(time)}"
        case Pace() | Speed():
            return str(pace)


def name_text(name: str) -> str:
    """A pace's name. In reading one ``pace`` behind it is ignored, so a name that ends so takes two."""
    return f"{name} pace" if name.endswith(" pace") else name


def from_to(low: object, high: object) -> str:
    """``6``, ``3..4``, ``15..30 s/mi``: the first of two goes without the unit that both print."""
    return str(high) if low == high else f"{str(low).partition(' ')[0]}..{high}"
