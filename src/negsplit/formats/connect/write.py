"""A Program as the JSON that Garmin Connect keeps a workout as.

Paces are speeds in m/s on the step, the faster end first, as Garmin's own editor writes them. Jumps become groups
inside groups; and rounds behind which the last one follows without its recovery become one group that skips it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from negsplit.formats.connect.ids import (
    KILOMETER,
    LONGEST_DESCRIPTION,
    LONGEST_NAME,
    METER,
    MOST_TIMES,
    SPORTS,
    STEP_TYPES,
    TARGET_TYPES,
    Condition,
    ConnectTargetType,
    Json,
    StepType,
    end_condition,
    sport_type,
    step_type,
    target_type,
)
from negsplit.frozen import dataclass
from negsplit.model import Lap, UntilHeartRate
from negsplit.program.model import Band, Intensity, Jump, Length, Program, ProgramStep, Quantity, Target, Zone
from negsplit.program.outline import Group, Part, parts
from negsplit.units import Distance, Duration

_KILOMETRE_CM: Final = 100_000
_RECOVERIES: Final = frozenset((Intensity.RECOVERY, Intensity.REST))


def encode(program: Program, *, seconds: float | None = None, metres: float | None = None) -> Json:
    """The body of a workout, as it is sent; ``seconds`` and ``metres`` are what it is estimated to take.

    The names of steps have no place in it: the service shows what a step is for and its target.

    :raises ValueError: for what no Program lowered for an account holds: a repeat until an amount, long texts.
    """
    sport = sport_type(SPORTS[program.sport])
    body: Json = {"workoutName": _text(program.name, LONGEST_NAME, "name of the workout")}
    if program.notes:
        body["description"] = _text(program.notes, LONGEST_DESCRIPTION, "workout's notes")
    body["sportType"] = sport
    if seconds is not None:
        body["estimatedDurationInSecs"] = round(seconds)
    if metres is not None:
        body["estimatedDistanceInMeters"] = float(round(metres))
    steps = _Steps().written(_skipping(_parts(program)))
    body["workoutSegments"] = [{"segmentOrder": 1, "sportType": sport, "workoutSteps": steps}]
    return body


def text(body: Json) -> str:
    """The JSON text of a workout, the same for the same body; it ends in a newline."""
    return json.dumps(body, indent=2, ensure_ascii=False) + "\n"


def _text(words: str, limit: int, what: str) -> str:
    units = len(words.encode("utf-16-le", "surrogatepass")) // 2
    if units > limit:
        raise ValueError(f"the {what} is {units} UTF-16 units long; the account keeps {limit}")
    return words


# --- Groups --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Group:
    """Steps that run a number of ``times``, the last time perhaps without the recovery at the end."""

    body: tuple[_Part, ...]
    times: int
    skips_last: bool = False


_Part = ProgramStep | _Group


def _parts(program: Program) -> tuple[_Part, ...]:
    """The steps, and the groups that jumps make of them."""

    def of(part: Part) -> _Part:
        if isinstance(part, Group):
            return _Group(tuple(map(of, part.body)), _times(part.jump))
        step = program.steps[part]
        assert isinstance(step, ProgramStep)
        return step

    return tuple(map(of, parts(program.steps)))


def _times(jump: Jump) -> int:
    if not isinstance(jump.until, int):
        raise ValueError(f"a repeat until {jump.until}: the account repeats a number of times")
    return jump.until


def _skipping(parts: Sequence[_Part]) -> tuple[_Part, ...]:
    """The same steps in the same order, with groups that skip their last recovery wherever that says it.

    From the end, so that the last round has its own groups already when it is compared with those before.
    """
    done: list[_Part] = []
    """What is behind, last part first."""
    for part in reversed(parts):
        if isinstance(part, ProgramStep):
            done.append(part)
            continue
        body = _skipping(part.body)
        last_round = body[-2::-1]
        if 1 < part.times < MOST_TIMES and last_round and _is_recovery(body[-1]) and _begins(done, last_round):
            del done[-len(last_round) :]
            done.append(_Group(body, part.times + 1, skips_last=True))
        else:
            done.append(_Group(body, part.times, part.skips_last))
    return tuple(reversed(done))


def _is_recovery(part: _Part) -> bool:
    return isinstance(part, ProgramStep) and part.intensity in _RECOVERIES


def _begins(behind: list[_Part], last_round: tuple[_Part, ...]) -> bool:
    return tuple(behind[-len(last_round) :]) == last_round


# --- Steps ---------------------------------------------------------------------------------------


class _Steps:
    """Writes steps and groups, numbered in the order in which they stand, a group before what is in it."""

    def __init__(self) -> None:
        self.number = 0

    def written(self, parts: Sequence[_Part]) -> list[Json]:
        return [self._step(part) if isinstance(part, ProgramStep) else self._group(part) for part in parts]

    def _next(self) -> int:
        self.number += 1
        return self.number

    def _group(self, group: _Group) -> Json:
        """``endCondition`` must say iterations: with another number the service spoils the count."""
        return {
            "type": "RepeatGroupDTO",
            "stepOrder": self._next(),
            "stepType": step_type(StepType.REPEAT),
            "numberOfIterations": group.times,
            "smartRepeat": False,
            "skipLastRestStep": group.skips_last,
            "endCondition": end_condition(Condition.ITERATIONS),
            "endConditionValue": float(group.times),
            "workoutSteps": self.written(group.body),
        }

    def _step(self, step: ProgramStep) -> Json:
        written: Json = {
            "type": "ExecutableStepDTO",
            "stepOrder": self._next(),
            "stepType": step_type(STEP_TYPES[step.intensity]),
            **_length(step.length),
            **_target(step.target),
        }
        if step.second is not None:
            written |= _second(step.second)
        if step.cue:
            written["description"] = _text(step.cue, LONGEST_DESCRIPTION, "cue of a step")
        return written


def _length(length: Length) -> Json:
    match length:
        case Duration(ms):
            return {"endCondition": end_condition(Condition.TIME), "endConditionValue": ms / 1000}
        case Distance(cm):
            return {
                "endCondition": end_condition(Condition.DISTANCE),
                "endConditionValue": cm / 100,
                "preferredEndConditionUnit": dict(METER if cm < _KILOMETRE_CM else KILOMETER),
            }
        case UntilHeartRate(side, bpm):
            return {
                "endCondition": end_condition(Condition.HEART_RATE),
                "endConditionValue": float(bpm),
                "endConditionCompare": "lt" if side == "below" else "gt",
            }
        case Lap():
            return {"endCondition": end_condition(Condition.LAP_BUTTON)}


def _target(target: Target) -> Json:
    """A zone is a number of its own; as a value it would be a speed or a heart rate."""
    match target:
        case None:
            return {"targetType": target_type(ConnectTargetType.NO_TARGET)}
        case Zone(quantity, number):
            return {"targetType": target_type(TARGET_TYPES[quantity]), "zoneNumber": number}
        case Band(quantity):
            one, two = _ends(target)
            return {
                "targetType": target_type(TARGET_TYPES[quantity]),
                "targetValueOne": one,
                "targetValueTwo": two,
            }


def _ends(band: Band) -> tuple[float, float]:
    """The ends in the order of Garmin's editor. Thousandths have five digits, and so survive the service's float32."""
    if band.quantity is Quantity.SPEED:
        return band.high / 1000, band.low / 1000
    return float(band.low), float(band.high)


def _second(target: Target) -> Json:
    """A second target has the fields of the first, under names of their own."""
    return {f"secondary{name[0].upper()}{name[1:]}": value for name, value in _target(target).items()}
